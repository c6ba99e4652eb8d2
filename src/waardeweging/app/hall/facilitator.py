"""Page "Begeleider": the remote of the screen, the rounds, people, and what to set up.

Counts only: nothing on this page tells what anybody answered.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from waardeweging.app.hall import after, agreed, evening, people, setup, voices
from waardeweging.app.hall.desk import Desk, show_notice
from waardeweging.app.hall.scene import Scene
from waardeweging.app.hall.signed_in import is_offered, is_stranger
from waardeweging.app.hall.staff import ask_secret, come_in, seat_of
from waardeweging.app.hall_store import hall_store
from waardeweging.app.parts import ask_language, plain
from waardeweging.app.session import Session, say
from waardeweging.store import Store

_STYLES = [Path(__file__).parent / name for name in ("hall.css", "facilitator.css")]
_TABS = {
    "evening": evening,
    "setup": setup,
    "people": people,
    "voices": voices,
    "agreed": agreed,
    "after": after,
}


def page(session: Session) -> None:
    """Show the desk of the facilitator, or ask for the secret."""
    for style in _STYLES:
        st.html(style)
    _language(session)
    store = hall_store()
    seat = seat_of(store, "facilitator")
    if seat is None:
        _door(store)
        return
    chosen = setup.chosen_workshop(store, seat)
    state = store.workshop(chosen)
    desk = Desk(Scene.of(store, state, session.language), seat)
    st.title(plain(state.title))
    if state.exploration:
        st.caption(desk.say("exploration"))
    show_notice()
    for tab, (name, module) in zip(
        st.tabs([desk.say(f"tab.{name}") for name in _TABS], key="desk-tabs"),
        _TABS.items(),
        strict=True,
    ):
        with tab, st.container(key=f"tab-{name}"):
            module.show(desk)


def _language(session: Session) -> None:
    def switch() -> None:
        session.language = st.session_state["language"]
        st.query_params["lang"] = session.language

    with st.container(horizontal=True, horizontal_alignment="right", key="switches"):
        ask_language(session, switch)


def _sign_in() -> None:
    """Offer to sign in with the account of the organisation, or to do so as somebody else."""
    if is_stranger():
        st.warning(say("hall.staff.no_role"))
        st.button(say("hall.staff.sign_out"), key="sign-out", on_click=st.logout)
    else:
        st.button(say("hall.staff.sign_in"), key="sign-in", on_click=st.login)


def _door(store: Store) -> None:
    """Ask for the secret of a link; it is kept in this window only."""
    st.title(say("hall.facilitator.door_title"))
    st.markdown(plain(say("hall.facilitator.door_lead")))
    typed = ask_secret()
    if is_offered():
        _sign_in()
    if typed is not None:
        come_in(store, typed)
