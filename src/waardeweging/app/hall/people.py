"""People: who is there, late joiners, lost cards, wrong sides, paper, and tables."""

from __future__ import annotations

from collections import Counter

import numpy as np
import streamlit as st

from waardeweging.app.hall import cards
from waardeweging.app.hall.desk import Desk
from waardeweging.app.hall.scene import base_url
from waardeweging.app.parts import plain
from waardeweging.app.tables import show_table
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.numbers import joined, number
from waardeweging.process import workshop as process
from waardeweging.process.tables import Guest, mixed_tables

_SEATS = 5
_HERE = "people"


def show(desk: Desk) -> None:
    """Show who is there, and what may go wrong with a card."""
    cards.show_made(desk, _HERE)
    _present(desk)
    _late(desk)
    _lost(desk)
    _wrong_side(desk)
    _paper(desk)
    _tables(desk)


def _present(desk: Desk) -> None:
    st.subheader(desk.say("present_title"), anchor=False)
    state, language = desk.state, desk.scene.language
    sides = dict.fromkeys((*SIDES, *state.issued))
    rows = [
        (
            desk.scene.side(side),
            number(state.issued.get(side, 0), language),
            number(state.seated.get(side, 0), language),
        )
        for side in sides
    ]
    columns = [desk.say(name) for name in ("side", "present_cards", "present_seated")]
    show_table(desk.say("present_title"), columns, rows, numbers=True)


def _late(desk: Desk) -> None:
    with st.expander(desk.say("late_title"), key="late"), st.form("late-form", border=False):
        st.markdown(plain(desk.say("late_lead")))
        side = desk.ask_side("late-side")
        department = st.text_input(desk.say("department"), key="late-department", max_chars=80)
        sent = st.form_submit_button(desk.say("late_make"))
        if sent:
            cards.make(desk, side, department.strip(), 1, _HERE)
            st.rerun()


def _lost(desk: Desk) -> None:
    with st.expander(desk.say("lost_title"), key="lost"), st.form("lost-form", border=False):
        st.markdown(plain(desk.say("lost_lead")))
        code = st.text_input(desk.say("code"), key="lost-code", autocomplete="off", max_chars=20)
        sent = st.form_submit_button(desk.say("lost_make"))
        if sent:
            store, workshop = desk.scene.store, desk.state.id
            by = desk.seat.role
            card = desk.attempt(lambda: store.replace_card(workshop, code, by=by))
            if card is not None:
                cards.keep([card], _HERE)
                desk.tell("lost_done")
            st.rerun()


def _wrong_side(desk: Desk) -> None:
    with st.expander(desk.say("wrong_title"), key="wrong"), st.form("wrong-form", border=False):
        st.markdown(plain(desk.say("wrong_lead")))
        code = st.text_input(desk.say("code"), key="wrong-code", autocomplete="off", max_chars=20)
        side = desk.ask_side("wrong-side")
        department = st.text_input(desk.say("department"), key="wrong-department", max_chars=80)
        sent = st.form_submit_button(desk.say("wrong_make"))
        if sent:
            store, workshop, by = desk.scene.store, desk.state.id, desk.seat.role
            done = desk.attempt(
                lambda: store.correct_side(workshop, code, side, department.strip(), by=by)
            )
            if done is not None:
                desk.tell("wrong_done")
            st.rerun()


def _paper(desk: Desk) -> None:
    st.subheader(desk.say("paper_title"), anchor=False)
    st.markdown(plain(desk.say("paper_lead")))
    st.code(f"{base_url()}/w/{desk.state.room_code}/paper", language=None, wrap_lines=True)


def _tables(desk: Desk) -> None:
    st.subheader(desk.say("tables_title"), anchor=False)
    st.markdown(plain(desk.say("tables_lead")))
    with st.container(horizontal=True, vertical_alignment="bottom", key="tables"):
        st.number_input(desk.say("tables_seats"), 2, 20, _SEATS, key="table-seats", width=160)
        st.button(desk.say("tables_make"), key="tables-make", on_click=_seat, args=(desk,))
    given = desk.state.tables
    if not given:
        return
    sides = {seat.credential: seat.side for seat in desk.scene.store.seats(desk.state.id)}
    rows = []
    for table in sorted(set(given.values())):
        found = Counter(sides.get(card, "") for card, at in given.items() if at == table)
        said = [
            f"{number(count, desk.scene.language)} {desk.scene.side(side)}"
            for side, count in sorted(found.items(), reverse=True)
            if side
        ]
        name = desk.scene.say("beamer.table_number", number=table)
        rows.append((name, joined(said, desk.scene.language)))
    show_table(desk.say("tables_title"), [desk.say("table"), desk.say("tables_who")], rows)
    st.caption(desk.say("tables_note"))


def _seat(desk: Desk) -> None:
    """Draw the tables by lot; phones tell people where they sit."""
    seated = desk.scene.store.seats(desk.state.id)
    guests = [Guest(seat.credential, seat.side, seat.buddy) for seat in seated]
    seats = int(st.session_state.get("table-seats", _SEATS))
    drawn = mixed_tables(guests, seats, np.random.default_rng())
    tables = {one.name: number for number, table in enumerate(drawn, start=1) for one in table}
    if desk.decide(lambda state: process.make_tables(state, tables)):
        desk.tell("tables_made", count=len(drawn))
