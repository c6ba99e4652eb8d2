"""Reads what a batch wrote, as columns that answer many questions quickly.

A file may come from anyone: its shape and its size are checked before a row is read, and
texts are kept once, however many rows say them.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from contextlib import ExitStack
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
# What a run has, beside neighbourhoods: a row for each of them together.
_AXES = ("variants", "weights")


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
    """Read the file of a batch, or the folder with its parts.

    Parameters
    ----------
    source : Path or bytes
        A file, the content of one, or a folder as the batch wrote it.
    name : str
        What to call it in an error.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If it is no such file, is damaged, is too large, or lacks columns; of a folder also
        when parts are missing or belong to several runs.
    """
    parts = listed_parts(source) if isinstance(source, Path) and source.is_dir() else None
    with ExitStack() as opened:
        try:
            wanted = [_file(source)] if parts is None else parts
            files = [opened.enter_context(pq.ParquetFile(one)) for one in wanted]
            about = _of_one_run([_about(file, name) for file in files], name)
            _check(files, name)
            if parts is not None:
                _check_whole(files, about, name)
            tables = [file.read(columns=list(COLUMNS), use_threads=False) for file in files]
        except (OSError, pa.ArrowException, UnicodeDecodeError):
            raise _not_a_batch(name) from None
    return _indexed(_narrow(pa.concat_tables(tables)), about, name)


def listed_parts(folder: Path) -> list[Path]:
    """List the files with parts of a batch in a folder, in their order; no links to elsewhere."""
    found = sorted(folder.glob("part-*.parquet"))
    return [path for path in found if path.is_file() and not path.is_symlink()]


def _file(source: Path | bytes) -> Path | io.BytesIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source


def _of_one_run(abouts: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Give what all files say of their run."""
    runs = {about["run"] for about in abouts}
    if not runs:
        raise _not_a_batch(name)
    if len(runs) > 1:
        raise InputError(
            "batch_file.several_runs",
            where=Place(name),
            found=len(runs),
            remedy="Parts of several runs stand here; keep those of one, or run the batch again "
            "without --resume.",
        )
    return abouts[0]


def _check_whole(files: list[pq.ParquetFile], about: Mapping[str, Any], name: str) -> None:
    """Refuse a folder that is not finished: its totals would be those of a part of the country."""
    found = sum(file.metadata.num_rows for file in files)
    sizes = [len(about[key]) if isinstance(about.get(key), list) else 0 for key in _AXES]
    wanted = about.get("neighbourhoods")
    if not isinstance(wanted, int) or found != wanted * sizes[0] * sizes[1]:
        raise InputError(
            "batch_file.parts_missing",
            where=Place(name),
            found=found,
            remedy="This folder does not hold all rows of its run. Finish it with --resume.",
        )


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


def _check(files: list[pq.ParquetFile], name: str) -> None:
    """Refuse what is too large or has other columns, by what the files say of themselves."""
    faults = Faults()
    for file in files:
        _check_columns(file.schema_arrow, name, faults)
        faults.raise_all(name)
    rows = sum(file.metadata.num_rows for file in files)
    size = sum(_unpacked(file.metadata) for file in files)
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


def _check_columns(schema: pa.Schema, name: str, faults: Faults) -> None:
    for column, wanted in _TYPES.items():
        if schema.get_all_field_indices(column) != [schema.get_field_index(column)]:
            faults.add(_column(name, column))
        elif schema.field(column).type != wanted:
            faults.add(_column(name, column, schema.field(column).type))


def _unpacked(metadata: pq.FileMetaData) -> int:
    groups = (metadata.row_group(at) for at in range(metadata.num_row_groups))
    return sum(group.total_byte_size for group in groups)


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
