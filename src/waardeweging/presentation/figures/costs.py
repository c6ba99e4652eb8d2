"""What costs alone would choose, against what all values choose."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    GREY,
    PALETTE,
    Picture,
    canvas,
    escaped,
    wrapped,
    write,
)
from waardeweging.presentation.figures.names import mark, option_names, said
from waardeweging.presentation.numbers import signed

_ROW = 42
_HEADER = 44
_LETTERS = 24


def cost_only(outcome: Outcome, language: Language) -> Picture | None:
    """Set the order by costs alone beside the order by all values.

    None when the framework knows no costs.
    """
    if outcome.cost_only is None:
        return None
    names, costs = option_names(outcome, language), outcome.cost_only.ranking
    basis = outcome.cost_only.basis
    return Picture(
        text("figure.costs.question", language),
        said(outcome, language, f"cost_same_{basis}", f"cost_differs_{basis}"),
        _figure(outcome, names, language),
        _table(outcome, names, language),
        text(
            "figure.costs.alt",
            language,
            costs=", ".join(names[row] for row in costs),
            values=", ".join(names[row] for row in outcome.result.ranking),
        ),
    )


def _figure(outcome: Outcome, names: list[str], language: Language) -> go.Figure:
    places = _places(outcome)
    row = min(_ROW, (372 - _HEADER) / max(len(places), 1)) if len(places) <= 9 else _ROW
    figure = canvas(_HEADER + row * len(places), language, (-0.13, 3.1))
    _write_head(figure, outcome, language)
    for option, (by_cost, by_all) in places.items():
        colour, width = _line(by_cost, by_all)
        start, end = (_HEADER + row * (place + 0.5) for place in (by_cost, by_all))
        figure.add_scatter(
            x=[0, 1],
            y=[start, end],
            mode="lines+markers+text",
            line={"color": colour, "width": width},
            marker={"size": 26, "color": colour},
            text=[str(by_cost + 1), str(by_all + 1)],
            textfont={"color": "white"},
            hoverinfo="skip",
            cliponaxis=False,
        )
        lines = wrapped(f"{names[option]} {_arrow(by_cost, by_all)}", _LETTERS)
        write(figure, 1, end, lines, xshift=19)
    return figure


def _write_head(figure: go.Figure, outcome: Outcome, language: Language) -> None:
    basis = outcome.cost_only.basis if outcome.cost_only else ""
    cost = wrapped(text(f"figure.costs.{basis}", language), 15)
    write(figure, -0.13, _HEADER / 2 - 4, cost)
    write(figure, 0.86, _HEADER / 2 - 4, f"<b>{escaped(text('figure.costs.all', language))}</b>")


def _places(outcome: Outcome) -> dict[int, tuple[int, int]]:
    """Give each eligible option its place by costs and by all values, from 0."""
    by_cost = outcome.cost_only.ranking if outcome.cost_only else ()
    return {row: (by_cost.index(row), place) for place, row in enumerate(outcome.result.ranking)}


def _line(by_cost: int, by_all: int) -> tuple[str, int]:
    if by_all == 0:
        return PALETTE[0], 5
    return (GREY, 2) if by_cost == by_all else (PALETTE[5] if by_all > by_cost else PALETTE[2], 3)


def _arrow(by_cost: int, by_all: int) -> str:
    return "▲" if by_all < by_cost else "▼" if by_all > by_cost else "="


def _table(outcome: Outcome, names: list[str], language: Language) -> pd.DataFrame:
    places = _places(outcome)
    return pd.DataFrame(
        {
            text("table.option", language): [names[row] for row in places],
            text("table.place_costs", language): [
                text("word.place", language, n=by_cost + 1) for by_cost, _ in places.values()
            ],
            text("table.place_all", language): [mark(outcome, row, language) for row in places],
            text("table.places_won", language): [
                signed(by_cost - by_all, language) for by_cost, by_all in places.values()
            ],
        }
    )
