"""From records to the state of a project: what every event changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from waardeweging.process.chain import Recorded
from waardeweging.process.events import Event
from waardeweging.process.project import events as e
from waardeweging.process.project.state import (
    Agreement,
    Files,
    Goal,
    Input,
    Project,
    Rule,
    Session,
    Version,
    Votes,
)
from waardeweging.process.streams import changed


@changed.register
def _(event: e.Began, state: Project, record: Recorded) -> Project:
    return replace(
        state,
        title=event.title,
        language=event.language,
        neighbourhood=event.neighbourhood,
        exploration=event.exploration,
        began_at=record.at,
    )


@changed.register
def _(event: e.Announced, state: Project, record: Recorded) -> Project:
    return replace(state, title=event.title, exploration=event.exploration, public=event.public)


_Line = (
    e.KaderWritten
    | e.ActorWritten
    | e.TalkWritten
    | e.Invited
    | e.BuddiesPaired
    | e.MomentWritten
    | e.DecisionTaken
    | e.CooperationMeasured
    | e.LessonWritten
    | e.Harvested
)
_LISTS: Mapping[type[Event], str] = {
    e.KaderWritten: "kaders",
    e.ActorWritten: "actors",
    e.TalkWritten: "talks",
    e.Invited: "invitations",
    e.BuddiesPaired: "buddies",
    e.MomentWritten: "moments",
    e.DecisionTaken: "decisions",
    e.CooperationMeasured: "measurements",
    e.LessonWritten: "lessons",
    e.Harvested: "harvest",
}


@changed.register
def _(event: _Line, state: Project, record: Recorded) -> Project:
    """Put a line in its list; the same id again takes the place of the line there was."""
    name = _LISTS[type(event)]
    lines: dict[str, Any] = {name: {**getattr(state, name), event.id: event}}
    return replace(state, **lines)


@changed.register
def _(event: e.KaderDropped, state: Project, record: Recorded) -> Project:
    return replace(state, kaders=_without(state.kaders, event.id))


@changed.register
def _(event: e.SheetVoted, state: Project, record: Recorded) -> Project:
    sign, votes = state.sheet_votes.get(event.sheet, (event.fingerprint, Votes()))
    # A vote on another text begins anew.
    votes = votes if sign == event.fingerprint else Votes()
    votes = votes.with_side(event.side, event.agree, event.of)
    return replace(
        state, sheet_votes={**state.sheet_votes, event.sheet: (event.fingerprint, votes)}
    )


@changed.register
def _(event: e.KadersFrozen, state: Project, record: Recorded) -> Project:
    frozen = Version(
        event.version,
        event.fingerprint,
        record.at,
        tuple(state.kaders.values()),
        state.adopted,
        state.reason,
    )
    return replace(state, fingerprint=event.fingerprint, versions=(*state.versions, frozen))


@changed.register
def _(event: e.KadersRevised, state: Project, record: Recorded) -> Project:
    return replace(state, fingerprint=None, version=event.version, reason=event.reason)


@changed.register
def _(event: e.GoalWritten, state: Project, record: Recorded) -> Project:
    before = state.goals[event.id].versions if event.id in state.goals else ()
    return replace(state, goals={**state.goals, event.id: Goal((*before, event))})


@changed.register
def _(event: e.GoalDropped, state: Project, record: Recorded) -> Project:
    dropped = replace(state.goals[event.id], dropped=event.reason)
    return replace(state, goals={**state.goals, event.id: dropped})


@changed.register
def _(event: e.FilesKept, state: Project, record: Recorded) -> Project:
    return replace(state, files=(*state.files, Files(event, record.at)))


@changed.register
def _(event: e.RuleSuggested, state: Project, record: Recorded) -> Project:
    return replace(state, rules={**state.rules, event.id: Rule(event)})


@changed.register
def _(event: e.RuleVoted, state: Project, record: Recorded) -> Project:
    rule = state.rules[event.id]
    votes = rule.votes.with_side(event.side, event.agree, event.of)
    adopted_at = record.at if votes.is_carried else None
    voted = replace(rule, votes=votes, adopted_at=adopted_at)
    return replace(state, rules={**state.rules, event.id: voted})


@changed.register
def _(event: e.InputGiven, state: Project, record: Recorded) -> Project:
    given = Input(event, record.at, event.owner, event.due)
    return replace(state, inputs={**state.inputs, event.id: given})


@changed.register
def _(event: e.InputAssigned, state: Project, record: Recorded) -> Project:
    assigned = replace(state.inputs[event.id], owner=event.owner, due=event.due)
    return replace(state, inputs={**state.inputs, event.id: assigned})


@changed.register
def _(event: e.InputAnswered, state: Project, record: Recorded) -> Project:
    answered = replace(state.inputs[event.id], answered=event, answered_at=record.at)
    return replace(state, inputs={**state.inputs, event.id: answered})


@changed.register
def _(event: e.ActorDropped, state: Project, record: Recorded) -> Project:
    return replace(state, actors=_without(state.actors, event.id))


@changed.register
def _(event: e.FacilitatorChosen, state: Project, record: Recorded) -> Project:
    return replace(state, facilitators=(*state.facilitators, event))


@changed.register
def _(event: e.AgreementWritten, state: Project, record: Recorded) -> Project:
    before = state.agreements.get(event.id)
    made_at = record.at if before is None else before.made_at
    written = Agreement(event, made_at, record.at)
    return replace(state, agreements={**state.agreements, event.id: written})


@changed.register
def _(event: e.SessionAdded, state: Project, record: Recorded) -> Project:
    return replace(state, sessions={**state.sessions, event.id: Session(event)})


@changed.register
def _(event: e.SessionWeighed, state: Project, record: Recorded) -> Project:
    weighed = replace(state.sessions[event.id], weighed=event)
    return replace(state, sessions={**state.sessions, event.id: weighed})


@changed.register
def _(event: e.IndicatorObserved, state: Project, record: Recorded) -> Project:
    place = (event.indicator, event.moment, event.side)
    return replace(state, observations={**state.observations, place: event})


def _without(lines: Mapping[str, Any], gone: str) -> dict[str, Any]:
    return {name: line for name, line in lines.items() if name != gone}
