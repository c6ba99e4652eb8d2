"""The tables from which options are composed: technique × organisation × insulation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.tables import Row, Table, read_bytes, read_table

_BAND = ("low", "mid", "high", "unit", "grounds", "source", "note")
_OPTION = (
    "option",
    "label",
    "label_en",
    "technique",
    "organisation",
    "insulation",
    "variant",
    "description",
    "description_en",
)
# Options that are not in this edition of the Startanalyse; an empty cell is the reference.
NO_VARIANT = "-"
_FIRST_EDITION = 2020
_LATER = ("variant_2025", "reference")
SOURCE = ("source", "title", "publisher", "year", "url", "licence")
TITLES = ("title_en",)


@dataclass(frozen=True, slots=True)
class HeatTables:
    """Everything that is known apart from the neighbourhood.

    Parameters
    ----------
    options : tuple of Row
        One option each, with its variant code of the Startanalyse.
    technique_cells, organisation_cells : mapping from id to rows by criterion
        What an option does because of its technique, or its organisation form.
    sources : tuple of Row
    techniques, parameters : str
        Text of ``techniques.csv`` and ``parameters.toml``, repeated in every scenario.
    """

    options: tuple[Row, ...]
    technique_cells: dict[str, dict[str, Row]]
    organisation_cells: dict[str, dict[str, Row]]
    sources: tuple[Row, ...]
    techniques: str
    parameters: str


def read_heat_tables(folder: Path) -> HeatTables:
    """Read the tables in a folder such as ``scenarios/heat``.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault of every table.
    """
    faults = Faults()
    tables = HeatTables(
        options=_rows(folder / "options.csv", _OPTION, faults, _LATER),
        technique_cells=_by_criterion(folder / "technique_cells.csv", "technique", faults),
        organisation_cells=_by_criterion(folder / "organisations.csv", "organisation", faults),
        sources=_rows(folder / "sources.csv", SOURCE, faults, TITLES),
        techniques=_text(folder / "techniques.csv", faults),
        parameters=_text(folder / "parameters.toml", faults),
    )
    _check_parts(tables, faults)
    faults.raise_all(str(folder))
    return tables


def variant_of(option: Row, edition: int) -> str:
    """Give the variant of the Startanalyse that an option is; a code belongs to an edition.

    Returns
    -------
    str
        Empty for the reference, `NO_VARIANT` for an option that the edition does not have.
    """
    if edition == _FIRST_EDITION or not option["variant"]:
        return option["variant"]
    return option[f"variant_{edition}"] or NO_VARIANT


def _rows(
    path: Path, columns: tuple[str, ...], faults: Faults, optional: tuple[str, ...] = ()
) -> tuple[Row, ...]:
    table = Table(path.name, (), ())
    with faults.collecting():
        table = read_table(path, required=columns, optional=optional)
    return table.rows


def _by_criterion(path: Path, owner: str, faults: Faults) -> dict[str, dict[str, Row]]:
    found: dict[str, dict[str, Row]] = {}
    for row in _rows(path, (owner, "criterion", *_BAND), faults):
        own = found.setdefault(row[owner], {})
        if row["criterion"] in own:
            faults.add(_duplicate(row, f"{row[owner]} × {row['criterion']}"))
        own[row["criterion"]] = row
    return found


def _text(path: Path, faults: Faults) -> str:
    with faults.collecting():
        return read_bytes(path).decode("utf-8")
    return ""


def _check_parts(tables: HeatTables, faults: Faults) -> None:
    for row in tables.options:
        _check_known(row, "technique", tables.technique_cells, faults)
        _check_known(row, "organisation", tables.organisation_cells, faults)


def _check_known(row: Row, column: str, known: Iterable[str], faults: Faults) -> None:
    if row[column] not in known:
        faults.add(
            InputError(
                f"option.unknown_{column}",
                where=row.place(column),
                found=row[column],
                remedy="Choose one of: {known}.",
                known=", ".join(known),
            )
        )


def _duplicate(row: Row, found: str) -> InputError:
    return InputError(
        "id.duplicate",
        where=Place(row.file, row.number, "criterion"),
        found=found,
        remedy="Keep one of them, or rename one.",
    )
