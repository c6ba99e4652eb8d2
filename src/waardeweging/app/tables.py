"""Real tables: with a caption and header cells, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import pandas as pd
import streamlit as st

Rows = Iterable[Sequence[str]]


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


def table_html(
    caption: str, columns: Sequence[str], rows: Rows, *, numbers: bool = False
) -> str:
    """Write a table as HTML; it can be scrolled with the keyboard when it is too wide."""
    name = escape(caption)
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(_row(row) for row in rows)
    kind = " numbers" if numbers else ""
    return (
        f'<div class="ww-table{kind}" role="region" aria-label="{name}" tabindex="0">'
        f'<table><caption class="ww-read-out">{name}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells
    return (
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        + "</tr>"
    )
