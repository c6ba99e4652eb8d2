"""One thread that writes: everything that waits goes into one transaction.

A commit costs a sync of the disk, whatever is in it. While one is under way others
line up, and go together in the next. Nobody is answered before the commit.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from waardeweging.process.chain import Recorded
from waardeweging.process.deciding import Happened
from waardeweging.process.moments import now
from waardeweging.process.state import Workshop
from waardeweging.process.streams import Stream, apply
from waardeweging.store.database import Database, is_full
from waardeweging.store.errors import StoreBusy, StoreReadOnly
from waardeweging.store.states import States, as_form
from waardeweging.store.streams import append

_LONGEST_QUEUE = 2000
_MOST_TOGETHER = 256
_PATIENCE = 30.0

_log = logging.getLogger(__name__)
Answer = TypeVar("Answer")
S = TypeVar("S", bound=Stream)


class Batch:
    """A transaction under way, with the states as they will be after it."""

    def __init__(self, connection: Connection, states: States) -> None:
        self.connection = connection
        self.changed: dict[str, Stream] = {}
        self._states = states

    def state(self, workshop: str) -> Workshop:
        """Give the state of a workshop, with what this transaction added."""
        return self.latest(workshop, Workshop)

    def latest(self, stream: str, form: type[S]) -> S:
        """Give the state of a workshop or a project, with what this transaction added."""
        found = self.changed.get(stream) or self._states.latest(self.connection, stream)
        return as_form(found, form)

    def record(
        self, state: S, by: str, event: Happened, at: str | None = None
    ) -> tuple[S, Recorded]:
        """Put an event in the chain; the state after it comes back."""
        record = append(self.connection, state, by, at or now(), event)
        after = apply(state, record)
        self.changed[state.id] = after
        return after, record


Job = Callable[[Batch], Any]


@dataclass(frozen=True, slots=True)
class _Task:
    job: Job
    future: Future[Any]


class Writer:
    """The one writing thread, with a queue that has an end."""

    def __init__(self, database: Database, states: States, longest: int = _LONGEST_QUEUE) -> None:
        self._database = database
        self._states = states
        self._was_faulty = False
        self._queue: queue.Queue[_Task | None] = queue.Queue(longest)
        self._thread = threading.Thread(target=self._loop, name="store-writer", daemon=True)
        self._thread.start()

    def run(self, job: Callable[[Batch], Answer]) -> Answer:
        """Write something and wait until it is on disk.

        Raises
        ------
        StoreBusy
            If the queue is full, or the database is away.
        StoreReadOnly
            If the disk is nearly full.
        """
        future: Future[Any] = Future()
        try:
            self._queue.put_nowait(_Task(job, future))
            return cast(Answer, future.result(_PATIENCE))
        except (queue.Full, TooLate):
            raise StoreBusy from None

    def close(self) -> None:
        """Write what waits, and end."""
        self._queue.put(None)
        self._thread.join()

    def _loop(self) -> None:
        while (task := self._queue.get()) is not None:
            tasks = [task]
            is_last = self._fill(tasks)
            self._write(tasks)
            if is_last:
                return

    def _fill(self, tasks: list[_Task]) -> bool:
        """Take along what waits; True when the queue was told to end."""
        while len(tasks) < _MOST_TOGETHER:
            try:
                task = self._queue.get_nowait()
            except queue.Empty:
                return False
            if task is None:
                return True
            tasks.append(task)
        return False

    def _write(self, tasks: list[_Task]) -> None:
        try:
            outcomes = self._transaction(tasks)
        except Exception as error:
            fault = self._fault(error)
            self._database.forget_connections()
            for task in tasks:
                task.future.set_exception(fault)
            return
        for task, (answer, refusal) in zip(tasks, outcomes, strict=True):
            if refusal is None:
                task.future.set_result(answer)
            else:
                task.future.set_exception(refusal)

    def _transaction(self, tasks: list[_Task]) -> list[tuple[Any, Exception | None]]:
        if not self._database.has_room():
            raise StoreReadOnly
        with self._database.writing() as connection:
            batch = Batch(connection, self._states)
            outcomes = [self._attempt(batch, task.job) for task in tasks]
        self._states.keep(batch.changed)
        self._was_faulty = False
        return outcomes

    def _attempt(self, batch: Batch, job: Job) -> tuple[Any, Exception | None]:
        """Do one job; when it is refused, the others of the transaction go on."""
        before = dict(batch.changed)
        try:
            with batch.connection.begin_nested():
                return job(batch), None
        except IntegrityError as error:
            refusal: Exception = self._fault(error)
        except DBAPIError:
            raise
        except Exception as error:
            refusal = error
        batch.changed = before
        return None, refusal

    def _fault(self, error: Exception) -> Exception:
        """Say what to do about a transaction that failed as a whole."""
        if not isinstance(error, DBAPIError):
            return error
        if not self._was_faulty:
            # Only the kind of fault: its text could repeat what somebody sent.
            _log.warning("the database refuses to write: %s", type(error.orig).__name__)
        self._was_faulty = True
        self._states.forget()
        return StoreReadOnly() if is_full(error.orig) else StoreBusy()
