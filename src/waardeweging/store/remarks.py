"""What people write in words: apart from answers, moderated, and deletable."""

from __future__ import annotations

import secrets
import unicodedata
from typing import get_args

from sqlalchemy import delete, insert, select, update

from waardeweging.store.core import Core
from waardeweging.store.errors import refusal
from waardeweging.store.schema import REMARK
from waardeweging.store.seats import card_of
from waardeweging.store.types import Remark, RemarkKind, RemarkStatus, Seat
from waardeweging.store.writer import Batch

LONGEST_REMARK = 1000
_MOST_REMARKS = 50


class Remarks(Core):
    """The part of the store that keeps remarks."""

    def remark(self, seat: Seat, sheet: str, about: str, kind: RemarkKind, text: str) -> str:
        """Keep a reason, a question or a fact claim until somebody moderates it.

        Parameters
        ----------
        seat : Seat
        sheet : str
        about : str
            Criterion, option or value; empty for the whole.
        kind : str
            ``reason``, ``question`` or ``fact``.
        text : str

        Returns
        -------
        str
            Its id.
        """
        if kind not in get_args(RemarkKind):
            raise ValueError(f"unknown kind of remark: {kind!r}")
        row = {
            "id": secrets.token_hex(8),
            "workshop": seat.workshop,
            "credential": seat.credential,
            "side": seat.side,
            "sheet": sheet,
            "about": about[:200],
            "kind": kind,
            "text": _clean(text),
            "status": "waiting",
            "reply": "",
        }

        def job(batch: Batch) -> str:
            card_of(batch, seat)
            mine = select(REMARK.c.id).where(REMARK.c.credential == seat.credential)
            if len(batch.connection.scalars(mine).all()) >= _MOST_REMARKS:
                raise refusal("workshop.many_remarks", "text")
            batch.connection.execute(insert(REMARK), row)
            return str(row["id"])

        return self._write(job)

    def remarks(
        self, workshop: str, sheet: str | None = None, moderated_only: bool = True
    ) -> tuple[Remark, ...]:
        """Give remarks, in an order that says nothing.

        Parameters
        ----------
        workshop : str
        sheet : str, optional
            Of this sheet only.
        moderated_only : bool
            Only those that a moderator let through; everybody may see these.
        """
        wanted = [REMARK.c.workshop == workshop]
        wanted += [] if sheet is None else [REMARK.c.sheet == sheet]
        wanted += [REMARK.c.status == "shown"] if moderated_only else []
        query = select(REMARK).where(*wanted).order_by(REMARK.c.id)
        return self._remarks(query)

    def own_remarks(self, seat: Seat, sheet: str | None = None) -> tuple[Remark, ...]:
        """Give what somebody wrote, whatever a moderator did with it."""
        wanted = [REMARK.c.credential == seat.credential]
        wanted += [] if sheet is None else [REMARK.c.sheet == sheet]
        return self._remarks(select(REMARK).where(*wanted).order_by(REMARK.c.id))

    def moderate(self, workshop: str, remark: str, status: RemarkStatus, reply: str = "") -> None:
        """Let a remark through, or not, with an answer to it."""
        if status not in get_args(RemarkStatus):
            raise ValueError(f"unknown status of a remark: {status!r}")
        mine = (REMARK.c.workshop == workshop, REMARK.c.id == remark)
        values = {"status": status, "reply": _clean(reply) if reply else ""}
        self._write(
            lambda batch: batch.connection.execute(update(REMARK).where(*mine).values(values))
        )

    def delete_remark(self, seat: Seat, remark: str) -> None:
        """Delete something that somebody wrote."""
        mine = (REMARK.c.credential == seat.credential, REMARK.c.id == remark)
        self._write(lambda batch: batch.connection.execute(delete(REMARK).where(*mine)))

    def _remarks(self, query: object) -> tuple[Remark, ...]:
        return self._read(
            lambda connection: tuple(
                Remark(
                    row.id,
                    row.sheet,
                    row.about,
                    row.kind,
                    row.side,
                    row.text,
                    row.status,
                    row.reply,
                )
                for row in connection.execute(query)  # type: ignore[call-overload]
            )
        )


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    if not text:
        raise refusal("workshop.no_text", "text")
    if len(text) > LONGEST_REMARK:
        raise refusal("workshop.long_text", "text", most=LONGEST_REMARK)
    if not all(sign.isprintable() or sign == "\n" for sign in text):
        raise refusal("workshop.hidden_sign", "text")
    return text
