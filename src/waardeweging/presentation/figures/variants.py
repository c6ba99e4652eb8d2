"""Whether the same option wins in other circumstances."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    GREY,
    INK,
    PALETTE,
    Canvas,
    Picture,
    rows,
    wrapped,
)
from waardeweging.presentation.figures.names import option_names
from waardeweging.presentation.numbers import number, points
from waardeweging.presentation.sentences import as_name, word

_KEY = 26
_AXIS = 50
_SHORT = 30


def variants(outcomes: Sequence[Outcome], language: Language) -> Picture:
    """Compare the winner and the second over the variants of one scenario.

    Parameters
    ----------
    outcomes : sequence of Outcome
        At least one; the first is what the others are compared with.
    language : str
    """
    base = outcomes[0].result.winner
    name = option_names(outcomes[0], language)[base]
    same = sum(outcome.result.winner == base for outcome in outcomes)
    return Picture(
        text("figure.variants.question", language),
        text(
            "figure.variants.all" if same == len(outcomes) else "figure.variants.some",
            language,
            option=as_name(name, language),
            count=same,
            total=len(outcomes),
        ),
        _figure(outcomes, language),
        _table(outcomes, language),
        text(
            "figure.variants.alt",
            language,
            variants="; ".join(
                f"{variant_name(one, language)}: {_winner(one, language)}" for one in outcomes
            ),
        ),
    )


def variant_name(outcome: Outcome, language: Language) -> str:
    """Name the variant that is applied."""
    scenario = outcome.scenario
    for variant in scenario.variants:
        if variant.id == scenario.variant:
            return variant.label[language]
    return word("no_variant", language)


def _winner(outcome: Outcome, language: Language) -> str:
    name = option_names(outcome, language)[outcome.result.winner]
    return f"{name} ({word('tie', language)})" if outcome.result.ties else name


def _figure(outcomes: Sequence[Outcome], language: Language) -> go.Figure:
    base = outcomes[0].result.winner
    table = rows([_label(one, base, language) for one in outcomes], top=_KEY, below=_AXIS)
    scores = [_scores(one) for one in outcomes]
    low = max(0.0, min(min(pair) for pair in scores) - 12)
    high = min(103.0, max(max(pair) for pair in scores) + 9)
    figure = Canvas(table.bottom, language, (low, high), text("figure.points_of_100", language))
    step = (high - low) / 2
    for x, name, filled in (
        (low, "figure.variants.first", True),
        (low + step, "figure.variants.second", False),
    ):
        _draw_marks(figure, [x + 0.02 * step], [_KEY / 2 - 3], filled)
        figure.write(x + 0.02 * step, _KEY / 2 - 3, text(name, language), xshift=10)
    for row, (first, second) in zip(table.rows, scores, strict=True):
        figure.line((first, second), (row.mark, row.mark), colour=GREY, width=3, layer="below")
        figure.write(first, row.mark, number(first, language), xshift=9)
    y = [row.mark for row in table.rows]
    _draw_marks(figure, [second for _, second in scores], y, filled=False)
    _draw_marks(figure, [first for first, _ in scores], y, filled=True)
    figure.write_labels(
        table, [word("tie", language) if one.result.ties else "" for one in outcomes]
    )
    return figure.figure()


def _label(outcome: Outcome, base: int, language: Language) -> str:
    """Name a variant, and on a line of its own its winner when that is another one."""
    name = wrapped(variant_name(outcome, language), _SHORT)
    if outcome.result.winner == base:
        return name
    winner = option_names(outcome, language)[outcome.result.winner]
    other = wrapped(text("figure.variants.other", language, option=winner))
    return f"{name}<br><b>{other}</b>"


def _scores(outcome: Outcome) -> tuple[float, float]:
    """Give the score of the winner and of the second, or twice the winner's."""
    result = outcome.result
    second = result.winner if result.runner_up is None else result.runner_up
    return 100 * float(result.joint[result.winner]), 100 * float(result.joint[second])


def _draw_marks(figure: Canvas, x: list[float], y: list[float], filled: bool) -> None:
    figure.marks(
        x=x,
        y=y,
        marker={
            "color": PALETTE[0] if filled else "white",
            "symbol": "circle" if filled else "diamond",
            "line": {"color": PALETTE[0] if filled else INK, "width": 2},
            "size": 11,
        },
        hovertemplate="%{x:.1f}<extra></extra>",
    )


def _table(outcomes: Sequence[Outcome], language: Language) -> pd.DataFrame:
    names = option_names(outcomes[0], language)

    def second(outcome: Outcome) -> str:
        rival = outcome.result.runner_up
        return "–" if rival is None else names[rival]

    def lead(outcome: Outcome) -> str:
        first, rival = _scores(outcome)
        return points(first - rival, language)

    return pd.DataFrame(
        {
            text("table.variant", language): [variant_name(one, language) for one in outcomes],
            text("table.winner", language): [_winner(one, language) for one in outcomes],
            text("table.score", language): [
                number(_scores(one)[0], language, 1) for one in outcomes
            ],
            text("table.second", language): [second(one) for one in outcomes],
            text("table.lead", language): [lead(one) for one in outcomes],
        }
    )
