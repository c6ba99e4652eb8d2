"""The four sheets: what is fixed and open, who says so, and whether both sides agree."""

from __future__ import annotations

from html import escape

import streamlit as st

from waardeweging.app.projects import goals, lines
from waardeweging.app.projects.desk import ProjectDesk, form
from waardeweging.app.projects.head import sheet_sentence, sheet_votes
from waardeweging.app.projects.parts import ask_vote, head, show_gone, show_lead, vote_text
from waardeweging.app.tables import show_table
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.project_news import topic_text
from waardeweging.process.moments import day_of
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders, sessions


def show(desk: ProjectDesk) -> None:
    """Show how the sheets stand, one of them whole, and what can be done about it."""
    head(desk, "kaders_title")
    show_lead(_lead(desk))
    _votes(desk)
    sheet = _ask_sheet(desk)
    _sheet(desk, sheet)
    if desk.writes and not desk.state.is_frozen:
        lines.show(desk, sheet)
    _overrides(desk)
    _vote(desk)
    if desk.runs:
        _freeze(desk)
    goals.show(desk)
    _earlier(desk)
    if desk.runs:
        _announce(desk)


def _lead(desk: ProjectDesk) -> str:
    state = desk.state
    if state.is_frozen:
        return desk.say("kaders_frozen", version=state.version)
    agreed = sum(kaders.is_agreed(state, sheet) for sheet in e.KADERS)
    return desk.say("kaders_open", version=state.version, agreed=agreed)


def _votes(desk: ProjectDesk) -> None:
    if desk.state.is_frozen:
        return
    rows = [
        (
            desk.name("sheet", sheet),
            *(vote_text(desk, sheet_votes(desk, sheet), side) for side in SIDES),
        )
        for sheet in e.KADERS
    ]
    columns = [desk.say("sheet"), *(desk.say("votes_of", side=desk.side(one)) for one in SIDES)]
    show_table(desk.say("kaders_title"), columns, rows)


def _ask_sheet(desk: ProjectDesk) -> e.Kaders:
    chosen: e.Kaders = st.segmented_control(
        desk.say("sheet"),
        e.KADERS,
        default=e.KADERS[0],
        format_func=lambda one: desk.name("sheet", one),
        required=True,
        key="sheet",
    )
    return chosen


def _sheet(desk: ProjectDesk, sheet: e.Kaders) -> None:
    # The head says so too, but not on a phone.
    st.html(f'<p class="ww-lead narrow">{escape(sheet_sentence(desk, sheet))}</p>')
    found = [one for one in desk.state.kaders.values() if one.sheet == sheet]
    if not found:
        show_gone(desk, "lines_none")
        return
    columns = [
        desk.say(name)
        for name in ("line_topic", "line_text", "line_room", "line_level", "line_owner")
    ]
    caption = desk.say("lines_title", sheet=desk.name("sheet", sheet))
    show_table(caption, columns, [_row(desk, one) for one in found])


def _row(desk: ProjectDesk, one: e.KaderWritten) -> tuple[str, ...]:
    text = f"{one.text} ({desk.name('rung', one.value)})" if one.value in e.RUNGS else one.text
    if one.overrides:
        text = f"{text} ↳ {desk.say('line_departs', reason=one.reason)}"
    owner = " · ".join(part for part in (one.owner, one.source) if part)
    return (
        topic_text(one.topic, desk.language),
        text,
        room_text(desk, one),
        desk.name("level", one.level),
        owner or "–",
    )


def room_text(desk: ProjectDesk, one: e.KaderWritten) -> str:
    """Say whether a line is open, fixed but open for talk, or fixed for good."""
    if not one.fixed:
        return f"○ {desk.say('room_open')}"
    return f"◐ {desk.say('room_talk')}" if one.negotiable else f"● {desk.say('room_fixed')}"


def _overrides(desk: ProjectDesk) -> None:
    found = kaders.overrides(desk.state)
    if not found:
        return
    head(desk, "overrides_title")
    rows = [
        (desk.state.kaders[str(one.overrides)].text, one.text, one.reason)
        for one in found
        if one.overrides in desk.state.kaders
    ]
    columns = [desk.say(name) for name in ("overrides_above", "overrides_here", "reason")]
    show_table(desk.say("overrides_title"), columns, rows)


def _vote(desk: ProjectDesk) -> None:
    if desk.state.is_frozen or not desk.writes:
        return
    with st.expander(desk.say("vote_sheet"), key="vote-sheet-box"):
        st.markdown(desk.say("vote_lead"))
        choices = {str(sheet): desk.name("sheet", sheet) for sheet in e.KADERS}
        ask_vote(desk, "vote-sheet", choices, kaders.vote)  # type: ignore[arg-type]


def _freeze(desk: ProjectDesk) -> None:
    """Let the one who runs the project fix the sheets, or open them again with a reason."""
    if desk.state.is_frozen:
        with st.expander(desk.say("revise_title"), key="revise-box"), form("revise") as one:
            reason = st.text_input(desk.say("reason"), key=one.key("reason"), max_chars=1000)
            sent = st.form_submit_button(desk.say("revise"))
        if sent and desk.decide(lambda state: kaders.revise(state, reason)):
            one.kept(desk, "revised")
        return
    st.button(
        desk.say("freeze"),
        key="freeze",
        type="primary",
        on_click=desk.press_decide,
        args=(kaders.freeze, "frozen"),
    )


def _earlier(desk: ProjectDesk) -> None:
    """Show what was fixed before; these texts never change."""
    before = [one for one in desk.state.versions if one.fingerprint != desk.state.fingerprint]
    for one in reversed(before):
        with st.expander(desk.say("earlier", version=one.number), key=f"earlier-{one.number}"):
            st.caption(desk.say("earlier_note", code=one.fingerprint[:16], day=day_of(one.at)))
            rows = [
                (desk.name("sheet", line.sheet), topic_text(line.topic, desk.language), line.text)
                for line in one.kaders
            ]
            columns = [desk.say(name) for name in ("sheet", "line_topic", "line_text")]
            show_table(desk.say("earlier", version=one.number), columns, rows)


def _announce(desk: ProjectDesk) -> None:
    """Change the title, whether this is an exploration, and whether everybody may read along."""
    state = desk.state
    with st.expander(desk.say("announce_title"), key="announce-box"), form("announce") as one:
        title = st.text_input(desk.say("project_title"), state.title, 200, key=one.key("title"))
        exploration = st.checkbox(
            desk.say("is_exploration"), state.exploration, key=one.key("exploration")
        )
        public = st.checkbox(desk.say("is_public"), state.public, key=one.key("public"))
        sent = st.form_submit_button(desk.say("keep"))
    if sent and desk.decide(
        lambda state: sessions.announce(state, title, exploration=exploration, public=public)
    ):
        one.kept(desk, "kept")
