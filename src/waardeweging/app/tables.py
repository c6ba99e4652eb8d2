"""Real tables: with a caption and header cells, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell that begins with a mark for the eye.

    Parameters
    ----------
    mark : str
        Such as ``●●●○○``; not read out.
    spoken : str
        What is read out in its place.
    rest : str
    """

    mark: str
    spoken: str
    rest: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A cell with a note under it, such as a name and its unit.

    Parameters
    ----------
    said : str
    note : str
    """

    said: str
    note: str


Content = str | Marked | Noted
Row = Sequence[Content]
Rows = Iterable[Row]

_MOST_ON_A_PHONE = 3


def show_table(caption: str, columns: Sequence[str], rows: Rows, *, numbers: bool = False) -> None:
    """Show a table whose first column names its rows.

    Parameters
    ----------
    caption : str
        What the table holds; read out, not shown.
    columns : sequence of str
    rows : iterable of sequences of str
    numbers : bool
        Whether all columns but the first hold numbers.
    """
    st.html(table_html(caption, columns, rows, numbers=numbers))


def show_frame(caption: str, frame: pd.DataFrame) -> None:
    """Show a frame whose columns are display-ready."""
    rows = ([str(cell) for cell in row] for row in frame.itertuples(index=False, name=None))
    show_table(caption, [str(column) for column in frame.columns], rows)


def show_groups(
    caption: str, columns: Sequence[str], groups: Iterable[tuple[str, Iterable[Row]]]
) -> None:
    """Show a table whose rows stand in named groups."""
    body = "".join(_body(rows, columns, name) for name, rows in groups)
    st.html(_table(caption, columns, body, "groups"))


def table_html(caption: str, columns: Sequence[str], rows: Rows, *, numbers: bool = False) -> str:
    """Write a table as HTML.

    On a phone a table of many columns becomes a card per row (see the style sheet);
    the roles keep it a table for who listens to it.
    """
    kind = "numbers" if numbers else "cards" if len(columns) > _MOST_ON_A_PHONE else "plain"
    return _table(caption, columns, _body(rows, columns), kind)


def _table(caption: str, columns: Sequence[str], body: str, kind: str) -> str:
    name = escape(caption)
    head = "".join(
        f'<th scope="col" role="columnheader">{escape(column)}</th>' for column in columns
    )
    return (
        f'<div class="ww-table {kind}" role="region" aria-label="{name}" tabindex="0">'
        f'<table role="table"><caption class="ww-read-out">{name}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>{body}</table></div>'
    )


def _body(rows: Rows, columns: Sequence[str], group: str = "") -> str:
    head = (
        f'<tr role="row"><th class="group" scope="rowgroup" role="rowheader" '
        f'colspan="{len(columns)}">{escape(group)}</th></tr>'
        if group
        else ""
    )
    written = "".join(_row(row, columns) for row in rows)
    return f'<tbody role="rowgroup">{head}{written}</tbody>'


def _row(cells: Row, columns: Sequence[str]) -> str:
    first, *rest = cells
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{_content(first)}</th>'
        + "".join(
            f'<td role="cell" data-column="{escape(column)}">{_content(cell)}</td>'
            for column, cell in zip(columns[1:], rest, strict=True)
        )
        + "</tr>"
    )


def _content(cell: Content) -> str:
    if isinstance(cell, str):
        return escape(cell)
    if isinstance(cell, Noted):
        return f"{escape(cell.said)} <small>{escape(cell.note)}</small>"
    return (
        f'<span class="ww-mark" aria-hidden="true">{escape(cell.mark)}</span> '
        f'<span class="ww-read-out">{escape(cell.spoken)}:</span> {escape(cell.rest)}'
    )
