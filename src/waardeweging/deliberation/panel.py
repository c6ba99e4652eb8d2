"""The method panel: whether the winner depends on the rule by which voices are joined.

Every rule is applied to the same value scores and the same people. None of them
replaces the joint weights; together they show when the choice of rule decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from waardeweging.deliberation.joint_rules import (
    geometric_weights,
    spatial_median_weights,
    trimmed_mean_weights,
)
from waardeweging.deliberation.pairwise import borda, copeland, kemeny, preference_shares
from waardeweging.problem.arrays import BoolArray, FloatArray, IntArray
from waardeweging.robustness.acceptability import first_place_shares
from waardeweging.robustness.contest import TIED
from waardeweging.scoring.additive import additive_scores

KEMENY_LIMIT = 8
KEMENY_TOO_MANY = "kemeny.too_many_alternatives"

# Rules whose number is a loss: the lowest wins.
_LOSSES = ("minimax_regret",)


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What one rule says.

    Parameters
    ----------
    winner : int
    tied : tuple of int
        All that the rule puts first, ascending.
    detail : tuple of float or None, length n_alternatives
        The number by which the rule compares; None for an excluded alternative. The lowest
        wins for ``minimax_regret`` (regret) and ``kemeny`` (place), else the highest.
    reason : str or None
        Code when the rule could not be applied: ``kemeny.too_many_alternatives`` means
        that the Borda counts stand in.
    """

    winner: int
    tied: tuple[int, ...]
    detail: tuple[float | None, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class MethodPanel:
    """Every rule with its outcome.

    Parameters
    ----------
    rules : dict of str to RuleOutcome
        ``arithmetic``, ``geometric``, ``spatial_median``, ``trimmed_mean``, ``maximin``,
        ``minimax_regret``, ``first_choice``, ``borda``, ``copeland``, ``kemeny``; and
        ``grades`` when people graded the alternatives.
    """

    rules: dict[str, RuleOutcome]

    @property
    def agrees(self) -> bool:
        """Whether all rules name the same winner."""
        return len({outcome.winner for outcome in self.rules.values()}) == 1


def method_panel(
    values: FloatArray,
    eligible: BoolArray,
    *,
    joint: FloatArray,
    side_weights: FloatArray,
    weights: FloatArray,
    sides: IntArray,
    mass: FloatArray,
) -> MethodPanel:
    """Apply every rule.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    eligible : array of bool, shape (n_alternatives,)
    joint : array, shape (n_criteria,)
        Joint weights. [sum = 1]
    side_weights : array, shape (n_sides, n_criteria)
        Mean weights of the sides that have a say. [rows sum to 1]
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    sides : array of int, shape (n_people,)
    mass : array, shape (n_people,)
        What each counts for in the joint weights. [sum = 1]

    Returns
    -------
    MethodPanel
        Within a rule a tie goes to the arithmetic winner if it is among the best, else
        to the lowest index: a tie contradicts nobody.
    """
    heard = mass > 0
    weights, sides, mass = weights[heard], sides[heard], mass[heard]
    # Rules see only the eligible alternatives: the others are not up for choice.
    values = values[eligible]
    preferences = preference_shares(additive_scores(values, weights), mass)
    details = (
        _by_weights(values, joint, weights, sides, mass)
        | _by_sides(additive_scores(values, side_weights))
        | _by_people(additive_scores(values, weights), preferences, mass)
    )
    reference = int(_tops(details["arithmetic"])[0])
    rules = {
        name: _outcome(detail, _tops(-detail if name in _LOSSES else detail), reference)
        for name, detail in details.items()
    }
    rules["kemeny"] = _kemeny_outcome(preferences, reference)
    places = np.flatnonzero(eligible)
    return MethodPanel(
        {name: _placed(outcome, places, len(eligible)) for name, outcome in rules.items()}
    )


def with_grades(
    panel: MethodPanel, lowest: Sequence[int | None], eligible: BoolArray
) -> MethodPanel:
    """Add the rule of the grades: the best of what the less content side says at least.

    Parameters
    ----------
    panel : MethodPanel
    lowest : sequence of int or None, length n_alternatives
        As `majority.lowest_majority` gives them.
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    MethodPanel
        Unchanged when no eligible alternative has a grade from both sides.
    """
    detail = tuple(
        float(grade) if is_eligible and grade is not None else None
        for grade, is_eligible in zip(lowest, eligible, strict=True)
    )
    known = [grade for grade in detail if grade is not None]
    if not known:
        return panel
    tied = tuple(place for place, grade in enumerate(detail) if grade == max(known))
    reference = panel.rules["arithmetic"].winner
    winner = reference if reference in tied else tied[0]
    return MethodPanel({**panel.rules, "grades": RuleOutcome(winner, tied, detail)})


def satisfaction(side_scores: FloatArray) -> FloatArray:
    """Place each alternative between a side's worst (0) and best (1).

    Parameters
    ----------
    side_scores : array, shape (n_sides, n_alternatives)

    Returns
    -------
    array, shape (n_sides, n_alternatives)
        [0–1] A side to which all are equal is satisfied with any.

    References
    ----------
    E. Kalai and M. Smorodinsky, Other solutions to Nash's bargaining problem,
    Econometrica 43(3), 1975, doi:10.2307/1914280.
    """
    worst = side_scores.min(axis=1, keepdims=True)
    width = side_scores.max(axis=1, keepdims=True) - worst
    above = side_scores - worst
    return np.asarray(np.divide(above, width, out=np.ones_like(above), where=width > TIED))


def regret(side_scores: FloatArray) -> FloatArray:
    """Give what each side loses by an alternative against its own best.

    Parameters
    ----------
    side_scores : array, shape (n_sides, n_alternatives)

    Returns
    -------
    array, shape (n_sides, n_alternatives)
        [0–1]
    """
    return np.asarray(side_scores.max(axis=1, keepdims=True) - side_scores)


def _by_weights(
    values: FloatArray, joint: FloatArray, weights: FloatArray, sides: IntArray, mass: FloatArray
) -> dict[str, FloatArray]:
    joined = {
        "arithmetic": joint,
        "geometric": geometric_weights(weights, mass),
        "spatial_median": spatial_median_weights(weights, mass),
        "trimmed_mean": trimmed_mean_weights(weights, mass, sides),
    }
    return {name: additive_scores(values, rule) for name, rule in joined.items()}


def _by_sides(side_scores: FloatArray) -> dict[str, FloatArray]:
    return {
        "maximin": satisfaction(side_scores).min(axis=0),
        "minimax_regret": regret(side_scores).max(axis=0),
    }


def _by_people(
    scores: FloatArray, preferences: FloatArray, mass: FloatArray
) -> dict[str, FloatArray]:
    everyone = np.ones(scores.shape[1], dtype=np.bool_)
    return {
        "first_choice": mass @ first_place_shares(scores, everyone),
        "borda": borda(preferences),
        "copeland": copeland(preferences),
    }


def _kemeny_outcome(preferences: FloatArray, reference: int) -> RuleOutcome:
    if len(preferences) > KEMENY_LIMIT:
        counts = borda(preferences)
        return _outcome(counts, _tops(counts), reference, KEMENY_TOO_MANY)
    ranking, tops = kemeny(preferences, prefer=reference)
    return _outcome(np.argsort(ranking).astype(np.float64) + 1, np.array(tops), reference)


def _tops(detail: FloatArray) -> IntArray:
    return np.flatnonzero(detail >= detail.max() - TIED).astype(np.int64)


def _outcome(
    detail: FloatArray, tops: IntArray, reference: int, reason: str | None = None
) -> RuleOutcome:
    tied = tuple(tops.tolist())
    winner = reference if reference in tied else tied[0]
    return RuleOutcome(winner, tied, tuple(detail.tolist()), reason)


def _placed(outcome: RuleOutcome, places: IntArray, number: int) -> RuleOutcome:
    """Give an outcome over the eligible alternatives the indices of all alternatives."""
    numbers = dict(zip(places.tolist(), outcome.detail, strict=True))
    return RuleOutcome(
        int(places[outcome.winner]),
        tuple(places[list(outcome.tied)].tolist()),
        tuple(numbers.get(alternative) for alternative in range(number)),
        outcome.reason,
    )
