"""States of workshops and projects in memory, brought up to date from the chain."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy import Connection, bindparam, select

from waardeweging.process.chain import broken
from waardeweging.process.project import replaying as _project_events  # noqa: F401
from waardeweging.process.project.state import Project
from waardeweging.process.replaying import replay as _workshop_events  # noqa: F401
from waardeweging.process.state import Workshop
from waardeweging.process.streams import Stream, apply, replay
from waardeweging.store.errors import StoreError, refusal
from waardeweging.store.schema import WORKSHOP
from waardeweging.store.streams import read_records

FORMS: Mapping[str, type[Stream]] = {"workshop": Workshop, "project": Project}
"""What a chain may be about, by the kind that stands in the database."""

S = TypeVar("S", bound=Stream)
_ROW = select(WORKSHOP.c.number, WORKSHOP.c.kind).where(WORKSHOP.c.id == bindparam("stream"))


class States:
    """The last state of every workshop and project that was asked for.

    Parameters
    ----------
    is_sole_writer : bool
        Whether nobody else writes, so that what is in memory is the last state.
    """

    def __init__(self, is_sole_writer: bool) -> None:
        self._is_sole_writer = is_sole_writer
        self._known: dict[str, Stream] = {}
        self._lock = threading.Lock()

    def known(self, stream: str) -> Stream | None:
        """Give the last state when memory has it for certain."""
        return self._known.get(stream) if self._is_sole_writer else None

    def latest(self, connection: Connection, stream: str) -> Stream:
        """Give the state after the last record in the database.

        Raises
        ------
        InputError
            If there is no such workshop or project.
        StoreError
            If its chain is broken.
        """
        if (known := self.known(stream)) is not None:
            return known
        row = connection.execute(_ROW, {"stream": stream}).one_or_none()
        if row is None:
            raise refusal("workshop.unknown", "id")
        state = self._known.get(stream)
        if state is None or state.number < row.number:
            state = _caught_up(connection, FORMS[row.kind], stream, state)
            self.keep({stream: state})
        return state

    def keep(self, states: Mapping[str, Stream]) -> None:
        """Remember states, unless a later one is known."""
        with self._lock:
            for stream, state in states.items():
                known = self._known.get(stream)
                if known is None or known.number < state.number:
                    self._known[stream] = state

    def forget(self) -> None:
        """Read everything anew, as nobody knows whether the last transaction was written."""
        with self._lock:
            self._known.clear()


def as_form(state: Stream, form: type[S]) -> S:
    """Give a state back as what it is expected to be.

    Raises
    ------
    InputError
        If it is something else: a project in the place of a workshop, or the other way round.
    """
    if not isinstance(state, form):
        raise refusal("workshop.unknown", "id")
    return state


def _caught_up(
    connection: Connection, form: type[Stream], stream: str, state: Stream | None
) -> Stream:
    after = 0 if state is None else state.number
    records = tuple(read_records(connection, stream, after))
    previous = bytes(32) if state is None else bytes.fromhex(state.head)
    wrong = broken(records, previous, after)
    if wrong is not None:
        raise StoreError("store.broken", number=wrong)
    if state is None:
        return replay(form, records)
    for record in records:
        state = apply(state, record)
    return state
