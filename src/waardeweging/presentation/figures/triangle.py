"""The triangle: who wins for every division of the shares over three parties."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.triangle import Triangle
from waardeweging.deliberation.triangle import WinRegion
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.comparing_json import may_show_triangle
from waardeweging.presentation.figures.canvas import (
    INK,
    PALETTE,
    PATTERNS,
    Canvas,
    Picture,
    escaped,
    wrapped,
)
from waardeweging.presentation.figures.names import option_names
from waardeweging.presentation.numbers import joined, percent
from waardeweging.presentation.sentences import as_name, word
from waardeweging.problem.arrays import FloatArray

_SIDE = 240.0
_TOP = 26.0
_LINE = 20.0
_MARKS = ("circle", "diamond", "square", "triangle-up", "cross", "x", "star", "hexagon")
_SHORT = 18
_LETTERS = 38


def triangle(outcome: Outcome, language: Language) -> Picture | None:
    """Show who wins for every division over three parties, and how they are weighed now.

    None without ballots of a third party, or when these would tell what one person thinks.
    """
    found = outcome.triangle
    if found is None or not may_show_triangle(outcome):
        return None
    names = option_names(outcome, language)
    third = _party(found.third, language)
    wins = [(_winners(one, names, language), _part(one, language)) for one in found.regions]
    return Picture(
        text("figure.triangle.agreed" if found.agreed else "figure.triangle.question", language),
        _sentence(outcome, found, names, language),
        _figure(found, names, language),
        _table(found, names, language),
        text(
            "figure.triangle.alt",
            language,
            third=third,
            regions="; ".join(f"{name}: {part}" for name, part in wins),
        ),
    )


def _sentence(outcome: Outcome, found: Triangle, names: list[str], language: Language) -> str:
    third, winner = _party(found.third, language), outcome.result.winner
    if len(found.regions) == 1:
        return text(
            "figure.triangle.always", language, option=as_name(names[winner], language), third=third
        )
    equal = found.scores.mean(axis=0)
    best = max(outcome.result.ranking, key=lambda row: equal[row])
    return text(
        "figure.triangle.same" if best == winner else "figure.triangle.other",
        language,
        option=as_name(names[best], language),
        now=as_name(names[winner], language),
        third=third,
    )


def _figure(found: Triangle, names: list[str], language: Language) -> go.Figure:
    keys = [
        wrapped(f"{_winners(one, names, language)}: {_part(one, language)}", _LETTERS)
        for one in found.regions
    ]
    marks = [text("figure.triangle.now", language), text("figure.triangle.equal", language)]
    below = _TOP + _SIDE * math.sqrt(3) / 2 + 2 * _LINE
    lines = [key.count("<br>") + 1 for key in keys]
    figure = Canvas(below + _LINE * (sum(lines) + len(marks)) + 4, language, (-110, 110))
    for index, region in enumerate(found.regions):
        _draw_region(figure, region, index, names, language)
    _draw_corners(figure, found, language)
    y = below
    for index, (key, count) in enumerate(zip(keys, lines, strict=True)):
        _draw_key(figure, _marker(index), y + _LINE / 2, key, y + _LINE * count / 2)
        y += _LINE * count
    for words, shares, symbol in zip(
        marks, (found.shares, np.full(3, 1 / 3)), ("star-open", "circle-open"), strict=True
    ):
        marker = {"color": INK, "symbol": symbol, "size": 15, "line": {"width": 2}}
        x, height = _at(shares)
        figure.marks(x=[x], y=[height], marker=marker, hoverinfo="skip")
        _draw_key(figure, marker, y + _LINE / 2, words, y + _LINE / 2)
        y += _LINE
    return figure.figure()


def _draw_region(
    figure: Canvas, region: WinRegion, index: int, names: list[str], language: Language
) -> None:
    places = [_at(corner) for corner in [*region.corners, region.corners[0]]]
    place = index % len(PALETTE)
    figure.marks(
        x=[x for x, _ in places],
        y=[y for _, y in places],
        mode="lines",
        fill="toself",
        fillcolor=PALETTE[place],
        fillpattern={
            "shape": PATTERNS[place],
            "fgcolor": "white",
            "fgopacity": 0.35,
            "fillmode": "overlay",
        },
        line={"color": "white", "width": 1},
        marker={"size": 0},
        hoveron="fills",
        name=escaped(_winners(region, names, language)),
        hoverinfo="name",
    )
    x, y = _at(region.middle)
    figure.marks(x=[x], y=[y], marker=_marker(index) | {"color": "white"}, hoverinfo="skip")
    if region.part >= 0.2:
        label = wrapped(_winners(region, names, language), _SHORT).split("<br>")
        words = label[0] + ("…" if len(label) > 1 else "")
        figure.write(x, y + 18, words, xanchor="center", bgcolor="white")


def _draw_corners(figure: Canvas, found: Triangle, language: Language) -> None:
    for shares, party in zip(np.eye(3), found.parties, strict=True):
        x, y = _at(shares)
        words = f"<b>{wrapped(_party(party, language), _SHORT).split('<br>')[0]}</b>"
        anchor = "center" if x == 0 else "left" if x < 0 else "right"
        figure.write(x, y + (-14 if x == 0 else 14), words, xanchor=anchor)


def _draw_key(
    figure: Canvas, marker: dict[str, object], mark: float, words: str, middle: float
) -> None:
    figure.marks(x=[-104], y=[mark], marker=marker | {"size": 12}, hoverinfo="skip")
    figure.write(-98, middle, words)


def _marker(index: int) -> dict[str, object]:
    return {
        "color": PALETTE[index % len(PALETTE)],
        "symbol": _MARKS[index % len(_MARKS)],
        "size": 13,
        "line": {"color": INK, "width": 1},
    }


def _at(shares: FloatArray) -> tuple[float, float]:
    """Place shares in the triangle: residents below left, municipality right, third on top."""
    residents, municipality, third = shares.tolist()
    return 100 * (municipality - residents), _TOP + _SIDE * math.sqrt(3) / 2 * (1 - third)


def _party(name: str, language: Language) -> str:
    return word(name, language)


def _winners(region: WinRegion, names: list[str], language: Language) -> str:
    return joined([names[one] for one in (region.winner, *region.tied)], language)


def _part(region: WinRegion, language: Language) -> str:
    return percent(region.part, language)


def _table(found: Triangle, names: list[str], language: Language) -> pd.DataFrame:
    heads = [_party(party, language) for party in found.parties]
    rows = []
    for region in found.regions:
        low, high = region.corners.min(axis=0), region.corners.max(axis=0)
        rows.append(
            [
                _winners(region, names, language),
                _part(region, language),
                *(
                    text(
                        "number.range",
                        language,
                        low=percent(float(one), language),
                        high=percent(float(other), language),
                    )
                    for one, other in zip(low, high, strict=True)
                ),
            ]
        )
    columns = [
        text("table.winner", language),
        text("table.of_divisions", language),
        *(text("table.share_of", language, party=head) for head in heads),
    ]
    return pd.DataFrame(rows, columns=columns)
