"""What an option costs the country here: as PBL published it, or derived from what it published.

The winner that PBL published is always among the options. Where its costs are not in the file
(networks on a low temperature), they lie below those of the published heat pumps and networks,
because it won of them; green gas is rationed, so it says nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from waardeweging.effects.energy import GJ_PER_KWH, GJ_PER_M3
from waardeweging.effects.formulas import capital_recovery_factor
from waardeweging.effects.heat_tables import NO_VARIANT, cost_like, variants_of
from waardeweging.problem.importers.startanalyse import (
    VARIANTS_2020,
    NeighbourhoodCosts,
    VariantKey,
)
from waardeweging.problem.importers.startanalyse_2025_schema import VARIANTS_2025
from waardeweging.problem.importers.startanalyse_costs import PUBLISHED_2020
from waardeweging.problem.tables import Row

VARIANTS = {2020: VARIANTS_2020, 2025: VARIANTS_2025}
# No source gives the error of one figure, so a fifth to either side is taken as least.
LEAST_BAND = 0.2
_DERIVED_BAND = 0.3
_SAME_NETWORK = (("s2a", "s2d"), ("s2b", "s2c", "s2e", "s2f"))
# A code means another technique in another edition.
_SAME_TECHNIQUE = {
    2020: (*_SAME_NETWORK, ("s4a", "s4c"), ("s4b", "s4d")),
    2025: (*_SAME_NETWORK, ("s4a", "s4b")),
}
# Share of the cheapest heat pump or network that a winning network costs: 5, 50 and 95 % of
# the 1,042 neighbourhoods in which a network with published costs won in 2020.
_WINNER_BAND = (0.5, 0.83, 1.0)
_NEVER_RATIONED = ("s1a", "s1b", "s2a", "s2b", "s2d", "s2e")

# Prices behind the Startanalyse 2020: K12 over H09 and over H10, and K13 over H11.
_NATURAL_GAS, _GREEN_GAS = 11.54, 24.83
_ELECTRICITY = 0.149
# Investments without VAT in euro of 2018: air heat pump with radiators, air-to-air with boiler.
_AIR_WATER, _AIR_AIR = 9_500.0, 4_200.0


@dataclass(frozen=True, slots=True)
class NationalCost:
    """The national cost of one option in one neighbourhood [€/weq/yr].

    Parameters
    ----------
    code : str
        Variant of the Startanalyse that it is, or that it is derived from; empty for the
        reference. Options with one code move together under uncertainty.
    low, mid, high : float
    grounds : str
    note : str
        Dutch, as the tables are.
    """

    code: str
    low: float
    mid: float
    high: float
    grounds: str
    note: str


def national_cost(
    row: Row,
    costs: NeighbourhoodCosts,
    edition: int,
    facts: Mapping[str, Mapping[str, object]],
    chosen: Collection[str] = (),
) -> NationalCost | None:
    """Give the national cost of an option of the heat tables; None where it is not an option.

    Parameters
    ----------
    row : Row
        Of ``options.csv``.
    costs : NeighbourhoodCosts
    edition : int
    facts : mapping
        Of `local_facts`, for options that the Startanalyse does not have.
    chosen : collection of str
        Options that were asked for by name.
    """
    codes = variants_of(row, edition)
    if not codes:
        note = "Aardgas is de referentie: extra kosten zijn per definitie nul."
        return NationalCost("", 0.0, 0.0, 0.0, "definition", note)
    if row["shown"] == "chosen" and row["option"] not in chosen:
        return None
    like = cost_like(row, edition)
    if like:
        return _derived(row, like, costs, edition, facts)
    if row["shown"] == "winner" and row["option"] not in chosen:
        codes = tuple(code for code in codes if code == costs.winner)
    for code in codes:
        if code != NO_VARIANT and VariantKey(edition, code) in costs.variants:
            return _published(code, costs, edition)
    if edition == _FITTED and costs.winner in codes:
        return _winner(costs.winner or "", costs)
    return None


_FITTED = 2020


def cost_band(costs: NeighbourhoodCosts, key: VariantKey) -> tuple[float, float, float]:
    """Give low, mid and high of the national cost of a variant [€/weq/yr].

    Mid is the published figure. The band reaches to the cheapest and dearest
    published variant with the same technique (another insulation level, or a source
    that may or may not be near), and at least a fifth to either side: a figure
    without a known error is not exact.
    """
    mid = costs.variants[key].per_weq
    families = _SAME_TECHNIQUE[key.edition]
    family = next((codes for codes in families if key.code in codes), (key.code,))
    published = [costs.variants.get(VariantKey(key.edition, code)) for code in family]
    around = [one.per_weq for one in published if one is not None]
    slack = LEAST_BAND * abs(mid)
    return min(*around, mid - slack), mid, max(*around, mid + slack)


def _published(code: str, costs: NeighbourhoodCosts, edition: int) -> NationalCost:
    low, mid, high = (float(round(end)) for end in cost_band(costs, VariantKey(edition, code)))
    whose = (
        "gepubliceerd"
        if edition != _FITTED or code in PUBLISHED_2020
        else "door ons berekend uit gepubliceerde totalen"
    )
    note = (
        f"Startanalyse {edition}, variant {code} ({VARIANTS[edition][code]}), uitkomst van een "
        f"model, {whose}. Laag en hoog: de goedkoopste en duurste gepubliceerde variant met "
        "dezelfde techniek, en minstens 20 % naar elke kant; die 20 % is een oordeel."
    )
    return NationalCost(code, low, mid, high, "calculated", note)


def _winner(code: str, costs: NeighbourhoodCosts) -> NationalCost | None:
    found = [costs.variants.get(VariantKey(_FITTED, one)) for one in _NEVER_RATIONED]
    known = [one.per_weq for one in found if one is not None]
    if not known:
        return None
    most = min(known)
    low, mid, high = sorted(float(round(part * most)) for part in _WINNER_BAND)
    note = (
        f"Variant {code} ({VARIANTS_2020[code]}) is de goedkoopste van PBL (2020), maar zijn "
        "kosten staan niet in het bestand. Hoog: de goedkoopste warmtepomp of warmtenet hier "
        f"({most:g}). Midden en laag: wat een winnend net elders kost, als deel daarvan. "
        "Door ons geschat."
    )
    return NationalCost(code, low, mid, high, "calculated", note)


def _derived(
    row: Row,
    like: str,
    costs: NeighbourhoodCosts,
    edition: int,
    facts: Mapping[str, Mapping[str, object]],
) -> NationalCost | None:
    """Derive the costs of a technique that the Startanalyse lacks from the nearest that it has."""
    found = costs.variants.get(VariantKey(edition, like))
    heat = facts.get("heat_now")
    if found is None or heat is None:
        return None
    if row["technique"] == "T9":
        step, words = _on_natural_gas(heat, facts)
    else:
        step, words = _by_air(heat, facts)
    mid = found.per_weq + step
    slack = _DERIVED_BAND * abs(mid) + LEAST_BAND * abs(step)
    low, high = float(round(mid - slack)), float(round(mid + slack))
    note = (
        f"Door ons berekend: variant {like} van de Startanalyse {edition} ({found.per_weq:g}) "
        f"{words}. De band is 30 % en een vijfde van dat verschil; dat is een oordeel."
    )
    return NationalCost(like, low, float(round(mid)), high, "calculated", note)


def _number(fact: Mapping[str, object] | None) -> float:
    value = (fact or {}).get("value", 0.0)
    return float(value) if isinstance(value, int | float) else 0.0


def _on_natural_gas(
    heat: Mapping[str, object], facts: Mapping[str, Mapping[str, object]]
) -> tuple[float, str]:
    """Give what a hybrid differs on natural gas and without insulation, at the prices of PBL."""
    space, saved = _number(heat) - 7.7, _number(facts.get("space_saving_d"))
    # By the boiler: 22 % of the space heat, and all hot water; by the pump: 78 %.
    green = space * (1 - saved) * 0.22 / 1.04 + 7.7 / 0.76
    natural = space * 0.22 / 1.04 + 7.7 / 0.76
    power = space * saved * 0.78 / 3.2 / GJ_PER_KWH
    insulation = _number(facts.get("insulation_d"))
    fuel = natural * _NATURAL_GAS - green * _GREEN_GAS + power * _ELECTRICITY
    words = (
        f"zonder isolatie ({-insulation:.0f}) en met {natural / GJ_PER_M3:.0f} m³ aardgas in "
        f"plaats van groengas ({fuel:.0f})"
    )
    return fuel - insulation, words


def _by_air(
    heat: Mapping[str, object], facts: Mapping[str, Mapping[str, object]]
) -> tuple[float, str]:
    """Give what air-to-air with an electric boiler differs from an air-to-water heat pump."""
    demand = _number(heat)
    less = _number(facts.get("insulation_d")) - _number(facts.get("insulation_b"))
    cheaper = (_AIR_AIR - _AIR_WATER) * float(capital_recovery_factor(0.03, 15))
    space = demand - 7.7
    saved_d, saved_b = (_number(facts.get(f"space_saving_{one}")) for one in "db")
    power = space * ((1 - saved_d) / 3.66 - (1 - saved_b) / 3.81) + 7.7 * (1 / 0.95 - 1 / 2.25)
    more = power / GJ_PER_KWH * _ELECTRICITY
    words = (
        f"zonder stap naar label B ({less:.0f}), goedkoper apparaat ({cheaper:.0f}), meer stroom "
        f"(+{more:.0f})"
    )
    return less + cheaper + more, words
