"""What was learned, and what tables brought back from their talks."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.projects.claims import name_of, names
from waardeweging.app.projects.desk import ProjectDesk, form, new_id
from waardeweging.app.projects.parts import head, show_gone
from waardeweging.app.tables import show_table
from waardeweging.process.project import events as e
from waardeweging.process.project import sessions

_NONE = ""


def show(desk: ProjectDesk) -> None:
    """Show the harvest and the lessons, and ask for more."""
    _harvest(desk)
    _lessons(desk)


def _harvest(desk: ProjectDesk) -> None:
    head(desk, "harvest_title")
    found = list(desk.state.harvest.values())
    if found:
        rows = [_row(desk, one) for one in found]
        columns = [desk.say(name) for name in ("harvest_text", "harvest_about", "session_label")]
        show_table(desk.say("harvest_title"), columns, rows)
    else:
        show_gone(desk, "harvest_none")
    if desk.writes and desk.state.sessions:
        with st.expander(desk.say("harvest_write"), key="harvest-box"):
            _ask_harvest(desk)


def _row(desk: ProjectDesk, one: e.Harvested) -> tuple[str, ...]:
    held = desk.state.sessions.get(one.session)
    text = one.text
    if one.minority:
        text = f"{desk.say('harvest_minority', side=desk.side(one.side))} {text}"
    about = name_of(desk, one.criterion) if one.criterion else "–"
    return text, about, one.session if held is None else held.added.label


def _ask_harvest(desk: ProjectDesk) -> None:
    held, known = desk.state.sessions, names(desk, "criterion")
    with form("harvest") as one:
        session = st.selectbox(
            desk.say("session_label"),
            list(held),
            format_func=lambda name: held[name].added.label,
            key=one.key("session"),
        )
        criterion = st.selectbox(
            desk.say("harvest_about"),
            [_NONE, *known],
            format_func=lambda name: known[name] if name else "–",
            key=one.key("criterion"),
        )
        text = st.text_area(desk.say("harvest_text"), key=one.key("text"), max_chars=4000)
        minority = st.selectbox(
            desk.say("harvest_is_minority"),
            [_NONE, *desk.sides],
            format_func=lambda side: desk.side(side) if side else "–",
            key=one.key("minority"),
        )
        sent = st.form_submit_button(desk.say("keep"), type="primary")
    if sent and desk.write(
        sessions.harvest, e.Harvested, id=new_id(), session=session, criterion=criterion,
        text=text.strip(), side=minority, minority=bool(minority),
    ):  # fmt: skip
        one.kept(desk, "kept")


def _lessons(desk: ProjectDesk) -> None:
    head(desk, "lessons_title")
    found = list(desk.state.lessons.values())
    if found:
        show_table(
            desk.say("lessons_title"), [desk.say("lesson_text")], [(one.text,) for one in found]
        )
    else:
        show_gone(desk, "lessons_none")
    if not desk.writes:
        return
    with st.expander(desk.say("lesson_write"), key="lesson-box"):
        with form("lesson") as one:
            text = st.text_area(desk.say("lesson_text"), key=one.key("text"), max_chars=4000)
            sent = st.form_submit_button(desk.say("keep"), type="primary")
        if sent and desk.decide(lambda state: sessions.learn(state, new_id(), text)):
            one.kept(desk, "kept")
