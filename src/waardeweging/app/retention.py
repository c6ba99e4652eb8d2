"""Deletes by itself what may not be kept any longer, at the start of the server and every day."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from waardeweging.problem.errors import InputError
from waardeweging.store import Store

DAY = 24 * 60 * 60.0
_log = logging.getLogger(__name__)


@contextmanager
def keeping(
    store: Callable[[], Store], days: int | None, every: float = DAY
) -> Iterator[Thread | None]:
    """Purge workshops whose last round is too long ago, as long as the server serves.

    Parameters
    ----------
    store : callable
        Gives the store of this process.
    days : int or None
        How long answers and cards are kept after the last round; None keeps them. [d]
    every : float
        Between two times of looking. [s]
    """
    if days is None:
        yield None
        return
    stopped = Event()

    def look() -> None:
        while True:
            _purge(store, days)
            if stopped.wait(every):
                return

    thread = Thread(target=look, name="retention", daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        stopped.set()
        thread.join()


def _purge(store: Callable[[], Store], days: int) -> None:
    try:
        done = store().expire(days)
    except InputError as error:
        # Busy, or a disk that is full: tomorrow is soon enough.
        _log.warning("nothing was purged: %s", error.code)
        return
    if done:
        _log.info("purged %d workshops, %d days after their last round", len(done), days)
