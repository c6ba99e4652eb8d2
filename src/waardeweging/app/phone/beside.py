"""One's own weighing beside that of both sides, once the hall has seen theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from starlette.responses import Response

from waardeweging.analysis.outcome import Outcome
from waardeweging.app.hall.results import Withheld, outcome_of, told_of
from waardeweging.app.phone.live import asked_now
from waardeweging.app.phone.paint import page, watching
from waardeweging.app.phone.visits import Visit
from waardeweging.elicitation.ballots import SIDES
from waardeweging.elicitation.weighing import personal_weights
from waardeweging.presentation.numbers import joined, number
from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.labels import Label
from waardeweging.process.answers import Given, as_ballots
from waardeweging.process.publication import ROUNDS, has_seen
from waardeweging.scoring.additive import additive_scores, ranks

OWN = "you"
_ALIKE = 3
_TOP = 3
_DIGITS = 9
_WITHHELD = {"not_closed": "not_yet", "few_changed": "changed"}


@dataclass(frozen=True, slots=True)
class Column:
    """Whose points these are: ``you`` or a side, with weights per criterion."""

    who: str
    weights: FloatArray


@dataclass(frozen=True, slots=True)
class Row:
    """A value or criterion with whole points per column.

    Parameters
    ----------
    label : Label
    is_value : bool
    points : tuple of (str, str, int)
        Whose they are, written out, and how long their bar is. [percent]
    """

    label: Label
    is_value: bool
    points: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An option with its place; of one's own only where one weighed."""

    label: Label
    own: int | None
    joint: int


def beside(visit: Visit) -> Response:
    """Show one's own points beside those of both sides, and later the order of the options."""
    if visit.here.screen.emergency or asked_now(visit):
        return visit.go("now")
    found = _published(visit)
    always: dict[str, Any] = {
        "watch": watching(visit, "beside", waiting=True),
        "here": f"/w/{visit.room}/beside",
    }
    if isinstance(found, Withheld):
        why = _WITHHELD.get(found.reason, "few")
        said = visit.say(f"beside.{why}", fewest=visit.here.rules.fewest)
        return page(visit, "beside", sentences=[said], columns=(), ranked=(), **always)
    sheet = _sheet_told(visit)
    own = _own_weights(visit, found, sheet)
    columns = _columns(visit, found, own)
    ranked = _ranked(found, own) if _ranking_told(visit) else ()
    return page(
        visit,
        "beside",
        sentences=[_sentence(visit, found, columns)],
        which=visit.say(f"beside.{sheet}"),
        columns=columns,
        rows=_rows(visit, found, columns),
        ranked=ranked,
        has_own=own is not None,
        top=_top(visit, found, own) if ranked else (),
        **always,
    )


def _published(visit: Visit) -> Outcome | Withheld:
    """Give what the hall may see of both sides; nothing about a side of too few."""
    found = outcome_of(visit.hall.store, visit.here)
    if isinstance(found, Withheld):
        return found
    counts = [found.weighing.sides.count(side) for side in SIDES]
    return Withheld("few_side") if min(counts) < visit.here.rules.fewest else found


def _sheet_told(visit: Visit) -> str:
    second = told_of(visit.hall.store, visit.here)[ROUNDS[1]]
    return ROUNDS[0] if second.at is None else ROUNDS[1]


def _ranking_told(visit: Visit) -> bool:
    """Say whether the hall saw the order of the options that stands now."""
    seen = told_of(visit.hall.store, visit.here)
    since = max(seen[sheet].at or 0 for sheet in ROUNDS)
    return has_seen(visit.hall.store.records(visit.here.id), "outcome", since)


def _own_weights(visit: Visit, outcome: Outcome, sheet: str) -> FloatArray | None:
    """Give the weights that follow from one's answer; None without one, or without points."""
    store, me = visit.hall.store, visit.me
    given = store.own(me, sheet) or store.own(me, ROUNDS[0])
    if given is None:
        return None
    mine = Given("", me.side, me.department, given)
    framework = outcome.scenario.problem.framework
    ballots = as_ballots([mine], framework, outcome.scenario.perspective, 1)
    counted, weights = personal_weights(ballots, outcome.columns)
    return weights[0] if counted else None


def _columns(visit: Visit, outcome: Outcome, own: FloatArray | None) -> tuple[Column, ...]:
    """Order the columns: one's own, one's own side, the other side."""
    weighing = outcome.weighing
    sides = dict(zip(SIDES, (weighing.residents, weighing.municipality), strict=True))
    ordered = sorted(SIDES, key=lambda side: side != visit.me.side)
    mine = [] if own is None else [Column(OWN, own)]
    return (*mine, *(Column(side, sides[side]) for side in ordered))


def _rows(visit: Visit, outcome: Outcome, columns: Sequence[Column]) -> list[Row]:
    parents = [criterion.value for criterion in outcome.criteria]
    groups = {
        value: [j for j, parent in enumerate(parents) if parent == value.id]
        for value in outcome.scenario.problem.framework.values
        if value.id in parents
    }
    longest = max(one.weights[group].sum() for one in columns for group in groups.values())

    def row(label: Label, group: list[int], *, is_value: bool) -> Row:
        shares = [(one.who, float(one.weights[group].sum())) for one in columns]
        return Row(
            label,
            is_value,
            tuple(
                (who, number(100 * share, visit.language), round(100 * share / longest))
                for who, share in shares
            ),
        )

    return [
        one
        for value, group in groups.items()
        for one in (
            row(value.label, group, is_value=True),
            *(row(outcome.criteria[j].label, [j], is_value=False) for j in group),
        )
    ]


def _sentence(visit: Visit, outcome: Outcome, columns: Sequence[Column]) -> str:
    """Say in which criterion one differs most from a side."""
    if columns[0].who != OWN:
        return visit.say("beside.no_own")
    own, *sides = columns
    points = np.rint([100 * one.weights for one in sides])
    mine = np.rint(100 * own.weights)
    gaps = np.abs(points - mine)
    if gaps.max() < _ALIKE:
        return visit.say("beside.alike")
    # Of equal gaps, the one with the other side says more.
    side, j = max(np.ndindex(gaps.shape), key=lambda at: (gaps[at], at[0]))
    return visit.say(
        "beside.most",
        criterion=outcome.criteria[j].label[visit.language],
        own=number(float(mine[j]), visit.language),
        side=visit.say(f"beside.the_{sides[side].who}"),
        other=number(float(points[side, j]), visit.language),
    )


def _ranked(outcome: Outcome, own: FloatArray | None) -> tuple[Ranked, ...]:
    """Give the best options of oneself and of all together, in the joint order."""
    result = outcome.result
    alternatives = outcome.scenario.problem.alternatives
    places = None if own is None else ranks(_own_scores(outcome, own))
    rows = [
        Ranked(alternatives[row].label, None if places is None else int(places[row]), place)
        for place, row in enumerate(result.ranking, start=1)
    ]
    return tuple(one for one in rows if min(one.joint, one.own or _TOP + 1) <= _TOP)


def _own_scores(outcome: Outcome, own: FloatArray) -> FloatArray:
    """Score the options under one's own weights; what is not eligible comes last."""
    scores = np.round(additive_scores(outcome.result.values, own), _DIGITS)
    return np.where(outcome.result.eligible, scores, -1.0)


def _top(visit: Visit, outcome: Outcome, own: FloatArray | None) -> list[str]:
    """Say what comes first for oneself and for all together, and whether that is close."""
    result, language = outcome.result, visit.language
    labels = [one.label[language] for one in outcome.scenario.problem.alternatives]
    joint = labels[result.winner]
    close = [visit.say("beside.top_close", count=len(result.ties))] if result.ties else []
    if own is None:
        return [visit.say("beside.top_joint", joint=joint), *close]
    first = np.flatnonzero(ranks(_own_scores(outcome, own)) == 1).tolist()
    key = "top_same" if first == [result.winner] else "top_differ"
    mine = joined([labels[row] for row in first], language)
    return [visit.say(f"beside.{key}", own=mine, joint=joint), *close]
