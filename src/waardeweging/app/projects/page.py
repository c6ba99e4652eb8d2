"""Page "Project": where municipality and residents run a project, each with a link of their own."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import streamlit as st

from waardeweging.analysis.scenario import Scenario
from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.app import hall
from waardeweging.app.hall.staff import ask_secret, come_in, seat_of
from waardeweging.app.hall_store import hall_store
from waardeweging.app.parts import ask_language, plain
from waardeweging.app.projects import (
    agreements,
    gatherings,
    head,
    indicators_tab,
    inputs,
    kaders,
    news,
    people,
    rules,
    screen,
)
from waardeweging.app.projects.desk import ProjectDesk, show_notice
from waardeweging.app.session import Session, say
from waardeweging.problem.errors import InputError
from waardeweging.process.moments import today
from waardeweging.process.project.state import Project
from waardeweging.store import StaffSeat, Store

_HALL = Path(hall.__file__).parent
_STYLES = [
    _HALL / "hall.css",
    _HALL / "facilitator.css",
    Path(__file__).parent / "project.css",
]
_PARTS: dict[str, ModuleType] = {
    "kaders": kaders,
    "rules": rules,
    "inputs": inputs,
    "people": people,
    "agreements": agreements,
    "gatherings": gatherings,
    "indicators": indicators_tab,
    "news": news,
}
_FIRST, _SCREEN = "kaders", "rules"


def page(session: Session) -> None:
    """Show the project of the one who looks, or ask for the secret of a link."""
    for style in _STYLES:
        st.html(style)
    store = hall_store()
    seat = seat_of(store, "project")
    if seat is None:
        _language(session)
        _door(store)
        return
    desk = _desk(store, seat, session)
    if st.query_params.get("show") == _SCREEN:
        screen.show(desk)
        return
    _language(session)
    head.show(desk)
    part = _ask_part(desk)
    show_notice()
    with st.container(key=f"part-{part}"):
        _PARTS[part].show(desk)


def _desk(store: Store, seat: StaffSeat, session: Session) -> ProjectDesk:
    state = store.project(seat.workshop)
    return ProjectDesk(store, state, seat, session.language, scenario_of(store, state), today())


def scenario_of(store: Store, state: Project) -> Scenario | None:
    """Give what the newest files of a project hold; None without files that can be read."""
    if not state.files:
        return None
    try:
        return _scenario(repr(sorted(state.files[-1].kept.files.items())), store, state.id)
    except (InputError, ExceptionGroup):
        # Another version of the program may have kept them; everything else goes on.
        return None


@st.cache_resource(show_spinner=False, max_entries=32)
def _scenario(digests: str, _store: Store, _project: str) -> Scenario:
    return scenario_in(_store.project_files(_project))


def _ask_part(desk: ProjectDesk) -> str:
    """Ask which part to show; it stands in the address, so that a reload shows the same."""
    chosen = st.pills(
        desk.say("part_label"),
        list(_PARTS),
        default=_part_asked(),
        format_func=lambda name: desk.say(f"part.{name}"),
        required=True,
        key="part",
        label_visibility="collapsed",
    )
    if st.query_params.get("part", _FIRST) != chosen:
        st.query_params["part"] = str(chosen)
    return str(chosen)


def _part_asked() -> str:
    """Give the part that was chosen last, or that the address names."""
    asked = st.session_state.get("part") or st.query_params.get("part")
    return asked if asked in _PARTS else _FIRST


def _language(session: Session) -> None:
    def switch() -> None:
        session.language = st.session_state["language"]
        st.query_params["lang"] = session.language

    with st.container(horizontal=True, horizontal_alignment="right", key="switches"):
        ask_language(session, switch)


def _door(store: Store) -> None:
    """Ask for the secret of a link; it is kept in this window only."""
    st.title(say("project_desk.door_title"))
    st.markdown(plain(say("project_desk.door_lead")))
    typed = ask_secret()
    if typed is not None:
        come_in(store, typed)
