"""Rows of a large CSV file, plain or gzipped, one at a time and never more than that.

A packed file can be small and yet unpack to gigabytes, so what comes out is
counted while it comes; the file is never unpacked as a whole.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.tables import Row

LARGEST_PACKED = 50 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
HIGHEST_RATIO = 100
_SMALLEST_SUSPECT = 4 * 1024 * 1024
_DELIMITERS = (";", "\t", ",")
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
    with _reading(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        first = text.readline(_LONGEST_LINE)
        delimiter = max(_DELIMITERS, key=first.count)
        lines = csv.reader(_rest(first, text), delimiter=delimiter, strict=True)
        header: list[str] | None = None
        for cells in lines:
            if not any(cells):
                continue
            if header is None:
                header = [cell.strip() for cell in cells]
                _check_double(header, path.name)
                yield Row(path.name, lines.line_num, {name: name for name in header})
            elif len(cells) != len(header):
                faults.add(_cell_count(path.name, lines.line_num, len(cells), len(header)))
            else:
                yield Row(path.name, lines.line_num, dict(zip(header, cells, strict=True)))
        if header is None:
            raise InputError(
                "table.empty",
                where=Place(path.name),
                remedy="The file is empty; write a line with the column names.",
            )


def _rest(first: str, text: io.TextIOWrapper) -> Iterator[str]:
    yield first
    while line := text.readline(_LONGEST_LINE):
        yield line


@contextmanager
def _reading(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, and give every way in which it can be damaged its own sentence."""
    where = Place(path.name)
    packed = _size(path)
    try:
        with path.open("rb") as raw:
            is_packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            source = cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if is_packed else raw
            most = _most_unpacked(packed) if is_packed else LARGEST_UNPACKED
            yield io.BufferedReader(_Counted(source, most, path.name))
    except UnicodeDecodeError as error:
        raise InputError(
            "file.not_utf8",
            where=where,
            found=f"byte 0x{error.object[error.start]:02x}",
            remedy="Save the file as 'CSV UTF-8' or as text in UTF-8.",
        ) from None
    except csv.Error as error:
        raise InputError(
            "table.quotes",
            where=where,
            found=str(error),
            remedy='Close every quote ("), and double a quote inside a text.',
        ) from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
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


def _size(path: Path) -> int:
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
    if size > LARGEST_PACKED:
        raise InputError(
            "file.too_large",
            where=Place(path.name),
            found=f"{size / 1e6:.0f} MB",
            remedy="Keep the file below {most} MB; split it or remove what is not needed.",
            most=f"{LARGEST_PACKED / 1e6:.0f}",
        )
    return size


def _most_unpacked(packed: int) -> int:
    return min(LARGEST_UNPACKED, max(_SMALLEST_SUSPECT, HIGHEST_RATIO * packed))


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
        found=f"{found} cells",
        remedy="This row needs {expected} cells, as many as the header.",
        expected=expected,
    )
