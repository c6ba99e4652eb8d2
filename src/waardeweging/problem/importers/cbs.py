"""Reads Kerncijfers wijken en buurten of CBS: dwellings, owners, gas use and income.

Read are the table as downloaded (CSV) and the answer of the open data service
(OData 3, JSON). Columns carry a serial number that changes each year
(``Koopwoningen_40``, ``Koopwoningen_47``); it is left off. Figures that CBS keeps
secret or does not have are absent, never zero.

Source and licence: CBS, Kerncijfers wijken en buurten, CC BY 4.0; name
"CBS" with the year wherever a figure is shown.

References
----------
CBS (2020–2025), tables 84799NED, 85039NED, 85318NED, 85618NED, 85984NED and 86165NED.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Literal

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.importers.notation import Notation, notation_of, read_number
from waardeweging.problem.importers.odata import json_rows
from waardeweging.problem.importers.streaming import (
    LARGEST_UNPACKED,
    FewFaults,
    at_most,
    reading,
    table_rows,
)
from waardeweging.problem.importers.tidy import Imported, TidyTable, some_rows, write_tidy
from waardeweging.problem.tables import Row

TABLES: Mapping[str, int] = {
    "84799NED": 2020,
    "85039NED": 2021,
    "85318NED": 2022,
    "85618NED": 2023,
    "85984NED": 2024,
    "86165NED": 2025,
}
LICENCE = "CC BY 4.0, CBS"
REGION = "WijkenEnBuurten"
# Key of CBS, our column, and what one unit of it is.
COLUMNS: Mapping[str, tuple[str, float]] = {
    "HuishoudensTotaal": ("households", 1),
    "Woningvoorraad": ("dwellings", 1),
    "Koopwoningen": ("owner_share", 0.01),
    "HuurwoningenTotaal": ("tenant_share", 0.01),
    "InBezitWoningcorporatie": ("corporation_share", 0.01),
    "PercentageMeergezinswoning": ("multi_family_share", 0.01),
    "GemiddeldAardgasverbruikTotaal": ("gas_use", 1),
    "PercentageWoningenMetStadsverwarming": ("district_heating_share", 0.01),
    "GemiddeldInkomenPerInwoner": ("income", 1000),
}
Level = Literal["gemeente", "wijk", "buurt"]
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("gemeente", re.compile(r"GM\d{4}", re.ASCII)),
    ("wijk", re.compile(r"WK\d{4}[0-9A-Z]{2}", re.ASCII)),
    ("buurt", re.compile(r"BU\d{4}[0-9A-Z]{4}", re.ASCII)),
)
_COUNTRY = re.compile(r"NL\d{2}", re.ASCII)
_SERIAL = re.compile(r"_\d+$", re.ASCII)
_TABLE = re.compile(r"\d{5}NED", re.ASCII | re.IGNORECASE)
_MISSING = frozenset({"", "."})
_UNKNOWN = -99997
_NEXT = ("odata.nextLink", "@odata.nextLink")
_ABOUT = ("odata.metadata", "@odata.context")


@dataclass(frozen=True, slots=True)
class Region:
    """Figures of one municipality, district or neighbourhood.

    Parameters
    ----------
    code : str
        CBS code, without padding.
    level : str
        ``gemeente``, ``wijk`` or ``buurt``.
    year : int
        Of the table; some figures in it are of a year before.
    households, dwellings : float, optional
    owner_share, tenant_share, corporation_share : float, optional
        Shares of the dwellings. [0, 1]
    multi_family_share : float, optional
        Share of dwellings that are flats. [0, 1]
    gas_use : float, optional
        Average of dwellings. [m³/yr]
    district_heating_share : float, optional
        Share of dwellings. [0, 1]
    income : float, optional
        Average per inhabitant. [€/yr]
    """

    code: str
    level: Level
    year: int
    households: float | None = None
    dwellings: float | None = None
    owner_share: float | None = None
    tenant_share: float | None = None
    corporation_share: float | None = None
    multi_family_share: float | None = None
    gas_use: float | None = None
    district_heating_share: float | None = None
    income: float | None = None


def read_cbs(path: Path, faults: Faults, year: int | None = None) -> Iterator[Region]:
    """Read a table of Kerncijfers wijken en buurten, one region at a time.

    Parameters
    ----------
    path : Path
        CSV or JSON, gzipped or not. Columns used: ``WijkenEnBuurten`` and the keys of
        `COLUMNS`, each with or without serial number; others are left alone.
    faults : Faults
        Gathers what is wrong in cells and rows.
    year : int, optional
        Needed when neither the file nor its name says which table it is.

    Yields
    ------
    Region
        In the order of the file; the country as a whole is left out.

    Raises
    ------
    InputError
        If the file cannot be read at all, or is another table.
    """
    about: dict[str, str] = {}
    notation = _notation(path)
    rows = _rows(path, about, faults)
    header = next(rows, None)
    if header is None:
        raise _no_rows(path)
    of_year = _year(path, about, year)
    names = _names(header, faults)
    if names is None:
        return
    seen: set[str] = set()
    for row in at_most(rows, path.name):
        region = None
        with faults.collecting():
            region = _region(row, names, of_year, notation, seen)
        if region is not None:
            yield region
    # What JSON says about itself may stand behind its rows.
    _year(path, about, of_year)
    _check_whole(path, about)


def import_cbs(path: Path, out: Path, year: int | None = None) -> Imported:
    """Write the figures of all regions as one tidy CSV file.

    Parameters
    ----------
    path : Path
        As for `read_cbs`.
    out : Path
        File to write; columns are the fields of `Region`.
    year : int, optional

    Returns
    -------
    Imported

    Raises
    ------
    InputError or ExceptionGroup of InputError
        With the faults of the file, up to a hundred; nothing is written then.
    """
    faults = FewFaults(path.name)
    columns = tuple(Region.__dataclass_fields__)
    rows = (astuple(region) for region in read_cbs(path, faults, year))
    table = TidyTable(out, columns, some_rows(rows, faults, path.name))
    return write_tidy([table], faults, path.name)


def _rows(path: Path, about: dict[str, str], faults: Faults) -> Iterator[Row]:
    # All 124 fields of 18,000 regions in JSON are some 90 MB.
    with reading(path, LARGEST_UNPACKED) as stream:
        beginning = stream.peek(1).removeprefix(b"\xef\xbb\xbf").lstrip()
        if beginning[:1] in (b"{", b"["):
            yield from json_rows(stream, path.name, about, faults)
        else:
            yield from table_rows(stream, path.name, faults)


def _notation(path: Path) -> Notation:
    """Look for the decimal sign in a first pass; faults are for the second."""
    unheard = FewFaults(path.name, 0)
    rows = _rows(path, {}, unheard)
    header = next(rows, None)
    names = None if header is None else _names(header, unheard)
    if names is None:
        return Notation.UNKNOWN
    used = [names[key] for key in COLUMNS]
    return notation_of(row[name] for row in rows for name in used)


def _names(header: Row, faults: Faults) -> Mapping[str, str] | None:
    """Give the name of each used column in this file, or remember which are not there."""
    found: dict[str, list[str]] = {}
    for name in header.cells:
        found.setdefault(_SERIAL.sub("", name), []).append(name)
    wrong = False
    for key in (REGION, *COLUMNS):
        place = Place(header.file, header.number, key)
        if key not in found:
            wrong = True
            faults.add(
                InputError(
                    "cbs.missing_column",
                    where=place,
                    remedy="Download the whole table; every year since 2020 has this column.",
                )
            )
        elif len(found[key]) > 1:
            wrong = True
            faults.add(
                InputError(
                    "table.duplicate_column",
                    where=place,
                    found=", ".join(found[key]),
                    remedy="Keep one column with this name.",
                )
            )
    return None if wrong else {key: found[key][0] for key in (REGION, *COLUMNS)}


def _year(path: Path, about: Mapping[str, str], year: int | None) -> int:
    """Find the year from the file, its name and what the user says; they must agree."""
    if year is not None and year not in TABLES.values():
        raise InputError(
            "cbs.unknown_year",
            where=Place(path.name, None, "year"),
            found=year,
            remedy="Known years: {known}.",
            known=", ".join(map(str, TABLES.values())),
        )
    for text in (*(about.get(key, "") for key in _ABOUT), path.name):
        for table in _TABLE.findall(text):
            year = _agreeing(path, table.upper(), year)
    if year is None:
        raise InputError(
            "cbs.no_year",
            where=Place(path.name, None, "year"),
            remedy="Give the year, or keep the number of the table in the file name.",
        )
    return year


def _agreeing(path: Path, table: str, year: int | None) -> int:
    if table not in TABLES:
        raise InputError(
            "cbs.unknown_table",
            where=Place(path.name),
            found=table,
            remedy="Known tables: {known}.",
            known=", ".join(TABLES),
        )
    if year is not None and TABLES[table] != year:
        raise InputError(
            "cbs.other_year",
            where=Place(path.name, None, "year"),
            found=year,
            remedy="Table {table} is of {year}; give that year or another file.",
            table=table,
            year=TABLES[table],
        )
    return TABLES[table]


def _check_whole(path: Path, about: Mapping[str, str]) -> None:
    if any(key in about for key in _NEXT):
        raise InputError(
            "cbs.one_page",
            where=Place(path.name, None, "odata.nextLink"),
            remedy="This is one page of several; put the pages together, or download the CSV.",
        )


def _region(
    row: Row, names: Mapping[str, str], year: int, notation: Notation, seen: set[str]
) -> Region | None:
    code = row[names[REGION]].strip()
    if _COUNTRY.fullmatch(code):
        return None
    level = next((level for level, form in _LEVELS if form.fullmatch(code)), None)
    if level is None:
        raise InputError(
            "cbs.region_code",
            where=row.place(names[REGION]),
            found=code,
            remedy="Write a CBS code: GM, WK or BU and its digits, for example BU01934000.",
        )
    if code in seen:
        raise InputError(
            "id.duplicate",
            where=row.place(names[REGION]),
            found=code,
            remedy="Keep one of them, or rename one.",
        )
    seen.add(code)
    faults = Faults()
    figures: dict[str, float | None] = {}
    for key, (field, unit) in COLUMNS.items():
        with faults.collecting():
            figures[field] = _figure(row, names[key], unit, notation)
    faults.raise_all(row.file)
    return Region(code, level, year, **figures)


def _figure(row: Row, column: str, unit: float, notation: Notation) -> float | None:
    text = row[column].strip()
    if text in _MISSING:
        return None
    where = row.place(column)
    value = read_number(text, notation, where)
    if value == _UNKNOWN:
        return None
    if value < 0:
        raise InputError("number.negative", where=where, found=text, remedy="Write 0 or more.")
    if unit == 0.01 and value > 100:
        raise InputError(
            "number.too_high",
            where=where,
            found=text,
            remedy="Write at most {most}.",
            most=100,
        )
    # Shares of whole percents and incomes of whole hundreds, free of binary dust.
    return round(value * unit, 6)


def _no_rows(path: Path) -> InputError:
    return InputError(
        "table.no_rows",
        where=Place(path.name),
        remedy="There is nothing in this file to read; download it again.",
    )
