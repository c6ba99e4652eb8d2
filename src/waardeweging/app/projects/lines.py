"""Writing the lines of a sheet: new ones, other texts, departures, and taking one away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from waardeweging.app.parts import plain
from waardeweging.app.projects.desk import RUNNER, Form, ProjectDesk, form, new_id
from waardeweging.presentation.project_news import shortened, topic_text
from waardeweging.process.deciding import Decided, refusal
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders
from waardeweging.process.project.state import Project

_NEW = ""
# Which levels a link may write: residents leave the outlines of the municipality as they are.
_LEVELS: dict[str, Sequence[e.Level]] = {
    RUNNER: e.LEVELS,
    "municipality": e.LEVELS[1:],
    "residents": e.LEVELS[2:],
}


def show(desk: ProjectDesk, sheet: e.Kaders) -> None:
    """Ask for a line, for one to take away, and for outlines to take over."""
    found = [one for one in desk.state.kaders.values() if one.sheet == sheet]
    mine = [one for one in found if one.level in _LEVELS[desk.seat.role]]
    with st.expander(desk.say("line_write"), key="line-box"):
        chosen = _ask_line(desk, sheet, mine)
        _write(desk, sheet, chosen, found)
    if mine:
        with st.expander(desk.say("line_drop"), key="line-drop-box"):
            _drop(desk, sheet, mine)
    if desk.runs:
        _outlines(desk)


def _ask_line(
    desk: ProjectDesk, sheet: e.Kaders, mine: Sequence[e.KaderWritten]
) -> e.KaderWritten | None:
    """Ask whether it is a new line, or another text for one that is there."""
    known = {one.id: one for one in mine}
    chosen = st.selectbox(
        desk.say("line_which"),
        [_NEW, *known],
        format_func=lambda name: label(desk, known[name]) if name else desk.say("line_new"),
        key=f"line-which-{sheet}",
    )
    return known.get(str(chosen))


def label(desk: ProjectDesk, one: e.KaderWritten) -> str:
    """Name a line by its topic and the begin of its text."""
    return f"{topic_text(one.topic, desk.language)}: {shortened(one.text, 60)}"


def _write(
    desk: ProjectDesk,
    sheet: e.Kaders,
    old: e.KaderWritten | None,
    found: Sequence[e.KaderWritten],
) -> None:
    with form(f"line-{sheet}-{old.id if old else 'new'}") as one:
        given = _ask(desk, sheet, old, one)
        above = [line for line in found if line.level != e.LEVELS[-1]]
        given |= _ask_departure(desk, old, above, one)
        sent = st.form_submit_button(desk.say("keep"), type="primary")
    if sent and desk.write(
        allowed(desk), e.KaderWritten, id=old.id if old else new_id(), sheet=sheet, **given
    ):
        one.kept(desk, "kept")


def allowed(desk: ProjectDesk) -> Callable[[Project, e.KaderWritten], Decided]:
    """Give the decision to write a line, for the levels of this link only."""

    def decide(state: Project, line: e.KaderWritten) -> Decided:
        if line.level not in _LEVELS.get(desk.seat.role, ()):
            raise refusal("project.not_yours", "This link does not write at this level.", line.id)
        return kaders.write(state, line)

    return decide


def _ask(
    desk: ProjectDesk, sheet: e.Kaders, old: e.KaderWritten | None, one: Form
) -> dict[str, object]:
    topics = [*kaders.TOPICS[sheet], "other"]
    levels = list(_LEVELS[desk.seat.role])
    topic = st.selectbox(
        desk.say("line_topic"),
        topics if old is None or old.topic in topics else [old.topic, *topics],
        index=topics.index(old.topic) if old and old.topic in topics else 0,
        format_func=lambda name: topic_text(name, desk.language),
        key=one.key("topic"),
    )
    text = st.text_area(desk.say("line_text"), old.text if old else "", key=one.key("text"))
    value = ""
    if sheet == "actors":
        rungs = ["", *e.RUNGS]
        value = st.selectbox(
            desk.say("line_rung"),
            rungs,
            index=rungs.index(old.value) if old and old.value in rungs else 0,
            format_func=lambda rung: desk.name("rung", rung) if rung else "–",
            key=one.key("value"),
        )
    level = st.selectbox(
        desk.say("line_level"),
        levels,
        index=levels.index(old.level) if old else len(levels) - 1,
        format_func=lambda name: desk.name("level", name),
        key=one.key("level"),
    )
    with st.container(horizontal=True):
        fixed = st.checkbox(desk.say("line_fixed"), old.fixed if old else False, one.key("fixed"))
        negotiable = st.checkbox(
            desk.say("line_negotiable"), old.negotiable if old else True, one.key("negotiable")
        )
    owner = st.text_input(
        desk.say("line_owner_ask"), old.owner if old else "", 200, one.key("owner")
    )
    source = st.text_input(
        desk.say("line_source"), old.source if old else "", 200, one.key("source")
    )
    return {
        "topic": topic, "text": text, "value": value, "level": level, "fixed": fixed,
        "negotiable": negotiable, "owner": owner.strip(), "source": source.strip(),
    }  # fmt: skip


def _ask_departure(
    desk: ProjectDesk, old: e.KaderWritten | None, above: Sequence[e.KaderWritten], one: Form
) -> dict[str, object]:
    """Ask from which higher line this departs, and why; most lines depart from none."""
    if not above:
        return {}
    known = {line.id: line for line in above}
    names = [_NEW, *known]
    chosen = st.selectbox(
        desk.say("line_overrides"),
        names,
        index=names.index(old.overrides) if old and old.overrides in known else 0,
        format_func=lambda name: label(desk, known[name]) if name else desk.say("line_no_override"),
        key=one.key("overrides"),
    )
    reason = st.text_input(
        desk.say("line_reason"), old.reason if old else "", 1000, one.key("reason")
    )
    return {"overrides": chosen or None, "reason": reason.strip()}


def _drop(desk: ProjectDesk, sheet: e.Kaders, mine: Sequence[e.KaderWritten]) -> None:
    known = {line.id: line for line in mine}
    with form(f"drop-{sheet}") as one:
        chosen = st.selectbox(
            desk.say("line_which"),
            list(known),
            format_func=lambda name: label(desk, known[name]),
            key=one.key("line"),
        )
        reason = st.text_input(desk.say("reason"), max_chars=1000, key=one.key("reason"))
        sent = st.form_submit_button(desk.say("line_drop"))
    if sent and desk.decide(lambda state: kaders.drop(state, str(chosen), reason)):
        one.kept(desk, "dropped")


def _outlines(desk: ProjectDesk) -> None:
    """Take over the lines of State and municipality from another project here."""
    others = {one.id: one for one in desk.store.projects() if one.id != desk.state.id}
    mine = desk.state.kaders
    given = {
        name: [line for line in outlines(one) if line.id not in mine]
        for name, one in others.items()
    }
    known = [name for name, found in given.items() if found]
    if not known:
        return
    with st.expander(desk.say("outlines_title"), key="outlines-box"), form("outlines") as one:
        st.markdown(plain(desk.say("outlines_lead")))
        chosen = st.selectbox(
            desk.say("outlines_from"),
            known,
            format_func=lambda name: others[name].title,
            key=one.key("from"),
        )
        sent = st.form_submit_button(desk.say("outlines_take"))
    if sent and desk.decide(lambda state: take_over(state, given[str(chosen)])):
        one.kept(desk, "outlines_taken", count=len(given[str(chosen)]))


def outlines(state: Project) -> tuple[e.KaderWritten, ...]:
    """Give the lines of a higher level than the neighbourhood that hold in a project."""
    return tuple(one for one in kaders.in_force(state) if one.level != e.LEVELS[-1])


def take_over(state: Project, given: Sequence[e.KaderWritten]) -> Decided:
    """Write the outlines of another project here; those that are here already stay as they are."""
    return tuple(
        event
        for one in given
        if one.id not in state.kaders
        for event in kaders.write(state, one.model_copy(update={"overrides": None, "reason": ""}))
    )
