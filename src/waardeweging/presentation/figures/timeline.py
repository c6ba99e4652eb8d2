"""The planning of a project on a line of time: what was, what comes, and where it is decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.dates import day_text
from waardeweging.presentation.figures.canvas import (
    GREY,
    INK,
    PALE,
    PALETTE,
    Canvas,
    Picture,
    rows,
    wrapped,
)
from waardeweging.process.project.events import MomentWritten
from waardeweging.process.project.state import Project

_TOP = 26
_MOST = 9
# Free space beside the first and the last day, as a part of the whole stretch.
_SPACE = 0.08


def timeline(state: Project, today: str, language: Language) -> Picture | None:
    """Show the moments of a project on a line of time; None when none was planned.

    Parameters
    ----------
    state : Project
    today : str
        ISO 8601.
    language : str
    """
    planned = sorted(state.moments.values(), key=lambda one: (one.day, one.id))
    if not planned:
        return None
    coming = [one for one in planned if not one.done and one.day >= today]
    # What is behind us gives way when not everything fits.
    drawn = (planned if len(planned) <= _MOST else [*coming, *planned[::-1]])[:_MOST]
    return Picture(
        text("figure.timeline.question", language),
        _sentence(coming, language),
        _drawn(sorted(drawn, key=lambda one: (one.day, one.id)), today, language),
        _table(planned, today, language),
        text(
            "figure.timeline.alt",
            language,
            moments="; ".join(f"{day_text(one.day, language)}: {one.what}" for one in planned),
        ),
    )


def _sentence(coming: Sequence[MomentWritten], language: Language) -> str:
    if not coming:
        return text("figure.timeline.past", language)
    first = coming[0]
    kind = "next_decides" if first.decides else "next"
    values = {"what": first.what, "day": day_text(first.day, language), "decides": first.decides}
    return text(f"figure.timeline.{kind}", language, **values)


def _drawn(planned: Sequence[MomentWritten], today: str, language: Language) -> go.Figure:
    labels = [wrapped(f"{day_text(one.day, language)} · {one.what}") for one in planned]
    table = rows(labels, top=_TOP, below=6)
    days = [date.fromisoformat(one.day).toordinal() for one in planned]
    now = date.fromisoformat(today).toordinal()
    low, high = min(*days, now), max(*days, now)
    space = max(1.0, (high - low) * _SPACE)
    figure = Canvas(table.bottom, language, (low - space, high + space))
    figure.write(now, _TOP / 2, text("figure.timeline.today", language), xanchor="center")
    for one, at, row in zip(planned, days, table.rows, strict=True):
        figure.line((low - space, high + space), (row.mark, row.mark), colour=PALE, layer="below")
        ends = (row.mark - row.height / 2, row.mark + row.height / 2)
        figure.line((now, now), ends, colour=GREY, width=3)
        figure.marks(
            x=[at],
            y=[row.mark],
            marker={
                "color": PALETTE[0] if one.done else PALETTE[6],
                "symbol": _symbol(one),
                "size": 15,
                "line": {"width": 2, "color": INK},
            },
            hoverinfo="skip",
        )
    figure.write_labels(table)
    return figure.figure()


def _symbol(one: MomentWritten) -> str:
    form = "diamond" if one.decides else "circle"
    return form if one.done else f"{form}-open"


def _table(planned: Sequence[MomentWritten], today: str, language: Language) -> pd.DataFrame:
    def stands(one: MomentWritten) -> str:
        kind = "done" if one.done else "late" if one.day < today else "coming"
        return text(f"figure.timeline.{kind}", language)

    return pd.DataFrame(
        {
            text("figure.timeline.what", language): [one.what for one in planned],
            text("figure.timeline.day", language): [day_text(one.day, language) for one in planned],
            text("figure.timeline.decides", language): [one.decides or "–" for one in planned],
            text("figure.timeline.stands", language): [stands(one) for one in planned],
        }
    )
