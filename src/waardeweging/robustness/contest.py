"""The winner against every other eligible alternative: the ground of all questions about change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray
from waardeweging.scoring.additive import additive_scores, best

# Sums of weights and values carry rounding of about 1e-16; a real difference is far larger.
TIED = 1e-12


@dataclass(frozen=True, eq=False)
class Contest(ArrayRecord):
    """The winner, its rivals, and how much better the winner is on each criterion.

    Parameters
    ----------
    winner : int
        Index of the best eligible alternative.
    rivals : array of int, shape (n_rivals,)
        Indices of the other eligible alternatives, ascending.
    advantages : array, shape (n_rivals, n_criteria)
        Value score of the winner minus that of the rival. [−1–1]
    margins : array, shape (n_rivals,)
        Score of the winner minus that of the rival. [0–1]
    """

    winner: int
    rivals: IntArray
    advantages: FloatArray
    margins: FloatArray


def contest(values: FloatArray, weights: FloatArray, eligible: BoolArray) -> Contest:
    """Set the winner against its rivals.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    weights : array, shape (n_criteria,)
        Joint weights. [sum = 1]
    eligible : array of bool, shape (n_alternatives,)
        Which alternatives meet the requirements; at least one.

    Returns
    -------
    Contest
    """
    winner = int(best(additive_scores(values, weights), eligible))
    rivals = np.flatnonzero(eligible & (np.arange(len(values)) != winner)).astype(np.int64)
    advantages = values[winner] - values[rivals]
    return Contest(winner, rivals, advantages, np.maximum(advantages @ weights, 0.0))
