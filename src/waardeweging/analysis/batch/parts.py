"""Files of a batch: each partition whole or not at all, and its footer is the checkpoint.

A part is written under another name, synced and renamed, so that a crash leaves either
the whole part or none. Its footer names the run it belongs to: same input, same choices,
same kernel. A part of another run is never mistaken for one of this run.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from waardeweging.analysis.batch.partition import Partition
from waardeweging.problem.errors import InputError, Place

try:
    import fcntl
except ImportError:  # no such locks on Windows; two runs on one file are the user's care there
    fcntl = None  # type: ignore[assignment]

_KEY = b"waardeweging"
_ROW_GROUP = 8192
_UNFINISHED = ".unfinished"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Done:
    """A partition that was computed and written.

    Parameters
    ----------
    number : int
    name : str
        Of the file.
    sha256 : str
        Of its bytes.
    rows : int
    """

    number: int
    name: str
    sha256: str
    rows: int


def part_key(run: str, part: Partition) -> str:
    """Give what the footer of a part must say to count as done in this run."""
    return f"{run}/{part.name}/{part.start}-{part.stop}"


def write_part(
    folder: Path,
    run: str,
    part: Partition,
    table: pa.Table,
    about: Mapping[str, object] | None = None,
) -> Done:
    """Write the rows of a partition.

    Parameters
    ----------
    folder : Path
    run : str
        Fingerprint of the input.
    part : Partition
    table : pyarrow.Table
    about : mapping, optional
        What else its footer says, so that a folder of parts can be read without its maker.

    Raises
    ------
    InputError
        If the disk is full or may not be written; nothing is left behind.
    """
    sink = io.BytesIO()
    said = {**(about or {}), "part": part_key(run, part), "rows": table.num_rows}
    labelled = table.replace_schema_metadata({_KEY: json.dumps(said)})
    pq.write_table(labelled, sink, compression="zstd")
    path = folder / f"{part.name}.parquet"
    data = sink.getbuffer()
    with replacing(path) as unfinished:
        unfinished.write_bytes(data)
    return Done(part.number, path.name, hashlib.sha256(data).hexdigest(), table.num_rows)


def done_part(folder: Path, run: str, part: Partition) -> Done | None:
    """Give the partition when it stands there whole and belongs to this run."""
    path = folder / f"{part.name}.parquet"
    about = footer(path)
    if about.get("part") != part_key(run, part):
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return Done(part.number, path.name, hashlib.sha256(data).hexdigest(), int(str(about["rows"])))


def footer(path: Path) -> Mapping[str, object]:
    """Read what the footer of a file of this package says; empty for any other file."""
    try:
        found = json.loads((pq.read_schema(path).metadata or {}).get(_KEY, b"{}"))
    except (OSError, pa.ArrowInvalid, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def merge(parts: Iterable[Path], out: Path, about: Mapping[str, object]) -> int:
    """Put all parts into one file, in row groups that do not depend on how they were divided.

    Returns
    -------
    int
        Rows.

    Raises
    ------
    InputError
        If the disk is full or may not be written; what stood at `out` stays.
    """
    count = 0
    with replacing(out) as unfinished:
        writer: pq.ParquetWriter | None = None
        try:
            for group in _row_groups(parts):
                group = group.replace_schema_metadata({_KEY: json.dumps(about)})
                if writer is None:
                    writer = pq.ParquetWriter(unfinished, group.schema, compression="zstd")
                writer.write_table(group, row_group_size=_ROW_GROUP)
                count += group.num_rows
        finally:
            if writer is not None:
                writer.close()
    return count


def clear(folder: Path) -> None:
    """Remove parts and leftovers of an earlier run, and nothing else."""
    for path in folder.glob("*"):
        if path.name.startswith("part-") or path.name.endswith(_UNFINISHED):
            path.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a name to write to; it takes the place of `path` when all went well."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}{_UNFINISHED}")
    try:
        yield unfinished
        _sync(unfinished)
        unfinished.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise InputError(
            "batch.unwritable",
            where=Place(path.name),
            found=os.strerror(error.errno) if error.errno else str(error),
            remedy="Make room or choose another disk, and run again with --resume: "
            "finished parts are kept.",
        ) from None
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep a second run away from the same parts.

    Raises
    ------
    InputError
        If another run is at work there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("w")
    except OSError as error:
        raise InputError(
            "batch.unwritable",
            where=Place(folder.name),
            found=error.strerror,
            remedy="Make room or choose another disk, and run again with --resume: "
            "finished parts are kept.",
        ) from None
    with lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InputError(
                    "batch.running",
                    where=Place(folder.name),
                    remedy="Another run writes here; wait for it or choose another file.",
                ) from None
        yield


def remove(folder: Path) -> None:
    """Remove the folder of parts once they stand in the whole."""
    clear(folder)
    (folder / _LOCK).unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def _row_groups(parts: Iterable[Path]) -> Iterator[pa.Table]:
    held: list[pa.Table] = []
    rows = 0
    for path in parts:
        table = pq.read_table(path, partitioning=None)
        held.append(table.replace_schema_metadata(None))
        rows += table.num_rows
        while rows >= _ROW_GROUP:
            whole = pa.concat_tables(held)
            yield whole.slice(0, _ROW_GROUP).combine_chunks()
            held, rows = [whole.slice(_ROW_GROUP)], rows - _ROW_GROUP
    if rows:
        yield pa.concat_tables(held).combine_chunks()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
