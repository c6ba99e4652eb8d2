"""What the difference between two sides changes in the outcome, criterion by criterion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class DisputeSplit(ArrayRecord):
    """How a difference in weights becomes a difference about two alternatives.

    Parameters
    ----------
    effects : array, shape (n_criteria,)
        Part of each criterion; positive when the first side's weight favours the first
        alternative more. [−1–1]
    order : array of int, shape (n_criteria,)
        Criteria by size of their effect, largest first: the agenda of the conversation.
    total : float
        Gap between the alternatives for the first side minus that gap for the second.
    """

    effects: FloatArray
    order: IntArray
    total: float


def dispute_split(
    first: FloatArray, second: FloatArray, values: FloatArray, winner: int, rival: int
) -> DisputeSplit:
    """Split the sides' difference about two alternatives over the criteria.

    Parameters
    ----------
    first, second : array, shape (n_criteria,)
        Mean weights of the two sides. [sum = 1]
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    winner, rival : int
        The two alternatives.

    Returns
    -------
    DisputeSplit
        Effects that add up exactly, because scores are weighted sums.
    """
    effects = (first - second) * (values[winner] - values[rival])
    order = np.argsort(-np.abs(effects), kind="stable").astype(np.int64)
    return DisputeSplit(effects, order, float(effects.sum()))
