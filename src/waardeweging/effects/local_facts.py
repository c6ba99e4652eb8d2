"""What the Startanalyse and the CBS say about heat and networks in one neighbourhood.

Each fact comes from the best that is known: a figure of the neighbourhood itself, else what
its published figures imply. The relations below were fitted on the complete tables that PBL
published of the Startanalyse 2020 (10,117 neighbourhoods with 50 or more dwelling equivalents,
fields H02, H03, H15, K01 to K17; not shipped here). How far they miss stands in their band.

References
----------
PBL (2020), Startanalyse aardgasvrije buurten 2020.
PBL (2025), Referentieverbruik warmte woningen II.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from waardeweging.effects.energy import GJ_PER_M3
from waardeweging.effects.formulas import capital_recovery_factor
from waardeweging.effects.quantities import PBL_YEARLY
from waardeweging.problem.importers.startanalyse_costs import NeighbourhoodCosts, VariantKey

Band = tuple[float, float, float]
GAS_USE = "neighbourhood-gas-use"
"""Id of the source of a gas use that somebody gave."""
_FITTED = 2020

# Useful heat of a dwelling per tonne of CO₂ of the reference of 2030 per dwelling equivalent:
# H02 + H03 over H15 of that reference, as far as it is dwellings. [GJ/tonne]
HEAT_PER_TONNE = 16.6
# High: the start year 2019, 18.3, with its spread (Gooi en Vechtstreek, 152 neighbourhoods:
# 16.2-20.9). Low: what dwellings used in 2022 (CBS: 980 m³, 1,250 m³ the year before).
_HEAT_SPREAD: Band = (0.86, 1.0, 1.19)
# Where other buildings are most of the equivalents, they say less about dwellings.
_MIXED_SPREAD: Band = (0.6, 1.0, 1.33)
# Gas without cooking, times the efficiency of space and water together.
COOKING_GAS = 34.0
BOILER = 0.95
_GAS_SPREAD = (0.95, 1.0, 1.05)
LEAST_HEAT, MOST_HEAT = 14.0, 130.0

# Part of the space heat that is saved, per part of the dwellings with these labels.
_SAVED_BY_LABEL = {
    "b": {"c": 0.219, "d": 0.379, "e": 0.379, "f": 0.379, "g": 0.379},
    "d": {"d": 0.26, "e": 0.26, "f": 0.26, "g": 0.26},
}
# The same from what PBL counted as its cost: per 1,000 euro an average dwelling, per GJ.
_SAVED_PER_COST = {"b": 0.603, "d": 0.833}
_MOST_SAVED = {"b": 0.5, "d": 0.4}
# Both together miss by 0.046 (B) and 0.036 (D), cost alone by 0.054 and 0.032.
_SAVED_SPREAD = (0.75, 1.0, 1.25)
_SAVED_SPREAD_UNLABELLED = (0.65, 1.0, 1.35)

# Insulation from published totals: constant, s4b − s4d, tonne per equivalent, s4d, s1a, s2f.
_INSULATION = {
    "b": (-232.66, 0.511, -26.04, 0.9255, 0.1071, -0.0094),
    "d": (-194.46, -0.6514, -26.69, 0.8517, 0.1079, -0.0105),
}
_INSULATION_SPREAD = {"b": (0.75, 1.0, 1.25), "d": (0.6, 1.0, 1.5)}
# Networks from published totals: constant, s2x − s4d, tonne per equivalent.
_NETWORK = {
    "t1": ("s2d", (141.2, 0.7000, 210.3), (72.8, 0.3607, 108.3)),
    "t2": ("s2e", (115.5, 0.8609, 151.2), (142.6, 0.1424, 172.9)),
}
_NETWORK_SPREAD = (0.85, 1.0, 1.15)
_ITEM_SPREAD = (0.9, 1.0, 1.1)
_CAPITAL_ITEMS = ("K04", "K05", "K06", "K07")
_RUNNING_ITEMS = ("K11", "K12", "K15")
# Networks on a low temperature have no published costs in this edition: those of a country
# mean (quantities of `techniques.csv`), dearer or cheaper as far as pipes are here.
_PIPES = "s2f"
_PIPES_FIT = (114.0, 0.8611, 151.9)
_PIPES_MEAN = 1168.5
LOW_TEMPERATURE = {"t3": (1350.0, 500.0), "t4": (700.0, 250.0)}
_LOW_SPREAD = (0.7, 1.0, 1.6)
_LEAST_PIPES, _MOST_PIPES = 0.4, 3.0

_LIFE = 30
_RATE = 0.03


def local_facts(
    costs: NeighbourhoodCosts, edition: int, known: Mapping[str, float]
) -> dict[str, dict[str, Any]]:
    """Give the facts about heat, insulation and networks that follow for a neighbourhood.

    Parameters
    ----------
    costs : NeighbourhoodCosts
    edition : int
        Of the Startanalyse; relations hold for 2020, other editions give what they publish.
    known : mapping of str to float
        Facts that somebody gave, such as ``gas_use`` and ``label_a`` to ``label_g``.

    Returns
    -------
    dict of dict
        By name of the fact: value, low, high, unit, grounds, source and note, as a section
        of a scenario file. What cannot be said is left out.
    """
    source = f"pbl-startanalyse-{edition}"
    if edition != _FITTED:
        return _heat(costs, source, known)
    found = _heat(costs, source, known)
    found |= _savings(costs, source, known)
    found |= _insulations(costs, source, known)
    return found | _networks(costs, source)


def demand_source(fact: Mapping[str, Any] | None) -> str:
    """Say where a heat demand comes from: a gas use, PBL's emissions, somebody, or the mean.

    Parameters
    ----------
    fact : mapping or None
        ``heat_now`` as it stands in a scenario; None when the national mean holds.
    """
    if fact is None:
        return "national_mean"
    source = str(fact["source"])
    if source == GAS_USE:
        return "gas_use"
    return "reference_emission" if source.startswith("pbl-startanalyse") else "given"


def tonne_per_weq(costs: NeighbourhoodCosts) -> float | None:
    """Give the emission of the reference of 2030 per dwelling equivalent; None when unknown."""
    if not costs.reference_co2 or costs.weq <= 0:
        return None
    return costs.reference_co2 / costs.weq


def _heat(
    costs: NeighbourhoodCosts, source: str, known: Mapping[str, float]
) -> dict[str, dict[str, Any]]:
    gas, tonne = known.get("gas_use"), tonne_per_weq(costs)
    if gas is not None and gas > COOKING_GAS:
        shared = min(known.get("district_share", 0.0), 0.9)
        heat = (gas - COOKING_GAS) / (1.0 - shared) * GJ_PER_M3 * BOILER
        spread, source = _GAS_SPREAD, GAS_USE
        note = (
            f"Gasverbruik van de buurt {gas:g} m³, min {COOKING_GAS:g} m³ koken, × 31,65 MJ × "
            "rendement 0,95."
        )
    elif tonne is not None:
        heat = tonne * HEAT_PER_TONNE
        spread = _MIXED_SPREAD if costs.weq > 2 * (costs.dwellings or 0.0) else _HEAT_SPREAD
        note = (
            "Uit de uitstoot van de referentie van 2030 (H15 per woningequivalent) × 16,6 GJ per "
            "ton. Laag: het gebruik van 2022 (CBS); hoog: het startjaar 2019."
        )
    else:
        return {}
    heat = min(max(heat, LEAST_HEAT), MOST_HEAT)
    return {"heat_now": _fact(heat, spread, "GJ/dwelling/yr", source, note)}


def _savings(
    costs: NeighbourhoodCosts, source: str, known: Mapping[str, float]
) -> dict[str, dict[str, Any]]:
    shares = label_shares(known)
    by_cost = {level: _saved_for_cost(costs, level) for level in "bd"}
    if shares is None:
        note = "Uit wat isolatie volgens de Startanalyse hier kost; de labels zijn niet gegeven."
        spread = _SAVED_SPREAD_UNLABELLED
        saved = by_cost
    else:
        note = "Uit de labels van de buurt en uit wat isolatie volgens de Startanalyse hier kost."
        spread = _SAVED_SPREAD
        saved = {level: _saved_by_label(shares, level, by_cost[level]) for level in "bd"}
    return {
        f"space_saving_{level}": _fact(
            found if saved["b"] is None else min(found, saved["b"]), spread, "share", source, note
        )
        for level, found in saved.items()
        if found is not None
    }


def _saved_for_cost(costs: NeighbourhoodCosts, level: str) -> float | None:
    tonne, cost = tonne_per_weq(costs), _insulation_cost(costs, level)
    if tonne is None or cost is None:
        return None
    space = max(17.36 * tonne - 7.3, 5.0)
    once = cost[0] / float(capital_recovery_factor(_RATE, _LIFE)) / 1000
    return min(_SAVED_PER_COST[level] * once / space, _MOST_SAVED[level])


def _saved_by_label(shares: Mapping[str, float], level: str, by_cost: float | None) -> float:
    """Give the mean of both estimates; nothing where every dwelling has the label already."""
    found = sum(part * shares[label] for label, part in _SAVED_BY_LABEL[level].items())
    if found == 0 or by_cost is None:
        return found
    return (found + by_cost) / 2


def label_shares(known: Mapping[str, float]) -> dict[str, float] | None:
    """Give the parts of the dwellings by energy label, adding up to one; None when unknown."""
    names = [f"label_{one}" for one in "abcdefg"]
    if any(name not in known for name in names):
        return None
    total = sum(known[name] for name in names)
    return {name[-1]: known[name] / total for name in names} if total > 0 else None


def _insulations(
    costs: NeighbourhoodCosts, source: str, known: Mapping[str, float]
) -> dict[str, dict[str, Any]]:
    found, shares = {}, label_shares(known)
    for level in "bd":
        cost = _insulation_cost(costs, level)
        if cost is not None and shares and _saved_by_label(shares, level, None) == 0:
            cost = 0.0, cost[1]
        if cost is not None:
            found[f"insulation_{level}"] = _fact(
                *cost,
                PBL_YEARLY.unit,
                source,
                "Post K08 van de Startanalyse, gedeeld door de woningequivalenten."
                if _items(costs, _WITH_LEVEL[level])
                else "Afgeleid uit de gepubliceerde kosten van vijf varianten (post K08).",
            )
    return found


_WITH_LEVEL = {"b": ("s1a", "s4b", "s2c"), "d": ("s4d", "s4c", "s2f")}


def _items(costs: NeighbourhoodCosts, codes: tuple[str, ...]) -> Mapping[str, float]:
    """Give the cost items of the first of these variants that has them; empty when none has."""
    for code in codes:
        found = costs.variants.get(VariantKey(_FITTED, code))
        if found is not None and found.items:
            return found.items
    return {}


def _insulation_cost(costs: NeighbourhoodCosts, level: str) -> tuple[float, Band] | None:
    """Give the yearly cost of insulation and its relative band; None when unknown."""
    items = _items(costs, _WITH_LEVEL[level])
    if items:
        return max(items["K08"], 0.0) / costs.weq, _ITEM_SPREAD
    tonne = tonne_per_weq(costs)
    totals = [_total(costs, code) for code in ("s4b", "s4d", "s1a", "s2f")]
    if tonne is None or any(one is None for one in totals):
        return None
    boiler_b, boiler_d, pump, pipes = (one or 0.0 for one in totals)
    constant, step, per_tonne, per_d, per_pump, per_pipes = _INSULATION[level]
    found = (
        constant
        + step * (boiler_b - boiler_d)
        + per_tonne * tonne
        + per_d * boiler_d
        + per_pump * pump
        + per_pipes * min(pipes, _MOST_PIPES * 1800)
    )
    return max(found, 0.0), _INSULATION_SPREAD[level]


def _networks(costs: NeighbourhoodCosts, source: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    tonne, boiler = tonne_per_weq(costs), _total(costs, "s4d")
    for technique, (code, capital, running) in _NETWORK.items():
        total, items = _total(costs, code), _items(costs, (code,))
        note = f"Posten van variant {code}, gedeeld door de woningequivalenten."
        if items:
            means = [
                sum(items[one] for one in names) / costs.weq
                for names in (_CAPITAL_ITEMS, _RUNNING_ITEMS)
            ]
            spread = _ITEM_SPREAD
        elif total is not None and boiler is not None and tonne is not None:
            note = f"Afgeleid uit de gepubliceerde kosten van {code} en s4d."
            means = [
                max(fit[0] + fit[1] * (total - boiler) + fit[2] * tonne, 0.0)
                for fit in (capital, running)
            ]
            spread = _NETWORK_SPREAD
        else:
            continue
        found |= _network(technique, means, spread, source, note)
    pipes = _total(costs, _PIPES)
    if pipes is None or boiler is None or tonne is None:
        return found
    fit = _PIPES_FIT
    scale = (fit[0] + fit[1] * (pipes - boiler) + fit[2] * tonne) / _PIPES_MEAN
    scale = float(np.clip(scale, _LEAST_PIPES, _MOST_PIPES))
    note = "Gemiddelde van Nederland (achtergrondrapport 2020), naar de kosten van leidingen hier."
    for technique, mean in LOW_TEMPERATURE.items():
        here = [one * scale for one in mean]
        found |= _network(technique, here, _LOW_SPREAD, "pbl-report-2020", note)
    return found


def _network(
    technique: str, means: list[float], spread: Band, source: str, note: str
) -> dict[str, dict[str, Any]]:
    return {
        f"network_{kind}_{technique}": _fact(mean, spread, PBL_YEARLY.unit, source, note)
        for kind, mean in zip(("capital", "running"), means, strict=True)
    }


def _total(costs: NeighbourhoodCosts, code: str) -> float | None:
    found = costs.variants.get(VariantKey(_FITTED, code))
    return None if found is None else found.per_weq


def _fact(mid: float, spread: Band, unit: str, source: str, note: str) -> dict[str, Any]:
    # Four digits are what such a figure can bear; the band stays the same part of it.
    mid = float(f"{mid:.4g}")
    return {
        "value": mid,
        "low": mid * spread[0],
        "high": mid * spread[2],
        "unit": unit,
        "grounds": "calculated",
        "source": source,
        "note": note,
    }
