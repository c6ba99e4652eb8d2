"""Which formula belongs to which criterion: its named inputs and its terms.

The result of every criterion is the sum of its counted terms; terms beside it
are shown and never added. `CriterionFormula.terms` takes arrays by input name
and gives arrays by term name, so one evaluation serves any number of draws.

Mid results stand near the typed figures of the option tables (for Berkum's
parameters), with these differences, on purpose:

- K2 of a technique on green gas is lower (boiler 2,506 against 2,750): the typed
  figure charged the premium on all gas while its CO₂ counted half as green. Here
  one share, ``green_gas_share``, sets both.
- K2 of the hybrid (2,299 against 2,390): the same.
- Bands are wider: low takes the favourable end of every input at once.
- L1 of the gas boiler has no band: 1,000–1,500 m³ in the typed figure was the
  spread between dwellings, not doubt about the reference dwelling.
- S1 is calculated for every technique. The typed figures for heat pumps and
  hybrids were judgements; the ground heat pump differs most, because the landlord
  passes part of its high investment on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from waardeweging.effects import formulas
from waardeweging.problem.arrays import FloatArray

Inputs = Mapping[str, FloatArray]
Terms = dict[str, FloatArray]

REFERENCE = "T0"
INDIVIDUAL = frozenset({"O6"})

_USE = ("gas_per_gj", "electricity_per_gj", "heat_per_gj")
_CONNECTIONS = ("gas_connection", "heat_connection")
_CAPITAL = ("investment", "subsidy", "replacement", "long_lived_share")
_LIVES = ("subsidy_share", "life_installation", "life_network")
_PRICES = ("gas_price", "electricity_price", "heat_price")
_GREEN = ("year", "green_gas_share_now", "green_gas_share_2030", "green_gas_share_2050")


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
    parameters : tuple of str
        Scenario parameters that it needs.
    properties : tuple of str
        Properties of the technique that it needs.
    terms : callable
        From arrays by input name to arrays by term name.
    reference : tuple of str
        Properties of the reference technique; their names begin with ``reference_``.
    facts : tuple of str
        Facts of the neighbourhood; a name with ``?`` may be unknown.
    beside : mapping of str to str
        Terms that are shown and not added, with their unit.
    """

    id: str
    criterion: str
    unit: str
    parameters: tuple[str, ...]
    properties: tuple[str, ...]
    terms: Callable[[Inputs], Terms]
    reference: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    beside: Mapping[str, str] | None = None


def _yearly_cost(x: Inputs) -> Terms:
    use = _energy_terms(x, x["heat_demand"])
    factor = formulas.blended_recovery_factor(
        x["rate_owner"], x["life_installation"], x["life_network"], x["long_lived_share"]
    )
    granted = formulas.granted_subsidy(x["investment"], x["subsidy"], x["subsidy_share"])
    short = formulas.capital_recovery_factor(x["rate_owner"], x["life_installation"])
    long = formulas.capital_recovery_factor(x["rate_owner"], x["life_network"])
    return {
        **use,
        "standing": _standing(x),
        "set_rent": x["heat_connection"] * x["heat_set_rent"],
        "maintenance": x["maintenance"],
        "capital": x["investment"] * factor,
        "capital_subsidy": -granted * factor,
        "capital_replacement": x["replacement"] * short,
        "insulation": x["insulation_cost"] * long,
        **_insulated(x),
    }


def _insulated(x: Inputs) -> Terms:
    """Give the part of the dwellings to which the cost of insulation applies, where known."""
    return {"insulation_share": x["below_label"]} if "below_label" in x else {}


def _energy_terms(x: Inputs, heat: FloatArray) -> Terms:
    return {
        "gas": formulas.energy_cost(heat, x["gas_per_gj"], x["gas_price"]),
        "green_gas_premium": formulas.energy_cost(heat, x["gas_per_gj"], _surcharge(x)),
        "electricity": formulas.energy_cost(heat, x["electricity_per_gj"], x["electricity_price"]),
        "network_heat": formulas.energy_cost(heat, x["heat_per_gj"], x["heat_price"]),
    }


def _surcharge(x: Inputs) -> FloatArray:
    return formulas.green_gas_surcharge(x["green_gas_premium"], _green_share(x), x["green_gas"])


def _green_share(x: Inputs) -> FloatArray:
    return formulas.at_year(
        x["year"],
        x["green_gas_share_now"],
        x["green_gas_share_2030"],
        x["green_gas_share_2050"],
    )


def _standing(x: Inputs) -> FloatArray:
    return x["gas_connection"] * x["gas_standing"] + x["heat_connection"] * x["heat_standing"]


def _contribution(x: Inputs) -> Terms:
    granted = formulas.granted_subsidy(x["investment"], x["subsidy"], x["subsidy_share"])
    return {
        "investment": x["investment"],
        "subsidy": -granted,
        "insulation": x["insulation_cost"],
        **_insulated(x),
    }


def _low_use_tenant(x: Inputs) -> Terms:
    heat = x["low_use_heat"]
    gas = formulas.energy_cost(heat, x["reference_gas_per_gj"], x["gas_price"])
    return {
        **_energy_terms(x, heat),
        "standing": _standing(x),
        "gas_bill": -(gas + x["gas_standing"]),
        "passed_on": x["pass_through"] * (_landlord(x) - _landlord(x, "reference_")),
    }


def _landlord(x: Inputs, which: str = "") -> FloatArray:
    """Give what the corporation pays a year for the installation of one dwelling [€/year]."""
    rate, life = x["rate_corporation"], x["life_installation"]
    factor = formulas.blended_recovery_factor(
        rate, life, x["life_network"], x[which + "long_lived_share"]
    )
    net = formulas.own_contribution(
        x[which + "investment"], x[which + "subsidy"], x["subsidy_share"]
    )
    later = x[which + "replacement"] * formulas.capital_recovery_factor(rate, life)
    rent = x[which + "heat_connection"] * x["heat_set_rent"]
    return net * factor + later + x[which + "maintenance"] + rent


def _emissions(x: Inputs) -> Terms:
    heat = x["heat_demand"]
    green = _green_share(x) * x["green_gas"]
    electricity = formulas.at_year(
        x["year"],
        x["emission_electricity_now"],
        x["emission_electricity_2030"],
        x["emission_electricity_2050"],
    )
    network = formulas.at_year(
        x["year"], x["emission_heat_now"], x["emission_heat_2030"], x["emission_heat_2050"]
    )
    return {
        "gas": formulas.chain_emissions(heat, x["gas_per_gj"], (1 - green) * x["emission_gas"]),
        "green_gas": formulas.chain_emissions(
            heat, x["gas_per_gj"], green * x["emission_green_gas"]
        ),
        "electricity": formulas.chain_emissions(heat, x["electricity_per_gj"], electricity),
        "network_heat": formulas.chain_emissions(heat, x["heat_per_gj"], network),
    }


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


FORMULAS: Mapping[str, CriterionFormula] = {
    one.criterion: one
    for one in (
        CriterionFormula(
            id="yearly_heat_cost",
            criterion="K2",
            unit="€/dwelling/yr",
            parameters=(
                "heat_demand",
                *_PRICES,
                "green_gas_premium",
                *_GREEN,
                "gas_standing",
                "heat_standing",
                "heat_set_rent",
                "rate_owner",
                *_LIVES,
                "insulation_cost",
            ),
            properties=(*_USE, *_CONNECTIONS, "green_gas", "maintenance", *_CAPITAL),
            terms=_yearly_cost,
            facts=("below_label?",),
            beside={"insulation": "€/dwelling/yr", "insulation_share": "share"},
        ),
        CriterionFormula(
            id="own_contribution",
            criterion="K3",
            unit="€/dwelling",
            parameters=("subsidy_share", "insulation_cost"),
            properties=("investment", "subsidy"),
            terms=_contribution,
            facts=("below_label?",),
            beside={"insulation": "€/dwelling", "insulation_share": "share"},
        ),
        CriterionFormula(
            id="low_use_tenant",
            criterion="S1",
            unit="€/dwelling/yr",
            parameters=(
                "low_use_heat",
                *_PRICES,
                "green_gas_premium",
                *_GREEN,
                "gas_standing",
                "heat_standing",
                "heat_set_rent",
                "pass_through",
                "rate_corporation",
                *_LIVES,
            ),
            properties=(*_USE, *_CONNECTIONS, "green_gas", "maintenance", *_CAPITAL),
            reference=("gas_per_gj", "heat_connection", "maintenance", *_CAPITAL),
            terms=_low_use_tenant,
        ),
        CriterionFormula(
            id="chain_emissions",
            criterion="L1",
            unit="kg/dwelling/yr",
            parameters=(
                "heat_demand",
                *_GREEN,
                "emission_gas",
                "emission_green_gas",
                "emission_electricity_now",
                "emission_electricity_2030",
                "emission_electricity_2050",
            ),
            properties=(
                *_USE,
                "green_gas",
                "emission_heat_now",
                "emission_heat_2030",
                "emission_heat_2050",
            ),
            terms=_emissions,
        ),
        CriterionFormula(
            id="electric_peak",
            criterion="L2",
            unit="kW/dwelling",
            parameters=(),
            properties=("peak",),
            reference=("peak",),
            facts=("dwellings", "free_grid_capacity?"),
            terms=_peak,
            beside={"neighbourhood": "kW", "extra": "kW", "free_capacity": "kW", "shortfall": "kW"},
        ),
        CriterionFormula(
            id="say_of_residents",
            criterion="D1",
            unit="0-5",
            parameters=("say_owner", "say_tenant"),
            properties=(),
            facts=("owner_share",),
            terms=_say,
        ),
    )
}
CALCULATED = tuple(FORMULAS)
