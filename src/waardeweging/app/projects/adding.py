"""Adding a workshop to a project: one that is here already, or a new one under its rules."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.hall.begin import LINK_DAYS, link_end
from waardeweging.app.hall.door import staff_link
from waardeweging.app.hall.scene import base_url
from waardeweging.app.parts import plain
from waardeweging.app.projects.desk import ProjectDesk, form
from waardeweging.app.projects.parts import ask_day
from waardeweging.process.events import Role
from waardeweging.process.moments import day_of
from waardeweging.process.project import rules
from waardeweging.process.project.state import Project
from waardeweging.process.workshop import Workshop
from waardeweging.store import Store

_MADE = "project-workshop-links"
_ROLES: tuple[Role, ...] = ("facilitator", "reader")


def show(desk: ProjectDesk) -> None:
    """Ask for a workshop, and show the links of one that was just begun."""
    _show_links(desk)
    with st.expander(desk.say("session_begin"), key="begin-box"):
        _begin(desk)
    with st.expander(desk.say("session_add"), key="add-box"):
        _add(desk)


def _begin(desk: ProjectDesk) -> None:
    if not desk.state.files:
        st.caption(plain(desk.say("session_no_files")))
        return
    st.markdown(plain(desk.say("session_begin_lead")))
    with form("begin") as one:
        title = st.text_input(desk.say("session_label"), max_chars=200, key=one.key("title"))
        when = ask_day(desk, one.key("day"), "day")
        sent = st.form_submit_button(desk.say("session_begin"), type="primary")
    if not sent:
        return
    if when is None or not title.strip():
        st.error(plain(desk.say("no_day")))
        return
    made: list[Workshop] = []
    desk.press(
        lambda: made.append(begin_workshop(desk.store, desk.state, title.strip(), when)),
        "session_begun",
    )
    if made:
        st.session_state[_MADE] = {
            role: desk.store.staff_link(made[0].id, role, link_end()) for role in _ROLES
        }
    st.rerun()


def begin_workshop(store: Store, state: Project, title: str, day: str) -> Workshop:
    """Begin a workshop about the newest files of a project, under the rules that hold there."""
    made = store.create(
        title,
        store.project_files(state.id),
        language=state.language,
        exploration=state.exploration,
        rules=rules.rules_of_evening(state),
    )
    store.add_workshop(state.id, made.id, title, day)
    return store.workshop(made.id)


def _show_links(desk: ProjectDesk) -> None:
    made: dict[Role, str] = st.session_state.get(_MADE, {})
    if not made:
        return
    with st.container(border=True, key="session-links"):
        st.markdown(f"**{plain(desk.say('session_links', days=LINK_DAYS))}**")
        for role, secret in made.items():
            st.markdown(plain(desk.say(f"session_link_{role}")))
            st.code(staff_link(base_url(), secret), language=None, wrap_lines=True)
        st.button(desk.say("session_links_forget"), key="links-forget", on_click=_forget)


def _forget() -> None:
    st.session_state.pop(_MADE, None)


def _add(desk: ProjectDesk) -> None:
    """Let a workshop that is in this store belong to the project."""
    free = {
        one.id: one
        for one in desk.store.workshops()
        if one.id not in desk.state.sessions and one.kaders is None and not one.unlinked
    }
    if not free:
        st.caption(plain(desk.say("session_none_free")))
        return
    with form("add") as one:
        chosen = st.selectbox(
            desk.say("session_which"),
            list(free),
            format_func=lambda name: f"{free[name].title} ({day_of(free[name].created_at)})",
            key=one.key("workshop"),
        )
        when = ask_day(desk, one.key("day"), "day", desk.today)
        sent = st.form_submit_button(desk.say("session_add"))
    if sent and when is None:
        st.error(plain(desk.say("no_day")))
    elif sent:
        title = free[str(chosen)].title
        desk.press(
            lambda: desk.store.add_workshop(desk.state.id, str(chosen), title, str(when)), "kept"
        )
        st.rerun()
