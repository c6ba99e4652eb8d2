"""Words from files: one normal form, nothing hidden, nothing that a spreadsheet would run."""

from __future__ import annotations

import re
import unicodedata

from waardeweging.problem.errors import InputError, Place

LONGEST_TEXT = 2000
LONGEST_ID = 64
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]*")
# Also as Excel writes them into a CSV in Dutch, such as #DEEL/0! and #N/B.
_ERROR_CELL = re.compile(r"#(?:N/[A-Z]{1,3}|[A-Z0-9/_]{2,20}[!?])")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def clean_text(text: str, where: Place) -> str:
    """Trim a text and bring it to NFC.

    Raises
    ------
    InputError
        If it is too long, holds invisible or direction signs, begins like
        a spreadsheet formula, or is what a spreadsheet writes for an error.
    """
    if "\x00" in text:
        raise _hidden(text, where)
    text = unicodedata.normalize("NFC", text)
    # Also behind spaces: these are trimmed.
    if text.startswith(_FORMULA_SIGNS) or text.strip().startswith(_FORMULA_SIGNS):
        raise InputError(
            "text.formula",
            where=where,
            found=text,
            remedy="Begin with a letter or digit; a spreadsheet would run this as a formula.",
        )
    text = text.strip()
    check_no_error(text, where)
    if len(text) > LONGEST_TEXT:
        raise InputError(
            "text.too_long",
            where=where,
            found=text,
            remedy="Shorten it to {most} signs.",
            most=LONGEST_TEXT,
        )
    if not all(sign.isprintable() or sign == "\n" for sign in text):
        raise _hidden(text, where)
    return text


def check_no_error(text: str, where: Place) -> None:
    """Refuse what a spreadsheet writes where it could not calculate.

    Raises
    ------
    InputError
        If the text is such a sign, for example ``#DIV/0!``.
    """
    if text[:1] == "#" and _ERROR_CELL.fullmatch(text):
        raise InputError(
            "text.error_cell",
            where=where,
            found=text,
            remedy="The spreadsheet could not calculate this cell; repair its formula, or write "
            "the value itself.",
        )


def is_id(text: str) -> bool:
    """Say whether a text is a short name as it stands."""
    return len(text) <= LONGEST_ID and _ID.fullmatch(text) is not None


def clean_id(text: str, where: Place) -> str:
    """Check a short name that other files refer to: ASCII letters, digits, ``_ . -``.

    Raises
    ------
    InputError
        If it is empty, too long or has another sign.
    """
    text = text.strip()
    if not text:
        raise InputError("id.empty", where=where, remedy="Fill in a short name.")
    if not is_id(text):
        raise InputError(
            "id.sign",
            where=where,
            found=text,
            remedy="Use letters a-z, digits, '_', '.' or '-', at most {most} signs.",
            most=LONGEST_ID,
        )
    return text


def _hidden(text: str, where: Place) -> InputError:
    return InputError(
        "text.hidden_sign",
        where=where,
        found=text,
        remedy="Remove the invisible sign and type the text again.",
    )
