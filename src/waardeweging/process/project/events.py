"""What can happen in a project: one exact form per kind of event.

The chain never forgets, so nothing here holds a person's name: who does something is a
role, a department or an organisation. What somebody wrote becomes an event only after
it was moderated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from waardeweging.process.events import (
    Count,
    Digest,
    Event,
    Long,
    Note,
    PerSide,
    Short,
    StaffLinked,
    StaffWithdrawn,
)

Kaders = Literal["content", "process", "actors", "support"]
KADERS: tuple[Kaders, ...] = get_args(Kaders)
"""The four sheets: what it is about, how, with whom, and with what support."""

Level = Literal["state", "municipality", "neighbourhood"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""The highest first."""

Horizon = Literal["short", "long"]
HORIZONS: tuple[Horizon, ...] = get_args(Horizon)

Subject = Literal["share", "fewest", "anonymity", "stop", "other"]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)
"""What a rule is about: share of the residents, smallest group, anonymity, when to stop."""

About = Literal["option", "criterion", "performance", "question", "worry", "other"]
ABOUTS: tuple[About, ...] = get_args(About)
"""What people bring in."""

Reply = Literal["adopted", "partly", "declined"]
REPLIES: tuple[Reply, ...] = get_args(Reply)

Progress = Literal["open", "busy", "done", "dropped"]
PROGRESS: tuple[Progress, ...] = get_args(Progress)

Gathering = Literal["workshop", "consultation"]
GATHERINGS: tuple[Gathering, ...] = get_args(Gathering)

Indicator = Literal[
    "equal_weight",
    "say",
    "room",
    "information",
    "voice",
    "seriously",
    "trust",
    "reasoning",
    "follow_through",
    "took_part",
    "difference",
    "facilitation",
]
INDICATORS: tuple[Indicator, ...] = get_args(Indicator)
"""The twelve indicators of equal cooperation, in their usual order."""

RUNGS = ("inform", "consult", "advise", "coproduce", "decide")
"""The participation ladder, the lowest rung first."""

Id = Annotated[str, Field(min_length=1, max_length=64)]

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def _real_day(text: str) -> str:
    """Refuse what is no day, such as 30 February, or lies centuries away."""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise PydanticCustomError("day", "no day as year-month-day")
    return text


Day = Annotated[str, AfterValidator(_real_day)]
Sides = Annotated[list[Short], Field(max_length=20)]
Part = Annotated[float, Field(ge=0, le=1)]


class Began(Event):
    """A project began."""

    kind = "project_began"
    title: Short
    language: Short
    neighbourhood: Short
    exploration: bool


class Announced(Event):
    """What is said of the project itself: title, exploration, and whether its page is public."""

    kind = "project_announced"
    title: Short
    exploration: bool
    public: bool


class KaderWritten(Event):
    """A line of a sheet: what is fixed or open, by whom, and whether that is negotiable.

    The same id again is another text for the same line. A lower level names the line of
    the higher level that it departs from, with a reason.
    """

    kind = "kader_written"
    id: Id
    sheet: Kaders
    topic: Short
    text: Long
    value: Short = ""
    level: Level = "neighbourhood"
    fixed: bool = False
    negotiable: bool = True
    owner: Short = ""
    source: Short = ""
    overrides: Id | None = None
    reason: Long = ""


class KaderDropped(Event):
    """A line of a sheet went, for a reason."""

    kind = "kader_dropped"
    id: Id
    reason: Long


class SheetVoted(Event):
    """A side voted on a sheet as it stood."""

    kind = "sheet_voted"
    sheet: Kaders
    side: Short
    agree: Count
    of: Count
    fingerprint: Digest


class KadersFrozen(Event):
    """The four sheets got a fingerprint; from here on they stay as they are."""

    kind = "kaders_frozen"
    fingerprint: Digest
    version: Count


class KadersRevised(Event):
    """The sheets may change again, as a new version, for a reason."""

    kind = "kaders_revised"
    version: Count
    reason: Long


class GoalWritten(Event):
    """A goal; the same id again is a new version of it, with a reason."""

    kind = "goal_written"
    id: Id
    text: Long
    horizon: Horizon
    reason: Long = ""


class GoalDropped(Event):
    """A goal went, for a reason."""

    kind = "goal_dropped"
    id: Id
    reason: Long


class FilesKept(Event):
    """Framework, options and performances as they now are, as a new version."""

    kind = "files_kept"
    files: dict[Short, Digest]
    version: Count
    reason: Long


class RuleSuggested(Event):
    """A side proposed a rule."""

    kind = "rule_suggested"
    id: Id
    side: Short
    subject: Subject
    value: Short = ""
    text: Long


class RuleVoted(Event):
    """A side voted on a rule; its last vote counts."""

    kind = "rule_voted"
    id: Id
    side: Short
    agree: Count
    of: Count


class InputGiven(Event):
    """Somebody brought something in, after moderation."""

    kind = "input_given"
    id: Id
    about: About
    side: Short
    text: Long
    alternative: Short = ""
    criterion: Short = ""
    value: float | None = None
    source: Short = ""
    owner: Short = ""
    due: Day | None = None


class InputAssigned(Event):
    """Somebody will answer it, before a day."""

    kind = "input_assigned"
    id: Id
    owner: Short
    due: Day


class InputAnswered(Event):
    """What was done with it, and why."""

    kind = "input_answered"
    id: Id
    reply: Reply
    because: Long


class ActorWritten(Event):
    """Somebody who takes part: a role or an organisation.

    A third party has no share unless that was agreed; a delegate speaks for others by a
    mandate and counts once.
    """

    kind = "actor_written"
    id: Id
    label: Short
    side: Short
    delegate: bool = False
    mandate: Long = ""
    contact: Short = ""
    share: Annotated[float, Field(ge=0, le=1)] = 0.0


class ActorDropped(Event):
    """Somebody takes no part any more."""

    kind = "actor_dropped"
    id: Id
    reason: Long


class TalkWritten(Event):
    """Who speaks with whom, and about what."""

    kind = "talk_written"
    id: Id
    actors: Annotated[list[Id], Field(min_length=2, max_length=20)]
    about: Long


class Invited(Event):
    """An invitation went out: by whom, and for what."""

    kind = "invited"
    id: Id
    what: Short
    day: Day
    by: Sides
    actors: Annotated[list[Id], Field(max_length=200)] = Field(default_factory=list)


class FacilitatorChosen(Event):
    """Who leads the talks, chosen by which sides, and until when."""

    kind = "facilitator_chosen"
    label: Short
    by: Sides
    independent: bool
    until: Day


class BuddiesPaired(Event):
    """An official and a resident stay together over the rounds."""

    kind = "buddies_paired"
    id: Id
    official: Short
    resident: Short


class AgreementWritten(Event):
    """An agreement: who, what, when, and how it stands. The same id again is an update."""

    kind = "agreement_written"
    id: Id
    what: Long
    who: Short
    due: Day | None = None
    horizon: Horizon = "short"
    status: Progress = "open"
    evidence: Long = ""
    contact: Short = ""


class MomentWritten(Event):
    """A moment in the planning, such as a decision or a reply."""

    kind = "moment_written"
    id: Id
    what: Short
    day: Day
    decides: Short = ""
    done: bool = False
    reason: Long = ""


class DecisionTaken(Event):
    """A decision: with its reason, the argument that lost, and who stands for it.

    `departs` says that it is another one than the advice that was given.
    """

    kind = "decision_taken"
    id: Id
    what: Long
    reason: Long
    losing: Long = ""
    owner: Short
    day: Day
    advice: Long = ""
    departs: bool = False


class SessionAdded(Event):
    """A workshop or a consultation belongs to the project."""

    kind = "session_added"
    id: Id
    gathering: Gathering
    label: Short
    day: Day


class SessionWeighed(Event):
    """What a session found important, per side, and which options came first.

    Weights stand in whole points, and only of a side with enough people. `matches` says per
    attribute how far the residents look like the neighbourhood; `newcomers` which part of a
    side came for the first time, and `stayed` which part of the session before came again.
    """

    kind = "session_weighed"
    id: Id
    counted: PerSide
    weights: dict[Short, dict[Short, Annotated[int, Field(ge=0, le=100)]]]
    first: list[Short]
    acceptance: dict[Short, dict[Short, Part]] = Field(default_factory=dict)
    matches: dict[Short, Part] = Field(default_factory=dict)
    newcomers: dict[Short, Part] = Field(default_factory=dict)
    stayed: dict[Short, Part] = Field(default_factory=dict)


class CooperationMeasured(Event):
    """What each side answered about working together, at one moment."""

    kind = "cooperation_measured"
    id: Id
    label: Short
    day: Day
    counted: PerSide
    means: dict[Short, dict[Short, Annotated[float, Field(ge=1, le=5)] | None]]


class IndicatorObserved(Event):
    """An indicator that nobody can compute from the log, as somebody observed it."""

    kind = "indicator_observed"
    indicator: Indicator
    moment: Id
    side: Short
    value: float
    grounds: Long


class LessonWritten(Event):
    """Something to do the same way, or another way, next time or elsewhere."""

    kind = "lesson_written"
    id: Id
    text: Long


class Harvested(Event):
    """What a table brought back from its talk, with the criterion that it is about.

    A minority text stands as it was written: its side did not get its way here.
    """

    kind = "harvested"
    id: Id
    session: Short
    criterion: Short = ""
    text: Long
    side: Short = ""
    minority: bool = False


_OWN = [form for form in Event.__subclasses__() if form.__module__ == __name__]
_SHARED: list[type[Event]] = [StaffLinked, StaffWithdrawn, Note]
EVENTS: Mapping[str, type[Event]] = {form.kind: form for form in _OWN + _SHARED}
"""Form of the body of what happens in a project, by kind."""
