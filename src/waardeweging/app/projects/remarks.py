"""What people wrote on their phones in a workshop, taken over into the register at one press."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import streamlit as st

from waardeweging.app.parts import plain
from waardeweging.app.projects.desk import ProjectDesk
from waardeweging.process.deciding import Decided
from waardeweging.process.project import events as e
from waardeweging.process.project import inputs
from waardeweging.process.project.state import Project
from waardeweging.store import Remark, Store

_ABOUT: Mapping[str, e.About] = {"question": "question", "reason": "other", "fact": "other"}


def show(desk: ProjectDesk) -> None:
    """Offer what a moderator let through and is not in the register yet."""
    found = list(waiting(desk.store, desk.state))
    if not found or not desk.runs:
        return
    with st.expander(desk.say("remarks_title", count=len(found)), key="remarks-box"):
        st.markdown(plain(desk.say("remarks_lead")))
        for label, one in found:
            with st.container(border=True, key=f"remark-{one.id}"):
                st.markdown(plain(one.text).replace("\n", "  \n"))
                st.caption(plain(f"{label} · {desk.side(one.side)}"))
                st.button(
                    desk.say("remark_take"),
                    key=f"take-{one.id}",
                    on_click=desk.press_decide,
                    args=(lambda state, one=one: take(state, desk, one), "kept"),
                )


def waiting(store: Store, state: Project) -> Iterator[tuple[str, Remark]]:
    """Give the moderated remarks of every workshop here that the register lacks."""
    here = {one.id for one in store.workshops()}
    for name, session in state.sessions.items():
        if name in here:
            for one in store.remarks(name):
                if _id(one) not in state.inputs:
                    yield session.added.label, one


def take(state: Project, desk: ProjectDesk, one: Remark) -> Decided:
    """Register a remark, with the reply that it got at the time as its answer."""
    criteria = [] if desk.scenario is None else desk.scenario.problem.framework.criteria
    options = [] if desk.scenario is None else desk.scenario.problem.alternatives
    return inputs.give(
        state,
        e.InputGiven(
            id=_id(one),
            about=_ABOUT[one.kind],
            side=one.side,
            text=one.text,
            criterion=one.about if one.about in [each.id for each in criteria] else "",
            alternative=one.about if one.about in [each.id for each in options] else "",
        ),
    )


def _id(one: Remark) -> str:
    return f"remark-{one.id}"
