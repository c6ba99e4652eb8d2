"""Page "Beamer": what everybody in the hall sees. No answer before its sheet is closed."""

from __future__ import annotations

import logging
from collections.abc import Hashable
from html import escape
from pathlib import Path

import streamlit as st

from waardeweging.app.hall import slides
from waardeweging.app.hall.parts import show_lead
from waardeweging.app.hall.scene import Scene, fresh_state
from waardeweging.app.hall.staff import seat_of
from waardeweging.app.hall_store import hall_store
from waardeweging.app.parts import plain
from waardeweging.app.session import Session, say
from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.process.steps import NAMES, STEPS
from waardeweging.process.workshop import Workshop
from waardeweging.store import Store

_STYLES = [Path(__file__).parent / name for name in ("hall.css", "beamer.css")]
_SECONDS = 2
_log = logging.getLogger(__name__)


def page(session: Session) -> None:
    """Show where the evening is."""
    for style in _STYLES:
        st.html(style)
    store = hall_store()
    seat = seat_of(store, "beamer")
    if seat is None:
        st.title(say("hall.beamer.door_title"))
        st.info(say("hall.beamer.door_lead"))
        return
    state = fresh_state(store, seat.workshop)
    if "lang" not in st.query_params and state.language in LANGUAGES:
        session.language = state.language
    scene = Scene.of(store, state, session.language)
    # First, so that a page that fails never keeps the screen from going on.
    _watch(store, state.id, look(state))
    _head(scene)
    _screen(scene)


@st.fragment(run_every=_SECONDS)
def _watch(store: Store, workshop: str, shown: Hashable) -> None:
    """Draw the page anew when the facilitator did something; else do nothing."""
    if look(fresh_state(store, workshop)) != shown:
        st.rerun()


def look(state: Workshop) -> Hashable:
    """Give what decides how the page looks, but for clock and counts."""
    sheets = tuple(
        (sheet.name, sheet.status, sheet.times_opened, sheet.head_at_close)
        for sheet in state.sheets.values()
    )
    agreements = tuple(sorted(repr(one) for one in state.agreements.values()))
    return (
        state.screen, sheets, agreements, state.fingerprint, state.rules_adopted, state.unlinked,
        tuple(sorted(state.tables.items())),
    )  # fmt: skip


def _head(scene: Scene) -> None:
    """Show the title, where we are in the evening, and whether this counts."""
    state = scene.state
    mark = ""
    if state.exploration:
        mark = f'<span class="ww-mark-exploration">{escape(scene.say("beamer.exploration"))}</span>'
    dots = "".join(
        f"<li{' class=here' if place == scene.place.step else ''}></li>"
        for place in range(len(STEPS))
    )
    name = escape(scene.say(f"step.{NAMES[scene.place.step]}"))
    st.html(
        f'<header class="ww-hall-head"><span class="title">{escape(state.title)}</span>{mark}'
        f'<span class="step">{name}</span><ol aria-hidden="true">{dots}</ol></header>'
    )


def _screen(scene: Scene) -> None:
    screen = scene.state.screen
    if screen.emergency:
        _cover(scene.say("beamer.emergency"), scene.say("beamer.emergency_lead"))
    elif screen.hidden and scene.place.tells_answers:
        _cover(slides.title_of(scene), scene.say("beamer.cover"))
    elif screen.hidden:
        _cover(scene.say("beamer.hidden"), scene.say("beamer.hidden_lead"))
    else:
        _slide(scene)


def _slide(scene: Scene) -> None:
    """Show the page; when it fails, the hall sees a calm sentence and the log the reason."""
    try:
        slides.show(scene)
    except Exception:
        _log.exception("page %s of the beamer", scene.place.page)
        show_lead(scene.say("beamer.failed"))


def _cover(title: str, lead: str) -> None:
    with st.container(key="cover"):
        st.title(plain(title))
        st.markdown(plain(lead))
