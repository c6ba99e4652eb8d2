"""Secret links of a project: new ones for each role, and an end to those that went astray."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.hall.door import staff_link
from waardeweging.app.hall.scene import base_url
from waardeweging.app.parts import plain
from waardeweging.app.projects.begin import LINK_DAYS, project_link
from waardeweging.app.projects.desk import RUNNER, ProjectDesk
from waardeweging.app.projects.parts import head
from waardeweging.process.events import Role

_MADE = "project-links"
_ROLES: tuple[Role, ...] = ("residents", "municipality", "reader", "administrator")


def show(desk: ProjectDesk) -> None:
    """Offer a new link for each role, shown once; and an end to all links of a side."""
    head(desk, "links_title")
    st.markdown(plain(desk.say("links_lead", days=LINK_DAYS)))
    with st.container(horizontal=True, key="links"):
        for role in _ROLES:
            st.button(
                desk.say(f"link.{role}"), key=f"link-{role}", on_click=_make, args=(desk, role)
            )
    made: dict[Role, str] = st.session_state.get(_MADE, {})
    for role, secret in made.items():
        st.markdown(f"**{plain(desk.say('link_made', role=desk.say(f'link.{role}')))}**")
        st.code(staff_link(base_url(), secret), language=None, wrap_lines=True)
    with st.expander(desk.say("links_end"), key="links-end-box"):
        st.markdown(plain(desk.say("links_end_lead")))
        with st.container(horizontal=True, key="links-end"):
            for role in _ROLES:
                if role != RUNNER:
                    st.button(
                        desk.say(f"link.{role}"), key=f"end-{role}", on_click=_end,
                        args=(desk, role),
                    )  # fmt: skip


def _make(desk: ProjectDesk, role: Role) -> None:
    def make() -> None:
        secret = project_link(desk.store, desk.state.id, role)
        st.session_state[_MADE] = {**st.session_state.get(_MADE, {}), role: secret}

    desk.press(make)


def _end(desk: ProjectDesk, role: Role) -> None:
    known: dict[Role, str] = st.session_state.get(_MADE, {})
    st.session_state[_MADE] = {name: secret for name, secret in known.items() if name != role}
    desk.press(lambda: desk.store.withdraw_staff(desk.state.id, role, by=desk.seat.role),
               "links_ended")  # fmt: skip
