"""Which formula belongs to which criterion: its named inputs and its terms.

The result of every criterion is the sum of its counted terms; terms beside it are shown and
never added. `CriterionFormula.terms` takes arrays by input name and gives arrays by term
name, so one evaluation serves any number of draws. An input that does not concern a
technique, such as the price of network heat for a boiler, is left out, and so is its term.

Money of today and money of the Startanalyse (euro of 2018 without VAT) meet only in
`_to_today`. What a resident pays is told as the difference with today's heating of the same
dwelling, the reference: both go through the same lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from waardeweging.effects import formulas
from waardeweging.effects.energy import Use, energy_use, space_heat
from waardeweging.problem.arrays import FloatArray

Inputs = Mapping[str, FloatArray]
Terms = dict[str, FloatArray]

REFERENCE = "T0"
INDIVIDUAL = frozenset({"O6"})
NETWORK_RATES: Mapping[str, str] = {
    "O1": "rate_public",
    "O2": "rate_members",
    "O3": "rate_public",
    "O4": "rate_members",
}
"""Return that a network asks, by organisation form; other forms ask the maximum tariff."""

_PARTS = (
    "pump_share",
    "pump_share_water",
    "spf_space",
    "spf_water",
    "efficiency_space",
    "efficiency_water",
    "network_heat",
    "source_network",
    "auxiliary",
)
_CAPITAL = ("investment", "subsidy", "replacement", "long_lived_share")
_LIVES = ("subsidy_share", "life_installation", "life_network")
_GREEN = ("year", "green_gas_share_now", "green_gas_share_2030", "green_gas_share_2050")
_HEAT = ("heat_now", "hot_water", "space_saving")
_PRICES = ("gas_price", "electricity_price", "green_gas_premium", "gas_standing", *_GREEN)
_TARIFF = ("heat_price", "heat_standing", "cost_based")
_NETWORK = ("network_rate", "network_life", "network_subsidy", "network_capital", "network_running")
_TO_TODAY = ("price_index", "vat", "rate_startanalyse")
_INSULATION = ("insulation", "insulation_subsidy")
_ONE = np.array(1.0)
_NOTHING = np.array(0.0)


@dataclass(frozen=True, slots=True)
class CriterionFormula:
    """How the effect on one criterion follows from named inputs.

    Parameters
    ----------
    id : str
        Name of the formula, for its explanation in words.
    criterion : str
    unit : str
        Of the result.
    inputs : tuple of str
        Scenario parameters, properties of the technique and facts that it needs; a name with
        ``?`` may be unknown.
    terms : callable
        From arrays by input name to arrays by term name.
    reference : tuple of str
        Properties of the reference technique; their names begin with ``reference_``.
    beside : mapping of str to str
        Terms that are shown and not added, with their unit.
    """

    id: str
    criterion: str
    unit: str
    inputs: tuple[str, ...]
    terms: Callable[[Inputs], Terms]
    reference: tuple[str, ...] = ()
    beside: Mapping[str, str] | None = None


def _use(x: Inputs, share: FloatArray = _ONE, which: str = "") -> Use:
    """Give what the option takes in, or the reference at today's insulation.

    Parameters
    ----------
    x : mapping
    share : array
        Part of the demand of the mean dwelling: 1, or that of somebody who heats little.
    which : str
        ``reference_``, or empty for the option itself.
    """
    saving = _NOTHING if which else x.get("space_saving", _NOTHING)
    heat, water = x["heat_now"], x["hot_water"]
    parts = {name: x.get(which + name, _UNUSED[name]) for name in _PARTS}
    return energy_use(share * space_heat(heat, water, saving), share * water, **parts)


_UNUSED: Mapping[str, FloatArray] = {
    name: _ONE if name.startswith(("spf", "efficiency")) else _NOTHING for name in _PARTS
}


def _yearly_cost(x: Inputs) -> Terms:
    use, now = _use(x), _use(x, which="reference_")
    own = {
        **_energy(x, use),
        **_fixed(x),
        **_network(x, _ONE),
        "maintenance": x.get("maintenance", _NOTHING),
        **_capital(x, x["rate_owner"]),
        **_insulated(x, x["rate_owner"]),
    }
    today = sum(
        (
            *_energy(x, now, "reference_").values(),
            x["gas_standing"],
            x["reference_maintenance"],
            *_capital(x, x["rate_owner"], "reference_").values(),
        ),
        _NOTHING,
    )
    return {
        **own,
        "today": -today,
        "whole": np.asarray(sum(own.values(), _NOTHING)),
        **_uses(use),
        **_top(x, use),
    }


def _uses(use: Use) -> Terms:
    return {
        "gas_use": use.gas,
        "electricity_use": use.electricity,
        "network_use": use.network,
    }


def _energy(x: Inputs, use: Use, which: str = "") -> Terms:
    """Give what the energy costs; a term for every carrier that the technique takes."""
    found = {
        "gas": use.gas * x["gas_price"],
        "electricity": use.electricity * x["electricity_price"],
    }
    if which:
        return found
    if "green_gas_premium" in x:
        found["green_gas_premium"] = use.gas * x["green_gas_premium"] * _green_share(x)
    if "heat_price" in x:
        found["network_heat"] = (1 - x["cost_based"]) * use.network * x["heat_price"]
    return found


def _green_share(x: Inputs) -> FloatArray:
    return formulas.at_year(
        x["year"],
        x["green_gas_share_now"],
        x["green_gas_share_2030"],
        x["green_gas_share_2050"],
    )


def _fixed(x: Inputs) -> Terms:
    """Give the standing charges: of gas, and the fixed part of the maximum heat tariff."""
    found: Terms = {}
    if "gas_connection" in x:
        found["gas_standing"] = x["gas_connection"] * x["gas_standing"]
    if "heat_standing" in x:
        found["heat_standing"] = (1 - x["cost_based"]) * x["heat_standing"]
    return found


def _network(x: Inputs, share: FloatArray) -> Terms:
    """Give the tariff of a network that may ask its own costs, without a connection fee.

    Parameters
    ----------
    x : mapping
    share : array
        Part of the bill of the mean dwelling that this one pays. [0–1]
    """
    if "network_rate" not in x:
        return {}
    part, rate, life = x["cost_based"] * share, x["network_rate"], x["network_life"]
    factor = formulas.capital_recovery_factor(rate, life)
    shown = formulas.capital_recovery_factor(x["rate_startanalyse"], life)
    today = _to_today(x)
    return {
        "network_capital": part * x["network_capital"] * today * factor / shown,
        "network_running": part * x["network_running"] * today,
        "network_subsidy": -part
        * x["network_subsidy"]
        * x["subsidy_share"]
        * (1 + x["vat"])
        * factor,
        "network_fee": -part * x["investment"] * factor,
    }


def _to_today(x: Inputs) -> FloatArray:
    """Give euro of today with VAT for one euro of 2018 without."""
    return x["price_index"] * (1 + x["vat"])


def _capital(x: Inputs, rate: FloatArray, which: str = "") -> Terms:
    """Give the yearly payments for the installation, at the rate of who pays."""
    short = formulas.capital_recovery_factor(rate, x["life_installation"])
    factor = formulas.blended_recovery_factor(
        rate, x["life_installation"], x["life_network"], x.get(which + "long_lived_share", _NOTHING)
    )
    found = {"capital": x[which + "investment"] * factor}
    if which + "subsidy" in x:
        granted = formulas.granted_subsidy(
            x[which + "investment"], x[which + "subsidy"], x["subsidy_share"]
        )
        found["capital_subsidy"] = -granted * factor
    if which + "replacement" in x:
        found["capital_replacement"] = x[which + "replacement"] * short
    return found


def _insulation(x: Inputs) -> FloatArray:
    """Give what insulation costs at once: the investment behind the yearly cost of PBL [€]."""
    shown = formulas.capital_recovery_factor(x["rate_startanalyse"], x["life_network"])
    return np.asarray(x["insulation"] / shown * _to_today(x))


def _insulated(x: Inputs, rate: FloatArray) -> Terms:
    """Give the yearly payments for insulation, a mean over dwellings that need it or not."""
    if "insulation" not in x:
        return {}
    yearly = _insulation(x) * formulas.capital_recovery_factor(rate, x["life_network"])
    return {
        "insulation": yearly,
        "insulation_subsidy": -yearly * x["insulation_subsidy"] * x["subsidy_share"],
    }


def _top(x: Inputs, use: Use) -> Terms:
    """Give how far a network's own costs lie above the maximum tariff: its unprofitable top."""
    if "network_rate" not in x:
        return {}
    asked = sum(_network({**x, "cost_based": _ONE}, _ONE).values(), _NOTHING)
    return {"above_maximum": asked - use.network * x["heat_price"] - x["heat_standing"]}


def _contribution(x: Inputs) -> Terms:
    found = {"investment": x["investment"]}
    if "subsidy" in x:
        found["subsidy"] = -formulas.granted_subsidy(
            x["investment"], x["subsidy"], x["subsidy_share"]
        )
    if "insulation" in x:
        once = _insulation(x)
        found["insulation"] = once
        found["insulation_subsidy"] = -once * x["insulation_subsidy"] * x["subsidy_share"]
    return found


def _low_use_tenant(x: Inputs) -> Terms:
    share, rate = x["low_use_share"], x["rate_corporation"]
    use, now = _use(x, share), _use(x, share, "reference_")
    bill = (
        _network(x, x["fixed_share_tariff"] + (1 - x["fixed_share_tariff"]) * share)
        if ("network_rate" in x)
        else {}
    )
    gas = sum(_energy(x, now, "reference_").values(), _NOTHING) + x["gas_standing"]
    landlord = sum(
        (*_capital(x, rate).values(), *_insulated(x, rate).values()), x.get("maintenance", _NOTHING)
    )
    before = sum(_capital(x, rate, "reference_").values(), x["reference_maintenance"])
    return {
        **_energy(x, use),
        **_fixed(x),
        **bill,
        "gas_bill": -gas,
        "passed_on": x["pass_through"] * (landlord - before),
        **_uses(use),
    }


def _emissions(x: Inputs) -> Terms:
    use = _use(x)
    power = formulas.at_year(
        x["year"],
        x["emission_electricity_now"],
        x["emission_electricity_2030"],
        x["emission_electricity_2050"],
    )
    found = {"electricity": use.electricity * power}
    if "gas_connection" in x:
        green = _green_share(x) * x["green_gas"] if "green_gas" in x else _NOTHING
        found["gas"] = use.gas * (1 - green) * x["emission_gas"]
        if "green_gas" in x:
            found["green_gas"] = use.gas * green * x["emission_green_gas"]
    if "emission_heat_now" in x:
        network = formulas.at_year(
            x["year"], x["emission_heat_now"], x["emission_heat_2030"], x["emission_heat_2050"]
        )
        loss = x.get("network_loss", _NOTHING)
        found["network_heat"] = use.network * network / (1 - loss)
    return {**found, **_uses(use)}


def _say(x: Inputs) -> Terms:
    share = x["owner_share"]
    return {
        "owners": formulas.mean_say(share, x["say_owner"], 0.0),
        "tenants": formulas.mean_say(share, 0.0, x["say_tenant"]),
    }


def _peak(x: Inputs) -> Terms:
    terms = {
        "peak": x["peak"],
        "neighbourhood": formulas.neighbourhood_peak(x["peak"], x["dwellings"]),
        "extra": formulas.neighbourhood_peak(x["peak"] - x["reference_peak"], x["dwellings"]),
    }
    if "free_grid_capacity" in x:
        terms["free_capacity"] = x["free_grid_capacity"]
        terms["shortfall"] = formulas.grid_shortfall(
            x["peak"], x["reference_peak"], x["dwellings"], x["free_grid_capacity"]
        )
    return terms


_REFERENCE_USE = ("efficiency_space", "efficiency_water", "auxiliary")
_REFERENCE_COST = ("investment", "maintenance")
_USE_UNITS = {
    "gas_use": "m³/dwelling/yr",
    "electricity_use": "kWh/dwelling/yr",
    "network_use": "GJ/dwelling/yr",
}

FORMULAS: Mapping[str, CriterionFormula] = {
    one.criterion: one
    for one in (
        CriterionFormula(
            id="yearly_heat_cost",
            criterion="K2",
            unit="€/dwelling/yr",
            inputs=(
                *_HEAT,
                *_PARTS,
                *_PRICES,
                "gas_connection",
                *_TARIFF,
                *_NETWORK,
                *_TO_TODAY,
                *_INSULATION,
                "maintenance",
                *_CAPITAL,
                "rate_owner",
                *_LIVES,
            ),
            reference=(*_REFERENCE_USE, *_REFERENCE_COST),
            terms=_yearly_cost,
            beside={
                "whole": "€/dwelling/yr",
                **_USE_UNITS,
                "above_maximum": "€/dwelling/yr",
            },
        ),
        CriterionFormula(
            id="own_contribution",
            criterion="K3",
            unit="€/dwelling",
            inputs=(
                "investment",
                "subsidy",
                "subsidy_share",
                *_INSULATION,
                *_TO_TODAY,
                "life_network",
            ),
            terms=_contribution,
        ),
        CriterionFormula(
            id="low_use_tenant",
            criterion="S1",
            unit="€/dwelling/yr",
            inputs=(
                "low_use_share",
                *_HEAT,
                *_PARTS,
                *_PRICES,
                "gas_connection",
                *_TARIFF,
                *_NETWORK,
                "fixed_share_tariff",
                *_TO_TODAY,
                *_INSULATION,
                "pass_through",
                "maintenance",
                *_CAPITAL,
                "rate_corporation",
                *_LIVES,
            ),
            reference=(*_REFERENCE_USE, *_REFERENCE_COST),
            terms=_low_use_tenant,
            beside=_USE_UNITS,
        ),
        CriterionFormula(
            id="chain_emissions",
            criterion="L1",
            unit="kg/dwelling/yr",
            inputs=(
                *_HEAT,
                *_PARTS,
                *_GREEN,
                "gas_connection",
                "green_gas",
                "emission_gas",
                "emission_green_gas",
                "emission_electricity_now",
                "emission_electricity_2030",
                "emission_electricity_2050",
                "emission_heat_now",
                "emission_heat_2030",
                "emission_heat_2050",
                "network_loss",
            ),
            terms=_emissions,
            beside=_USE_UNITS,
        ),
        CriterionFormula(
            id="electric_peak",
            criterion="L2",
            unit="kW/dwelling",
            inputs=("peak", "dwellings", "free_grid_capacity?"),
            reference=("peak",),
            terms=_peak,
            beside={"neighbourhood": "kW", "extra": "kW", "free_capacity": "kW", "shortfall": "kW"},
        ),
        CriterionFormula(
            id="say_of_residents",
            criterion="D1",
            unit="0-5",
            inputs=("owner_share", "say_owner", "say_tenant"),
            terms=_say,
        ),
    )
}
CALCULATED = tuple(FORMULAS)
