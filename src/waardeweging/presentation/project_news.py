"""What changed in a project, one plain sentence for every record, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from waardeweging.presentation.catalog import Language, has, text
from waardeweging.presentation.dates import day_text
from waardeweging.presentation.numbers import joined, number
from waardeweging.presentation.sentences import word
from waardeweging.process.chain import Recorded
from waardeweging.process.deciding import is_majority
from waardeweging.process.events import Event, StaffLinked, StaffWithdrawn, read_event
from waardeweging.process.project import events as e
from waardeweging.process.project import people
from waardeweging.process.project import replaying as _project_events  # noqa: F401
from waardeweging.process.project.state import Project
from waardeweging.process.streams import apply

# Longer texts are cut at a word; the page itself has them whole.
_LONGEST = 100
STAFF_KINDS = (StaffLinked.kind, StaffWithdrawn.kind)
"""Kinds that are about secret links; a public page leaves them out."""


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened.

    Parameters
    ----------
    at : str
        Moment.
    kind : str
        Of the event.
    text : str
        One plain sentence.
    """

    at: str
    kind: str
    text: str


def news(records: Iterable[Recorded], language: Language) -> tuple[News, ...]:
    """Say what happened in a project, the newest first.

    Parameters
    ----------
    records : iterable of Recorded
        The whole chain, in order.
    language : str
    """
    found: list[News] = []
    state: Project | None = None
    for record in records:
        before = Project(id=record.stream) if state is None else state
        state = apply(before, record)
        found.append(News(record.at, record.kind, _sentence(before, record, language)))
    return tuple(reversed(found))


def topic_text(topic: str, language: Language) -> str:
    """Name the topic of a line or rule; one that the program does not know is shown itself."""
    return _named("project.topic", topic, language)


def shortened(said: str, longest: int = _LONGEST) -> str:
    """Cut a text at a word, with an ellipsis, on one line."""
    line = " ".join(said.split())
    if len(line) <= longest:
        return line
    return f"{line[: longest - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def _sentence(before: Project, record: Recorded, language: Language) -> str:
    event = read_event(record.kind, record.body, Project.FORMS)
    form = _form(event, before)
    key = f"project_news.{record.kind}" + (f".{form}" if form else "")
    body = {name: given for name, given in record.body.items() if name != "language"}
    values = {name: _value(name, given, language) for name, given in body.items()}
    return _tidy(text(key, language, **(values | _named_things(event, before, language))))


def _tidy(sentence: str) -> str:
    """Leave out the full stop of a quoted sentence where another sign follows."""
    return sentence.replace(".’.", "’.").replace(".’,", "’,")


# How the fields of an event read, by name; any other text is quoted as it stands.
_WORDS: Mapping[str, str] = {
    "sheet": "project.sheet",
    "level": "project.level",
    "subject": "project.topic",
    "topic": "project.topic",
    "about": "project.about",
    "reply": "project.status",
    "status": "project.progress",
    "horizon": "project.horizon",
    "gathering": "project.gathering",
    "indicator": "project.indicator",
    "role": "project_news.role",
}
_DAYS = ("day", "due", "until")


def _value(name: str, given: Any, language: Language) -> str:
    if name in _WORDS:
        return _named(_WORDS[name], str(given), language)
    if name in _DAYS and given:
        return day_text(str(given), language)
    if name == "side":
        return word(str(given), language)
    if name == "by":
        return joined([word(side, language) for side in given], language)
    if isinstance(given, int | float) and not isinstance(given, bool):
        return number(given, language, 2)
    return shortened(str(given))


def _named(above: str, name: str, language: Language) -> str:
    key = f"{above}.{name}"
    return text(key, language) if has(key, language) else name


@singledispatch
def _form(event: Event, before: Project) -> str:
    """Choose among the sentences of a kind; most have one."""
    return ""


@_form.register
def _(event: e.Announced, before: Project) -> str:
    if event.public != before.public:
        return "public" if event.public else "closed"
    if event.exploration != before.exploration:
        return "exploration" if event.exploration else "real"
    return "title"


@_form.register
def _(event: e.KaderWritten, before: Project) -> str:
    if event.id in before.kaders:
        return "changed"
    return "departs" if event.overrides else "new"


@_form.register
def _(event: e.GoalWritten, before: Project) -> str:
    return "changed" if event.id in before.goals else "new"


@_form.register
def _(event: e.FilesKept, before: Project) -> str:
    return "changed" if before.files else "new"


@_form.register
def _(event: e.SheetVoted, before: Project) -> str:
    return "agreed" if is_majority(event.agree, event.of) else "refused"


@_form.register
def _(event: e.RuleVoted, before: Project) -> str:
    votes = before.rules[event.id].votes.with_side(event.side, event.agree, event.of)
    if votes.is_carried:
        return "adopted"
    return "agreed" if is_majority(event.agree, event.of) else "refused"


@_form.register
def _(event: e.InputGiven, before: Project) -> str:
    return "claim" if event.about == "performance" and event.value is not None else "plain"


@_form.register
def _(event: e.InputAnswered, before: Project) -> str:
    return "again" if before.inputs[event.id].answered else "first"


@_form.register
def _(event: e.ActorWritten, before: Project) -> str:
    if event.id in before.actors:
        return "changed"
    return "delegate" if event.delegate else "new"


@_form.register
def _(event: e.Invited, before: Project) -> str:
    return "joint" if people.is_joint(event) else "one"


@_form.register
def _(event: e.FacilitatorChosen, before: Project) -> str:
    return "independent" if event.independent else "own"


@_form.register
def _(event: e.AgreementWritten, before: Project) -> str:
    if event.id not in before.agreements:
        return "dated" if event.due else "new"
    return event.status


@_form.register
def _(event: e.MomentWritten, before: Project) -> str:
    earlier = before.moments.get(event.id)
    if event.done:
        return "done"
    if earlier is None:
        return "decides" if event.decides else "new"
    return "moved" if earlier.day != event.day else "changed"


@_form.register
def _(event: e.DecisionTaken, before: Project) -> str:
    return "departs" if event.departs else "plain"


_THINGS: Mapping[type[Event], Callable[[Any, Project], str]] = {
    e.KaderWritten: lambda event, state: _line(event.overrides or "", state),
    e.KaderDropped: lambda event, state: _line(event.id, state),
    e.ActorDropped: lambda event, state: _actor(event.id, state),
    e.GoalDropped: lambda event, state: state.goals[event.id].now.text,
    e.RuleVoted: lambda event, state: state.rules[event.id].suggested.text,
    e.InputAssigned: lambda event, state: state.inputs[event.id].given.text,
    e.InputAnswered: lambda event, state: state.inputs[event.id].given.text,
    e.SessionWeighed: lambda event, state: state.sessions[event.id].added.label,
}
"""What an event points to by its id, in words."""


def _line(name: str, state: Project) -> str:
    return state.kaders[name].text if name in state.kaders else name


def _named_things(event: Event, before: Project, language: Language) -> dict[str, str]:
    """Name what the event points to; who talks with whom is named by actor."""
    found = {}
    if type(event) in _THINGS:
        found["thing"] = shortened(_THINGS[type(event)](event, before))
    if isinstance(event, e.TalkWritten):
        found["actors"] = joined([_actor(name, before) for name in event.actors], language)
    if isinstance(event, e.SessionWeighed):
        sides = [word(side, language) for side in event.weights]
        found["sides"] = joined(sides, language) or word("none", language)
    return found


def _actor(name: str, state: Project) -> str:
    return state.actors[name].label if name in state.actors else name
