"""Who would win if nobody's weights were known, or only an order of what matters most.

It answers how much an outcome leans on the weights at all. It replaces nobody's ballot.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

import numpy as np

from waardeweging.problem.arrays import BoolArray, FloatArray, IntArray
from waardeweging.robustness.contest import TIED

_MOST_GROUPS = 8


def simplex_weights(criteria: int, draws: int, rng: np.random.Generator) -> FloatArray:
    """Draw weights evenly over all weights there are.

    Parameters
    ----------
    criteria, draws : int
    rng : numpy.random.Generator

    Returns
    -------
    array, shape (draws, criteria)
        [rows sum to 1]

    References
    ----------
    T. Tervonen and R. Lahdelma, Implementing stochastic multicriteria acceptability
    analysis, European Journal of Operational Research 178(2), 2007,
    doi:10.1016/j.ejor.2005.12.037.
    """
    parts = rng.standard_exponential((draws, criteria))
    return np.asarray(parts / parts.sum(axis=1, keepdims=True))


def ordered_weights(
    groups: IntArray, above: Iterable[tuple[int, int]], draws: int, rng: np.random.Generator
) -> FloatArray:
    """Draw weights whose totals per group of criteria keep an order.

    Parameters
    ----------
    groups : array of int, shape (n_criteria,)
        Group of each criterion, such as its value in the value tree, counted from 0; at
        most 8 groups.
    above : iterable of (int, int)
        Pairs of groups of which the first weighs at least as much as the second.
    draws : int
    rng : numpy.random.Generator

    Returns
    -------
    array, shape (draws, n_criteria)
        [rows sum to 1] Totals are even over all that keep the order, and so is the
        division inside every group.

    Raises
    ------
    ValueError
        If the pairs go round in a circle or there are more than 8 groups.

    Notes
    -----
    Even totals stay even when they are put in another order. So sorted totals, dealt out
    along a random one of the complete orders that keep the pairs, need no rejection.
    """
    number = int(groups.max()) + 1
    orders = _complete_orders(number, tuple(above))
    chosen = orders[rng.integers(len(orders), size=draws)]
    totals = np.empty((draws, number))
    largest_first = -np.sort(-simplex_weights(number, draws, rng), axis=1)
    np.put_along_axis(totals, chosen, largest_first, axis=1)
    inside = rng.standard_exponential((draws, len(groups)))
    sums = inside @ np.eye(number)[groups]
    return totals[:, groups] * inside / sums[:, groups]


def exact_first_place(values: FloatArray, eligible: BoolArray) -> FloatArray:
    """Give the part of all weights under which each alternative wins, without sampling.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Value scores on one, two or three criteria. [0–1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    array, shape (n_alternatives,)
        [sum = 1] Alternatives with the same value scores divide their part.

    Raises
    ------
    ValueError
        If there are more than three criteria.
    """
    if not 1 <= values.shape[1] <= 3:
        raise ValueError(f"exact shares need 1 to 3 criteria, found {values.shape[1]}")
    shares = np.zeros(len(values))
    for own in np.flatnonzero(eligible):
        leads = values[own] - values[eligible]
        same = int((np.abs(leads).max(axis=1) <= TIED).sum())
        shares[own] = _part_of_simplex(leads) / same
    return np.asarray(shares / shares.sum())


def _complete_orders(number: int, above: tuple[tuple[int, int], ...]) -> IntArray:
    if number > _MOST_GROUPS:
        raise ValueError(f"an order needs at most {_MOST_GROUPS} groups, found {number}")
    orders = [
        order
        for order in permutations(range(number))
        if all(order.index(first) < order.index(second) for first, second in above)
    ]
    if not orders:
        raise ValueError("the order of the groups goes round in a circle")
    return np.array(orders, dtype=np.int64)


def _part_of_simplex(leads: FloatArray) -> float:
    """Give the part of the weights under which no lead is negative."""
    corners = np.eye(leads.shape[1])
    for lead in leads:
        corners = _clipped(corners, corners @ lead)
    if leads.shape[1] < 3:
        return float(np.ptp(corners[:, 0])) if len(corners) > 1 else float(len(corners))
    x, y = corners[:, 0], corners[:, 1]
    return abs(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum()))


def _clipped(corners: FloatArray, heights: FloatArray) -> FloatArray:
    """Cut a polygon along the line where the height is zero and keep what is above.

    References
    ----------
    I. E. Sutherland and G. W. Hodgman, Reentrant polygon clipping, Communications of the
    ACM 17(1), 1974, doi:10.1145/360767.360802.
    """
    kept = []
    for corner, height, end, end_height in zip(
        corners, heights, np.roll(corners, -1, axis=0), np.roll(heights, -1), strict=True
    ):
        if height >= 0:
            kept.append(corner)
        if (height < 0) != (end_height < 0):
            kept.append(corner + (end - corner) * (height / (height - end_height)))
    return np.array(kept).reshape(-1, corners.shape[1])
