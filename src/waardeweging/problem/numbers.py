"""Numbers as people in the Netherlands write them, read without guessing.

``1.234`` can mean 1234 or 1.234, so it is refused, never interpreted. Digits
are ASCII only: ``float("１２")`` would silently be 12.
"""

from __future__ import annotations

import re

from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.text import check_no_error

_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d{1,4})?")
_AMBIGUOUS = re.compile(r"([+-]?)([1-9]\d{0,2})([.,])(\d{3})")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+(?:,\d+)?|(?:,\d{3})+(?:\.\d+)?)")
_LONGEST = 40
# So few digits and nothing else can be read in one way only.
_SURE = 9
LARGEST = 1e100
"""Far larger numbers are finite, but what is calculated with them is not."""


def parse_number(text: str, where: Place) -> float:
    """Read one number in Dutch or English notation.

    Parameters
    ----------
    text : str
        For example ``1234,5``, ``1234.5``, ``1.234,50`` or ``-3``.
    where : Place
        Named in the error.

    Returns
    -------
    float
        A number of at most `LARGEST`, also below zero.

    Raises
    ------
    InputError
        If the text is empty, not a number, far too large, or has two readings.
    """
    text = text.strip(" ")
    if len(text) <= _SURE and text.isascii() and text.isdigit():
        return float(text)
    if not text:
        raise InputError("number.empty", where=where, remedy="Fill in a number.")
    if len(text) > _LONGEST or not text.isascii():
        raise _not_a_number(text, where)
    ambiguous = _AMBIGUOUS.fullmatch(text)
    if ambiguous:
        sign, whole, separator, rest = ambiguous.groups()
        # Three decimals stay ambiguous, so a fourth is suggested.
        decimals = (rest.rstrip("0") or "0") if rest.endswith("0") else f"{rest}0"
        raise InputError(
            "number.ambiguous",
            where=where,
            found=text,
            remedy="Write {thousands} or {decimal}; it can mean both.",
            thousands=f"{sign}{whole}{rest}",
            decimal=f"{sign}{whole}{separator}{decimals}",
        )
    if _PLAIN.fullmatch(text):
        return _finite(text.replace(",", "."), text, where)
    if _GROUPED.fullmatch(text):
        return _finite(_ungrouped(text), text, where)
    raise _not_a_number(text, where)


def check_finite(value: float, where: Place) -> float:
    """Give the number back, or say that it is not finite or far too large.

    Raises
    ------
    InputError
        If `value` is NaN, infinite or beyond `LARGEST`.
    """
    if not abs(value) <= LARGEST:
        raise InputError(
            "number.not_finite", where=where, found=value, remedy="Write an ordinary number."
        )
    return value


def _finite(text: str, as_given: str, where: Place) -> float:
    value = float(text)
    if not abs(value) <= LARGEST:
        raise InputError(
            "number.not_finite", where=where, found=as_given, remedy="Write an ordinary number."
        )
    return value


def _ungrouped(text: str) -> str:
    decimal = max(text.rfind("."), text.rfind(","))
    mark = text[decimal]
    if text.count(mark) > 1:
        return text.replace(mark, "")
    other = "," if mark == "." else "."
    return text.replace(other, "").replace(mark, ".")


def _not_a_number(text: str, where: Place) -> InputError:
    check_no_error(text, where)
    return InputError(
        "number.not_a_number",
        where=where,
        found=text,
        remedy="Write only a number with the digits 0-9, for example 1250 or 12.5.",
    )
