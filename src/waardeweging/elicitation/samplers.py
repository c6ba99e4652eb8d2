"""Draws of weights, even over all weights that agree with what was said.

Exact where that can be had: no statements, orders of criteria or of values, and sets
that fill a fair part of all weights. The rest goes by hit-and-run, whose draws
depend on each other; they are only handed out with a diagnostic that they passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import numpy as np

from waardeweging.elicitation.hit_and_run import hit_and_run
from waardeweging.elicitation.ordered_totals import (
    CircularOrderError,
    TooManyOrdersError,
    draw_totals,
)
from waardeweging.elicitation.weight_sets import WeightSet
from waardeweging.problem.arrays import ArrayRecord, FloatArray

Method = Literal["simplex", "order", "rejection", "hit_and_run"]

# Below one in fifty, chains are faster than throwing away.
_PILOT = 5_000
_LEAST_ACCEPTED = 100


@dataclass(frozen=True, eq=False)
class WeightDraws(ArrayRecord):
    """Weights drawn from a set, with how they were drawn.

    Parameters
    ----------
    weights : array, shape (n_draws, n_criteria)
        [rows sum to 1]
    method : str
        ``simplex``, ``order`` and ``rejection`` are exact and independent;
        ``hit_and_run`` is neither.
    r_hat : float
        Largest split R̂ over the criteria; 1 for exact draws. [about 1 or more]
    effective : float
        Number of independent draws that say as much about the least known mean weight.
    """

    weights: FloatArray
    method: Method
    r_hat: float
    effective: float


def simplex_draws(n_criteria: int, draws: int, rng: np.random.Generator) -> FloatArray:
    """Draw weights evenly over all weights there are.

    Parameters
    ----------
    n_criteria, draws : int
    rng : numpy.random.Generator

    Returns
    -------
    array, shape (draws, n_criteria)
        [rows sum to 1]

    References
    ----------
    L. Devroye, Non-Uniform Random Variate Generation, Springer, 1986, ch. V, section 2.
    """
    parts = rng.standard_exponential((draws, n_criteria))
    return np.asarray(parts / parts.sum(axis=1, keepdims=True))


def order_draws(order: Sequence[int], draws: int, rng: np.random.Generator) -> FloatArray:
    """Draw weights evenly over all that keep a complete order.

    Parameters
    ----------
    order : sequence of int
        Every criterion once, the heaviest first.
    draws : int
    rng : numpy.random.Generator

    Returns
    -------
    array, shape (draws, n_criteria)
        [rows sum to 1] The mean is the rank-order centroid.

    Raises
    ------
    ValueError
        If the order does not name every criterion once.
    """
    if sorted(order) != list(range(len(order))):
        raise ValueError(f"order {tuple(order)} does not name every criterion once")
    weights = np.empty((draws, len(order)))
    weights[:, list(order)] = _falling(simplex_draws(len(order), draws, rng))
    return weights


def partial_order_draws(
    groups: Sequence[Sequence[int]],
    above: Sequence[tuple[int, int]],
    draws: int,
    rng: np.random.Generator,
) -> FloatArray:
    """Draw weights evenly over all that keep an order of criteria, or of groups of them.

    Parameters
    ----------
    groups : sequence of sequence of int
        Every criterion once: single ones, or those of a value, whose total counts.
    above : sequence of (int, int)
        Pairs of groups of which the first weighs more than the second.
    draws : int
    rng : numpy.random.Generator

    Returns
    -------
    array, shape (draws, n_criteria)
        [rows sum to 1]

    Raises
    ------
    CircularOrderError
        If the pairs go round in a circle.
    TooManyOrdersError
        If they leave too much open to count.

    Notes
    -----
    Totals follow the order; inside a group the division is even. Nothing is thrown away.
    """
    totals = draw_totals([len(group) for group in groups], above, draws, rng)
    totals /= totals.sum(axis=1, keepdims=True)
    weights = np.empty((draws, sum(map(len, groups))))
    for total, group in zip(totals.T, groups, strict=True):
        weights[:, list(group)] = total[:, None] * simplex_draws(len(group), draws, rng)
    return weights


def draw_weights(weights: WeightSet, draws: int, rng: np.random.Generator) -> WeightDraws:
    """Draw weights evenly over a set, exactly where that can be had.

    Parameters
    ----------
    weights : WeightSet
    draws : int
        [1 or more]
    rng : numpy.random.Generator

    Returns
    -------
    WeightDraws

    Raises
    ------
    ValueError
        If no draws are asked for.
    NoWeightsLeftError
        If the set is empty.
    NotConvergedError
        If hit-and-run does not come to rest.
    """
    if draws < 1:
        raise ValueError(f"draws is {draws}, expected 1 or more")
    if not weights.statements:
        return _exact(simplex_draws(weights.n_criteria, draws, rng), "simplex")
    order = ordered_groups(weights)
    if order is not None:
        # A circle of "at least as heavy" means equal weights, which no order has.
        with suppress(CircularOrderError, TooManyOrdersError):
            return _exact(partial_order_draws(*order, draws, rng), "order")
    accepted = _accepted(weights, draws, rng)
    if accepted is not None:
        return _exact(accepted, "rejection")
    chains = hit_and_run(weights, draws, rng)
    return WeightDraws(chains.weights, "hit_and_run", chains.r_hat, chains.effective)


def ordered_groups(
    weights: WeightSet,
) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, int], ...]] | None:
    """Read a set as an order of criteria, or of groups of them that do not overlap.

    Parameters
    ----------
    weights : WeightSet

    Returns
    -------
    (groups, pairs) or None
        As `partial_order_draws` takes them; None when the set says anything else.
    """
    said = weights.rows[weights.n_criteria :]
    signs = np.sign(said)
    if weights.bounds[weights.n_criteria :].any() or not _equal_sizes(said):
        return None
    sides = [tuple(tuple(np.flatnonzero(row == s).tolist()) for s in (1, -1)) for row in signs]
    groups = dict.fromkeys(group for pair in sides for group in pair)
    named = [criterion for group in groups for criterion in group]
    if () in groups or len(set(named)) < len(named):
        return None
    alone = [(j,) for j in range(weights.n_criteria) if j not in named]
    order = (*groups, *alone)
    place = {group: index for index, group in enumerate(order)}
    return order, tuple((place[upper], place[lower]) for upper, lower in sides)


def _equal_sizes(rows: FloatArray) -> bool:
    """Say whether every row counts each of its criteria as heavily as the others."""
    sizes = np.abs(rows)
    largest = sizes.max(axis=1, keepdims=True)
    return bool(((sizes == 0) | np.isclose(sizes, largest, rtol=1e-12, atol=0)).all())


def _exact(weights: FloatArray, method: Method) -> WeightDraws:
    return WeightDraws(weights, method, 1.0, float(len(weights)))


def _falling(weights: FloatArray) -> FloatArray:
    return -np.sort(-weights, axis=1)


def _accepted(weights: WeightSet, draws: int, rng: np.random.Generator) -> FloatArray | None:
    """Keep those of all weights that are in the set; None when these are too few."""
    kept = _members(weights, _PILOT, rng)
    if len(kept) < _LEAST_ACCEPTED:
        return None
    found = [kept]
    while sum(map(len, found)) < draws:
        found.append(_members(weights, _PILOT, rng))
    return np.concatenate(found)[:draws]


def _members(weights: WeightSet, draws: int, rng: np.random.Generator) -> FloatArray:
    drawn = simplex_draws(weights.n_criteria, draws, rng)
    return drawn[(drawn @ weights.rows.T >= weights.bounds).all(axis=1)]
