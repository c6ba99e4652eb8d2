"""What every part of the store shares: the database, the writer, the states, the keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, insert, select

from waardeweging.process.deciding import Decided
from waardeweging.process.state import Workshop
from waardeweging.process.streams import Stream
from waardeweging.store.database import Database
from waardeweging.store.keys import keys_of
from waardeweging.store.schema import DONE
from waardeweging.store.states import States, as_form
from waardeweging.store.writer import Batch, Writer

Answer = TypeVar("Answer")
S = TypeVar("S", bound=Stream)


class Core:
    """The store without its doors.

    Parameters
    ----------
    database : Database
        Open.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._states = States(database.is_sole_writer)
        with database.writing() as connection:
            self._keys = keys_of(connection)
        self._writer = Writer(database, self._states)

    def _write(self, job: Callable[[Batch], Answer]) -> Answer:
        return self._writer.run(job)

    def _read(self, read: Callable[[Connection], Answer]) -> Answer:
        with self._database.reading() as connection:
            return read(connection)

    def _state(self, workshop: str) -> Workshop:
        return self._latest(workshop, Workshop)

    def _latest(self, stream: str, form: type[S]) -> S:
        found = self._states.known(stream) or self._read(
            lambda connection: self._states.latest(connection, stream)
        )
        return as_form(found, form)

    def _hashed(self, kind: str, *secret: str) -> bytes:
        """Hash a code or token with the keys of the server; only this is kept."""
        return self._keys.hashed("\0".join((kind, *secret)).encode())


def decide_in(
    batch: Batch,
    state: S,
    by: str,
    decide: Callable[[S], Decided],
    key: str | None = None,
    at: str | None = None,
) -> S:
    """Record what is decided about a state; the same key a second time changes nothing."""
    if key is not None and _was_done(batch, state.id, key):
        return state
    for event in decide(state):
        state, _ = batch.record(state, by, event, at)
    if key is not None:
        row = {"workshop": state.id, "key": key, "number": state.number}
        batch.connection.execute(insert(DONE), row)
    return state


def _was_done(batch: Batch, stream: str, key: str) -> bool:
    query = select(DONE.c.number).where(DONE.c.workshop == stream, DONE.c.key == key)
    return batch.connection.scalar(query) is not None
