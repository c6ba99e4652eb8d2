"""The store: one object per process, safe to use from every thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from waardeweging.store.backup import backup
from waardeweging.store.ballots import Ballots
from waardeweging.store.database import Database
from waardeweging.store.integrity import Integrity, check_all
from waardeweging.store.places import FLOOR, database_url, is_there
from waardeweging.store.projects import Projects
from waardeweging.store.remarks import Remarks


class Store(Projects, Ballots, Remarks):
    """Keeps projects, workshops, cards, answers and remarks; computes nothing.

    Every write waits until it is on disk. Use it as a context manager, or call `close`.
    """

    @property
    def url(self) -> str:
        """Where the database is, without its password."""
        return self._database.url.render_as_string(hide_password=True)

    def backup(self, path: Path) -> Integrity:
        """Write a backup to a new file and check it; everything goes on meanwhile."""
        return backup(path, self._database.url.render_as_string(hide_password=False))

    def integrity(self, heads: Sequence[str] = ()) -> Integrity:
        """Check everything that is kept; see `check_all`."""
        with self._database.reading_at_once() as connection:
            return check_all(connection, heads)

    def forsake(self) -> None:
        """Close, and take the file of the database away with what SQLite put beside it."""
        self._writer.close()
        self._database.forsake()

    def close(self) -> None:
        """Write what waits and let the database go."""
        self._writer.close()
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_store(url: str | None = None, *, floor: int = FLOOR) -> Store:
    """Open the store of a database, and make its tables when they are not there.

    Parameters
    ----------
    url : str, optional
        ``sqlite:///FILE`` or ``postgresql://…``; else the environment variable
        ``WAARDEWEGING_DATABASE_URL``, else a file in the user's data folder.
    floor : int
        Free space below which nothing is written. [bytes]

    Raises
    ------
    StoreError
        If it cannot be used; the message says what to do.
    """
    database = Database(database_url(url), floor)
    try:
        database.open()
        return Store(database)
    except BaseException:
        database.close()
        raise


@contextmanager
def store_for_new(url: str | None = None, *, floor: int = FLOOR) -> Iterator[Store]:
    """Open the store to begin something; when that is refused, no empty file stays behind.

    Parameters
    ----------
    url, floor
        As for `open_store`.

    Raises
    ------
    StoreError
        If it cannot be used; the message says what to do.
    """
    was_there = is_there(url)
    with open_store(url, floor=floor) as kept:
        try:
            yield kept
        except BaseException:
            if not was_there and not kept.projects() and not kept.workshops():
                kept.forsake()
            raise
