"""Working together as equals: where each side stands on an indicator, now and over time."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    GREY,
    INK,
    MOST_ROWS,
    MUNICIPALITY_MARK,
    RESIDENTS_MARK,
    Canvas,
    Picture,
    Row,
    escaped,
    rows,
    wrapped,
)
from waardeweging.presentation.indicator_tables import (
    cell_text,
    dated_moment,
    gap_text,
    gaps_table,
    indicator_name,
    latest,
    row_table,
    value_text,
    widest_sentences,
)
from waardeweging.presentation.sentences import word
from waardeweging.process.project.indicator_rows import JOINT, Cell, IndicatorRow

_KEY = 26
_AXIS = 50
_SHORT = 20
# Room for a number beside a mark, below the last line of the label.
_THICK = 20.0
_MARKS = {"residents": RESIDENTS_MARK, "municipality": MUNICIPALITY_MARK, JOINT: (INK, "square")}
# Marks this close on the scale would hide each other's number.
_CLOSE = 0.02
_APART = 4.5


def cooperation_gaps(rows_given: Sequence[IndicatorRow], language: Language) -> Picture | None:
    """Show both sides on every indicator with two ends, the widest gap first.

    Each row has its own scale: places can be compared within a row, not between rows. None
    when no indicator is known of both sides.
    """
    shown = [row for row in rows_given if row.gap is not None and row.scale.high is not None]
    if not shown:
        return None
    return Picture(
        text("indicator.figure.question", language),
        " ".join(widest_sentences(shown, language)),
        _dumbbells(shown[:MOST_ROWS], language),
        gaps_table(rows_given, language),
        text(
            "indicator.figure.alt",
            language,
            rows="; ".join(_words(row, language) for row in shown),
        ),
    )


def cooperation_over_time(row: IndicatorRow, language: Language) -> Picture | None:
    """Show one indicator at every moment that has a value, the first on top; None without any."""
    places = [place for place in range(len(row.moments)) if _known(row, place)]
    if not places:
        return None
    name = indicator_name(row, language)
    return Picture(
        text("indicator.figure.over_time", language, name=name),
        _said_last(row, places[-1], language),
        _course(row, places, language),
        row_table(row, language),
        text(
            "indicator.figure.over_time_alt",
            language,
            scale=text(f"indicator.scale.{row.scale.unit}", language),
            rows="; ".join(_at(row, place, language) for place in places),
        ),
    )


def _dumbbells(shown: Sequence[IndicatorRow], language: Language) -> go.Figure:
    labels = [wrapped(indicator_name(row, language), _SHORT) for row in shown]
    table = rows(labels, top=_KEY, below=_AXIS, thinnest=_THICK)
    ends = {
        0.0: text("indicator.figure.lowest", language),
        1.0: text("indicator.figure.highest", language),
    }
    figure = Canvas(
        table.bottom, language, (-0.14, 1.14), text("indicator.figure.axis", language), ends
    )
    _draw_key(figure, SIDES, (-0.14, 1.14), language)
    for row, placed in zip(shown, table.rows, strict=True):
        _draw_cells(figure, row, latest(row) or 0, placed, language)
    figure.write_labels(table, [gap_text(row, row.gap, language, narrow=True) for row in shown])
    return figure.figure()


def _course(row: IndicatorRow, places: Sequence[int], language: Language) -> go.Figure:
    table = rows(
        [wrapped(dated_moment(row.moments[place], language), _SHORT) for place in places],
        top=_KEY,
        below=_AXIS,
        thinnest=_THICK,
    )
    scale, end = row.scale, _end(row)
    ticks = {
        (at - scale.low) / (end - scale.low): value_text(at, scale, language)
        for at in (scale.low, end)
    }
    figure = Canvas(
        table.bottom,
        language,
        (-0.14, 1.14),
        text(f"indicator.scale.{scale.unit}", language),
        ticks,
    )
    sides = tuple(row.cells)
    _draw_key(figure, sides, (-0.14, 1.14), language)
    for place, placed in zip(places, table.rows, strict=True):
        _draw_cells(figure, row, place, placed, language)
    gaps = [gap_text(row, row.gaps[place], language, narrow=True) for place in places]
    figure.write_labels(table, () if row.is_joint else gaps)
    return figure.figure()


def _draw_cells(
    figure: Canvas, row: IndicatorRow, place: int, placed: Row, language: Language
) -> None:
    """Draw a mark per side, a line between them, and the numbers outside."""
    low, end = row.scale.low, _end(row)
    found = [
        ((cell.value - low) / (end - low), side, cell)
        for side, cells in row.cells.items()
        if (cell := cells[place]).value is not None
    ]
    found.sort(key=lambda one: one[0])
    figure.line((found[0][0], found[-1][0]), (placed.mark,) * 2, colour=GREY, width=3,
                layer="below")  # fmt: skip
    # Marks at one place stand one above the other, or one would hide the other.
    apart = 0.0 if found[-1][0] - found[0][0] >= _CLOSE or len(found) == 1 else _APART
    for place_of_mark, (x, side, cell) in enumerate(found):
        colour, symbol = _MARKS[side]
        figure.marks(
            x=[x],
            y=[placed.mark + apart * (2 * place_of_mark - 1)],
            marker={"color": colour, "symbol": symbol, "size": 11},
            customdata=[_short(row, cell, language)],
            hovertemplate="%{customdata}<extra></extra>",
        )
    figure.write(found[-1][0], placed.mark, _short(row, found[-1][2], language), xshift=9)
    if found[-1][0] - found[0][0] >= _CLOSE:
        words = _short(row, found[0][2], language)
        figure.write(found[0][0], placed.mark, words, xanchor="right", xshift=-9)


def _draw_key(
    figure: Canvas, sides: Sequence[str], x_range: tuple[float, float], language: Language
) -> None:
    low, high = x_range
    for place, side in enumerate(sides):
        x = low + (0.02 + 0.5 * place) * (high - low)
        colour, symbol = _MARKS[side]
        figure.marks(x=[x], y=[_KEY / 2 - 3], hoverinfo="skip",
                     marker={"color": colour, "symbol": symbol, "size": 11})  # fmt: skip
        name = text("indicator.everyone", language) if side == JOINT else word(side, language)
        figure.write(x, _KEY / 2 - 3, f"<b>{escaped(name)}</b>", xshift=10)


def _short(row: IndicatorRow, cell: Cell, language: Language) -> str:
    return "" if cell.value is None else value_text(cell.value, row.scale, language)


def _end(row: IndicatorRow) -> float:
    """Give the end of the scale; without one, the largest value that is there."""
    if row.scale.high is not None:
        return row.scale.high
    known = [cell.value for side in row.cells.values() for cell in side if cell.value is not None]
    return max(*known, row.scale.low + 1.0)


def _known(row: IndicatorRow, place: int) -> bool:
    return any(cells[place].value is not None for cells in row.cells.values())


def _words(row: IndicatorRow, language: Language) -> str:
    values = _values(row, latest(row) or 0, language)
    return text("indicator.figure.row", language, name=indicator_name(row, language), **values)


def _at(row: IndicatorRow, place: int, language: Language) -> str:
    form = "at_joint" if row.is_joint else "at"
    return text(f"indicator.figure.{form}", language, **_values(row, place, language))


def _said_last(row: IndicatorRow, place: int, language: Language) -> str:
    form = "last_joint" if row.is_joint else "last"
    return text(f"indicator.figure.{form}", language, **_values(row, place, language))


def _values(row: IndicatorRow, place: int, language: Language) -> dict[str, str]:
    shown = {
        "value" if side == JOINT else side: cell_text(cells[place], row.scale, language)
        for side, cells in row.cells.items()
    }
    return {"moment": dated_moment(row.moments[place], language), **shown}
