"""Cards, and the devices that use them."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, insert, select, update

from waardeweging.process import workshop as process
from waardeweging.process.credentials import clean_code, is_token, new_code, new_token
from waardeweging.process.events import Seated
from waardeweging.process.state import Workshop
from waardeweging.store.core import Core
from waardeweging.store.errors import refusal
from waardeweging.store.schema import ANSWER, CREDENTIAL, DRAFT, REMARK
from waardeweging.store.types import Card, Entry, Seat
from waardeweging.store.writer import Batch

_OF_TOKEN = select(CREDENTIAL).where(CREDENTIAL.c.token_hash == bindparam("token"))
_OF_CREDENTIAL = select(CREDENTIAL).where(CREDENTIAL.c.id == bindparam("credential"))


class Seats(Core):
    """The part of the store that knows cards."""

    def issue(
        self,
        workshop: str,
        side: str,
        department: str = "",
        count: int = 1,
        by: str = "administrator",
    ) -> tuple[Card, ...]:
        """Make cards for a side; their codes are shown here once and kept as hashes."""

        def job(batch: Batch) -> tuple[Card, ...]:
            (event,) = process.issue(batch.state(workshop), side, department, count)
            batch.record(batch.state(workshop), by, event)
            made = event.body["side"], event.body["department"]
            cards = tuple(Card(new_code(), *made) for _ in range(count))
            rows = [self._row(workshop, card) for card in cards]
            batch.connection.execute(insert(CREDENTIAL), rows)
            return cards

        return self._write(job)

    def _row(self, workshop: str, card: Card) -> dict[str, Any]:
        return {
            "id": secrets.token_hex(8),
            "workshop": workshop,
            "code_hash": self._hashed("code", workshop, card.code),
            "token_hash": None,
            "voice": secrets.token_hex(8),
            "side": card.side,
            "department": card.department,
            "language": "",
            "is_seated": False,
            "is_revoked": False,
        }

    def enter(self, workshop: str, code: str, language: str = "nl") -> Entry:
        """Let a device in with a card; an earlier device with the same card is out.

        Raises
        ------
        InputError
            If there is no such card here, or it ended.
        """
        code = clean_code(code)
        token = new_token()

        def job(batch: Batch) -> Entry:
            row = self._card(batch, workshop, code)
            take_seat(batch, row, "participant")
            values = {"token_hash": self._hashed("token", token), "language": language}
            batch.connection.execute(_update(row.id).values(values))
            return Entry(token, Seat(workshop, row.id, row.side, row.department, language))

        return self._write(job)

    def seat(self, token: str) -> Seat | None:
        """Say whose device this is; None for an unknown one, or one that was replaced."""
        if not is_token(token):
            return None
        hashed = {"token": self._hashed("token", token)}
        row = self._read(lambda connection: connection.execute(_OF_TOKEN, hashed).one_or_none())
        return None if row is None or row.is_revoked else _seat(row)

    def speak(self, seat: Seat, language: str) -> Seat:
        """Remember another language for a card."""

        def job(batch: Batch) -> Seat:
            batch.connection.execute(_update(seat.credential).values(language=language))
            return Seat(seat.workshop, seat.credential, seat.side, seat.department, language)

        return self._write(job)

    def leave(self, seat: Seat) -> None:
        """Let the device of a card go; the card can come in again."""
        self._write(
            lambda batch: batch.connection.execute(_update(seat.credential).values(token_hash=None))
        )

    def seats(self, workshop: str) -> tuple[Seat, ...]:
        """Give everybody who came in, in an order that says nothing."""
        query = (
            select(CREDENTIAL)
            .where(
                CREDENTIAL.c.workshop == workshop,
                CREDENTIAL.c.is_seated.is_(True),
                CREDENTIAL.c.is_revoked.is_(False),
            )
            .order_by(CREDENTIAL.c.id)
        )
        return self._read(lambda connection: tuple(_seat(row) for row in connection.execute(query)))

    def correct_side(
        self,
        workshop: str,
        code: str,
        side: str,
        department: str = "",
        by: str = "facilitator",
    ) -> Workshop:
        """Put a card on its right side. Sheets that are closed stay as they were counted."""
        code = clean_code(code)

        def job(batch: Batch) -> Workshop:
            row = self._card(batch, workshop, code)
            state = batch.state(workshop)
            sheets = _moving_sheets(batch, state, row.voice)
            (event,) = process.correct_side(
                state, row.side, side, seated=row.is_seated, sheets=sheets
            )
            values = {"side": event.body["now"], "department": department}
            batch.connection.execute(_update(row.id).values(values))
            moving = (ANSWER.c.voice == row.voice, ANSWER.c.sheet.in_(sheets))
            batch.connection.execute(update(ANSWER).where(*moving).values(values))
            return batch.record(state, by, event)[0]

        return self._write(job)

    def revoke(self, workshop: str, code: str, by: str = "facilitator") -> Workshop:
        """End a card. Its answers on sheets that are not closed stop counting."""
        code = clean_code(code)

        def job(batch: Batch) -> Workshop:
            row = self._card(batch, workshop, code)
            state = batch.state(workshop)
            sheets = _moving_sheets(batch, state, row.voice)
            (event,) = process.revoke(state, row.side, seated=row.is_seated, sheets=sheets)
            ended = _update(row.id).values(is_revoked=True, token_hash=None)
            batch.connection.execute(ended)
            gone = (ANSWER.c.voice == row.voice, ANSWER.c.sheet.in_(sheets))
            batch.connection.execute(update(ANSWER).where(*gone).values(is_current=False))
            return batch.record(state, by, event)[0]

        return self._write(job)

    def unlink(self, workshop: str, by: str = "facilitator") -> Workshop:
        """Cut cards and answers apart, for good: nobody can tell any more which belong together."""

        def job(batch: Batch) -> Workshop:
            (event,) = process.unlink(batch.state(workshop))
            mine = CREDENTIAL.c.workshop == workshop
            cut = {"voice": None, "token_hash": None}
            batch.connection.execute(update(CREDENTIAL).where(mine).values(cut))
            batch.connection.execute(
                update(ANSWER).where(ANSWER.c.workshop == workshop).values(key=None)
            )
            batch.connection.execute(
                update(REMARK).where(REMARK.c.workshop == workshop).values(credential=None)
            )
            batch.connection.execute(delete(DRAFT).where(DRAFT.c.workshop == workshop))
            return batch.record(batch.state(workshop), by, event)[0]

        state = self._write(job)
        self._database.scrub()
        return state

    def _card(self, batch: Batch, workshop: str, code: str) -> Row[Any]:
        batch.state(workshop)
        hashed = self._hashed("code", workshop, code)
        query: Select[Any] = select(CREDENTIAL).where(
            CREDENTIAL.c.workshop == workshop, CREDENTIAL.c.code_hash == hashed
        )
        return _usable(batch.connection.execute(query).one_or_none())


def card_of(batch: Batch, seat: Seat) -> Row[Any]:
    """Give the card of a seat.

    Raises
    ------
    InputError
        If it ended, or was cut apart from its answers.
    """
    wanted = {"credential": seat.credential}
    return _usable(batch.connection.execute(_OF_CREDENTIAL, wanted).one_or_none())


def _usable(row: Row[Any] | None) -> Row[Any]:
    if row is None:
        raise refusal("workshop.no_card", "card")
    if row.is_revoked:
        raise refusal("workshop.card_ended", "card")
    if row.voice is None:
        raise refusal("workshop.ended", "card")
    return row


def take_seat(batch: Batch, row: Row[Any], by: str) -> None:
    """Record that a card is used for the first time."""
    if not row.is_seated:
        state = batch.state(row.workshop)
        batch.record(state, by, process.happened(Seated(side=row.side)))
        batch.connection.execute(_update(row.id).values(is_seated=True))


def _update(credential: str) -> Any:
    return update(CREDENTIAL).where(CREDENTIAL.c.id == credential)


def _seat(row: Row[Any]) -> Seat:
    return Seat(row.workshop, row.id, row.side, row.department, row.language)


def _moving_sheets(batch: Batch, state: Workshop, voice: str) -> list[str]:
    """Sheets that are not closed, with an answer of this card that counts."""
    query = select(ANSWER.c.sheet).where(
        ANSWER.c.workshop == state.id, ANSWER.c.voice == voice, ANSWER.c.is_current.is_(True)
    )
    found = sorted(batch.connection.scalars(query))
    return [sheet for sheet in found if state.sheets[sheet].status != "closed"]
