"""The register of what people bring in: who answers it, before which day, and what was done."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.parts import plain
from waardeweging.app.projects import claims, remarks
from waardeweging.app.projects.desk import ProjectDesk, form, new_id
from waardeweging.app.projects.parts import (
    ask_day,
    ask_side,
    day,
    head,
    show_gone,
    show_lead,
    show_marks,
)
from waardeweging.app.tables import show_table
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.numbers import number
from waardeweging.presentation.project_news import shortened
from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.numbers import parse_number
from waardeweging.process.project import events as e
from waardeweging.process.project import inputs
from waardeweging.process.project.state import Input

_NONE = ""
_SIGNS = {"waiting": "○", "assigned": "◐", "adopted": "✓", "partly": "◑", "declined": "✗"}


def show(desk: ProjectDesk) -> None:
    """Show how input was answered, all of it, and ask for more and for answers."""
    head(desk, "inputs_title")
    show_lead(*_lead(desk))
    _answered(desk)
    _table(desk)
    if desk.writes:
        _give(desk)
        _assign(desk)
        _answer(desk)
        remarks.show(desk)
    claims.show(desk)


def _lead(desk: ProjectDesk) -> tuple[str, ...]:
    found = list(desk.state.inputs.values())
    late = sum(inputs.is_late(one, desk.today) for one in found)
    done = sum(one.answered is not None for one in found)
    first = desk.say("inputs_lead", count=len(found), answered=done)
    return first, desk.say("inputs_late", count=late) if late else ""


def _answered(desk: ProjectDesk) -> None:
    """Show per side how much of its input was answered, and how long that took."""
    rows = []
    for side in dict.fromkeys((*SIDES, *(one.given.side for one in desk.state.inputs.values()))):
        mine = [one for one in desk.state.inputs.values() if one.given.side == side]
        days = [x for one in mine if (x := inputs.response_days(one)) is not None]
        if not mine:
            continue
        said = desk.say("inputs_side", answered=len(days), count=len(mine))
        if days:
            mean = number(sum(days) / len(days), desk.language, 1)
            said = f"{said} {desk.say('inputs_day' if mean == '1' else 'inputs_days', days=mean)}"
        rows.append((desk.side(side), said, len(days), len(mine), side))
    show_marks(rows)


def _table(desk: ProjectDesk) -> None:
    if not desk.state.inputs:
        show_gone(desk, "inputs_none")
        return
    columns = [
        desk.say(name)
        for name in ("input_text", "input_about", "input_state", "input_owner", "input_answer")
    ]
    rows = [_row(desk, one) for one in _ordered(desk)]
    show_table(desk.say("inputs_title"), columns, rows)


def _ordered(desk: ProjectDesk) -> list[Input]:
    """Late ones first, then those that wait, then the newest answers."""
    found = list(desk.state.inputs.values())[::-1]
    return sorted(
        found, key=lambda one: (not inputs.is_late(one, desk.today), one.answered is not None)
    )


def _row(desk: ProjectDesk, one: Input) -> tuple[str, ...]:
    state = f"{_SIGNS[one.status]} {desk.name('status', one.status)}"
    if inputs.is_late(one, desk.today):
        state = f"! {desk.say('input_late')} · {state}"
    owner = " · ".join(part for part in (one.owner, day(one.due, desk) if one.due else "") if part)
    about = " · ".join([desk.name("about", one.given.about), *_cell(desk, one)])
    return (
        one.given.text,
        f"{about} ({desk.side(one.given.side)})",
        state,
        owner or "–",
        one.answered.because if one.answered else "–",
    )


def _cell(desk: ProjectDesk, one: Input) -> list[str]:
    given = one.given
    names = [claims.name_of(desk, name) for name in (given.alternative, given.criterion) if name]
    value = [] if given.value is None else [claims.claimed(desk, one)]
    return [" × ".join(names), *value] if names else value


def _give(desk: ProjectDesk) -> None:
    with st.expander(desk.say("input_give"), key="input-box"), form("input") as one:
        st.markdown(plain(desk.say("input_give_lead")))
        side = ask_side(desk, one.key("side"), others=True)
        about = st.selectbox(
            desk.say("input_about"),
            e.ABOUTS,
            format_func=lambda name: desk.name("about", name),
            key=one.key("about"),
        )
        text = st.text_area(desk.say("input_text"), key=one.key("text"), max_chars=4000)
        alternative = _ask_name(desk, one.key("alternative"), "alternative")
        criterion = _ask_name(desk, one.key("criterion"), "criterion")
        value = st.text_input(desk.say("input_value"), max_chars=30, key=one.key("value"))
        source = st.text_input(desk.say("input_source"), max_chars=200, key=one.key("source"))
        sent = st.form_submit_button(desk.say("input_give"), type="primary")
    if not sent:
        return
    given = {"alternative": alternative, "criterion": criterion, "source": source.strip()}
    try:
        claimed = parse_number(value, Place("input", None, "value")) if value.strip() else None
    except InputError as error:
        st.error(plain(claims.number_fault(error, desk.language)))
        return
    if desk.write(
        inputs.give, e.InputGiven, id=new_id(), about=about, side=side, text=text.strip(),
        value=claimed, **given,
    ):  # fmt: skip
        one.kept(desk, "kept")


def _ask_name(desk: ProjectDesk, key: str, kind: str) -> str:
    """Ask for an option or a criterion: from the files, or typed when there are none."""
    known = claims.names(desk, kind)
    if not known:
        return st.text_input(desk.say(f"input_{kind}"), max_chars=64, key=key).strip()
    found = st.selectbox(
        desk.say(f"input_{kind}"),
        [_NONE, *known],
        format_func=lambda name: known[name] if name else "–",
        key=key,
    )
    return str(found)


def _assign(desk: ProjectDesk) -> None:
    waiting = {name: one for name, one in desk.state.inputs.items() if one.answered is None}
    if not waiting:
        return
    with st.expander(desk.say("input_assign"), key="assign-box"), form("assign") as one:
        name = _choose(desk, one.key("input"), waiting)
        owner = st.text_input(desk.say("input_owner_ask"), max_chars=200, key=one.key("owner"))
        due = ask_day(desk, one.key("due"), "input_due")
        sent = st.form_submit_button(desk.say("keep"), type="primary")
    if sent and due is None:
        st.error(plain(desk.say("no_day")))
    elif sent and desk.decide(lambda state: inputs.assign(state, name, owner, str(due))):
        one.kept(desk, "kept")


def _answer(desk: ProjectDesk) -> None:
    """Ask for an answer; a side does not answer its own input."""
    mine = {
        name: one
        for name, one in desk.state.inputs.items()
        if desk.runs or one.given.side not in desk.sides
    }
    if not mine:
        return
    with st.expander(desk.say("input_answer_give"), key="answer-box"), form("answer") as one:
        st.markdown(plain(desk.say("input_answer_lead")))
        name = _choose(desk, one.key("input"), mine)
        reply: e.Reply = st.segmented_control(
            desk.say("input_reply"),
            e.REPLIES,
            default="adopted",
            format_func=lambda status: desk.name("status", status),
            required=True,
            key=one.key("reply"),
        )
        because = st.text_area(desk.say("input_because"), key=one.key("because"), max_chars=4000)
        sent = st.form_submit_button(desk.say("keep"), type="primary")
    if sent and desk.decide(lambda state: inputs.answer(state, name, reply, because)):
        one.kept(desk, "kept")


def _choose(desk: ProjectDesk, key: str, known: dict[str, Input]) -> str:
    def label(name: str) -> str:
        return f"{desk.side(known[name].given.side)}: {shortened(known[name].given.text, 80)}"

    return str(st.selectbox(desk.say("input_which"), list(known), format_func=label, key=key))
