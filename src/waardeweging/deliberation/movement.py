"""What changed between two rounds. Coming closer is reported, never a target."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.deliberation.agreement import points_to_move, spread_split
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class StopRule:
    """When to stop weighing again; agreed before the first round.

    Parameters
    ----------
    still_points : float
        Who moves fewer points than this stands still. [points of 100]
    still_share : float
        Stop once at least this share of the people stands still. [0–1]
    last_round : int
        Stop after this round in any case.
    """

    still_points: float = 10.0
    still_share: float = 0.75
    last_round: int = 2

    def stops(self, movements: FloatArray, round_number: int) -> bool:
        """Say whether to stop after a round in which people moved so many points."""
        still = float((movements < self.still_points).mean())
        return round_number >= self.last_round or still >= self.still_share


@dataclass(frozen=True, eq=False)
class Movement(ArrayRecord):
    """How weights changed from one round to the next.

    Parameters
    ----------
    own : array, shape (n_people,)
        How far each person moved. [points of 100]
    contraction : float or None
        Spread within the sides after, as a part of that before: below 1 they came closer.
        None when there was no spread before.
    crossed : array of bool, shape (n_people,)
        Who was nearest the mean of the own side, and is now nearer another side's, both
        means taken from the first round.
    """

    own: FloatArray
    contraction: float | None
    crossed: BoolArray


def movement(
    before: FloatArray, after: FloatArray, sides: IntArray, means: FloatArray | None = None
) -> Movement:
    """Compare two rounds of the same people.

    Parameters
    ----------
    before, after : array, shape (n_people, n_criteria)
        Weights of each round, people in the same order. [rows sum to 1]
    sides : array of int, shape (n_people,)
    means : array, shape (n_sides, n_criteria), optional
        Mean weights in the first round of all on each side, also of those who did not
        answer again, by the number of the side; those of `before` when omitted.

    Returns
    -------
    Movement
    """
    start, end = spread_split(before, sides).within, spread_split(after, sides).within
    own = sides
    if means is None:
        labels, own = np.unique(sides, return_inverse=True)
        means = np.array([before[sides == label].mean(axis=0) for label in labels])
    crossed = _nearest_own(before, means, own) & ~_nearest_own(after, means, own)
    contraction = end / start if start > 0 else None
    return Movement(points_to_move(before, after), contraction, crossed)


def _nearest_own(weights: FloatArray, means: FloatArray, own: IntArray) -> BoolArray:
    """Say who is at least as near the mean of the own side as any other side's."""
    distances = points_to_move(weights[:, None, :], means)
    mine = np.take_along_axis(distances, own[:, None], axis=1)[:, 0]
    return np.asarray(mine <= distances.min(axis=1))
