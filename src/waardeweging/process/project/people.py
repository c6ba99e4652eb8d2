"""Who takes part: roles and organisations, who speaks with whom, and who leads the talks."""

from __future__ import annotations

from collections.abc import Sequence

from waardeweging.elicitation.ballots import SIDES
from waardeweging.process.deciding import Decided, one, reason_of, refusal
from waardeweging.process.project import events as e
from waardeweging.process.project.state import Project


def write_actor(state: Project, actor: e.ActorWritten) -> Decided:
    """Write an actor down; a delegate has a mandate, and a share of a third party is agreed.

    A third party has share 0 unless a rule about the share was adopted.
    """
    if not actor.label.strip():
        raise refusal("project.no_text", "Write what it is about, and what is agreed.", actor.id)
    if actor.delegate and not actor.mandate.strip():
        raise refusal("project.mandate", "Say for whom, and on what grounds.", "mandate")
    is_third = actor.side not in SIDES
    if actor.share and not is_third:
        raise refusal("project.share_side", "Only a third party gets a share here.", "share")
    if actor.share and not any(rule.subject == "share" for rule in state.adopted):
        raise refusal("project.share_open", "Let each side adopt a rule about it first.", "share")
    return one(e.ActorWritten, **actor.model_dump())


def drop_actor(state: Project, actor: str, reason: str) -> Decided:
    """Let an actor go, for a reason."""
    _known(state, [actor])
    return one(e.ActorDropped, id=actor, reason=reason_of(reason))


def write_talk(state: Project, talk: str, actors: Sequence[str], about: str) -> Decided:
    """Write down who speaks with whom."""
    _known(state, actors)
    if len(set(actors)) < 2:
        raise refusal("project.alone", "Choose at least two.", "actors")
    return one(e.TalkWritten, id=talk, actors=list(actors), about=about.strip())


def invite(
    state: Project, invitation: str, what: str, day: str, by: Sequence[str], actors: Sequence[str]
) -> Decided:
    """Write down an invitation; it is a joint one when both sides sent it."""
    _known(state, actors)
    _sides(by)
    return one(
        e.Invited, id=invitation, what=what, day=day, by=sorted(set(by)), actors=list(actors)
    )


def is_joint(invitation: e.Invited) -> bool:
    """Say whether both sides sent it."""
    return set(SIDES) <= set(invitation.by)


def choose_facilitator(
    state: Project, label: str, by: Sequence[str], independent: bool, until: str
) -> Decided:
    """Write down who leads the talks, who chose them, and until when."""
    _sides(by)
    if not label.strip():
        raise refusal("project.no_owner", "Say which role or organisation answers.", "label")
    return one(
        e.FacilitatorChosen,
        label=label.strip(),
        by=sorted(set(by)),
        independent=independent,
        until=until,
    )


def pair(state: Project, pair: str, official: str, resident: str) -> Decided:
    """Let an official and a resident go together over the rounds; no names."""
    if not official.strip() or not resident.strip():
        raise refusal("project.pair", "Describe both, without a name.", pair)
    return one(e.BuddiesPaired, id=pair, official=official.strip(), resident=resident.strip())


def unconnected(state: Project) -> tuple[str, ...]:
    """Give the actors who speak with nobody of one of the two sides, themselves aside."""
    sides = {name: actor.side for name, actor in state.actors.items()}
    heard: dict[str, set[str]] = {name: {side} for name, side in sides.items()}
    for talk in state.talks.values():
        present = {sides[name] for name in talk.actors if name in sides}
        for name in talk.actors:
            heard.get(name, set()).update(present)
    return tuple(name for name, met in heard.items() if not set(SIDES) <= met)


def _known(state: Project, actors: Sequence[str]) -> None:
    for name in actors:
        if name not in state.actors:
            raise refusal("project.unknown", "Choose one that is there.", name)


def _sides(by: Sequence[str]) -> None:
    if not by or not set(by) <= set(SIDES):
        raise refusal("project.side", "Choose residents or municipality.", "by")
