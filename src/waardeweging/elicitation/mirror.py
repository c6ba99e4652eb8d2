"""The trade-off mirror: says back to participants what their weights mean in real units.

It holds for linear value functions: one unit is then worth weight / range
wherever on the range it falls.
"""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.problem.arrays import FloatArray


def equivalent_amount(
    weights: ArrayLike, ranges: ArrayLike, *, given: int, asked: int, amount: float = 1.0
) -> float | None:
    """Say how much of one criterion weighs as much as an amount of another.

    Parameters
    ----------
    weights : array_like, shape (n_criteria,)
        Weights of one participant. [0 or more]
    ranges : array_like, shape (n_criteria,)
        Distance between worst and best. [unit of the criterion; above 0]
    given, asked : int
        Criterion of the amount, and criterion of the answer.
    amount : float, default 1
        Amount of `given`. [unit of `given`]

    Returns
    -------
    float or None
        Amount of `asked`; None when either weight is zero, or so small that no number
        can express the answer.

    Raises
    ------
    ValueError
        If weights, ranges or amount are out of bounds.

    References
    ----------
    R. L. Keeney and H. Raiffa, Decisions with Multiple Objectives, Wiley, 1976, ch. 3.
    """
    weights, ranges = _checked(weights, ranges)
    if not math.isfinite(amount):
        raise ValueError(f"amount is {amount}, expected a finite number")
    worth = [float(weights[index]) / float(ranges[index]) for index in (given, asked)]
    if not all(0 < one < math.inf for one in worth):
        return None
    answer = float(amount) * (worth[0] / worth[1])
    return answer if math.isfinite(answer) else None


def telling_pairs(
    weights: ArrayLike, parent: ArrayLike | None = None, count: int = 3
) -> tuple[tuple[int, int], ...]:
    """Choose the pairs of criteria whose trade-off says most about a participant.

    Pairs from two different values come before pairs inside one value; then the pairs
    with the largest weights, judged by the lighter of the two. Equal pairs keep the order
    of the criteria, so the same weights always give the same questions.

    Parameters
    ----------
    weights : array_like, shape (n_criteria,)
        Weights of one participant. [0 or more]
    parent : array_like of int, shape (n_criteria,), optional
        Index of the value of each criterion; without it every pair crosses values.
    count : int, default 3
        How many pairs at most.

    Returns
    -------
    tuple of (int, int)
        Pairs of criteria with weight, the heavier first; fewer when there are fewer.

    Raises
    ------
    ValueError
        If weights are out of bounds or `parent` has another length.
    """
    weights, _ = _checked(weights, np.ones(np.shape(weights)))
    values = np.arange(weights.size) if parent is None else np.asarray(parent)
    if values.shape != weights.shape:
        raise ValueError(f"{weights.size} criteria, parent has shape {values.shape}")
    heaviest = sorted(np.flatnonzero(weights).tolist(), key=lambda index: -weights[index])
    # The sort is stable: pairs come heaviest first and keep that order among equals.
    pairs = sorted(
        combinations(heaviest, 2),
        key=lambda pair: (bool(values[pair[0]] == values[pair[1]]), -weights[pair[1]]),
    )
    return tuple(pairs[:count])


def _checked(weights: ArrayLike, ranges: ArrayLike) -> tuple[FloatArray, FloatArray]:
    weights = np.asarray(weights, dtype=np.float64)
    ranges = np.asarray(ranges, dtype=np.float64)
    if weights.ndim != 1 or weights.shape != ranges.shape:
        raise ValueError(f"weights have shape {weights.shape}, ranges {ranges.shape}")
    if not np.isfinite(weights).all() or (weights < 0).any():
        raise ValueError("weights must be finite and 0 or more")
    if not np.isfinite(ranges).all() or (ranges <= 0).any():
        raise ValueError("ranges must be finite and above 0")
    return weights, ranges
