"""The JSON files of a bundle: written in one form only, and read with suspicion."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from waardeweging.problem.errors import InputError, Place
from waardeweging.process.canonical import canonical

# A number that JSON readers cannot all hold is written as text.
_LARGEST_INT = 2**53 - 1


def write_json(value: object) -> bytes:
    """Write a value in canonical form; a whole number beyond 2**53 becomes text."""
    return canonical(_portable(value))


def read_json(written: bytes, file: str) -> Any:
    """Read a canonical JSON file.

    Raises
    ------
    InputError
        If it is no JSON, holds a name twice, or is not in canonical form.
    """
    try:
        value = json.loads(written.decode("utf-8"), object_pairs_hook=_once)
        again = canonical(value)
    except (ValueError, RecursionError, OverflowError) as error:
        raise _not_json(file, str(error)) from None
    if again != written:
        place = next(
            (i for i, (a, b) in enumerate(zip(written, again, strict=False)) if a != b),
            min(len(written), len(again)),
        )
        raise InputError(
            "bundle.canonical",
            where=Place(file, None, f"byte {place + 1}"),
            remedy="This file is not in canonical form (RFC 8785); it was changed by hand.",
        )
    return value


def _portable(value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) > _LARGEST_INT:
        return str(value)
    if isinstance(value, Mapping):
        return {name: _portable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_portable(item) for item in value]
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _not_json(file: str, found: str) -> InputError:
    return InputError(
        "bundle.not_json",
        where=Place(file),
        found=found,
        remedy="This file is no JSON that a bundle may hold; ask for the bundle again.",
    )
