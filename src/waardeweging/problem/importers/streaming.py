"""Rows of a large CSV file, plain or packed, one at a time and never more than that.

A packed file can be small and yet unpack to gigabytes, so what comes out is
counted while it comes; the file is never unpacked as a whole.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.tables import MOST_ROWS, Row, delimiter_in, not_csv, not_utf8

LARGEST_PACKED = 50 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
HIGHEST_RATIO = 100
_SMALLEST_SUSPECT = 4 * 1024 * 1024
_LONGEST_LINE = 1024 * 1024


class FewFaults(Faults):
    """Remembers faults up to a sane number, and counts the rest."""

    def __init__(self, file: str, most: int = 100) -> None:
        super().__init__()
        self._file = file
        self._most = most
        self._more = 0

    def add(self, *errors: InputError) -> None:
        """Remember faults; beyond the most they are only counted."""
        room = max(0, self._most - len(self))
        super().add(*errors[:room])
        self._more += len(errors) - len(errors[:room])

    def raise_all(self, what: str) -> None:
        """Raise what is remembered, with one last line for what was only counted."""
        if self._more:
            more, self._more = self._more, 0
            super().add(
                InputError(
                    "faults.more",
                    where=Place(self._file),
                    remedy="And {more} more faults; repair these first.",
                    more=more,
                )
            )
        super().raise_all(what)


def stream_rows(path: Path, faults: Faults) -> Iterator[Row]:
    """Give the rows of a CSV file, the header first as a row whose cells name themselves.

    Parameters
    ----------
    path : Path
        ``.csv`` or ``.csv.gz``; UTF-8, with ``;``, tab or ``,`` between the columns.
    faults : Faults
        Gathers rows with too many or too few cells; such a row is not given.

    Raises
    ------
    InputError
        If the file is absent, too large, damaged, not UTF-8 or not a table.
    """
    with reading(path) as stream:
        yield from table_rows(stream, path.name, faults)


def table_rows(stream: IO[bytes], file: str, faults: Faults) -> Iterator[Row]:
    """Give the rows of an opened CSV file as `stream_rows` does."""
    lines = table_lines(stream, file, faults)
    number, header = next(lines)
    _check_double(header, file)
    yield Row(file, number, {name: name for name in header})
    for number, cells in lines:
        yield Row(file, number, dict(zip(header, cells, strict=True)))


def table_lines(stream: IO[bytes], file: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Give number and cells of every line, the header first; names may stand twice in it."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    with _row_named(file, lambda: 1):
        first = text.readline(_LONGEST_LINE)
    delimiter, is_told = delimiter_in(first)
    lines = csv.reader(_rest(first, text), delimiter=delimiter, strict=True)
    with _row_named(file, lambda: lines.line_num + 1):
        if is_told:
            next(lines)
        yield from _whole_lines(lines, file, faults)


@contextmanager
def _row_named(file: str, row: Callable[[], int]) -> Iterator[None]:
    """Name the row of what cannot be read; what stands before it has been given already."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise not_utf8(error, file, row()) from None
    except csv.Error as error:
        raise not_csv(error, file, row() - 1) from None


def _whole_lines(lines: Any, file: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    width = None
    for cells in lines:
        if not any(cells):
            continue
        if width is None:
            width = len(cells)
            yield lines.line_num, [cell.strip() for cell in cells]
        elif len(cells) != width:
            faults.add(_cell_count(file, lines.line_num, len(cells), width))
        else:
            yield lines.line_num, cells
    if width is None:
        raise InputError(
            "table.empty",
            where=Place(file),
            remedy="The file is empty; write a line with the column names.",
        )


def at_most(rows: Iterator[Row], file: str, most: int = MOST_ROWS) -> Iterator[Row]:
    """Give rows on, and refuse a file that has more of them than an honest one."""
    for count, row in enumerate(rows, start=1):
        if count > most:
            raise InputError(
                "table.too_many_rows",
                where=Place(file),
                remedy="Keep at most {most} rows.",
                most=most,
            )
        yield row


def _rest(first: str, text: io.TextIOWrapper) -> Iterator[str]:
    yield first
    while line := text.readline(_LONGEST_LINE):
        yield line


@contextmanager
def reading(path: Path, largest: int | None = None) -> Iterator[io.BufferedReader]:
    """Open a file, packed or not; what comes out is counted while it comes.

    Parameters
    ----------
    path : Path
    largest : int, optional
        Largest file as it stands on disk; else `LARGEST_PACKED`. [bytes]

    Raises
    ------
    InputError
        If the file is absent, too large, damaged or not UTF-8; also while it is read.
    """
    packed = checked_size(path, largest)
    with damage_named(path.name), path.open("rb") as raw:
        is_packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        source = cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if is_packed else raw
        yield counted(source, most_unpacked(packed) if is_packed else LARGEST_UNPACKED, path.name)


@contextmanager
def damage_named(file: str) -> Iterator[None]:
    """Give every way in which a file can be damaged its own sentence."""
    where = Place(file)
    try:
        yield
    except UnicodeDecodeError as error:
        raise not_utf8(error, file) from None
    except (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error):
        raise InputError(
            "file.damaged",
            where=where,
            remedy="The packed file is incomplete or damaged; download it again.",
        ) from None
    except OSError as error:
        raise InputError(
            "file.unreadable",
            where=where,
            found=error.strerror,
            remedy="Check that you may read this file.",
        ) from None


def checked_size(path: Path, largest: int | None = None) -> int:
    """Give the size of a file [bytes], or say that it is absent or too large."""
    largest = LARGEST_PACKED if largest is None else largest
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise FileNotFoundError
    except (OSError, ValueError):
        raise InputError(
            "file.missing",
            where=Place(path.name),
            remedy="Put this file in the folder, or correct its name.",
        ) from None
    if size > largest:
        raise InputError(
            "file.too_large",
            where=Place(path.name),
            found=f"{size / 1e6:.0f} MB",
            remedy="Keep the file below {most} MB; split it or remove what is not needed.",
            most=f"{largest / 1e6:.0f}",
        )
    return size


def most_unpacked(packed: int) -> int:
    """Give how much an honest file of this packed size unpacks to at most [bytes]."""
    return min(LARGEST_UNPACKED, max(_SMALLEST_SUSPECT, HIGHEST_RATIO * packed))


def counted(source: IO[bytes], most: int, file: str) -> io.BufferedReader:
    """Give a stream that is refused once more than `most` bytes have come out."""
    return io.BufferedReader(_Counted(source, most, file))


class _Counted(io.RawIOBase):
    """A stream that stops once more has come out than an honest file would give."""

    def __init__(self, source: IO[bytes], most: int, file: str) -> None:
        super().__init__()
        self._source, self._left, self._file = source, most, file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._source.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise InputError(
                "file.bomb",
                where=Place(self._file),
                remedy="Unpacked, this file is far too large; save only the table that is needed.",
            )
        buffer[: len(data)] = data
        return len(data)


def _check_double(header: list[str], file: str) -> None:
    double = sorted({name for name in header if header.count(name) > 1})
    if double:
        raise InputError(
            "table.duplicate_column",
            where=Place(file, 1, double[0]),
            remedy="Keep one column with this name.",
        )


def _cell_count(file: str, number: int, found: int, expected: int) -> InputError:
    return InputError(
        "table.cell_count",
        where=Place(file, number),
        found=found,
        remedy="This row needs {expected} cells, as many as the header.",
        expected=expected,
    )
