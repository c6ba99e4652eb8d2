"""Reads what tables said before 2026: use per GJ of heat, and one heat demand for everybody.

Such a table is brought to the performance that it implies. An efficiency or performance that
no device has is a fault, told with the number behind it; what is new is filled in as it was
then: nothing saved by insulation, networks at the maximum tariff.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waardeweging.effects.energy import GJ_PER_M3, implied_boiler, implied_pump
from waardeweging.effects.quantities import Quantity
from waardeweging.problem.errors import Faults, InputError, Place

USE: Mapping[str, Quantity] = {
    "gas_per_gj": Quantity("m³/GJ"),
    "electricity_per_gj": Quantity("kWh/GJ"),
    "heat_per_gj": Quantity("GJ/GJ"),
    "heat_connection": Quantity("0-1", most=1.0),
}
"""Properties of a technique that nobody types any more."""

LEAST_BOILER, MOST_BOILER = 0.75, 1.10
LEAST_PUMP, MOST_PUMP = 2.0, 6.0
_DEMANDS = ("heat_demand", "low_use_heat")
_GONE = ("heat_set_rent", "insulation_cost_b", "insulation_cost_d")


def performance(
    technique: str, use: Mapping[str, float], place: Place, faults: Faults
) -> dict[str, float]:
    """Give the performance that a use per GJ implies.

    Parameters
    ----------
    technique : str
    use : mapping of str to float
        Likely use per GJ of useful heat, by name in `USE`.
    place : Place
    faults : Faults
        Gets what no device can do.

    Returns
    -------
    dict of float
        By name of a property.
    """
    where = Place(place.file, place.row, technique)
    gas, power, heat = (use.get(name, 0.0) for name in list(USE)[:3])
    if heat > 0:
        if not 0.97 <= heat <= 1.4:
            faults.add(
                InputError(
                    "technique.network_use",
                    where=where,
                    found=f"{heat:.2f}",
                    remedy="A network delivers 1 GJ per GJ of heat, with at most 40 % lost on the "
                    "way. Write network_heat = 1 and network_loss.",
                )
            )
        return {"network_heat": 1.0}
    if gas > 0 and power == 0:
        boiler = float(implied_boiler(gas))
        if not LEAST_BOILER <= boiler <= MOST_BOILER:
            faults.add(
                InputError(
                    "technique.boiler",
                    where=where,
                    found=f"{boiler:.2f}",
                    remedy="{typed} m³ of gas per GJ is a boiler of {percent} %; 75 to 110 % "
                    "exists. Write efficiency_space and efficiency_water instead.",
                    typed=f"{gas:g}",
                    percent=f"{100 * boiler:.0f}",
                )
            )
        return {"efficiency_space": boiler, "efficiency_water": boiler, "gas_connection": 1.0}
    if power == 0:
        faults.add(
            InputError(
                "technique.no_heat",
                where=where,
                remedy="Nothing makes heat here. Write pump_share, gas_connection or network_heat.",
            )
        )
        return {}
    share = 1.0 - gas * GJ_PER_M3
    pump = float(implied_pump(power, max(share, 1e-9)))
    if not LEAST_PUMP <= pump <= MOST_PUMP:
        faults.add(
            InputError(
                "technique.pump",
                where=where,
                found=f"{pump:.2f}",
                remedy="{typed} kWh per GJ is a heat pump that gives {performance} times what it "
                "takes; 2 to 6 exists. Write spf_space_d, spf_space_b and spf_water instead.",
                typed=f"{power:g}",
                performance=f"{pump:.1f}",
            )
        )
    found = {f"spf_space_{level}": pump for level in ("today", "d", "b")}
    if gas > 0:
        return {**found, "pump_share": share, "pump_share_water": share, "gas_connection": 1.0}
    return {**found, "spf_water": pump, "pump_share": 1.0, "pump_share_water": 1.0}


def is_old(section: Mapping[str, Any]) -> bool:
    """Whether parameters are those of before 2026."""
    return "heat_demand" in section and "heat_now" not in section


def parameters(section: Mapping[str, Any]) -> dict[str, Any]:
    """Give today's parameters for a section of before 2026.

    Parameters
    ----------
    section : mapping
        ``[parameters]`` as TOML gives it.
    """
    found = {name: one for name, one in section.items() if name not in (*_DEMANDS, *_GONE)}
    demand, low_use = (dict(section.get(name, {})) for name in _DEMANDS)
    found["heat_now"] = {**demand, "unit": "GJ/dwelling/yr"}
    middle = demand.get("mid")
    if low_use and isinstance(middle, int | float) and middle > 0:
        ends = {
            end: low_use[end] / middle
            for end in ("low", "mid", "high")
            if isinstance(low_use.get(end), int | float)
        }
        found["low_use_share"] = {**low_use, **ends, "unit": "share"}
    rest = {"grounds": "definition", "source": demand.get("source", "definition")}
    for name, value, unit in (
        ("hot_water", 0.0, "GJ/dwelling/yr"),
        ("space_saving_d", 0.0, "share"),
        ("space_saving_b", 0.0, "share"),
        ("insulation_d", 0.0, "€ 2018/weq/yr"),
        ("insulation_b", 0.0, "€ 2018/weq/yr"),
        ("insulation_subsidy", 0.0, "share"),
        ("price_index", 1.0, "index"),
        ("vat", 0.21, "share"),
        ("rate_startanalyse", 0.03, "1/yr"),
    ):
        band = {"low": value, "mid": value, "high": value}
        found.setdefault(name, {**rest, **band, "unit": unit})
    return found
