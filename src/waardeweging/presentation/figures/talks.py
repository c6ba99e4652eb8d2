"""Who speaks with whom: parties in three columns, with a line for every talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd
import plotly.graph_objects as go

from waardeweging.elicitation.ballots import MUNICIPALITY, RESIDENTS, SIDES
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    GREY,
    INK,
    MUNICIPALITY_MARK,
    PALETTE,
    RESIDENTS_MARK,
    Canvas,
    Picture,
    escaped,
    wrapped,
)
from waardeweging.presentation.numbers import joined
from waardeweging.presentation.sentences import word
from waardeweging.process.project import people
from waardeweging.process.project.events import ActorWritten
from waardeweging.process.project.state import Project

_OTHERS = "others"
_COLUMNS = (RESIDENTS, _OTHERS, MUNICIPALITY)
_MARKS = {
    RESIDENTS: RESIDENTS_MARK,
    _OTHERS: (PALETTE[2], "square"),
    MUNICIPALITY: MUNICIPALITY_MARK,
}
# More parties in a column than this stand in the table only.
_MOST = 6
_TOP, _LINE, _MARK, _GAP = 30.0, 17.0, 20.0, 10.0
_LETTERS, _LINES, _FONT = 16, 3, 11
# The middle column stands lower, its names below its marks: lines between the sides run above.
_LOWER = 0.15


def talks_map(state: Project, language: Language) -> Picture | None:
    """Show the parties of a project and who of them spoke with whom; None without parties.

    Parameters
    ----------
    state : Project
    language : str
    """
    if not state.actors:
        return None
    pairs = _pairs(state)
    alone = set(people.unconnected(state))
    said = [_said(state, pair) for pair in pairs]
    return Picture(
        text("figure.talks.question", language),
        _sentence(state, alone, language),
        _drawn(state, pairs, alone, language),
        _table(state, alone, language),
        text(
            "figure.talks.alt",
            language,
            talks="; ".join(said) or word("none", language),
        ),
    )


def _pairs(state: Project) -> list[tuple[str, str]]:
    """Give everybody who sat in a talk together, once; who left stands in none."""
    found: dict[tuple[str, str], None] = {}
    for talk in state.talks.values():
        present = sorted({name for name in talk.actors if name in state.actors})
        found |= dict.fromkeys(combinations(present, 2))
    return list(found)


def _said(state: Project, pair: tuple[str, str]) -> str:
    return " – ".join(state.actors[name].label for name in pair)


def _sentence(state: Project, alone: set[str], language: Language) -> str:
    if not alone:
        return text("figure.talks.all", language)
    names = [one.label for name, one in state.actors.items() if name in alone]
    return text("figure.talks.alone", language, actors=joined(names, language))


def _column(one: ActorWritten) -> str:
    return one.side if one.side in SIDES else _OTHERS


def _places(state: Project) -> Mapping[str, tuple[float, float]]:
    """Give where the mark of each party stands: its column, and pixels from the top."""
    found: dict[str, tuple[float, float]] = {}
    high, each = _TOP + _LINES * _LINE + _MARK / 2, _LINES * _LINE + _MARK + _GAP
    for x, column in enumerate(_COLUMNS):
        mine = [name for name, one in state.actors.items() if _column(one) == column][:_MOST]
        for row, name in enumerate(mine):
            lower = _LOWER if column == _OTHERS else 0.0
            found[name] = (float(x), high + (row + lower) * each)
    return found


def _drawn(
    state: Project, pairs: Sequence[tuple[str, str]], alone: set[str], language: Language
) -> go.Figure:
    places = _places(state)
    bottom = max(y + _MARK + (x == 1.0) * _below(state, name) for name, (x, y) in places.items())
    figure = Canvas(bottom, language, (-0.5, 2.5))
    for at, column in enumerate(_COLUMNS):
        head = (
            text("figure.talks.others", language) if column == _OTHERS else word(column, language)
        )
        figure.write(at, _TOP / 2, f"<b>{escaped(head)}</b>", xanchor="center")
    for pair in pairs:
        if all(name in places for name in pair):
            (x0, y0), (x1, y1) = (places[name] for name in pair)
            figure.line((x0, x1), (y0, y1), colour=GREY, width=2, layer="below")
    for name, (x, y) in places.items():
        _draw_party(figure, state.actors[name], x, y, is_alone=name in alone)
    return figure.figure()


def _below(state: Project, name: str) -> float:
    """Give the room that a name takes below its mark, in pixels."""
    return len(_lines(state.actors[name])) * _LINE


def _lines(one: ActorWritten) -> list[str]:
    lines = wrapped(one.label, _LETTERS).split("<br>")
    return lines if len(lines) <= _LINES else [*lines[: _LINES - 1], f"{lines[_LINES - 1]}…"]


def _draw_party(figure: Canvas, one: ActorWritten, x: float, y: float, *, is_alone: bool) -> None:
    """Draw a mark with the name beside it; an open one speaks with one side only, or nobody."""
    colour, symbol = _MARKS[_column(one)]
    style = {"size": 17, "line": {"width": 2, "color": INK}}
    figure.marks(
        x=[x], y=[y], hoverinfo="skip",
        marker=style | {"color": "white" if is_alone else colour, "symbol": symbol},
    )  # fmt: skip
    shown = _lines(one)
    away = _MARK / 2 + len(shown) * _LINE / 2
    height = y + away if _column(one) == _OTHERS else y - away
    figure.write(x, height, "<br>".join(shown), xanchor="center", align="center",
                 bgcolor="rgba(255,255,255,0.85)", font={"size": _FONT})  # fmt: skip


def _table(state: Project, alone: set[str], language: Language) -> pd.DataFrame:
    talks = {name: [] for name in state.actors}  # type: dict[str, list[str]]
    for first, second in _pairs(state):
        talks[first].append(state.actors[second].label)
        talks[second].append(state.actors[first].label)
    return pd.DataFrame(
        {
            text("figure.talks.party", language): [one.label for one in state.actors.values()],
            text("figure.talks.with", language): [
                joined(one, language) or "–" for one in talks.values()
            ],
            text("figure.talks.both", language): [
                text("figure.talks.no" if name in alone else "figure.talks.yes", language)
                for name in state.actors
            ],
        }
    )
