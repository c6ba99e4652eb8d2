"""Codes that people type and tokens that devices carry; nothing in them tells who somebody is."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import Protocol

from waardeweging.problem.errors import InputError, Place

CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, 1, I, L and O, which look like each other."""

_HALF = 5
_TOKEN_BYTES = 16
_ROOM_DIGITS = 6
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


class Chooser(Protocol):
    """What draws signs: the module ``secrets``, or a seeded ``random.Random`` in a test."""

    def choice(self, seq: Sequence[str], /) -> str:
        """Draw one."""


def new_code(rng: Chooser = secrets) -> str:
    """Draw a personal code for a card, such as ``7KQ2M-XR9TD``: one of 31**10."""
    signs = "".join(rng.choice(CODE_SIGNS) for _ in range(2 * _HALF))
    return f"{signs[:_HALF]}-{signs[_HALF:]}"


def new_room_code(rng: Chooser = secrets) -> str:
    """Draw a room code of six digits; it opens the room and gives no vote."""
    return "".join(rng.choice("0123456789") for _ in range(_ROOM_DIGITS))


def new_token() -> str:
    """Draw a token for a device or a link, of 128 bits."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def is_token(text: str) -> bool:
    """Say whether a text could be a token at all."""
    return _TOKEN.fullmatch(text) is not None


def clean_code(text: str) -> str:
    """Read a personal code as somebody typed it: capitals, spaces and hyphens do not matter.

    Raises
    ------
    InputError
        If it is not ten of the signs that codes have.
    """
    signs = re.sub(r"[\s\-]", "", text).upper()
    if len(signs) != 2 * _HALF or not set(signs) <= set(CODE_SIGNS):
        # What was typed is not repeated: it may be a code with one sign wrong.
        raise InputError(
            "workshop.code_form",
            where=Place("card"),
            remedy="Type the ten letters and digits on your card.",
        )
    return f"{signs[:_HALF]}-{signs[_HALF:]}"


def clean_room_code(text: str) -> str:
    """Read a room code as somebody typed it; spaces do not matter.

    Raises
    ------
    InputError
        If it is not six digits.
    """
    digits = re.sub(r"\s", "", text)
    if re.fullmatch(r"[0-9]{6}", digits) is None:
        raise InputError(
            "workshop.room_form",
            where=Place("room"),
            remedy="Type the six digits on the screen in the hall.",
        )
    return digits
