"""Working together as equals: the indicators per side and over time, the widest gap first."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from waardeweging.app.parts import plain, show_list, show_picture
from waardeweging.app.projects import surveys
from waardeweging.app.projects.desk import ProjectDesk, form
from waardeweging.app.projects.parts import ask_side, show_lead
from waardeweging.app.tables import show_frame
from waardeweging.dossier.project.source import source_of_project
from waardeweging.presentation.catalog import text
from waardeweging.presentation.drift_text import drift_sentences
from waardeweging.presentation.figures.cooperation import cooperation_gaps, cooperation_over_time
from waardeweging.presentation.indicator_tables import (
    dated_moment,
    gaps_table,
    indicator_name,
    indicator_sentences,
    moments_table,
    nothing_known,
)
from waardeweging.process.project import events as e
from waardeweging.process.project import sessions
from waardeweging.process.project.documented import Documented
from waardeweging.process.project.indicator_moments import moments
from waardeweging.process.project.indicator_rows import OBSERVED, IndicatorRow, Scale
from waardeweging.process.project.indicators import indicators
from waardeweging.process.project.rules import rules_of_evening
from waardeweging.store import Store

_MOST_GROUNDS = 5000
_PERCENT = 100.0
_STEPS = {"share": 5.0, "grade": 0.5}


def show(desk: ProjectDesk) -> None:
    """Show where the sides differ in how they experience the cooperation, and ask what was seen."""
    rows = rows_of(desk)
    fewest = rules_of_evening(desk.state).fewest
    st.subheader(_say(desk, "title"), anchor=False)
    show_lead(_say(desk, "lead"))
    show_list(indicator_sentences(rows, desk.language, fewest))
    if not nothing_known(rows):
        _figures(desk, rows)
    if desk.writes:
        with st.expander(_say(desk, "observe"), key="indicators-observe"):
            _observe(desk)
    if desk.runs:
        with st.expander(_say(desk, "take_over"), key="indicators-survey"):
            surveys.show(desk)


def _figures(desk: ProjectDesk, rows: tuple[IndicatorRow, ...]) -> None:
    _gaps(desk, rows)
    _over_time(desk, rows)
    show_list(drift_sentences(desk.state, desk.language))
    with st.expander(_say(desk, "all_title"), key="indicators-all"):
        show_frame(_say(desk, "all_title"), moments_table(rows, desk.language))


def rows_of(desk: ProjectDesk) -> tuple[IndicatorRow, ...]:
    """Give the indicators of the project; made once per record of its chain and per day."""
    return _rows(desk.state.id, desk.state.number, desk.today, desk.store)


@st.cache_resource(show_spinner=False, max_entries=32)
def _rows(project: str, number: int, today: str, _store: Store) -> tuple[IndicatorRow, ...]:
    state = _store.project(project)
    facts = _facts(project, len(state.files), _store)
    return indicators(state, _store.records(project), today, facts=facts)


@st.cache_resource(show_spinner=False, max_entries=32)
def _facts(project: str, versions: int, _store: Store) -> Mapping[int, Documented]:
    # Versions of files never change: they are read again only when there is one more.
    return source_of_project(_store, project).documented


def _gaps(desk: ProjectDesk, rows: tuple[IndicatorRow, ...]) -> None:
    picture = cooperation_gaps(rows, desk.language)
    title = _say(desk, "gaps_title")
    st.subheader(title, anchor=False)
    if picture is None:
        show_frame(title, gaps_table(rows, desk.language))
    else:
        show_picture(picture, "indicator-gaps", said=True)


def _over_time(desk: ProjectDesk, rows: tuple[IndicatorRow, ...]) -> None:
    known = {indicator_name(row, desk.language): row for row in rows if not row.is_empty}
    chosen = st.selectbox(_say(desk, "choose"), list(known), key="indicator-chosen")
    picture = cooperation_over_time(known[chosen], desk.language)
    if picture is not None:
        show_picture(picture, "indicator-over-time")


def _observe(desk: ProjectDesk) -> None:
    """Ask what somebody saw, on the scale of the indicator, with how everybody can see it."""
    st.markdown(plain(_say(desk, "observe_lead")))
    indicator = st.selectbox(
        _say(desk, "indicator"),
        e.INDICATORS,
        format_func=lambda name: desk.name("indicator", name),
        key="observed-indicator",
    )
    scale = OBSERVED[indicator]
    times = {one.id: one for one in moments(desk.state, desk.today) if one.kind != "now"}
    with form(f"observed-{indicator}") as one:
        moment = st.selectbox(
            _say(desk, "moment"),
            list(times),
            format_func=lambda name: dated_moment(times[name], desk.language),
            key=one.key("moment"),
        )
        side = ask_side(desk, one.key("side"))
        value = _ask_value(desk, one.key("value"), scale)
        grounds = st.text_area(
            _say(desk, "grounds"), max_chars=_MOST_GROUNDS, key=one.key("grounds")
        )
        sent = st.form_submit_button(_say(desk, "keep"))
    given = {"indicator": indicator, "moment": moment, "side": side, "grounds": grounds}
    if sent and value is None:
        st.error(plain(_say(desk, "no_value")))
    elif sent and desk.write(sessions.observe, e.IndicatorObserved, value=value, **given):
        one.kept(desk, "kept")


def _ask_value(desk: ProjectDesk, key: str, scale: Scale) -> float | None:
    """Ask for a value; a share is asked as a percentage."""
    factor = _PERCENT if scale.unit == "share" else 1
    given = st.number_input(
        _say(desk, "value", scale=text(f"indicator.scale.{scale.unit}", desk.language)),
        min_value=factor * scale.low,
        max_value=None if scale.high is None else factor * scale.high,
        value=None,
        step=_STEPS.get(scale.unit, 1.0),
        format=None if scale.unit == "grade" else "%.0f",
        key=key,
    )
    return None if given is None else float(given) / factor


def _say(desk: ProjectDesk, key: str, **values: object) -> str:
    return text(f"indicator.tab.{key}", desk.language, **values)
