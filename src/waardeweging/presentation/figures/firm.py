"""How firm: which weight tips the outcome, and who puts which option on which place."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    FITS_NUMBER,
    INK,
    MOST_ROWS,
    MUNICIPALITY_MARK,
    Canvas,
    Picture,
    Row,
    ink_on,
    rows,
    wrapped,
)
from waardeweging.presentation.figures.names import (
    numbered,
    option_names,
    shown_order,
    tie_note,
    unique_names,
)
from waardeweging.presentation.numbers import number, percent, share_with_margin
from waardeweging.presentation.sentences import as_name, criterion_name, word
from waardeweging.problem.arrays import FloatArray
from waardeweging.robustness.stability import Bound, StabilityInterval

_HEADER = 24
_AXIS = 50
_SHORT = 36
_STEADY = "#a9cce3"


def tornado(outcome: Outcome, language: Language) -> Picture:
    """Show per criterion between which weights the winner stays, the most delicate first."""
    order = sorted(range(len(outcome.criteria)), key=lambda j: _distance(outcome, j))
    return Picture(
        text("figure.tornado.question", language),
        _tornado_sentence(outcome, order[0], language),
        _tornado_figure(outcome, order[:MOST_ROWS], language),
        _tornado_table(outcome, order, language),
        text(
            "figure.tornado.alt",
            language,
            criteria="; ".join(_tip_text(outcome, j, language) for j in order),
        ),
    )


def _distance(outcome: Outcome, j: int) -> float:
    today = outcome.weighing.joint[j]
    nearest = _nearest(outcome.firm.stability[j], today)
    return 2.0 if nearest is None else abs(nearest.weight - today)


def _nearest(interval: StabilityInterval, today: float) -> Bound | None:
    bounds = [bound for bound in (interval.low, interval.high) if bound is not None]
    return min(bounds, key=lambda bound: abs(bound.weight - today), default=None)


def _tornado_sentence(outcome: Outcome, first: int, language: Language) -> str:
    today = outcome.weighing.joint[first]
    nearest = _nearest(outcome.firm.stability[first], today)
    if nearest is None:
        winner = option_names(outcome, language)[outcome.result.winner]
        return text("figure.tornado.never", language, option=as_name(winner, language))
    return text(
        "figure.tornado.nearest",
        language,
        criterion=criterion_name(unique_names(outcome.criteria, language)[first], language),
        today=number(100 * today, language),
        weight=number(100 * nearest.weight, language),
        rival=as_name(option_names(outcome, language)[nearest.rival], language),
    )


def _tip_text(outcome: Outcome, j: int, language: Language) -> str:
    """Say today's weight of a criterion and the nearest weight at which the winner changes."""
    name, today = unique_names(outcome.criteria, language)[j], outcome.weighing.joint[j]
    nearest = _nearest(outcome.firm.stability[j], today)
    if nearest is None:
        return text(
            "figure.tornado.row_never", language, criterion=name,
            today=number(100 * today, language),
        )  # fmt: skip
    return text(
        "figure.tornado.row",
        language,
        criterion=name,
        today=number(100 * today, language),
        weight=number(100 * nearest.weight, language),
        rival=option_names(outcome, language)[nearest.rival],
    )


def _tip_short(outcome: Outcome, j: int, language: Language) -> str:
    """Write today's weight and where first place changes, such as ``39 → 51``."""
    today = outcome.weighing.joint[j]
    nearest = _nearest(outcome.firm.stability[j], today)
    tip = "" if nearest is None else f" → {number(100 * nearest.weight, language)}"
    return f"{number(100 * today, language)}{tip}"


def _tornado_figure(outcome: Outcome, order: list[int], language: Language) -> go.Figure:
    names = unique_names(outcome.criteria, language)
    table = rows([wrapped(names[j], _SHORT) for j in order], top=_HEADER, below=_AXIS)
    figure = Canvas(table.bottom, language, (-2, 102), text("figure.tornado.axis", language))
    _draw_tornado_key(figure, language)
    for row, j in zip(table.rows, order, strict=True):
        _draw_interval(figure, outcome.firm.stability[j], row)
    figure.marks(
        x=[100 * outcome.weighing.joint[j] for j in order],
        y=[row.mark for row in table.rows],
        marker={"color": INK, "symbol": "diamond", "size": 11},
        hovertemplate="%{x:.1f}<extra></extra>",
    )
    figure.write_labels(table, [_tip_short(outcome, j, language) for j in order])
    return figure.figure()


def _draw_tornado_key(figure: Canvas, language: Language) -> None:
    y = _HEADER / 2 - 3
    figure.marks(
        x=[0], y=[y], hoverinfo="skip",
        marker={"color": INK, "symbol": "diamond", "size": 11},
    )  # fmt: skip
    figure.write(0, y, word("today", language), xshift=9)
    _draw_tip(figure, 26, Row(0, y, 12))
    figure.write(26, y, text("figure.tornado.key", language), xshift=7)


def _draw_interval(figure: Canvas, interval: StabilityInterval, row: Row) -> None:
    low = 0.0 if interval.low is None else 100 * interval.low.weight
    high = 100.0 if interval.high is None else 100 * interval.high.weight
    figure.bar(
        x=[high - low], y=[row.mark], base=[low], width=row.height * 0.7,
        marker={"color": _STEADY}, hoverinfo="skip",
    )  # fmt: skip
    for bound in (interval.low, interval.high):
        if bound is not None:
            _draw_tip(figure, 100 * bound.weight, row)


def _draw_tip(figure: Canvas, x: float, row: Row) -> None:
    ends = (row.mark - row.height / 2, row.mark + row.height / 2)
    figure.line((x, x), ends, colour=MUNICIPALITY_MARK[0], width=4)


def _tornado_table(outcome: Outcome, order: list[int], language: Language) -> pd.DataFrame:
    names, joint = unique_names(outcome.criteria, language), outcome.weighing.joint
    options = option_names(outcome, language)

    def bound_text(bound: Bound | None) -> str:
        if bound is None:
            return word("never", language)
        return f"{number(100 * bound.weight, language, 1)} → {options[bound.rival]}"

    intervals = outcome.firm.stability
    return pd.DataFrame(
        {
            text("table.criterion", language): [names[j] for j in order],
            text("table.weight_today", language): [
                number(100 * joint[j], language, 1) for j in order
            ],
            text("table.tips_below", language): [bound_text(intervals[j].low) for j in order],
            text("table.tips_above", language): [bound_text(intervals[j].high) for j in order],
        }
    )


def acceptability(outcome: Outcome, language: Language) -> Picture:
    """Show what share of the people, by what each counts for, puts an option on each place."""
    winner = outcome.result.winner
    shares = outcome.firm.acceptability
    names = option_names(outcome, language)
    return Picture(
        text("figure.acceptability.question", language),
        text(
            "figure.acceptability.sentence",
            language,
            option=as_name(names[winner], language),
            share=share_with_margin(
                float(shares[winner, 0]),
                2 * float(outcome.firm.acceptability_error[winner, 0]),
                language,
            ),
        ),
        _heat_map(outcome, shares, language),
        _places_table(outcome, shares, language),
        text(
            "figure.acceptability.alt",
            language,
            options="; ".join(
                f"{names[row]}: {percent(float(shares[row, 0]), language)}"
                for row in outcome.result.ranking
            ),
        ),
    )


def _heat_map(outcome: Outcome, shares: FloatArray, language: Language) -> go.Figure:
    shown = shown_order(outcome)
    places = len(outcome.result.ranking)
    labels = [wrapped(numbered(outcome, row, language)) for row in shown]
    table = rows(labels, top=_HEADER + 18, marked=places, thinnest=FITS_NUMBER)
    figure = Canvas(table.bottom, language, (0.48, places + 0.52))
    figure.write(0, 9, text("figure.acceptability.axis", language), xref="paper")
    figure.write(1, 9, tie_note(outcome, language), xref="paper", xanchor="right")
    for place in range(1, places + 1):
        figure.write(place, _HEADER + 6, f"<b>{place}</b>", xanchor="center")
    for row, option in zip(table.rows, outcome.result.ranking, strict=False):
        _draw_cells(figure, shares[option, :places], row, language)
    figure.write_labels(table)
    return figure.figure()


def _draw_cells(figure: Canvas, shares: FloatArray, row: Row, language: Language) -> None:
    colours = [_shade(float(share)) for share in shares]
    figure.bar(
        x=[0.94] * len(shares),
        y=[row.mark] * len(shares),
        base=[place + 0.53 for place in range(len(shares))],
        width=row.height,
        marker={"color": colours, "line": {"color": "#7f8c99", "width": 1}},
        hoverinfo="skip",
    )
    for place, (share, colour) in enumerate(zip(shares, colours, strict=True), 1):
        words = percent(float(share), language)
        figure.write(place, row.mark, words, xanchor="center", font={"color": ink_on(colour)})


def _shade(share: float) -> str:
    """Give a blue that darkens with the share, from white."""
    parts = (round(end + (255 - end) * (1 - share)) for end in (0, 76, 127))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _places_table(outcome: Outcome, shares: FloatArray, language: Language) -> pd.DataFrame:
    names, errors = option_names(outcome, language), outcome.firm.acceptability_error
    order = outcome.result.ranking
    places = {
        text("word.place", language, n=place + 1): [
            _with_error(float(shares[row, place]), float(errors[row, place]), language)
            for row in order
        ]
        for place in range(len(order))
    }
    return pd.DataFrame({text("table.option", language): [names[row] for row in order], **places})


def _with_error(share: float, error: float, language: Language) -> str:
    """Write a share with twice its standard error, in percentage points."""
    return text(
        "number.plus_minus",
        language,
        x=percent(share, language),
        error=number(np.ceil(200 * error), language),
    )
