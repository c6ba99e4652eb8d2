"""Writes tables for machines: whole or not at all, and with one reading only.

Columns are divided by ``;`` and decimals by ``.``; a number such as 1.234, that
a Dutch reader could take for thousands, gets one more decimal.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

from waardeweging.problem.errors import Faults, InputError, Place

T = TypeVar("T")


class Imported(NamedTuple):
    """What was written.

    Parameters
    ----------
    rows : int
        In the first file.
    files : tuple of Path
        In the order of importance.
    """

    rows: int
    files: tuple[Path, ...]


class TidyTable(NamedTuple):
    """A table to write.

    Parameters
    ----------
    path : Path
    columns : sequence of str
    rows : iterable of sequence
        Texts, numbers and None; taken one at a time.
    """

    path: Path
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]


def write_tidy(tables: Sequence[TidyTable], faults: Faults, what: str) -> Imported:
    """Write tables; after a fault, or when the disk fails, what was there before stays.

    Parameters
    ----------
    tables : sequence of TidyTable
        Written in this order.
    faults : Faults
        Filled while the rows are taken; looked at when all have been.
    what : str
        Named in the group of faults.

    Raises
    ------
    InputError
        If a file cannot be written.
    ExceptionGroup of InputError
        With the faults.
    """
    counts = []
    with ExitStack() as unfinished:
        for table in tables:
            file = unfinished.enter_context(_unfinished(table.path))
            counts.append(_write(file, table))
        faults.raise_all(what)
        for table in tables:
            with _writable(table.path):
                _beside(table.path).replace(table.path)
    return Imported(counts[0], tuple(table.path for table in tables))


def some_rows(rows: Iterable[T], faults: Faults, what: str) -> Iterator[T]:
    """Give rows on, and remember a fault when there were none and nothing explains it."""
    empty = True
    for row in rows:
        empty = False
        yield row
    if empty and not faults:
        faults.add(
            InputError(
                "table.no_rows",
                where=Place(what),
                remedy="There is nothing in this file to read; download it again.",
            )
        )


def plain(value: object) -> str:
    """Write a value so that it can be read in one way only; None is empty."""
    if value is None:
        return ""
    if not isinstance(value, float):
        return str(value)
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    return f"{text}0" if len(text.partition(".")[2]) == 3 and "e" not in text else text


def _write(file: IO[str], table: TidyTable) -> int:
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerow(table.columns)
    count = 0
    for row in table.rows:
        with _writable(table.path):
            writer.writerow([plain(value) for value in row])
        count += 1
    with _writable(table.path):
        file.flush()
        os.fsync(file.fileno())
    return count


@contextmanager
def _unfinished(path: Path) -> Iterator[IO[str]]:
    """Open the file that stands in for `path` until it is whole, and leave none behind."""
    try:
        with _writable(path):
            file = _beside(path).open("w", encoding="utf-8", newline="")
        with file:
            yield file
    finally:
        with suppress(OSError):
            _beside(path).unlink()


def _beside(path: Path) -> Path:
    return path.parent / f".{path.name}.unfinished"


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            "file.unwritable",
            where=Place(path.name),
            found=error.strerror,
            remedy="Choose a folder that exists, where you may write and that has room.",
        ) from None
