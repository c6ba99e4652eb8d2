"""Rows of an OData answer in JSON, one object at a time.

The answer of a national table is tens of megabytes of objects in one list; it is
never held as a whole. Nothing is believed that the file says about its own size.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import IO, Any, NoReturn

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.tables import Row

_CHUNK = 64 * 1024
_LONGEST_ITEM = 1024 * 1024
_SPACE = re.compile(r"[ \t\r\n]*")


def json_rows(stream: IO[bytes], file: str, about: dict[str, str], faults: Faults) -> Iterator[Row]:
    """Give the objects of ``{"value": [...]}`` or of a bare list, after a row of their keys.

    Parameters
    ----------
    stream : binary stream
        JSON in UTF-8.
    file : str
        Named in errors.
    about : dict of str
        Filled with what else stands beside ``value``, such as ``odata.metadata``;
        complete once all rows have been taken.
    faults : Faults
        Gathers objects whose keys differ from those of the first; these are not given.

    Yields
    ------
    Row
        Numbers are written so that they can be read in one way only; null is empty.

    Raises
    ------
    InputError
        If the file is not such JSON.
    """
    scanner = _Scanner(io.TextIOWrapper(stream, encoding="utf-8-sig", newline=""), file)
    if scanner.take("["):
        yield from _items(scanner, faults)
    else:
        yield from _members(scanner, about, faults)
    if scanner.ahead():
        scanner.refuse()


def _members(scanner: _Scanner, about: dict[str, str], faults: Faults) -> Iterator[Row]:
    scanner.expect("{")
    seen = False
    rest = scanner.take("}")
    while not rest:
        key = scanner.value()
        scanner.expect(":")
        if key == "value" and not seen and scanner.take("["):
            seen = True
            yield from _items(scanner, faults)
        else:
            about[str(key)] = _cell(scanner.value())
        rest = not scanner.take(",")
        if rest:
            scanner.expect("}")


def _items(scanner: _Scanner, faults: Faults) -> Iterator[Row]:
    first: dict[str, str] | None = None
    number = 0
    rest = scanner.take("]")
    while not rest:
        number += 1
        item = scanner.value(number)
        if not isinstance(item, dict):
            scanner.refuse(number)
        if first is None:
            first = {key: key for key in item}
            yield Row(scanner.file, 0, first)
        if item.keys() == first.keys():
            yield Row(scanner.file, number, {key: _cell(value) for key, value in item.items()})
        else:
            faults.add(
                InputError(
                    "json.fields",
                    where=Place(scanner.file, number),
                    remedy="Every item needs the same fields as the first.",
                )
            )
        rest = not scanner.take(",")
        if rest:
            scanner.expect("]")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else type(value).__name__


class _Scanner:
    """Takes values from JSON text of which only the next part is in memory."""

    def __init__(self, text: io.TextIOWrapper, file: str) -> None:
        self.file = file
        self._text = text
        self._buffer = ""
        self._at = 0
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=_number,
            parse_float=_number,
            parse_constant=lambda name: name,
        )
        self._number: int | None = None

    def ahead(self) -> str:
        """Give the next sign that is no space, or nothing at the end."""
        while True:
            space = _SPACE.match(self._buffer, self._at)
            self._at = self._at if space is None else space.end()
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def take(self, sign: str) -> bool:
        """Step over this sign if it is next."""
        found = self.ahead() == sign
        self._at += found
        return found

    def expect(self, sign: str) -> None:
        """Step over this sign, or refuse the file."""
        if not self.take(sign):
            self.refuse()

    def value(self, number: int | None = None) -> Any:
        """Take one whole value; `number` is its place in the list."""
        self._number = number
        self.ahead()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError:
                end = None
            except RecursionError:
                self.refuse(number)
            # A number that ends where the buffer ends may go on in the next part.
            if end is None or end == len(self._buffer):
                if len(self._buffer) - self._at <= _LONGEST_ITEM and self._more():
                    continue
                if end is None:
                    self.refuse(number)
            self._at = end
            return value

    def refuse(self, number: int | None = None) -> NoReturn:
        """Refuse the file at this place."""
        raise InputError(
            "json.broken",
            where=Place(self.file, number),
            found=self._buffer[self._at : self._at + 20] or None,
            remedy="Save the answer of the server whole, as JSON with a list named 'value'.",
        )

    def _more(self) -> bool:
        part = self._text.read(_CHUNK)
        self._buffer = self._buffer[self._at :] + part
        self._at = 0
        return bool(part)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise InputError(
                "json.twice",
                where=Place(self.file, self._number),
                remedy="A field stands twice in one item; keep one of them.",
            )
        return found


def _number(text: str) -> str:
    """Write a number of JSON so that 1.234 cannot be taken for thousands."""
    return f"{text}0" if "." in text and "e" not in text.lower() else text
