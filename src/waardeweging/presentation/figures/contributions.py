"""How a score adds up: one bar per option, one part per value or criterion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    FITS_NUMBER,
    INK,
    PALETTE,
    PATTERNS,
    Canvas,
    Picture,
    Row,
    Rows,
    escaped,
    ink_on,
    rows,
    wrapped,
)
from waardeweging.presentation.figures.names import (
    is_scored,
    mark,
    numbered,
    option_names,
    said,
    shown_order,
    tie_note,
    unique_names,
)
from waardeweging.presentation.numbers import number
from waardeweging.presentation.sentences import as_name, word
from waardeweging.problem.arrays import FloatArray

_KEY_LINE = 20
_LEAST_WITH_NUMBER = 5.0


@dataclass(frozen=True, slots=True)
class _Part:
    """What is stacked: points of every option that come from one value or criterion."""

    name: str
    points: FloatArray


def contributions(outcome: Outcome, language: Language) -> Picture:
    """Show how the joint score of every option adds up."""
    parts, order = _parts(outcome, language), shown_order(outcome)
    return Picture(
        text("figure.contributions.question", language),
        said(outcome, language, "winner", "only_option"),
        _figure(outcome, parts, language),
        _table(outcome, parts, order, language),
        text(
            "figure.contributions.alt",
            language,
            parts=", ".join(part.name for part in parts),
            options="; ".join(
                f"{numbered(outcome, row, language)}: "
                f"{number(100 * outcome.result.joint[row], language)}"
                for row in shown_order(outcome)
                if is_scored(outcome, row)
            ),
        ),
    )


def for_whom(outcome: Outcome, language: Language) -> Picture | None:
    """Show which part of every score is for which party.

    None when no criterion with weight names a party.
    """
    found, order = outcome.for_whom, shown_order(outcome)
    if not found.parties:
        return None
    parts = [
        _Part(word(party, language), 100 * points)
        for party, points in zip(found.parties, found.contributions, strict=True)
    ]
    if found.rest.any():
        parts.append(_Part(text("figure.for_whom.rest", language), 100 * found.rest))
    winner = outcome.result.winner
    most = max(parts, key=lambda part: float(part.points[winner]))
    name = option_names(outcome, language)[winner]
    return Picture(
        text("figure.for_whom.question", language),
        text(
            "figure.for_whom.sentence",
            language,
            option=as_name(name, language),
            party=most.name,
            points=number(most.points[winner], language),
            score=number(100 * outcome.result.joint[winner], language),
        ),
        _figure(outcome, tuple(parts), language),
        _table(outcome, tuple(parts), order, language),
        text(
            "figure.for_whom.alt",
            language,
            parts=", ".join(part.name for part in parts),
            option=name,
            points="; ".join(
                f"{part.name} {number(part.points[winner], language, 1)}" for part in parts
            ),
        ),
    )


def _parts(outcome: Outcome, language: Language) -> tuple[_Part, ...]:
    """Stack values when there are several, else criteria; what exceeds the palette is one rest."""
    shares = 100 * outcome.result.contributions
    of_value = [criterion.value for criterion in outcome.criteria]
    values = [one for one in outcome.scenario.problem.framework.values if one.id in of_value]
    if len(values) > 1:
        parts = [
            _Part(name, shares[:, [value == one.id for value in of_value]].sum(axis=1))
            for name, one in zip(unique_names(values, language), values, strict=True)
        ]
    else:
        names = unique_names(outcome.criteria, language)
        parts = [_Part(name, column) for name, column in zip(names, shares.T, strict=True)]
    return _limited(parts, language)


def _limited(parts: list[_Part], language: Language) -> tuple[_Part, ...]:
    if len(parts) <= len(PALETTE):
        return tuple(parts)
    by_size = sorted(parts, key=lambda part: -float(part.points.max()))
    large = {part.name for part in by_size[: len(PALETTE) - 1]}
    rest = np.sum([part.points for part in parts if part.name not in large], axis=0)
    kept = [part for part in parts if part.name in large]
    return (*kept, _Part(text("figure.rest", language), rest))


def _figure(outcome: Outcome, parts: tuple[_Part, ...], language: Language) -> go.Figure:
    note = tie_note(outcome, language)
    key_height = _KEY_LINE * ((len(parts) + 1) // 2 + bool(note)) + 6
    ranking = outcome.result.ranking
    labels = [wrapped(numbered(outcome, row, language)) for row in shown_order(outcome)]
    table = rows(labels, top=key_height, marked=len(ranking))
    totals = [100 * float(outcome.result.joint[row]) for row in ranking]
    end = 1.4 * max(*totals, 10.0)
    figure = Canvas(table.bottom, language, (0, end))
    _draw_key(figure, parts, end)
    figure.write(0, key_height - 6 - _KEY_LINE / 2, note, xref="paper")
    _draw_bars(figure, parts, table, ranking, language)
    figure.write_labels(table)
    for place, (row, total) in enumerate(zip(table.rows, totals, strict=False)):
        shown = number(total, language)
        words = shown if place else text("figure.of_100", language, x=shown)
        figure.write(total, row.mark, f"<b>{words}</b>", xshift=5)
    _draw_reference(figure, outcome, table, language)
    return figure.figure()


def _draw_reference(figure: Canvas, outcome: Outcome, table: Rows, language: Language) -> None:
    """Draw the score of the reference as a line through all bars, and write it at its name."""
    if outcome.reference is None:
        return
    score, ranked = 100 * float(outcome.result.joint[outcome.reference]), outcome.result.ranking
    marked = table.rows[: len(ranked)]
    ends = (marked[0].mark - marked[0].height / 2, marked[-1].mark + marked[-1].height / 2)
    figure.line((score, score), ends, colour=INK, width=2, dash="dash")
    place = shown_order(outcome).index(outcome.reference)
    shown = f"┆ {number(score, language)}"
    figure.write(1, table.rows[place].label, shown, xref="paper", xanchor="right", align="right")


def _draw_key(figure: Canvas, parts: tuple[_Part, ...], end: float) -> None:
    for index, part in enumerate(parts):
        x = (index % 2) * end / 2
        y = _KEY_LINE * (index // 2) + _KEY_LINE / 2
        figure.bar(
            x=[end * 0.045], y=[y], base=[x], width=14, hoverinfo="skip",
            marker=_marker(index),
        )  # fmt: skip
        figure.write(x + end * 0.045, y, wrapped(part.name, 20).split("<br>")[0], xshift=5)


def _draw_bars(
    figure: Canvas,
    parts: tuple[_Part, ...],
    table: Rows,
    order: tuple[int, ...],
    language: Language,
) -> None:
    options = list(order)
    base = np.zeros(len(options))
    placed = table.rows[: len(options)]
    for index, part in enumerate(parts):
        points = part.points[options]
        figure.bar(
            x=points,
            y=[row.mark for row in placed],
            base=base,
            width=[row.height for row in placed],
            marker=_marker(index),
            text=[number(x, language) if _has_room(x, placed[0]) else "" for x in points],
            textposition="inside",
            insidetextanchor="middle",
            insidetextfont={"color": ink_on(PALETTE[index])},
            textangle=0,
            constraintext="none",
            name=escaped(part.name),
            hovertemplate="%{fullData.name}: %{x:.1f}<extra></extra>",
        )
        base = base + points


def _has_room(points: float, row: Row) -> bool:
    return points >= _LEAST_WITH_NUMBER and row.height >= FITS_NUMBER


def _marker(index: int) -> dict[str, object]:
    return {
        "color": PALETTE[index],
        "line": {"color": "white", "width": 1},
        "pattern": {
            "shape": PATTERNS[index],
            "fgcolor": "white",
            "fgopacity": 0.35,
            "fillmode": "overlay",
            "size": 7,
            "solidity": 0.12,
        },
    }


def _table(
    outcome: Outcome, parts: tuple[_Part, ...], order: tuple[int, ...], language: Language
) -> pd.DataFrame:
    names = option_names(outcome, language)
    scored = {row for row in order if is_scored(outcome, row)}
    return pd.DataFrame(
        {
            text("table.option", language): [names[row] for row in order],
            text("table.place", language): [mark(outcome, row, language) for row in order],
            **{
                part.name: [
                    number(part.points[row], language, 1) if row in scored else "–" for row in order
                ]
                for part in parts
            },
            text("table.score", language): [
                number(100 * outcome.result.joint[row], language, 1) if row in scored else "–"
                for row in order
            ],
        }
    )
