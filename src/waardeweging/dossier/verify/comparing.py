"""Compares what a bundle says with what was recalculated, and names where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TOLERANCE = 1e-12
"""Largest difference, relative above 1, between two processors."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not what follows.

    Parameters
    ----------
    place : str
        Path of keys and positions, from the top of the document.
    found, expected : str
    """

    place: str
    found: str
    expected: str


def differences(
    found: Any, expected: Any, tolerance: float, place: str = ""
) -> Iterator[Difference]:
    """Give every value of a document that differs from what was expected.

    Parameters
    ----------
    found, expected : JSON values
    tolerance : float
        0 for digit for digit.
    place : str
        Where these values stand.
    """
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted(found.keys() | expected.keys()):
            inner = f"{place}/{key}"
            if key not in found or key not in expected:
                yield Difference(inner, _said(found, key), _said(expected, key))
            else:
                yield from differences(found[key], expected[key], tolerance, inner)
    elif isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            yield Difference(place, f"[{len(found)}]", f"[{len(expected)}]")
            return
        for number, (one, other) in enumerate(zip(found, expected, strict=True)):
            yield from differences(one, other, tolerance, f"{place}/{number}")
    elif not _same(found, expected, tolerance):
        yield Difference(place, _text(found), _text(expected))


def _same(found: Any, expected: Any, tolerance: float) -> bool:
    if _is_number(found) and _is_number(expected):
        largest = max(1.0, abs(found), abs(expected))
        return bool(found == expected or abs(found - expected) <= tolerance * largest)
    return type(found) is type(expected) and bool(found == expected)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _said(document: dict[str, Any], key: str) -> str:
    return _text(document[key]) if key in document else "–"


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return repr(value) if isinstance(value, float) else str(value)
