"""Pieces that the parts of a project's page share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape

import streamlit as st

from waardeweging.app.parts import plain
from waardeweging.app.projects.desk import ProjectDesk, form
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.dates import day_text
from waardeweging.presentation.numbers import number
from waardeweging.process.deciding import Decided, is_majority
from waardeweging.process.project.state import Project, Votes

_FIRST, _LAST = date(2000, 1, 1), date(2150, 12, 31)
Cast = Callable[[Project, str, str, int, int], Decided]
"""Takes the state, what was voted on, side, how many agreed, and of how many."""


def show_lead(*sentences: str) -> None:
    """Show the plain sentences with which a part begins."""
    st.html("".join(f'<p class="ww-lead">{escape(one)}</p>' for one in sentences if one))


def head(desk: ProjectDesk, key: str) -> None:
    """Show the title of a section."""
    st.subheader(desk.say(key), anchor=False)


def day(given: str | None, desk: ProjectDesk) -> str:
    """Write a day, or a dash when there is none."""
    return day_text(given, desk.language) if given else "–"


def ask_day(desk: ProjectDesk, key: str, label: str, given: str | None = None) -> str | None:
    """Ask for a day; None when none was chosen."""
    found = st.date_input(
        desk.say(label),
        value=None if given is None else date.fromisoformat(given),
        # Without these a plan cannot reach further than ten years.
        min_value=_FIRST,
        max_value=_LAST,
        format="DD-MM-YYYY",
        key=key,
    )
    return found.isoformat() if isinstance(found, date) else None


def ask_side(desk: ProjectDesk, key: str, *, others: bool = False) -> str:
    """Ask for which side, of those that this link may write for.

    Who runs the project may write for `others` too: third parties that were written down.
    """
    if len(desk.sides) == 1:
        return desk.sides[0]
    third = (one.side for one in desk.state.actors.values()) if others else ()
    return str(
        st.segmented_control(
            desk.say("side"),
            list(dict.fromkeys((*desk.sides, *third))),
            default=desk.sides[0],
            format_func=lambda name: plain(desk.side(name)),
            required=True,
            key=key,
        )
    )


def votes_text(desk: ProjectDesk, votes: Votes | None) -> str:
    """Say how each side voted, with a sign that needs no colour."""
    said = [vote_text(desk, votes or Votes(), side) for side in SIDES]
    return " · ".join(said)


def vote_text(desk: ProjectDesk, votes: Votes, side: str) -> str:
    """Say how one side voted."""
    if side not in votes.of:
        return f"○\u00a0{desk.say('vote_none', side=desk.side(side))}"
    agree, of = votes.agree[side], votes.of[side]
    sign = "✓" if is_majority(agree, of) else "✗"
    counts = {"agree": number(agree, desk.language), "of": number(of, desk.language)}
    return f"{sign}\u00a0{desk.say('vote_said', side=desk.side(side), **counts)}"


def ask_vote(desk: ProjectDesk, name: str, choices: Mapping[str, str], cast: Cast) -> None:
    """Ask how a side voted on one of several things; a show of hands is counted by hand."""
    if not choices or not desk.writes:
        return
    with form(name) as one:
        chosen = st.selectbox(
            desk.say("vote_about"),
            list(choices),
            format_func=lambda name: choices[name],
            key=one.key("about"),
        )
        side = ask_side(desk, one.key("side"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            agree = st.number_input(desk.say("vote_agree"), 0, 100_000, 0, key=one.key("agree"))
            of = st.number_input(desk.say("vote_of"), 0, 100_000, 0, key=one.key("of"))
        sent = st.form_submit_button(desk.say("vote_keep"))
    if sent and desk.decide(lambda state: cast(state, str(chosen), side, int(agree), int(of))):
        one.kept(desk, "vote_kept")


def show_marks(rows: Sequence[tuple[str, str, int, int, str]]) -> None:
    """Show parts of a whole as bars with their words: name, what is said, part, whole, side."""
    from waardeweging.app.hall.parts import count_html

    st.html(f'<div class="ww-counts">{"".join(count_html(*row) for row in rows)}</div>')


def show_gone(desk: ProjectDesk, key: str) -> None:
    """Say that there is nothing here yet."""
    st.caption(plain(desk.say(key)))
