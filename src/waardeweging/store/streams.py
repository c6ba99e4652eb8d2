"""Reading and lengthening the chain of a workshop or a project."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, Row, bindparam, select, update

from waardeweging.process.canonical import canonical
from waardeweging.process.chain import Recorded, link
from waardeweging.process.deciding import Happened
from waardeweging.process.streams import Stream
from waardeweging.store.schema import RECORD, WORKSHOP

_AFTER = (
    select(RECORD)
    .where(RECORD.c.workshop == bindparam("workshop"), RECORD.c.number > bindparam("after"))
    .order_by(RECORD.c.number)
)


def read_records(connection: Connection, workshop: str, after: int = 0) -> Iterator[Recorded]:
    """Read the records of a workshop or a project after a number, in order."""
    for row in connection.execute(_AFTER, {"workshop": workshop, "after": after}):
        yield _recorded(row)


def append(connection: Connection, state: Stream, by: str, at: str, event: Happened) -> Recorded:
    """Put one more record at the end of a chain."""
    previous, number = bytes.fromhex(state.head), state.number + 1
    body = canonical(event.body).decode()
    sign = link(previous, state.id, number, at, by, event.kind, event.body)
    record = Recorded(state.id, number, at, by, event.kind, json.loads(body), previous, sign)
    row = {
        "workshop": state.id,
        "number": number,
        "at": at,
        "by": by,
        "kind": event.kind,
        "body": body,
        "previous": previous,
        "hash": sign,
    }
    connection.execute(RECORD.insert(), row)
    head = update(WORKSHOP).where(WORKSHOP.c.id == state.id).values(number=number, head=sign)
    connection.execute(head)
    return record


def _recorded(row: Row[tuple[object, ...]]) -> Recorded:
    return Recorded(
        stream=row.workshop,
        number=row.number,
        at=row.at,
        by=row.by,
        kind=row.kind,
        body=json.loads(row.body),
        previous=bytes(row.previous),
        hash=bytes(row.hash),
    )
