"""Reads outcomes of the Energietransitiemodel (ETM): a CSV of queries.

Two forms are known. The scenario tools of Quintel write a nameless first column with
the query, a column per scenario with its outcome in the future, one column
``<area>_present`` per area, and ``unit``. A table made from the API or by pyetm has
``gquery`` or ``query``, ``unit``, and ``present`` and ``future``, or a column per scenario.

Source and licence: the code and data of the ETM are open (MIT, but for the energy
balances of the IEA); outcomes are those of whoever made the scenario. Name
"Energietransitiemodel, Quintel" and the scenario wherever a figure is shown.

References
----------
Quintel Intelligence, github.com/quintel/scenario-tools and github.com/quintel/pyetm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final, Literal

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.importers.notation import Notation, notation_of, read_number
from waardeweging.problem.importers.streaming import FewFaults, at_most, stream_rows
from waardeweging.problem.importers.tidy import Imported, TidyTable, some_rows, write_tidy
from waardeweging.problem.tables import Row
from waardeweging.problem.text import clean_text

LICENCE = "MIT (model); outcomes of the maker of the scenario"
_QUERY_COLUMNS = ("query", "gquery", "")
_UNIT = "unit"
_PRESENT: Final = "present"
_FUTURE: Final = "future"
_MISSING = frozenset({"", "-"})
_QUERY = re.compile(r"[A-Za-z0-9_.\-]{1,200}", re.ASCII)

Moment = Literal["present", "future"]


@dataclass(frozen=True, slots=True)
class EtmOutcome:
    """Outcome of one query.

    Parameters
    ----------
    query : str
        Key of the query in the ETM.
    unit : str
        As the ETM gives it; empty when it has none.
    scenario : str
        Name of the scenario, or of the area for the present; empty when the file
        holds one scenario without a name.
    moment : str
        ``present`` or ``future``.
    value : float
    """

    query: str
    unit: str
    scenario: str
    moment: Moment
    value: float


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    scenario: str
    moment: Moment


def read_etm(path: Path, faults: Faults) -> Iterator[EtmOutcome]:
    """Read outcomes of queries, one at a time.

    Parameters
    ----------
    path : Path
        CSV, gzipped or not, with a column for the query, ``unit`` and one or more
        columns with outcomes.
    faults : Faults
        Gathers what is wrong in header, rows and cells.

    Yields
    ------
    EtmOutcome
        In the order of the file; an outcome that is not there is absent.

    Raises
    ------
    InputError
        If the file cannot be read at all.
    """
    notation = _notation(path)
    rows = stream_rows(path, faults)
    header = next(rows)
    key = _query_column(header)
    columns = _outcome_columns(header, key)
    wrong = _header_faults(header, key, columns)
    faults.add(*wrong)
    if wrong or key is None:
        return
    seen: set[str] = set()
    for row in at_most(rows, path.name):
        found: list[EtmOutcome] = []
        with faults.collecting():
            found = _outcomes(row, key, columns, notation, seen)
        yield from found


def import_etm(path: Path, out: Path) -> Imported:
    """Write the outcomes of all queries as one tidy CSV file.

    Parameters
    ----------
    path : Path
        As for `read_etm`.
    out : Path
        File to write; columns are the fields of `EtmOutcome`.

    Returns
    -------
    Imported

    Raises
    ------
    InputError or ExceptionGroup of InputError
        With the faults of the file, up to a hundred; nothing is written then.
    """
    faults = FewFaults(path.name)
    rows = (astuple(outcome) for outcome in read_etm(path, faults))
    columns = tuple(EtmOutcome.__dataclass_fields__)
    table = TidyTable(out, columns, some_rows(rows, faults, path.name))
    return write_tidy([table], faults, path.name)


def _notation(path: Path) -> Notation:
    rows = stream_rows(path, FewFaults(path.name, 0))
    header = next(rows)
    columns = _outcome_columns(header, _query_column(header))
    return notation_of(row[column.name] for row in rows for column in columns)


def _query_column(header: Row) -> str | None:
    return next((name for name in _QUERY_COLUMNS if name in header.cells), None)


def _outcome_columns(header: Row, key: str | None) -> tuple[_Column, ...]:
    return tuple(_column(name) for name in header.cells if name not in (key, _UNIT))


def _column(name: str) -> _Column:
    if name in (_PRESENT, _FUTURE):
        return _Column(name, "", _PRESENT if name == _PRESENT else _FUTURE)
    if name.endswith(f"_{_PRESENT}"):
        return _Column(name, name.removesuffix(f"_{_PRESENT}"), _PRESENT)
    return _Column(name, name, _FUTURE)


def _header_faults(header: Row, key: str | None, columns: tuple[_Column, ...]) -> list[InputError]:
    found = [
        InputError(
            "table.missing_column",
            where=header.place(name),
            remedy="Add a column with exactly this name.",
        )
        for name, absent in (
            ("query", key is None),
            (_UNIT, _UNIT not in header.cells),
            (_FUTURE, not columns),
        )
        if absent
    ]
    faults = Faults()
    for column in columns:
        with faults.collecting():
            place = header.place(column.name)
            clean_text(column.scenario, place)
            if not column.name:
                raise _nameless(place)
    return [*found, *faults]


def _outcomes(
    row: Row, key: str, columns: tuple[_Column, ...], notation: Notation, seen: set[str]
) -> list[EtmOutcome]:
    query = row[key].strip()
    if not _QUERY.fullmatch(query):
        raise InputError(
            "etm.query",
            where=row.place(key),
            found=query,
            remedy="Write the key of a query: letters, digits, '_', '.' and '-'.",
        )
    if query in seen:
        raise InputError(
            "id.duplicate",
            where=row.place(key),
            found=query,
            remedy="Keep one of them, or rename one.",
        )
    seen.add(query)
    faults = Faults()
    unit = ""
    with faults.collecting():
        given = row[_UNIT].strip()
        unit = "" if given in _MISSING else clean_text(given, row.place(_UNIT))
    found = []
    for column in columns:
        text = row[column.name].strip()
        with faults.collecting():
            if text not in _MISSING:
                value = read_number(text, notation, row.place(column.name))
                found.append(EtmOutcome(query, unit, column.scenario, column.moment, value))
    faults.raise_all(row.file)
    return found


def _nameless(place: Place) -> InputError:
    return InputError(
        "etm.nameless",
        where=place,
        remedy="Give every column a name: that of its scenario.",
    )
