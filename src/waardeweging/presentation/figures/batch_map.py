"""A map without tiles: areas from a boundary file, shaded by how often the choice changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.batch.results import BatchTable
from waardeweging.analysis.batch.selection import by_area
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.batch import area_table, counted_name
from waardeweging.presentation.figures.canvas import FONT, INK, Picture, escaped
from waardeweging.presentation.numbers import number, percent
from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.boundaries import Boundaries

_HEIGHT = 620
# From few to many; also apart from each other in grey.
_SHADES = ("#ffffff", "#d4e3ef", "#94bedb", "#4a90c2", "#1a5f99", "#0b3056")
_UNKNOWN = "#f3f0e6"
_OUTLINE = "#767d87"
_CLASSES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_MOST_LABELS = 12


def choropleth(
    frame: pd.DataFrame, table: BatchTable, what: str, boundaries: Boundaries, language: Language
) -> Picture | None:
    """Shade every area by the share of its neighbourhoods of which something is so.

    Parameters
    ----------
    frame : pandas.DataFrame
        Of one variant and one weight set.
    table : BatchTable
    what : str
        ``changed``, ``tied`` or an option, as in `by_area`.
    boundaries : Boundaries
        Of municipalities or of neighbourhoods.
    language : str

    Returns
    -------
    Picture or None
        None when no area of the file is among the rows.
    """
    column = (
        "neighbourhood"
        if any(code.startswith("BU") for code in boundaries.rings)
        else "municipality_code"
    )
    areas, counted = by_area(frame, column, what), counted_name(table, what, language)
    drawn = areas[areas["code"].isin(boundaries.rings.keys())]
    if drawn.empty:
        return None
    missing = len(areas) - len(drawn)
    full = int((drawn["share"] == 1).sum())
    said = text(
        "figure.map.sentence",
        language,
        counted=counted,
        count=number(full, language),
        total=number(len(drawn), language),
    )
    if missing:
        said += " " + text("figure.map.missing", language, count=number(missing, language))
    return Picture(
        text("figure.map.question", language, counted=counted),
        said,
        _figure(drawn, boundaries.rings, language, named=column != "neighbourhood"),
        area_table(areas, counted, language),
        text(
            "figure.map.alt",
            language,
            counted=counted,
            classes="; ".join(
                f"{_class_name(k, language)}: {len(_of_class(drawn, k))}"
                for k in range(len(_SHADES))
            ),
        ),
    )


def _of_class(areas: pd.DataFrame, k: int) -> pd.DataFrame:
    """Give the areas of a class: none at all, and then up to each end."""
    share = areas["share"]
    if k == 0:
        return areas[share == 0]
    return areas[(share > _CLASSES[k - 1]) & (share <= _CLASSES[k])]


def _class_name(k: int, language: Language) -> str:
    if k == 0:
        return text("figure.map.none", language)
    low, high = (percent(x, language) for x in _CLASSES[k - 1 : k + 1])
    return text("figure.map.class", language, low=low, high=high)


def _figure(
    areas: pd.DataFrame,
    rings: Mapping[str, Sequence[FloatArray]],
    language: Language,
    *,
    named: bool,
) -> go.Figure:
    known = set(areas["code"])
    rest = [ring for code, own in rings.items() if code not in known for ring in own]
    traces = [_filled(rest, _UNKNOWN, text("figure.map.unknown", language))] if rest else []
    for k, colour in enumerate(_SHADES):
        codes = _of_class(areas, k)["code"]
        own = [ring for code in codes for ring in rings[code]]
        name = f"{_class_name(k, language)} ({number(len(codes), language)})"
        traces.append(_filled(own, colour, name))
    traces.append(_hover(areas, rings, language))
    labels = _labels(areas, rings) if named else []
    return go.Figure(data=traces, layout=_layout(labels))


def _filled(rings: Sequence[FloatArray], colour: str, name: str) -> dict[str, Any]:
    """Fill all areas of a class at once: a gap parts one outline from the next."""
    gap = np.array([[np.nan, np.nan]])
    line = np.concatenate([part for ring in rings for part in (ring, gap)] or [gap])
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [None if np.isnan(x) else round(float(x), 5) for x in line[:, 0]],
        "y": [None if np.isnan(y) else round(float(y), 5) for y in line[:, 1]],
        "fill": "toself",
        "fillcolor": colour,
        "line": {"color": _OUTLINE, "width": 0.5},
        "marker": {"size": 1},
        "name": name,
        "hoverinfo": "skip",
    }


def _hover(
    areas: pd.DataFrame, rings: Mapping[str, Sequence[FloatArray]], language: Language
) -> dict[str, Any]:
    middles = [_middle(rings[code]) for code in areas["code"]]
    words = [
        f"{escaped(str(row.name))}: "
        + text("figure.municipalities.of", language, count=row.counted, total=row.total)
        for row in areas.itertuples(index=False)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [float(x) for x, _ in middles],
        "y": [float(y) for _, y in middles],
        "marker": {"size": 8, "opacity": 0},
        "text": words,
        "hoverinfo": "text",
        "showlegend": False,
    }


def _labels(areas: pd.DataFrame, rings: Mapping[str, Sequence[FloatArray]]) -> list[dict[str, Any]]:
    """Name the largest areas when there are few, as shades alone say little then."""
    if len(areas) > _MOST_LABELS:
        return []
    return [
        {
            "x": float(middle[0]),
            "y": float(middle[1]),
            "text": f"{escaped(str(row.name))}<br>{row.counted}/{row.total}",
            "showarrow": False,
            "font": {"color": INK, "size": FONT},
            "bgcolor": "rgba(255,255,255,0.85)",
        }
        for row in areas.itertuples(index=False)
        for middle in [_middle(rings[str(row.code)])]
    ]


def _middle(rings: Sequence[FloatArray]) -> FloatArray:
    largest = max(rings, key=lambda ring: float(np.ptp(ring, axis=0).prod()))
    return np.asarray(largest.mean(axis=0))


def _layout(labels: list[dict[str, Any]]) -> dict[str, Any]:
    hidden = {"visible": False, "fixedrange": True}
    return {
        "template": "none",
        "height": _HEIGHT,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "font": {"size": FONT, "color": INK, "family": "system-ui, sans-serif"},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "dragmode": False,
        "hovermode": "closest",
        "legend": {"orientation": "h", "y": 0, "yanchor": "top", "itemclick": False,
                   "itemdoubleclick": False},
        "xaxis": hidden,
        "yaxis": {**hidden, "scaleanchor": "x", "scaleratio": 1},
        "annotations": labels,
    }  # fmt: skip
