"""What costs alone would choose, against what all values choose."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    GREY,
    HIGHEST,
    PALETTE,
    Canvas,
    Picture,
    escaped,
    wrapped,
)
from waardeweging.presentation.figures.names import (
    mark,
    numbered,
    option_names,
    said,
    shown_order,
)
from waardeweging.presentation.numbers import signed
from waardeweging.presentation.sentences import word

_ROW, _LEAST = 42, 28
_LINE = 18
_HEADER = 44
_LETTERS = 26


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
    moves = _moves(outcome)
    labels = {
        option: wrapped(f"{_sign(move)} {_name(names[option], move, language)}", _LETTERS)
        for option, move in moves.items()
    }
    left = [option for option in shown_order(outcome) if option not in moves]
    footer = [wrapped(numbered(outcome, option, language)) for option in left]
    below = sum(_LINE * (words.count("<br>") + 1) + 6 for words in footer)
    row = _row_height(list(labels.values()), below)
    bottom = _HEADER + row * len(moves)
    figure = Canvas(bottom + below, language, (-0.16, 3.9))
    _write_head(figure, outcome, language)
    for option, move in moves.items():
        _draw_move(figure, move, row)
        figure.write(1, _HEADER + row * (move.by_all + 0.5), labels[option], xshift=19)
    for words in footer:
        height = _LINE * (words.count("<br>") + 1) + 6
        figure.write(0, bottom + height / 2, words, xref="paper")
        bottom += height
    return figure.figure()


def _row_height(labels: list[str], below: float) -> float:
    """Divide the height over the options; never less than the longest name needs."""
    least = max(_LINE * (label.count("<br>") + 1) + 4 for label in labels)
    return max(min(_ROW, (HIGHEST - _HEADER - below - 10) / len(labels)), least, _LEAST)


def _name(name: str, move: _Move, language: Language) -> str:
    return name if move.by_cost is not None else f"{name} ({word('reference', language)})"


def _draw_move(figure: Canvas, move: _Move, row: float) -> None:
    ends = [(0, move.by_cost), (1, move.by_all)]
    shown = [(x, place) for x, place in ends if place is not None]
    figure.marks(
        x=[x for x, _ in shown],
        y=[_HEADER + row * (place + 0.5) for _, place in shown],
        mode="lines+markers+text",
        line={"color": _colour(move), "width": 5 if move.by_all == 0 else 3 if move.won else 2},
        marker={"size": 26, "color": _colour(move), "opacity": 1},
        text=[str(place + 1) for _, place in shown],
        textfont={"color": "white"},
        hoverinfo="skip",
    )


def _write_head(figure: Canvas, outcome: Outcome, language: Language) -> None:
    basis = outcome.cost_only.basis if outcome.cost_only else ""
    cost = wrapped(text(f"figure.costs.{basis}", language), 12)
    figure.write(-0.16, _HEADER / 2 - 4, cost)
    figure.write(1, _HEADER / 2 - 4, f"<b>{escaped(text('figure.costs.all', language))}</b>")


@dataclass(frozen=True, slots=True)
class _Move:
    """Where an option stands by costs and by all values, counted from 0.

    By costs it stands nowhere when additional cost is counted from it.
    """

    by_cost: int | None
    by_all: int
    won: int


def _moves(outcome: Outcome) -> dict[int, _Move]:
    """Compare the two orders; places won are counted among the options that stand in both."""
    by_cost = outcome.cost_only.ranking if outcome.cost_only else ()
    in_both = [row for row in outcome.result.ranking if row in by_cost]
    moves = {}
    for place, row in enumerate(outcome.result.ranking):
        cost = by_cost.index(row) if row in by_cost else None
        moves[row] = _Move(cost, place, 0 if cost is None else cost - in_both.index(row))
    return moves


def _colour(move: _Move) -> str:
    if move.by_all == 0:
        return PALETTE[0]
    return PALETTE[2] if move.won > 0 else PALETTE[5] if move.won < 0 else GREY


def _sign(move: _Move) -> str:
    if move.by_cost is None:
        return "○"
    return "▲" if move.won > 0 else "▼" if move.won < 0 else "="


def _table(outcome: Outcome, names: list[str], language: Language) -> pd.DataFrame:
    moves = _moves(outcome)
    return pd.DataFrame(
        {
            text("table.option", language): [names[row] for row in moves],
            text("table.place_costs", language): [
                word("reference", language)
                if move.by_cost is None
                else text("word.place", language, n=move.by_cost + 1)
                for move in moves.values()
            ],
            text("table.place_all", language): [mark(outcome, row, language) for row in moves],
            text("table.places_won", language): [
                "–" if move.by_cost is None else signed(move.won, language)
                for move in moves.values()
            ],
        }
    )
