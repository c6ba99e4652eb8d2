"""Writes tables for machines: whole or not at all, and with one reading only.

Columns are divided by ``;`` and decimals by ``.``; a number such as 1.234, that
a Dutch reader could take for thousands, gets one more decimal.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple, TypeVar

from waardeweging.problem.errors import Faults, InputError, Place

T = TypeVar("T")


class Imported(NamedTuple):
    """What was written.

    Parameters
    ----------
    count : int
        Rows in the first file.
    files : tuple of Path
        In the order of importance.
    """

    count: int
    files: tuple[Path, ...]


def write_tidy(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a table; when `rows` or the disk fails, what was there before stays.

    Parameters
    ----------
    path : Path
    columns : sequence of str
    rows : iterable of sequence
        Texts, numbers and None; taken one at a time.

    Returns
    -------
    int
        Number of rows.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    count = 0
    with _replacing(path) as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(columns)
        for count, row in enumerate(rows, start=1):  # noqa: B007
            writer.writerow([plain(value) for value in row])
    return count


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


def all_or_faults(rows: Iterable[T], faults: Faults, what: str) -> Iterator[T]:
    """Give rows on, and raise at their end when there were faults or no rows.

    Raises
    ------
    ExceptionGroup of InputError
    """
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
    faults.raise_all(what)


@contextmanager
def _replacing(path: Path) -> Iterator[IO[str]]:
    unfinished = path.parent / f".{path.name}.unfinished"
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise InputError(
            "file.unwritable",
            where=Place(path.name),
            found=error.strerror,
            remedy="Choose a folder that exists, where you may write and that has room.",
        ) from None
    finally:
        with suppress(OSError):
            unfinished.unlink()
