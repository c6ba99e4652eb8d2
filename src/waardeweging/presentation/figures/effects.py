"""What each option does on the criteria that weigh most, as dots that fill with value."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    GREY,
    HIGHEST,
    MOST_ROWS,
    PALETTE,
    Canvas,
    Picture,
    Row,
    rows,
    wrapped,
)
from waardeweging.presentation.figures.names import (
    is_scored,
    numbered,
    option_names,
    shown_order,
    tie_note,
    unique_names,
)
from waardeweging.presentation.numbers import number
from waardeweging.presentation.sentences import as_name

_LINE = 18
_LEAST, _MOST = 4, 20


def effect_dots(outcome: Outcome, language: Language) -> Picture:
    """Show the value of every option on the criteria with most joint weight."""
    order = np.argsort(-outcome.weighing.joint, kind="stable").tolist()
    names = option_names(outcome, language)
    best, total = _most_often_best(outcome), len(outcome.criteria)
    return Picture(
        text("figure.effects.question", language),
        text(
            "figure.effects.sentence",
            language,
            option=as_name(names[best[0]], language),
            count=best[1],
            total=total,
        ),
        _figure(outcome, order, language),
        _table(outcome, order, names, language),
        text(
            "figure.effects.alt",
            language,
            option=names[best[0]],
            count=best[1],
            total=total,
        ),
    )


def _most_often_best(outcome: Outcome) -> tuple[int, int]:
    """Give the option that is best, alone or shared, on most criteria, and on how many."""
    ranking = list(outcome.result.ranking)
    values = outcome.result.values[ranking]
    counts = (values == values.max(axis=0)).sum(axis=1)
    first = int(counts.argmax())
    return ranking[first], int(counts[first])


def _figure(outcome: Outcome, order: Sequence[int], language: Language) -> go.Figure:
    options = shown_order(outcome)
    note = tie_note(outcome, language)
    key = [wrapped(_key_label(outcome, row, language)) for row in options]
    key += [note] if note else []
    key_height = sum((label.count("<br>") + 1) * _LINE for label in key) + 10
    room = int((HIGHEST - key_height - 10) // (_LINE + _MOST + 6))
    chosen = order[: min(MOST_ROWS, max(room, 4))]
    names = unique_names(outcome.criteria, language)
    table = rows([wrapped(names[j]) for j in chosen], top=key_height, thinnest=_MOST)
    figure = Canvas(table.bottom, language, (0.4, len(options) + 0.6))
    _write_key(figure, key)
    for column, option in enumerate(options, 1):
        _draw_dots(figure, outcome, column, option, chosen, table.rows)
    figure.write_labels(table)
    return figure.figure()


def _key_label(outcome: Outcome, option: int, language: Language) -> str:
    label = numbered(outcome, option, language)
    return label if is_scored(outcome, option) else f"× {label}"


def _write_key(figure: Canvas, key: list[str]) -> None:
    y = 0.0
    for label in key:
        height = (label.count("<br>") + 1) * _LINE
        figure.write(0, y + height / 2, label, xref="paper")
        y += height


def _draw_dots(
    figure: Canvas,
    outcome: Outcome,
    column: int,
    option: int,
    chosen: Sequence[int],
    placed: Sequence[Row],
) -> None:
    y = [row.mark for row in placed]
    if not is_scored(outcome, option):
        for position in y:
            figure.write(column, position, "×", xanchor="center")
        return
    values = [float(outcome.result.values[option, j]) for j in chosen]
    sizes = [_LEAST + (_MOST - _LEAST) * value for value in values]
    for size, colour in (([_MOST] * len(y), "white"), (sizes, PALETTE[0])):
        figure.marks(
            x=[column] * len(y),
            y=y,
            marker={
                "size": size,
                "color": colour,
                "opacity": 1,
                "line": {"color": GREY if colour == "white" else colour, "width": 1},
            },
            hoverinfo="skip",
        )
    for position in y:
        figure.write(column, position, str(column), xshift=14)


def _table(
    outcome: Outcome, order: Sequence[int], names: list[str], language: Language
) -> pd.DataFrame:
    criteria, values = unique_names(outcome.criteria, language), outcome.result.values
    return pd.DataFrame(
        {
            text("table.criterion", language): [criteria[j] for j in order],
            text("table.weight", language): [
                number(100 * outcome.weighing.joint[j], language, 1) for j in order
            ],
            **{
                names[row]: [number(100 * values[row, j], language) for j in order]
                for row in shown_order(outcome)
            },
        }
    )
