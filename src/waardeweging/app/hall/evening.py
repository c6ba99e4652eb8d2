"""The evening itself: the remote of the screen, and the part that people fill in now."""

from __future__ import annotations

import numpy as np
import streamlit as st

from waardeweging.app.hall.desk import Desk
from waardeweging.app.hall.parts import show_clock, show_counts
from waardeweging.app.hall.rehearsal import answer_all
from waardeweging.app.hall.scene import Scene, fresh_state
from waardeweging.app.hall.slides import title_of
from waardeweging.app.parts import plain
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import Language
from waardeweging.problem.errors import InputError
from waardeweging.process import workshop as process
from waardeweging.process.moments import now
from waardeweging.process.steps import STEPS, Place, after, before, place_of
from waardeweging.process.workshop import Decided, Workshop
from waardeweging.store import Store

_MORE_MINUTES = 2
# A consultation stays open for weeks; the clock of an evening is far shorter.
_MOST_MINUTES = 60 * 24 * 60


def show(desk: Desk) -> None:
    """Show where the evening is, the remote, and the sheet of this part."""
    _where(desk)
    _remote(desk)
    place = desk.scene.place
    if place.part.sheet:
        _sheet(desk, place.part.sheet, place.part.minutes)
    for sheet in desk.state.active_sheets:
        if sheet.name != place.part.sheet:
            st.warning(desk.say("still_open", sheet=desk.scene.say(f"step.{sheet.name}")))
            _sheet(desk, sheet.name, 0)
    _jump(desk)


def _where(desk: Desk) -> None:
    place, screen = desk.scene.place, desk.state.screen
    name = desk.scene.say(f"step.{place.part.name}")
    st.subheader(
        plain(desk.say("where", number=place.step + 1, total=len(STEPS), step=name)), anchor=False
    )
    with st.container(border=True, key="script"):
        st.markdown(plain(desk.scene.say(f"script.{place.part.name}")))
        if screen.emergency:
            said = desk.say("on_emergency")
        elif screen.hidden:
            said = desk.say("on_hidden", title=title_of(desk.scene))
        else:
            said = desk.say("on_screen", title=title_of(desk.scene))
        st.markdown(f"**{plain(said)}**")


def _remote(desk: Desk) -> None:
    framework = desk.scene.scenario.problem.framework
    place, screen = desk.scene.place, desk.state.screen
    back, on = before(place, framework), after(place, framework)
    with st.container(horizontal=True, key="remote"):
        st.button(
            desk.say("back"),
            key="back",
            disabled=back is None,
            on_click=_go,
            args=(desk, back),
        )
        if screen.hidden and not screen.emergency:
            st.button(
                desk.say("uncover"),
                key="cover",
                type="primary",
                on_click=_cover,
                args=(desk, False),
            )
        st.button(
            desk.say("next") if on is None or on.step == place.step else _next_name(desk, on),
            key="next",
            type="secondary" if screen.hidden or _is_busy(desk) else "primary",
            disabled=on is None,
            on_click=_go,
            args=(desk, on),
        )
        if not screen.hidden:
            st.button(desk.say("cover"), key="cover", on_click=_cover, args=(desk, True))
        st.button(
            desk.say("emergency_off" if screen.emergency else "emergency"),
            key="emergency",
            on_click=_emergency,
            args=(desk, not screen.emergency),
        )


def _is_busy(desk: Desk) -> bool:
    """Say whether this part has something to open or to close first."""
    sheet = desk.scene.place.part.sheet
    return bool(sheet) and desk.state.sheets[sheet].status != "closed"


def _next_name(desk: Desk, place: Place) -> str:
    return desk.say("next_step", step=desk.scene.say(f"step.{place.part.name}"))


def _go(desk: Desk, place: Place) -> None:
    """Take the screen to a page; pages with answers come covered, until they are shown."""
    here = desk.scene.place
    goes_on = here.step == place.step and here.tells_answers and not desk.state.screen.hidden
    covered = place.tells_answers and not goes_on

    def decision(state: Workshop) -> Decided:
        shown = process.show(state, place.step, place.page)
        if state.screen.hidden == covered:
            return shown
        hidden = process.hide(state, covered)
        # In this order no page is ever uncovered that should not be.
        return (*hidden, *shown) if covered else (*shown, *hidden)

    desk.decide(decision)


def _cover(desk: Desk, hidden: bool) -> None:
    desk.decide(lambda state: process.hide(state, hidden))


def _emergency(desk: Desk, on: bool) -> None:
    desk.decide(lambda state: process.emergency(state, on))


def _jump(desk: Desk) -> None:
    framework = desk.scene.scenario.problem.framework
    with st.expander(desk.say("jump"), key="jump"):
        for number, step in enumerate(STEPS):
            st.button(
                plain(f"{number + 1}. {desk.scene.say(f'step.{step.name}')}"),
                key=f"jump-{step.name}",
                type="tertiary",
                disabled=number == desk.scene.place.step,
                on_click=_go,
                args=(desk, place_of(number, "", framework)),
            )


def _sheet(desk: Desk, name: str, minutes: int) -> None:
    """Show one sheet: its state, the counts, and what can be done with it."""
    sheet = desk.state.sheets[name]
    with st.container(border=True, key=f"sheet-{name}"):
        said = desk.say(f"status_{sheet.status}")
        st.markdown(f"**{plain(desk.scene.say(f'step.{name}'))}: {plain(said)}**")
        if sheet.status == "waiting":
            _begin(desk, name, minutes)
            return
        _live(desk.scene.store, desk.state.id, desk.scene.language, name)
        if sheet.status == "closed":
            _again(desk, name, minutes)
            return
        _running(desk, name, paused=sheet.status == "paused")


@st.fragment(run_every=2)
def _live(store: Store, workshop: str, language: Language, sheet: str) -> None:
    """Show the clock and the counts; nothing else of an answer ever comes here."""
    scene = Scene.of(store, fresh_state(store, workshop), language)
    if scene.state.sheets[sheet].status != "closed":
        show_clock(scene, sheet)
    show_counts(scene, sheet)


def _begin(desk: Desk, name: str, minutes: int) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"begin-{name}"):
        given = st.number_input(
            desk.say("minutes"), 0, _MOST_MINUTES, minutes, key=f"minutes-{name}", width=140
        )
        st.button(
            desk.say("open"), key=f"open-{name}", type="primary", on_click=_open, args=(desk, name)
        )
    st.caption(desk.say("minutes_none" if given == 0 else "minutes_note"))


def _open(desk: Desk, name: str) -> None:
    minutes = st.session_state.get(f"minutes-{name}") or None

    def decision(state: Workshop) -> Decided:
        return (*process.open_sheet(state, name, minutes, now()), *_shows_count(desk, state, name))

    if desk.decide(decision):
        _rehearse(desk, name)


def _shows_count(desk: Desk, state: Workshop, name: str) -> Decided:
    """Take the screen to the page that counts, for a sheet of the part where we are."""
    place = desk.scene.place
    page = "vote" if name == "rules" else "count"
    if place.part.sheet != name or place.page == page:
        return ()
    return process.show(state, place.step, page)


def _rehearse(desk: Desk, name: str) -> None:
    """Let invented people, if there are any, answer at once."""
    store, workshop, rng = desk.scene.store, desk.state.id, np.random.default_rng()
    if desk.state.exploration:
        desk.attempt(lambda: answer_all(store, workshop, name, desk.scene.scenario, rng))


def _running(desk: Desk, name: str, *, paused: bool) -> None:
    with st.container(horizontal=True, key=f"running-{name}"):
        st.button(
            desk.say("close"),
            key=f"close-{name}",
            type="primary",
            on_click=_close,
            args=(desk, name),
        )
        if paused:
            st.button(desk.say("resume"), key=f"resume-{name}", on_click=_resume, args=(desk, name))
            return
        st.button(desk.say("pause"), key=f"pause-{name}", on_click=_pause, args=(desk, name))
        st.button(
            desk.say("extend", minutes=_MORE_MINUTES),
            key=f"extend-{name}",
            on_click=_extend,
            args=(desk, name),
        )


def _pause(desk: Desk, name: str) -> None:
    desk.decide(lambda state: process.pause(state, name))


def _resume(desk: Desk, name: str) -> None:
    desk.decide(lambda state: process.resume(state, name, now()))


def _extend(desk: Desk, name: str) -> None:
    desk.decide(lambda state: process.extend(state, name, _MORE_MINUTES, now()))


def _close(desk: Desk, name: str) -> None:
    if desk.decide(lambda state: process.close(state, name)) and name == "rules":
        _count_votes(desk)


def _count_votes(desk: Desk) -> None:
    """Adopt the rules when each side has a majority; else say so, without numbers."""
    given = desk.scene.store.answers(desk.state.id, "rules")
    agree, of = (
        {side: sum(1 for one in given if one.side == side and keep(one.payload)) for side in SIDES}
        for keep in (lambda payload: payload["agree"], lambda _payload: True)
    )
    try:
        desk.scene.store.change(
            desk.state.id, desk.seat.role, lambda state: process.adopt_rules(state, agree, of)
        )
    except InputError:
        desk.tell("vote_rejected")
        return
    desk.tell("vote_adopted")


def _again(desk: Desk, name: str, minutes: int) -> None:
    with st.expander(desk.say("reopen"), key=f"again-{name}"):
        st.markdown(plain(desk.say("reopen_note", fewest=desk.state.rules.fewest)))
        st.text_input(desk.say("reason"), key=f"reason-{name}", max_chars=500)
        st.button(
            desk.say("reopen_now"),
            key=f"reopen-{name}",
            on_click=_reopen,
            args=(desk, name, minutes),
        )


def _reopen(desk: Desk, name: str, minutes: int) -> None:
    reason = st.session_state.get(f"reason-{name}", "")
    desk.decide(lambda state: process.reopen(state, name, reason, now(), minutes or None))
