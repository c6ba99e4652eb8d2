"""Faults that a user can repair: where, what was found, and the remedy.

The English remedy stands beside the check that found the fault; the Dutch one
stands in the Dutch catalog under the same code. A reader collects every fault
of all its files in `Faults` and raises them once. A mistake of the calling
code is a plain `ValueError`, never one of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fault stands: file, row (as a spreadsheet counts, header = 1) and field.

    Parameters
    ----------
    file : str
        Name of the file as the user gave it, or of what was filled in.
    row : int or str, optional
        Row number in a table, or the name of a section in a TOML file.
    field : str, optional
        Column or key.
    """

    file: str
    row: int | str | None = None
    field: str | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}" if isinstance(self.row, int) else str(self.row))
        if self.field is not None:
            parts.append(f"field '{self.field}'")
        return ", ".join(parts)


class InputError(ValueError):
    """One fault in what a user gave.

    Parameters
    ----------
    code : str
        Stable key, e.g. ``"number.ambiguous"``; the Dutch catalog has its sentence.
    where : Place
        File, row and field.
    remedy : str
        What to do about it, in English; may name the `details` in braces.
    found : object, optional
        What stood there; shown shortened.
    **details : str or number
        Names that the sentences of every language may use in braces.
    """

    def __init__(
        self,
        code: str,
        *,
        where: Place,
        remedy: str,
        found: object = None,
        **details: object,
    ) -> None:
        self.code = code
        self.where = where
        self.found = None if found is None else shown(found)
        self.details = {name: shown(value) for name, value in details.items()}
        self.remedy = remedy.format_map(self.details)
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        found = "" if self.found is None else f" found '{self.found}'."
        return f"{self.where}:{found} {self.remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuilt, (self.code, self.where, self.remedy, self.found, self.details))


def _rebuilt(
    code: str, where: Place, remedy: str, found: str | None, details: dict[str, str]
) -> InputError:
    error = InputError(code, where=where, remedy="", found=found, **details)
    error.remedy = remedy
    error.args = (error._sentence(),)
    return error


def shown(value: object) -> str:
    """Give a value as one short printable line.

    Control and direction marks are written as escapes, so that a message can
    never be turned around by what it quotes.
    """
    text = "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode()
        for sign in str(value)
    )
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


class Faults:
    """Collects faults so that a user sees all of them at once."""

    def __init__(self) -> None:
        self._found: list[InputError] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[InputError]:
        return iter(self._found)

    def add(self, *errors: InputError) -> None:
        """Remember faults."""
        self._found.extend(errors)

    def collecting(self) -> AbstractContextManager[None]:
        """Remember the faults raised inside the ``with`` block and go on after it."""
        return _Collecting(self)

    def raise_all(self, what: str) -> None:
        """Raise every remembered fault as one group, or do nothing when there is none."""
        if self._found:
            raise ExceptionGroup(f"{len(self._found)} faults in {what}", list(self._found))


class _Collecting(AbstractContextManager[None]):
    """What `Faults.collecting` gives: a class, as it stands around every cell of every file."""

    __slots__ = ("_faults",)

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> bool:
        if isinstance(error, InputError):
            self._faults.add(error)
            return True
        if isinstance(error, ExceptionGroup):
            known, other = error.split(InputError)
            if known is not None:
                self._faults.add(*_leaves(known))
            if other is not None:
                raise other from None
            return True
        return False


def read_all(what: str, *readings: Callable[[], Any]) -> list[Any]:
    """Do several readings; after a fault the others are still done, so that all faults show.

    Parameters
    ----------
    what : str
        What is read, such as a file.
    *readings : callable
        Each gives what it read, the same every time, or raises.

    Raises
    ------
    ExceptionGroup of InputError
        With the faults of all readings.
    """
    try:
        return [reading() for reading in readings]
    except (InputError, ExceptionGroup):
        faults = Faults()
        for reading in readings:
            with faults.collecting():
                reading()
        faults.raise_all(what)
        raise


def faults_in(error: BaseException) -> tuple[InputError, ...]:
    """List the faults inside an `InputError` or a group of them, in order."""
    if isinstance(error, InputError):
        return (error,)
    if isinstance(error, BaseExceptionGroup):
        return tuple(_leaves(error))
    return ()


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[InputError]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        elif isinstance(error, InputError):
            yield error
