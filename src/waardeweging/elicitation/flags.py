"""Signs that a ballot may not say what its owner means.

A flag never removes a ballot: results are shown with and without flagged ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.problem.arrays import FloatArray

ALL_EQUAL = "all_equal"
ONE_CRITERION = "one_criterion"
TOO_FAST = "too_fast"
CONTRADICTS_RANKING = "contradicts_ranking"
FAILS_TRADE_OFFS = "fails_trade_offs"

LEAST_SECONDS = 60.0
FAILED_TRADE_OFFS = 2


def quality_flags(
    points: ArrayLike,
    *,
    seconds: float | None = None,
    ranking: ArrayLike | None = None,
    trade_offs: Sequence[bool | None] = (),
) -> tuple[str, ...]:
    """List the quality flags of one ballot.

    Parameters
    ----------
    points : array_like, shape (n_criteria,)
        Points or weights as given. [0 or more]
    seconds : float, optional
        Time taken; not judged when unknown. [0 or more]
    ranking : array_like, shape (n_criteria,), optional
        The participant's own ranking, 1 = most important. It is contradicted when a
        criterion with a better place has fewer points; equal points contradict nothing.
    trade_offs : sequence of bool or None
        Per question of the trade-off mirror whether the participant agreed with it; None
        when it was skipped.

    Returns
    -------
    tuple of str
        Codes in a fixed order; empty when nothing stands out.

    Raises
    ------
    ValueError
        If points or seconds are negative or not finite, or the ranking does not fit.
    """
    points = np.asarray(points, dtype=np.float64)
    if points.ndim != 1 or not np.isfinite(points).all() or (points < 0).any():
        raise ValueError("points must be one row of finite numbers, 0 or more")
    if seconds is not None and not 0 <= seconds < math.inf:
        raise ValueError(f"seconds is {seconds}, expected 0 or more")
    several = points.size > 1
    raised = {
        ALL_EQUAL: several and bool((points == points[0]).all()),
        ONE_CRITERION: several and np.count_nonzero(points) == 1,
        TOO_FAST: seconds is not None and seconds < LEAST_SECONDS,
        CONTRADICTS_RANKING: ranking is not None and contradicts(points, ranking),
        FAILS_TRADE_OFFS: sum(answer is False for answer in trade_offs) >= FAILED_TRADE_OFFS,
    }
    return tuple(code for code, is_raised in raised.items() if is_raised)


def flags_of_all(points: FloatArray) -> tuple[tuple[str, ...], ...]:
    """List the quality flags of many ballots of which only the points are known.

    Parameters
    ----------
    points : array, shape (n_people, n_criteria)
        Points or weights as given. [0 or more]

    Returns
    -------
    tuple of tuple of str, length n_people
        As `quality_flags` gives them; the few that may have one are asked one by one.
    """
    alike = (points == points[:, :1]).all(axis=1)
    suspect = alike | (np.count_nonzero(points, axis=1) == 1)
    return tuple(
        quality_flags(row) if may_be else ()
        for row, may_be in zip(points, suspect.tolist(), strict=True)
    )


def contradicts(points: ArrayLike, ranking: ArrayLike) -> bool:
    """Tell whether any criterion has fewer points than one that was ranked below it.

    Parameters
    ----------
    points : array_like, shape (n_criteria,)
        Points or weights.
    ranking : array_like, shape (n_criteria,)
        Places, 1 = most important.

    Returns
    -------
    bool

    Raises
    ------
    ValueError
        If lengths differ or a place is not finite.
    """
    points = np.asarray(points, dtype=np.float64)
    ranking = np.asarray(ranking, dtype=np.float64)
    if ranking.shape != points.shape or not np.isfinite(ranking).all():
        raise ValueError("ranking must hold one finite place per criterion")
    above = ranking[:, None] < ranking
    return bool((above & (points[:, None] < points)).any())
