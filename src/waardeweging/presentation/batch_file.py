"""Rows of a batch as files for a spreadsheet or for other programs."""

from __future__ import annotations

import io
import re

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

# A spreadsheet takes a text that begins like this for a formula.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def csv_of(frame: pd.DataFrame) -> bytes:
    """Write rows for a Dutch spreadsheet: ``;``, decimal comma, UTF-8 with a mark in front.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.

    Parameters
    ----------
    frame : pandas.DataFrame
    """
    plain = frame.astype(dict.fromkeys(_texts(frame), object))
    for name in _texts(frame):
        plain[name] = plain[name].map(_guarded, na_action="ignore")
    plain = plain.rename(columns=_guarded)
    written: str = plain.to_csv(sep=";", decimal=",", index=False, lineterminator="\r\n")
    return written.encode("utf-8-sig")


def parquet_of(frame: pd.DataFrame) -> bytes:
    """Write rows as Parquet, numbers and texts as they are.

    Parameters
    ----------
    frame : pandas.DataFrame
    """
    plain = frame.astype(dict.fromkeys(_texts(frame), object))
    table = pa.Table.from_pandas(plain, preserve_index=False).replace_schema_metadata(None)
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def _texts(frame: pd.DataFrame) -> list[str]:
    kinds = frame.dtypes.items()
    return [str(name) for name, kind in kinds if not pd.api.types.is_numeric_dtype(kind)]


def _guarded(text: object) -> object:
    return f"'{text}" if isinstance(text, str) and _FORMULA.match(text) else text
