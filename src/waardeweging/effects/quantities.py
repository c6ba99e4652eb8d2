"""What the formulas take: in which unit each number stands, and between which bounds.

Nothing is converted, and a number beyond its bounds is a slip of the pen: a rate of 4
instead of 0.04, a share in percent, a life of 0 years.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.numbers import LARGEST


@dataclass(frozen=True, slots=True)
class Quantity:
    """What one number must be.

    Parameters
    ----------
    unit : str
    least, most : float
        Bounds that belong to it.
    """

    unit: str
    least: float = 0.0
    most: float = LARGEST


_SHARE = Quantity("share", most=1.0)
_SWITCH = Quantity("0-1", most=1.0)
_RATE = Quantity("1/yr", most=1.0)
_LIFE = Quantity("yr", least=1.0, most=1000.0)
_STEP = Quantity("0-5", most=5.0)
_PER_DWELLING = Quantity("€/dwelling")
_YEARLY = Quantity("€/dwelling/yr")


def _emission(per: str) -> Quantity:
    """Emissions may be below zero: carbon can be kept out of the air."""
    return Quantity(f"kg/{per}", least=-LARGEST)


PROPERTIES: Mapping[str, Quantity] = MappingProxyType(
    {
        "investment": _PER_DWELLING,
        "subsidy": _PER_DWELLING,
        "replacement": _PER_DWELLING,
        "long_lived_share": _SHARE,
        "maintenance": _YEARLY,
        "gas_per_gj": Quantity("m³/GJ"),
        "electricity_per_gj": Quantity("kWh/GJ"),
        "heat_per_gj": Quantity("GJ/GJ"),
        "gas_connection": _SWITCH,
        "heat_connection": _SWITCH,
        "green_gas": _SWITCH,
        "emission_heat_now": _emission("GJ"),
        "emission_heat_2030": _emission("GJ"),
        "emission_heat_2050": _emission("GJ"),
        "peak": Quantity("kW/dwelling"),
    }
)
"""By name of a property of a technique."""

_PARAMETERS: Mapping[str, Quantity] = MappingProxyType(
    {
        "heat_demand": Quantity("GJ/yr"),
        "low_use_heat": Quantity("GJ/yr"),
        "gas_price": Quantity("€/m³"),
        "electricity_price": Quantity("€/kWh"),
        "heat_price": Quantity("€/GJ"),
        "gas_standing": _YEARLY,
        "heat_standing": _YEARLY,
        "heat_set_rent": _YEARLY,
        "green_gas_premium": Quantity("€/m³"),
        "green_gas_share_now": _SHARE,
        "green_gas_share_2030": _SHARE,
        "green_gas_share_2050": _SHARE,
        "emission_gas": _emission("m³"),
        "emission_green_gas": _emission("m³"),
        "emission_electricity_now": _emission("kWh"),
        "emission_electricity_2030": _emission("kWh"),
        "emission_electricity_2050": _emission("kWh"),
        "year": Quantity("year", least=2000.0, most=2100.0),
        "subsidy_share": _SHARE,
        "pass_through": _SHARE,
        "rate_owner": _RATE,
        "rate_landlord": _RATE,
        "rate_corporation": _RATE,
        "rate_society": _RATE,
        "life_installation": _LIFE,
        "life_network": _LIFE,
        "say_owner": _STEP,
        "say_tenant": _STEP,
    }
)
_INSULATION = "insulation_cost_"


def parameter_quantity(name: str) -> Quantity | None:
    """Give what a scenario parameter must be; None when no formula takes it."""
    return _PER_DWELLING if name.startswith(_INSULATION) else _PARAMETERS.get(name)


def check_quantity(
    given: Mapping[str, object], wanted: Quantity, place: Place, faults: Faults
) -> None:
    """Refuse another unit, and numbers beyond the bounds; what is no number is left alone.

    Parameters
    ----------
    given : mapping
        With ``unit``, ``low``, ``mid`` and ``high``, as far as they could be read.
    wanted : Quantity
    place : Place
        Of the row or section.
    faults : Faults
    """
    unit = given.get("unit")
    if isinstance(unit, str) and unit != wanted.unit:
        faults.add(
            InputError(
                "parameter.unit",
                where=Place(place.file, place.row, "unit"),
                found=unit,
                remedy="This number is in '{unit}'; convert it to that unit.",
                unit=wanted.unit,
            )
        )
    for end in ("low", "mid", "high"):
        value = given.get(end)
        if isinstance(value, int | float) and math.isfinite(value):
            _check_bounds(float(value), wanted, Place(place.file, place.row, end), faults)


def _check_bounds(value: float, wanted: Quantity, place: Place, faults: Faults) -> None:
    if -LARGEST <= value < wanted.least:
        faults.add(
            InputError(
                "number.too_low",
                where=place,
                found=f"{value:g}",
                remedy="Write at least {least}.",
                least=f"{wanted.least:g}",
            )
        )
    if wanted.most < value <= LARGEST:
        faults.add(
            InputError(
                "number.too_high",
                where=place,
                found=f"{value:g}",
                remedy="Write at most {most}.",
                most=f"{wanted.most:g}",
            )
        )
