"""Reads the Startanalyse 2019 of PBL: the strategy with the lowest national costs.

One file is known, ``Strategie_6_Hoofdindicatoren.csv``: per neighbourhood the code of
the winner and its main indicators, and nothing of the other variants. H16 is
what edition 2020 calls H18, the cost in €/weq/yr. Dwelling equivalents and names
are not in the file. A neighbourhood with nothing to heat has winner ``geen`` and
zeros; those are no costs.

Source and licence: PBL (2019), Startanalyse aardgasvrije buurten, open data; name
"PBL (2019), Startanalyse aardgasvrije buurten" wherever a figure is shown.

References
----------
PBL (2019), Startanalyse aardgasvrije buurten.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from waardeweging.problem.errors import Faults, InputError
from waardeweging.problem.importers.notation import Notation, notation_of, read_optional
from waardeweging.problem.importers.startanalyse_costs import VariantCosts
from waardeweging.problem.importers.startanalyse_header import header_faults
from waardeweging.problem.importers.streaming import FewFaults, at_most, stream_rows
from waardeweging.problem.tables import Row

EDITION = 2019
LICENCE = "PBL open data"
VARIANTS_2019: Mapping[str, str] = {
    "s1a": "air heat pump",
    "s1b": "ground heat pump",
    "s2a": "residual heat",
    "s2b": "geothermal inside its contour",
    "s2c": "geothermal anywhere",
    "s2d": "biomass, heat and power",
    "s3a": "low temperature 30/30",
    "s3b": "low temperature 30/70",
    "s3c": "low temperature 30/50",
    "s3d": "heat and cold storage",
    "s3e": "heat from surface water",
    "s4a": "renewable gas with hybrid heat pump",
    "s5a": "renewable gas with boiler",
}
COLUMNS = (
    "BU_CODE",
    "V01_Strategievariant",
    "H01_warmtetotaal",
    "H02_Vraag_aardgas",
    "H03_Vraag_hernieuwbaargas",
    "H04_Vraag_elekwarmte",
    "H05_Vraag_MTwarmte",
    "H06_Vraag_LTwarmte",
    "H07_Warmte_hectare",
    "H08_Vraag_Koude",
    "H09_Vraag_elektotaal",
    "H10_CO2_reductie",
    "H11_Nat_abskosten",
    "H12_Nat_meerkosten",
    "H13_Nat_meerkost_CO2",
    "H14_waarde_hernieuwbaar_gas",
    "H15_beschikbaarheid_hernieuwbaar_gas",
    "H16_Nat_meerkost_WEQ",
)
_NO_STRATEGY = "geen"
_NOT_NUMBERS = {"BU_CODE", "V01_Strategievariant", "H15_beschikbaarheid_hernieuwbaar_gas"}
_NUMBERS = tuple(name for name in COLUMNS if name not in _NOT_NUMBERS)
_USED = (
    "H10_CO2_reductie",
    "H12_Nat_meerkosten",
    "H13_Nat_meerkost_CO2",
    "H16_Nat_meerkost_WEQ",
)
_CODE = re.compile(r"BU\d{8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class WinnerCosts:
    """What the Startanalyse 2019 says about one neighbourhood: its winner.

    Parameters
    ----------
    code, municipality_code : str
        CBS codes.
    winner : str, optional
        Variant code as published; None where there is nothing to heat.
    costs : VariantCosts, optional
        Of the winner.
    co2_reduction : float, optional
        H10. [tonne/yr]
    """

    code: str
    municipality_code: str
    winner: str | None = None
    costs: VariantCosts | None = None
    co2_reduction: float | None = None


def read_startanalyse_2019(
    paths: Iterable[Path], faults: Faults, *, only: Collection[str] | None = None
) -> Iterator[WinnerCosts]:
    """Read ``Strategie_6_Hoofdindicatoren.csv``, one neighbourhood at a time.

    Parameters
    ----------
    paths : iterable of Path
        CSV with exactly `COLUMNS`, gzipped or not; one for the country, or one per part.
    faults : Faults
        Gathers what is wrong in files, rows and cells.
    only : collection of str, optional
        Keep these neighbourhoods; the files are checked all the same.

    Yields
    ------
    WinnerCosts
        In the order of the files.
    """
    seen: set[str] = set()
    for path in paths:
        with faults.collecting():
            for record in _records(path, faults, seen):
                if only is None or record.code in only:
                    yield record


def _records(path: Path, faults: Faults, seen: set[str]) -> Iterator[WinnerCosts]:
    notation = _notation(path)
    rows = stream_rows(path, faults)
    wrong = header_faults(next(rows), COLUMNS, EDITION)
    faults.add(*wrong)
    for row in () if wrong else at_most(rows, path.name):
        record = None
        with faults.collecting():
            record = _record(row, notation, seen)
        if record is not None:
            yield record


def _notation(path: Path) -> Notation:
    rows = stream_rows(path, FewFaults(path.name, 0))
    next(rows)
    return notation_of(row[name] for row in rows for name in _NUMBERS)


def _record(row: Row, notation: Notation, seen: set[str]) -> WinnerCosts:
    code = row["BU_CODE"].strip()
    if not _CODE.fullmatch(code):
        raise InputError(
            "startanalyse.neighbourhood_code",
            where=row.place("BU_CODE"),
            found=code,
            remedy="Write the CBS code: BU and eight digits, for example BU01934000.",
        )
    if code in seen:
        raise InputError(
            "id.duplicate",
            where=row.place("BU_CODE"),
            found=code,
            remedy="Keep one of them, or rename one.",
        )
    seen.add(code)
    faults = Faults()
    numbers: dict[str, float | None] = {}
    for name in _USED:
        with faults.collecting():
            numbers[name] = read_optional(row[name], notation, row.place(name))
    winner = row["V01_Strategievariant"].strip()
    if winner != _NO_STRATEGY and winner not in VARIANTS_2019:
        faults.add(
            InputError(
                "startanalyse.unknown_variant",
                where=row.place("V01_Strategievariant"),
                found=winner,
                remedy="Edition {edition} knows these variants: {known}.",
                edition=EDITION,
                known=", ".join((*VARIANTS_2019, _NO_STRATEGY)),
            )
        )
    faults.raise_all(row.file)
    municipality = f"GM{code[2:6]}"
    if winner == _NO_STRATEGY:
        return WinnerCosts(code, municipality)
    reduction, total, per_tonne, per_weq = (numbers[name] for name in _USED)
    if per_weq is None:
        return WinnerCosts(code, municipality, winner, None, reduction)
    costs = VariantCosts(per_weq=per_weq, total=total, per_tonne=per_tonne)
    return WinnerCosts(code, municipality, winner, costs, reduction)
