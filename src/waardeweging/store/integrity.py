"""Whether everything that is kept still fits together, and with a head that left the building."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from waardeweging.problem.errors import InputError, Place
from waardeweging.process.chain import Recorded, broken, leaf
from waardeweging.process.state import Workshop
from waardeweging.process.streams import replay
from waardeweging.store.schema import ANSWER, PAYLOAD, WORKSHOP
from waardeweging.store.states import FORMS
from waardeweging.store.streams import read_records


@dataclass(frozen=True, slots=True)
class Integrity:
    """What was checked, and what does not fit.

    Parameters
    ----------
    workshops, records, answers : int
        How many were checked; an answer that was deleted is no answer.
    faults : tuple of InputError
        Empty when everything fits.
    """

    workshops: int
    records: int
    answers: int
    faults: tuple[InputError, ...]


def check_all(connection: Connection, heads: Sequence[str] = ()) -> Integrity:
    """Check every chain, every answer against its leaf, and what counts against the chain.

    Parameters
    ----------
    connection : Connection
    heads : sequence of str
        Hashes that were published, in hex: each must still stand in a chain.
    """
    faults: list[InputError] = []
    seen: set[str] = set()
    records = answers = workshops = 0
    for row in connection.execute(select(WORKSHOP).order_by(WORKSHOP.c.id)).all():
        chain = tuple(read_records(connection, row.id))
        kept = connection.execute(_answers(row.id)).all()
        faults += _faults_of(row, chain, kept)
        seen |= {record.hash.hex() for record in chain}
        workshops += 1
        records += len(chain)
        answers += sum(one.payload is not None for one in kept)
    faults += [_head_fault(head) for head in heads if head.strip().lower() not in seen]
    return Integrity(workshops, records, answers, tuple(faults))


def _answers(workshop: str) -> Any:
    return (
        select(ANSWER, PAYLOAD.c.nonce, PAYLOAD.c.payload)
        .outerjoin(
            PAYLOAD,
            (PAYLOAD.c.workshop == ANSWER.c.workshop) & (PAYLOAD.c.number == ANSWER.c.number),
        )
        .where(ANSWER.c.workshop == workshop)
    )


def _faults_of(
    row: Row[Any], chain: Sequence[Recorded], kept: Sequence[Row[Any]]
) -> Iterator[InputError]:
    wrong = broken(chain)
    if wrong is None and (not chain or (row.number, bytes(row.head)) != _end(chain)):
        wrong = len(chain) + 1
    if wrong is not None:
        yield _fault("store.broken", "Record {number} was altered; use a backup.", row, wrong)
        return
    yield from (
        _fault("store.leaf", "Answer {number} was altered; use a backup.", row, one.number)
        for one in kept
        if one.payload is not None and not _fits(chain[one.number - 1], one)
    )
    state = replay(FORMS[row.kind], chain)
    if not isinstance(state, Workshop):
        return
    if not state.purged and _counted(kept) != {
        (name, side): count
        for name, sheet in state.sheets.items()
        for side, count in sheet.submitted.items()
        if count
    }:
        yield _fault("store.counts", "Answers were added or left out; use a backup.", row, 0)


def _end(chain: Sequence[Recorded]) -> tuple[int, bytes]:
    return chain[-1].number, chain[-1].hash


def _fits(record: Recorded, answer: Row[Any]) -> bool:
    sign = leaf(json.loads(answer.payload), bytes(answer.nonce)).hex()
    return (record.kind, record.body.get("leaf")) == ("submitted", sign)


def _counted(kept: Sequence[Row[Any]]) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for one in kept:
        if one.is_current:
            counts[one.sheet, one.side] = counts.get((one.sheet, one.side), 0) + 1
    return counts


def _fault(code: str, remedy: str, row: Row[Any], number: int) -> InputError:
    return InputError(code, where=Place("workshop", row.id), remedy=remedy, number=number)


def _head_fault(head: str) -> InputError:
    return InputError(
        "store.head",
        where=Place("database"),
        found=head,
        remedy="This hash was published and stands in no chain any more; use a backup.",
    )
