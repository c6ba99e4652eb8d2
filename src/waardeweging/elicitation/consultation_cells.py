"""What a cell of a consultation may say: a side, points, a grade, a moment, a device.

Every function gives a number, so that a column is an array and never a list of texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from waardeweging.elicitation.ballots import RESIDENTS, clean_side
from waardeweging.elicitation.consultation import NOT_SAID
from waardeweging.elicitation.grades import NO_ANSWER, grade_of
from waardeweging.elicitation.population import PopulationMargin, category_of
from waardeweging.elicitation.representativeness import UNKNOWN
from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.numbers import parse_number

Read = Callable[[str, Place], float]

_MOST_POINTS = 1_000_000.0
_LONGEST_TIME = 30 * 24 * 3600.0
_MOST_SIDES = 50
_LONGEST_CODE = 64
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_DUTCH = re.compile(r"(\d\d?)-(\d\d?)-(\d{4}),? (\d\d?):(\d\d)(?::(\d\d))?", re.ASCII)
_MARKS = re.compile(r"[\s\-]+")


@dataclass(slots=True)
class Numbered:
    """Texts that get a number when they first come by."""

    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, name: str) -> int:
        """Give the number of a text."""
        return self.numbers.setdefault(name, len(self.numbers))


def folded_code(text: str) -> str:
    """Give a personal code without what people type in different ways."""
    return _MARKS.sub("", text).upper()


def code_of(text: str, where: Place) -> str:
    """Read a personal code; what was typed is not repeated, it may be one sign off."""
    code = folded_code(text)
    if not (code.isascii() and code.isalnum() and len(code) <= _LONGEST_CODE):
        raise InputError(
            "consultation.code",
            where=where,
            remedy="Write the letters and digits of the code on the card.",
        )
    return code


def side_of(text: str, where: Place, names: Numbered) -> float:
    """Read a side, as its number; empty means residents."""
    side = clean_side(text, where) if text.strip() else RESIDENTS
    number = names.of(side)
    if number >= _MOST_SIDES:
        raise InputError(
            "consultation.sides",
            where=where,
            found=side,
            remedy="Keep at most {most} sides; a side is not a person.",
            most=_MOST_SIDES,
        )
    return number


def points_of(text: str, where: Place) -> float:
    """Read points; `NOT_SAID` when the cell is empty."""
    if not text.strip():
        return NOT_SAID
    points = parse_number(text, where)
    if points < 0:
        raise InputError(
            "ballot.negative",
            where=where,
            found=text,
            remedy="Give 0 or more; 0 means that this criterion does not matter.",
        )
    if points > _MOST_POINTS:
        raise InputError(
            "ballot.too_many",
            where=where,
            found=text,
            remedy="Write at most {most}.",
            most=f"{_MOST_POINTS:.0f}",
        )
    # Adding 0 turns -0 into 0.
    return points + 0.0


def grade_number(text: str, where: Place) -> float:
    """Read a grade; `NO_ANSWER` when the cell is empty."""
    grade = grade_of(text, where)
    return NO_ANSWER if grade is None else grade


def category_reader(margin: PopulationMargin) -> Read:
    """Give what reads the categories of one attribute."""
    places = {name: number for number, name in enumerate(margin.categories)}

    def read(text: str, where: Place) -> float:
        category = category_of(text, margin.categories, where)
        return UNKNOWN if category is None else places[category]

    return read


def seconds_of(text: str, where: Place) -> float:
    """Read how long somebody took; in seconds; `NOT_SAID` when the cell is empty."""
    if not text.strip():
        return NOT_SAID
    seconds = parse_number(text, where)
    if not 0 <= seconds <= _LONGEST_TIME:
        raise InputError(
            "consultation.seconds",
            where=where,
            found=text,
            remedy="Write how many seconds it took, or leave it empty.",
        )
    return seconds


def moment_of(text: str, where: Place) -> float:
    """Read when somebody answered; in seconds since 1970; `NOT_SAID` when the cell is empty."""
    said = text.strip()
    if not said:
        return NOT_SAID
    try:
        found = _parsed(said)
        return found.replace(tzinfo=found.tzinfo or UTC).timestamp()
    except (ValueError, OverflowError):
        raise InputError(
            "consultation.time",
            where=where,
            found=text,
            remedy="Write day and time as 2026-11-23 19:30:00, or leave it empty.",
        ) from None


def _parsed(said: str) -> datetime:
    if _ISO.fullmatch(said):
        found = datetime.fromisoformat(said)
    elif dutch := _DUTCH.fullmatch(said):
        day, month, year, hour, minute, second = (int(part or 0) for part in dutch.groups())
        found = datetime(year, month, day, hour, minute, second)
    else:
        raise ValueError(said)
    if not 2000 <= found.year < 2200:
        raise ValueError(said)
    return found


class Devices:
    """Numbers for devices; what the file calls a device goes no further than here."""

    def __init__(self) -> None:
        self._names = Numbered()

    def read(self, text: str, where: Place) -> float:
        """Give the number of a device; `UNKNOWN` when the cell is empty."""
        name = text.strip()
        return self._names.of(name) if name else UNKNOWN
