"""Dominance: better or equal on every criterion, whatever the weights."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.problem.arrays import BoolArray


def dominates(values: ArrayLike) -> BoolArray:
    """Compare all alternatives two by two.

    Parameters
    ----------
    values : array_like, shape (..., n_alternatives, n_criteria)
        Value scores; higher is better.

    Returns
    -------
    array of bool, shape (..., n_alternatives, n_alternatives)
        True at [a, b] when a is nowhere worse than b and somewhere better.
    """
    values = np.asarray(values, dtype=np.float64)
    mine, other = values[..., :, None, :], values[..., None, :, :]
    return np.asarray((mine >= other).all(axis=-1) & (mine > other).any(axis=-1))


def dominance_pairs(
    values: ArrayLike, eligible: ArrayLike | None = None
) -> tuple[tuple[int, int], ...]:
    """List who dominates whom.

    Parameters
    ----------
    values : array_like, shape (n_alternatives, n_criteria)
        Value scores; higher is better.
    eligible : array_like of bool, shape (n_alternatives,), optional
        Which alternatives take part; all when omitted.

    Returns
    -------
    tuple of (int, int)
        Pairs (a, b) in which a dominates b, in the order of the table.
    """
    return tuple((int(a), int(b)) for a, b in np.argwhere(_among(values, eligible)))


def not_dominated(values: ArrayLike, eligible: ArrayLike | None = None) -> tuple[int, ...]:
    """List the alternatives that no other dominates.

    A dominated alternative never scores above its dominator, whatever the weights.

    Parameters
    ----------
    values : array_like, shape (n_alternatives, n_criteria)
        Value scores; higher is better.
    eligible : array_like of bool, shape (n_alternatives,), optional
        Which alternatives take part; all when omitted.

    Returns
    -------
    tuple of int
        Indices in the order of the table.
    """
    dominated = _among(values, eligible).any(axis=0)
    remains = ~dominated if eligible is None else ~dominated & np.asarray(eligible, bool)
    return tuple(np.flatnonzero(remains).tolist())


def _among(values: ArrayLike, eligible: ArrayLike | None) -> BoolArray:
    over = dominates(values)
    if eligible is None:
        return over
    allowed = np.asarray(eligible, bool)
    return np.asarray(over & allowed & allowed[:, None])
