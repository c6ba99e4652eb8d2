"""Cards with a personal code: made here, shown once, never kept in words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from waardeweging.app.hall.desk import Desk
from waardeweging.app.hall.scene import base_url
from waardeweging.app.parts import plain
from waardeweging.app.printing.cards import cards_pdf
from waardeweging.app.printing.form import paper_form_pdf
from waardeweging.app.tables import show_table
from waardeweging.store import Card

_MADE = "desk-cards"
_TAB = "desk-cards-tab"
_PRINTED = "desk-cards-printed"


def show(desk: Desk, tab: str) -> None:
    """Ask for cards."""
    st.subheader(desk.say("cards_title"), anchor=False)
    st.markdown(plain(desk.say("cards_lead")))
    with st.form("cards", border=False):
        side = desk.ask_side("cards-side")
        department = st.text_input(desk.say("department"), key="cards-department", max_chars=80)
        count = st.number_input(desk.say("cards_count"), 1, 500, 10, key="cards-count")
        sent = st.form_submit_button(desk.say("cards_make"), type="primary")
    if sent:
        make(desk, side, department.strip(), int(count), tab)
        st.rerun()
    _pairs(desk, tab)
    _paper_form(desk)


def _pairs(desk: Desk, tab: str) -> None:
    with st.expander(desk.say("pairs_title"), key="pairs"), st.form("pairs-form", border=False):
        st.markdown(plain(desk.say("pairs_lead")))
        department = st.text_input(desk.say("department"), key="pairs-department", max_chars=80)
        count = st.number_input(desk.say("pairs_count"), 1, 250, 5, key="pairs-count")
        sent = st.form_submit_button(desk.say("pairs_make"))
        if sent:
            store, workshop, by = desk.scene.store, desk.state.id, desk.seat.role
            made = desk.attempt(lambda: store.issue_pairs(workshop, department, int(count), by=by))
            keep(made, tab)
            st.rerun()


def _paper_form(desk: Desk) -> None:
    """Offer the paper form; it is made when somebody asks for it."""
    state, language = desk.state, desk.scene.language
    with st.container(horizontal=True, key="paper-form"):
        st.download_button(
            desk.say("paper_print"),
            lambda: paper_form_pdf(desk.scene.scenario, title=state.title, language=language),
            file_name=f"{state.room_code}-{language}.pdf",
            mime="application/pdf",
            key="paper-print",
            on_click="ignore",
        )


def make(desk: Desk, side: str, department: str, count: int, tab: str) -> None:
    """Make cards and remember their codes in this window only."""
    made = desk.attempt(
        lambda: desk.scene.store.issue(desk.state.id, side, department, count, by=desk.seat.role)
    )
    keep(made, tab)


def keep(made: Sequence[Card] | None, tab: str) -> None:
    """Remember the codes of cards in this window only; None when there was a fault."""
    st.session_state[_MADE] = [*st.session_state.get(_MADE, []), *(made or ())]
    st.session_state[_TAB] = tab


def forget() -> None:
    """Forget the codes that were shown."""
    st.session_state.pop(_MADE, None)
    st.session_state.pop(_PRINTED, None)


def show_made(desk: Desk, tab: str) -> None:
    """Show the codes that were made in this window, to print or to copy, where they were made."""
    made: Sequence[Card] = st.session_state.get(_MADE, [])
    if not made or st.session_state.get(_TAB) != tab:
        return
    with st.container(border=True, key="cards-made"):
        st.markdown(f"**{plain(desk.say('cards_once'))}**")
        columns = [desk.say(name) for name in ("cards_code", "side", "department", "cards_buddy")]
        rows = [
            (card.code, desk.scene.side(card.side), card.department, card.buddy) for card in made
        ]
        show_table(desk.say("cards_title"), columns, rows)
        with st.container(horizontal=True, key="cards-buttons"):
            st.download_button(
                desk.say("cards_print"),
                _printed(desk, made),
                file_name=f"{desk.state.room_code}.pdf",
                mime="application/pdf",
                key="cards-print",
                on_click="ignore",
            )
            st.button(desk.say("cards_forget"), key="cards-forget", on_click=forget)


def _printed(desk: Desk, made: Sequence[Card]) -> bytes:
    """Give the cards as PDF; made once for the same cards."""
    state, language = desk.state, desk.scene.language
    kept: tuple[object, bytes] | None = st.session_state.get(_PRINTED)
    key = (state.id, language, base_url(), tuple(made))
    if kept is None or kept[0] != key:
        kept = (
            key,
            cards_pdf(
                made,
                address=base_url(),
                room=state.room_code,
                title=state.title,
                language=language,
            ),
        )
        st.session_state[_PRINTED] = kept
    return kept[1]
