"""How often each initiative is chosen when other people would have weighed."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from waardeweging.analysis.selecting import Chosen, Selection
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.canvas import (
    GREY,
    PALETTE,
    Canvas,
    Picture,
    rows,
    wrapped,
)
from waardeweging.presentation.selection_text import in_order, often, table_rows
from waardeweging.presentation.selection_words import names_of, selection_sentences

_TICKS = {0.0: "0%", 0.5: "50%", 1.0: "100%"}
_BAR = 14.0
_COLUMNS = ("name", "chosen", "value", "share")


def chosen_often(selection: Selection, language: Language) -> Picture | None:
    """Show a bar per initiative; a filled one is chosen. None when nothing can be chosen."""
    chosen = selection.chosen
    if chosen is None:
        return None
    columns = [text(f"selection.table.{name}", language) for name in _COLUMNS]
    table = pd.DataFrame(table_rows(chosen, selection, language), columns=columns)
    return Picture(
        text("page.selection.picture", language),
        selection_sentences(selection, language)[-1],
        _figure(chosen, selection, language),
        table,
        "; ".join(f"{row[0]}: {row[-1]}" for row in table.itertuples(index=False)),
    )


def _figure(chosen: Chosen, selection: Selection, language: Language) -> go.Figure:
    order = in_order(chosen, selection)
    marks = {place: "✓ " if chosen.best.chosen[place] else "" for place in order}
    names = [wrapped(marks[place] + names_of(selection, [place], language)) for place in order]
    placed = rows(names, thinnest=_BAR)
    figure = Canvas(
        placed.bottom, language, (0, 1), text("selection.table.share", language), _TICKS
    )
    figure.write_labels(placed, [often(chosen, place, language) for place in order])
    figure.bar(
        x=[float(chosen.share.share[place]) for place in order],
        y=[row.mark for row in placed.rows],
        width=[row.height for row in placed.rows],
        marker={"color": [PALETTE[0] if chosen.best.chosen[one] else GREY for one in order]},
        hoverinfo="skip",
    )
    return figure.figure()
