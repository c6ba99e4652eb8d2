"""The head of a project's page: title, whether it is an exploration, and how the kaders stand."""

from __future__ import annotations

from base64 import b64encode
from html import escape

import streamlit as st

from waardeweging.app.hall.parts import show_code
from waardeweging.app.parts import plain
from waardeweging.app.projects.desk import ProjectDesk
from waardeweging.app.projects.public import PATH as PUBLIC
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.numbers import joined
from waardeweging.process.deciding import is_majority
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders
from waardeweging.process.project.state import Votes

_DIGITS = 16


def show(desk: ProjectDesk) -> None:
    """Show what somebody must know before anything else; as high on every part of the page.

    What follows would jump if it were longer on one of them. On a phone it is in brief.
    """
    state = desk.state
    st.title(plain(state.title))
    st.caption(plain(_who(desk)))
    if state.exploration:
        show_exploration(desk)
    if state.is_frozen:
        show_code(desk.say("fingerprint", version=state.version), str(state.fingerprint)[:_DIGITS])
    elif state.version > 1:
        st.warning(plain(desk.say("new_version", version=state.version, reason=state.reason)))
    if state.public:
        address = f"{PUBLIC}/{state.id}?lang={desk.language}"
        st.markdown(f"[{plain(desk.say('public_page'))}]({address})")
    st.html(f'<ul class="ww-sheets">{"".join(_sheet(desk, sheet) for sheet in e.KADERS)}</ul>')


def show_exploration(desk: ProjectDesk) -> None:
    """Mark the page: a band that is read out, and a drawing over everything for the eye."""
    drawn = _watermark(desk.say("exploration_mark"))
    st.html(
        f'<div class="ww-behind" aria-hidden="true" style="background-image:url({drawn})"></div>'
        f'<p class="ww-exploration">{escape(desk.say("exploration"))}</p>'
    )


def _watermark(mark: str) -> str:
    """Draw a word aslant, as the address of a picture that repeats itself."""
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="330" height="240">'
        '<text x="165" y="130" text-anchor="middle" transform="rotate(-24 165 120)" '
        'font-family="sans-serif" font-weight="bold" font-size="34" letter-spacing="3" '
        f'fill="#8a1c00" fill-opacity="0.08">{escape(mark)}</text></svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"


def _who(desk: ProjectDesk) -> str:
    role = desk.seat.role if desk.writes else "reader"
    said = desk.say(f"who.{role}")
    place = desk.state.neighbourhood
    return f"{said} {desk.say('neighbourhood', code=place)}" if place else said


def sheet_sentence(desk: ProjectDesk, sheet: e.Kaders) -> str:
    """Say in one sentence what a sheet still lacks."""
    lacks = kaders.missing(desk.state, sheet)
    if lacks:
        names = [desk.name("topic", one) for one in lacks]
        return desk.say("sheet_gaps", gaps=joined(names, desk.language))
    if desk.state.is_frozen or kaders.is_agreed(desk.state, sheet):
        return desk.say("sheet_agreed")
    waits = [desk.side(side) for side in SIDES if not _carries(desk, sheet, side)]
    return desk.say("sheet_waits", sides=joined(waits, desk.language))


def sheet_votes(desk: ProjectDesk, sheet: e.Kaders) -> Votes:
    """Give the votes on a sheet as it now stands; those on an earlier text say nothing."""
    sign, votes = desk.state.sheet_votes.get(sheet, ("", Votes()))
    return votes if sign == kaders.sheet_fingerprint(desk.state, sheet) else Votes()


def _carries(desk: ProjectDesk, sheet: e.Kaders, side: str) -> bool:
    votes = sheet_votes(desk, sheet)
    return is_majority(votes.agree.get(side, 0), votes.of.get(side, 0))


def _sheet(desk: ProjectDesk, sheet: e.Kaders) -> str:
    known = len(kaders.TOPICS[sheet])
    done = known - len(kaders.missing(desk.state, sheet))
    agreed = desk.state.is_frozen or kaders.is_agreed(desk.state, sheet)
    sign = "✓" if agreed else "◐" if done else "○"
    counted = desk.say("sheet_count", done=done, of=known)
    return (
        f'<li class="{"agreed" if agreed else "open"}">'
        f'<b><span aria-hidden="true">{sign}</span> {escape(desk.name("sheet", sheet))}</b>'
        f"<i>{escape(counted)}</i><span>{escape(sheet_sentence(desk, sheet))}</span></li>"
    )
