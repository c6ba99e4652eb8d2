"""What every figure shares: palette, sizes, and rows with their label above the mark.

Names of options are long and phones are narrow, so a name stands above its row
instead of beside it. The vertical axis counts pixels from the top: rows never
overlap, whatever the width. Names from files are escaped: plotly reads markup.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from waardeweging.presentation.catalog import Language, text

PALETTE = (
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#9881d4",
    "#433f08",
    "#8c594b",
    "#004292",
    "#6e1d56",
)
# One per colour, so that no part is known by its colour alone.
PATTERNS = ("", "/", ".", "\\", "x", "-", "|", "+")
INK, GREY, PALE = "#1b1b1b", "#595959", "#dfe3e8"
_BLACK, _WHITE = "#000000", "#ffffff"
# Of the sides: colour and symbol.
RESIDENTS_MARK, MUNICIPALITY_MARK = (PALETTE[0], "circle"), (PALETTE[1], "diamond")

# Without buttons, uploads, tips or zooming: a finger that scrolls must not move the figure.
PLOTLY_CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "responsive": True,
}

FONT = 14
HIGHEST = 380
MOST_ROWS = 8
_LINE = 18
_GAP = 5
_THINNEST, _THICKEST = 12.0, 24.0
_LETTERS = 40
# A number fits inside a mark from this height.
FITS_NUMBER = 14.5


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with all that is needed to read it, also for those who cannot see it.

    Parameters
    ----------
    question : str
        The title: what the figure answers.
    sentence : str
        The answer in one plain sentence.
    figure : plotly.graph_objects.Figure
    table : pandas.DataFrame
        The same numbers, written for display.
    alt : str
        What is to be seen.
    """

    question: str
    sentence: str
    figure: go.Figure
    table: pd.DataFrame
    alt: str

    def enlarged(self, factor: float) -> Picture:
        """Give the same picture for a beamer: letters and height larger, width free."""
        figure = go.Figure(self.figure)
        layout = figure.layout
        figure.update_layout(
            height=layout.height * factor,
            font_size=layout.font.size * factor,
            xaxis_title_font_size=layout.font.size * factor,
            hoverlabel_font_size=layout.font.size * factor,
            margin={side: layout.margin[side] * factor for side in "lrtb"},
        )
        figure.for_each_annotation(
            lambda note: note.update(
                xshift=(note.xshift or 0) * factor, yshift=(note.yshift or 0) * factor
            )
        )
        for trace in figure.select_traces({"type": "scatter"}):
            size = np.asarray(trace.marker.size, dtype=np.float64) * factor
            trace.marker.size = size.tolist()
        return replace(self, figure=figure)


@dataclass(frozen=True, slots=True)
class Row:
    """Where one row stands, in pixels from the top."""

    label: float
    mark: float
    height: float


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows below each other, each with a label of one or more lines above its mark."""

    rows: tuple[Row, ...]
    labels: tuple[str, ...]
    bottom: float


def rows(
    labels: Sequence[str],
    top: float = 0.0,
    below: float = 10.0,
    marked: int | None = None,
    thinnest: float = _THINNEST,
) -> Rows:
    """Divide the height over rows; marks give way before letters do.

    Parameters
    ----------
    labels : sequence of str
        As `wrapped` gives them.
    top, below : float
        Pixels kept free above and below.
    marked : int, optional
        How many rows have a mark; all when left out. The others are words only.
    thinnest : float
        Least height of a mark. [pixels]
    """
    count = len(labels) if marked is None else marked
    lines = [label.count("<br>") + 1 for label in labels]
    letters = sum(lines) * _LINE + len(lines) * _GAP
    share = (HIGHEST - top - below - letters) / max(count, 1)
    placed, y = [], top
    for index, number in enumerate(lines):
        bar = min(max(share, thinnest), _THICKEST) if index < count else 0.0
        mark = y + number * _LINE + bar / 2
        placed.append(Row(y + number * _LINE / 2, mark, bar))
        y = mark + bar / 2 + _GAP
    return Rows(tuple(placed), tuple(labels), y)


class Canvas:
    """A drawing in the making; plotly checks it once, at the end, because that is slow.

    The vertical axis counts pixels from the top.

    Parameters
    ----------
    height : float
        Of the drawing, without the axis below it. [pixels]
    language : str
    x_range : (float, float)
    title : str
        Of the horizontal axis; without one no axis is drawn.
    ticks : mapping of float to str, optional
        Where the axis has a mark, and its words.
    """

    def __init__(
        self,
        height: float,
        language: Language,
        x_range: tuple[float, float],
        title: str = "",
        ticks: Mapping[float, str] | None = None,
    ) -> None:
        self._traces: list[dict[str, Any]] = []
        self._notes: list[dict[str, Any]] = []
        self._shapes: list[dict[str, Any]] = []
        self._layout = _layout(height, language, x_range, title, ticks or {})

    def bar(self, **options: Any) -> None:
        """Add horizontal bars."""
        self._traces.append({"type": "bar", "orientation": "h"} | options)

    def marks(self, **options: Any) -> None:
        """Add marks, with a line or words when `mode` says so."""
        self._traces.append({"type": "scatter", "mode": "markers", "cliponaxis": False} | options)

    def line(self, x: tuple[float, float], y: tuple[float, float], **options: Any) -> None:
        """Add a straight line; `colour`, `width`, `dash` are its own, the rest is plotly's."""
        style = {"color": options.pop("colour", INK), "width": options.pop("width", 1)}
        style["dash"] = options.pop("dash", "solid")
        ends = {"x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1]}
        self._shapes.append({"type": "line", "line": style} | ends | options)

    def write(self, x: float, y: float, words: str, **options: Any) -> None:
        """Write words at a place, left-aligned unless said otherwise."""
        settings = {"xanchor": "left", "align": "left", "yanchor": "middle", "showarrow": False}
        if words:
            place = {"x": x, "y": y, "text": words, "borderpad": 0}
            self._notes.append(settings | place | options)

    def write_labels(self, table: Rows, right: Sequence[str] = ()) -> None:
        """Write the label of every row above its mark, and what stands at the right edge."""
        for row, label in zip(table.rows, table.labels, strict=True):
            self.write(0, row.label, label, xref="paper")
        for row, words in zip(table.rows, right, strict=False):
            self.write(1, row.label, words, xref="paper", xanchor="right", align="right")

    def figure(self) -> go.Figure:
        """Give the figure."""
        layout = self._layout | {"annotations": self._notes, "shapes": self._shapes}
        return go.Figure(data=self._traces, layout=layout)


def _layout(
    height: float,
    language: Language,
    x_range: tuple[float, float],
    title: str,
    ticks: Mapping[float, str],
) -> dict[str, Any]:
    bottom = 46 if title else 6
    marked = {"tickvals": list(ticks), "ticktext": list(ticks.values())} if ticks else {"nticks": 6}
    return {
        "template": "none",
        "height": height + bottom + 4,
        "autosize": True,
        "margin": {"l": 14, "r": 20, "t": 4, "b": bottom, "pad": 0},
        "font": {"size": FONT, "color": INK, "family": "system-ui, sans-serif"},
        "separators": text("number.separators", language),
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "barmode": "overlay",
        "hoverlabel": {"align": "left", "font": {"size": FONT}},
        "xaxis": {
            "range": list(x_range),
            "fixedrange": True,
            "showgrid": bool(title),
            "gridcolor": PALE,
            "zeroline": False,
            "visible": bool(title),
            "title": {"text": title, "font": {"size": FONT}, "standoff": 6},
            **marked,
        },
        "yaxis": {"range": [height, 0], "fixedrange": True, "visible": False},
    }


def escaped(words: str) -> str:
    """Give words from a file as plain letters to plotly."""
    return html.escape(words, quote=False)


def wrapped(words: str, letters: int = _LETTERS) -> str:
    """Break words into lines that fit a phone, escaped."""
    return "<br>".join(escaped(line) for line in textwrap.wrap(words, letters)) or " "


def ink_on(colour: str) -> str:
    """Choose black or white letters, whichever stands out more (WCAG 2.2 contrast)."""
    light = _luminance(colour) + 0.05
    return _BLACK if light / 0.05 > 1.05 / light else _WHITE


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
