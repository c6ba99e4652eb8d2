"""What a project adds to the record of one of its workshops: input, deviations, agreements.

The workshop's own log stands first; what it told already is not told again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from waardeweging.dossier.project.facts import fewest_of
from waardeweging.dossier.project.meetings import told_side
from waardeweging.dossier.project.source import ProjectSource
from waardeweging.dossier.record import (
    Agreement,
    Answer,
    Deviation,
    Indicator,
    IndicatorOfSide,
    Input,
    Ladder,
    Meeting,
    Minority,
    OpenRoom,
    Record,
    Support,
)
from waardeweging.elicitation.ballots import SIDES
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.dates import day_text
from waardeweging.presentation.numbers import joined
from waardeweging.presentation.sentences import word
from waardeweging.process.moments import day_of
from waardeweging.process.project import kaders
from waardeweging.process.project.events import INDICATORS, RUNGS, KaderWritten
from waardeweging.process.project.indicator_rows import IndicatorRow
from waardeweging.process.project.indicators import indicators
from waardeweging.process.project.state import Project

_ANSWERS: Mapping[str, Answer] = {"adopted": "adopted", "partly": "partly", "declined": "not"}
_LADDER: Mapping[str, Ladder] = dict(zip(RUNGS, get_args(Ladder), strict=True))
# Both lists hold the same twelve, in the same order.
_INDICATORS: Mapping[str, Indicator] = dict(zip(INDICATORS, get_args(Indicator), strict=True))


def with_project(
    record: Record, source: ProjectSource, workshop: str, language: Language
) -> Record:
    """Add to the record of a workshop what its project knows.

    Parameters
    ----------
    record : Record
        Of the workshop alone.
    source : ProjectSource
    workshop : str
        Id of the workshop.
    language : str
    """
    state, today = source.state, max(record.date or "", day_of(source.state.at))
    names = {**source.names(language)["options"], **source.names(language)["criteria"]}
    meetings = (*record.meetings, *_moments(state))
    told = (
        _indicators(one, workshop, language) for one in indicators(state, source.records, today)
    )
    return record.model_copy(
        update={
            "inputs": (*record.inputs, *_inputs(state, names, language, len(record.inputs))),
            "deviations": (*record.deviations, *_deviations(state)),
            "agreements": (*record.agreements, *_agreements(state, language)),
            "meetings": tuple(sorted(meetings, key=lambda one: one.date)),
            "minorities": (*record.minorities, *_minorities(state, workshop, names, language)),
            "indicators": (*record.indicators, *(one for row in told for one in row)),
            "room": (*record.room, *_room(state, language)),
            "support": _support(state, language),
        }
    )


def _inputs(
    state: Project, names: Mapping[str, str], language: Language, before: int
) -> Iterator[Input]:
    for number, one in enumerate(state.inputs.values(), before + 1):
        given, answered = one.given, one.answered
        about = [names.get(name, name) for name in (given.alternative, given.criterion) if name]
        yield Input(
            number=str(number),
            text=f"{', '.join(about)}: {given.text}" if about else given.text,
            answer=_ANSWERS[answered.reply] if answered else "open",
            because=answered.because if answered else "",
            owner=one.owner,
        )


def _deviations(state: Project) -> Iterator[Deviation]:
    for one in sorted(state.decisions.values(), key=lambda one: (one.day, one.id)):
        if one.departs:
            yield Deviation(point=one.advice, decided=one.what, because=one.reason, on=one.day)


def _agreements(state: Project, language: Language) -> Iterator[Agreement]:
    for one in state.agreements.values():
        said = one.written
        yield Agreement(
            who=said.who,
            what=said.what,
            when=day_text(said.due, language) if said.due else "–",
            status=said.status,
            contact=said.contact,
        )


def _moments(state: Project) -> Iterator[Meeting]:
    for one in state.moments.values():
        yield Meeting(date=one.day, what=one.what, decides=one.decides)


def _minorities(
    state: Project, workshop: str, names: Mapping[str, str], language: Language
) -> Iterator[Minority]:
    """Give the minority texts of this workshop; the side is told, never who."""
    for one in state.harvest.values():
        if one.minority and one.session == workshop:
            by = told_side(state, one, fewest_of(state)) or "somebody"
            yield Minority(
                by=text(f"dossier.workshop.by.{by}", language),
                about=names.get(one.criterion, one.criterion),
                text=one.text,
            )


def _indicators(row: IndicatorRow, workshop: str, language: Language) -> Iterator[IndicatorOfSide]:
    """Give what both sides answered at other moments, or neither: the gap is the signal."""
    if row.measure != "asked":
        return
    for n, moment in enumerate(row.moments):
        cells = [(side, row.cells[side][n]) for side in SIDES]
        if moment.id == workshop or any((cell.of or 0) < FEWEST for _, cell in cells):
            continue
        label = moment.label or text(f"dossier.project.cooperation.{moment.kind}", language)
        for side, cell in cells:
            if cell.value is not None:
                yield IndicatorOfSide(
                    indicator=_INDICATORS[row.indicator],
                    side=side,
                    moment=label,
                    people=cell.of or 0,
                    value=cell.value,
                )


def _room(state: Project, language: Language) -> Iterator[OpenRoom]:
    for line in kaders.in_force(state):
        by = line.owner or text(f"project.level.{line.level}", language)
        yield OpenRoom(what=line.text, is_fixed=line.fixed, by=by, source=line.source)


def _support(state: Project, language: Language) -> Support:
    held = {line.topic: line for line in kaders.in_force(state)}
    promise, leads = held.get("promise"), state.facilitator
    sides = sorted(leads.by, key=SIDES.index) if leads else []
    return Support(
        budget=_text(held.get("budget")),
        hours=_text(held.get("hours")),
        facilitator=leads.label if leads else _text(held.get("facilitator")),
        chosen_by=joined([word(side, language) for side in sides], language),
        promise=_LADDER[promise.value] if promise else None,
    )


def _text(line: KaderWritten | None) -> str:
    return line.text if line else ""
