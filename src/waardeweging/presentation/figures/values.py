"""How much each side gives to every value: two bars per value."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    INK,
    MUNICIPALITY_MARK,
    PATTERNS,
    RESIDENTS_MARK,
    Canvas,
    Picture,
    escaped,
    wrapped,
)
from waardeweging.presentation.figures.names import unique_names
from waardeweging.presentation.numbers import number, points, signed
from waardeweging.presentation.sentences import criterion_name, word
from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.criteria import Value

_KEY, _LABEL, _BAR, _GAP = 28.0, 20.0, 19.0, 12.0
_MARKS = {"residents": (RESIDENTS_MARK[0], ""), "municipality": (MUNICIPALITY_MARK[0], PATTERNS[1])}


def values_per_side(outcome: Outcome, language: Language) -> Picture | None:
    """Show the points of both sides per value, widest gap first; None for a single value."""
    values = _weighed(outcome)
    if len(values) < 2:
        return None
    sides = {
        "residents": _per_value(outcome, values, outcome.weighing.residents),
        "municipality": _per_value(outcome, values, outcome.weighing.municipality),
    }
    gaps = sides["residents"] - sides["municipality"]
    order = np.argsort(-np.abs(gaps), kind="stable").tolist()
    names = unique_names(values, language)
    said = _sentence(names[order[0]], float(gaps[order[0]]), language)
    listed = "; ".join(
        f"{names[j]}: {number(sides['residents'][j], language)}"
        f" / {number(sides['municipality'][j], language)}"
        for j in order
    )
    return Picture(
        text("figure.values.question", language),
        said,
        _figure(sides, order, names, language),
        _table(sides, order, names, language),
        text("figure.values.alt", language, values=listed),
    )


def _weighed(outcome: Outcome) -> tuple[Value, ...]:
    counted = {criterion.value for criterion in outcome.criteria}
    return tuple(one for one in outcome.scenario.problem.framework.values if one.id in counted)


def _per_value(outcome: Outcome, values: tuple[Value, ...], weights: FloatArray) -> FloatArray:
    """Add the weights of the criteria under each value, in points of 100."""
    own = [[criterion.value == value.id for criterion in outcome.criteria] for value in values]
    return np.array([100 * weights[np.array(mask)].sum() for mask in own])


def _sentence(name: str, gap: float, language: Language) -> str:
    if abs(gap) < 1:
        return text("figure.values.same", language)
    side = "residents" if gap > 0 else "municipality"
    return text(
        f"figure.values.widest_{side}",
        language,
        value=criterion_name(name, language),
        points=points(abs(gap), language),
    )


def _figure(
    sides: dict[str, FloatArray], order: list[int], names: list[str], language: Language
) -> go.Figure:
    height = _LABEL + 2 * _BAR + _GAP
    most = 10 * np.ceil(max(float(given.max()) for given in sides.values()) / 10)
    figure = Canvas(_KEY + height * len(order), language, (0, 1.12 * most))
    for place, side in enumerate(sides):
        _draw_bar(figure, side, place * 0.3 * most, 0.035 * most, _KEY / 2)
        words = f"<b>{escaped(word(side, language))}</b>"
        figure.write((place * 0.3 + 0.045) * most, _KEY / 2, words)
    for row, j in enumerate(order):
        top = _KEY + row * height
        figure.write(0, top + _LABEL / 2, f"<b>{wrapped(names[j])}</b>")
        ends = [round(float(given[j])) for given in sides.values()]
        figure.write(1, top + _LABEL / 2, _gap(ends[0] - ends[1], language), xref="paper",
            xanchor="right", align="right",
        )  # fmt: skip
        for place, (side, given) in enumerate(sides.items()):
            middle = top + _LABEL + (place + 0.5) * _BAR
            _draw_bar(figure, side, 0.0, round(float(given[j])), middle)
            figure.write(round(float(given[j])), middle, number(given[j], language), xshift=6)
    return figure.figure()


def _gap(points_apart: int, language: Language) -> str:
    if not points_apart:
        return text("figure.sides.same", language)
    return text("figure.sides.gap", language, x=points(abs(points_apart), language))


def _draw_bar(figure: Canvas, side: str, start: float, length: float, y: float) -> None:
    colour, shape = _MARKS[side]
    figure.bar(
        x=[length],
        y=[y],
        base=[start],
        width=_BAR - 3,
        marker={
            "color": colour,
            "line": {"color": INK, "width": 0},
            "pattern": {
                "shape": shape,
                "fgcolor": "white",
                "fgopacity": 0.45,
                "fillmode": "overlay",
            },
        },
        hoverinfo="skip",
    )


def _table(
    sides: dict[str, FloatArray], order: list[int], names: list[str], language: Language
) -> pd.DataFrame:
    gaps = sides["residents"] - sides["municipality"]
    return pd.DataFrame(
        {
            text("figure.values.value", language): [names[j] for j in order],
            **{
                word(side, language): [number(given[j], language) for j in order]
                for side, given in sides.items()
            },
            text("table.difference", language): [signed(gaps[j], language) for j in order],
        }
    )
