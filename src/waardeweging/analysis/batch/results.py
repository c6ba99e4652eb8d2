"""Reads what a batch wrote, as columns that answer many questions quickly.

A file may come from anyone: its shape and its size are checked before a row is read, and
texts are kept once, however many rows say them.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from waardeweging.problem.arrays import IntArray
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.labels import Label

MOST_ROWS = 2_000_000
LARGEST_UNPACKED = 512 * 1024 * 1024
_KEY = b"waardeweging"
_TEXTS = (
    "neighbourhood",
    "name",
    "municipality_code",
    "municipality",
    "variant",
    "weights",
    "winner",
    "runner_up",
    "robustness",
    "robustness_bands",
    "cost_only_winner",
    "published_winner",
)
_NUMBERS = (
    "margin",
    "points_to_flip",
    "winner_share",
    "winner_share_error",
    "winner_share_bands",
    "regret",
    "value_of_information",
)
_MARKS = ("tie", "weighing_changes_choice")
_TYPES = (
    dict.fromkeys(_TEXTS, pa.string())
    | dict.fromkeys(_NUMBERS, pa.float64())
    | dict.fromkeys(_MARKS, pa.bool_())
)
COLUMNS = tuple(_TYPES)


@dataclass(frozen=True, eq=False)
class BatchTable:
    """The rows of a batch, with the run they come from.

    Parameters
    ----------
    name : str
        Of the file.
    about : mapping
        What the footer says: run, seed, draws, options, …
    variants, weights : tuple of str
        Those that have rows, in the order of the run.
    """

    name: str
    about: Mapping[str, Any]
    variants: tuple[str, ...]
    weights: tuple[str, ...]
    _table: pa.Table
    _rows: Mapping[tuple[str, str], IntArray]

    def rows(self, variant: str, weights: str) -> pd.DataFrame:
        """Give a row per neighbourhood; texts are categories, unknown is NaN or None.

        Parameters
        ----------
        variant, weights : str
            One of `variants` and of `weights`.
        """
        chosen = self._rows.get((variant, weights), np.empty(0, np.int64))
        frame: pd.DataFrame = self._table.take(pa.array(chosen)).to_pandas()
        return frame

    def label(self, kind: str, name: str, language: str) -> str:
        """Give the label of an option or a variant; its id where the file has none."""
        given = self.about.get("labels")
        labels = given.get(kind) if isinstance(given, Mapping) else None
        found = labels.get(name) if isinstance(labels, Mapping) else None
        return found[language] if isinstance(found, Label) else name


def read_results(source: Path | bytes, name: str) -> BatchTable:
    """Read the file of a batch.

    Parameters
    ----------
    source : Path or bytes
        A file, or the content of one.
    name : str
        What to call it in an error.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If it is no such file, is damaged, is too large, or lacks columns.
    """
    try:
        with pq.ParquetFile(io.BytesIO(source) if isinstance(source, bytes) else source) as file:
            about = _about(file, name)
            _check(file, name)
            table = file.read(columns=list(COLUMNS), use_threads=False)
    except (OSError, pa.ArrowException, UnicodeDecodeError):
        raise _not_a_batch(name) from None
    return _indexed(_narrow(table), about, name)


def _about(file: pq.ParquetFile, name: str) -> dict[str, Any]:
    try:
        found = json.loads((file.schema_arrow.metadata or {})[_KEY])
        run, labels = str(found["run"]), found.pop("labels", {})
        known = {kind: _labels(own) for kind, own in labels.items()}
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        raise _not_a_batch(name) from None
    return {**found, "run": run, "labels": known}


def _labels(given: Mapping[str, Any]) -> dict[str, Label]:
    return {str(name): Label.model_validate(label) for name, label in given.items()}


def _check(file: pq.ParquetFile, name: str) -> None:
    """Refuse what is too large or has other columns, by what the file says of itself."""
    faults = Faults()
    schema = file.schema_arrow
    for column, wanted in _TYPES.items():
        if schema.get_all_field_indices(column) != [schema.get_field_index(column)]:
            faults.add(_column(name, column))
        elif schema.field(column).type != wanted:
            faults.add(_column(name, column, schema.field(column).type))
    rows = file.metadata.num_rows
    groups = (file.metadata.row_group(at) for at in range(file.metadata.num_row_groups))
    size = sum(group.total_byte_size for group in groups)
    if rows > MOST_ROWS or size > LARGEST_UNPACKED:
        faults.add(
            InputError(
                "batch_file.too_large",
                where=Place(name),
                found=f"{rows} × {size / 1e6:.0f} MB",
                remedy="Run the batch with fewer variants or weight sets: at most {rows} rows "
                "and {most} MB unpacked.",
                rows=MOST_ROWS,
                most=LARGEST_UNPACKED // 2**20,
            )
        )
    faults.raise_all(name)


def _column(name: str, column: str, found: object = None) -> InputError:
    return InputError(
        "batch_file.column",
        where=Place(name, None, column),
        found=found,
        remedy="Use the file as `waardeweging batch` wrote it; this column is not as it should be.",
    )


def _not_a_batch(name: str) -> InputError:
    return InputError(
        "batch_file.unknown",
        where=Place(name),
        remedy="Choose a .parquet file that `waardeweging batch` wrote; this is another one, "
        "or it is damaged.",
    )


def _narrow(table: pa.Table) -> pa.Table:
    """Keep every text once."""
    arrays = [
        column.combine_chunks().dictionary_encode() if name in _TEXTS else column
        for name, column in zip(table.column_names, table.columns, strict=True)
    ]
    return pa.table(dict(zip(table.column_names, arrays, strict=True))).combine_chunks()


def _indexed(table: pa.Table, about: Mapping[str, Any], name: str) -> BatchTable:
    variants, which_variant = _codes(table, "variant", about.get("variants"))
    weights, which_weights = _codes(table, "weights", about.get("weights"))
    pair = which_variant * max(len(weights), 1) + which_weights
    order = np.argsort(pair, kind="stable")
    ends = np.searchsorted(pair[order], np.arange(len(variants) * len(weights) + 1))
    rows = {
        (variant, own): order[ends[at] : ends[at + 1]]
        for at, (variant, own) in enumerate((v, w) for v in variants for w in weights)
    }
    return BatchTable(name, about, variants, weights, table, rows)


def _codes(table: pa.Table, column: str, order: object) -> tuple[tuple[str, ...], IntArray]:
    """Give numbers to the texts of a column, in the order of the run as far as it is known."""
    found = table[column].combine_chunks()
    texts = [one or "" for one in found.dictionary.to_pylist()]
    wanted = order if isinstance(order, list) else []
    ranked = sorted(
        texts, key=lambda one: (wanted.index(one) if one in wanted else len(wanted), one)
    )
    place = np.array([ranked.index(one) for one in texts], dtype=np.int64)
    codes = found.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    named = np.where(codes < 0, len(ranked), place[codes] if len(place) else 0)
    known = tuple(ranked) if not (codes < 0).any() else (*ranked, "")
    return known, np.asarray(named, dtype=np.int64)
