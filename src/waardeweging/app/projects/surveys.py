"""The questions about working together, asked before the first evening or half a year later."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.parts import plain
from waardeweging.app.projects.desk import ProjectDesk, form
from waardeweging.app.projects.parts import ask_day
from waardeweging.presentation.catalog import text
from waardeweging.process.moments import day_of
from waardeweging.process.project import sessions
from waardeweging.process.project.indicator_moments import AFTERWARDS, START
from waardeweging.process.project.rules import rules_of_evening
from waardeweging.process.state import Workshop

_SHEET = "cooperation"
_MOMENTS = {START: "start", AFTERWARDS: "afterwards"}


def show(desk: ProjectDesk) -> None:
    """Ask for a workshop whose answers count as the start, or as half a year later."""
    st.markdown(plain(_say(desk, "take_over_lead")))
    free = {one.id: one for one in desk.store.workshops() if _is_survey(desk, one)}
    open_moments = [name for name in _MOMENTS if name not in desk.state.measurements]
    if not free or not open_moments:
        st.caption(plain(_say(desk, "no_survey" if open_moments else "all_taken")))
        return
    with form("survey") as one:
        chosen = st.selectbox(
            _say(desk, "survey"),
            list(free),
            format_func=lambda name: f"{free[name].title} ({day_of(free[name].created_at)})",
            key=one.key("workshop"),
        )
        moment = st.selectbox(
            _say(desk, "as_moment"),
            open_moments,
            format_func=lambda name: text(f"indicator.moment.{_MOMENTS[name]}", desk.language),
            key=one.key("moment"),
        )
        day = ask_day(desk, one.key("day"), "day", desk.today)
        sent = st.form_submit_button(_say(desk, "take"))
    if sent and day is not None:
        desk.press(lambda: take_over(desk, str(chosen), str(moment), day), "kept")
        st.rerun()


def take_over(desk: ProjectDesk, workshop: str, moment: str, day: str) -> None:
    """Keep what people answered in a workshop as a moment of the project.

    Raises
    ------
    InputError
        If the sheet is not closed or was not shown, or answers changed since.
    """
    evening = desk.store.workshop(workshop)
    measured = sessions.measured(
        evening,
        desk.store.records(workshop),
        desk.store.answers(workshop, _SHEET),
        moment=moment,
        label=evening.title,
        day=day,
        fewest=rules_of_evening(desk.state).fewest,
    )
    desk.store.change_project(
        desk.state.id, desk.seat.role, lambda state: sessions.record_cooperation(state, measured)
    )


def _is_survey(desk: ProjectDesk, one: Workshop) -> bool:
    """Say whether a workshop asked the questions, and belongs to no other project."""
    is_own = one.kaders is None or one.id in desk.state.sessions
    return is_own and one.sheets[_SHEET].status == "closed" and not one.purged


def _say(desk: ProjectDesk, key: str) -> str:
    return text(f"indicator.tab.{key}", desk.language)
