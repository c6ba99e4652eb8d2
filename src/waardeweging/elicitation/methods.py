"""From what a participant filled in to weights: points, ranks, and points per value first.

Every function works on one participant or on a stack of them; the last axis
holds the criteria. Ballots are read elsewhere and arrive here as plain numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.problem.arrays import BoolArray, FloatArray


def weights_from_points(points: ArrayLike) -> FloatArray:
    """Divide points by their sum.

    The same rule serves a hundred points to divide, swing points (the best swing
    100, every other swing 0–100) and imported weights.

    Parameters
    ----------
    points : array_like, shape (..., n_criteria)
        Importance of going from worst to best on each criterion. [0 or more]

    Returns
    -------
    array, shape (..., n_criteria)
        Weights. [sum = 1]

    Raises
    ------
    ValueError
        If points are negative or not finite, or if all points of a participant are zero.

    References
    ----------
    D. von Winterfeldt and W. Edwards, Decision Analysis and Behavioral Research,
    Cambridge University Press, 1986, ch. 8 (swing weights).
    """
    points = _checked_points(points)
    total = _sums(points)
    if (total == 0).any():
        raise ValueError("all points are zero; they carry no weights")
    return np.asarray(points / total[..., None])


def rank_order_centroid(n_criteria: int) -> FloatArray:
    """Give the mean of all weights that agree with a strict ranking.

    Parameters
    ----------
    n_criteria : int
        How many criteria are ranked. [1 or more]

    Returns
    -------
    array, shape (n_criteria,)
        Weight of place 1, 2, …; descending. [sum = 1]

    Raises
    ------
    ValueError
        If there are no criteria.

    References
    ----------
    F. H. Barron and B. E. Barrett, Decision quality using ranked attribute weights,
    Management Science 42(11), 1996, doi:10.1287/mnsc.42.11.1515.
    """
    if n_criteria < 1:
        raise ValueError(f"n_criteria is {n_criteria}, expected 1 or more")
    return np.cumsum(1 / np.arange(n_criteria, 0, -1))[::-1] / n_criteria


def weights_from_ranks(ranks: ArrayLike) -> FloatArray:
    """Turn ranks into rank-order-centroid weights; tied criteria share their places.

    Only the order counts, so it does not matter whether a tie is followed by a gap
    (1, 2, 2, 4), by the next number (1, 2, 2, 3), or is written as a mean place (1, 2.5,
    2.5, 4); nor whether criteria were left out of a longer ranking.

    Parameters
    ----------
    ranks : array_like, shape (..., n_criteria)
        Place of each criterion, 1 = most important. [1 or more]

    Returns
    -------
    array, shape (..., n_criteria)
        Weights. [sum = 1]

    Raises
    ------
    ValueError
        If a rank is below 1 or not finite, or there are no criteria.

    References
    ----------
    F. H. Barron and B. E. Barrett, 1996, doi:10.1287/mnsc.42.11.1515.
    """
    ranks = np.asarray(ranks, dtype=np.float64)
    if ranks.ndim < 1 or not ((ranks >= 1) & np.isfinite(ranks)).all():
        raise ValueError("ranks must be finite and 1 or more, per criterion")
    mine, other = ranks[..., :, None], ranks[..., None, :]
    better = np.count_nonzero(other < mine, axis=-1)
    tied = np.count_nonzero(other == mine, axis=-1)
    sums = np.concatenate([[0.0], np.cumsum(rank_order_centroid(ranks.shape[-1]))])
    return np.asarray((sums[better + tied] - sums[better]) / tied)


def weights_from_hierarchy(
    value_points: ArrayLike, within_points: ArrayLike, parent: ArrayLike
) -> FloatArray:
    """Weigh the values first, then divide each value's weight over its own criteria.

    A value with weight 0 gives all its criteria weight 0, whatever was filled in below it.

    Parameters
    ----------
    value_points : array_like, shape (..., n_values)
        Points of the values. [0 or more]
    within_points : array_like, shape (..., n_criteria)
        Points of each criterion among the criteria of the same value. [0 or more]
    parent : array_like of int, shape (n_criteria,)
        Index of the value of each criterion.

    Returns
    -------
    array, shape (..., n_criteria)
        Weights. [sum = 1]

    Raises
    ------
    ValueError
        If points are negative, not finite or all zero, if `parent` does not fit, or if
        a value has weight but none of its criteria has points.
    """
    value_weights = weights_from_points(value_points)
    within = _checked_points(within_points)
    members = _members(parent, value_weights.shape[-1], within.shape[-1])
    totals = np.stack([_sums(within[..., mine]) for mine in members], axis=-1)
    if ((value_weights > 0) & (totals == 0)).any():
        raise ValueError("a value has weight, but none of its criteria has points")
    index = np.asarray(parent)
    total = np.broadcast_to(totals[..., index], within.shape)
    shares = np.divide(within, total, out=np.zeros(within.shape), where=total > 0)
    return np.asarray(value_weights[..., index] * shares)


def _checked_points(points: ArrayLike) -> FloatArray:
    points = np.asarray(points, dtype=np.float64)
    if points.ndim < 1 or points.shape[-1] < 1:
        raise ValueError(f"shape is {points.shape}, expected (..., n_criteria)")
    if not np.isfinite(points).all() or (points < 0).any():
        raise ValueError("points must be finite and 0 or more")
    return points


def _sums(points: FloatArray) -> FloatArray:
    with np.errstate(over="ignore"):
        total = points.sum(axis=-1)
    if not np.isfinite(total).all():
        raise ValueError("points are too large to add up")
    return np.asarray(total)


def _members(parent: ArrayLike, n_values: int, n_criteria: int) -> BoolArray:
    index = np.asarray(parent)
    if index.shape != (n_criteria,) or not np.issubdtype(index.dtype, np.integer):
        raise ValueError("parent must hold one whole number per criterion")
    if (index < 0).any() or (index >= n_values).any():
        raise ValueError(f"parent must point at one of {n_values} values")
    return np.asarray(index == np.arange(n_values)[:, None])
