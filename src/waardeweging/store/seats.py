"""Cards, and the devices that use them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, insert, select, update

from waardeweging.elicitation.ballots import MUNICIPALITY, SIDES
from waardeweging.problem.errors import Place
from waardeweging.problem.text import clean_text
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
        department = clean_text(department, Place("workshop", None, "department"))

        def job(batch: Batch) -> tuple[Card, ...]:
            (event,) = process.issue(batch.state(workshop), side, count)
            batch.record(batch.state(workshop), by, event)
            on_side = str(event.body["side"])
            return self._made(
                batch, workshop, [Card(new_code(), on_side, department) for _ in range(count)]
            )

        return self._write(job)

    def issue_pairs(
        self, workshop: str, department: str = "", count: int = 1, by: str = "administrator"
    ) -> tuple[Card, ...]:
        """Make cards for buddies, a resident's and an official's of `department` in turn.

        Buddies keep to each other until cards and answers are cut apart; the log holds
        only how many pairs there are.
        """
        department = clean_text(department, Place("workshop", None, "department"))

        def job(batch: Batch) -> tuple[Card, ...]:
            state = batch.state(workshop)
            first = state.pairs + 1
            for event in process.issue_pairs(state, count):
                state, _ = batch.record(state, by, event)
            return self._made(
                batch,
                workshop,
                [
                    Card(new_code(), side, department if side == MUNICIPALITY else "", str(pair))
                    for pair in range(first, first + count)
                    for side in SIDES
                ],
            )

        return self._write(job)

    def replace_card(self, workshop: str, code: str, by: str = "facilitator") -> Card:
        """End a lost card, and make another one of the same side, department and pair."""
        code = clean_code(code)

        def job(batch: Batch) -> Card:
            row = self._card(batch, workshop, code)
            state = _revoke(batch, row, by)
            (event,) = process.issue(state, row.side, 1)
            batch.record(state, by, event)
            card = Card(new_code(), row.side, row.department, row.buddy)
            return self._made(batch, workshop, [card])[0]

        return self._write(job)

    def _made(self, batch: Batch, workshop: str, cards: Sequence[Card]) -> tuple[Card, ...]:
        rows = [self._row(workshop, card) for card in cards]
        batch.connection.execute(insert(CREDENTIAL), rows)
        return tuple(cards)

    def _row(self, workshop: str, card: Card) -> dict[str, Any]:
        return {
            "id": secrets.token_hex(8),
            "workshop": workshop,
            "code_hash": self._hashed("code", workshop, card.code),
            "token_hash": None,
            "voice": secrets.token_hex(8),
            "side": card.side,
            "department": card.department,
            "buddy": card.buddy,
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
            return Entry(token, replace(_seat(row), language=language))

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
            return replace(seat, language=language)

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

        return self._write(lambda batch: _revoke(batch, self._card(batch, workshop, code), by))

    def unlink(self, workshop: str, by: str = "facilitator") -> Workshop:
        """Cut cards and answers apart, for good: nobody can tell any more which belong together."""

        def job(batch: Batch) -> Workshop:
            (event,) = process.unlink(batch.state(workshop))
            mine = CREDENTIAL.c.workshop == workshop
            cut = {"voice": None, "token_hash": None, "buddy": ""}
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


def _revoke(batch: Batch, row: Row[Any], by: str) -> Workshop:
    state = batch.state(row.workshop)
    sheets = _moving_sheets(batch, state, row.voice)
    (event,) = process.revoke(state, row.side, seated=row.is_seated, sheets=sheets)
    batch.connection.execute(_update(row.id).values(is_revoked=True, token_hash=None))
    gone = (ANSWER.c.voice == row.voice, ANSWER.c.sheet.in_(sheets))
    batch.connection.execute(update(ANSWER).where(*gone).values(is_current=False))
    return batch.record(state, by, event)[0]


def _update(credential: str) -> Any:
    return update(CREDENTIAL).where(CREDENTIAL.c.id == credential)


def _seat(row: Row[Any]) -> Seat:
    return Seat(row.workshop, row.id, row.side, row.department, row.language, row.buddy)


def _moving_sheets(batch: Batch, state: Workshop, voice: str) -> list[str]:
    """Sheets that are not closed, with an answer of this card that counts."""
    query = select(ANSWER.c.sheet).where(
        ANSWER.c.workshop == state.id, ANSWER.c.voice == voice, ANSWER.c.is_current.is_(True)
    )
    found = sorted(batch.connection.scalars(query))
    return [sheet for sheet in found if state.sheets[sheet].status != "closed"]
