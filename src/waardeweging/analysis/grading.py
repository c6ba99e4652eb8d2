"""What both sides find of every option itself, beside what the model makes of their weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.analysis.scenario import Scenario
from waardeweging.deliberation.majority import lowest_majority, majority_grades
from waardeweging.elicitation.ballots import INSTITUTION, MUNICIPALITY, RESIDENTS, latest
from waardeweging.elicitation.grades import NO_ANSWER, grade_table
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.problem.arrays import ArrayRecord, IntArray

Grades = tuple[int | None, ...]


@dataclass(frozen=True, eq=False)
class Graded(ArrayRecord):
    """Grades of the options by side.

    Parameters
    ----------
    residents, municipality : array of int, shape (n_people_of_side, n_alternatives)
        0 (unacceptable) to 4; −1 = no answer, also where fewer than five persons of the
        side graded the option: that would tell what somebody answered.
    people : (int, int)
        Who graded any option, residents and municipality.
    majority_residents, majority_municipality : tuple of int or None, length n_alternatives
        Grade that a majority of the side finds the option to deserve at least.
    lowest : tuple of int or None, length n_alternatives
        The lower of the two.
    """

    residents: IntArray
    municipality: IntArray
    people: tuple[int, int]
    majority_residents: Grades
    majority_municipality: Grades
    lowest: Grades

    @property
    def of_sides(self) -> tuple[IntArray, IntArray]:
        """Grades by the people of either side."""
        return self.residents, self.municipality


def graded(scenario: Scenario) -> Graded | None:
    """Take the latest grades of everyone on the two sides.

    Returns
    -------
    Graded or None
        None when nobody graded.
    """
    sheets = latest(scenario.participation.grades)
    if not sheets:
        return None
    number = len(scenario.problem.alternatives)
    institutions = {
        ballot.participant for ballot in latest(scenario.ballots) if ballot.kind == INSTITUTION
    }
    tables, people = [], []
    for side in (RESIDENTS, MUNICIPALITY):
        mine = [sheet for sheet in sheets if sheet.side == side]
        grades = grade_table(mine, number)
        people.append(int((grades != NO_ANSWER).any(axis=1).sum()))
        is_person = np.array([sheet.participant not in institutions for sheet in mine], np.bool_)
        persons = (grades[is_person] != NO_ANSWER).sum(axis=0)
        too_few = (persons > 0) & (persons < FEWEST)
        tables.append(np.where(too_few, NO_ANSWER, grades))
    residents, municipality = tables
    return Graded(
        residents,
        municipality,
        (people[0], people[1]),
        majority_grades(residents),
        majority_grades(municipality),
        lowest_majority(tables),
    )
