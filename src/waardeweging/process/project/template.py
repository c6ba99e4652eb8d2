"""A project as an example for another one: what was agreed about, and nothing of who said what.

A template holds lines of the sheets, goals, rules to propose, roles, and moments as days
after the start. It has no place for a contact, a mandate, a vote, an input, a talk, an
agreement, a decision, a result or a date, so none of these can travel along.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from waardeweging.effects.scenario_files import toml_text
from waardeweging.elicitation.ballots import SIDES
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.labels import Described, Label, Name
from waardeweging.problem.toml_files import parse, read_toml, section_place
from waardeweging.process.deciding import Decided
from waardeweging.process.events import Long, Short
from waardeweging.process.project import agreements, kaders, people, rules
from waardeweging.process.project import events as e
from waardeweging.process.project.drafting import Decide, Draft, placed
from waardeweging.process.project.state import Project

SECTIONS = ("goals", "kaders", "rules", "roles", "moments")
_MOST_DAYS = 36_500
_MOST_ITEMS = 200
_DAY_SIGNS = len("2026-01-12")

RUNNER = "administrator"
_ANY_DAY = "2026-01-01"


class Goal(Described):
    """A goal to begin with."""

    id: e.Id
    text: Long
    horizon: e.Horizon


class Line(Described):
    """A line of a sheet to begin with."""

    id: e.Id
    sheet: e.Kaders
    topic: Short
    text: Long
    value: Short = ""
    level: e.Level = "neighbourhood"
    fixed: bool = False
    negotiable: bool = True
    owner: Short = ""
    source: Short = ""
    overrides: e.Id | None = None
    reason: Long = ""


class Rule(Described):
    """A rule to propose; each side votes anew."""

    id: e.Id
    side: Short
    subject: e.Subject
    value: Short = ""
    text: Long


class Part(Described):
    """A role that takes part; who fills it is not said."""

    id: e.Id
    label: Short
    side: Short


class Moment(Described):
    """A moment, so many days after the start."""

    id: e.Id
    what: Short
    after: Annotated[int, Field(ge=0, le=_MOST_DAYS)]
    decides: Short = ""


_FORMS: Mapping[str, type[Described]] = dict(
    zip(SECTIONS, (Goal, Line, Rule, Part, Moment), strict=True)
)


class _Head(Described):
    title: Name
    about: Label | None = None
    language: Short = "nl"


class Template(Described):
    """What a project begins with.

    Parameters
    ----------
    title, about : Label
    language : str
        Of its texts.
    goals, kaders, rules, roles, moments : tuple
    """

    title: Name
    about: Label | None = None
    language: Short = "nl"
    goals: tuple[Goal, ...] = ()
    kaders: tuple[Line, ...] = ()
    rules: tuple[Rule, ...] = ()
    roles: tuple[Part, ...] = ()
    moments: tuple[Moment, ...] = ()


def template_of(state: Project) -> Template:
    """Strip a project to what another one may begin with."""
    started = date.fromisoformat(state.began_at[:_DAY_SIGNS])
    return Template(
        title=Label(nl=state.title, en=state.title),
        language=state.language,
        goals=tuple(
            Goal(id=name, text=goal.now.text, horizon=goal.now.horizon)
            for name, goal in state.goals.items()
            if not goal.dropped
        ),
        kaders=tuple(
            _plain(line, state)
            for line in sorted(state.kaders.values(), key=lambda one: e.LEVELS.index(one.level))
        ),
        rules=tuple(
            Rule(**rule.suggested.model_dump(include=set(Rule.model_fields)))
            for rule in state.rules.values()
        ),
        roles=tuple(
            Part(id=name, label=actor.label, side=actor.side)
            for name, actor in state.actors.items()
        ),
        moments=tuple(
            Moment(id=name, what=one.what, after=after, decides=one.decides)
            for name, one in state.moments.items()
            if (after := (date.fromisoformat(one.day) - started).days) >= 0
        ),
    )


def _plain(line: e.KaderWritten, state: Project) -> Line:
    """Give a line as it stands; what it departed from may be gone."""
    fields = line.model_dump(include=set(Line.model_fields))
    if line.overrides not in state.kaders:
        fields |= {"overrides": None, "reason": ""}
    return Line(**fields)


def written(template: Template) -> str:
    """Write a template as TOML, the same for the same template."""
    given = template.model_dump(mode="json", exclude_defaults=True)
    head = {name: one for name, one in given.items() if name not in SECTIONS}
    titles = {name: one for name, one in head.items() if isinstance(one, dict)}
    plain = {name: one for name, one in head.items() if name not in titles}
    items = [
        f"[[{section}]]\n{toml_text(item)}"
        for section in SECTIONS
        for item in given.get(section, ())
    ]
    return "\n".join([toml_text(plain), *([toml_text(titles)] if titles else []), *items])


def read_template(path: Path) -> Template:
    """Read a template.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        With every fault: file, section and field.
    """
    given, faults = read_toml(path), Faults()
    sections = {name: given.pop(name, []) for name in SECTIONS}
    parse(_Head, given, Place(path.name), faults)
    read = {name: tuple(_items(name, one, path.name, faults)) for name, one in sections.items()}
    faults.raise_all(path.name)
    template = Template.model_validate({**given, **read})
    _check(template, path.name)
    return template


def _check(template: Template, file: str) -> None:
    """Begin a project in memory, so that a template that cannot be used is refused at once."""
    draft = Draft(Project(id="template"))
    for one in begin_with(template, _ANY_DAY, file):
        draft.keep(one.by, f"{_ANY_DAY}T09:00:00.000Z", one.decide(draft.state))


@dataclass(frozen=True, slots=True)
class Begin:
    """One thing that a new project begins with.

    Parameters
    ----------
    by : str
        The role that it comes from.
    decide : callable
        A refusal names its place in the template.
    """

    by: str
    decide: Decide


def begin_with(template: Template, start: str, file: str = "") -> tuple[Begin, ...]:
    """Give what a new project decides to begin with.

    Lines and rules are proposals still: both sides vote on them anew.

    Parameters
    ----------
    template : Template
    start : str
        Day from which moments are counted.
    file : str
        Named in a fault.
    """
    # What is departed from stands there first, whatever the order of the file.
    lines = sorted(template.kaders, key=lambda one: e.LEVELS.index(one.level))
    found: list[tuple[str, str, str, Decide]] = [
        *(("goals", one.id, RUNNER, partial(_goal, one)) for one in template.goals),
        *(("kaders", one.id, RUNNER, partial(_line, one)) for one in lines),
        *(("rules", one.id, _by(one.side), partial(_rule, one)) for one in template.rules),
        *(("roles", one.id, _by(one.side), partial(_role, one)) for one in template.roles),
        *(("moments", one.id, RUNNER, partial(_moment, one, start)) for one in template.moments),
    ]
    return tuple(
        Begin(by, placed(Place(file, f"{section} {name}"), decide))
        for section, name, by, decide in found
    )


def _goal(one: Goal, state: Project) -> Decided:
    return kaders.write_goal(state, one.id, one.text, one.horizon)


def _line(one: Line, state: Project) -> Decided:
    return kaders.write(state, e.KaderWritten(**one.model_dump()))


def _rule(one: Rule, state: Project) -> Decided:
    return rules.suggest(state, one.id, one.side, one.subject, one.value, one.text)


def _role(one: Part, state: Project) -> Decided:
    return people.write_actor(state, e.ActorWritten(**one.model_dump()))


def _moment(one: Moment, start: str, state: Project) -> Decided:
    day = (date.fromisoformat(start) + timedelta(days=one.after)).isoformat()
    moment = e.MomentWritten(id=one.id, what=one.what, day=day, decides=one.decides)
    return agreements.write_moment(state, moment)


def _by(side: str) -> str:
    return side if side in SIDES else RUNNER


def _items(section: str, given: Any, file: str, faults: Faults) -> Iterator[Described]:
    if not isinstance(given, list) or len(given) > _MOST_ITEMS:
        faults.add(
            InputError(
                "template.section",
                where=Place(file, section),
                remedy="Write up to {most} sections [[{section}]].",
                most=_MOST_ITEMS,
                section=section,
            )
        )
        return
    for index, item in enumerate(given):
        found = parse(_FORMS[section], item, section_place(file, section, index, item), faults)
        if found is not None:
            yield found
