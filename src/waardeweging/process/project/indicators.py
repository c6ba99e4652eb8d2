"""The twelve indicators of equal cooperation: per side, over time, the widest gap first.

Three kinds of grounds, never mixed: what follows from the log, what people answered, and
what somebody observed. There is no sum and no mean of indicators: a good number on one
would hide a bad one on another, and what matters is where the sides differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import cast

from waardeweging.process.answers import QUESTIONS
from waardeweging.process.chain import Recorded
from waardeweging.process.project import logged
from waardeweging.process.project.documented import Documented, in_time_share
from waardeweging.process.project.events import INDICATORS, Indicator, SessionWeighed
from waardeweging.process.project.indicator_moments import Moment, moments, states_at
from waardeweging.process.project.indicator_rows import (
    CHANGE,
    DAYS,
    GRADE,
    JOINT,
    OBSERVED,
    PEOPLE,
    RUNG,
    SHARE,
    STEP,
    Cell,
    IndicatorRow,
)
from waardeweging.process.project.indicator_table import NO_CASES, Table
from waardeweging.process.project.state import Project


def indicators(
    state: Project,
    records: Iterable[Recorded],
    today: str,
    *,
    facts: Mapping[int, Documented] | None = None,
) -> tuple[IndicatorRow, ...]:
    """Give every indicator of equal cooperation, the widest gap between the sides first.

    Parameters
    ----------
    state : Project
        As it now stands.
    records : iterable of Recorded
        Its whole chain, in order: what follows from the log is told as it stood then.
    today : str
        ISO 8601.
    facts : mapping of int to Documented, optional
        Performances with source and range, by version of the project's files.

    Returns
    -------
    tuple of IndicatorRow
        A row per measure. What the log always tells has a row; what nobody asked or
        observed has one row without values, so that the twelve are all there.

    Notes
    -----
    ====================  =========================  ======================================
    indicator, measure    scale                      value
    ====================  =========================  ======================================
    equal_weight.steps    0–4, joint                 no rule … agreed, half each, frozen
    say.steps             0–4, per side              nothing … own rule, frozen
    say.adopted           share, per side            rules proposed by the side and adopted
    room.promised         rung 1–5, joint            what the sheets promise
    room.asked            1–5, per side              "as was promised"
    room.kept             −4–4, per side             observed rung minus promised rung
    information.in_time   share, joint               source and range 5 days before
    information.asked     1–5, per side              "I understood the information"
    voice.asked           1–5, per side
    seriously.asked       1–5, per side
    trust.asked           1–5, per side
    trust.change          −4–4, per side             since the start
    reasoning.complete    share, joint               reason, losing argument, owner and day
    follow_through.…      share and days, per side   inputs answered, and after how long
    took_part.…           people and shares          how many, newcomers, who came again
    took_part.match       share, joint               likeness with the neighbourhood
    difference.…          share, joint               disputed criteria with a minority text
    difference.asked      1–5, per side
    facilitation.steps    0–4, joint                 nobody … independent, to the end
    ⟨any⟩.observed        see `OBSERVED`             what somebody saw
    ====================  =========================  ======================================

    A mean is left out below five people, or below the number that the members agreed on.
    """
    times = moments(state, today)
    then = states_at(state, records, [one.day for one in times if one.day <= today])
    table = Table(state, times, today, {**then, today: state}, facts or {})
    rows = [row for make in (_logged, _asked, _observed) for row in make(table)]
    return tuple(sorted(_filled(rows), key=_first_the_widest))


def _first_the_widest(row: IndicatorRow) -> tuple[float, int]:
    return -row.wideness, INDICATORS.index(row.indicator)


def _filled(rows: list[IndicatorRow]) -> list[IndicatorRow]:
    """Leave out rows without a value, but never the last row of an indicator."""
    told = {row.indicator for row in rows if not row.is_empty}
    found = {row.indicator: row for row in reversed(rows) if row.indicator not in told}
    return [row for row in rows if not row.is_empty or found.get(row.indicator) is row]


def _logged(table: Table) -> Iterator[IndicatorRow]:
    """Give what follows from the log."""
    joint = (JOINT,)
    yield table.log("equal_weight.steps", STEP, table.steps_of_weight, joint)
    yield table.log("say.steps", STEP, lambda s, _, side: logged.steps_of_say(s, side))
    yield table.log("say.adopted", SHARE, lambda s, _, side: logged.adopted_share(s, side))
    yield table.log("room.promised", RUNG, lambda s, *_: logged.promised_rung(s), joint)
    yield table.log("reasoning.complete", SHARE, lambda s, *_: logged.reasoned_share(s), joint)
    yield table.log(
        "follow_through.answered", SHARE, lambda s, _, side: logged.answered_share(s, side)
    )
    yield table.log("follow_through.days", DAYS, lambda s, _, side: logged.answer_days(s, side))
    yield table.log(
        "facilitation.steps",
        STEP,
        lambda s, one, _: logged.steps_of_facilitation(s, one.day),
        joint,
    )
    yield from _of_sessions(table)


def _of_sessions(table: Table) -> Iterator[IndicatorRow]:
    """Give what the log says of sessions only."""
    state, joint = table.state, (JOINT,)

    def in_time(one: Moment, _: str) -> Cell:
        return in_time_share(state, one.id, table.facts) if one.kind == "session" else NO_CASES

    def recognised(one: Moment, _: str) -> Cell:
        return logged.recognised_share(state, one.id) if one.kind == "session" else NO_CASES

    yield table.row("information", "in_time", "log", SHARE, in_time, sides=joint)
    yield table.row("difference", "recognised", "log", SHARE, recognised, sides=joint)
    yield table.row("took_part", "people", "log", PEOPLE, table.of_result(_people))
    yield table.row("took_part", "newcomers", "log", SHARE, table.of_result(_newcomers))
    yield table.row("took_part", "stayed", "log", SHARE, table.of_result(_stayed))
    for attribute in _attributes(state):
        cell = table.of_result(partial(_match, attribute))
        yield table.row("took_part", "match", "log", SHARE, cell, sides=joint, about=attribute)


def _match(attribute: str, held: SessionWeighed, _: str) -> float | None:
    return held.matches.get(attribute)


def _people(held: SessionWeighed, side: str) -> float | None:
    return held.counted.get(side)


def _newcomers(held: SessionWeighed, side: str) -> float | None:
    return held.newcomers.get(side)


def _stayed(held: SessionWeighed, side: str) -> float | None:
    return held.stayed.get(side)


def _attributes(state: Project) -> tuple[str, ...]:
    held = [one.weighed for one in state.sessions.values() if one.weighed]
    return tuple({name: None for one in held for name in one.matches})


def _asked(table: Table) -> Iterator[IndicatorRow]:
    """Give what people answered, and how trust changed since the start."""
    for question in QUESTIONS:
        cell = partial(table.asked, question)
        yield table.row(cast("Indicator", question), "asked", "asked", GRADE, cell)
    yield table.row("trust", "change", "asked", CHANGE, table.change_of_trust)


def _observed(table: Table) -> Iterator[IndicatorRow]:
    """Give what somebody observed, and whether the promised room was there."""
    for indicator, scale in OBSERVED.items():
        cell = partial(table.observed, indicator)
        yield table.row(indicator, "observed", "observed", scale, cell)
    yield table.row("room", "kept", "observed", CHANGE, table.kept_promise)
