"""Finds the inputs of a formula for one option, or says which are missing.

An input stands in one of three places. What is known of the neighbourhood itself goes before
what holds for the country; both are scenario parameters or properties of the technique.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from waardeweging.effects.criterion_formulas import (
    FORMULAS,
    INDIVIDUAL,
    NETWORK_RATES,
    REFERENCE,
    CriterionFormula,
)
from waardeweging.effects.neighbourhood import Fact, NeighbourhoodFacts
from waardeweging.effects.parameters import Parameter, Parameters, check_one_price_basis
from waardeweging.effects.quantities import PROPERTIES
from waardeweging.effects.techniques import Techniques
from waardeweging.problem.alternatives import Alternative
from waardeweging.problem.errors import Faults, InputError, Place

TODAY = "today"
_FACTS = frozenset({"owner_share", "dwellings", "free_grid_capacity"})
_BY_LEVEL = frozenset({"space_saving", "insulation"})
_BY_TECHNIQUE = frozenset({"network_capital", "network_running"})
_GREEN = frozenset(
    {
        "green_gas",
        "green_gas_premium",
        "green_gas_share_now",
        "green_gas_share_2030",
        "green_gas_share_2050",
        "emission_green_gas",
    }
)
_NETWORK = frozenset(
    {
        "heat_price",
        "heat_standing",
        "cost_based",
        "network_loss",
        "emission_heat_now",
        "emission_heat_2030",
        "emission_heat_2050",
    }
)
_COSTS = frozenset(
    {
        "network_rate",
        "network_life",
        "network_subsidy",
        "network_capital",
        "network_running",
        "fixed_share_tariff",
    }
)
_PUMP = {"spf_space": "pump_share", "spf_water": "pump_share_water"}
_BOILER = frozenset({"efficiency_space", "efficiency_water", "emission_gas"})
_TO_TODAY = frozenset({"price_index", "vat", "rate_startanalyse"})


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a calculation.

    Parameters
    ----------
    name : str
        As the formula calls it, e.g. ``investment``.
    key : str
        Which number it is, e.g. ``T5.investment``; the same key is the same number
        in every cell, also when it is drawn.
    low, mid, high : float
    unit, grounds, source, note : str
    """

    name: str
    key: str
    low: float
    mid: float
    high: float
    unit: str
    grounds: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Missing:
    """An input that nobody gave, and where it belongs."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything in which an input can stand."""

    techniques: Techniques
    parameters: Parameters
    facts: NeighbourhoodFacts

    def inputs(self, formula: CriterionFormula, option: Alternative) -> Iterator[Input | _Missing]:
        for wanted in formula.inputs:
            name = wanted.rstrip("?")
            if self._concerns(name, option, formula):
                found = self._input(name, option)
                if isinstance(found, Input) or not wanted.endswith("?"):
                    yield found
        for name in formula.reference:
            own = self._property(name, REFERENCE)
            yield own if isinstance(own, _Missing) else _renamed(own, f"reference_{name}")

    def _concerns(self, name: str, option: Alternative, formula: CriterionFormula) -> bool:
        """Whether an input has a part in what this option does."""
        technique = option.technique
        green = self._has(technique, "green_gas")
        network = self._has(technique, "network_heat") or self._has(technique, "source_network")
        costs = network and option.organisation in NETWORK_RATES and self._asks_costs()
        if name == "year":
            return green or formula.criterion == "L1"
        if name in _GREEN:
            return green
        if name in _COSTS:
            return costs
        if name in _NETWORK:
            return network
        if name in _BY_LEVEL or name == "insulation_subsidy":
            return bool(option.insulation)
        if name in _TO_TODAY:
            return (costs and formula.criterion != "K3") or bool(option.insulation)
        if name in _PUMP:
            return self._has(technique, _PUMP[name])
        if name in _BOILER:
            return self._has(technique, "gas_connection")
        quantity = PROPERTIES.get(name)
        # A property that is nothing by default and nothing here needs no line of its own.
        return quantity is None or quantity.default != 0 or self._has(technique, name)

    def _asks_costs(self) -> bool:
        """Whether networks may ask their own costs here; else the maximum tariff."""
        share = self.parameters.get("cost_based_tariff")
        return share is not None and share.high > 0

    def _has(self, technique: str, name: str) -> bool:
        given = self.techniques.get(technique, {}).get(name)
        return given is not None and (given.low, given.high) != (0.0, 0.0)

    def _input(self, name: str, option: Alternative) -> Input | _Missing:
        if name in _FACTS:
            fact, country = self.facts.get(name), self.parameters.get(name)
            if fact is not None:
                return _local(name, name, fact)
            return _Missing("fact", name) if country is None else _of(name, country)
        if name in _BY_LEVEL:
            return self._either(name, f"{name}_{option.insulation.lower()}")
        if name in _BY_TECHNIQUE:
            fact = self.facts.get(f"{name}_{option.technique.lower()}")
            if fact is not None:
                return _local(name, f"{name}_{option.technique.lower()}", fact)
            return self._property(name, option.technique)
        if name == "network_rate":
            return self._parameter(name, NETWORK_RATES[option.organisation])
        if name == "cost_based":
            if option.organisation not in NETWORK_RATES or not self._asks_costs():
                return _definition(name, 0.0, "share")
            return self._parameter(name, "cost_based_tariff")
        if name == "spf_space":
            level = option.insulation.lower() or TODAY
            return self._property(name, option.technique, f"{name}_{level}")
        if name in PROPERTIES:
            return self._property(name, option.technique)
        return self._either(name, name)

    def _either(self, name: str, parameter: str) -> Input | _Missing:
        fact = self.facts.get(parameter)
        return self._parameter(name, parameter) if fact is None else _local(name, parameter, fact)

    def _parameter(self, name: str, parameter: str) -> Input | _Missing:
        found = self.parameters.get(parameter)
        return _Missing("parameter", parameter) if found is None else _of(name, found)

    def _property(self, name: str, technique: str, stored: str = "") -> Input | _Missing:
        stored = stored or name
        found = self.techniques.get(technique, {}).get(stored)
        if found is not None:
            return _of(name, found)
        quantity = PROPERTIES[stored]
        if quantity.default is None:
            return _Missing("technique", f"{technique or '-'} × {stored}")
        return _definition(name, quantity.default, quantity.unit)


def fact_name(name: str, option: Alternative) -> str | None:
    """Give the fact of a neighbourhood that goes before the number of the country.

    Parameters
    ----------
    name : str
        Of an input.
    option : Alternative

    Returns
    -------
    str or None
        None for what is the same everywhere.
    """
    if name in _BY_LEVEL:
        return f"{name}_{option.insulation.lower()}"
    if name in _BY_TECHNIQUE:
        return f"{name}_{option.technique.lower()}"
    return name if name in ("heat_now", "owner_share") else None


def calculable(option: Alternative, criterion: str) -> bool:
    """Whether this cell has a formula: say is calculated for individual ownership only."""
    return criterion in FORMULAS and (criterion != "D1" or option.organisation in INDIVIDUAL)


def bind(
    formula: CriterionFormula,
    option: Alternative,
    techniques: Techniques,
    parameters: Parameters,
    facts: NeighbourhoodFacts,
) -> tuple[Input, ...]:
    """Give the inputs of a formula for one option; KeyError when one is missing."""
    found = []
    for one in _Known(techniques, parameters, facts).inputs(formula, option):
        if isinstance(one, _Missing):
            raise KeyError(one.name)
        found.append(one)
    return tuple(found)


def check_inputs(
    techniques: Techniques,
    parameters: Parameters,
    facts: NeighbourhoodFacts,
    options: Sequence[Alternative],
    criteria: Sequence[str],
    *,
    sources: Collection[str] | None,
    files: tuple[str, str],
    faults: Faults,
) -> None:
    """Name everything that a calculation needs and does not have.

    Parameters
    ----------
    techniques : Techniques
    parameters : Parameters
    facts : NeighbourhoodFacts
    options : sequence of Alternative
    criteria : sequence of str
        Criteria that are to be calculated.
    sources : collection of str or None
        Ids of the known sources; None skips that check.
    files : tuple of str
        Names of the scenario file and of the table of techniques.
    faults : Faults
    """
    scenario, table = files
    everything = {
        **parameters,
        **{one.id: one for own in techniques.values() for one in own.values()},
    }
    check_one_price_basis(everything, scenario, faults)
    for name in criteria:
        if name not in FORMULAS:
            faults.add(_unknown_criterion(scenario, name))
    known = _Known(techniques, parameters, facts)
    missing = {
        (one.kind, one.name): name
        for name in dict.fromkeys(criteria)
        for option in options
        if calculable(option, name)
        for one in known.inputs(FORMULAS[name], option)
        if isinstance(one, _Missing)
    }
    for (kind, name), criterion in missing.items():
        faults.add(_missing(kind, name, criterion, scenario, table))
    if sources is not None:
        _check_sources(everything, facts, sources, scenario, faults)


def _of(name: str, one: Parameter) -> Input:
    return Input(
        name, one.id, one.low, one.mid, one.high, one.unit, one.grounds, one.source, one.note
    )


def _local(name: str, fact_name: str, fact: Fact) -> Input:
    return Input(
        name,
        f"facts.{fact_name}",
        *fact.band,
        fact.unit,
        fact.grounds,
        fact.source,
        fact.note,
    )


def _definition(name: str, value: float, unit: str) -> Input:
    return Input(name, f"definition.{name}", value, value, value, unit, "definition", "definition")


def _renamed(one: Input, name: str) -> Input:
    return Input(
        name, one.key, one.low, one.mid, one.high, one.unit, one.grounds, one.source, one.note
    )


def _missing(kind: str, name: str, criterion: str, scenario: str, table: str) -> InputError:
    if kind == "parameter":
        return InputError(
            "parameter.missing",
            where=Place(scenario, "parameters", name),
            remedy="Add a section [parameters.{name}]; a calculated effect needs it.",
            name=name,
        )
    if kind == "fact":
        return InputError(
            "fact.missing",
            where=Place(scenario, "facts", name),
            remedy="Add a section [facts.{name}] with value, unit and source; "
            "{criterion} needs it.",
            name=name,
            criterion=criterion,
        )
    technique, _, own = name.partition(" × ")
    return InputError(
        "technique.missing",
        where=Place(table, None, name),
        remedy="Add a row for technique {technique} and parameter {name}.",
        technique=technique,
        name=own,
    )


def _check_sources(
    everything: Mapping[str, Parameter],
    facts: NeighbourhoodFacts,
    sources: Collection[str],
    file: str,
    faults: Faults,
) -> None:
    used = {one.id: one.source for one in everything.values()}
    for name in type(facts).model_fields:
        fact = facts.get(name)
        if fact is not None:
            used[f"facts.{name}"] = fact.source
    for name, source in used.items():
        if source not in sources:
            faults.add(
                InputError(
                    "parameter.unknown_source",
                    where=Place(file, name, "source"),
                    found=source,
                    remedy="Add this source to the table of sources, or correct its id.",
                )
            )


def _unknown_criterion(file: str, name: str) -> InputError:
    return InputError(
        "effects.unknown_criterion",
        where=Place(file, "effects", "criteria"),
        found=name,
        remedy="Only these criteria have a formula: {known}.",
        known=", ".join(FORMULAS),
    )
