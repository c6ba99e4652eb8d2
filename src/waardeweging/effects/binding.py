"""Finds the inputs of a formula for one option, or says which are missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from waardeweging.effects.criterion_formulas import (
    FORMULAS,
    INDIVIDUAL,
    REFERENCE,
    CriterionFormula,
)
from waardeweging.effects.neighbourhood import NeighbourhoodFacts
from waardeweging.effects.parameters import Parameter, Parameters, check_one_price_basis
from waardeweging.effects.techniques import Techniques
from waardeweging.problem.alternatives import Alternative
from waardeweging.problem.errors import Faults, InputError, Place

_NO_INSULATION = Parameter(
    id="insulation_cost",
    low=0.0,
    mid=0.0,
    high=0.0,
    unit="€/dwelling",
    grounds="definition",
    source="definition",
    price_year=2026,
    includes_vat=True,
)


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
    own = {name: techniques[option.technique][name] for name in formula.properties}
    other = {f"reference_{name}": techniques[REFERENCE][name] for name in formula.reference}
    shared = {
        name: _insulation_cost(option, parameters)
        if name == "insulation_cost"
        else parameters[name]
        for name in formula.parameters
    }
    bound = [_of(name, parameter) for name, parameter in {**shared, **own, **other}.items()]
    return (*bound, *_facts(formula, option, facts))


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
    needed = [FORMULAS[name] for name in dict.fromkeys(criteria) if name in FORMULAS]
    _check_parameters(parameters, needed, options, scenario, faults)
    _check_properties(techniques, needed, options, table, faults)
    _check_facts(facts, needed, options, scenario, faults)
    if sources is not None:
        _check_sources(everything, facts, sources, scenario, faults)


def _insulation_cost(option: Alternative, parameters: Parameters) -> Parameter:
    if not option.insulation:
        return _NO_INSULATION
    return parameters[_insulation_id(option)]


def _insulation_id(option: Alternative) -> str:
    return f"insulation_cost_{option.insulation.lower()}"


def _of(name: str, one: Parameter) -> Input:
    return Input(
        name, one.id, one.low, one.mid, one.high, one.unit, one.grounds, one.source, one.note
    )


def _facts(
    formula: CriterionFormula, option: Alternative, facts: NeighbourhoodFacts
) -> tuple[Input, ...]:
    found = []
    for wanted in formula.facts:
        name = wanted.rstrip("?")
        key, fact = f"facts.{name}", facts.get(name)
        if name == "below_label":
            key += f"_{option.insulation.lower()}"
            fact = facts.share_below(option.insulation) if option.insulation else None
        if fact is not None:
            band = (fact.value, fact.value, fact.value)
            found.append(Input(name, key, *band, fact.unit, "measured", fact.source, fact.note))
        elif not wanted.endswith("?"):
            raise KeyError(name)
    return tuple(found)


def _check_parameters(
    parameters: Parameters,
    needed: Sequence[CriterionFormula],
    options: Sequence[Alternative],
    file: str,
    faults: Faults,
) -> None:
    names = dict.fromkeys(name for formula in needed for name in formula.parameters)
    if names.pop("insulation_cost", 0) is None:
        names.update(dict.fromkeys(_insulation_id(one) for one in options if one.insulation))
    for name in names:
        if name not in parameters:
            faults.add(
                InputError(
                    "parameter.missing",
                    where=Place(file, "parameters", name),
                    remedy="Add a section [parameters.{name}]; a calculated effect needs it.",
                    name=name,
                )
            )


def _check_properties(
    techniques: Techniques,
    needed: Sequence[CriterionFormula],
    options: Sequence[Alternative],
    table: str,
    faults: Faults,
) -> None:
    own = {name for formula in needed for name in formula.properties}
    reference = {name for formula in needed for name in formula.reference}
    wanted = dict.fromkeys((one.technique, name) for one in options for name in sorted(own))
    wanted.update(dict.fromkeys((REFERENCE, name) for name in sorted(reference)))
    for technique, name in wanted:
        if name not in techniques.get(technique, {}):
            faults.add(
                InputError(
                    "technique.missing",
                    where=Place(table, None, f"{technique or '-'} × {name}"),
                    remedy="Add a row for technique {technique} and parameter {name}.",
                    technique=technique or "-",
                    name=name,
                )
            )


def _check_facts(
    facts: NeighbourhoodFacts,
    needed: Sequence[CriterionFormula],
    options: Sequence[Alternative],
    file: str,
    faults: Faults,
) -> None:
    for formula in needed:
        if not any(calculable(option, formula.criterion) for option in options):
            continue
        for name in formula.facts:
            if not name.endswith("?") and facts.get(name) is None:
                faults.add(
                    InputError(
                        "fact.missing",
                        where=Place(file, "facts", name),
                        remedy="Add a section [facts.{name}] with value, unit and source; "
                        "{criterion} needs it.",
                        name=name,
                        criterion=formula.criterion,
                    )
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
