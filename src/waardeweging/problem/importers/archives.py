"""Tables inside zip files and folders, opened one at a time and never unpacked to disk.

A zip is judged by its directory before anything in it is opened: how many
entries, how they are named, how large they say they are. What then comes out is
counted as well, because a directory can lie.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.importers.streaming import (
    LARGEST_UNPACKED,
    checked_size,
    counted,
    damage_named,
    most_unpacked,
    reading,
)

MOST_ENTRIES = 2_000
MOST_FILES = 5_000
LARGEST_DIRECTORY = 1024 * 1024
_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
_END_OF_DIRECTORY = b"PK\x05\x06"
_END_LENGTH = 22
_LOCATOR_64 = b"PK\x06\x07"
_LOCATOR_LENGTH = 20
_LONGEST_COMMENT = 65_535
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Source:
    """One table, as a file of its own or inside a zip.

    Parameters
    ----------
    file : str
        How it is named in messages; inside a zip ``Goes.zip/Goes_strategie.csv``.
    opened : callable
        Gives the stream of its bytes as a context; may be called again.
    """

    file: str
    opened: Callable[[], AbstractContextManager[io.BufferedReader]]


def find_tables(paths: Iterable[Path], endings: tuple[str, ...], faults: Faults) -> list[Source]:
    """List the tables with these endings in files, zips and folders.

    Parameters
    ----------
    paths : iterable of Path
        A CSV file counts whatever its name is; of a zip or a folder only what is
        named like `endings` (and, in a folder, every zip).
    endings : tuple of str
        For example ``("_strategie.csv",)``.
    faults : Faults
        Gathers what is wrong with a zip, and a zip or folder without such a table.
    """
    found: list[Source] = []
    for path in paths:
        with faults.collecting():
            tables = _folder(path, endings, faults) if path.is_dir() else _file(path, endings)
            if not tables:
                raise InputError(
                    "archive.no_table",
                    where=Place(path.name or str(path)),
                    remedy="It holds no file whose name ends in {known}.",
                    known=", ".join(endings),
                )
            found += tables
    return found


def _folder(path: Path, endings: tuple[str, ...], faults: Faults) -> list[Source]:
    with damage_named(path.name):
        inside = sorted(path.iterdir())
    if len(inside) > MOST_FILES:
        raise _too_many(path.name)
    found: list[Source] = []
    for one in inside:
        if one.name.lower().endswith((*endings, ".zip")):
            with faults.collecting():
                found += _file(one, endings)
    return found


def _file(path: Path, endings: tuple[str, ...]) -> list[Source]:
    checked_size(path)
    with damage_named(path.name), path.open("rb") as raw:
        is_zip = raw.read(4) in _BEGINNINGS
    if not is_zip:
        return [Source(path.name, partial(reading, path))]
    with _archive(path) as archive:
        names = [info.filename for info in archive.infolist()]
    return [
        Source(f"{path.name}/{name}", partial(_member, path, name))
        for name in names
        if name.lower().endswith(endings)
    ]


@contextmanager
def _member(path: Path, name: str) -> Iterator[io.BufferedReader]:
    file = f"{path.name}/{name}"
    with _archive(path) as archive, damage_named(file):
        info = archive.getinfo(name)
        with _refusing_damage(file):
            raw = archive.open(info)
        yield counted(raw, most_unpacked(info.compress_size), file)


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    packed = checked_size(path)
    with damage_named(path.name), path.open("rb") as raw:
        _check_directory(raw, packed, path.name)
        with _refusing_damage(path.name):
            archive = zipfile.ZipFile(raw)
        with archive:
            _check_entries(archive.infolist(), packed, path.name)
            yield archive


@contextmanager
def _refusing_damage(file: str) -> Iterator[None]:
    """Give the many ways in which the zip library refuses a file one sentence."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        LookupError,
        OSError,
        ValueError,
        struct.error,
    ):
        raise InputError(
            "file.damaged",
            where=Place(file),
            remedy="The packed file is incomplete or damaged; download it again.",
        ) from None


def _check_directory(raw: IO[bytes], size: int, file: str) -> None:
    """Refuse a directory that is too large to be read at all, before the library reads it."""
    tail_length = min(size, _LOCATOR_LENGTH + _END_LENGTH + _LONGEST_COMMENT)
    raw.seek(size - tail_length)
    tail = raw.read(tail_length)
    raw.seek(0)
    end = tail.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(tail) - end < _END_LENGTH:
        raise InputError(
            "file.damaged",
            where=Place(file),
            remedy="The packed file is incomplete or damaged; download it again.",
        )
    entries, length = struct.unpack_from("<HL", tail, end + 10)
    is_64 = tail[max(0, end - _LOCATOR_LENGTH) :].startswith(_LOCATOR_64)
    if is_64 or entries > MOST_ENTRIES or length > LARGEST_DIRECTORY:
        raise _too_many(file)


def _check_entries(entries: list[zipfile.ZipInfo], packed: int, file: str) -> None:
    if len(entries) > MOST_ENTRIES:
        raise _too_many(file)
    names = Counter(entry.filename for entry in entries)
    for entry in entries:
        where = Place(file, None, entry.filename)
        parts = re.split(r"[/\\]", entry.filename)
        if not parts[0] or ".." in parts or ":" in entry.filename:
            raise InputError(
                "archive.outside",
                where=where,
                remedy="This name points outside the zip; download it again from its publisher.",
            )
        if entry.flag_bits & 1 or entry.compress_type not in _METHODS:
            raise InputError(
                "archive.form",
                where=where,
                remedy="Pack it again as an ordinary zip, without a password.",
            )
        largest = min(LARGEST_UNPACKED, most_unpacked(entry.compress_size))
        if entry.file_size > largest:
            raise _bomb(where)
        if names[entry.filename] > 1:
            raise InputError(
                "id.duplicate",
                where=where,
                found=entry.filename,
                remedy="Keep one of them, or rename one.",
            )
    # Entries that overlap give the same bytes many times over.
    if sum(entry.compress_size for entry in entries) > packed:
        raise _bomb(Place(file))


def _too_many(file: str) -> InputError:
    return InputError(
        "archive.too_many",
        where=Place(file),
        remedy="This holds far more files than the data of one source; give only those.",
    )


def _bomb(where: Place) -> InputError:
    return InputError(
        "file.bomb",
        where=where,
        remedy="Unpacked, this file is far too large; save only the table that is needed.",
    )
