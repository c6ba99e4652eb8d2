"""What the files of the Startanalyse 2025 hold: columns, indicators and variants."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from waardeweging.problem.errors import InputError
from waardeweging.problem.importers.startanalyse_costs import COST_ITEMS
from waardeweging.problem.tables import Row

EDITION = 2025
VARIANTS_2025: Mapping[str, str] = {
    "s1a": "B, air heat pump",
    "s1b": "B, ground heat pump",
    "s2a": "B, residual heat",
    "s2b": "B, geothermal inside its contour",
    "s2c": "B, geothermal anywhere",
    "s2d": "D, residual heat",
    "s2e": "D, geothermal inside its contour",
    "s2f": "D, geothermal anywhere",
    "s3a": "B, low temperature 30/30",
    "s3b": "B, heat and cold storage 15/15",
    "s3c": "B, heat and cold storage 15/70",
    "s3d": "B, heat and cold storage 15/50",
    "s3e": "B, heat from surface water 15/15",
    "s3f": "D, low temperature 30/70",
    "s3g": "D, heat and cold storage 15/15",
    "s3h": "D, heat and cold storage 15/70",
    "s4a": "B, climate neutral gas with hybrid heat pump",
    "s4b": "D, climate neutral gas with hybrid heat pump",
    "s3b_buurt": "B, neighbourhood heat and cold storage, as s3b",
    "s3c_buurt": "B, neighbourhood heat and cold storage, as s3c",
    "s3d_buurt": "B, neighbourhood heat and cold storage, as s3d",
    "s3e_buurt": "B, neighbourhood heat and cold storage, as s3e",
    "s3g_buurt": "D, neighbourhood heat and cold storage, as s3g",
    "s3h_buurt": "D, neighbourhood heat and cold storage, as s3h",
}
CODE = re.compile(r"BU\d{4}[0-9A-Z]{4}", re.ASCII)
MUNICIPALITY = re.compile(r"GM\d{4}", re.ASCII)
CO2, TOTAL, PER_TONNE, PER_WEQ = (
    "H15_CO2_uitstoot",
    "H16_Nat_meerkost",
    "H17_Nat_meerkost_CO2",
    "H18_Nat_meerkost_WEQ",
)
MAIN = (CO2, TOTAL, PER_TONNE, PER_WEQ)
WINNER = "V01_Strategievariant"
LOWEST = "Laagste_Nationale_Kosten"
# The name of a file that was left in the header: lowest costs without climate neutral gas.
LOWEST_WITHOUT_GAS = "LN_0BCM_combined.csv"
REFERENCE = "Referentie_2030"
STRATEGIES = ("Strategie_1", "Strategie_2", "Strategie_3", "Strategie_4")
DWELLINGS = "I09_aantal_woningen [Aansluiting]"
NON_RESIDENTIAL = "I10_aantal_utiliteit [Aansluiting]"
WEQ = "I11_woningequivalenten [Woning]"
AMOUNTS = (DWELLINGS, NON_RESIDENTIAL, WEQ)


@cache
def schema() -> Any:
    """Give the columns and indicators of the files of this edition."""
    text = files(__package__).joinpath("startanalyse_2025.json").read_text(encoding="utf-8")
    return json.loads(text)


@cache
def strategy_columns() -> tuple[str, ...]:
    """Give the columns of ``{Gemeente}_strategie.csv``."""
    return tuple(schema()["strategie"]["columns"])


@cache
def indicators() -> Mapping[str, str]:
    """Give the unit of each indicator; every neighbourhood has a row of each."""
    units: dict[str, str] = schema()["strategie"]["indicators"]
    return units


@cache
def variant_columns() -> Mapping[str, str]:
    """Give the column of each variant by its code."""
    found = {}
    for name in strategy_columns():
        kind, _, rest = name.partition("_")
        if kind == "Variant":
            found[rest[:3]] = name
        elif kind == "Supplementair":
            found[f"{rest[:3].lower()}_buurt"] = name
    return found


@cache
def value_columns() -> tuple[str, ...]:
    """Give the columns of which numbers are read in a row of an indicator."""
    return (*variant_columns().values(), *STRATEGIES, REFERENCE)


@cache
def item_names() -> Mapping[str, str]:
    """Give the name of each cost item, as in edition 2020, by its indicator."""
    return {name: name[:3] for name in indicators() if name[:3] in COST_ITEMS}


def neighbourhood_code(row: Row) -> str:
    """Give the CBS code of a row; since 2022 it has letters in Amsterdam."""
    code = row["I01_buurtcode"].strip()
    if not CODE.fullmatch(code):
        raise InputError(
            "startanalyse.neighbourhood_code",
            where=row.place("I01_buurtcode"),
            found=code,
            remedy="Write the CBS code: BU and eight digits, for example BU01934000.",
        )
    return code
