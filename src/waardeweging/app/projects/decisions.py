"""Decisions: what, why, which argument lost, who stands for it, and what the advice was."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.parts import plain
from waardeweging.app.projects.desk import ProjectDesk, form, new_id
from waardeweging.app.projects.parts import ask_day, day, head, show_gone
from waardeweging.app.tables import show_table
from waardeweging.process.project import agreements
from waardeweging.process.project import events as e


def show(desk: ProjectDesk) -> None:
    """Show every decision with its reason, and ask for another one."""
    head(desk, "decisions_title")
    found = sorted(desk.state.decisions.values(), key=lambda one: one.day, reverse=True)
    if found:
        columns = [
            desk.say(name)
            for name in (
                "decided_what",
                "reason",
                "decided_losing",
                "decided_owner",
                "decided_advice",
            )
        ]
        show_table(desk.say("decisions_title"), columns, [_row(desk, one) for one in found])
    else:
        show_gone(desk, "decisions_none")
    if desk.writes:
        with st.expander(desk.say("decide"), key="decide-box"):
            _decide(desk)


def _row(desk: ProjectDesk, one: e.DecisionTaken) -> tuple[str, ...]:
    departs = f"! {desk.say('decided_departs', advice=one.advice)}"
    advice = departs if one.departs else f"✓ {one.advice or desk.say('decided_follows')}"
    return one.what, one.reason, one.losing or "–", f"{one.owner}, {day(one.day, desk)}", advice


def _decide(desk: ProjectDesk) -> None:
    with form("decide") as one:
        st.markdown(plain(desk.say("decide_lead")))
        what = st.text_area(desk.say("decided_what"), key=one.key("what"), max_chars=4000)
        reason = st.text_area(desk.say("reason"), key=one.key("reason"), max_chars=4000)
        losing = st.text_area(desk.say("decided_losing"), key=one.key("losing"), max_chars=4000)
        owner = st.text_input(desk.say("decided_owner"), max_chars=200, key=one.key("owner"))
        when = ask_day(desk, one.key("day"), "day", desk.today)
        advice = st.text_area(desk.say("decided_advice"), key=one.key("advice"), max_chars=4000)
        departs = st.checkbox(desk.say("decided_is_other"), key=one.key("departs"))
        sent = st.form_submit_button(desk.say("keep"), type="primary")
    if sent and when is None:
        st.error(plain(desk.say("no_day")))
    elif sent and desk.write(
        agreements.decide, e.DecisionTaken, id=new_id(), what=what.strip(), reason=reason.strip(),
        losing=losing.strip(), owner=owner.strip(), day=when, advice=advice.strip(),
        departs=departs,
    ):  # fmt: skip
        one.kept(desk, "kept")
