"""Two rounds: what each side found important before and after."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.rounds import RoundResult
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    GREY,
    MOST_ROWS,
    MUNICIPALITY_MARK,
    RESIDENTS_MARK,
    Canvas,
    Picture,
    Rows,
    escaped,
    rows,
    wrapped,
)
from waardeweging.presentation.figures.names import said, unique_names
from waardeweging.presentation.numbers import number
from waardeweging.presentation.sentences import word
from waardeweging.problem.arrays import FloatArray

_KEY = 44
_AXIS = 50
# Room for a mark per side, one below the other.
_THICK = 22.0
_APART = 5.5
_SIDES = (("residents", RESIDENTS_MARK, -_APART), ("municipality", MUNICIPALITY_MARK, _APART))


def rounds_weights(outcome: Outcome, language: Language) -> Picture | None:
    """Show the mean weights of both sides after the first and the last round.

    None after one round, or when too few people answered again to compare.
    """
    found = outcome.rounds
    if found is None or not found.may_show or len(found.results) < 2:
        return None
    first, last = found.results[0], found.results[-1]
    moved = np.abs(last.residents - first.residents) + np.abs(
        last.municipality - first.municipality
    )
    order = np.argsort(-moved, kind="stable").tolist()
    names = unique_names(outcome.criteria, language)
    return Picture(
        text("figure.rounds.question", language),
        said(outcome, language, "rounds_gap"),
        _drawn(first, last, order[:MOST_ROWS], names, language),
        _table(first, last, order, names, language),
        text(
            "figure.rounds.alt",
            language,
            before=first.number,
            after=last.number,
            criteria="; ".join(_change(first, last, j, names[j], language) for j in order),
        ),
    )


def _change(
    first: RoundResult, last: RoundResult, place: int, name: str, language: Language
) -> str:
    return text(
        "figure.rounds.change",
        language,
        criterion=name,
        residents_before=number(100 * first.residents[place], language),
        residents_after=number(100 * last.residents[place], language),
        municipality_before=number(100 * first.municipality[place], language),
        municipality_after=number(100 * last.municipality[place], language),
    )


def _drawn(
    first: RoundResult,
    last: RoundResult,
    order: Sequence[int],
    names: Sequence[str],
    language: Language,
) -> go.Figure:
    table = rows([wrapped(names[j]) for j in order], top=_KEY, below=_AXIS, thinnest=_THICK)
    each = [(getattr(first, side), getattr(last, side)) for side, _, _ in _SIDES]
    highest = 100 * max(float(weights[order].max()) for pair in each for weights in pair)
    end = 5 * float(np.ceil(highest / 5 + 0.6))
    figure = Canvas(
        table.bottom, language, (-0.04 * end, end), text("figure.rounds.axis", language)
    )
    _draw_key(figure, end, (first.number, last.number), language)
    for (_, mark, shift), (before, after) in zip(_SIDES, each, strict=True):
        _draw_side(figure, mark, shift, 100 * before[order], 100 * after[order], table)
    figure.write_labels(table)
    return figure.figure()


def _draw_side(
    figure: Canvas,
    mark: tuple[str, str],
    shift: float,
    before: FloatArray,
    after: FloatArray,
    table: Rows,
) -> None:
    colour, symbol = mark
    heights = [row.mark + shift for row in table.rows]
    for ends, y in zip(zip(before.tolist(), after.tolist(), strict=True), heights, strict=True):
        figure.line(ends, (y, y), colour=GREY, width=2, layer="below")
    for x, form in ((before, f"{symbol}-open"), (after, symbol)):
        figure.marks(
            x=x.tolist(),
            y=heights,
            marker={"color": colour, "symbol": form, "size": 10, "line": {"width": 2}},
            hovertemplate="%{x:.1f}<extra></extra>",
        )


def _draw_key(figure: Canvas, end: float, numbers: tuple[int, int], language: Language) -> None:
    """Name the two marks, and say which is before and which is after."""
    high, low = _KEY / 4, 3 * _KEY / 4 - 2
    for place, (side, (colour, symbol), _) in zip((0.0, 0.5 * end), _SIDES, strict=True):
        figure.marks(x=[place], y=[high], marker={"color": colour, "symbol": symbol, "size": 10},
                     hoverinfo="skip")  # fmt: skip
        figure.write(place, high, f"<b>{escaped(word(side, language))}</b>", xshift=10)
    for place, key, round_number in zip(
        (0.0, 0.5 * end), ("before", "after"), numbers, strict=True
    ):
        figure.write(place, low, text(f"figure.rounds.{key}", language, round=round_number))


def _table(
    first: RoundResult,
    last: RoundResult,
    order: Sequence[int],
    names: Sequence[str],
    language: Language,
) -> pd.DataFrame:
    columns = {text("table.criterion", language): [names[j] for j in order]}
    for side, _, _ in _SIDES:
        for one in (first, last):
            head = text(f"table_of_people.round_{side}", language, round=one.number)
            columns[head] = [number(100 * getattr(one, side)[j], language, 1) for j in order]
    return pd.DataFrame(columns)
