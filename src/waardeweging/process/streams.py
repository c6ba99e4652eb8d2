"""What a workshop and a project share: a chain of events, and a state that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce, singledispatch
from typing import Any, ClassVar, TypeVar

from waardeweging.process.chain import GENESIS, Recorded
from waardeweging.process.events import Event, read_event

S = TypeVar("S", bound="Stream")


@dataclass(frozen=True, slots=True)
class Stream:
    """Something as it stands after `number` records.

    Parameters
    ----------
    id : str
    number : int
        Of the last record.
    head : str
        Hash of the last record, in hex.
    at : str
        When something last happened.
    """

    FORMS: ClassVar[Mapping[str, type[Event]]] = {}
    """What can happen here, by kind."""

    id: str
    number: int = 0
    head: str = GENESIS.hex()
    at: str = ""


@singledispatch
def changed(event: Event, state: Any, record: Recorded) -> Any:
    """Give the state after an event; one that only stands in the log changes nothing."""
    return state


def apply(state: S, record: Recorded) -> S:
    """Give the state after one more record.

    Raises
    ------
    ValueError
        If the record does not follow the state, or has an unknown form.
    """
    if (record.stream, record.number) != (state.id, state.number + 1):
        raise ValueError(
            f"record {record.number} of {record.stream} does not follow "
            f"{state.number} of {state.id}"
        )
    after: S = changed(read_event(record.kind, record.body, state.FORMS), state, record)
    return replace(after, number=record.number, head=record.hash.hex(), at=record.at)


def replay(form: type[S], records: Iterable[Recorded]) -> S:
    """Rebuild a state from its records.

    Raises
    ------
    ValueError
        If there are none, or one has an unknown form.
    """
    given = iter(records)
    first = next(given, None)
    if first is None:
        raise ValueError("a chain begins with a record")
    return reduce(apply, given, apply(form(id=first.stream), first))
