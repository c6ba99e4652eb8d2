"""Who took part beside who lives here, per group of people."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.outcome import Outcome
from waardeweging.elicitation.population import REST
from waardeweging.elicitation.representativeness import Composition
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    INK,
    MOST_ROWS,
    PALETTE,
    Canvas,
    Picture,
    escaped,
    rows,
    wrapped,
)
from waardeweging.presentation.figures.names import said
from waardeweging.presentation.numbers import number, percent
from waardeweging.presentation.sentences import word

_KEY = 26
_AXIS = 50
_BAR = 16.0

Line = tuple[str, float, float, float | None]


def composition_bars(outcome: Outcome, language: Language) -> Picture | None:
    """Show the residents who took part beside the population.

    None without a population, or when too few people are known to show anything.
    """
    found = outcome.representation
    lines = [
        line
        for one in (found.attributes if found is not None else ())
        if one.took_part is not None
        for line in _lines(one.name, one.took_part, one.weighted, language)
    ]
    if not lines:
        return None
    return Picture(
        text("figure.composition.question", language),
        said(outcome, language, "composition", "composition_rest"),
        _drawn(lines[:MOST_ROWS], language),
        _table(lines, language),
        text(
            "figure.composition.alt",
            language,
            categories="; ".join(
                text(
                    "figure.composition.category",
                    language,
                    category=name,
                    took_part=percent(share, language),
                    population=percent(target, language),
                )
                for name, share, target, _ in lines
            ),
        ),
    )


def category_name(category: str, language: Language) -> str:
    """Name a category; those that stand together have a word of their own."""
    return word("rest_of_categories", language) if category == REST else category


def _lines(
    attribute: str, took_part: Composition, weighted: Composition | None, language: Language
) -> list[Line]:
    after = [None] * len(took_part.categories) if weighted is None else weighted.shares.tolist()
    return [
        (f"{attribute}: {category_name(category, language)}", float(share), float(target), reached)
        for category, share, target, reached in zip(
            took_part.categories, took_part.shares, took_part.targets, after, strict=True
        )
    ]


def _drawn(lines: Sequence[Line], language: Language) -> go.Figure:
    table = rows([wrapped(name) for name, *_ in lines], top=_KEY, below=_AXIS, thinnest=_BAR)
    end = 100 * max(max(share, target) for _, share, target, _ in lines) * 1.12 + 2
    figure = Canvas(table.bottom, language, (0, end), text("figure.composition.axis", language))
    _draw_key(figure, end, language)
    for row, (_, share, target, _) in zip(table.rows, lines, strict=True):
        figure.bar(
            x=[100 * share],
            y=[row.mark],
            width=row.height,
            marker={"color": PALETTE[0]},
            hovertemplate="%{x:.0f}<extra></extra>",
        )
        half = row.height / 2 + 3
        at = 100 * target
        figure.line((at, at), (row.mark - half, row.mark + half), colour=INK, width=4)
    figure.write_labels(
        table,
        [
            f"{number(100 * share, language)} | {number(100 * target, language)}"
            for _, share, target, _ in lines
        ],
    )
    return figure.figure()


def _draw_key(figure: Canvas, end: float, language: Language) -> None:
    y = _KEY / 2 - 3
    figure.bar(x=[0.05 * end], y=[y], width=10, marker={"color": PALETTE[0]}, hoverinfo="skip")
    figure.write(0.07 * end, y, escaped(text("figure.composition.took_part", language)))
    figure.line((0.52 * end, 0.52 * end), (y - 8, y + 8), colour=INK, width=4)
    figure.write(0.54 * end, y, escaped(text("figure.composition.population", language)))


def _table(lines: Sequence[Line], language: Language) -> pd.DataFrame:
    columns = {
        text("table_of_people.category", language): [name for name, *_ in lines],
        text("table_of_people.took_part", language): [
            percent(share, language) for _, share, _, _ in lines
        ],
        text("table_of_people.population", language): [
            percent(goal, language) for _, _, goal, _ in lines
        ],
    }
    if all(reached is not None for *_, reached in lines):
        columns[text("table_of_people.weighted", language)] = [
            percent(reached or 0.0, language) for *_, reached in lines
        ]
    return pd.DataFrame(columns)
