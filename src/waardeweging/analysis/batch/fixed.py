"""What needs no chance: who wins under given weights, by how much, and what it takes to flip."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray
from waardeweging.robustness.contest import TIED
from waardeweging.robustness.flip import weight_to_move
from waardeweging.scoring.additive import additive_scores, best

NOBODY = -1
_ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Fixed(ArrayRecord):
    """The outcome of many neighbourhoods under one row of weights.

    Parameters
    ----------
    winner, runner_up : array of int, shape (n_neighbourhoods,)
        −1 where there is none.
    scores : array, shape (n_neighbourhoods, n_alternatives)
        [0–1]
    margin : array, shape (n_neighbourhoods,)
        Score of the winner minus that of the runner-up; infinite without one.
    tied : array of bool, shape (n_neighbourhoods, n_alternatives)
        Other options within the tie margin of the best.
    points : array, shape (n_neighbourhoods,)
        Points to flip; infinite when no weights can change the winner.
    rival : array of int, shape (n_neighbourhoods,)
        Who would be level then; −1 for nobody.
    """

    winner: IntArray
    runner_up: IntArray
    scores: FloatArray
    margin: FloatArray
    tied: BoolArray
    points: FloatArray
    rival: IntArray

    def take(self, rows: IntArray) -> Fixed:
        """Give some of the neighbourhoods, also more than once."""
        return Fixed(*(getattr(self, field.name)[rows] for field in fields(self)))


def fixed_outcome(
    values: FloatArray, weights: FloatArray, eligible: BoolArray, tie_margin: float
) -> Fixed:
    """Weigh many neighbourhoods with the same weights, as `analyse` weighs one.

    Parameters
    ----------
    values : array, shape (n_neighbourhoods, n_alternatives, n_criteria)
        Value scores. [0–1]
    weights : array, shape (n_criteria,)
        [sum = 1]
    eligible : array of bool, shape (n_neighbourhoods, n_alternatives)
    tie_margin : float
        As a share of the best score. [0–1]
    """
    scores = additive_scores(values, weights)
    winner = first_best(scores, eligible)
    rows = np.arange(len(values))
    rest = eligible.copy()
    rest[rows, winner] = False
    runner_up = first_best(scores, rest)
    ahead = np.asarray(scores[rows, winner])
    margin = np.where(runner_up == NOBODY, np.inf, ahead - scores[rows, runner_up])
    tied = rest & (scores >= ((1 - tie_margin) * ahead)[:, None] - _ROUNDING)
    points, rival = _flips(values, weights, winner, rest)
    return Fixed(winner, runner_up, scores, margin, tied, points, rival)


def first_best(scores: FloatArray, eligible: BoolArray) -> IntArray:
    """Find the winner of every row; −1 where nothing is eligible."""
    possible = np.asarray(eligible.any(axis=1), np.bool_)
    found = best(scores, eligible | ~possible[:, None])
    return np.where(possible, found, NOBODY)


def _flips(
    values: FloatArray, weights: FloatArray, winner: IntArray, rivals: BoolArray
) -> tuple[FloatArray, IntArray]:
    rows = np.arange(len(values))
    advantages = values[rows, winner][:, None] - values
    margins = np.maximum(additive_scores(advantages, weights), 0.0)
    points = 100 * weight_to_move(advantages, weights).sum(axis=-1)
    never = advantages.min(axis=-1) >= -TIED
    points = np.where(margins <= TIED, 0.0, np.where(never, np.inf, points))
    points = np.where(rivals, points, np.inf)
    nearest = points.argmin(axis=1)
    least = points[rows, nearest]
    return least, np.where(np.isfinite(least), nearest, NOBODY)
