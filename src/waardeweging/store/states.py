"""States of workshops in memory, brought up to date from the chain."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select

from waardeweging.process.chain import broken
from waardeweging.process.replaying import apply, replay
from waardeweging.process.state import Workshop
from waardeweging.store.errors import StoreError, refusal
from waardeweging.store.schema import WORKSHOP
from waardeweging.store.streams import read_records

_NUMBER = select(WORKSHOP.c.number).where(WORKSHOP.c.id == bindparam("workshop"))


class States:
    """The last state of every workshop that was asked for.

    Parameters
    ----------
    is_sole_writer : bool
        Whether nobody else writes, so that what is in memory is the last state.
    """

    def __init__(self, is_sole_writer: bool) -> None:
        self._is_sole_writer = is_sole_writer
        self._known: dict[str, Workshop] = {}
        self._lock = threading.Lock()

    def known(self, workshop: str) -> Workshop | None:
        """Give the last state when memory has it for certain."""
        return self._known.get(workshop) if self._is_sole_writer else None

    def latest(self, connection: Connection, workshop: str) -> Workshop:
        """Give the state after the last record in the database.

        Raises
        ------
        InputError
            If there is no such workshop.
        StoreError
            If its chain is broken.
        """
        if (known := self.known(workshop)) is not None:
            return known
        number = connection.scalar(_NUMBER, {"workshop": workshop})
        if number is None:
            raise refusal("workshop.unknown", "id")
        state = self._known.get(workshop)
        if state is None or state.number < number:
            state = _caught_up(connection, workshop, state)
            self.keep({workshop: state})
        return state

    def keep(self, states: Mapping[str, Workshop]) -> None:
        """Remember states, unless a later one is known."""
        with self._lock:
            for workshop, state in states.items():
                known = self._known.get(workshop)
                if known is None or known.number < state.number:
                    self._known[workshop] = state

    def forget(self) -> None:
        """Read everything anew, as nobody knows whether the last transaction was written."""
        with self._lock:
            self._known.clear()


def _caught_up(connection: Connection, workshop: str, state: Workshop | None) -> Workshop:
    after = 0 if state is None else state.number
    records = tuple(read_records(connection, workshop, after))
    previous = bytes(32) if state is None else bytes.fromhex(state.head)
    wrong = broken(records, previous, after)
    if wrong is not None:
        raise StoreError("store.broken", number=wrong)
    if state is None:
        return replay(records)
    for record in records:
        state = apply(state, record)
    return state
