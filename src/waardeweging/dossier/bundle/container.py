"""The zip of a bundle, in the one form it can have: stored, sorted, without times.

Nothing is compressed, so the same files give the same bytes with every zip library,
nothing can unpack into more than it weighs, and a reader may look with any tool. A zip
of another form is refused, so a changed bit outside the files cannot hide either.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from waardeweging.problem.errors import InputError, Place

LARGEST = 64 * 2**20
MOST_FILES = 200
LONGEST_NAME = 120

_TIME = (1980, 1, 1, 0, 0, 0)
_ORDINARY_FILE = 0o100644 << 16
_UNIX = 3
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,3}")
_END = b"PK\x05\x06"
_END_LENGTH = 22
_HEAD_LENGTH = 30
_ENTRY_LENGTH = 46
_SMALL = 4096


def pack(files: Mapping[str, bytes]) -> bytes:
    """Pack files into a zip.

    Parameters
    ----------
    files : mapping of str to bytes
        By name; a name may hold folders, with ``/``.

    Returns
    -------
    bytes
        The same files give the same bytes.

    Raises
    ------
    ValueError
        If a name cannot stand in a bundle.
    """
    whole = io.BytesIO()
    _write(files, whole)
    return whole.getvalue()


def read_bytes(path: Path) -> bytes:
    """Read a bundle from disk, or pack the folder that somebody unpacked it in.

    Raises
    ------
    InputError
        If it is not there, is too large to be one, or a folder holds something else.
    """
    try:
        if path.is_dir():
            return pack(_read_folder(path))
        if path.is_file() and path.stat().st_size > LARGEST:
            raise _too_large(path.name)
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            "bundle.unreadable",
            where=Place(path.name),
            found=error.strerror,
            remedy="Give the path of a bundle, such as bundle.zip.",
        ) from None


def _read_folder(folder: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    size = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            continue
        if path.is_symlink() or not path.is_file() or not _is_name(name):
            raise _bad_name(folder.name, name)
        size += path.stat().st_size
        if size > LARGEST or len(files) == MOST_FILES:
            raise _too_large(folder.name)
        files[name] = path.read_bytes()
    return files


def unpack(whole: bytes, file: str = "bundle.zip") -> dict[str, bytes]:
    """Take the files out of a bundle.

    Parameters
    ----------
    whole : bytes
    file : str
        Named in a fault.

    Returns
    -------
    dict of str to bytes
        By name, in order.

    Raises
    ------
    InputError
        If it is too large, no zip, or a zip of another form than `pack` gives.
    """
    if len(whole) > LARGEST:
        raise _too_large(file)
    _check_end(whole, file)
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            entries = archive.infolist()
            for entry in entries:
                _check_entry(entry, file)
            names = [entry.filename for entry in entries]
            if names != sorted(set(names)):
                raise _other_form(file, "duplicate or unsorted names")
            files = {entry.filename: _content(whole, entry, file) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError) as error:
        if isinstance(error, InputError):
            raise
        raise _damaged(file) from None
    _check_form(whole, files, entries, file)
    return files


def _write(files: Mapping[str, bytes], target: IO[bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name in sorted(files):
            if not _is_name(name):
                raise ValueError(f"{name!r} cannot stand in a bundle")
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system, info.external_attr = _UNIX, _ORDINARY_FILE
            archive.writestr(info, files[name])


def _check_end(whole: bytes, file: str) -> None:
    """Refuse what cannot be one of our zips before the library reads a directory."""
    end = whole[-_END_LENGTH:]
    if not whole.startswith(b"PK\x03\x04") or not end.startswith(_END):
        raise _damaged(file)
    entries, length, start = struct.unpack_from("<HLL", end, 10)
    too_long = length > MOST_FILES * (_ENTRY_LENGTH + LONGEST_NAME)
    if too_long or entries > MOST_FILES or start + length + _END_LENGTH != len(whole):
        raise _other_form(file, f"{entries} files")


def _check_entry(entry: zipfile.ZipInfo, file: str) -> None:
    if not _is_name(entry.filename):
        raise _bad_name(file, entry.filename)
    if (
        entry.flag_bits
        or entry.compress_type != zipfile.ZIP_STORED
        or entry.external_attr != _ORDINARY_FILE
        or entry.extra
    ):
        raise _other_form(file, entry.filename)


def _content(whole: bytes, entry: zipfile.ZipInfo, file: str) -> bytes:
    """Give the bytes of an entry; the form of what stands around them is checked later."""
    start = entry.header_offset + _HEAD_LENGTH + len(entry.filename)
    found = whole[start : start + entry.file_size]
    if zlib.crc32(found) != entry.CRC:
        raise InputError(
            "bundle.changed",
            where=Place(file, None, entry.filename),
            remedy="This file in the bundle was damaged or changed; ask for the bundle again.",
        )
    return found


def _check_form(
    whole: bytes, files: Mapping[str, bytes], entries: list[zipfile.ZipInfo], file: str
) -> None:
    """Write the zip again, and compare instead of keeping it: a bundle may be large."""
    again = _Compared(whole)
    _write(files, again)
    place = again.first_difference()
    if place is not None:
        before = [entry.filename for entry in entries if entry.header_offset <= place]
        raise _other_form(file, before[-1] if before else "")


class _Compared(io.BytesIO):
    """Takes what is written and compares it; only what is small is kept, as it may be rewritten."""

    def __init__(self, whole: bytes) -> None:
        super().__init__()
        self._whole = memoryview(whole)
        self._small: dict[int, bytes] = {}
        self._place = self._length = 0
        self._differs: list[int] = []

    def write(self, given: Any, /) -> int:
        if len(given) <= _SMALL:
            self._small[self._place] = bytes(given)
        elif self._whole[self._place : self._place + len(given)] != given:
            self._differs.append(self._place)
        self._place += len(given)
        self._length = max(self._length, self._place)
        return len(given)

    def seek(self, place: int, whence: int = 0, /) -> int:
        self._place = place + (0, self._place, self._length)[whence]
        return self._place

    def tell(self) -> int:
        return self._place

    def first_difference(self) -> int | None:
        """Give where the zip differs from what was written; None when it does not."""
        differs = [
            place
            for place, part in self._small.items()
            if self._whole[place : place + len(part)] != part
        ]
        return min(differs + self._differs, default=None)


def _is_name(name: str) -> bool:
    return len(name) <= LONGEST_NAME and _NAME.fullmatch(name) is not None


def _bad_name(file: str, name: str) -> InputError:
    return InputError(
        "bundle.name",
        where=Place(file, None, name),
        remedy="This name cannot stand in a bundle; ask for the bundle again.",
    )


def _too_large(file: str) -> InputError:
    return InputError(
        "bundle.too_large",
        where=Place(file),
        remedy="This is larger than {most} MB; a bundle is not.",
        most=LARGEST // 2**20,
    )


def _damaged(file: str) -> InputError:
    return InputError(
        "bundle.damaged",
        where=Place(file),
        remedy="This is no complete zip; download the bundle again.",
    )


def _other_form(file: str, found: str) -> InputError:
    return InputError(
        "bundle.form",
        where=Place(file, None, found),
        remedy="The zip was changed or packed again; ask for the bundle as it was published.",
    )
