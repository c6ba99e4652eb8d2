"""People of a scripted session, with what each of them answers on every sheet.

A script keeps answers as the files of a scenario folder do; here they become what a
phone would send.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waardeweging.analysis.scenario import Scenario
from waardeweging.elicitation.ballots import Ballot
from waardeweging.elicitation.weighing import personal_weights
from waardeweging.problem.criteria import Framework, Perspective
from waardeweging.problem.errors import Faults
from waardeweging.problem.numbers import parse_number
from waardeweging.problem.tables import Row, read_table
from waardeweging.process.answers import QUESTIONS, Given, check_form
from waardeweging.process.publication import ROUNDS

SHEETS = (*ROUNDS, "grades", "accept", "cooperation")
_LIVABLE = 2
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody of a scripted session.

    Parameters
    ----------
    name : str
        Pseudonym.
    side, department : str
    answers : mapping of str to mapping
        By sheet.
    """

    name: str
    side: str
    department: str
    answers: Mapping[str, Mapping[str, Any]]


def participants(scenario: Scenario, cooperation: Path | None = None) -> tuple[Participant, ...]:
    """Give the people of a scenario folder, each with all answers.

    Parameters
    ----------
    scenario : Scenario
        With its ballots and grades.
    cooperation : Path, optional
        Table of the answers about working together.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault of that table.
    """
    told = _cooperation(cooperation) if cooperation else {}
    answers: dict[str, dict[str, Mapping[str, Any]]] = {}
    people: dict[str, Ballot] = {}
    for ballot in scenario.ballots:
        people.setdefault(ballot.participant, ballot)
        sheet = ROUNDS[min(ballot.round, len(ROUNDS)) - 1]
        mine = answers.setdefault(ballot.participant, {})
        mine[sheet] = weighing_answer(ballot, scenario.problem.framework, scenario.perspective)
    options = [one.id for one in scenario.problem.alternatives]
    for grades in scenario.participation.grades:
        mine = answers.setdefault(grades.participant, {})
        mine |= _judged(dict(zip(options, grades.grades, strict=True)))
    for name, given in told.items():
        answers.setdefault(name, {})["cooperation"] = {"answers": given}
    return tuple(
        Participant(name, one.side, one.department, answers[name]) for name, one in people.items()
    )


def given_by(people: Sequence[Participant]) -> dict[str, tuple[Given, ...]]:
    """Give the answers by sheet, as a workshop would after its close."""
    return {
        sheet: tuple(
            Given(one.name, one.side, one.department, check_form(sheet, one.answers[sheet]))
            for one in people
            if sheet in one.answers
        )
        for sheet in SHEETS
    }


def weighing_answer(
    ballot: Ballot, framework: Framework, perspective: Perspective
) -> dict[str, Any]:
    """Give a ballot as points for values, and for criteria inside their value.

    Whole points are what a phone sends, so weights move by less than one point.
    """
    columns = framework.weighed(perspective)
    counted, weights = personal_weights([ballot], columns)
    if not counted:
        return {"abstain": True}
    inside: dict[str, dict[str, float]] = {}
    for column, weight in zip(columns, weights[0], strict=True):
        one = framework.criteria[column]
        inside.setdefault(one.value, {})[one.id] = float(weight)
    return {
        "values": _whole({value: sum(mine.values()) for value, mine in inside.items()}),
        "criteria": {
            name: found for mine in inside.values() for name, found in _whole(mine).items()
        },
    }


def _whole(points: Mapping[str, float]) -> dict[str, int]:
    """Write points so that the highest is 100; all of them 100 when there are none."""
    most = max(points.values())
    return {name: round(_WHOLE * one / most) if most else _WHOLE for name, one in points.items()}


def _judged(grades: Mapping[str, int | None]) -> dict[str, Mapping[str, Any]]:
    """Give grades, and who can live with an option: whoever finds it acceptable."""
    accept = {option: None if one is None else one >= _LIVABLE for option, one in grades.items()}
    return {"grades": {"grades": dict(grades)}, "accept": {"accept": accept}}


def _cooperation(path: Path) -> dict[str, dict[str, int | None]]:
    faults = Faults()
    found: dict[str, dict[str, int | None]] = {}
    table = read_table(path, required=("participant", *QUESTIONS), optional=("side",))
    for row in table.rows:
        with faults.collecting():
            found[row["participant"]] = {name: _step(row, name) for name in QUESTIONS}
    faults.raise_all(path.name)
    return found


def _step(row: Row, question: str) -> int | None:
    text = row[question].strip()
    return int(parse_number(text, row.place(question))) if text else None
