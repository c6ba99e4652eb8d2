"""From what a bundle holds to its outcome: the same steps for who writes and who verifies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.scenario import Scenario
from waardeweging.dossier.bundle.contents import BALLOTS, PERSONAL
from waardeweging.dossier.bundle.core import core
from waardeweging.dossier.bundle.inputs import checked, read_inputs, read_personal
from waardeweging.dossier.bundle.levels import (
    Level,
    ballots_of_rows,
    ballots_of_sides,
)
from waardeweging.elicitation.ballots import Ballot
from waardeweging.elicitation.weighing import Weighing
from waardeweging.presentation.outcome_json import outcome_json

WITHOUT_ANSWERS = (
    "scenario",
    "title",
    "variant",
    "perspective",
    "tie_margin",
    "lambda",
    "shares",
    "alternatives",
    "reference",
    "criteria",
    "labels",
    "value_scores",
    "excluded",
    "at_risk",
    "dominated",
    "all_weights",
    "weights_in_order",
    "all_weights_exact",
    "provenance",
)
"""Keys of an outcome that no answer changes."""

OF_SIDES = (
    *WITHOUT_ANSWERS,
    "weights",
    "third_parties",
    "contributions",
    "scores",
    "ranking",
    "winner",
    "ties",
    "points_to_flip",
    "stability",
    "recoding",
    "research",
    "influence",
    "for_whom",
)
"""Keys that follow from the mean weights of the sides, whoever made these up."""


@dataclass(frozen=True, slots=True)
class Recalculated:
    """What follows from a bundle.

    Parameters
    ----------
    outcome : Outcome
    document : dict
        What may be said of it at this level.
    core : dict
    """

    outcome: Outcome
    document: dict[str, Any]
    core: dict[str, Any]


def read_held(documents: Mapping[str, Any], level: Level) -> Scenario:
    """Make the scenario of the answers that a bundle holds.

    Raises
    ------
    InputError
        If a document does not fit.
    """
    scenario = read_inputs(documents)
    framework = scenario.problem.framework
    criteria = tuple(criterion.id for criterion in framework.criteria)
    columns = framework.weighed(scenario.perspective)
    held: Any = documents.get(BALLOTS)
    personal: dict[str, Any] = {}
    if level is Level.FULL:
        ballots = checked(lambda: tuple(_ballot(one, criteria) for one in held["ballots"]), BALLOTS)
        personal = read_personal(documents.get(PERSONAL), framework, PERSONAL)
    elif level is Level.ROWS:
        ballots = checked(lambda: ballots_of_rows(held, criteria, columns), BALLOTS)
    else:
        third = tuple(name for name, _ in scenario.third_shares)
        ballots = checked(
            lambda: ballots_of_sides(held["points"], criteria, columns, third), BALLOTS
        )
    return replace(scenario, ballots=ballots, **personal)


def recalculate(scenario: Scenario, level: Level, sides_shown: bool, language: str) -> Recalculated:
    """Weigh what a bundle holds, and keep what may be said of it."""
    return kept(analyse(scenario), level, sides_shown, language)


def kept(outcome: Outcome, level: Level, sides_shown: bool, language: str) -> Recalculated:
    """Keep of an outcome what follows from the answers at this level, and not more."""
    document = outcome_json(outcome, language)
    if level is Level.AGGREGATES:
        keys = OF_SIDES if sides_shown else WITHOUT_ANSWERS
        document = {key: document[key] for key in keys}
    shown: Weighing | None = outcome.weighing
    if level is Level.AGGREGATES and not sides_shown:
        shown = None
    allowed = [bool(one) for one in outcome.result.eligible]
    return Recalculated(outcome, document, core(outcome.scenario, shown, allowed))


def written_ballot(ballot: Ballot) -> dict[str, Any]:
    """Write a ballot with its answers as one text, digit for digit."""
    answers = " ".join(repr(answer).removesuffix(".0") for answer in ballot.answers)
    return ballot.model_dump(mode="json", exclude={"criteria", "answers"}) | {"answers": answers}


def _ballot(given: Any, criteria: tuple[str, ...]) -> Ballot:
    answers = tuple(float(answer) for answer in given["answers"].split())
    if len(answers) not in (0, len(criteria)):
        raise ValueError(f"ballot of {given['participant']} has {len(answers)} answers")
    return Ballot.model_validate({**given, "criteria": criteria, "answers": answers})
