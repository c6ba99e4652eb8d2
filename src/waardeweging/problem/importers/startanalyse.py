"""Reads the Startanalyse aardgasvrije buurten of PBL.

Two files of edition 2020 are known: one row per neighbourhood with a column per
variant, and one row per neighbourhood and variant with the cost items behind it.
A variant code means another technique in another edition, so costs are kept by
(edition, code). The winner is kept as published and never worked out again:
variants that were not admissible stand in the files too. A variant that is not
there is absent; it does not cost zero.

References
----------
PBL (2020), Startanalyse aardgasvrije buurten.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.importers.streaming import FewFaults, stream_rows
from waardeweging.problem.labels import Described
from waardeweging.problem.numbers import parse_number
from waardeweging.problem.tables import Row
from waardeweging.problem.text import clean_text

EDITIONS = (2020,)
KNOWN_EDITIONS = (2019, 2020, 2025)
VARIANTS_2020: Mapping[str, str] = {
    "s1a": "B, air heat pump",
    "s1b": "B, ground heat pump",
    "s2a": "B, residual heat",
    "s2b": "B, geothermal inside its contour",
    "s2c": "B, geothermal anywhere",
    "s2d": "D, residual heat",
    "s2e": "D, geothermal inside its contour",
    "s2f": "D, geothermal anywhere",
    "s3a": "B, low temperature 30/30",
    "s3b": "B, low temperature 30/70",
    "s3c": "B, neighbourhood heat and cold storage",
    "s3d": "B, heat and cold storage",
    "s3e": "B, heat from surface water",
    "s3f": "D, low temperature 30/70",
    "s3g": "D, neighbourhood heat and cold storage",
    "s3h": "D, heat from surface water",
    "s4a": "B, green gas with hybrid heat pump",
    "s4b": "B, green gas with boiler",
    "s4c": "D, green gas with hybrid heat pump",
    "s4d": "D, green gas with boiler",
}
COST_ITEMS = tuple(f"K{number:02d}" for number in range(1, 17) if number != 10)

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
_LONG = ("BU_CODE", "buurtnaam", "GM_CODE", "gemeente", "weq", "variant")
_H16, _H17, _H18 = "H16_Nat_meerkost", "H17_Nat_meerkost_CO2", "H18_Nat_meerkost_WEQ"
_TOTALS = (_H16, _H17, _H18)
_MISSING = frozenset({"", "-", "."})
_CODE = re.compile(r"BU\d{8}", re.ASCII)
_MUNICIPALITY = re.compile(r"GM\d{4}", re.ASCII)


class VariantKey(NamedTuple):
    """Which variant of which edition; the same code is another technique elsewhere."""

    edition: int
    code: str


class VariantCosts(Described):
    """Additional national costs of one variant in one neighbourhood.

    Parameters
    ----------
    per_weq : float
        H18, against the gas reference of 2030. [€/weq/yr]
    total : float, optional
        H16. [€/yr]
    per_tonne : float, optional
        H17. [€/tonne CO₂]
    items : mapping of str to float
        K01–K09 and K11–K16, empty in the file that holds only totals. [€/yr]
    """

    per_weq: float
    total: float | None = None
    per_tonne: float | None = None
    items: Mapping[str, float] = {}


class NeighbourhoodCosts(Described):
    """What the Startanalyse says about one neighbourhood.

    Parameters
    ----------
    code : str
        CBS code, ``BU`` and eight digits.
    name, municipality_code, municipality : str
    weq : float
        Dwelling equivalents.
    dwellings, non_residential : float, optional
    reference_co2 : float, optional
        H15 of the reference in 2030. [tonne/yr]
    reference_cost : float, optional
        K17 of the reference in 2030. [€/yr]
    winner : str, optional
        Variant code V01 as published; may be one that is not in the file.
    variants : mapping of VariantKey to VariantCosts
    """

    code: str
    name: str
    municipality_code: str
    municipality: str
    weq: float
    dwellings: float | None = None
    non_residential: float | None = None
    reference_co2: float | None = None
    reference_cost: float | None = None
    winner: str | None = None
    variants: Mapping[VariantKey, VariantCosts]


class IdentityGaps(NamedTuple):
    """How far the published totals lie from what their parts add up to.

    Parameters
    ----------
    total : float
        H16 against the cost items less the cost of the reference. [€/yr]
    per_tonne : float
        H17 against H16 by the emissions of the reference. [€/tonne CO₂]
    per_weq : float
        H18 against H16 by the dwelling equivalents. [€/weq/yr]
    """

    total: float
    per_tonne: float
    per_weq: float


def read_startanalyse(
    path: Path, edition: int, *, only: Collection[str] | None = None
) -> dict[str, NeighbourhoodCosts]:
    """Read a file of the Startanalyse.

    Parameters
    ----------
    path : Path
        ``…per_variant.csv.gz`` (a column per variant) or ``…_long.csv`` (a row per
        variant), packed or not; which of the two shows from its header.
    edition : int
        Year of publication; it is not in the file, and codes depend on it.
    only : collection of str, optional
        Keep these neighbourhoods; the whole file is checked all the same.

    Returns
    -------
    dict of NeighbourhoodCosts
        By CBS code, in the order of the file.

    Raises
    ------
    InputError
        If the edition is not supported or the file cannot be read at all.
    ExceptionGroup of InputError
        With the faults of its rows, up to a hundred.
    """
    _check_edition(edition, path.name)
    faults = FewFaults(path.name)
    rows = stream_rows(path, faults)
    header = next(rows).cells
    wide = "variant" not in header
    _check_header(header, path.name, wide, faults)
    faults.raise_all(path.name)
    records = _wide(rows, edition, faults) if wide else _long(rows, edition, faults)
    wanted = None if only is None else frozenset(only)
    found = {record.code: record for record in records if wanted is None or record.code in wanted}
    faults.raise_all(path.name)
    return found


def identity_gaps(
    costs: VariantCosts, weq: float, reference_cost: float, reference_co2: float
) -> IdentityGaps:
    """Check the published totals of one variant against their parts.

    Parameters
    ----------
    costs : VariantCosts
        With totals and cost items.
    weq : float
    reference_cost : float
        K17 of the reference in 2030. [€/yr]
    reference_co2 : float
        H15 of the reference in 2030, more than 0. [tonne/yr]

    Raises
    ------
    ValueError
        If the totals or items are not there.
    """
    if costs.total is None or costs.per_tonne is None or not costs.items:
        raise ValueError("this variant has no totals and cost items")
    return IdentityGaps(
        costs.total - (sum(costs.items.values()) - reference_cost),
        costs.per_tonne - costs.total / reference_co2,
        costs.per_weq - costs.total / weq,
    )


def _check_edition(edition: int, file: str) -> None:
    if edition in EDITIONS:
        return
    code = "edition.not_yet" if edition in KNOWN_EDITIONS else "edition.unknown"
    raise InputError(
        f"startanalyse.{code}",
        where=Place(file, None, "edition"),
        found=edition,
        remedy="Supported now: {supported}. Variant codes differ between editions.",
        supported=", ".join(map(str, EDITIONS)),
    )


def _check_header(header: Collection[str], file: str, wide: bool, faults: Faults) -> None:
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


def _wide(rows: Iterator[Row], edition: int, faults: Faults) -> Iterator[NeighbourhoodCosts]:
    seen: set[str] = set()
    for row in rows:
        with faults.collecting():
            code = _neighbourhood(row)
            if code in seen:
                raise _duplicate(row, "BU_CODE", code)
            seen.add(code)
            yield _wide_record(row, code, edition)


def _wide_record(row: Row, code: str, edition: int) -> NeighbourhoodCosts:
    faults = Faults()
    numbers: dict[str, float | None] = {}
    for column in row.cells:
        if column.endswith("_H18") or column in _WIDE[4:9]:
            with faults.collecting():
                numbers[column] = _number(row, column)
    winner = None
    with faults.collecting():
        winner = _winner(row)
    for column in _WIDE[4:9]:
        with faults.collecting():
            _check_amount(row, column, numbers.get(column), positive=column == "I11_aantalweq")
    names = _names(row, ("I02_buurtnaam", "I06_gemeentenaam"), "I05_gemeentecode", faults)
    faults.raise_all(row.file)
    variants = {
        VariantKey(edition, column[:3]): VariantCosts.model_construct(
            per_weq=value, total=None, per_tonne=None, items={}
        )
        for column, value in numbers.items()
        if column.endswith("_H18") and value is not None
    }
    return NeighbourhoodCosts.model_construct(
        code=code,
        name=names[0],
        municipality_code=names[2],
        municipality=names[1],
        weq=numbers["I11_aantalweq"],
        dwellings=numbers["I09_aantalwoningen"],
        non_residential=numbers["I10_aantalutiliteitsgebouwen"],
        reference_co2=numbers["ref_2030_H15"],
        reference_cost=numbers["ref_2030_K17"],
        winner=winner,
        variants=variants,
    )


def _long(rows: Iterator[Row], edition: int, faults: Faults) -> Iterator[NeighbourhoodCosts]:
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
                    remedy="Name, municipality and weq must be the same in all rows of {code}.",
                    code=code,
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
    numbers: dict[str, float | None] = {}
    for column in ("weq", *_TOTALS, *COST_ITEMS):
        with faults.collecting():
            numbers[column] = _number(row, column)
    with faults.collecting():
        _check_amount(row, "weq", numbers.get("weq"), positive=True)
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


def _check_amount(row: Row, column: str, value: float | None, *, positive: bool) -> None:
    if value is None and not positive:
        return
    if value is None or value < 0 or (positive and value == 0):
        raise InputError(
            "number.not_positive" if positive else "number.negative",
            where=row.place(column),
            found=row[column],
            remedy="Write a number above 0." if positive else "Write 0 or more.",
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
            texts[index] = clean_text(row[column], row.place(column))
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


def _unknown_variant(row: Row, column: str, code: str) -> InputError:
    return InputError(
        "startanalyse.unknown_variant",
        where=row.place(column),
        found=code,
        remedy="Edition 2020 knows these variants: {known}.",
        known=", ".join(VARIANTS_2020),
    )


def _duplicate(row: Row, column: str, found: str) -> InputError:
    return InputError(
        "id.duplicate",
        where=row.place(column),
        found=found,
        remedy="Keep one of them, or rename one.",
    )
