"""Settings from TOML, with every fault named by section and key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.tables import decode, read_bytes

Model = TypeVar("Model", bound=BaseModel)

_LARGEST = 2 * 1024 * 1024
_REMEDIES = {
    "missing": ("field.missing", "Add this field."),
    "extra_forbidden": ("field.unknown", "Remove this field or correct its name."),
    "finite_number": ("number.not_finite", "Write an ordinary number."),
    "float_type": ("field.number", "Write a number without quotes."),
    "int_type": ("field.whole", "Write a whole number without quotes."),
    "int_from_float": ("field.whole", "Write a whole number without quotes."),
    "int_parsing": ("field.whole", "Write a whole number without quotes."),
    "bool_type": ("field.yes_no", "Write true or false, without quotes."),
    "string_type": ("field.text", "Write a text between quotes."),
    "literal_error": ("field.choice", "Choose one of: {choices}."),
    "tuple_type": ("field.list", "Write a list between [ and ]."),
    "list_type": ("field.list", "Write a list between [ and ]."),
    "string_too_short": ("field.empty", "Fill this in."),
    "too_short": ("field.too_few", "Give at least {least}."),
    "too_long": ("field.too_many", "Give at most {most}."),
    "day": ("field.day", "Write a day that exists as year-month-day, such as 2026-11-23."),
    "string_too_long": ("text.too_long", "Shorten it to {most} signs."),
    "greater_than_equal": ("number.too_low", "Write at least {least}."),
    "less_than_equal": ("number.too_high", "Write at most {most}."),
}
# How messages of the parser begin, the fault they stand for, and what to do about it.
_BROKEN = (
    (("Expected '=' after",), ("toml.no_equals", "Write a name, = and a value on this line.")),
    (
        ("Invalid statement", "Invalid initial character"),
        ("toml.name", "Begin this line with a name of plain letters, or with #."),
    ),
    (
        ("Invalid value",),
        ("toml.value", "Write a number, true, false, a list, or a text between quotes."),
    ),
    (
        ("Expected newline",),
        ("toml.rest", "Remove what follows the value; write decimals with a point, such as 0.5."),
    ),
    (
        ("Unclosed", "Expected ']"),
        ("toml.unclosed", "Close every bracket that is opened, with commas between items."),
    ),
    (
        ("Unterminated string", "Expected \"'"),
        ("toml.quote", "Close the text with the quote with which it begins."),
    ),
    (
        ("Illegal character",),
        ("toml.sign", "Keep a text on one line, and remove signs that do not show."),
    ),
    (
        ("Unescaped",),
        ("toml.backslash", "Write a backslash twice, or put the text between single quotes."),
    ),
    (
        ("Cannot overwrite", "Cannot declare", "Cannot redefine", "Duplicate"),
        ("toml.twice", "Give this name once; remove or rename the second."),
    ),
)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises
    ------
    InputError
        If it is absent, too large, not UTF-8 or not TOML, or holds signs that do not show;
        names the row.
    """
    text = decode(read_bytes(path, _LARGEST), path.name)
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _broken(str(error), text, path.name) from None
    for field, said in _texts(given):
        if not all(sign.isprintable() or sign in "\n\r\t" for sign in said):
            raise InputError(
                "text.hidden_sign",
                where=Place(path.name, _row_of_text(said, text), field),
                found=said,
                remedy="Remove the invisible sign and type the text again.",
            )
    return given


def _texts(given: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Give every text with the names that lead to it; names are texts too."""
    if isinstance(given, str):
        yield name, given
    elif isinstance(given, dict):
        for key, one in given.items():
            path = f"{name}.{key}" if name else str(key)
            yield path, key
            yield from _texts(one, path)
    elif isinstance(given, list):
        for number, one in enumerate(given, 1):
            yield from _texts(one, f"{name} {number}")


def _row_of_text(said: str, text: str) -> int | None:
    """Give the row in which a text stands as it is; None when it was written with escapes."""
    at = text.find(said)
    return None if at < 0 else text.count("\n", 0, at) + 1


def parse(model: type[Model], given: Any, place: Place, faults: Faults) -> Model | None:
    """Check a section against its model; None after a fault, which is remembered."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        faults.add(*(_fault(detail, place) for detail in error.errors()))
        return None


def section_place(file: str, section: str, index: int, item: Any) -> Place:
    """Give the place of one item of a list of sections: by its id, else its number."""
    name = item.get("id", item.get("criterion")) if isinstance(item, dict) else None
    return Place(file, f"{section} {name}" if isinstance(name, str) else f"{section} {index + 1}")


def _fault(detail: ErrorDetails, place: Place) -> InputError:
    path = ".".join(str(part) for part in detail["loc"])
    where = Place(place.file, place.row, path or place.field)
    code, remedy = _REMEDIES.get(
        detail["type"], ("field.wrong", "This does not fit here; see the reference of this file.")
    )
    found = None if code == "field.missing" else detail["input"]
    context = detail.get("ctx", {})
    return InputError(
        code,
        where=where,
        found=found,
        remedy=remedy,
        choices=context.get("expected", ""),
        most=context.get("max_length", context.get("le", "")),
        least=context.get("min_length", context.get("ge", "")),
    )


def _broken(message: str, text: str, file: str) -> InputError:
    """Say what is wrong; the words of the parser stand behind it, for who knows them."""
    known = (fault for starts, fault in _BROKEN if message.startswith(starts))
    code, remedy = next(
        known,
        ("toml.broken", "Correct this line; a text stands between quotes, a number without."),
    )
    where = Place(file, _row_of(message, text))
    return InputError(code, where=where, found=message, remedy=remedy)


def _row_of(message: str, text: str) -> int | None:
    if message.endswith("(at end of document)"):
        return max(1, len(text.rstrip().splitlines()))
    _, _, rest = message.rpartition("(at line ")
    digits = rest.split(",", 1)[0]
    return int(digits) if digits.isdigit() else None
