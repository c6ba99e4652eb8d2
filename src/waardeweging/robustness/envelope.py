"""Who is best where scores run along straight lines between two ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import BoolArray, FloatArray
from waardeweging.robustness.contest import TIED
from waardeweging.scoring.additive import best


@dataclass(frozen=True, slots=True)
class Takeover:
    """One alternative takes first place from another.

    Parameters
    ----------
    at : float
        Where: 0 is the first end, 1 the last. [0–1]
    previous, next : int
        Winner before and after.
    """

    at: float
    previous: int
    next: int


def takeovers(first: FloatArray, last: FloatArray, eligible: BoolArray) -> tuple[Takeover, ...]:
    """Walk the upper envelope of straight lines and note where the winner changes.

    Parameters
    ----------
    first, last : array, shape (n_alternatives,)
        Scores at 0 and at 1.
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    tuple of Takeover
        Ascending. The chain starts at the best at 0 and ends at the best at 1, both with
        the lowest index where several tie; a tie that ends right there is a takeover at
        0 or 1. Of lines that coincide the one with the lowest index counts.
    """
    current, end, at = int(best(first, eligible)), int(best(last, eligible)), 0.0
    found = []
    while (step := _next(first, last, eligible, current, at)) is not None:
        found.append(step)
        current, at = step.next, step.at
    if current != end:
        found.append(Takeover(1.0, current, end))
    return tuple(found)


def _next(
    first: FloatArray, last: FloatArray, eligible: BoolArray, current: int, at: float
) -> Takeover | None:
    slope = (last - first) - (last[current] - first[current])
    steeper = eligible & (slope > TIED)
    behind = first[current] - first
    crossing = np.divide(behind, slope, out=np.ones_like(slope), where=steeper)
    nearest = float(crossing.min(initial=1.0))
    if nearest >= 1 - TIED:
        return None
    # Where several lines cross together, the steepest is on top afterwards.
    together = steeper & (crossing <= nearest + TIED)
    following = int(np.where(together, slope, -np.inf).argmax())
    return Takeover(max(nearest, at), current, following)
