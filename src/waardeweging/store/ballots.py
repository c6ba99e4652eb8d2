"""Answers: kept as given, counted once, deletable, and proven by a leaf in the chain."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from waardeweging.process import workshop as process
from waardeweging.process.answers import Given, check_form
from waardeweging.process.canonical import canonical
from waardeweging.process.chain import leaf, receipt
from waardeweging.process.credentials import clean_code
from waardeweging.process.events import Erased, Submitted
from waardeweging.process.moments import now
from waardeweging.store.errors import Conflict, refusal
from waardeweging.store.schema import ANSWER, CREDENTIAL, DRAFT, PAYLOAD, RECORD, REMARK
from waardeweging.store.seats import Seats, card_of, take_seat
from waardeweging.store.types import Evidence, Receipt, Seat
from waardeweging.store.writer import Batch

_NONCE_BYTES = 16
_LONGEST_KEY = 100
_LONGEST_DRAFT = 20_000

_BY_KEY: Select[Any] = (
    select(ANSWER.c.sheet, RECORD.c.number, RECORD.c.at, RECORD.c.body, PAYLOAD.c.nonce)
    .join(RECORD, (RECORD.c.workshop == ANSWER.c.workshop) & (RECORD.c.number == ANSWER.c.number))
    .outerjoin(
        PAYLOAD, (PAYLOAD.c.workshop == ANSWER.c.workshop) & (PAYLOAD.c.number == ANSWER.c.number)
    )
    .where(
        ANSWER.c.workshop == bindparam("workshop"),
        ANSWER.c.voice == bindparam("voice"),
        ANSWER.c.key == bindparam("key"),
    )
)
_CURRENT: Select[Any] = select(ANSWER.c.number).where(
    ANSWER.c.workshop == bindparam("workshop"),
    ANSWER.c.voice == bindparam("voice"),
    ANSWER.c.sheet == bindparam("sheet"),
    ANSWER.c.is_current.is_(True),
)
_SAME_ANSWER = (ANSWER.c.workshop == PAYLOAD.c.workshop) & (ANSWER.c.number == PAYLOAD.c.number)
_REPLACE = (
    update(ANSWER)
    .where(ANSWER.c.workshop == bindparam("of"), ANSWER.c.number == bindparam("old"))
    .values(is_current=False)
)


class Ballots(Seats):
    """The part of the store that keeps answers."""

    def submit(
        self, seat: Seat, sheet: str, payload: Mapping[str, Any], key: str, by: str = "participant"
    ) -> Receipt:
        """Keep an answer; the last one of a card on a sheet counts.

        Parameters
        ----------
        seat : Seat
        sheet : str
        payload : mapping
            As `check_payload` gave it back.
        key : str
            Drawn by the sender, the same when it sends the same again.
        by : str
            Role.

        Returns
        -------
        Receipt
            The same one for the same key and payload.

        Raises
        ------
        InputError
            If the sheet does not take answers, or the card ended.
        Conflict
            If the key came with another answer before.
        """
        answer = check_form(sheet, payload)
        _check_key(key)
        return self._write(
            lambda batch: _submit(batch, card_of(batch, seat), sheet, answer, key, by)
        )

    def by_hand(
        self, workshop: str, code: str, sheet: str, payload: Mapping[str, Any], key: str
    ) -> Receipt:
        """Keep an answer that somebody gave on paper, entered by a helper."""
        code = clean_code(code)
        answer = check_form(sheet, payload)
        _check_key(key)

        def job(batch: Batch) -> Receipt:
            row = self._card(batch, workshop, code)
            take_seat(batch, row, "helper")
            return _submit(batch, row, sheet, answer, key, "helper")

        return self._write(job)

    def own(self, seat: Seat, sheet: str) -> dict[str, Any] | None:
        """Give back somebody's own answer on a sheet; None when there is none."""
        query = _own(seat, sheet, PAYLOAD, PAYLOAD.c.payload)
        found = self._read(lambda connection: connection.scalar(query))
        return None if found is None else dict(json.loads(found))

    def receipt(self, seat: Seat, sheet: str) -> str | None:
        """Give back the receipt of somebody's own answer; None when there is none."""
        query = _own(seat, sheet, RECORD, RECORD.c.body)
        found = self._read(lambda connection: connection.scalar(query))
        return None if found is None else receipt(bytes.fromhex(json.loads(found)["leaf"]))

    def save_draft(self, seat: Seat, sheet: str, payload: Mapping[str, Any]) -> None:
        """Remember what somebody is filling in; the last one is all there is."""
        written = json.dumps(payload, allow_nan=False)
        if len(written) > _LONGEST_DRAFT or sheet not in process.SHEETS:
            raise refusal("workshop.draft_size", sheet)

        def job(batch: Batch) -> None:
            card_of(batch, seat)
            _drop_draft(batch, seat.credential, sheet)
            row = {"credential": seat.credential, "sheet": sheet, "workshop": seat.workshop}
            batch.connection.execute(insert(DRAFT), {**row, "payload": written})

        self._write(job)

    def draft(self, seat: Seat, sheet: str) -> dict[str, Any] | None:
        """Give back what somebody was filling in; None when there is nothing."""
        query = select(DRAFT.c.payload).where(
            DRAFT.c.credential == seat.credential, DRAFT.c.sheet == sheet
        )
        found = self._read(lambda connection: connection.scalar(query))
        return None if found is None else dict(json.loads(found))

    def answers(self, workshop: str, sheet: str) -> tuple[Given, ...]:
        """Give the answers that count, once a sheet is closed.

        Returns
        -------
        tuple of Given
            In the order of their pseudonyms, which were drawn by lot.

        Raises
        ------
        InputError
            If the sheet is not closed.
        """
        process.check_closed(self._state(workshop), sheet)
        query = (
            select(ANSWER.c.voice, ANSWER.c.side, ANSWER.c.department, PAYLOAD.c.payload)
            .join(PAYLOAD, _SAME_ANSWER)
            .where(*_counting(workshop, sheet))
            .order_by(ANSWER.c.voice)
        )
        return self._read(
            lambda connection: tuple(
                Given(row.voice, row.side, row.department, json.loads(row.payload))
                for row in connection.execute(query)
            )
        )

    def evidence(self, workshop: str, sheet: str) -> tuple[Evidence, ...]:
        """Give what proves the answers that count, once a sheet is closed; for the controller.

        Returns
        -------
        tuple of Evidence
            In the order of their records.

        Raises
        ------
        InputError
            If the sheet is not closed.
        """
        process.check_closed(self._state(workshop), sheet)
        query = (
            select(PAYLOAD.c.number, PAYLOAD.c.payload, PAYLOAD.c.nonce)
            .join(ANSWER, _SAME_ANSWER)
            .where(*_counting(workshop, sheet))
            .order_by(PAYLOAD.c.number)
        )
        return self._read(
            lambda connection: tuple(
                Evidence(row.number, json.loads(row.payload), bytes(row.nonce))
                for row in connection.execute(query)
            )
        )

    def counts(self, workshop: str, sheet: str) -> dict[str, tuple[int, int]]:
        """Say per side how many answers count, of how many people who came in."""
        state = self._state(workshop)
        submitted = state.sheets[sheet].submitted
        sides = {**state.seated, **submitted}
        return {side: (submitted.get(side, 0), state.seated.get(side, 0)) for side in sides}

    def erase(self, seat: Seat, sheet: str | None = None) -> None:
        """Delete somebody's own answers, drafts and remarks, on one sheet or everywhere."""

        def job(batch: Batch) -> None:
            voice = card_of(batch, seat).voice
            mine = [ANSWER.c.workshop == seat.workshop, ANSWER.c.voice == voice]
            mine += [] if sheet is None else [ANSWER.c.sheet == sheet]
            query = select(ANSWER).join(
                PAYLOAD,
                (ANSWER.c.workshop == PAYLOAD.c.workshop) & (ANSWER.c.number == PAYLOAD.c.number),
            )
            for row in batch.connection.execute(query.where(*mine)).all():
                _erase(batch, row)
            for table in (DRAFT, REMARK):
                own = [table.c.credential == seat.credential]
                own += [] if sheet is None else [table.c.sheet == sheet]
                batch.connection.execute(delete(table).where(*own))

        self._write(job)
        self._database.scrub()


def _own(seat: Seat, sheet: str, table: Table, column: Column[Any]) -> Select[Any]:
    """Look something up about the answer of a card that counts."""
    return (
        select(column)
        .join(ANSWER, (ANSWER.c.workshop == table.c.workshop) & (ANSWER.c.number == table.c.number))
        .join(CREDENTIAL, CREDENTIAL.c.voice == ANSWER.c.voice)
        .where(
            CREDENTIAL.c.id == seat.credential,
            ANSWER.c.workshop == seat.workshop,
            ANSWER.c.sheet == sheet,
            ANSWER.c.is_current.is_(True),
        )
    )


def _submit(
    batch: Batch, card: Row[Any], sheet: str, payload: dict[str, Any], key: str, by: str
) -> Receipt:
    mine = {"workshop": card.workshop, "voice": card.voice}
    earlier = batch.connection.execute(_BY_KEY, {**mine, "key": key}).one_or_none()
    if earlier is not None:
        return _same_again(earlier, sheet, payload)
    at = now()
    state = batch.state(card.workshop)
    process.check_takes_answers(state, sheet, at)
    replaced = batch.connection.scalar(_CURRENT, {**mine, "sheet": sheet})
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sign = leaf(payload, nonce)
    event = Submitted(sheet=sheet, leaf=sign.hex(), side=card.side, replaces=replaced)
    _, record = batch.record(state, by, process.happened(event), at)
    if replaced is not None:
        batch.connection.execute(_REPLACE, {"of": card.workshop, "old": replaced})
    _insert(batch, {**mine, "number": record.number}, card, sheet, key, payload, nonce)
    return Receipt(receipt(sign), record.number, at)


def _insert(
    batch: Batch,
    ids: Mapping[str, Any],
    card: Row[Any],
    sheet: str,
    key: str,
    payload: dict[str, Any],
    nonce: bytes,
) -> None:
    row = {**ids, "sheet": sheet, "side": card.side, "department": card.department, "key": key}
    batch.connection.execute(insert(ANSWER), {**row, "is_current": True})
    written = canonical(payload).decode()
    kept = {"workshop": ids["workshop"], "number": ids["number"], "nonce": nonce}
    batch.connection.execute(insert(PAYLOAD), {**kept, "payload": written})


def _counting(workshop: str, sheet: str) -> tuple[ColumnElement[bool], ...]:
    """Keep to the answers that count."""
    return (
        ANSWER.c.workshop == workshop,
        ANSWER.c.sheet == sheet,
        ANSWER.c.is_current.is_(True),
    )


def _same_again(earlier: Row[Any], sheet: str, payload: dict[str, Any]) -> Receipt:
    sign = bytes.fromhex(json.loads(earlier.body)["leaf"])
    is_erased = earlier.nonce is None
    if earlier.sheet != sheet or not (is_erased or leaf(payload, bytes(earlier.nonce)) == sign):
        raise Conflict
    return Receipt(receipt(sign), earlier.number, earlier.at)


def _erase(batch: Batch, row: Row[Any]) -> None:
    event = Erased(sheet=row.sheet, number=row.number, side=row.side, counted=row.is_current)
    batch.record(batch.state(row.workshop), "participant", process.happened(event))
    gone = (PAYLOAD.c.workshop == row.workshop, PAYLOAD.c.number == row.number)
    batch.connection.execute(delete(PAYLOAD).where(*gone))
    batch.connection.execute(_REPLACE, {"of": row.workshop, "old": row.number})


def _drop_draft(batch: Batch, credential: str, sheet: str) -> None:
    mine = (DRAFT.c.credential == credential, DRAFT.c.sheet == sheet)
    batch.connection.execute(delete(DRAFT).where(*mine))


def _check_key(key: str) -> None:
    if not 1 <= len(key) <= _LONGEST_KEY:
        raise refusal("workshop.key", "key")
