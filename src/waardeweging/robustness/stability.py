"""How far the weight of one criterion may go before the winner changes.

The other criteria keep their proportions, so this is one straight line through
the weights; moving several criteria at once is the business of `flip`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import BoolArray, FloatArray, IntArray
from waardeweging.robustness.contest import TIED, contest


@dataclass(frozen=True, slots=True)
class Bound:
    """Weight of a criterion at which a rival takes over.

    Parameters
    ----------
    weight : float
        [0–1]
    rival : int
        Alternative that wins beyond the bound.
    """

    weight: float
    rival: int


@dataclass(frozen=True, slots=True)
class StabilityInterval:
    """Bounds around today's weight of one criterion; None = the winner never changes.

    Both are None as well when the criterion has all weight: the others then have no
    proportions to keep.
    """

    low: Bound | None
    high: Bound | None


def stability_intervals(
    values: FloatArray, weights: FloatArray, eligible: BoolArray
) -> tuple[StabilityInterval, ...]:
    """Give for every criterion the weights at which the winner changes.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    weights : array, shape (n_criteria,)
        [sum = 1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    tuple of StabilityInterval, length n_criteria

    References
    ----------
    E. Triantaphyllou and A. Sánchez, A sensitivity analysis approach for some
    deterministic multi-criteria decision-making methods, Decision Sciences 28(1), 1997,
    doi:10.1111/j.1540-5915.1997.tb01306.x.
    """
    game = contest(values, weights, eligible)
    defined = weights < 1 - TIED
    # Margin of the winner when criterion j weighs nothing, and how it grows with that weight.
    rest = game.margins[:, None] - weights * game.advantages
    rest = rest / np.where(defined, 1 - weights, 1.0)
    slope = np.where(defined, game.advantages - rest, 0.0)
    crossing = np.divide(-rest, slope, out=np.zeros_like(slope), where=np.abs(slope) > TIED)
    low = np.clip(crossing, 0.0, weights)
    high = np.clip(crossing, weights, 1.0)
    falls = (slope > TIED) & (rest <= TIED)
    rises = (slope < -TIED) & (game.advantages <= TIED)
    return tuple(
        StabilityInterval(
            _nearest(low[:, j], weights[j], slope[:, j], game.rivals, falls[:, j]),
            _nearest(high[:, j], weights[j], slope[:, j], game.rivals, rises[:, j]),
        )
        for j in range(len(weights))
    )


def _nearest(
    bounds: FloatArray, today: float, slope: FloatArray, rivals: IntArray, possible: BoolArray
) -> Bound | None:
    if not possible.any():
        return None
    # Of rivals that meet the winner at the same weight, the steepest wins beyond it.
    away = np.where(possible, np.round(np.abs(bounds - today), 12), np.inf)
    first = int(np.lexsort((-np.abs(slope), away))[0])
    return Bound(float(bounds[first]), int(rivals[first]))
