"""What a side finds important at home, beside what it found important in the room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from waardeweging.analysis.consulting import Beside, Consulted
from waardeweging.elicitation.ballots import MUNICIPALITY
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.consultation_words import beside_sentences, weights_table
from waardeweging.presentation.figures.canvas import (
    GREY,
    MOST_ROWS,
    MUNICIPALITY_MARK,
    RESIDENTS_MARK,
    Canvas,
    Picture,
    Row,
    rows,
    wrapped,
)
from waardeweging.presentation.figures.names import unique_names
from waardeweging.presentation.numbers import number
from waardeweging.presentation.sentences import word
from waardeweging.problem.arrays import FloatArray

_KEY = 26
_AXIS = 50


def weights_beside(one: Beside, found: Consulted, language: Language) -> Picture | None:
    """Show the weights of one side in the consultation and in the workshop.

    None when too few people of the side answered in one of them.
    """
    if one.points is None:
        return None
    gaps = np.abs(one.consultation.weights - one.workshop.weights)
    order = np.argsort(-gaps, kind="stable").tolist()
    names = unique_names(found.outcome.criteria, language)
    return Picture(
        text("figure.consultation.question", language, side=word(one.side, language)),
        beside_sentences(found, language)[0],
        _drawn(one, order[:MOST_ROWS], names, language),
        weights_table(one, found, language),
        text(
            "figure.consultation.alt",
            language,
            criteria="; ".join(_said(one, j, names[j], language) for j in order),
        ),
    )


def _said(one: Beside, place: int, name: str, language: Language) -> str:
    return text(
        "figure.consultation.criterion",
        language,
        criterion=name,
        consultation=number(100 * one.consultation.weights[place], language),
        workshop=number(100 * one.workshop.weights[place], language),
    )


def _drawn(
    one: Beside, order: Sequence[int], names: Sequence[str], language: Language
) -> go.Figure:
    at_home, in_room = 100 * one.consultation.weights[order], 100 * one.workshop.weights[order]
    table = rows([wrapped(names[j]) for j in order], top=_KEY, below=_AXIS)
    end = 5 * float(np.ceil(max(at_home.max(), in_room.max()) / 5 + 0.6))
    axis = text("figure.consultation.axis", language)
    figure = Canvas(table.bottom, language, (-0.06 * end, end), axis)
    mark = MUNICIPALITY_MARK if one.side == MUNICIPALITY else RESIDENTS_MARK
    key = Row(_KEY / 2, _KEY / 2 - 3, 0)
    for row, ends in zip(table.rows, zip(in_room, at_home, strict=True), strict=True):
        figure.line((float(ends[0]), float(ends[1])), (row.mark, row.mark), colour=GREY, width=3,
                    layer="below")  # fmt: skip
    for name, weights, form, place in (
        ("workshop", in_room, f"{mark[1]}-open", 0.5 * end),
        ("consultation", at_home, mark[1], 0.0),
    ):
        _draw_marks(figure, (mark[0], form), weights, table.rows)
        _draw_marks(figure, (mark[0], form), np.array([place]), [key])
        words = text(f"figure.consultation.{name}", language)
        figure.write(place, key.mark, words, xshift=10)
    figure.write_labels(
        table,
        [
            f"{number(x, language)} | {number(y, language)}"
            for x, y in zip(at_home, in_room, strict=True)
        ],
    )
    return figure.figure()


def _draw_marks(
    figure: Canvas, mark: tuple[str, str], x: FloatArray, placed: Sequence[Row]
) -> None:
    figure.marks(
        x=x.tolist(),
        y=[row.mark for row in placed],
        marker={"color": mark[0], "symbol": mark[1], "size": 11, "line": {"width": 2}},
        hovertemplate="%{x:.1f}<extra></extra>",
    )
