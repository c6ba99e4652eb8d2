"""Goals for the short and the long term; every other text of a goal is a version with a reason."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.parts import plain
from waardeweging.app.projects.desk import ProjectDesk, form, new_id
from waardeweging.app.projects.parts import head, show_gone
from waardeweging.app.tables import show_table
from waardeweging.presentation.project_news import shortened
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders
from waardeweging.process.project.state import Goal

_NEW = ""


def show(desk: ProjectDesk) -> None:
    """Show the goals that stand, with what they were before."""
    head(desk, "goals_title")
    standing = {name: one for name, one in desk.state.goals.items() if not one.dropped}
    if standing:
        columns = [desk.say(name) for name in ("goal_text", "goal_horizon", "goal_before")]
        rows = [_row(desk, one) for one in standing.values()]
        show_table(desk.say("goals_title"), columns, rows)
    else:
        show_gone(desk, "goals_none")
    gone = [one for one in desk.state.goals.values() if one.dropped]
    for one in gone:
        st.caption(plain(desk.say("goal_gone", text=one.now.text, reason=one.dropped)))
    if desk.writes:
        with st.expander(desk.say("goal_write"), key="goal-box"):
            _write(desk, standing)


def _row(desk: ProjectDesk, one: Goal) -> tuple[str, ...]:
    before = " → ".join(
        desk.say("goal_version", text=earlier.text, reason=later.reason)
        for earlier, later in zip(one.versions, one.versions[1:], strict=False)
    )
    return one.now.text, desk.name("horizon", one.now.horizon), before or "–"


def _write(desk: ProjectDesk, standing: dict[str, Goal]) -> None:
    chosen = st.selectbox(
        desk.say("goal_which"),
        [_NEW, *standing],
        format_func=lambda name: (
            shortened(standing[name].now.text, 60) if name else desk.say("goal_new")
        ),
        key="goal-which",
    )
    old = standing.get(str(chosen))
    with form(f"goal-{chosen or 'new'}") as one:
        text = st.text_area(desk.say("goal_text"), old.now.text if old else "", key=one.key("text"))
        horizon: e.Horizon = st.segmented_control(
            desk.say("goal_horizon"),
            e.HORIZONS,
            default=old.now.horizon if old else "short",
            format_func=lambda name: desk.name("horizon", name),
            required=True,
            key=one.key("horizon"),
        )
        reason = ""
        if old:
            reason = st.text_input(desk.say("reason"), max_chars=1000, key=one.key("reason"))
        sent = st.form_submit_button(desk.say("keep"), type="primary")
        dropped = bool(old) and st.form_submit_button(desk.say("goal_drop"))
    name = str(chosen) or new_id()
    if sent and desk.decide(lambda state: kaders.write_goal(state, name, text, horizon, reason)):
        one.kept(desk, "kept")
    if dropped and desk.decide(lambda state: kaders.drop_goal(state, name, reason)):
        one.kept(desk, "dropped")
