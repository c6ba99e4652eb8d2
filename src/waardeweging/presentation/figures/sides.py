"""Residents and municipality: whose weights lie where, and which difference matters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    GREY,
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
from waardeweging.presentation.figures.names import option_names, said, unique_names
from waardeweging.presentation.numbers import number, points, signed
from waardeweging.presentation.sentences import as_name, word
from waardeweging.problem.arrays import FloatArray

_KEY = 26
# Points from which an effect is drawn; smaller ones stand in the table.
_VISIBLE = 0.05
_AXIS = 50
_SHORT = 22


def weights_per_side(outcome: Outcome, language: Language) -> Picture:
    """Show the mean weights of both sides per criterion, widest gap first."""
    weighing = outcome.weighing
    gaps = 100 * (weighing.residents - weighing.municipality)
    order = np.argsort(-np.abs(gaps), kind="stable").tolist()
    names = unique_names(outcome.criteria, language)
    widest = names[order[0]]
    return Picture(
        text("figure.sides.question", language),
        said(outcome, language, "widest_gap", "no_dispute"),
        _dumbbells(outcome, order[:MOST_ROWS], names, language),
        _weights_table(outcome, order, names, language),
        text(
            "figure.sides.alt",
            language,
            criterion=widest,
            residents=number(100 * weighing.residents[order[0]], language),
            municipality=number(100 * weighing.municipality[order[0]], language),
        ),
    )


def dispute(outcome: Outcome, language: Language) -> Picture | None:
    """Show what each difference in weights does to the winner against the runner-up.

    None when there is no runner-up.
    """
    split, rival = outcome.agreement.dispute, outcome.result.runner_up
    if split is None or rival is None:
        return None
    names, options = unique_names(outcome.criteria, language), option_names(outcome, language)
    first, second = options[outcome.result.winner], options[rival]
    effects, order = 100 * split.effects, split.order.tolist()
    return Picture(
        text("figure.dispute.question", language),
        said(outcome, language, "decisive_gap", "no_dispute"),
        _effect_bars(effects, order[:MOST_ROWS], names, (first, second), language),
        _effects_table(outcome, effects, order, names, language),
        text(
            "figure.dispute.alt",
            language,
            option=first,
            rival=second,
            effects="; ".join(f"{names[j]} {signed(effects[j], language, 1)}" for j in order),
        ),
    )


def _dumbbells(
    outcome: Outcome, order: Sequence[int], names: list[str], language: Language
) -> go.Figure:
    residents, municipality = 100 * outcome.weighing.residents, 100 * outcome.weighing.municipality
    table = rows([wrapped(names[j], _SHORT) for j in order], top=_KEY, below=_AXIS)
    end = 5 * np.ceil(max(residents.max(), municipality.max()) / 5 + 1.2)
    figure = Canvas(table.bottom, language, (-0.06 * end, end), text("figure.sides.axis", language))
    _draw_key(figure, end, language)
    for row, j in zip(table.rows, order, strict=True):
        ends = (residents[j], municipality[j])
        figure.line(ends, (row.mark, row.mark), colour=GREY, width=3, layer="below")
    for mark, weights in ((RESIDENTS_MARK, residents), (MUNICIPALITY_MARK, municipality)):
        _draw_marks(figure, mark, [weights[j] for j in order], table.rows)
    for row, j in zip(table.rows, order, strict=True):
        low, high = sorted((residents[j], municipality[j]))
        _write_ends(figure, low, high, row, language)
    figure.write_labels(table, [_gap(residents[j] - municipality[j], language) for j in order])
    return figure.figure()


def _gap(difference: float, language: Language) -> str:
    if abs(difference) < 0.5:
        return text("figure.sides.same", language)
    return text("figure.sides.gap", language, x=points(abs(difference), language))


def _draw_key(figure: Canvas, end: float, language: Language) -> None:
    for x, mark, side in (
        (0.0, RESIDENTS_MARK, "residents"),
        (0.5 * end, MUNICIPALITY_MARK, "municipality"),
    ):
        _draw_marks(figure, mark, [x], [Row(_KEY / 2, _KEY / 2 - 3, 0)])
        figure.write(x, _KEY / 2 - 3, f"<b>{escaped(word(side, language))}</b>", xshift=10)


def _draw_marks(
    figure: Canvas, mark: tuple[str, str], x: list[float], placed: Sequence[Row]
) -> None:
    colour, symbol = mark
    figure.marks(
        x=x,
        y=[row.mark for row in placed],
        marker={"color": colour, "symbol": symbol, "size": 11},
        hovertemplate="%{x:.1f}<extra></extra>",
    )


def _write_ends(figure: Canvas, low: float, high: float, row: Row, language: Language) -> None:
    figure.write(high, row.mark, number(high, language), xshift=9)
    if high - low >= 0.5:
        figure.write(low, row.mark, number(low, language), xanchor="right", xshift=-9)


def _weights_table(
    outcome: Outcome, order: Sequence[int], names: list[str], language: Language
) -> pd.DataFrame:
    weighing, classes = outcome.weighing, outcome.agreement.criteria.classes
    gaps = 100 * (weighing.residents - weighing.municipality)
    return pd.DataFrame(
        {
            text("table.criterion", language): [names[j] for j in order],
            word("residents", language): [
                number(100 * weighing.residents[j], language, 1) for j in order
            ],
            word("municipality", language): [
                number(100 * weighing.municipality[j], language, 1) for j in order
            ],
            word("joint", language): [number(100 * weighing.joint[j], language, 1) for j in order],
            text("table.difference", language): [signed(gaps[j], language, 1) for j in order],
            text("table.agreement", language): [word(classes[j].value, language) for j in order],
        }
    )


def _effect_bars(
    effects: FloatArray,
    order: Sequence[int],
    names: list[str],
    pair: tuple[str, str],
    language: Language,
) -> go.Figure:
    key = wrapped(text("figure.dispute.key", language, option=as_name(pair[0], language)))
    ends = 18 * (key.count("<br>") + 1)
    top = ends + 32
    order = [j for j in order if abs(effects[j]) >= _VISIBLE] or [order[0]]
    table = rows([wrapped(names[j]) for j in order], top=top)
    reach = max(float(np.abs(effects).max()), 0.5) * 1.35
    figure = Canvas(table.bottom, language, (-reach, reach))
    figure.write(0, ends / 2, key, xref="paper")
    _write_direction(figure, ends + 12, language)
    for row, j in zip(table.rows, order, strict=True):
        colour = (RESIDENTS_MARK if effects[j] > 0 else MUNICIPALITY_MARK)[0]
        figure.bar(
            x=[effects[j]], y=[row.mark], width=row.height,
            marker={"color": colour, "pattern": {"shape": "" if effects[j] > 0 else "/",
                    "fgcolor": "white", "fgopacity": 0.35, "fillmode": "overlay"}},
            hovertemplate="%{x:+.1f}<extra></extra>",
        )  # fmt: skip
        figure.line((0, 0), (row.mark - row.height / 2 - 2, row.mark + row.height / 2 + 2))
        anchor, shift = ("left", 5) if effects[j] >= 0 else ("right", -5)
        words = signed(effects[j], language, 1)
        figure.write(effects[j], row.mark, words, xanchor=anchor, xshift=shift)
    figure.write_labels(table)
    return figure.figure()


def _write_direction(figure: Canvas, y: float, language: Language) -> None:
    for side, anchor, form in (("municipality", "right", "◂ {}"), ("residents", "left", "{} ▸")):
        words = f"<b>{form.format(escaped(word(side, language)))}</b>"
        figure.write(0, y, words, xanchor=anchor, xshift=-6 if anchor == "right" else 6)


def _effects_table(
    outcome: Outcome,
    effects: FloatArray,
    order: Sequence[int],
    names: list[str],
    language: Language,
) -> pd.DataFrame:
    weighing, values = outcome.weighing, outcome.result.values
    winner, rival = outcome.result.winner, outcome.result.runner_up
    gaps = 100 * (weighing.residents - weighing.municipality)
    leads = 100 * (values[winner] - values[rival])
    total = text("table.total", language)
    return pd.DataFrame(
        {
            text("table.criterion", language): [*(names[j] for j in order), total],
            text("table.weight_gap", language): [
                *(signed(gaps[j], language, 1) for j in order),
                "",
            ],
            text("table.value_lead", language): [*(signed(leads[j], language) for j in order), ""],
            text("table.effect", language): [
                *(signed(effects[j], language, 1) for j in order),
                signed(float(effects.sum()), language, 1),
            ],
        }
    )
