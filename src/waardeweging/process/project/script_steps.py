"""What a step of a script asks, and the decisions that it leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any, Protocol

from pydantic import Field

from waardeweging.problem.errors import Place
from waardeweging.process.deciding import Decided, one
from waardeweging.process.events import (
    Count,
    Event,
    Long,
    Note,
    Short,
    StaffLinked,
    StaffWithdrawn,
)
from waardeweging.process.moments import day_of
from waardeweging.process.project import agreements, inputs, kaders, people, rules, sessions
from waardeweging.process.project import events as e
from waardeweging.process.project.drafting import Decide, placed
from waardeweging.process.project.state import Project

SESSIONS = ("workshop", "consultation")

Folder = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=64)]
Table = Annotated[str, Field(pattern=r"^([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.csv$", max_length=64)]


class _Vote(Event):
    sheet: e.Kaders
    side: Short
    agree: Count
    of: Count


class _Freeze(Event):
    pass


class _Reason(Event):
    reason: Long


class _Files(Event):
    folder: Folder
    reason: Long = ""


class _Workshop(Event):
    id: e.Id
    label: Short
    folder: Folder
    cooperation: Table = ""


class _Consultation(Event):
    id: e.Id
    label: Short
    folder: Folder
    file: Table


class _Select(Event):
    """A decision; ``{chosen}`` in its text becomes the names of what was chosen."""

    id: e.Id
    folder: Folder
    what: Long
    reason: Long
    losing: Long = ""
    owner: Short
    advice: Long = ""
    departs: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a script.

    Parameters
    ----------
    do : str
        A kind of event, ``workshop``, ``consultation`` or ``select``.
    by : str
        In which role.
    at : str
        When.
    asked : Event
        Its fields, checked.
    place : Place
        Where it stands, for a fault.
    """

    do: str
    by: str
    at: str
    asked: Any
    place: Place

    @property
    def day(self) -> str:
        """The day of the step."""
        return day_of(self.at)

    def with_fields(self, fields: Mapping[str, Any]) -> Step:
        """Give the step with other values in some fields."""
        return replace(self, asked=self.asked.model_copy(update=dict(fields)))


@dataclass(frozen=True, slots=True)
class Held:
    """What a session found.

    Parameters
    ----------
    weighed : SessionWeighed
    cooperation : CooperationMeasured or None
        None when nobody was asked about working together.
    """

    weighed: e.SessionWeighed
    cooperation: e.CooperationMeasured | None = None


class Outside(Protocol):
    """What a script needs from outside the process."""

    def files(self, folder: str, state: Project) -> Mapping[str, str]:
        """Give the files of a scenario with what is claimed in them, as SHA-256 by path."""
        ...

    def held(self, step: Step, state: Project) -> Held:
        """Give what a session found."""
        ...

    def chosen(self, folder: str) -> Sequence[str]:
        """Give the names of the initiatives that were chosen."""
        ...


def decisions(step: Step, outside: Outside) -> tuple[Decide, ...]:
    """Give what a step decides, one after the other; a refusal names the step."""
    return tuple(placed(step.place, decide) for decide in _decisions(step, outside))


def _decisions(step: Step, outside: Outside) -> tuple[Decide, ...]:
    asked = step.asked
    if step.do in SESSIONS:
        return (partial(_added, step=step), partial(_found, step=step, outside=outside))
    if step.do == "select":
        return (partial(_selected, step=step, outside=outside),)
    if step.do == "files_kept":
        return (partial(_files_kept, step=step, outside=outside),)
    return (lambda state: _DECISIONS[step.do][1](state, asked),)


def _added(state: Project, step: Step) -> Decided:
    asked = step.asked
    return sessions.add(state, asked.id, step.do, asked.label, step.day)  # type: ignore[arg-type]


def _found(state: Project, step: Step, outside: Outside) -> Decided:
    return recorded(state, outside.held(step, state))


def recorded(state: Project, held: Held) -> Decided:
    """Record what a session found."""
    cooperation = held.cooperation
    measured = () if cooperation is None else sessions.record_cooperation(state, cooperation)
    return (*sessions.record_weights(state, held.weighed), *measured)


def _files_kept(state: Project, step: Step, outside: Outside) -> Decided:
    return kaders.keep_files(state, outside.files(step.asked.folder, state), step.asked.reason)


def _selected(state: Project, step: Step, outside: Outside) -> Decided:
    asked = step.asked.model_dump(exclude={"folder"})
    names = ", ".join(outside.chosen(step.asked.folder))
    what = asked.pop("what").replace("{chosen}", names)
    return agreements.decide(state, e.DecisionTaken(what=what, day=step.day, **asked))


_Kept = tuple[type[Event], Callable[[Project, Any], Decided]]
_DECISIONS: Mapping[str, _Kept] = {
    "project_announced": (
        e.Announced,
        lambda s, a: sessions.announce(s, a.title, exploration=a.exploration, public=a.public),
    ),
    "kader_written": (e.KaderWritten, kaders.write),
    "kader_dropped": (e.KaderDropped, lambda s, a: kaders.drop(s, a.id, a.reason)),
    "sheet_voted": (_Vote, lambda s, a: kaders.vote(s, a.sheet, a.side, a.agree, a.of)),
    "kaders_frozen": (_Freeze, lambda s, _: kaders.freeze(s)),
    "kaders_revised": (_Reason, lambda s, a: kaders.revise(s, a.reason)),
    "goal_written": (
        e.GoalWritten,
        lambda s, a: kaders.write_goal(s, a.id, a.text, a.horizon, a.reason),
    ),
    "goal_dropped": (e.GoalDropped, lambda s, a: kaders.drop_goal(s, a.id, a.reason)),
    "rule_suggested": (
        e.RuleSuggested,
        lambda s, a: rules.suggest(s, a.id, a.side, a.subject, a.value, a.text),
    ),
    "rule_voted": (e.RuleVoted, lambda s, a: rules.vote(s, a.id, a.side, a.agree, a.of)),
    "input_given": (e.InputGiven, inputs.give),
    "input_assigned": (e.InputAssigned, lambda s, a: inputs.assign(s, a.id, a.owner, a.due)),
    "input_answered": (e.InputAnswered, lambda s, a: inputs.answer(s, a.id, a.reply, a.because)),
    "actor_written": (e.ActorWritten, people.write_actor),
    "actor_dropped": (e.ActorDropped, lambda s, a: people.drop_actor(s, a.id, a.reason)),
    "talk_written": (e.TalkWritten, lambda s, a: people.write_talk(s, a.id, a.actors, a.about)),
    "invited": (e.Invited, lambda s, a: people.invite(s, a.id, a.what, a.day, a.by, a.actors)),
    "facilitator_chosen": (
        e.FacilitatorChosen,
        lambda s, a: people.choose_facilitator(s, a.label, a.by, a.independent, a.until),
    ),
    "buddies_paired": (e.BuddiesPaired, lambda s, a: people.pair(s, a.id, a.official, a.resident)),
    "agreement_written": (e.AgreementWritten, agreements.write),
    "moment_written": (e.MomentWritten, agreements.write_moment),
    "decision_taken": (e.DecisionTaken, agreements.decide),
    "cooperation_measured": (e.CooperationMeasured, sessions.record_cooperation),
    "indicator_observed": (e.IndicatorObserved, sessions.observe),
    "lesson_written": (e.LessonWritten, lambda s, a: sessions.learn(s, a.id, a.text)),
    "harvested": (e.Harvested, sessions.harvest),
    "staff_linked": (StaffLinked, lambda _, a: one(StaffLinked, **a.model_dump())),
    "staff_withdrawn": (StaffWithdrawn, lambda _, a: one(StaffWithdrawn, **a.model_dump())),
    "note": (Note, lambda _, a: one(Note, **a.model_dump())),
}
FORMS: Mapping[str, type[Event]] = {
    **{do: form for do, (form, _decide) in _DECISIONS.items()},
    "files_kept": _Files,
    "workshop": _Workshop,
    "consultation": _Consultation,
    "select": _Select,
}
"""The fields of every kind of step."""
