"""Rows of the two files of the Startanalyse 2020, with every fault named by row and column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.importers.startanalyse_costs import (
    COST_ITEMS,
    VARIANTS_2020,
    NeighbourhoodCosts,
    VariantCosts,
    VariantKey,
)
from waardeweging.problem.numbers import parse_number
from waardeweging.problem.tables import Row
from waardeweging.problem.text import clean_text

_PUBLISHED = tuple(code for code in VARIANTS_2020 if not code.startswith("s3"))
_WIDE = (
    "BU_CODE",
    "I02_buurtnaam",
    "I05_gemeentecode",
    "I06_gemeentenaam",
    "I09_aantalwoningen",
    "I10_aantalutiliteitsgebouwen",
    "I11_aantalweq",
    "ref_2030_H15",
    "ref_2030_K17",
    "sln_V01",
)
_AMOUNTS = _WIDE[4:9]
_LONG = ("BU_CODE", "buurtnaam", "GM_CODE", "gemeente", "weq", "variant")
_H16, _H17, _H18 = "H16_Nat_meerkost", "H17_Nat_meerkost_CO2", "H18_Nat_meerkost_WEQ"
_TOTALS = (_H16, _H17, _H18)
_MISSING = frozenset({"", "-", "."})
_CODE = re.compile(r"BU\d{8}", re.ASCII)
# A text between single quotes, with those within it written twice.
_SQL_TEXT = re.compile(r"'(?:[^']|'')*'")
_MUNICIPALITY = re.compile(r"GM\d{4}", re.ASCII)


def check_header(header: Collection[str], file: str, wide: bool, faults: Faults) -> None:
    """Remember every column that is missing or unknown; a renamed one is both."""
    if wide:
        required: tuple[str, ...] = (*_WIDE, *(f"{code}_H18" for code in _PUBLISHED))
    else:
        required = (*_LONG, *_TOTALS, *COST_ITEMS)
    optional = {f"{code}_H18" for code in VARIANTS_2020} if wide else set()
    for name in required:
        if name not in header:
            faults.add(
                InputError(
                    "table.missing_column",
                    where=Place(file, 1, name),
                    remedy="Add a column with exactly this name.",
                )
            )
    for name in header:
        if name not in required and name not in optional:
            faults.add(
                InputError(
                    "table.unknown_column",
                    where=Place(file, 1, name),
                    found=name,
                    remedy="Remove this column or correct its name. Known names: {known}.",
                    known=", ".join(required),
                )
            )


def wide_records(rows: Iterator[Row], edition: int, faults: Faults) -> Iterator[NeighbourhoodCosts]:
    """Give the neighbourhoods of the file with a column per variant."""
    seen: set[str] = set()
    for row in rows:
        record = None
        with faults.collecting():
            code = _neighbourhood(row)
            if code in seen:
                raise _duplicate(row, "BU_CODE", code)
            seen.add(code)
            record = _wide_record(row, code, edition)
        if record is not None:
            yield record


def _wide_record(row: Row, code: str, edition: int) -> NeighbourhoodCosts:
    faults = Faults()
    costs = [column for column in row.cells if column.endswith("_H18")]
    numbers = _numbers(row, (*costs, *_AMOUNTS), faults)
    for column in _AMOUNTS:
        _check_amount(row, column, numbers, faults, positive=column == "I11_aantalweq")
    winner = None
    with faults.collecting():
        winner = _winner(row)
    names = _names(row, ("I02_buurtnaam", "I06_gemeentenaam"), "I05_gemeentecode", faults)
    faults.raise_all(row.file)
    variants = {
        VariantKey(edition, column[:3]): VariantCosts(value)
        for column in costs
        if (value := numbers[column]) is not None
    }
    return NeighbourhoodCosts(
        code=code,
        name=names[0],
        municipality_code=names[2],
        municipality=names[1],
        weq=numbers["I11_aantalweq"] or 0.0,
        dwellings=numbers["I09_aantalwoningen"],
        non_residential=numbers["I10_aantalutiliteitsgebouwen"],
        reference_co2=numbers["ref_2030_H15"],
        reference_cost=numbers["ref_2030_K17"],
        winner=winner,
        variants=variants,
    )


def long_records(rows: Iterator[Row], edition: int, faults: Faults) -> Iterator[NeighbourhoodCosts]:
    """Gather the rows of each neighbourhood; they need not stand together."""
    heads: dict[str, tuple[tuple[str, str, str], float]] = {}
    variants: dict[str, dict[VariantKey, VariantCosts]] = {}
    for row in rows:
        with faults.collecting():
            code = _neighbourhood(row)
            key = _variant(row, edition)
            head, costs = _long_row(row)
            if heads.setdefault(code, head) != head:
                raise InputError(
                    "startanalyse.two_heads",
                    where=row.place("weq"),
                    found=code,
                    remedy="All rows of {neighbourhood} need the same name, municipality and weq.",
                    neighbourhood=code,
                )
            if key in variants.setdefault(code, {}):
                raise _duplicate(row, "variant", f"{code} × {key.code}")
            if costs is not None:
                variants[code][key] = costs
    for code, ((name, municipality, municipality_code), weq) in heads.items():
        yield NeighbourhoodCosts(
            code=code,
            name=name,
            municipality_code=municipality_code,
            municipality=municipality,
            weq=weq,
            variants=variants[code],
        )


def _long_row(row: Row) -> tuple[tuple[tuple[str, str, str], float], VariantCosts | None]:
    faults = Faults()
    numbers = _numbers(row, ("weq", *_TOTALS, *COST_ITEMS), faults)
    _check_amount(row, "weq", numbers, faults, positive=True)
    names = _names(row, ("buurtnaam", "gemeente"), "GM_CODE", faults)
    faults.raise_all(row.file)
    head = (names, float(numbers["weq"] or 0))
    per_weq = numbers[_H18]
    if per_weq is None:
        return head, None
    items = {name: value for name in COST_ITEMS if (value := numbers[name]) is not None}
    return head, VariantCosts(
        per_weq=per_weq, total=numbers[_H16], per_tonne=numbers[_H17], items=items
    )


def _number(row: Row, column: str) -> float | None:
    text = row[column].strip()
    if text in _MISSING:
        return None
    # Nearly every cell is a short whole number: no notation to doubt.
    if text.isascii() and text.isdigit() and len(text) < 16:
        return float(text)
    return parse_number(text, row.place(column))


def _numbers(row: Row, columns: Collection[str], faults: Faults) -> dict[str, float | None]:
    numbers: dict[str, float | None] = {}
    for column in columns:
        try:
            numbers[column] = _number(row, column)
        except InputError as error:
            faults.add(error)
    return numbers


def _check_amount(
    row: Row,
    column: str,
    numbers: Mapping[str, float | None],
    faults: Faults,
    *,
    positive: bool,
) -> None:
    if column not in numbers or (numbers[column] is None and not positive):
        return
    value = numbers[column] or 0.0
    where, found = row.place(column), row[column]
    if positive and value <= 0:
        faults.add(
            InputError(
                "number.not_positive", where=where, found=found, remedy="Write a number above 0."
            )
        )
    elif value < 0:
        faults.add(
            InputError("number.negative", where=where, found=found, remedy="Write 0 or more.")
        )


def _neighbourhood(row: Row) -> str:
    code = row["BU_CODE"].strip()
    if not _CODE.fullmatch(code):
        raise InputError(
            "startanalyse.neighbourhood_code",
            where=row.place("BU_CODE"),
            found=code,
            remedy="Write the CBS code: BU and eight digits, for example BU01934000.",
        )
    return code


def _variant(row: Row, edition: int) -> VariantKey:
    code = row["variant"].strip()
    if code not in VARIANTS_2020:
        raise _unknown_variant(row, "variant", code)
    return VariantKey(edition, code)


def _winner(row: Row) -> str | None:
    code = row["sln_V01"].strip()
    if code in _MISSING:
        return None
    if code not in VARIANTS_2020:
        raise _unknown_variant(row, "sln_V01", code)
    return code


def _names(
    row: Row, columns: tuple[str, str], municipality: str, faults: Faults
) -> tuple[str, str, str]:
    texts = ["", ""]
    for index, column in enumerate(columns):
        with faults.collecting():
            texts[index] = unquoted(clean_text(row[column], row.place(column)))
    code = row[municipality].strip()
    if not _MUNICIPALITY.fullmatch(code):
        faults.add(
            InputError(
                "startanalyse.municipality_code",
                where=row.place(municipality),
                found=code,
                remedy="Write the CBS code: GM and four digits, for example GM0193.",
            )
        )
    return texts[0], texts[1], code


def unquoted(name: str) -> str:
    """Give a name as people write it: PBL writes ``'s-Graveland`` as a text in SQL.

    Parameters
    ----------
    name : str
        As in a file of the Startanalyse, such as ``'''s-Graveland'``.

    Returns
    -------
    str
        ``'s-Graveland``; a name that is not written as in SQL stays as it is.
    """
    if _SQL_TEXT.fullmatch(name) and "''" in name[1:-1]:
        return name[1:-1].replace("''", "'").strip()
    return name


def _unknown_variant(row: Row, column: str, code: str) -> InputError:
    return InputError(
        "startanalyse.unknown_variant",
        where=row.place(column),
        found=code,
        remedy="Edition {edition} knows these variants: {known}.",
        edition=2020,
        known=", ".join(VARIANTS_2020),
    )


def _duplicate(row: Row, column: str, found: str) -> InputError:
    return InputError(
        "id.duplicate",
        where=row.place(column),
        found=found,
        remedy="Keep one of them, or rename one.",
    )
