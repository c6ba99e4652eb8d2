"""Draws of weights, even over all weights that agree with what was said.

Exact where that can be had: no statements, orders of single criteria, and sets
that fill a fair part of all weights. The rest goes by hit-and-run, whose draws
depend on each other; they are only handed out with a diagnostic that they passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import numpy as np

from waardeweging.elicitation.hit_and_run import hit_and_run
from waardeweging.elicitation.linear_extensions import (
    CircularOrderError,
    TooManyOrdersError,
    draw_linear_extensions,
    linked_groups,
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
    n_criteria: int,
    above: Iterable[tuple[int, int]],
    draws: int,
    rng: np.random.Generator,
) -> FloatArray:
    """Draw weights evenly over all that keep an order of some of the criteria.

    Parameters
    ----------
    n_criteria, draws : int
    above : iterable of (int, int)
        Pairs of criteria of which the first weighs more than the second.
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
        If they leave too many complete orders open to count.

    Notes
    -----
    Every complete order has the same part of the simplex. So within each group of linked
    criteria the weights that they have together are dealt out along a complete order, drawn
    evenly from those that keep the pairs. Nothing is thrown away.
    """
    above = tuple(above)
    weights = simplex_draws(n_criteria, draws, rng)
    for group in linked_groups(n_criteria, above):
        place = {criterion: index for index, criterion in enumerate(group)}
        inside = [(place[one], place[two]) for one, two in above if one in place]
        orders = draw_linear_extensions(len(group), inside, draws, rng)
        mine = np.empty(orders.shape)
        np.put_along_axis(mine, orders, _falling(weights[:, group]), axis=1)
        weights[:, group] = mine
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
    pairs = _pairs(weights)
    if pairs is not None:
        # A circle of "at least as heavy" means equal weights, which are no complete order.
        with suppress(CircularOrderError, TooManyOrdersError):
            return _exact(partial_order_draws(weights.n_criteria, pairs, draws, rng), "order")
    accepted = _accepted(weights, draws, rng)
    if accepted is not None:
        return _exact(accepted, "rejection")
    chains = hit_and_run(weights, draws, rng)
    return WeightDraws(chains.weights, "hit_and_run", chains.r_hat, chains.effective)


def _exact(weights: FloatArray, method: Method) -> WeightDraws:
    return WeightDraws(weights, method, 1.0, float(len(weights)))


def _falling(weights: FloatArray) -> FloatArray:
    return -np.sort(-weights, axis=1)


def _pairs(weights: WeightSet) -> tuple[tuple[int, int], ...] | None:
    """Read the set as an order of single criteria; None when it says anything else."""
    said = weights.rows[weights.n_criteria :]
    two = np.count_nonzero(said, axis=1) == 2
    even = (said.sum(axis=1) == 0) & (weights.bounds[weights.n_criteria :] == 0)
    if not (two & even).all():
        return None
    return tuple(zip(said.argmax(axis=1).tolist(), said.argmin(axis=1).tolist(), strict=True))


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
