"""Who takes part, who speaks with whom, who was invited, and who leads the talks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from waardeweging.app.parts import plain, show_picture
from waardeweging.app.projects import links
from waardeweging.app.projects.desk import ProjectDesk
from waardeweging.app.projects.parts import day, head, show_gone, show_lead
from waardeweging.app.projects.writing_people import show as ask
from waardeweging.app.tables import show_table
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.figures.talks import talks_map
from waardeweging.presentation.numbers import joined, percent
from waardeweging.process.deciding import Decided
from waardeweging.process.project import events as e
from waardeweging.process.project import people
from waardeweging.process.project.state import Project


def show(desk: ProjectDesk) -> None:
    """Show who is heard by whom, and ask for what is missing."""
    head(desk, "people_title")
    alone = people.unconnected(desk.state)
    if alone:
        names = [desk.state.actors[name].label for name in alone]
        st.warning(plain(desk.say("people_alone", actors=joined(names, desk.language))))
    elif desk.state.actors:
        show_lead(desk.say("people_lead", count=len(desk.state.actors)))
    picture = desk.made("talks", lambda: talks_map(desk.state, desk.language))
    if picture is not None:
        show_picture(picture, "talks", said=True)
    _actors(desk)
    _talks(desk)
    _invitations(desk)
    _facilitator(desk)
    _buddies(desk)
    if desk.writes:
        ask(desk)
    if desk.runs:
        links.show(desk)


def met(desk: ProjectDesk) -> dict[str, set[str]]:
    """Give per actor the sides with whom a talk was written down."""
    sides = {name: actor.side for name, actor in desk.state.actors.items()}
    found: dict[str, set[str]] = {name: set() for name in sides}
    for talk in desk.state.talks.values():
        for name in talk.actors:
            others = {sides[other] for other in talk.actors if other in sides and other != name}
            found.setdefault(name, set()).update(others)
    return found


def _actors(desk: ProjectDesk) -> None:
    if not desk.state.actors:
        show_gone(desk, "actors_none")
        return
    heard = met(desk)
    talks = [desk.say("actor_speaks", side=desk.side(side)) for side in SIDES]
    columns = [desk.say("actor"), *talks, desk.say("actor_side"), desk.say("actor_more")]
    rows = [_actor(desk, one, heard[name]) for name, one in desk.state.actors.items()]
    show_table(desk.say("people_title"), columns, rows)


def _actor(desk: ProjectDesk, one: e.ActorWritten, heard: set[str]) -> tuple[str, ...]:
    speaks = [
        f"● {desk.say('yes')}"
        if side in heard
        else f"– {desk.say('own_side')}"
        if side == one.side
        else f"○ {desk.say('not_yet')}"
        for side in SIDES
    ]
    more = [desk.say("actor_mandate", mandate=one.mandate)] if one.delegate else []
    if one.side not in SIDES:
        more.append(desk.say("actor_share", share=percent(one.share, desk.language)))
    more += [one.contact] if one.contact else []
    return one.label, *speaks, desk.side(one.side), " · ".join(more) or "–"


def _talks(desk: ProjectDesk) -> None:
    if not desk.state.talks:
        return
    head(desk, "talks_title")
    rows = [
        (joined([_label(desk, name) for name in talk.actors], desk.language), talk.about or "–")
        for talk in desk.state.talks.values()
    ]
    show_table(desk.say("talks_title"), [desk.say("talk_who"), desk.say("talk_about")], rows)


def _label(desk: ProjectDesk, name: str) -> str:
    found = desk.state.actors.get(name)
    return name if found is None else found.label


def _invitations(desk: ProjectDesk) -> None:
    head(desk, "invitations_title")
    found = desk.state.invitations
    if not found:
        show_gone(desk, "invitations_none")
        return
    together = sum(people.is_joint(one) for one in found.values())
    st.markdown(plain(desk.say("invitations_lead", joint=together, count=len(found))))
    rows = [_invitation(desk, one) for one in sorted(found.values(), key=lambda one: one.day)]
    columns = [desk.say(name) for name in ("invited_what", "day", "invited_by", "invited_who")]
    show_table(desk.say("invitations_title"), columns, rows)
    for one in found.values():
        mine = [side for side in desk.sides if side not in one.by]
        if mine and not desk.runs:
            st.button(
                plain(desk.say("invite_join", what=one.what)),
                key=f"join-{one.id}",
                on_click=desk.press_decide,
                args=(_joining(one, mine), "kept"),
            )


def _joining(one: e.Invited, sides: Sequence[str]) -> Callable[[Project], Decided]:
    """Give the decision to send an invitation along with the other side."""
    by = [*one.by, *sides]
    return lambda state: people.invite(state, one.id, one.what, one.day, by, one.actors)


def _invitation(desk: ProjectDesk, one: e.Invited) -> tuple[str, ...]:
    by = joined([desk.side(side) for side in one.by], desk.language)
    sign = f"● {desk.say('joint')}" if people.is_joint(one) else f"○ {by}"
    who = joined([_label(desk, name) for name in one.actors], desk.language)
    return one.what, day(one.day, desk), sign, who or "–"


def _facilitator(desk: ProjectDesk) -> None:
    head(desk, "facilitator_title")
    found = desk.state.facilitator
    if found is None:
        show_gone(desk, "facilitator_none")
        return
    said = {
        "label": found.label,
        "by": joined([desk.side(side) for side in found.by], desk.language),
        "until": day(found.until, desk),
    }
    kind = "facilitator_free" if found.independent else "facilitator_own"
    st.markdown(plain(desk.say(kind, **said)))
    if found.until < desk.today:
        st.warning(plain(desk.say("facilitator_over")))


def _buddies(desk: ProjectDesk) -> None:
    if not desk.state.buddies:
        return
    head(desk, "buddies_title")
    rows = [(one.official, one.resident) for one in desk.state.buddies.values()]
    columns = [desk.say("buddy_official"), desk.say("buddy_resident")]
    show_table(desk.say("buddies_title"), columns, rows)
