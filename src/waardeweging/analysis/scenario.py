"""A scenario: one decision with everything that is needed to recompute its outcome.

Read whole, with every fault of every file at once. A variant, another share
or another perspective gives a new scenario; nothing is changed in place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from waardeweging.analysis.comparing import Compared, read_compared
from waardeweging.analysis.effects_model import (
    CALCULATION,
    EffectsModel,
    calculable_cells,
    calculated_cells,
    read_effects,
)
from waardeweging.analysis.participation import NAMES, Participation, read_participation
from waardeweging.analysis.shares import agreed_shares
from waardeweging.deliberation.movement import StopRule
from waardeweging.effects.calculation import Calculation
from waardeweging.elicitation.ballots import Ballot, read_ballots
from waardeweging.elicitation.comparisons import COMPARING
from waardeweging.elicitation.consultation import NAME as CONSULTATION
from waardeweging.elicitation.neutral import neutral_ballots
from waardeweging.elicitation.weighing import PartyShares
from waardeweging.problem.alternatives import Alternative, Cell, DecisionProblem, Source
from waardeweging.problem.criteria import Framework, Perspective, Text
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.inheritance import read_merged
from waardeweging.problem.labels import Described, Label, Name
from waardeweging.problem.many_objects import many_objects
from waardeweging.problem.reading import (
    check_complete,
    check_forms,
    find_table,
    framework_of,
    read_alternatives,
    read_cells,
    read_sources,
)
from waardeweging.problem.text import clean_id
from waardeweging.problem.toml_files import parse, read_toml, section_place
from waardeweging.selection.reading import TABLE as INITIATIVES

FILE = "scenario.toml"
# Read by the dossier; what it tells belongs to the input all the same.
_RECORD = "record.toml"

Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Seed = Annotated[int, Field(strict=True, ge=0, le=2**63 - 1)]
Draws = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]


class Variant(Described):
    """Named overrides of a scenario, such as a high gas price.

    Parameters
    ----------
    id : str
    label, description : Label
    parameters : dict
        Parameters that differ, by id, as in the scenario file.
    perspective : str, optional
    share : float, optional
        Written ``lambda``.
    """

    id: Text
    label: Name
    description: Label | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    perspective: Perspective | None = None
    share: Share | None = Field(default=None, alias="lambda")


class StopRuleFile(Described):
    """The section ``stop_rule``: when to stop weighing again, agreed before the first round."""

    still_points: Annotated[float, Field(strict=True, ge=0, le=100, allow_inf_nan=False)] = 10.0
    still_share: Share = 0.75
    last_round: Annotated[int, Field(strict=True, ge=1, le=99)] = 2


class Published(Described):
    """The section ``published``: what somebody else named cheapest, told beside our outcome.

    Parameters
    ----------
    variant : str
        As published, e.g. ``s4c``.
    options : tuple of str
        Ids of the options that are this variant; empty when none is.
    source : str
    """

    variant: Text
    options: tuple[Text, ...] = ()
    source: Text = ""


class ScenarioFile(Described):
    """The keys of ``scenario.toml``; sections with parameters are read by the effects."""

    id: Text = ""
    title: Name | None = None
    note: Label | None = None
    ballots_note: Label | None = None
    neighbourhood: Text = ""
    framework: Text = "framework.toml"
    perspective: Perspective = "resident"
    share: Share = Field(default=0.5, alias="lambda")
    shares: dict[Text, Share] = Field(default_factory=dict)
    seed: Seed = 0
    draws: Draws = 2000
    tie_margin: Share = 0.10
    value_orders: tuple[tuple[Text, Text], ...] = ()
    fallback: Text = ""
    stop_rule: StopRuleFile = StopRuleFile()
    parameters: dict[str, Any] = Field(default_factory=dict)
    facts: dict[str, Any] = Field(default_factory=dict)
    effects: dict[str, Any] = Field(default_factory=dict)
    published: Published | None = None
    neutral_weights: Annotated[bool, Field(strict=True)] = False
    variants: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One decision, ready to analyse.

    Parameters
    ----------
    id : str
    title : Label
    note, ballots_note : Label or None
        What to know about the scenario and about its ballots.
    neighbourhood : str
        CBS code, or empty.
    problem : DecisionProblem
    ballots : tuple of Ballot
    perspective : str
    share : float
        Share λ of the residents in what they and the municipality have together. [0–1]
    seed, draws : int
        Of everything that is sampled.
    tie_margin : float
        Options within this part of the best score are tied. [0–1]
    value_orders : tuple of (str, str)
        Pairs of values of which the first weighs at least as much as the second, for the
        question who wins under all such weights.
    variants : tuple of Variant
    variant : str or None
        Which one is applied.
    input_sha256 : str
        Of all files that were read, and of ``record.toml`` when it is there.
    typed : mapping from (alternative, criterion) to Cell
        Cells as they stand in the table; one that could be calculated wins.
    effects : EffectsModel or None
        What calculates the other cells.
    calculations : mapping from (alternative, criterion) to Calculation
        The calculated cells, unfolded.
    base : Scenario or None
        The scenario without its variant.
    participation : Participation
        Grades, attributes and the population, as far as they were given.
    fallback : str or None
        Id of the option that happens without an agreement, if both sides agreed on one.
    stop_rule : StopRule
        When to stop weighing again.
    compared : Compared
        Best–worst, pairwise and order answers; their weights stand among the ballots.
    third_shares : tuple of (str, float)
        Third parties with a share of the whole, if both sides agreed on any; the two sides
        divide the rest by `share`.
    published : Published or None
        What somebody else named cheapest here.
    neutral : bool
        Whether the ballots are nobody's: every value the same, until people weigh.
    """

    id: str
    title: Label
    note: Label | None
    ballots_note: Label | None
    neighbourhood: str
    problem: DecisionProblem
    ballots: tuple[Ballot, ...]
    perspective: Perspective
    share: float
    seed: int
    draws: int
    tie_margin: float
    value_orders: tuple[tuple[str, str], ...]
    variants: tuple[Variant, ...]
    variant: str | None
    input_sha256: str
    typed: Mapping[tuple[str, str], Cell]
    effects: EffectsModel | None
    calculations: Mapping[tuple[str, str], Calculation]
    base: Scenario | None = None
    participation: Participation = field(default_factory=Participation)
    fallback: str | None = None
    stop_rule: StopRule = field(default_factory=StopRule)
    compared: Compared = field(default_factory=Compared)
    third_shares: PartyShares = ()
    published: Published | None = None
    neutral: bool = False

    def with_share(self, share: float) -> Scenario:
        """Give the scenario weighed by two sides, with another share λ of the residents."""
        return replace(self, share=share, third_shares=())

    def with_perspective(self, perspective: Perspective) -> Scenario:
        """Give the scenario weighed from another perspective."""
        ballots = (
            neutral_ballots(self.problem.framework, perspective) if self.neutral else self.ballots
        )
        return replace(self, perspective=perspective, ballots=ballots)

    def with_draws(self, draws: int) -> Scenario:
        """Give the scenario with another number of draws."""
        return replace(self, draws=draws)

    def with_seed(self, seed: int) -> Scenario:
        """Give the scenario with another seed."""
        return replace(self, seed=seed)

    def with_variant(self, variant: str | None) -> Scenario:
        """Give the scenario with one of its variants applied; None for without.

        Raises
        ------
        KeyError
            If there is no such variant.
        ExceptionGroup of InputError
            If the variant leaves the ranges that people weighed.
        """
        base = self.base or self
        if variant is None:
            return base
        chosen = next((item for item in base.variants if item.id == variant), None)
        if chosen is None:
            raise KeyError(variant)
        faults = Faults()
        varied = _varied(base, chosen, faults)
        faults.raise_all(f"variant {variant}")
        applied = replace(varied, base=base, variant=variant)
        if chosen.perspective is not None:
            applied = applied.with_perspective(chosen.perspective)
        return applied if chosen.share is None else applied.with_share(chosen.share)

    def calculation(self, alternative: str, criterion: str) -> Calculation | None:
        """Give the calculation of a cell; None when its number was typed."""
        if (alternative, criterion) in self.typed:
            return None
        return self.calculations.get((alternative, criterion))


@many_objects()
def read_scenario(folder: Path) -> Scenario:
    """Read a scenario folder.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Scenario

    Raises
    ------
    ExceptionGroup of InputError
        With every fault of every file.
    """
    faults = Faults()
    spec, variants = _read_settings(folder / FILE, faults)
    framework_path = folder / spec.framework
    tables = {
        name: find_table(folder, name)
        for name in ("alternatives", "sources", "performances", "ballots")
    }
    check_forms(folder, (*tables, *NAMES, *COMPARING, CONSULTATION, INITIATIVES), faults)
    merged = read_merged(framework_path, faults)
    framework = framework_of(merged, framework_path.name, faults) if merged else None
    alternatives = read_alternatives(tables["alternatives"], faults)
    sources = read_sources(tables["sources"], faults)
    typed, named = read_cells(tables["performances"], framework, alternatives, sources, faults)
    paths = [
        folder / FILE,
        *(merged.paths if merged else ()),
        *(one for one in tables.values() if one.exists()),
        *(one for one in (folder / _RECORD,) if one.exists()),
    ]
    effects = None
    if spec.effects:
        sections = {name: getattr(spec, name) for name in ("effects", "parameters", "facts")}
        effects = read_effects(folder, sections, alternatives, sources, faults)
        paths += [folder / effects.file] if effects else []
    calculations = effects.calculations(alternatives) if effects else {}
    if framework and tables["performances"].exists():
        file = tables["performances"].name
        check_complete(
            named | calculable_cells(spec.effects, alternatives),
            alternatives,
            framework,
            file,
            faults,
        )
    if framework:
        _check_orders(spec.value_orders, framework, faults)
    criteria = [criterion.id for criterion in framework.criteria] if framework else []
    compared = read_compared(folder, framework, faults) if framework else Compared()
    neutral = spec.neutral_weights and not tables["ballots"].exists() and not compared.ballots
    ballots = (
        (neutral_ballots(framework, spec.perspective) if framework else ())
        if neutral
        else read_ballots(tables["ballots"], criteria, faults, compared.ballots)
    )
    # Names are not checked against a file with faults: one there would show in every row here.
    broken = {fault.where.file for fault in faults}
    is_sound = {name: path.name not in broken for name, path in tables.items()}
    options = [one.id for one in alternatives if is_sound["alternatives"]]
    participation, more = read_participation(
        folder,
        options,
        [source.id for source in sources if is_sound["sources"]],
        ballots if is_sound["ballots"] else (),
        faults,
    )
    _check_fallback(spec.fallback, options, faults)
    heard = {one.side for one in ballots if not one.abstains} if is_sound["ballots"] else None
    share, third_shares = agreed_shares(
        spec.shares, spec.share, "share" in spec.model_fields_set, heard, faults
    )
    faults.raise_all(str(folder))
    if framework is None:
        raise RuntimeError("a framework without faults was not read")
    where = Place(FILE, "effects")
    problem = _problem(framework, alternatives, sources, typed, calculations, where, faults)
    faults.raise_all(str(folder))
    scenario = Scenario(
        id=spec.id or folder.resolve().name,
        title=spec.title or Label(nl=spec.id, en=spec.id),
        note=spec.note,
        ballots_note=spec.ballots_note,
        neighbourhood=spec.neighbourhood,
        problem=problem,
        ballots=ballots,
        perspective=spec.perspective,
        share=share,
        third_shares=third_shares,
        seed=spec.seed,
        draws=spec.draws,
        tie_margin=spec.tie_margin,
        value_orders=spec.value_orders,
        variants=variants,
        variant=None,
        input_sha256=_fingerprint([*paths, *more, *compared.paths]),
        typed=typed,
        effects=effects,
        calculations=calculations,
        participation=participation,
        compared=compared,
        fallback=spec.fallback or None,
        stop_rule=StopRule(**spec.stop_rule.model_dump()),
        published=spec.published,
        neutral=neutral,
    )
    for variant in variants:
        _varied(scenario, variant, faults)
    faults.raise_all(str(folder))
    return scenario


def _problem(
    framework: Framework,
    alternatives: Sequence[Alternative],
    sources: Sequence[Source],
    typed: Mapping[tuple[str, str], Cell],
    calculations: Mapping[tuple[str, str], Calculation],
    where: Place,
    faults: Faults,
) -> DecisionProblem:
    """Lay typed and calculated cells together; a typed cell wins."""
    untyped = {key: value for key, value in calculations.items() if key not in typed}
    calculated = calculated_cells(untyped, framework, where, faults)
    known = tuple(sources)
    if calculated and CALCULATION.id not in {source.id for source in known}:
        known = (*known, CALCULATION)
    return DecisionProblem.of(framework, tuple(alternatives), {**calculated, **typed}, known)


def _varied(base: Scenario, variant: Variant, faults: Faults) -> Scenario:
    """Recalculate a scenario with the parameters of a variant."""
    if base.effects is None or not variant.parameters:
        return base
    effects = base.effects.varied(variant.parameters, variant.id, faults)
    problem = base.problem
    calculations = effects.calculations(problem.alternatives)
    where = Place(FILE, f"variants {variant.id}")
    changed = _problem(
        problem.framework,
        problem.alternatives,
        problem.sources,
        base.typed,
        calculations,
        where,
        faults,
    )
    return replace(base, problem=changed, effects=effects, calculations=calculations)


def _read_settings(path: Path, faults: Faults) -> tuple[ScenarioFile, tuple[Variant, ...]]:
    """Read the settings; defaults stand in after a fault, so that reading goes on."""
    given: dict[str, Any] = {}
    with faults.collecting():
        given = read_toml(path)
    spec = parse(ScenarioFile, given, Place(path.name), faults) or _usable(given)
    if spec.id:
        with faults.collecting():
            clean_id(spec.id, Place(path.name, None, "id"))
    variants: dict[str, Variant] = {}
    for index, item in enumerate(spec.variants):
        place = section_place(path.name, "variants", index, item)
        variant = parse(Variant, item, place, faults)
        if variant is None:
            continue
        with faults.collecting():
            clean_id(variant.id, place)
        if variant.id in variants:
            faults.add(
                InputError(
                    "id.duplicate",
                    where=place,
                    found=variant.id,
                    remedy="Keep one of them, or rename one.",
                )
            )
        variants[variant.id] = variant
    return spec, tuple(variants.values())


def _check_fallback(fallback: str, options: Sequence[str], faults: Faults) -> None:
    """Refuse a fallback that is no option."""
    if fallback and options and fallback not in options:
        faults.add(
            InputError(
                "scenario.unknown_fallback",
                where=Place(FILE, None, "fallback"),
                found=fallback,
                remedy="Choose one of: {known}.",
                known=", ".join(options),
            )
        )


def _check_orders(orders: Sequence[tuple[str, str]], framework: Framework, faults: Faults) -> None:
    """Refuse orders of values that are unknown or go round in a circle."""
    where = Place(FILE, None, "value_orders")
    known = [value.id for value in framework.values]
    unknown = [name for pair in orders for name in pair if name not in known]
    faults.add(
        *(
            InputError(
                "scenario.unknown_value",
                where=where,
                found=name,
                remedy="Choose one of: {known}.",
                known=", ".join(known),
            )
            for name in unknown
        )
    )
    below = {name: {second for first, second in orders if first == name} for name in known}
    try:
        tuple(TopologicalSorter(below).static_order())
    except CycleError as error:
        faults.add(
            InputError(
                "scenario.circular_order",
                where=where,
                found=" > ".join(error.args[1]),
                remedy="These pairs go round in a circle; remove one of them.",
            )
        )


def _usable(given: dict[str, Any]) -> ScenarioFile:
    framework = given.get("framework")
    return parse(ScenarioFile, {"framework": framework}, Place(FILE), Faults()) or ScenarioFile()


def _fingerprint(paths: list[Path]) -> str:
    """Hash the content of all files, in a fixed order and apart from where they stand."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
