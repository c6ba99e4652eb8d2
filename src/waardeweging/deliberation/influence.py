"""How much sides and people pull the winner's margin: exact, because scores are weighted sums.

A single person's influence is never kept in a result: it would reveal that person's
weights. Only sums over groups are, and whether any one person could change the winner.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray
from waardeweging.robustness.contest import TIED, contest
from waardeweging.scoring.additive import best


@dataclass(frozen=True, eq=False)
class Influence(ArrayRecord):
    """The margin between two alternatives, split over groups of people.

    Parameters
    ----------
    equal_weights_margin : float
        Margin if everyone weighed all criteria the same. [−1–1]
    groups : array, shape (n_groups,)
        What the people of each group add to it. [−1–1]
    total : float
        The margin itself: the sum of the two above.
    """

    equal_weights_margin: float
    groups: FloatArray
    total: float


def personal_influence(advantage: FloatArray, weights: FloatArray, mass: FloatArray) -> FloatArray:
    """Give the Shapley value of every person in the game of which the margin is the worth.

    Parameters
    ----------
    advantage : array, shape (n_criteria,)
        Value score of the winner minus that of the rival. [−1–1]
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    mass : array, shape (n_people,)
        What each counts for in the joint weights. [sum = 1]

    Returns
    -------
    array, shape (n_people,)
        Not for publication.

    Notes
    -----
    A coalition is worth the margin that results when its members weigh as they do and
    everyone else weighs all criteria equally. That game is additive, so each person's
    Shapley value is what they add to any coalition.
    """
    return mass * ((weights - 1 / len(advantage)) @ advantage)


def influence(
    advantage: FloatArray, weights: FloatArray, mass: FloatArray, groups: IntArray
) -> Influence:
    """Split a margin over groups of people.

    Parameters
    ----------
    advantage : array, shape (n_criteria,)
        Value score of the winner minus that of the rival. [−1–1]
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    mass : array, shape (n_people,)
        What each counts for in the joint weights. [sum = 1]
    groups : array of int, shape (n_people,)
        Side, department or stratum, counted from 0.

    Returns
    -------
    Influence
    """
    equal = float(advantage.mean())
    sums = np.bincount(groups, weights=personal_influence(advantage, weights, mass))
    return Influence(equal, sums.astype(np.float64), equal + float(sums.sum()))


def one_person_can_flip(
    values: FloatArray, weights: FloatArray, mass: FloatArray, eligible: BoolArray
) -> bool:
    """Say whether any one person could change the winner by weighing differently.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    mass : array, shape (n_people,)
        What each counts for in the joint weights. [sum = 1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    bool
        True when for some person there are weights that put a rival strictly ahead while
        everyone else stays as they are.
    """
    game = contest(values, mass @ weights, eligible)
    if not len(game.rivals):
        return False
    # The most a person can do for a rival is to give all weight to its best criterion.
    worst = game.advantages.min(axis=1)
    swing = mass[:, None] * (weights @ game.advantages.T - worst)
    return bool((game.margins - swing < -TIED).any())


def decisive_sides(
    side_scores: FloatArray, joint_scores: FloatArray, eligible: BoolArray
) -> tuple[bool, bool]:
    """Say of each of two sides whether the other side alone would have chosen otherwise.

    Parameters
    ----------
    side_scores : array, shape (2, n_alternatives)
        Scores under each side's mean weights.
    joint_scores : array, shape (n_alternatives,)
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    tuple of bool, length 2
        Whether the first and the second side are decisive: without them the winner differs.
    """
    winner = int(best(joint_scores, eligible))
    first, second = (int(best(scores, eligible)) for scores in side_scores)
    return second != winner, first != winner
