"""A project that was written down as a script, and what it plays: the records of its chain.

Every step goes through the decision that a click on a page goes through, so a script
cannot do what nobody may do. What lies outside the process (files, what a session found,
which initiatives were chosen) comes from `Outside`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.toml_files import parse, read_toml
from waardeweging.process.chain import Recorded
from waardeweging.process.deciding import Decided
from waardeweging.process.events import Event, Short
from waardeweging.process.moments import later
from waardeweging.process.project import events as e
from waardeweging.process.project import sessions
from waardeweging.process.project.drafting import Draft, moved
from waardeweging.process.project.script_steps import FORMS, Outside, Step, decisions
from waardeweging.process.project.state import Project

FILE = "project.toml"
BEGUN_BY = "administrator"

_ROLES = ("administrator", "facilitator", "analyst", "residents", "municipality")
_MORNING = "T09:00:00.000Z"
# A step has a day and a role; the day and the sides of the event itself go by these names.
_OWN_NAMES = {"on": "day", "sides": "by"}
_OF_THE_DAY = ("decision_taken", "cooperation_measured")


class Head(BaseModel, extra="forbid", frozen=True, strict=True):
    """The keys of the file itself."""

    id: e.Id
    title: Short
    neighbourhood: Short = ""
    language: Literal["nl", "en"] = "nl"
    exploration: bool = False
    day: e.Day
    steps: list[Any] = Field(min_length=1, max_length=1000)


class _Dated(Event):
    day: e.Day


@dataclass(frozen=True, slots=True)
class Script:
    """A project as it was written down.

    Parameters
    ----------
    id, title, neighbourhood, language : str
    exploration : bool
    at : str
        When it began.
    steps : tuple of Step
    """

    id: str
    title: str
    neighbourhood: str
    language: str
    exploration: bool
    at: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """A project after its script.

    Parameters
    ----------
    records : tuple of Recorded
    state : Project
    """

    records: tuple[Recorded, ...]
    state: Project


def read_script(folder: Path) -> Script:
    """Read a script.

    Parameters
    ----------
    folder : Path
        With ``project.toml``.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        With every fault: file, step and field.
    """
    faults = Faults()
    given = _with_days(read_toml(folder / FILE))
    head = parse(Head, given, Place(FILE), faults)
    listed = given.get("steps")
    steps = tuple(_read_steps(listed if isinstance(listed, list) else [], head, faults))
    for step in steps:
        faults.add(*_absent(folder, step))
    faults.raise_all(FILE)
    head = Head.model_validate(given)
    return Script(
        head.id,
        head.title,
        head.neighbourhood,
        head.language,
        head.exploration,
        head.day + _MORNING,
        steps,
    )


def play(script: Script, outside: Outside) -> Played:
    """Play a script: the same script and the same outside give the same chain.

    Raises
    ------
    InputError
        If a step is refused, with the step named; nothing after it is played.
    """
    draft = Draft(Project(id=script.id))
    draft.keep(BEGUN_BY, script.at, began(script))
    for step in script.steps:
        for decide in decisions(step, outside):
            draft.keep(step.by, step.at, decide(draft.state))
    return Played(tuple(draft.records), draft.state)


def began(script: Script) -> Decided:
    """Begin the project of a script.

    Raises
    ------
    InputError
        If it has no title, or is about no neighbourhood; names the file.
    """
    try:
        return sessions.begin(
            script.title,
            language=script.language,
            neighbourhood=script.neighbourhood,
            exploration=script.exploration,
        )
    except InputError as fault:
        raise moved(fault, Place(FILE, None, fault.where.field)) from None


def _read_steps(given: Sequence[Any], head: Head | None, faults: Faults) -> Iterator[Step]:
    """Read the steps; those of one day follow each other by a second."""
    before, nth = head.day if head else "", 0
    for index, item in enumerate(given):
        fields = dict(item) if isinstance(item, Mapping) else {}
        do = str(fields.pop("do", ""))
        place = Place(FILE, f"steps {index + 1} {do}".strip())
        day = _day(fields.pop("day", before), before, place, faults)
        by = str(fields.pop("by", BEGUN_BY))
        for name, given_one, known in (("do", do, FORMS), ("by", by, _ROLES)):
            if given_one not in known:
                faults.add(_unknown(place, name, given_one, known))
        nth, before = (nth + 1 if day == before else 1), day
        asked = _asked(do, fields, day, place, faults) if do in FORMS else None
        if asked is not None:
            yield Step(do, by, later(day + _MORNING, nth), asked, place)


def _day(given: Any, before: str, place: Place, faults: Faults) -> str:
    """Read the day of a step; without one, or after a fault, it is that of the step before."""
    dated = parse(_Dated, {"day": given}, place, faults)
    if dated is None:
        return before
    if dated.day < before:
        where = Place(place.file, place.row, "day")
        remedy = "Put the steps in the order of their days."
        faults.add(InputError("script.order", where=where, remedy=remedy, found=dated.day))
        return before
    return dated.day


def _asked(
    do: str, fields: Mapping[str, Any], day: str, place: Place, faults: Faults
) -> Event | None:
    """Read the fields of an event; its own day and sides have names of their own in a step."""
    form, found = FORMS[do], Faults()
    named = {_OWN_NAMES.get(name, name): value for name, value in fields.items()}
    if do in _OF_THE_DAY:
        named.setdefault("day", day)
    asked = parse(form, named, place, found)
    for fault in found:
        faults.add(_with_own_name(fault))
    return asked


def _with_own_name(fault: InputError) -> InputError:
    name = next((own for own, its in _OWN_NAMES.items() if its == fault.where.field), None)
    return fault if name is None else moved(fault, replace(fault.where, field=name))


def _unknown(place: Place, name: str, found: str, known: Iterable[str]) -> InputError:
    return InputError(
        "script.unknown",
        where=Place(place.file, place.row, name),
        found=found,
        remedy="Choose one of: {known}.",
        known=", ".join(known),
    )


def _absent(folder: Path, step: Step) -> Iterator[InputError]:
    """Name what is not there of what a step refers to."""
    for name in ("folder", "cooperation", "file"):
        named = getattr(step.asked, name, "")
        if named and not (folder / named).exists():
            yield InputError(
                "script.absent",
                where=Place(step.place.file, step.place.row, name),
                found=named,
                remedy="Name something that lies beside this file.",
            )


def _with_days(given: Any) -> Any:
    """Write the days of TOML as text, so that they may stand with or without quotes."""
    if isinstance(given, Mapping):
        return {name: _with_days(one) for name, one in given.items()}
    if isinstance(given, list):
        return [_with_days(one) for one in given]
    if isinstance(given, datetime.date) and not isinstance(given, datetime.datetime):
        return given.isoformat()
    return given
