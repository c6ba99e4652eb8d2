"""What people say that a performance really is, as a wider range in the files of a project.

A claim that is not settled is not averaged away: the cell gets it as its low or its
high, on the grounds of experts, with a source that names the claim. From then on it
travels through the weighing like any other uncertainty.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from waardeweging.analysis.scenario_in_files import scenario_in, write_files
from waardeweging.problem.alternatives import Cell
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.reading import find_table
from waardeweging.problem.tables import read_table
from waardeweging.process.project.state import Input

MARK = "claim-"
"""How the id of a source that is a claim begins."""

_CELLS = ("alternative", "criterion", "low", "mid", "high", "unit", "grounds", "source")
_MORE = ("note", "fact")
_SOURCES = ("source", "title")
_LONGEST = 200

Rows = list[dict[str, str]]


def widened(files: Mapping[str, bytes], claims: Sequence[Input]) -> dict[str, bytes]:
    """Make the range of every disputed performance wide enough for what is claimed.

    Parameters
    ----------
    files : mapping of str to bytes
        Of a scenario, by path, before any claim.
    claims : sequence of Input
        Each names an option, a criterion and a value.

    Returns
    -------
    dict of str to bytes
        The same files with other performances and sources.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If a claim names nothing here, or the files are no scenario that can be read.
    """
    cells = _cells_of(files)
    performances, sources = (
        _table(files, "performances", _CELLS),
        _table(files, "sources", _SOURCES),
    )
    rows = {(row["alternative"].strip(), row["criterion"].strip()): row for row in performances[1]}
    faults = Faults()
    for place, found in _by_cell(claims).items():
        with faults.collecting():
            rows[place] = _wider(_known(cells, place, found), found)
    faults.raise_all("performances")
    named = [_source(one) for one in claims]
    done = {
        name: content
        for name, content in files.items()
        if Path(name).stem not in ("performances", "sources")
    }
    done["performances.csv"] = _written((*_CELLS, *_MORE), rows.values())
    done["sources.csv"] = _written(sources[0], [*sources[1], *named])
    # Everything is read again, so that files that cannot be used are never kept.
    scenario_in(done)
    return done


def holds_claims(files: Mapping[str, bytes]) -> bool:
    """Say whether ranges in these files were widened already."""
    rows = _table(files, "sources", _SOURCES)[1]
    return any(row["source"].startswith(MARK) for row in rows)


def _cells_of(files: Mapping[str, bytes]) -> dict[tuple[str, str], Cell]:
    problem = scenario_in(files).problem
    return {(cell.alternative, cell.criterion): cell for row in problem.cells for cell in row}


def _by_cell(claims: Sequence[Input]) -> dict[tuple[str, str], list[Input]]:
    found: dict[tuple[str, str], list[Input]] = {}
    for one in claims:
        found.setdefault((one.given.alternative, one.given.criterion), []).append(one)
    return found


def _known(
    cells: Mapping[tuple[str, str], Cell], place: tuple[str, str], claims: Sequence[Input]
) -> Cell:
    if place not in cells:
        raise InputError(
            "project.claim_unknown",
            where=Place("performances", None, claims[0].given.id),
            found=" × ".join(place),
            remedy="There is no such option or criterion in the files; decline it or name another.",
        )
    return cells[place]


def _wider(cell: Cell, claims: Sequence[Input]) -> dict[str, str]:
    values = [one.given.value for one in claims if one.given.value is not None]
    said = [f"{one.given.id}: {_number(one.given.value or 0.0)}" for one in claims]
    before = f"{cell.source}: {_number(cell.low)} / {_number(cell.mid)} / {_number(cell.high)}"
    return {
        "alternative": cell.alternative,
        "criterion": cell.criterion,
        "low": _number(min(cell.low, *values)),
        "mid": _number(cell.mid),
        "high": _number(max(cell.high, *values)),
        "unit": cell.unit,
        "grounds": "expert",
        "source": f"{MARK}{claims[-1].given.id}",
        "note": "; ".join(part for part in (cell.note, before, *said) if part),
        "fact": cell.fact,
    }


def _source(one: Input) -> dict[str, str]:
    given = one.given
    title = " ".join((given.source or given.text).split())[:_LONGEST]
    return {
        "source": f"{MARK}{given.id}",
        "title": title,
        "publisher": given.side,
        "year": one.at[:4],
    }


def _table(
    files: Mapping[str, bytes], name: str, required: Iterable[str]
) -> tuple[tuple[str, ...], Rows]:
    """Read a table of the folder as text, whatever its form; no rows when it is not there."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_files(folder, {path: one for path, one in files.items() if Path(path).stem == name})
        path = find_table(folder, name)
        if not path.exists():
            return (*_SOURCES, "publisher", "year"), []
        table = read_table(path, required=required, optional=None)
    rows = [{column: row[column] for column in table.columns} for row in table.rows]
    return table.columns, rows


def _written(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    names = dict.fromkeys((*columns, *(("publisher", "year") if "title" in columns else ())))
    written = io.StringIO()
    table = csv.DictWriter(written, list(names), restval="", delimiter=";", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return written.getvalue().encode()


def _number(x: float) -> str:
    """Write a number that has one reading: never exactly three decimals."""
    written = format(Decimal(repr(float(x))), "f").removesuffix(".0")
    decimals = written.partition(".")[2]
    return f"{written}0" if len(decimals) == 3 else written
