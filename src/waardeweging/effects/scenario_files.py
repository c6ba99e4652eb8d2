"""Writes the files of a scenario: guarded cells, plain TOML, and a folder whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from waardeweging.problem.errors import InputError, Place

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give a table as CSV with ``;`` between the columns.

    A text that a spreadsheet would run as a formula gets a ``'`` in front; a number
    is left alone.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def toml_text(table: Mapping[str, object], path: tuple[str, ...] = ()) -> str:
    """Give a mapping as TOML: its own keys first, then a section per mapping inside it.

    Raises
    ------
    TypeError
        If a value is no text, number, list of these or mapping.
    """
    own = [f"{key} = {_value(value)}" for key, value in table.items() if not _is_table(value)]
    head = [f"[{'.'.join(path)}]"] if path and own else []
    text = "".join(f"{line}\n" for line in (*head, *own))
    inside = [
        toml_text(value, (*path, key)) for key, value in table.items() if isinstance(value, Mapping)
    ]
    return "\n".join(part for part in (text, *inside) if part)


def write_folder(files: Mapping[str, str | bytes], target: Path, *, replace: bool = False) -> None:
    """Write a folder of files whole or not at all.

    Parameters
    ----------
    files : mapping of str to str or bytes
        Content by file name; a name is never a path.
    target : Path
        Made when it is not there.
    replace : bool
        Put it in the place of a folder that has files.

    Raises
    ------
    InputError
        If the folder has files and `replace` is false, or cannot be written.
    """
    where = Place(target.name)
    if any(Path(name).name != name for name in files):
        raise ValueError("a file name holds a path")
    if _occupied(target) and not replace:
        raise InputError(
            "folder.not_empty",
            where=where,
            remedy="Choose another folder, or say that it may be overwritten.",
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            _fill(unfinished, files)
            _put(unfinished, target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise InputError(
            "folder.unwritable",
            where=where,
            found=error.strerror,
            remedy="Check that you may write here and that the disk has room.",
        ) from None


def _occupied(target: Path) -> bool:
    if not target.is_dir():
        return target.exists() or target.is_symlink()
    return target.is_symlink() or any(target.iterdir())


def _fill(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        with (folder / name).open("wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
    # mkdtemp makes it private; a scenario is meant to be read.
    folder.chmod(0o755)


def _put(unfinished: Path, target: Path) -> None:
    """Rename into place; what stood there is kept aside until the new folder stands."""
    if not _occupied(target):
        unfinished.replace(target)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}.old.", dir=target.parent)) / "old"
    target.rename(aside)
    try:
        unfinished.replace(target)
    except OSError:
        aside.rename(target)
        raise
    finally:
        if target.exists():
            shutil.rmtree(aside.parent, ignore_errors=True)


def _guarded(cell: object) -> object:
    if not isinstance(cell, str) or not cell.startswith(_FORMULA_SIGNS) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.lstrip("-").replace(".", "", 1).isdigit()


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        # A JSON string of printable text is a TOML basic string.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    raise TypeError(f"{type(value).__name__} has no place in a scenario file")
