"""Cards to hand out: a personal code, and a square that brings it to a phone."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Protocol

import segno

from waardeweging.app.printing.typesetting import pdf
from waardeweging.elicitation.ballots import MUNICIPALITY, RESIDENTS
from waardeweging.presentation.catalog import Language, text

_SIGNS = {RESIDENTS: "●", MUNICIPALITY: "■"}
_OTHER = "▲"


class Coded(Protocol):
    """A card as the store hands it out."""

    @property
    def code(self) -> str:
        """Personal code."""

    @property
    def side(self) -> str:
        """Side."""

    @property
    def department(self) -> str:
        """Department; empty when there is none."""

    @property
    def buddy(self) -> str:
        """Number of the pair; empty for who comes alone."""


def cards_pdf(
    cards: Sequence[Coded], *, address: str, room: str, title: str, language: Language
) -> bytes:
    """Print cards, eight on a sheet to cut up.

    Parameters
    ----------
    cards : sequence of Card
        As `Store.issue` gave them: the only moment at which the codes are known.
    address : str
        Of the server as phones reach it, such as ``https://wegen.example.nl``.
    room : str
        Six digits.
    title : str
        Of the workshop.
    language : str

    Returns
    -------
    bytes
        A tagged PDF.
    """
    say = {
        name: text(f"phone.print.card_{name}", language)
        for name in ("scan", "room", "code", "side", "keep")
    }
    return pdf(
        "cards",
        {
            "language": language,
            "title": text("phone.print.cards_title", language, title=title),
            "workshop": title,
            "say": say,
            "address": f"{_shown(address)}/w",
            "room": spaced_room(room),
            "cards": [_printed(card, address, room, language) for card in cards],
        },
    )


def personal_address(address: str, room: str, code: str = "") -> str:
    """Give what a square holds; the code stands behind the #, which a browser never sends."""
    base = f"{address.rstrip('/')}/w/{room}"
    return f"{base}#{code}" if code else base


def square(content: str) -> str:
    """Draw a QR code as an SVG image."""
    out = io.BytesIO()
    segno.make(content, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, dark="#1b1b1b", light="#ffffff"
    )
    return out.getvalue().decode()


def spaced_room(room: str) -> str:
    """Write the number of a room so that it can be read aloud: ``123 456``."""
    return f"{room[:3]} {room[3:]}"


def _printed(card: Coded, address: str, room: str, language: Language) -> dict[str, str]:
    known = card.side in _SIGNS
    return {
        "code": card.code,
        "side": text(f"phone.side.{card.side}", language) if known else card.side,
        "sign": _SIGNS.get(card.side, _OTHER),
        "department": card.department,
        "buddy": text("phone.print.card_buddy", language, number=card.buddy) if card.buddy else "",
        "square": square(personal_address(address, room, card.code)),
    }


def _shown(address: str) -> str:
    return address.rstrip("/").removeprefix("https://").removeprefix("http://")
