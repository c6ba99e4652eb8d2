"""The equality strip: who wins when residents count for more or less."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    GREY,
    PALETTE,
    PATTERNS,
    Canvas,
    Picture,
    escaped,
    wrapped,
)
from waardeweging.presentation.figures.names import option_names
from waardeweging.presentation.numbers import percent
from waardeweging.presentation.sentences import as_name

_BAND = 44
_LEVEL = 24
_LINE = 18
_LETTERS = 34
_SHORT = 20


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Shares of the residents over which one option wins."""

    start: float
    end: float
    winner: int

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def equality_strip(outcome: Outcome, language: Language) -> Picture:
    """Show which option wins for every share of the residents."""
    stretches, names = _stretches(outcome), option_names(outcome, language)
    listed = "; ".join(
        f"{_range(stretch, language)}: {names[stretch.winner]}" for stretch in stretches
    )
    return Picture(
        text("figure.strip.question", language),
        _sentence(outcome, stretches, names, language),
        _figure(outcome, stretches, names, language),
        _table(outcome, stretches, names, language),
        text("figure.strip.alt", language, stretches=listed),
    )


def _stretches(outcome: Outcome) -> tuple[_Stretch, ...]:
    strip = outcome.agreement.strip
    starts = [0.0, *(change.at for change in strip.changes)]
    winners = [strip.winner_at_0, *(change.next for change in strip.changes)]
    ends = [*starts[1:], 1.0]
    return tuple(map(_Stretch, starts, ends, winners))


def _sentence(
    outcome: Outcome, stretches: tuple[_Stretch, ...], names: list[str], language: Language
) -> str:
    share = outcome.weighing.share
    around = [one for one in stretches if one.start <= share <= one.end]
    now = next((one for one in around if one.winner == outcome.result.winner), around[0])
    if len(stretches) == 1:
        return text("figure.strip.always", language, option=as_name(names[now.winner], language))
    return text(
        "figure.strip.between",
        language,
        option=as_name(names[now.winner], language),
        low=percent(now.start, language),
        high=percent(now.end, language),
    )


def _figure(
    outcome: Outcome, stretches: tuple[_Stretch, ...], names: list[str], language: Language
) -> go.Figure:
    labels = [wrapped(names[one.winner], _LETTERS) for one in stretches]
    heights = [label.count("<br>") * _LINE + _LEVEL for label in labels]
    top = sum(heights) + 8
    markers = _markers(outcome, language)
    figure = Canvas(
        top + _BAND + 14 + sum(_height(words) for _, words in markers),
        language,
        (-1, 102),
        text(f"figure.strip.{_axis(outcome)}", language),
        {x: percent(x / 100, language) for x in (0, 25, 50, 75, 100)},
    )
    _draw_stretches(figure, stretches, names, top)
    y = 0.0
    for stretch, label, height in zip(stretches, labels, heights, strict=True):
        _draw_name(figure, stretch, label, y + height / 2, top)
        y += height
    _draw_markers(figure, markers, top)
    return figure.figure()


def _axis(outcome: Outcome) -> str:
    return "axis_third" if outcome.weighing.third_shares else "axis"


def _draw_stretches(
    figure: Canvas, stretches: tuple[_Stretch, ...], names: list[str], top: float
) -> None:
    order = list(dict.fromkeys(stretch.winner for stretch in stretches))
    for stretch in stretches:
        place = order.index(stretch.winner) % len(PALETTE)
        figure.bar(
            x=[100 * (stretch.end - stretch.start)],
            y=[top + _BAND / 2],
            base=[100 * stretch.start],
            width=_BAND,
            marker={
                "color": PALETTE[place],
                "line": {"color": "white", "width": 1},
                "pattern": {
                    "shape": PATTERNS[place],
                    "fgcolor": "white",
                    "fgopacity": 0.35,
                    "fillmode": "overlay",
                },
            },
            name=escaped(names[stretch.winner]),
            hovertemplate="%{fullData.name}<extra></extra>",
        )


def _draw_name(figure: Canvas, stretch: _Stretch, label: str, y: float, top: float) -> None:
    """Write the name of a winner above its stretch, with a line down to it."""
    x = 100 * stretch.middle
    anchor = "left" if x < 34 else "right" if x > 66 else "center"
    shift = {"left": -3, "right": 3, "center": 0}[anchor]
    figure.write(x, y, label, xanchor=anchor, align=anchor, xshift=shift, bgcolor="white")
    bottom = y + _LINE * (label.count("<br>") + 1) / 2
    figure.line((x, x), (bottom, top + 4), colour=GREY, layer="below")


def _markers(outcome: Outcome, language: Language) -> list[tuple[float, str]]:
    share, headcount = outcome.weighing.share, outcome.agreement.strip.headcount_share
    marks = {0.5: text("figure.strip.equal", language)}
    if share != 0.5:
        marks[share] = text("figure.strip.now", language, share=percent(share, language))
    if headcount != 0.5:
        marks[headcount] = text(
            "figure.strip.headcount", language, share=percent(headcount, language)
        )
    return [(at, wrapped(words, _SHORT)) for at, words in sorted(marks.items())]


def _height(words: str) -> float:
    return _LINE * (words.count("<br>") + 1) + 8


def _draw_markers(figure: Canvas, markers: list[tuple[float, str]], top: float) -> None:
    """Write under the strip what some shares mean, one line each."""
    start = top + _BAND + 12
    for share, words in markers:
        x, end = 100 * share, start + _height(words)
        side = "right" if share > 0.45 else "left"
        figure.line((x, x), (top - 4, end - 6), width=2)
        figure.write(x, (start + end - 8) / 2, words, xanchor=side, align=side,
            xshift=-5 if side == "right" else 5,
        )  # fmt: skip
        start = end


def _table(
    outcome: Outcome, stretches: tuple[_Stretch, ...], names: list[str], language: Language
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            text("table.residents_share", language): [
                _range(stretch, language) for stretch in stretches
            ],
            text("table.winner", language): [names[stretch.winner] for stretch in stretches],
        }
    )


def _range(stretch: _Stretch, language: Language) -> str:
    low, high = percent(stretch.start, language, 1), percent(stretch.end, language, 1)
    return text("number.range", language, low=low, high=high)
