"""The additive model: a score is the weighted sum of value scores.

One evening and a whole country run through the same lines. `additive_scores` sums
criterion by criterion in their own order, so its digits are the same on every
processor; `scores_of_draws` is for many draws, and its digits do not depend on the
size of a block. On neither do two equal alternatives ever fail to tie.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.problem.arrays import FloatArray, IntArray
from waardeweging.scoring.tiles import steady_widths, tiled_product

# A share of the best score is computed with rounding; the limit itself still ties.
_ROUNDING = 1e-12
# Draws that stay in the processor's cache while they are added up.
_BLOCK = 4096


def contributions(values: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Split scores over the criteria.

    Parameters
    ----------
    values : array_like, shape (..., n_alternatives, n_criteria)
        Value scores. [0–1]
    weights : array_like, shape (..., n_criteria)
        Weights. [sum = 1]

    Returns
    -------
    array, shape (..., n_alternatives, n_criteria)
        What each criterion adds to each score.

    Raises
    ------
    ValueError
        If the number of criteria differs.
    """
    values, weights = _checked(values, weights)
    return np.asarray(values * weights[..., None, :])


def additive_scores(values: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Score alternatives by the weighted sum of their value scores.

    Leading axes broadcast: one table against many weights, many tables against one row of
    weights, or one table per row of weights.

    Parameters
    ----------
    values : array_like, shape (..., n_alternatives, n_criteria)
        Value scores. [0–1]
    weights : array_like, shape (..., n_criteria)
        Weights. [sum = 1]

    Returns
    -------
    array, shape (..., n_alternatives)
        Scores. [0–1]

    Raises
    ------
    ValueError
        If the number of criteria differs.

    References
    ----------
    V. Belton and T. J. Stewart, Multiple Criteria Decision Analysis, Kluwer, 2002, ch. 5,
    doi:10.1007/978-1-4615-1495-4.
    """
    values, weights = _checked(values, weights)
    if values.ndim == weights.ndim == 2:
        return _in_rows(values, weights)
    return _weighted_sum(np.moveaxis(values, -1, 0), np.moveaxis(weights, -1, 0)[..., None])


def scores_of_draws(values: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Score every table against every draw of weights, about as fast as a bare matrix product.

    Equal rows give equal digits in any block, order or company. They may differ from those
    of `additive_scores`, and between kinds of processors, in the last place only.

    Parameters
    ----------
    values : array_like, shape (..., n_alternatives, n_criteria)
        Value scores. [0–1]
    weights : array_like, shape (n_draws, n_criteria)
        Weights per draw. [sum = 1]

    Returns
    -------
    array, shape (..., n_draws, n_alternatives)
        Scores. [0–1]

    Raises
    ------
    ValueError
        If the number of criteria differs or `weights` has other axes.
    """
    values, weights = _checked(values, weights)
    if weights.ndim != 2:
        raise ValueError(f"weights have shape {weights.shape}, expected (n_draws, n_criteria)")
    if widths := steady_widths(weights.shape[1]):
        return tiled_product(weights, values, widths)
    return _in_rows(values, weights)


def ranks(scores: ArrayLike) -> IntArray:
    """Give each alternative its place; ties share the better place.

    Parameters
    ----------
    scores : array_like, shape (..., n_alternatives)
        Scores; the highest is best.

    Returns
    -------
    array of int, shape (..., n_alternatives)
        One more than the number of alternatives that score strictly higher. [1 = best]
    """
    scores = np.asarray(scores, dtype=np.float64)
    places = np.ones(scores.shape, dtype=np.int64)
    for alternative in range(scores.shape[-1]):
        places += scores[..., alternative, None] > scores
    return places


def best(scores: ArrayLike, eligible: ArrayLike | None = None) -> IntArray:
    """Find the alternative with the highest score; of equal scores the first.

    Parameters
    ----------
    scores : array_like, shape (..., n_alternatives)
        Scores; the highest is best.
    eligible : array_like of bool, shape (..., n_alternatives), optional
        Which alternatives may win; all when omitted.

    Returns
    -------
    array of int, shape (...)
        Index of the winner.

    Raises
    ------
    ValueError
        If nothing is eligible.
    """
    scores = np.asarray(scores, dtype=np.float64)
    allowed = np.ones(scores.shape[-1:], bool) if eligible is None else np.asarray(eligible, bool)
    if not allowed.any(axis=-1).all():
        raise ValueError("no alternative is eligible")
    return np.asarray(np.argmax(np.where(allowed, scores, -np.inf), axis=-1))


def tied_with_best(
    scores: ArrayLike, eligible: ArrayLike | None = None, margin: float = 0.1
) -> tuple[int, ...]:
    """List the alternatives that score too close to the winner to tell them apart.

    Close is measured as a share of the best score, not of the spread: value scores have a
    fixed zero, because their ranges do not move with the alternatives present.

    Parameters
    ----------
    scores : array_like, shape (n_alternatives,)
        Scores; the highest is best. [0 or more]
    eligible : array_like of bool, shape (n_alternatives,), optional
        Which alternatives may win; all when omitted.
    margin : float, default 0.1
        Largest difference that still ties, as a share of the best score. [0–1]

    Returns
    -------
    tuple of int
        Indices in the order of the table, without the winner.

    Raises
    ------
    ValueError
        If nothing is eligible or `margin` is outside 0–1.
    """
    if not 0 <= margin <= 1:
        raise ValueError(f"margin is {margin}, expected 0 to 1")
    scores = np.asarray(scores, dtype=np.float64)
    winner = int(best(scores, eligible))
    close = scores >= (1 - margin) * scores[winner] - _ROUNDING
    close &= True if eligible is None else np.asarray(eligible, bool)
    return tuple(index for index in np.flatnonzero(close).tolist() if index != winner)


def _in_rows(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Add up with the draws last and side by side, so that each step runs over whole rows."""
    columns = np.moveaxis(values, -1, 0)[..., None]
    scores = np.empty((*values.shape[:-1], len(weights)))
    for start in range(0, len(weights), _BLOCK):
        rows = np.ascontiguousarray(weights[start : start + _BLOCK].T)
        scores[..., start : start + _BLOCK] = _weighted_sum(columns, rows)
    return np.swapaxes(scores, -1, -2)


def _weighted_sum(values: FloatArray, weights: FloatArray) -> FloatArray:
    """Add up over the first axis, one criterion after the other."""
    total = np.asarray(values[0] * weights[0])
    step = np.empty_like(total)
    for value, weight in zip(values[1:], weights[1:], strict=True):
        total += np.multiply(value, weight, out=step)
    return total


def _checked(values: ArrayLike, weights: ArrayLike) -> tuple[FloatArray, FloatArray]:
    values = np.asarray(values, dtype=np.float64)
    weights = np.asarray(weights, dtype=np.float64)
    if values.ndim < 2 or values.shape[-1] < 1 or values.shape[-1:] != weights.shape[-1:]:
        raise ValueError(f"values have shape {values.shape}, weights {weights.shape}")
    return values, weights
