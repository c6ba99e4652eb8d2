"""Agreements: who does what, and when. The screen in the hall shows them as they come."""

from __future__ import annotations

import secrets

import streamlit as st

from waardeweging.app.hall.desk import Desk
from waardeweging.app.parts import plain
from waardeweging.process import workshop as process
from waardeweging.process.events import Agreed

_STATUSES = ("open", "done", "dropped")


def show(desk: Desk) -> None:
    """Ask for one more agreement, and show how the others stand."""
    st.subheader(desk.say("agreed_title"), anchor=False)
    with st.form("agreement", border=False, clear_on_submit=True):
        what = st.text_input(desk.scene.say("beamer.agreements_what"), key="what", max_chars=500)
        who = st.text_input(desk.scene.say("beamer.agreements_who"), key="who", max_chars=100)
        when = st.text_input(desk.scene.say("beamer.agreements_when"), key="when", max_chars=100)
        sent = st.form_submit_button(desk.say("agreed_add"), type="primary")
    if sent:
        name = secrets.token_hex(4)
        desk.decide(lambda state: process.agree(state, name, what, who, when))
        st.rerun()
    for one in desk.state.agreements.values():
        _one(desk, one)


def _one(desk: Desk, one: Agreed) -> None:
    with st.container(border=True, key=f"agreed-{one.id}"):
        when = f" ({one.when})" if one.when else ""
        st.markdown(f"{plain(one.what)}  \n**{plain(one.who)}**{plain(when)}")
        st.segmented_control(
            desk.scene.say("beamer.agreements_status"),
            _STATUSES,
            default=one.status,
            format_func=lambda status: desk.scene.say(f"status.{status}"),
            required=True,
            key=f"status-{one.id}",
            on_change=_stands,
            args=(desk, one),
            label_visibility="collapsed",
        )


def _stands(desk: Desk, one: Agreed) -> None:
    status = st.session_state[f"status-{one.id}"]
    desk.decide(lambda state: process.agree(state, one.id, one.what, one.who, one.when, status))
