"""The sessions of a project: workshops that belong to it, what they found, and what was learned."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.parts import plain, show_picture
from waardeweging.app.projects import adding, files, learning
from waardeweging.app.projects.claims import name_of, names
from waardeweging.app.projects.desk import ProjectDesk
from waardeweging.app.projects.parts import day, head, show_gone, show_lead
from waardeweging.app.projects.weighed import keep_cooperation, keep_weights
from waardeweging.app.tables import show_table
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.figures.drift import drift_of_weights
from waardeweging.presentation.numbers import joined, number
from waardeweging.process.project.state import Session


def show(desk: ProjectDesk) -> None:
    """Show the sessions and how weights moved between them, and ask for what comes next."""
    head(desk, "gatherings_title")
    held = list(desk.state.sessions.values())
    weighed = sum(one.weighed is not None for one in held)
    show_lead(desk.say("gatherings_lead", count=len(held), weighed=weighed))
    picture = desk.made(
        "drift", lambda: drift_of_weights(desk.state, names(desk, "criterion"), desk.language)
    )
    if picture is not None:
        show_picture(picture, "drift")
    _table(desk, held)
    if desk.runs:
        _keep(desk, held)
        adding.show(desk)
    files.show(desk)
    learning.show(desk)


def _table(desk: ProjectDesk, held: list[Session]) -> None:
    if not held:
        show_gone(desk, "gatherings_none")
        return
    columns = [
        desk.say(name)
        for name in ("session_label", "session_kind", "day", "session_people", "session_first")
    ]
    show_table(desk.say("gatherings_title"), columns, [_row(desk, one) for one in held])


def _row(desk: ProjectDesk, one: Session) -> tuple[str, ...]:
    added, weighed = one.added, one.weighed
    people, first = "–", desk.say("session_no_result")
    if weighed is not None:
        counts = [
            f"{desk.side(side)} {number(weighed.counted.get(side, 0), desk.language)}"
            if side in weighed.weights
            else f"{desk.side(side)}: {desk.say('session_few')}"
            for side in SIDES
        ]
        people = ", ".join(counts)
        first = joined([name_of(desk, option) for option in weighed.first], desk.language)
    return (
        added.label,
        desk.name("gathering", added.gathering),
        day(added.day, desk),
        people,
        first,
    )


def _keep(desk: ProjectDesk, held: list[Session]) -> None:
    """Offer to keep what a workshop here found; once kept it stays as it was told."""
    here = {one.id for one in desk.store.workshops()}
    for one in held:
        name = one.added.id
        if name not in here or (one.weighed and name in desk.state.measurements):
            continue
        with st.container(border=True, key=f"session-{name}"):
            st.markdown(f"**{plain(one.added.label)}**")
            with st.container(horizontal=True, key=f"keep-{name}"):
                if one.weighed is None:
                    st.button(
                        desk.say("session_keep"),
                        key=f"weights-{name}",
                        on_click=desk.press,
                        args=(lambda one=one: _weights(desk, one), "session_kept"),
                    )
                if name not in desk.state.measurements:
                    st.button(
                        desk.say("session_cooperation"),
                        key=f"cooperation-{name}",
                        on_click=desk.press,
                        args=(lambda one=one: _cooperation(desk, one), "session_kept"),
                    )


def _weights(desk: ProjectDesk, one: Session) -> None:
    keep_weights(desk.store, desk.state, one.added.id, desk.seat.role)


def _cooperation(desk: ProjectDesk, one: Session) -> None:
    keep_cooperation(desk.store, desk.state, one, desk.seat.role)
