"""The planning: what comes when, and at which moments something is decided, and by whom."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.parts import plain, show_picture
from waardeweging.app.projects.desk import ProjectDesk, form, new_id
from waardeweging.app.projects.parts import ask_day, head, show_gone
from waardeweging.presentation.figures.timeline import timeline
from waardeweging.presentation.project_news import shortened
from waardeweging.process.project import agreements
from waardeweging.process.project import events as e

_NEW = ""


def show(desk: ProjectDesk) -> None:
    """Show the moments on a line of time, and ask for more."""
    head(desk, "planning_title")
    picture = desk.made("timeline", lambda: timeline(desk.state, desk.today, desk.language))
    if picture is None:
        show_gone(desk, "planning_none")
    else:
        show_picture(picture, "timeline")
    if desk.writes:
        with st.expander(desk.say("moment_write"), key="moment-box"):
            _write(desk)


def _write(desk: ProjectDesk) -> None:
    known = desk.state.moments
    chosen = st.selectbox(
        desk.say("moment_which"),
        [_NEW, *known],
        format_func=lambda name: (
            shortened(known[name].what, 70) if name else desk.say("moment_new")
        ),
        key="moment-which",
    )
    old = known[chosen] if chosen else None
    with form(f"moment-{chosen or 'new'}") as one:
        what = st.text_input(desk.say("moment_what"), old.what if old else "", 200, one.key("what"))
        when = ask_day(desk, one.key("day"), "day", old.day if old else None)
        decides = st.text_input(
            desk.say("moment_decides"), old.decides if old else "", 200, one.key("decides")
        )
        done = st.checkbox(desk.say("moment_done"), old.done if old else False, one.key("done"))
        reason = ""
        if old:
            reason = st.text_input(desk.say("moment_reason"), max_chars=1000, key=one.key("reason"))
        sent = st.form_submit_button(desk.say("keep"), type="primary")
    if sent and when is None:
        st.error(plain(desk.say("no_day")))
    elif sent and desk.write(
        agreements.write_moment, e.MomentWritten, id=chosen or new_id(), what=what.strip(),
        day=when, decides=decides.strip(), done=done, reason=reason.strip(),
    ):  # fmt: skip
        one.kept(desk, "kept")
