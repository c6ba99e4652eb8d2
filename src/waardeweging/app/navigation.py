"""The pages in their order, and what stands around each of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

import streamlit as st

from waardeweging.app.desk import shelf
from waardeweging.app.hall.pages import is_asked, show_hall
from waardeweging.app.parts import ask_language, show_faults
from waardeweging.app.screens import (
    analyst,
    batch,
    consultation,
    effects,
    firm,
    outcome,
    selection,
    sides,
    sources,
    start,
    verify,
    weights,
)
from waardeweging.app.session import Session, current_session, read_address, say, write_address
from waardeweging.app.view import view_of
from waardeweging.problem.errors import InputError

_STYLE = Path(__file__).parent / "style.css"

# Name in the address and in the catalog, with what shows it; start comes first.
PAGES: dict[str, ModuleType] = {
    "effects": effects,
    "weights": weights,
    "sides": sides,
    "outcome": outcome,
    "firm": firm,
    "sources": sources,
    "selection": selection,
    "consultation": consultation,
    "analyst": analyst,
    "batch": batch,
    "verify": verify,
}


def show() -> None:
    """Show the page that the visitor is on, with the frame around it."""
    session = current_session()
    st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
    st.html(_STYLE)
    if is_asked():
        show_hall(session)
        return
    scenarios = tuple(shelf())
    read_address(session, scenarios)
    if session.scenario not in scenarios:
        session.choose_scenario(scenarios[0])
    pages = _pages(session)
    page = st.navigation(pages, position="top")
    _switches(session)
    page.run()
    _next_step(pages, page)
    write_address(session)


def _pages(session: Session) -> list[st.Page]:
    begin = st.Page(
        partial(start.page, session), title=say("page.start.name"), url_path="start", default=True
    )
    rest = [
        st.Page(
            partial(_shown, module.page, session), title=say(f"page.{name}.name"), url_path=name
        )
        for name, module in PAGES.items()
    ]
    return [begin, *rest]


def _shown(page: Callable[..., None], session: Session) -> None:
    """Show a page, or every fault of the scenario in its place."""
    try:
        view = view_of(session)
    except (InputError, ExceptionGroup) as error:
        show_faults(error, session.language)
        return
    page(view)


def _switches(session: Session) -> None:
    """Ask for the language, and whether figures are for a beamer; on every page."""

    def switch() -> None:
        session.language = st.session_state["language"]
        session.large = st.session_state["large"]
        write_address(session)

    with st.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="switches"
    ):
        st.toggle(say("app.large"), value=session.large, key="large", on_change=switch)
        ask_language(session, switch)


def _next_step(pages: list[st.Page], page: st.Page) -> None:
    place = pages.index(page) + 1
    if place < len(pages):
        with st.container(key="next-step"):
            st.page_link(pages[place], label=say("app.next", page=pages[place].title))
