"""The steps of a weighing: what is asked on each page, and what was filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from waardeweging.analysis.scenario import Scenario
from waardeweging.app.own_weights import OwnWeights, Questions
from waardeweging.app.points import read_points
from waardeweging.problem.criteria import Criterion, Value
from waardeweging.problem.errors import InputError
from waardeweging.problem.labels import Label

VALUE, CRITERION = "v-", "c-"
VALUES, INSIDE, MIRROR, HAND_IN = "values", "inside", "mirror", "hand-in"
_LONGEST = 8


@dataclass(frozen=True)
class Draft:
    """What somebody filled in until now: points by id, or the choice not to weigh."""

    values: Mapping[str, int] = field(default_factory=dict)
    criteria: Mapping[str, int] = field(default_factory=dict)
    abstains: bool = False

    @classmethod
    def of(cls, payload: Mapping[str, Any] | None) -> Draft:
        """Read a draft or an answer."""
        given = payload or {}
        return cls(
            dict(given.get("values", {})),
            dict(given.get("criteria", {})),
            bool(given.get("abstain", False)),
        )

    def payload(self) -> dict[str, Any]:
        """Write the draft as it is kept."""
        if self.abstains:
            return {"abstain": True}
        return {"values": dict(self.values), "criteria": dict(self.criteria)}

    def own(self) -> OwnWeights:
        """Give the answers in the form that weights are made of."""
        return OwnWeights(
            {name: float(points) for name, points in self.values.items()},
            {name: float(points) for name, points in self.criteria.items()},
            locked=True,
        )


@dataclass(frozen=True)
class PointsField:
    """One question for points, as it stands on a page.

    Parameters
    ----------
    name : str
        Of the field: `VALUE` or `CRITERION` and the id.
    label : Label
    shown : str
        The label in the language of the page.
    text : str
        What stands in the field.
    number : int or None
        The same as a number; None when it is none.
    description : Label or None
    worst, best : str
        The step that is weighed, in words; empty for a value.
    fault : str
        What is wrong with it, in words.
    """

    name: str
    label: Label
    shown: str
    text: str = ""
    number: int | None = None
    description: Label | None = None
    worst: str = ""
    best: str = ""
    fault: str = ""


def questions_for(scenario: Scenario, workshop: str, credential: str) -> Questions:
    """Ask in an order that differs between people and stays the same for each."""
    seed = hashlib.sha256(f"order\0{workshop}\0{credential}".encode()).digest()[:8]
    framework = scenario.problem.framework
    rng = np.random.default_rng(int.from_bytes(seed, "big"))
    return Questions.of(framework, framework.weighed(scenario.perspective), rng)


def steps_of(questions: Questions, draft: Draft) -> tuple[str, ...]:
    """List the pages of a weighing; a value that counts for nothing is passed over."""
    inside = [
        f"{INSIDE}/{value.id}"
        for value in questions.values
        if len(questions.inside(value)) > 1 and draft.values.get(value.id, 1) > 0
    ]
    first = [VALUES] if questions.has_values else []
    return (*first, *inside, MIRROR, HAND_IN)


def still_to_do(questions: Questions, draft: Draft) -> str | None:
    """Give the first page that is not complete; None when everything is."""
    if draft.abstains:
        return None
    own = draft.own()
    if questions.has_values and not own.may_lock(questions.values):
        return VALUES
    unfinished = questions.open_values(own)
    return f"{INSIDE}/{unfinished[0].id}" if unfinished else None


def answer_of(questions: Questions, draft: Draft) -> dict[str, Any]:
    """Write a complete draft as the answer: only what was asked, as it was given."""
    if draft.abstains:
        return {"abstain": True}
    values = {v.id: draft.values[v.id] for v in questions.values} if questions.has_values else {}
    asked = [
        criterion.id
        for value in questions.values
        if values.get(value.id, 1) > 0 and len(questions.inside(value)) > 1
        for criterion in questions.inside(value)
    ]
    return {"values": values, "criteria": {name: draft.criteria[name] for name in asked}}


def read_whole(text: str) -> int:
    """Read points, in whole numbers.

    Raises
    ------
    InputError
        With a code that tells what is wrong.
    """
    points = read_points(text[: 4 * _LONGEST], "points")
    if points != int(points):
        # Answers are counted in whole points, so that no digit can tell who gave them.
        raise NotWhole
    return int(points)


class NotWhole(ValueError):
    """Points with something behind the comma."""


def fault_of(text: str) -> str:
    """Give the key of what is wrong with points; empty when they are fine."""
    try:
        read_whole(text)
    except NotWhole:
        return "not_whole"
    except InputError as error:
        name = error.code.removeprefix("number.")
        return name if name in ("empty", "too_low", "too_high") else "not_a_number"
    return ""


def points_in(form: Mapping[str, str], start: str, ids: Sequence[str]) -> dict[str, int]:
    """Give the points that stand in a form and can be read, by id."""
    typed = {name: form[f"{start}{name}"] for name in ids if f"{start}{name}" in form}
    return {name: read_whole(text) for name, text in typed.items() if not fault_of(text)}


def filled_in(draft: Draft, form: Mapping[str, str], questions: Questions) -> Draft:
    """Put what a form says in the place of what the draft says; an emptied field is empty."""
    return Draft(
        _merged(draft.values, form, VALUE, [value.id for value in questions.values]),
        _merged(draft.criteria, form, CRITERION, [one.id for one in questions.criteria]),
    )


def _merged(
    kept: Mapping[str, int], form: Mapping[str, str], start: str, ids: Sequence[str]
) -> dict[str, int]:
    asked = [name for name in ids if f"{start}{name}" in form]
    left = {name: points for name, points in kept.items() if name in ids and name not in asked}
    return {**left, **points_in(form, start, asked)}


def moved(draft: Draft, step: str) -> Draft:
    """Take a step of a button, written as ``v-costs:+5``; anything else changes nothing."""
    name, _, by = step.rpartition(":")
    if by.lstrip("+-").isdecimal() and by.isascii() and len(by) <= _LONGEST:
        given = draft.values if name.startswith(VALUE) else draft.criteria
        key = name[len(VALUE) :]
        points = {**given, key: min(100, max(0, given.get(key, 0) + int(by)))}
        if name.startswith(VALUE):
            return Draft(points, draft.criteria)
        if name.startswith(CRITERION):
            return Draft(draft.values, points)
    return draft


def asked_on(questions: Questions, step: str) -> tuple[Value, ...] | tuple[Criterion, ...]:
    """Give what a page asks points for.

    Raises
    ------
    KeyError
        If there is no such page.
    """
    if step == VALUES and questions.has_values:
        return questions.values
    value = {f"{INSIDE}/{one.id}": one for one in questions.values}[step]
    return questions.inside(value)
