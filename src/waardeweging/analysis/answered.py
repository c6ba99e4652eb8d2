"""From what people answered in a workshop to the scenario that is weighed.

The screen in the hall and the dossier both come here, so they never count differently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from waardeweging.analysis.scenario import Scenario
from waardeweging.elicitation.grades import GradeSheet
from waardeweging.process.answers import Given, as_ballots
from waardeweging.process.publication import ROUNDS

GRADES = "grades"


def answered(scenario: Scenario, given: Mapping[str, Sequence[Given]]) -> Scenario:
    """Put answers in the place of the ballots and grades of a scenario.

    Parameters
    ----------
    scenario : Scenario
        What the workshop is about.
    given : mapping of str to sequence of Given
        Answers that may be told, by sheet; other sheets than rounds and grades are left alone.
    """
    framework = scenario.problem.framework
    ballots = tuple(
        ballot
        for number, name in enumerate(ROUNDS, 1)
        for ballot in as_ballots(given.get(name, ()), framework, scenario.perspective, number)
    )
    return with_grades(replace(scenario, ballots=ballots), given.get(GRADES, ()))


def with_grades(scenario: Scenario, given: Sequence[Given]) -> Scenario:
    """Put grades in the place of those of a scenario; None means that somebody has no opinion."""
    options = [one.id for one in scenario.problem.alternatives]
    sheets = tuple(
        GradeSheet(
            participant=one.pseudonym,
            side=one.side,
            grades=tuple(one.payload["grades"].get(option) for option in options),
        )
        for one in given
    )
    return replace(scenario, participation=replace(scenario.participation, grades=sheets))
