"""Settings from TOML, with every fault named by section and key."""

from __future__ import annotations

import tomllib
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
    "bool_type": ("field.yes_no", "Write true or false, without quotes."),
    "string_type": ("field.text", "Write a text between quotes."),
    "literal_error": ("field.choice", "Choose one of: {choices}."),
    "tuple_type": ("field.list", "Write a list between [ and ]."),
    "string_too_long": ("text.too_long", "Shorten it to {most} signs."),
    "greater_than_equal": ("number.too_low", "Write at least {least}."),
    "less_than_equal": ("number.too_high", "Write at most {most}."),
}


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises
    ------
    InputError
        If it is absent, too large, not UTF-8 or not TOML; names the row.
    """
    text = decode(read_bytes(path, _LARGEST), path.name)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(
            "toml.broken",
            where=Place(path.name, _row_of(str(error))),
            found=str(error),
            remedy="Correct this line; a text stands between quotes, a number without.",
        ) from None


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
        least=context.get("ge", ""),
    )


def _row_of(message: str) -> int | None:
    _, _, rest = message.partition("line ")
    digits = rest.split(",", 1)[0]
    return int(digits) if digits.isdigit() else None
