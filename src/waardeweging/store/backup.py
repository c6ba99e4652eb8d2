"""Backups: always one file of SQLite, whatever the database is, and back into either kind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.engine import URL

from waardeweging.store.database import Database, check_file, check_target, copy_file
from waardeweging.store.errors import StoreError
from waardeweging.store.integrity import Integrity, check_all
from waardeweging.store.places import FLOOR, database_url, sqlite_url
from waardeweging.store.schema import RECORD, SETTING, TABLES, WORKSHOP

_TOGETHER = 1000


def backup(path: Path, url: str | None = None) -> Integrity:
    """Write a backup to a new file and check it; the server may go on meanwhile.

    Parameters
    ----------
    path : Path
    url : str, optional
        As for `open_store`.

    Raises
    ------
    StoreError
        If the file exists, there is no database, or it does not fit together.
    """
    source = Database(database_url(url), floor=0)
    try:
        _copy_out(source, path.absolute())
    finally:
        source.close()
    found = _checked(sqlite_url(path.absolute()))
    if found.faults:
        raise ExceptionGroup(f"{len(found.faults)} faults in the backup", list(found.faults))
    return found


def restore(path: Path, url: str | None = None) -> Integrity:
    """Put a backup into an empty database, made by this version or an earlier one.

    Raises
    ------
    StoreError
        If the database holds workshops already, or the backup is damaged.
    """
    if not path.is_file():
        raise StoreError("store.no_backup")
    target = Database(database_url(url), FLOOR)
    try:
        target.open()
        with _migrated(path) as source, target.writing() as connection:
            if connection.scalar(select(func.count()).select_from(WORKSHOP)):
                raise StoreError("store.not_empty")
            with source.reading() as reader:
                check_file(reader, thorough=True)
                # Codes and tokens were hashed with the secret of the backup.
                connection.execute(delete(SETTING))
                _copy_rows(reader, connection)
        with target.reading() as connection:
            return check_all(connection)
    finally:
        target.close()


def verify(url: str | None = None, heads: Sequence[str] = ()) -> Integrity:
    """Check a database that may be in use; see `check_all`."""
    return _checked(database_url(url), heads)


def _checked(url: URL, heads: Sequence[str] = ()) -> Integrity:
    database = Database(url, floor=0)
    try:
        with database.reading_at_once() as connection:
            if database.path is not None:
                check_file(connection, thorough=True)
            return check_all(connection, heads)
    finally:
        database.close()


@contextmanager
def _migrated(path: Path) -> Iterator[Database]:
    """Open a copy of a backup, with its tables as they are now."""
    with tempfile.TemporaryDirectory(prefix="waardeweging-") as folder:
        copy = Path(folder) / "backup.sqlite"
        copy_file(path.absolute(), copy)
        database = Database(sqlite_url(copy), floor=0)
        try:
            database.open()
            yield database
        finally:
            database.close()


def _copy_out(source: Database, path: Path) -> None:
    check_target(path)
    if source.path is not None:
        with source.reading_at_once():
            copy_file(source.path, path)
        return
    with tempfile.TemporaryDirectory(prefix=".waardeweging-", dir=path.parent) as folder:
        copy = Database(sqlite_url(Path(folder) / "copy.sqlite"), floor=0)
        try:
            copy.open()
            with source.reading_at_once() as reader, copy.writing() as connection:
                _copy_rows(reader, connection)
        finally:
            copy.close()
        copy_file(Path(folder) / "copy.sqlite", path)


def _copy_rows(source: Connection, target: Connection) -> None:
    for table in TABLES:
        order = (RECORD.c.workshop, RECORD.c.number) if table is RECORD else ()
        rows = source.execute(select(table).order_by(*order)).mappings()
        for part in rows.partitions(_TOGETHER):
            target.execute(insert(table), [dict(row) for row in part])
