"""The two kinds of database, each opened so that an acknowledged write stays written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, OperationalError

from waardeweging.store.errors import StoreError, StoreReadOnly
from waardeweging.store.migrations import MIGRATIONS, migrate, pending
from waardeweging.store.places import check_place, has_room
from waardeweging.store.schema import PERSONAL

# Two servers on one PostgreSQL take turns with this lock, so that a chain never forks.
_TURN = text("SELECT pg_advisory_xact_lock(7382019)")
_SQLITE_FULL = {10, 13}  # a quota shows as a fault of input and output
_POSTGRES_FULL = "53100"
_POSTGRES_OPTIONS = (
    "-c synchronous_commit=on -c statement_timeout=30000 -c lock_timeout=20000 "
    "-c idle_in_transaction_session_timeout=60000 -c timezone=UTC"
)


class Database:
    """A database with one door to write and several to read.

    Parameters
    ----------
    url : sqlalchemy.engine.URL
    floor : int
        Free space that must stay on the disk of a file. [bytes]
    """

    def __init__(self, url: URL, floor: int) -> None:
        self.url = url
        self.path = Path(str(url.database)).absolute() if url.drivername == "sqlite" else None
        self._floor = floor
        self._lock: FileLock | None = None
        self._writing, self._reading = (
            (_postgres(url), _postgres(url, isolation_level="AUTOCOMMIT"))
            if self.path is None
            else (_sqlite(self.path, writes=True), _sqlite(self.path, writes=False))
        )

    @property
    def is_sole_writer(self) -> bool:
        """Whether no other process can write: a file that this process has locked."""
        return self._lock is not None

    def open(self) -> None:
        """Lock, check and migrate.

        Raises
        ------
        StoreError
            If another server has the file, it is on a network disk, or it is damaged.
        """
        if self.path is not None:
            self._open_file(self.path)
        try:
            self._bring_up_to_date()
        except OperationalError:
            # The driver's own text could name a password.
            raise StoreError("store.unreachable") from None

    def _bring_up_to_date(self) -> None:
        with self.writing() as connection:
            is_new = len(steps := pending(connection)) == len(MIGRATIONS)
        if steps and not is_new and self.path is not None:
            copy_file(self.path, self.path.with_name(f"{self.path.name}.before-{steps[0].name}"))
        with self.writing() as connection:
            migrate(connection)

    def _open_file(self, path: Path) -> None:
        check_place(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(f"{path}.lock", timeout=0)
        try:
            self._lock.acquire()
        except Timeout:
            self._lock = None
            raise StoreError("store.in_use") from None
        with self.reading() as connection:
            check_file(connection)

    def close(self) -> None:
        """Let go of everything."""
        self._reading.dispose()
        self._writing.dispose()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def forsake(self) -> None:
        """Let go of everything, and take away the file, while no other server may open it."""
        self._reading.dispose()
        self._writing.dispose()
        if self.path is not None:
            for end in ("", "-wal", "-shm"):
                self.path.with_name(f"{self.path.name}{end}").unlink(missing_ok=True)
        self.close()

    def has_room(self) -> bool:
        """Say whether there is room on the disk to write."""
        return self.path is None or has_room(self.path, self._floor)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write in one transaction, which is on disk when the block ends."""
        with self._writing.begin() as connection:
            if self.path is None:
                connection.execute(_TURN)
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read; every statement sees what was committed last."""
        with self._reading.connect() as connection:
            yield connection

    @contextmanager
    def reading_at_once(self) -> Iterator[Connection]:
        """Read everything as it is at one moment.

        Raises
        ------
        StoreError
            If there is no database yet, or it waits for a step forward.
        """
        if self.path is not None and not self.path.is_file():
            raise _absent()
        with self._reading.connect() as connection:
            if self.path is None:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            else:
                connection.exec_driver_sql("BEGIN")
            steps = pending(connection)
            if len(steps) == len(MIGRATIONS):
                raise _absent()
            if steps:
                raise StoreError("store.older")
            yield connection

    def scrub(self) -> None:
        """Take what was deleted out of the files too."""
        with self.reading() as connection:
            if self.path is not None:
                # A connection that has not read yet does not know of the log.
                connection.exec_driver_sql("SELECT count(*) FROM migration")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                for table in PERSONAL:
                    connection.exec_driver_sql(f"VACUUM {table.name}")

    def forget_connections(self) -> None:
        """Begin afresh after a fault of a connection."""
        self._writing.dispose()
        self._reading.dispose()


def _absent() -> StoreError:
    return StoreError("store.absent")


def check_file(connection: Connection, thorough: bool = False) -> None:
    """Refuse a damaged file of SQLite.

    Raises
    ------
    StoreError
        If its pages do not fit together.
    """
    pragma = "integrity_check" if thorough else "quick_check"
    try:
        found = connection.exec_driver_sql(f"PRAGMA {pragma}(1)").scalar()
    except DatabaseError:
        found = None
    if found != "ok":
        raise StoreError("store.damaged")


def check_target(path: Path) -> None:
    """Refuse to write a file that is there, or in a folder that is not."""
    if path.exists():
        raise StoreError("store.exists", name=path.name)
    if not path.parent.is_dir():
        raise StoreError("store.no_folder")


def copy_file(source: Path, target: Path) -> None:
    """Copy a file of SQLite as it is at one moment, also while others write to it.

    Raises
    ------
    StoreError
        If the target is there already, or the source is damaged.
    """
    check_target(target)
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("VACUUM INTO ?", (str(unfinished),))
    except sqlite3.DatabaseError as error:
        unfinished.unlink(missing_ok=True)
        raise StoreReadOnly if is_full(error) else StoreError("store.damaged") from None
    sync(unfinished)
    unfinished.replace(target)
    sync(target.parent)


def is_full(error: BaseException | None) -> bool:
    """Say whether a driver refused because the disk does not take more."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in _SQLITE_FULL or getattr(error, "sqlstate", None) == _POSTGRES_FULL


def sync(path: Path) -> None:
    """Wait until a file or folder is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _postgres(url: URL, **options: Any) -> Engine:
    return create_engine(
        url,
        **options,
        pool_size=10,
        max_overflow=30,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 5, "options": _POSTGRES_OPTIONS},
    )


def _sqlite(path: Path, *, writes: bool) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        pool_size=1 if writes else 10,
        max_overflow=0 if writes else 50,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",
        connect_args={"check_same_thread": False, "timeout": 10, "cached_statements": 256},
    )
    event.listen(engine, "connect", _prepare_writer if writes else _prepare_reader)
    if writes:
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_writer(connection: sqlite3.Connection, _: Any) -> None:
    # The driver's own transactions begin too late; SQLAlchemy begins them below.
    connection.isolation_level = None
    (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode != "wal":
        raise StoreError("store.no_wal")
    for pragma in (
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_reader(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only=ON")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
