"""How far one performance must move before another alternative wins.

Worked out on value scores; what that is in tonnes or euros follows from the value
function, which is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray
from waardeweging.robustness.contest import TIED, contest


@dataclass(frozen=True, eq=False)
class PerformanceFlips(ArrayRecord):
    """Per cell the value score at which the winner changes.

    Parameters
    ----------
    needed : array, shape (n_alternatives, n_criteria)
        Value score that makes a rival level with the winner; outside 0–1 where no
        performance is worth it. Today's value score where `exists` is False.
    exists : array of bool, shape (n_alternatives, n_criteria)
        Whether any value score would do: not for a criterion without weight, an excluded
        alternative, or a winner without rivals.
    reachable : array of bool, shape (n_alternatives, n_criteria)
        Whether it lies within the range of the value scores. [0–1]
    next_winner : array of int, shape (n_alternatives,)
        Who takes over when a cell of this alternative moves that far: the alternative
        itself, or for the winner the best of the rest.
    """

    needed: FloatArray
    exists: BoolArray
    reachable: BoolArray
    next_winner: IntArray


def performance_flips(
    values: FloatArray, weights: FloatArray, eligible: BoolArray
) -> PerformanceFlips:
    """Give for every cell the value score at which the winner changes.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    weights : array, shape (n_criteria,)
        [sum = 1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    PerformanceFlips
        One cell moves, all others stay: a rival must gain its margin, the winner must
        lose the margin to the runner-up, each divided by the weight of the criterion.
    """
    game = contest(values, weights, eligible)
    gain, next_winner = np.zeros(len(values)), np.arange(len(values), dtype=np.int64)
    gain[game.rivals] = game.margins
    if len(game.rivals):
        gain[game.winner] = -game.margins.min()
        next_winner[game.winner] = game.rivals[game.margins.argmin()]
    exists = (eligible & (len(game.rivals) > 0))[:, None] & (weights > TIED)
    shift = np.divide(gain[:, None], weights, out=np.zeros_like(values), where=exists)
    needed = values + shift
    reachable = exists & (needed >= -TIED) & (needed <= 1 + TIED)
    needed = np.where(reachable, np.clip(needed, 0.0, 1.0), needed)
    return PerformanceFlips(needed, exists, reachable, next_winner)
