"""The store of this process: one, shared by phones, facilitator and beamer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from waardeweging.app.retention import keeping
from waardeweging.store import Store, open_store, retention_days

_lock = Lock()
_store: Store | None = None


def hall_store() -> Store:
    """Give the store of this process; the first who asks opens it."""
    global _store
    with _lock:
        if _store is None:
            _store = open_store()
        return _store


def use_store(store: Store | None) -> None:
    """Put a store that is open already in the place of the one of this process."""
    global _store
    with _lock:
        _store = store


@contextmanager
def kept_hall_store(*, at_once: bool) -> Iterator[None]:
    """Keep the store as long as this process serves, and close it after that.

    Parameters
    ----------
    at_once : bool
        Whether to open it now, so that a wrong address stops the server at its start.
        Otherwise somebody who only explores needs no place to keep answers.
    """
    global _store
    days = retention_days()
    # Whoever sets a period means the database that this process serves.
    if at_once or days is not None:
        hall_store()
    with keeping(hall_store, days):
        yield
    with _lock:
        if _store is not None:
            _store.close()
        _store = None
