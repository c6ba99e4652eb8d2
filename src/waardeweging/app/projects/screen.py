"""The rules as a hall sees them: in large letters, with the fingerprint, always up to date."""

from __future__ import annotations

from collections.abc import Hashable
from html import escape

import streamlit as st

from waardeweging.app.hall.parts import show_code
from waardeweging.app.parts import plain
from waardeweging.app.projects.desk import ProjectDesk
from waardeweging.app.projects.head import show_exploration
from waardeweging.app.projects.parts import votes_text
from waardeweging.process.project import kaders
from waardeweging.process.project.state import Project, Rule
from waardeweging.store import Store

_SECONDS = 3
_DIGITS = 16


def show(desk: ProjectDesk) -> None:
    """Show what holds, what is voted on, and the code that changes when a rule does."""
    state = desk.state
    _watch(desk.store, state.id, _look(state))
    with st.container(key="rules-screen"):
        _show(desk)


def _show(desk: ProjectDesk) -> None:
    state = desk.state
    if state.exploration:
        show_exploration(desk)
    st.title(plain(desk.say("screen_title", project=state.title)))
    holding = [one.id for one in state.adopted]
    _list(desk, "screen_holds", [state.rules[name] for name in holding])
    _list(desk, "screen_open", [one for one in state.rules.values() if one.adopted_at is None])
    shown = state.fingerprint or kaders.sheet_fingerprint(state, "process")
    show_code(
        desk.say("fingerprint", version=state.version) if state.is_frozen else
        desk.say("fingerprint_process"), shown[:_DIGITS],
    )  # fmt: skip
    st.caption(plain(desk.say("screen_note")))


def _list(desk: ProjectDesk, key: str, rules: list[Rule]) -> None:
    st.subheader(desk.say(key if rules else f"{key}_none"), anchor=False)
    lines = "".join(_line(desk, one) for one in rules)
    st.html(f'<div class="ww-screen"><ol>{lines}</ol></div>' if rules else "<div></div>")


def _line(desk: ProjectDesk, one: Rule) -> str:
    small = votes_text(desk, one.votes)
    return f"<li>{escape(one.suggested.text)}<small>{escape(small)}</small></li>"


@st.fragment(run_every=_SECONDS)
def _watch(store: Store, project: str, shown: Hashable) -> None:
    """Draw the page anew when somebody wrote something; else do nothing."""
    if _look(store.project(project)) != shown:
        st.rerun()


def _look(state: Project) -> Hashable:
    return state.number
