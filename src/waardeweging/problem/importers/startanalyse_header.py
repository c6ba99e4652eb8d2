"""Whether a header is of the edition that is asked for, and which columns it lacks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.tables import Row

# Columns that stand in the files of one edition only.
_MARKS: tuple[tuple[int, frozenset[str]], ...] = (
    (2019, frozenset({"BU_CODE", "H16_Nat_meerkost_WEQ"})),
    (2020, frozenset({"BU_CODE", "sln_V01"})),
    (2020, frozenset({"BU_CODE", "variant"})),
    (2025, frozenset({"I01_buurtcode", "Code_Indicator"})),
    (2025, frozenset({"I01_buurtcode", "Woningtype_bouwjaar"})),
)


def edition_of(header: Collection[str]) -> int | None:
    """Give the edition that this header belongs to, if it shows."""
    return next((edition for edition, marks in _MARKS if marks <= set(header)), None)


def other_edition(header: Collection[str], edition: int, place: Place) -> InputError | None:
    """Give the fault of a file of another edition: a variant code means something else there."""
    found = edition_of(header)
    if found is None or found == edition:
        return None
    return InputError(
        "startanalyse.other_edition",
        where=place,
        found=found,
        remedy="This file is of edition {given}, not {edition}; import each edition by itself.",
        given=found,
        edition=edition,
    )


def header_faults(header: Row, columns: Sequence[str], edition: int) -> list[InputError]:
    """List what is wrong with a header; a renamed column is both missing and unknown."""
    other = other_edition(header.cells, edition, header.place())
    if other is not None:
        return [other]
    missing = [
        InputError(
            "table.missing_column",
            where=header.place(name),
            remedy="Add a column with exactly this name.",
        )
        for name in columns
        if name not in header.cells
    ]
    unknown = [
        InputError(
            "table.unknown_column",
            where=header.place(name),
            found=name,
            remedy="Remove this column or correct its name. Known names: {known}.",
            known=", ".join(columns),
        )
        for name in header.cells
        if name not in columns
    ]
    return missing + unknown
