"""What a neighbourhood found in a consultation, beside what a workshop found.

A consultation asks residents, and sometimes others. Sides that it did not ask keep the
weights of the workshop, so that both together still say what comes first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from waardeweging.analysis.analyse import analyse, weighing_of
from waardeweging.analysis.comparing import Compared
from waardeweging.analysis.consultation_standing import (
    SideStanding,
    Standing,
    nobody,
    standing,
)
from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.participation import Participation
from waardeweging.analysis.scenario import Scenario
from waardeweging.deliberation.agreement import points_to_move
from waardeweging.elicitation.ballots import RESIDENTS, Ballot, latest
from waardeweging.elicitation.consultation import Asked, Consultation
from waardeweging.elicitation.consultation_flags import Raised, raise_flags
from waardeweging.elicitation.grades import NO_ANSWER, GradeSheet
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.problem.arrays import ArrayRecord, BoolArray, IntArray
from waardeweging.problem.errors import InputError
from waardeweging.problem.many_objects import many_objects

One = TypeVar("One", Ballot, GradeSheet)


@dataclass(frozen=True, eq=False)
class Beside(ArrayRecord):
    """One side in the consultation beside the same side in the workshop.

    Parameters
    ----------
    side : str
    consultation, workshop : SideStanding
    points : float or None
        Total variation between their weights; None when one of them is not shown.
        [points of 100]
    widest : int or None
        Criterion on which they differ most.
    """

    side: str
    consultation: SideStanding
    workshop: SideStanding
    points: float | None
    widest: int | None


@dataclass(frozen=True, eq=False)
class Consulted(ArrayRecord):
    """Everything about a consultation.

    Parameters
    ----------
    given : Consultation
    raised : Raised
        Flags of every row.
    rows : array of int
        Rows that count, one per participant.
    outcome : Outcome
        Of the scenario with everyone who was consulted, flagged or not.
    everyone : Standing
    without : Standing or None
        Without flagged answers; None when so few were flagged, or are left, that the
        difference would tell what somebody answered.
    workshop : Standing
    asked : tuple of str
        Sides that answered in the consultation.
    beside : tuple of Beside
        Per side that answered.
    """

    given: Consultation
    raised: Raised
    rows: IntArray
    outcome: Outcome
    everyone: Standing
    without: Standing | None
    workshop: Standing
    asked: tuple[str, ...]
    beside: tuple[Beside, ...]

    @property
    def flagged(self) -> BoolArray:
        """Which of the rows that count have a flag."""
        return np.asarray(self.raised.any[self.rows])


def asked_of(scenario: Scenario) -> Asked:
    """Give what a consultation about a scenario may hold."""
    problem = scenario.problem
    return Asked(
        tuple(criterion.id for criterion in problem.framework.criteria),
        tuple(one.id for one in problem.alternatives),
        scenario.participation.population,
    )


def consult(scenario: Scenario, given: Consultation, workshop: Outcome | None = None) -> Consulted:
    """Look at a consultation from all sides.

    Parameters
    ----------
    scenario : Scenario
        With the ballots of a workshop.
    given : Consultation
    workshop : Outcome, optional
        Of the scenario, when it is there already.

    Raises
    ------
    InputError
        As `analyse` does.
    """
    workshop = analyse(scenario) if workshop is None else workshop
    raised, rows = raise_flags(given), given.counted
    outcome = analyse(consulted(scenario, given, rows))
    asked = sides_asked(given, rows)
    everyone = standing(outcome.scenario, outcome.weighing, outcome)
    before = standing(scenario, workshop.weighing, outcome)
    return Consulted(
        given,
        raised,
        rows,
        outcome,
        everyone,
        _without(given, rows, raised.any[rows], outcome),
        before,
        asked,
        tuple(_beside(side, everyone, before) for side in asked),
    )


def sides_asked(given: Consultation, rows: IntArray) -> tuple[str, ...]:
    """List the sides that gave weights, in the order in which they first answered."""
    answered = rows[~given.abstains[rows]]
    return tuple(given.side_names[place] for place in np.unique(given.sides[answered]))


def consulted(scenario: Scenario, given: Consultation, rows: IntArray) -> Scenario:
    """Put a consultation in the place of the ballots of the sides that it asked.

    Parameters
    ----------
    scenario : Scenario
    given : Consultation
    rows : array of int
        Rows that count, at most one per participant.

    Returns
    -------
    Scenario
        Other sides keep their last ballots and grades, as of one round.
    """
    others, other_grades = not_asked(scenario, given, rows)
    with many_objects():
        ballots, sheets = _ballots(given, rows), _sheets(given, rows)
        said = _attributes(given, rows)
    return replace(
        scenario,
        ballots=(*ballots, *others),
        compared=Compared(),
        participation=Participation(
            (*sheets, *other_grades), scenario.participation.population, said
        ),
        base=None if scenario.base is None else consulted(scenario.base, given, rows),
    )


def not_asked(
    scenario: Scenario, given: Consultation, rows: IntArray
) -> tuple[tuple[Ballot, ...], tuple[GradeSheet, ...]]:
    """Give the last ballots and grades of the sides that the consultation did not ask."""
    asked = sides_asked(given, rows)
    names = {given.participants[row] for row in rows.tolist()}
    ballots = (one for one in latest(scenario.ballots) if one.side not in asked)
    grades = (one for one in latest(scenario.participation.grades) if one.side not in asked)
    return tuple(_renamed(one, names) for one in ballots), tuple(
        _renamed(one, names) for one in grades
    )


def _without(
    given: Consultation, rows: IntArray, flagged: BoolArray, outcome: Outcome
) -> Standing | None:
    """Count again without flagged answers, unless that would tell what somebody answered."""
    for place in range(len(given.side_names)):
        mine = (given.sides[rows] == place) & ~given.abstains[rows]
        gone, left = int((mine & flagged).sum()), int((mine & ~flagged).sum())
        if 0 < gone < FEWEST or (gone and left < FEWEST):
            return None
    if not flagged.any():
        return None
    gone_names = {given.participants[row] for row in rows[flagged]}
    everyone = outcome.scenario
    grades = everyone.participation.grades
    rest = replace(
        everyone,
        ballots=tuple(one for one in everyone.ballots if one.participant not in gone_names),
        participation=replace(
            everyone.participation,
            grades=tuple(one for one in grades if one.participant not in gone_names),
        ),
    )
    try:
        weighing = weighing_of(rest, outcome.columns)
    except InputError:
        # Whoever is left gave weight to the criteria of the other perspective only.
        return None
    return standing(rest, weighing, outcome)


def _beside(side: str, everyone: Standing, workshop: Standing) -> Beside:
    absent = nobody(len(everyone.scores))
    mine, theirs = everyone.sides.get(side, absent), workshop.sides.get(side, absent)
    if not (mine.is_shown and theirs.is_shown):
        return Beside(side, mine, theirs, None, None)
    gaps = np.abs(mine.weights - theirs.weights)
    points = float(points_to_move(mine.weights, theirs.weights))
    return Beside(side, mine, theirs, points, int(np.argmax(gaps)))


def _renamed(one: One, taken: set[str]) -> One:
    """Give somebody of the workshop another name when a consulted person has it, in one round."""
    name = one.participant
    while name in taken:
        name += ".1"
    return one.model_copy(update={"participant": name, "round": 1})


def _ballots(given: Consultation, rows: IntArray) -> tuple[Ballot, ...]:
    """Make a ballot of every row."""
    criteria = given.asked.criteria
    answers = (tuple(row) if any(row) else () for row in given.points[rows].tolist())
    return tuple(
        Ballot(
            participant=given.participants[row],
            side=given.side_names[side],
            criteria=criteria,
            answers=own,
        )
        for row, side, own in zip(rows.tolist(), given.sides[rows].tolist(), answers, strict=True)
    )


def _sheets(given: Consultation, rows: IntArray) -> tuple[GradeSheet, ...]:
    """Make a sheet of grades of every row that has any."""
    graded = rows[(given.grades[rows] != NO_ANSWER).any(axis=1)]
    return tuple(
        GradeSheet(
            participant=given.participants[row],
            side=given.side_names[side],
            grades=tuple(None if grade == NO_ANSWER else grade for grade in own),
        )
        for row, side, own in zip(
            graded.tolist(),
            given.sides[graded].tolist(),
            given.grades[graded].tolist(),
            strict=True,
        )
    )


def _attributes(given: Consultation, rows: IntArray) -> dict[str, dict[str, str]]:
    """Give what residents said of themselves."""
    mine = rows[given.on_side(RESIDENTS)[rows]]
    found: dict[str, dict[str, str]] = {given.participants[row]: {} for row in mine.tolist()}
    for one, members in zip(given.asked.population, given.members, strict=True):
        for row, place in zip(mine.tolist(), members[mine].tolist(), strict=True):
            if place >= 0:
                found[given.participants[row]][one.attribute] = one.categories[place]
    return {name: said for name, said in found.items() if said}
