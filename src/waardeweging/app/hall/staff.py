"""Who of the staff is looking: by the cookie that the door gave, or a secret typed here."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from waardeweging.app.hall.door import COOKIES, page_of
from waardeweging.app.hall.signed_in import signed_in_seat
from waardeweging.app.session import say
from waardeweging.store import StaffSeat, Store

_KEY = "staff-secret"


def seat_of(store: Store, page: str) -> StaffSeat | None:
    """Give the seat of the one who looks at a page of the staff; None for anybody else.

    Who may open the desk may open the beamer as well, but not the other way round.
    """
    for secret in _secrets(page):
        seat = store.staff(secret)
        opens = page_of(store, seat) if seat is not None else None
        if opens == page or (opens == "facilitator" and page == "beamer"):
            return seat
    # Who signed in has a role in a workshop, and both roles open desk and screen.
    return signed_in_seat(store) if page in ("facilitator", "beamer") else None


def remember(secret: str) -> None:
    """Keep a secret that was typed, as long as this window is open."""
    st.session_state[_KEY] = secret


def ask_secret() -> str | None:
    """Ask for the secret of a link; None until something was typed and sent."""
    with st.form("door", border=False):
        typed = st.text_input(say("hall.staff.label"), type="password", key="door-secret")
        sent = st.form_submit_button(say("hall.staff.enter"), type="primary")
    return typed if sent else None


def come_in(store: Store, typed: str) -> None:
    """Draw the page anew for who typed a secret that opens something; else say that it does not."""
    secret = typed.strip().rpartition("#")[2]
    if store.staff(secret) is None:
        st.error(say("hall.staff.unknown"))
        return
    remember(secret)
    st.rerun()


def _secrets(page: str) -> list[str]:
    cookies = _cookies()
    names = [COOKIES[page], COOKIES["facilitator"]] if page == "beamer" else [COOKIES[page]]
    given = [st.session_state.get(_KEY, ""), *(cookies.get(name, "") for name in names)]
    return [secret for secret in given if secret]


def _cookies() -> Mapping[str, str]:
    return st.context.cookies
