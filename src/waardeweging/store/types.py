"""What the store hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from waardeweging.process.events import Role

RemarkKind = Literal["reason", "question", "fact"]
RemarkStatus = Literal["waiting", "shown", "refused"]


@dataclass(frozen=True, slots=True)
class Card:
    """A card to hand out. The code is shown here once and never again.

    Parameters
    ----------
    code : str
        Personal code.
    side, department : str
    buddy : str
        Number of the pair, the same on two cards; empty for who comes alone.
    """

    code: str = field(repr=False)
    side: str
    department: str
    buddy: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in a workshop: a card, never a name.

    Parameters
    ----------
    workshop : str
    credential : str
        Of the card; says nothing about answers.
    side, department : str
        From the card, never from the device.
    language : str
    buddy : str
        Number of the pair; empty for who comes alone.
    """

    workshop: str
    credential: str
    side: str
    department: str
    language: str
    buddy: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a device gets when a card comes in.

    Parameters
    ----------
    token : str
        For the device's cookie; only its hash is kept here.
    seat : Seat
    """

    token: str = field(repr=False)
    seat: Seat


@dataclass(frozen=True, slots=True)
class StaffSeat:
    """Somebody of the staff.

    Parameters
    ----------
    workshop : str
    role : str
    """

    workshop: str
    role: Role


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an answer stands in the chain.

    Parameters
    ----------
    text : str
        Four groups of four signs.
    number : int
        Of the record.
    at : str
        When.
    """

    text: str
    number: int
    at: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """An answer that counts, with what proves that it is the one in the chain.

    Parameters
    ----------
    number : int
        Of the record that holds its leaf.
    payload : mapping
        The answer as given.
    nonce : bytes
    """

    number: int
    payload: Mapping[str, Any] = field(repr=False)
    nonce: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in words, apart from any answer.

    Parameters
    ----------
    id : str
    sheet : str
    about : str
        Criterion, option or value; empty for the whole.
    kind : str
        ``reason``, ``question`` or ``fact``.
    side : str
    text : str
    status : str
        ``waiting``, ``shown`` or ``refused``.
    reply : str
    """

    id: str
    sheet: str
    about: str
    kind: RemarkKind
    side: str
    text: str
    status: RemarkStatus
    reply: str
