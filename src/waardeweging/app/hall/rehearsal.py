"""Invented participants, so that one person can practise a whole evening.

Only in a workshop marked VERKENNING; in the log their answers stand as invented.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import numpy as np

from waardeweging.analysis.scenario import Scenario
from waardeweging.elicitation.ballots import RESIDENTS, SIDES
from waardeweging.process.answers import QUESTIONS
from waardeweging.store import Seat, Store

BY = "invented"
# Seats of invented people per workshop, as long as this process serves.
_INVITED: dict[str, tuple[Seat, ...]] = {}
_STEP = 5


def invite(store: Store, workshop: str, count: int) -> tuple[Seat, ...]:
    """Let so many invented people per side come in, each with a card."""
    cards = [card for side in SIDES for card in store.issue(workshop, side, "", count, by=BY)]
    came = tuple(store.enter(workshop, card.code).seat for card in cards)
    _INVITED[workshop] = (*_INVITED.get(workshop, ()), *came)
    return came


def answer_all(
    store: Store, workshop: str, sheet: str, scenario: Scenario, rng: np.random.Generator
) -> None:
    """Let every invented person answer a sheet that is open."""
    for seat in _INVITED.get(workshop, ()):
        given = invented_answer(sheet, scenario, seat.side, rng)
        store.submit(seat, sheet, given, secrets.token_hex(8), by=BY)


def invented_answer(
    sheet: str, scenario: Scenario, side: str, rng: np.random.Generator
) -> Mapping[str, Any]:
    """Make up an answer; the sides lean a little to different values."""
    options = [option.id for option in scenario.problem.alternatives]
    if sheet == "rules":
        return {"agree": True}
    if sheet == "grades":
        return {"grades": {option: int(rng.integers(0, 5)) for option in options}}
    if sheet == "accept":
        return {"accept": {option: bool(rng.random() < 0.6) for option in options}}
    if sheet == "cooperation":
        return {"answers": {question: int(rng.integers(2, 6)) for question in QUESTIONS}}
    return _weighing(scenario, side, rng)


def _weighing(scenario: Scenario, side: str, rng: np.random.Generator) -> Mapping[str, Any]:
    framework = scenario.problem.framework
    asked = [framework.criteria[column] for column in framework.weighed(scenario.perspective)]
    values = list(dict.fromkeys(criterion.value for criterion in asked))
    lean = np.arange(len(values)) if side == RESIDENTS else np.arange(len(values))[::-1]
    shares = rng.dirichlet(2.0 + lean)
    points = [int(_STEP * round(100 / _STEP * share)) for share in shares]
    points[int(np.argmax(points))] += 100 - sum(points)
    criteria = {one.id: int(_STEP * rng.integers(1, 21)) for one in asked}
    for value in values:
        inside = [one.id for one in asked if one.value == value]
        criteria[inside[int(rng.integers(len(inside)))]] = 100
    return {"values": dict(zip(values, points, strict=True)), "criteria": criteria}
