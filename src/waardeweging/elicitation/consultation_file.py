"""Reads the file of a consultation: column by column while the rows come by.

Every distinct text of a column is read once, so a hundred thousand rows cost a look-up per
cell. All faults are gathered; after one, nothing of the file is used.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from waardeweging.elicitation.ballots import RESIDENTS
from waardeweging.elicitation.consultation import NOT_SAID, Asked, Consultation
from waardeweging.elicitation.consultation_cells import (
    Devices,
    Numbered,
    Read,
    category_reader,
    code_of,
    folded_code,
    grade_number,
    moment_of,
    points_of,
    seconds_of,
    side_of,
)
from waardeweging.elicitation.consultation_names import GRADE, check_names
from waardeweging.problem.arrays import FloatArray, IntArray
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.importers.streaming import FewFaults, reading, table_lines
from waardeweging.problem.tables import (
    MOST_ROWS,
    check_width,
    is_xlsx,
    nothing_in,
    only_names,
    read_table,
    xlsx_lines,
)
from waardeweging.problem.text import clean_id

LARGEST_FILE = 50 * 1024 * 1024
MOST_FAULTS = 1000

# Texts that stand in thousands of cells are read once; a hostile file cannot fill the memory.
_MOST_KNOWN, _LONGEST_KNOWN = 4096, 40


def read_consultation(path: Path, asked: Asked, codes: Sequence[str] | None = None) -> Consultation:
    """Read a consultation: one row per answer, in columns whose order is free.

    Parameters
    ----------
    path : Path
        ``.csv``, ``.csv.gz`` or ``.xlsx``.
    asked : Asked
    codes : sequence of str, optional
        All personal codes that were given out. Then `participant` holds such a code, and
        capitals, spaces and hyphens in it do not matter.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault of the file; from 1,000 on they are only counted.
    """
    faults = FewFaults(path.name, MOST_FAULTS)
    with faults.collecting():
        lines = _lines(path, faults)
        _, header = next(lines, (0, []))
        if not header:
            raise nothing_in(path)
        names = [cell.strip() for cell in header]
        columns = _columns(path.name, names, asked, is_coded=codes is not None)
        _fill(columns, lines, path.name, faults)
    faults.raise_all(path.name)
    return _made(path.name, columns, asked, codes)


def read_codes(path: Path) -> tuple[str, ...]:
    """Read the personal codes that were given out, from a column ``code``.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault of the file: a code that nobody can type or that stands there twice,
        or no codes at all.
    """
    table = read_table(path, required=("code",), optional=None)
    faults, first = Faults(), dict[str, int]()
    for row in (row for row in table.rows if row["code"].strip()):
        with faults.collecting():
            code = code_of(row["code"], row.place("code"))
            if first.setdefault(code, row.number) != row.number:
                raise InputError(
                    "consultation.code_twice",
                    where=row.place("code"),
                    remedy="This code stands on row {row} too; keep one.",
                    row=first[code],
                )
    if not first and not faults:
        faults.add(only_names(table.file))
    faults.raise_all(table.file)
    return tuple(first)


@dataclass(slots=True)
class _Column:
    """One column while it is read: how its cells are read, and what they were."""

    name: str
    at: int
    read: Read
    values: array[float] | array[int]
    known: dict[str, float] = field(default_factory=dict)

    def take(self, text: str, file: str, row: int) -> float:
        """Read a cell and keep what it says; a text that was seen before is not read again."""
        value = self.known.get(text)
        if value is None:
            value = self.read(text, Place(file, row, self.name))
            if len(text) <= _LONGEST_KNOWN and len(self.known) < _MOST_KNOWN:
                self.known[text] = value
        self.values.append(value)  # type: ignore[arg-type]
        return value


@dataclass(slots=True)
class _People:
    """Who answered, while the rows are read."""

    at: int
    clean: Callable[[str, Place], str]
    names: list[str] = field(default_factory=list)
    numbers: array[int] = field(default_factory=lambda: array("q"))
    known: Numbered = field(default_factory=Numbered)
    side_of: dict[int, int] = field(default_factory=dict)

    def take(self, text: str, file: str, row: int) -> int:
        """Read who answered, and give that participant's number."""
        name = self.clean(text, Place(file, row, "participant"))
        folded = name.casefold()
        self.names.append(name)
        # Most names are folded already; the same text is then kept once.
        number = self.known.of(name if folded == name else folded)
        self.numbers.append(number)
        return number


@dataclass(slots=True)
class _Columns:
    """All columns of a consultation while it is read; None where the file has no such column."""

    people: _People
    side_names: Numbered
    side: _Column | None
    points: list[_Column]
    others: dict[str, _Column]


def _lines(path: Path, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Give number and cells of every row, the header first."""
    if is_xlsx(path):
        lines = xlsx_lines(path, LARGEST_FILE)
        first = next(lines, None)
        if first is not None:
            yield from _beside_names(first, lines, path.name, faults)
        return
    with reading(path, LARGEST_FILE) as stream:
        yield from table_lines(stream, path.name, faults)


def _beside_names(
    first: tuple[int, list[str]],
    lines: Iterator[tuple[int, list[str]]],
    file: str,
    faults: Faults,
) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a sheet, which is as wide as its widest row, as wide as its header."""
    header = first[1]
    while header and not header[-1].strip():
        header = header[:-1]
    yield first[0], header
    for row, cells in lines:
        if len(cells) > len(header):
            check_width(cells, len(header), Place(file, row), faults)
        yield row, cells[: len(header)]


def _columns(file: str, header: Sequence[str], asked: Asked, *, is_coded: bool) -> _Columns:
    """Find every column, or say of all columns at once what is wrong with them."""
    grades = {f"{GRADE}{name}": name for name in asked.alternatives}
    margins = {one.attribute: one for one in asked.population}
    check_names(file, header, asked)
    place = {name: number for number, name in enumerate(header)}
    side_names = Numbered()
    readers: dict[str, tuple[Read, str]] = {
        "side": (lambda text, where: side_of(text, where, side_names), "q"),
        "seconds": (seconds_of, "d"),
        "time": (moment_of, "d"),
        "device": (Devices().read, "q"),
        **dict.fromkeys(asked.criteria, (points_of, "d")),
        **dict.fromkeys(grades, (grade_number, "b")),
        **{name: (category_reader(margin), "b") for name, margin in margins.items()},
    }
    found = {
        name: _Column(name, place[name], read, array(kind))
        for name, (read, kind) in readers.items()
        if name in place
    }
    return _Columns(
        _People(place["participant"], code_of if is_coded else clean_id),
        side_names,
        found.pop("side", None),
        [found.pop(name) for name in asked.criteria],
        found,
    )


def _fill(
    columns: _Columns, lines: Iterator[tuple[int, list[str]]], file: str, faults: Faults
) -> None:
    """Read all rows; after a fault the rest is still looked at, and nothing is used."""
    people, others = columns.people, tuple(columns.others.values())
    for count, (row, cells) in enumerate(lines, start=1):
        if count > MOST_ROWS:
            raise InputError(
                "table.too_many_rows",
                where=Place(file),
                remedy="Keep at most {most} rows.",
                most=MOST_ROWS,
            )
        person = None
        try:
            person = people.take(cells[people.at], file, row)
        except InputError as fault:
            faults.add(fault)
        if columns.side is not None:
            _take_side(columns, columns.side, cells, person, row, file, faults)
        _take_points(columns.points, cells, file, row, faults)
        for column in others:
            try:
                column.take(cells[column.at], file, row)
            except InputError as fault:
                faults.add(fault)
    if not people.names and not faults:
        raise InputError(
            "consultation.nobody",
            where=Place(file),
            remedy="The file has no answers; write one row per answer below the names.",
        )


def _take_side(
    columns: _Columns,
    column: _Column,
    cells: Sequence[str],
    person: int | None,
    row: int,
    file: str,
    faults: Faults,
) -> None:
    """Read the side, and refuse a participant who stood on another side before."""
    text, people = cells[column.at], columns.people
    try:
        side = int(column.take(text, file, row))
    except InputError as fault:
        faults.add(fault)
        return
    if person is not None and people.side_of.setdefault(person, side) != side:
        faults.add(
            InputError(
                "ballot.two_sides",
                where=Place(file, row, "side"),
                found=text,
                remedy="This participant stood on side '{side}' in another round.",
                side=list(columns.side_names.numbers)[people.side_of[person]],
            )
        )


def _take_points(
    points: Sequence[_Column], cells: Sequence[str], file: str, row: int, faults: Faults
) -> None:
    """Read the points of a row: all of them, or none when somebody abstained."""
    found = []
    for column in points:
        try:
            found.append(column.take(cells[column.at], file, row))
        except InputError as fault:
            faults.add(fault)
    if len(found) < len(points):
        return
    left_out = [one.name for one, x in zip(points, found, strict=True) if x == NOT_SAID]
    if left_out and len(left_out) < len(points):
        faults.add(
            *(
                InputError(
                    "ballot.gap",
                    where=Place(file, row, name),
                    remedy="Fill in a number (0 means: does not matter), "
                    "or leave the whole row empty.",
                )
                for name in left_out
            )
        )
    elif not left_out and not any(found):
        faults.add(
            InputError(
                "ballot.all_zero",
                where=Place(file, row),
                remedy="Give one criterion more than 0, or leave the whole row empty to abstain.",
            )
        )


def _made(file: str, columns: _Columns, asked: Asked, codes: Sequence[str] | None) -> Consultation:
    people, others = columns.people, columns.others
    rows = len(people.names)
    points = np.column_stack([np.frombuffer(one.values) for one in columns.points])
    np.maximum(points, 0.0, out=points)
    grades = [_whole(others.get(f"{GRADE}{name}"), rows) for name in asked.alternatives]
    members = [_whole(others.get(one.attribute), rows) for one in asked.population]
    issued = None if codes is None else {folded_code(code) for code in codes}
    return Consultation(
        file,
        asked,
        tuple(people.names),
        np.frombuffer(people.numbers, dtype=np.int64),
        tuple(columns.side_names.numbers) or (RESIDENTS,),
        np.zeros(rows, np.int64) if columns.side is None else _whole(columns.side, rows),
        points,
        np.column_stack(grades) if grades else np.empty((rows, 0), np.int64),
        np.array(members, np.int64).reshape(len(members), rows),
        _numbers(others.get("seconds"), rows),
        _numbers(others.get("time"), rows),
        _whole(others.get("device"), rows),
        None if issued is None else len(issued),
        np.zeros(rows, np.bool_)
        if issued is None
        else np.fromiter((folded_code(name) not in issued for name in people.names), np.bool_),
    )


def _whole(column: _Column | None, rows: int) -> IntArray:
    """Give whole numbers of a column; −1 everywhere when the file has no such column."""
    if column is None:
        return np.full(rows, -1, np.int64)
    return np.array(column.values, dtype=np.int64)


def _numbers(column: _Column | None, rows: int) -> FloatArray:
    return np.full(rows, NOT_SAID) if column is None else np.array(column.values, np.float64)
