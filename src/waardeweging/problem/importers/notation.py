"""Which decimal sign the numbers of one file have, found in the file itself.

``1.234`` alone can mean two numbers. Beside ``12,5`` or ``1.234.567`` in the same
file it can mean only one, so one cell that can be read in a single way decides
for the file. A file without such a cell keeps refusing what is ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.numbers import check_finite, parse_number

MISSING = frozenset({"", "-", "."})
_LONGEST = 40
_COULD_BE_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


def _forms(decimal: str, thousands: str) -> re.Pattern[str]:
    plain = rf"[+-]?\d+(?:{decimal}\d+)?(?:[eE][+-]?\d{{1,4}})?"
    grouped = rf"[+-]?[1-9]\d{{0,2}}(?:{thousands}\d{{3}})+(?:{decimal}\d+)?"
    return re.compile(f"{plain}|{grouped}", re.ASCII)


class Notation(Enum):
    """The decimal sign of a file; ``UNKNOWN`` when no cell gives it away."""

    UNKNOWN = ""
    COMMA = ","
    POINT = "."


_FORMS = {Notation.COMMA: _forms(",", r"\."), Notation.POINT: _forms(r"\.", ",")}


def notation_of(texts: Iterable[str]) -> Notation:
    """Find the decimal sign from the first cell that can be read in one way only.

    Parameters
    ----------
    texts : iterable of str
        Cells of the columns with numbers; read no further than needed.
    """
    for text in texts:
        text = text.strip()
        if "," in text or "." in text:
            found = _decisive(text)
            if found is not None:
                return found
    return Notation.UNKNOWN


def _decisive(text: str) -> Notation | None:
    if len(text) > _LONGEST or _COULD_BE_EITHER.fullmatch(text):
        return None
    return next((notation for notation, form in _FORMS.items() if form.fullmatch(text)), None)


def read_number(text: str, notation: Notation, where: Place) -> float:
    """Read a number in the notation of its file.

    Parameters
    ----------
    text : str
    notation : Notation
    where : Place
        Named in the error.

    Returns
    -------
    float
        A number of at most `LARGEST`, also below zero.

    Raises
    ------
    InputError
        If it is not a number in this notation.
    """
    text = text.strip()
    # Nearly every cell is a short whole number: no notation to doubt.
    if text.isascii() and text.isdigit() and len(text) < 16:
        return float(text)
    if notation is Notation.UNKNOWN:
        return parse_number(text, where)
    if len(text) > _LONGEST or not _FORMS[notation].fullmatch(text):
        if _decisive(text) is not None:
            raise InputError(
                "number.other_notation",
                where=where,
                found=text,
                remedy="Elsewhere in this file the decimal sign is '{mark}'; use it here too.",
                mark=notation.value,
            )
        return parse_number(text, where)
    thousands = "." if notation is Notation.COMMA else ","
    plain = text.replace(thousands, "").replace(",", ".")
    return check_finite(float(plain), where)


def read_optional(text: str, notation: Notation, where: Place) -> float | None:
    """Read a number as `read_number` does; None for the marks of PBL for nothing there."""
    return None if text.strip() in MISSING else read_number(text, notation, where)
