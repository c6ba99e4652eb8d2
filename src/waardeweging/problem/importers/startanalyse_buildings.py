"""Reads the building stock of the Startanalyse 2025, ``{Gemeente}_bebouwing.csv``.

Four tables stand side by side in one file: dwellings by period and by label, other
buildings by period and by label. Their column names are the same (``Totaal`` stands
there four times), so a cell is known by its position, and the header must be the
published one to the letter.

Source and licence: PBL (2025), Startanalyse aardgasvrije buurten, CC BY 4.0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.importers.archives import Source, find_tables
from waardeweging.problem.importers.notation import (
    MISSING,
    Notation,
    notation_of,
    read_optional,
)
from waardeweging.problem.importers.startanalyse_2025_rows import twice
from waardeweging.problem.importers.startanalyse_2025_schema import (
    EDITION,
    neighbourhood_code,
    schema,
)
from waardeweging.problem.importers.startanalyse_header import other_edition
from waardeweging.problem.importers.streaming import FewFaults, at_most, table_lines
from waardeweging.problem.tables import Row
from waardeweging.problem.text import clean_text

_ENDING = ("_bebouwing.csv",)
_CODE_AT = 0
_TOTAL = "Totaal"
# The column that opens each of the four tables, and how we call the table.
_OPENERS: Mapping[str, str] = {
    "Woningtype_bouwjaar": "dwellings_by_period",
    "Woningtype_energielabel": "dwellings_by_label",
    "Gebouwtype_bouwjaar": "other_buildings_by_period",
    "Gebouwtype_energielabel": "other_buildings_by_label",
}


@dataclass(frozen=True, slots=True)
class BuildingCounts:
    """Counts of one kind of building in one neighbourhood.

    Parameters
    ----------
    code : str
        CBS code of the neighbourhood.
    subject : str
        ``dwellings_by_period``, ``dwellings_by_label`` or the same of
        ``other_buildings``.
    kind : str
        Type of dwelling or building as PBL names it.
    counts : mapping of str to float
        By period or label as PBL names it; a missing cell is absent.
    total : float, optional
        As published.
    """

    code: str
    subject: str
    kind: str
    counts: Mapping[str, float]
    total: float | None = None


class _Part(NamedTuple):
    """One of the four tables: its positions in a line."""

    subject: str
    kind: int
    classes: Mapping[int, str]
    total: int


def read_buildings_2025(
    paths: Iterable[Path], faults: Faults, *, only: Collection[str] | None = None
) -> Iterator[BuildingCounts]:
    """Read the building stock of any number of municipalities, row by row.

    Parameters
    ----------
    paths : iterable of Path
        Zips as PBL gives them, ``{Gemeente}_bebouwing.csv`` files, or folders of these.
    faults : Faults
        Gathers what is wrong in all of them.
    only : collection of str, optional
        Keep these neighbourhoods; the files are checked all the same.

    Yields
    ------
    BuildingCounts
        In the order of the files.
    """
    seen: set[tuple[str, str, str]] = set()
    for source in find_tables(paths, _ENDING, faults):
        with faults.collecting():
            for counts in _counts(source, faults, seen):
                if only is None or counts.code in only:
                    yield counts


@cache
def _columns() -> tuple[str, ...]:
    return tuple(schema()["bebouwing"]["columns"])


@cache
def _parts() -> tuple[_Part, ...]:
    columns = _columns()
    starts = [columns.index(name) for name in _OPENERS]
    ends = [*starts[1:], len(columns)]
    # Opener, unit, kind, the classes, and the total as last.
    return tuple(
        _Part(
            subject,
            start + 2,
            {at: columns[at] for at in range(start + 3, end - 1)},
            end - 1,
        )
        for subject, start, end in zip(_OPENERS.values(), starts, ends, strict=True)
    )


def _counts(
    source: Source, faults: Faults, seen: set[tuple[str, str, str]]
) -> Iterator[BuildingCounts]:
    notation = _notation(source)
    with source.opened() as stream:
        lines = table_lines(stream, source.file, faults)
        number, header = next(lines)
        wrong = _header_faults(header, Place(source.file, number))
        faults.add(*wrong)
        if wrong:
            return
        # Cells by position, so that the guards on rows serve here too.
        rows = (
            Row(source.file, number, {str(at): cell for at, cell in enumerate(cells)})
            for number, cells in lines
        )
        for row in at_most(rows, source.file):
            found: list[BuildingCounts] = []
            with faults.collecting():
                found = _row_counts(row, notation, seen)
            yield from found


def _notation(source: Source) -> Notation:
    at = sorted({at for part in _parts() for at in (*part.classes, part.total)})
    with source.opened() as stream:
        lines = table_lines(stream, source.file, FewFaults(source.file, 0))
        return notation_of(
            cells[one] for _, cells in lines if len(cells) == len(_columns()) for one in at
        )


def _header_faults(header: list[str], place: Place) -> list[InputError]:
    other = other_edition(header, EDITION, place)
    if other is not None:
        return [other]
    expected = _columns()
    faults = [
        InputError(
            "startanalyse.column_order",
            where=Place(place.file, place.row, f"column {at}"),
            found=name,
            remedy="Column {at} is called {expected} in this edition; download the file again.",
            at=at,
            expected=known,
        )
        for at, (name, known) in enumerate(zip(header, expected, strict=False), start=1)
        if name != known
    ]
    if len(header) != len(expected):
        faults.append(
            InputError(
                "startanalyse.column_count",
                where=place,
                found=len(header),
                remedy="This file has {expected} columns in this edition; download it again.",
                expected=len(expected),
            )
        )
    return faults


def _row_counts(
    row: Row, notation: Notation, seen: set[tuple[str, str, str]]
) -> list[BuildingCounts]:
    code = neighbourhood_code(Row(row.file, row.number, {"I01_buurtcode": row[str(_CODE_AT)]}))
    faults = Faults()
    found = []
    for part in _parts():
        with faults.collecting():
            if row[str(part.kind)].strip() not in MISSING:
                counts = _part_counts(row, code, part, notation)
                key = (code, part.subject, counts.kind)
                if key in seen:
                    raise twice(row.place(_columns()[part.kind]), " × ".join(key))
                seen.add(key)
                found.append(counts)
    faults.raise_all(row.file)
    return found


def _part_counts(row: Row, code: str, part: _Part, notation: Notation) -> BuildingCounts:
    faults = Faults()
    numbers: dict[int, float | None] = {}
    for at in (*part.classes, part.total):
        with faults.collecting():
            numbers[at] = _count(row, at, notation)
    kind = ""
    with faults.collecting():
        kind = clean_text(row[str(part.kind)], row.place(f"column {part.kind + 1}"))
    faults.raise_all(row.file)
    counts = {
        name: value for at, name in part.classes.items() if (value := numbers[at]) is not None
    }
    return BuildingCounts(code, part.subject, kind, counts, numbers[part.total])


def _count(row: Row, at: int, notation: Notation) -> float | None:
    # The name alone would not say which of four columns; the position does.
    where = row.place(f"column {at + 1} ({_columns()[at]})")
    value = read_optional(row[str(at)], notation, where)
    if value is not None and value < 0:
        raise InputError(
            "number.negative", where=where, found=row[str(at)], remedy="Write 0 or more."
        )
    return value
