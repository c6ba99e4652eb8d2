"""Pictures of a whole country: what is chosen, how firmly, and in which municipalities."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.batch.results import BatchTable
from waardeweging.analysis.batch.selection import by_area, chosen
from waardeweging.presentation.batch_tables import option_name
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    INK,
    MOST_ROWS,
    MUNICIPALITY_MARK,
    PALE,
    PALETTE,
    Canvas,
    Picture,
    rows,
    wrapped,
)
from waardeweging.presentation.numbers import number, percent, points

_AXIS = 50
_KEY = 26
_BINS = 8
_MOST_AREAS = 12
_NICE = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Measure:
    """A column whose spread can be shown.

    Parameters
    ----------
    column : str
    times : float
        What a number is multiplied with before it is shown.
    written : callable
        Writes a number so multiplied, with its unit.
    """

    column: str
    times: float
    written: Callable[[float, Language], str]


def _percent_of(x: float, language: Language) -> str:
    return percent(x / 100, language)


def _points_of(x: float, language: Language) -> str:
    return points(x, language, 1)


MEASURES = (
    Measure("points_to_flip", 1.0, _points_of),
    Measure("winner_share", 100.0, _percent_of),
    Measure("winner_share_bands", 100.0, _percent_of),
    Measure("margin", 100.0, _points_of),
    Measure("regret", 100.0, _points_of),
    Measure("value_of_information", 100.0, _points_of),
)


def chosen_options(frame: pd.DataFrame, table: BatchTable, language: Language) -> Picture:
    """Show how often every option is chosen, by weighing and by costs alone."""
    counts = chosen(frame)
    names = [option_name(table, one, language) for one in counts["option"]]
    weighing, costs = counts["weighing"].tolist(), counts["costs"].tolist()
    said = [number(x, language) for x in weighing]
    first = text(
        "figure.chosen.sentence",
        language,
        option=names[0] if names else "–",
        count=said[0] if said else "0",
    )
    return Picture(
        text("figure.chosen.question", language),
        first,
        _chosen_figure(names, weighing, costs, language),
        pd.DataFrame(
            {
                text("table.option", language): names,
                text("figure.chosen.weighing", language): said,
                text("figure.chosen.costs", language): [number(x, language) for x in costs],
            }
        ),
        text(
            "figure.chosen.alt",
            language,
            options="; ".join(
                f"{name}: {one}, {number(other, language)}"
                for name, one, other in zip(names, said, costs, strict=True)
            ),
        ),
    )


def _chosen_figure(
    names: Sequence[str], weighing: Sequence[int], costs: Sequence[int], language: Language
) -> go.Figure:
    shown = slice(0, MOST_ROWS)
    table = rows([wrapped(name) for name in names[shown]], top=_KEY, below=_AXIS)
    most = max([1, *weighing[shown], *costs[shown]])
    title = text("figure.neighbourhoods", language)
    figure = Canvas(table.bottom, language, (0, 1.12 * most), title)
    mark, symbol = MUNICIPALITY_MARK
    figure.bar(x=[0.03 * most], y=[_KEY / 2 - 3], width=12, marker={"color": PALETTE[0]})
    figure.write(0.04 * most, _KEY / 2 - 3, text("figure.chosen.weighing", language))
    figure.marks(
        x=[0.6 * most], y=[_KEY / 2 - 3], marker={"color": mark, "symbol": symbol, "size": 11}
    )
    figure.write(0.62 * most, _KEY / 2 - 3, text("figure.chosen.costs", language), xshift=6)
    y = [row.mark for row in table.rows]
    figure.bar(
        x=list(weighing[shown]),
        y=y,
        width=[0.8 * row.height for row in table.rows],
        marker={"color": PALETTE[0]},
        hoverinfo="skip",
    )
    figure.marks(
        x=list(costs[shown]),
        y=y,
        marker={
            "color": mark,
            "symbol": symbol,
            "size": 12,
            "line": {"color": "white", "width": 1},
        },
        hoverinfo="skip",
    )
    figure.write_labels(table, [number(x, language) for x in weighing[shown]])
    return figure.figure()


def spread(frame: pd.DataFrame, measure: Measure, language: Language) -> Picture | None:
    """Show in how many neighbourhoods a number lies in which range; None without numbers."""
    found = frame[measure.column].dropna().to_numpy(np.float64) * measure.times
    if not len(found):
        return None
    edges = _edges(float(found.min()), float(found.max()))
    counts, _ = np.histogram(found, edges)
    labels = [
        text(
            "number.range",
            language,
            low=number(low, language, _digits(edges)),
            high=measure.written(high, language),
        )
        for low, high in pairwise(edges)
    ]
    name = text(f"figure.spread.{measure.column}", language)
    middle = measure.written(float(np.median(found)), language)
    said = [number(int(x), language) for x in counts]
    return Picture(
        text("figure.spread.question", language, measure=name),
        text("figure.spread.sentence", language, middle=middle),
        _bars(labels, counts.tolist(), said, language),
        pd.DataFrame({name: labels, text("batch.column.number", language): said}),
        text(
            "figure.spread.alt",
            language,
            measure=name,
            ranges="; ".join(f"{a}: {b}" for a, b in zip(labels, said, strict=True)),
        ),
    )


def _edges(low: float, high: float) -> list[float]:
    """Give ends of equal ranges at round numbers, of which the first holds the least."""
    step = max(high - low, 1e-9) / _BINS
    scale = 10.0 ** math.floor(math.log10(step))
    width = next(scale * one for one in _NICE if scale * one >= step * (1 - 1e-9))
    first = math.floor(low / width)
    last = max(math.ceil(high / width), first + 1)
    return [round(k * width, 12) for k in range(first, last + 1)]


def _digits(edges: Sequence[float]) -> int:
    return 0 if all(abs(x - round(x)) < 1e-9 for x in edges) else 1


def _bars(
    labels: Sequence[str], counts: Sequence[int], right: Sequence[str], language: Language
) -> go.Figure:
    table = rows([wrapped(label) for label in labels], below=_AXIS, thinnest=8.0)
    title = text("figure.neighbourhoods", language)
    figure = Canvas(table.bottom, language, (0, 1.05 * max(*counts, 1)), title)
    figure.bar(
        x=list(counts),
        y=[row.mark for row in table.rows],
        width=[0.9 * row.height for row in table.rows],
        marker={"color": PALETTE[0]},
        hoverinfo="skip",
    )
    figure.write_labels(table, right)
    return figure.figure()


def per_municipality(
    frame: pd.DataFrame, table: BatchTable, what: str, language: Language
) -> Picture:
    """Show per municipality in how many neighbourhoods something is so.

    Parameters
    ----------
    frame : pandas.DataFrame
    table : BatchTable
    what : str
        ``changed``, ``tied`` or an option, as in `by_area`.
    language : str
    """
    areas = by_area(frame, "municipality_code", what)
    counted = counted_name(table, what, language)
    return Picture(
        text("figure.map.question", language, counted=counted),
        text(
            "figure.municipalities.sentence",
            language,
            counted=counted,
            municipality=areas["name"].iloc[0] if len(areas) else "–",
            count=number(int(areas["counted"].iloc[0]) if len(areas) else 0, language),
        ),
        _municipality_figure(areas.head(_MOST_AREAS), counted, language),
        area_table(areas, counted, language),
        text(
            "figure.municipalities.alt",
            language,
            counted=counted,
            municipalities="; ".join(
                f"{row.name}: {row.counted}/{row.total}"
                for row in areas.head(_MOST_AREAS).itertuples(index=False)
            ),
        ),
    )


def counted_name(table: BatchTable, what: str, language: Language) -> str:
    """Say what is counted in a few words."""
    if what in ("changed", "tied"):
        return text(f"figure.map.{what}", language)
    return option_name(table, what, language)


def area_table(areas: pd.DataFrame, counted: str, language: Language) -> pd.DataFrame:
    """Write counts per area for display."""
    return pd.DataFrame(
        {
            text("batch.column.area", language): areas["name"].tolist(),
            text("batch.column.number", language): [number(x, language) for x in areas["total"]],
            counted: [number(x, language) for x in areas["counted"]],
            text("batch.column.part", language): [percent(x, language) for x in areas["share"]],
        }
    )


def _municipality_figure(areas: pd.DataFrame, counted: str, language: Language) -> go.Figure:
    labels = [wrapped(str(name)) for name in areas["name"]]
    table = rows(labels, top=2 * _KEY, below=_AXIS, thinnest=10.0)
    most = int(areas["total"].max()) if len(areas) else 1
    title = text("figure.neighbourhoods", language)
    figure = Canvas(table.bottom, language, (0, 1.05 * most), title)
    everything = text("figure.municipalities.all", language)
    # Under each other: side by side the words run into each other on a phone.
    for line, (colour, words) in enumerate(((PALETTE[0], counted), (PALE, everything))):
        height = (line + 0.5) * _KEY - 3
        figure.bar(
            x=[0.03 * most],
            y=[height],
            width=12,
            marker={"color": colour, "line": {"color": INK, "width": 1}},
            hoverinfo="skip",
        )
        figure.write(0.04 * most, height, wrapped(words))
    y = [row.mark for row in table.rows]
    for column, colour, part in (("total", PALE, 0.9), ("counted", PALETTE[0], 0.6)):
        figure.bar(
            x=areas[column].tolist(),
            y=y,
            width=[part * row.height for row in table.rows],
            marker={"color": colour, "line": {"color": INK, "width": 1}},
            hoverinfo="skip",
        )
    right = [
        text("figure.municipalities.of", language, count=int(a), total=int(b))
        for a, b in zip(areas["counted"], areas["total"], strict=True)
    ]
    figure.write_labels(table, right)
    return figure.figure()
