"""What each side found, and what came first: in a consultation or in a workshop alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.scenario import Scenario
from waardeweging.deliberation.majority import majority_grades
from waardeweging.elicitation.ballots import latest
from waardeweging.elicitation.grades import NO_ANSWER, GradeSheet, grade_table
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.elicitation.weighing import Weighing
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray
from waardeweging.scoring.additive import additive_scores, best

ACCEPTABLE = 2
"""The lowest grade that says that somebody can live with an option."""


@dataclass(frozen=True, eq=False)
class SideStanding(ArrayRecord):
    """What one side found.

    Parameters
    ----------
    people : int
        Who gave weights.
    weights : array, shape (n_criteria,), or empty
        Empty when fewer than five people gave them. [sum = 1]
    winner : int or None
        Option with the highest score under these weights.
    graded : int
        Who graded any option.
    grades : tuple of int or None, length n_alternatives
        Majority grade; None where fewer than five people graded the option.
    acceptable : tuple of float or None, length n_alternatives
        Part of the grades that is acceptable or higher. [0–1]
    """

    people: int
    weights: FloatArray
    winner: int | None
    graded: int
    grades: tuple[int | None, ...]
    acceptable: tuple[float | None, ...]

    @property
    def is_shown(self) -> bool:
        """Whether enough people gave weights."""
        return self.weights.size > 0


@dataclass(frozen=True, eq=False)
class Standing(ArrayRecord):
    """Who counted, and what came first.

    Parameters
    ----------
    sides : mapping of str to SideStanding
    scores : array, shape (n_alternatives,)
        Joint scores. [0–1]
    winner : int
    """

    sides: Mapping[str, SideStanding]
    scores: FloatArray
    winner: int


def standing(scenario: Scenario, weighing: Weighing, outcome: Outcome) -> Standing:
    """Give what every side found, and what came first jointly.

    Parameters
    ----------
    scenario : Scenario
        Whose grades count.
    weighing : Weighing
        Whose weights count.
    outcome : Outcome
        Of the same options and criteria.
    """
    values, allowed = outcome.result.values, outcome.result.eligible
    sheets = latest(scenario.participation.grades)
    scores = additive_scores(values, weighing.joint)
    sides = tuple(dict.fromkeys((*weighing.sides, *(one.side for one in sheets))))
    found = {
        side: _side_standing(
            weighing, side, [one for one in sheets if one.side == side], values, allowed
        )
        for side in sides
    }
    return Standing(found, scores, int(best(scores, allowed)))


def nobody(options: int) -> SideStanding:
    """Give what a side without people found."""
    nothing = (None,) * options
    return SideStanding(0, np.empty(0), None, 0, nothing, nothing)


def _side_standing(
    weighing: Weighing,
    side: str,
    sheets: Sequence[GradeSheet],
    values: FloatArray,
    allowed: BoolArray,
) -> SideStanding:
    mine = weighing.on_side(side)
    weights, winner = np.empty(0), None
    if mine.any() and weighing.may_show(side):
        parties = dict(zip(weighing.parties, weighing.party_weights, strict=True))
        weights = parties.get(side, weighing.weights[mine].mean(axis=0))
        winner = int(best(additive_scores(values, weights), allowed))
    grades = grade_table(sheets, len(values))
    answers = (grades != NO_ANSWER).sum(axis=0)
    grades = np.where(answers < FEWEST, NO_ANSWER, grades)
    return SideStanding(
        int(mine.sum()),
        weights,
        winner,
        int((grades != NO_ANSWER).any(axis=1).sum()),
        majority_grades(grades),
        tuple(
            float((column >= ACCEPTABLE).sum() / count) if count >= FEWEST else None
            for column, count in zip(grades.T, answers, strict=True)
        ),
    )
