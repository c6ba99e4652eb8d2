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
    default : float or None
        What holds where a technique says nothing, such as no gas boiler; None when a number
        must be given.
    """

    unit: str
    least: float = 0.0
    most: float = LARGEST
    default: float | None = None


_SHARE = Quantity("share", most=1.0)
_NO_SHARE = Quantity("share", most=1.0, default=0.0)
_SWITCH = Quantity("0-1", most=1.0, default=0.0)
_RATE = Quantity("1/yr", most=1.0)
_LIFE = Quantity("yr", least=1.0, most=1000.0)
_STEP = Quantity("0-5", most=5.0)
_PER_DWELLING = Quantity("€/dwelling")
_NO_AMOUNT = Quantity("€/dwelling", default=0.0)
_YEARLY = Quantity("€/dwelling/yr")
_HEAT = Quantity("GJ/dwelling/yr")
# Of the Startanalyse 2020: euro of 2018 without VAT. Formulas convert them, so they never
# stand in one sum with amounts of today.
PBL_YEARLY = Quantity("€ 2018/weq/yr")
_NO_NETWORK = Quantity("€ 2018/weq/yr", default=0.0)
# A heat pump that gives more than six times, or less than twice, what it takes does not exist;
# electric heating without a pump gives what it takes.
_SPF_SPACE = Quantity("GJ/GJ", least=2.0, most=6.0, default=1.0)
_SPF_WATER = Quantity("GJ/GJ", least=0.9, most=6.0, default=1.0)
# On the lower heating value, so a condensing boiler may come above 1.
_EFFICIENCY = Quantity("GJ/GJ", least=0.5, most=1.1, default=1.0)


def _emission(per: str, default: float | None = None) -> Quantity:
    """Emissions may be below zero: carbon can be kept out of the air."""
    return Quantity(f"kg/{per}", least=-LARGEST, default=default)


PROPERTIES: Mapping[str, Quantity] = MappingProxyType(
    {
        "investment": _PER_DWELLING,
        "subsidy": _NO_AMOUNT,
        "replacement": _NO_AMOUNT,
        "long_lived_share": _NO_SHARE,
        "maintenance": Quantity("€/dwelling/yr", default=0.0),
        "pump_share": _NO_SHARE,
        "pump_share_water": _NO_SHARE,
        "spf_space_today": _SPF_SPACE,
        "spf_space_d": _SPF_SPACE,
        "spf_space_b": _SPF_SPACE,
        "spf_water": _SPF_WATER,
        "efficiency_space": _EFFICIENCY,
        "efficiency_water": _EFFICIENCY,
        "network_heat": _SWITCH,
        "source_network": _SWITCH,
        "network_loss": Quantity("share", most=0.4, default=0.0),
        "auxiliary": Quantity("kWh/dwelling/yr", default=0.0),
        "gas_connection": _SWITCH,
        "green_gas": _SWITCH,
        "network_capital": _NO_NETWORK,
        "network_running": _NO_NETWORK,
        "emission_heat_now": _emission("GJ", 0.0),
        "emission_heat_2030": _emission("GJ", 0.0),
        "emission_heat_2050": _emission("GJ", 0.0),
        "peak": Quantity("kW/dwelling", least=1.0),
    }
)
"""By name of a property of a technique. A peak holds the appliances of a dwelling, about 1 kW."""

_PARAMETERS: Mapping[str, Quantity] = MappingProxyType(
    {
        "heat_now": _HEAT,
        "owner_share": _SHARE,
        "hot_water": _HEAT,
        "low_use_share": _SHARE,
        "space_saving_d": _SHARE,
        "space_saving_b": _SHARE,
        "insulation_d": PBL_YEARLY,
        "insulation_b": PBL_YEARLY,
        "insulation_subsidy": _SHARE,
        "price_index": Quantity("index", least=0.5, most=5.0),
        "vat": _SHARE,
        "rate_startanalyse": _RATE,
        "gas_price": Quantity("€/m³"),
        "electricity_price": Quantity("€/kWh"),
        "heat_price": Quantity("€/GJ"),
        "gas_standing": _YEARLY,
        "heat_standing": _YEARLY,
        "cost_based_tariff": _SHARE,
        "fixed_share_tariff": _SHARE,
        "network_subsidy": _PER_DWELLING,
        "network_life": _LIFE,
        "rate_public": _RATE,
        "rate_members": _RATE,
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


def parameter_quantity(name: str) -> Quantity | None:
    """Give what a scenario parameter must be; None when no formula takes it."""
    return _PARAMETERS.get(name)


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
