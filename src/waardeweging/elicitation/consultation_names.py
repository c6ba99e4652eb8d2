"""Which columns a consultation may have, and what is wrong with those that it has."""

from __future__ import annotations

from collections.abc import Sequence

from waardeweging.elicitation.consultation import Asked
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.tables import unnamed

GRADE = "grade:"
"""Before the id of an option, in the name of the column with its grades."""

OWN_COLUMNS = ("participant", "side", "seconds", "time", "device")
_MORE = ("seconds", "time", "device")


def column_names(asked: Asked) -> list[str]:
    """Give the names of all columns that a file may have, in their usual order."""
    own = [name for name in OWN_COLUMNS if name not in _MORE]
    grades = [f"{GRADE}{name}" for name in asked.alternatives]
    attributes = [one.attribute for one in asked.population]
    return [*own, *asked.criteria, *grades, *attributes, *_MORE]


def check_names(file: str, header: Sequence[str], asked: Asked) -> None:
    """Refuse a header with columns that are missing, unknown or there twice, all at once.

    Raises
    ------
    ExceptionGroup of InputError
    """
    known = column_names(asked)
    faults = Faults()
    for name in sorted({name for name in known if known.count(name) > 1}):
        faults.add(
            InputError(
                "consultation.name",
                where=Place(file, 1, name),
                found=name,
                remedy="A criterion or attribute has the name of another column; rename it.",
            )
        )
    _check_header(file, header, ("participant", *asked.criteria), known, faults)
    faults.raise_all(file)


def _check_header(
    file: str, header: Sequence[str], required: Sequence[str], known: Sequence[str], faults: Faults
) -> None:
    for name in required:
        if name not in header:
            faults.add(
                InputError(
                    "table.missing_column",
                    where=Place(file, 1, name),
                    remedy="Add a column with exactly this name.",
                )
            )
    seen: set[str] = set()
    allowed = set(known)
    for number, name in enumerate(header):
        where = Place(file, 1, name or unnamed(number))
        if name in seen:
            faults.add(
                InputError(
                    "table.duplicate_column", where=where, remedy="Keep one column with this name."
                )
            )
        elif name not in allowed:
            faults.add(
                InputError(
                    "table.unknown_column",
                    where=where,
                    found=name,
                    remedy="Remove this column or correct its name. Known names: {known}.",
                    known=", ".join(known),
                )
            )
        seen.add(name)
