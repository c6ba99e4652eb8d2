"""Cells that differ between neighbourhoods, and the same formulas over all of them at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from waardeweging.analysis.batch.country import NATIONAL, Country
from waardeweging.analysis.batch.facts import StackedFacts
from waardeweging.analysis.chance import PARAMETERS, generator
from waardeweging.analysis.scenario import Scenario
from waardeweging.effects.binding import Input, bind, calculable
from waardeweging.effects.criterion_formulas import FORMULAS, CriterionFormula
from waardeweging.problem.arrays import BoolArray, FloatArray
from waardeweging.problem.bands import triangular

HEAT, OWNERS = "heat_demand", "facts.owner_share"


@dataclass(frozen=True, slots=True)
class LocalCell:
    """A calculated cell whose inputs differ between neighbourhoods.

    Parameters
    ----------
    formula : CriterionFormula
    inputs : tuple of Input
    options : tuple of int
        Options that share formula and inputs, and so the number.
    column : int
        Position of the criterion in the framework.
    """

    formula: CriterionFormula
    inputs: tuple[Input, ...]
    options: tuple[int, ...]
    column: int

    def performances(self, facts: StackedFacts, drawn: Mapping[str, FloatArray]) -> FloatArray:
        """Evaluate the formula for many neighbourhoods and draws.

        Parameters
        ----------
        facts : StackedFacts
            Of n_neighbourhoods.
        drawn : mapping from key to array, shape (n_draws,)

        Returns
        -------
        array, shape (n_neighbourhoods, n_draws)
        """
        given = {one.name: _local(one.key, drawn, facts) for one in self.inputs}
        beside = self.formula.beside or {}
        terms = self.formula.terms(given)
        total = sum(term for name, term in terms.items() if name not in beside)
        count = max(array.shape[-1] for array in drawn.values())
        return np.broadcast_to(np.asarray(total), (len(facts.owner_share), count))


def local_cells(country: Country, scenario: Scenario) -> tuple[LocalCell, ...]:
    """Find the calculated cells whose counted inputs are not the same everywhere.

    Dwellings, labels and grid capacity are shown beside a result and counted in none.
    """
    effects = scenario.effects
    varying = _varying(country.facts, scenario)
    if effects is None or not varying:
        return ()
    problem = scenario.problem
    columns = {one.id: place for place, one in enumerate(problem.framework.criteria)}
    found: dict[tuple[str, tuple[Input, ...]], list[int]] = {}
    for name in (name for name in effects.criteria if name in columns):
        for row, option in enumerate(problem.alternatives):
            if not calculable(option, name) or (option.id, name) in scenario.typed:
                continue
            inputs = bind(
                FORMULAS[name], option, effects.techniques, effects.parameters, effects.facts
            )
            if any(one.key in varying for one in inputs):
                found.setdefault((name, inputs), []).append(row)
    return tuple(
        LocalCell(FORMULAS[name], inputs, tuple(rows), columns[name])
        for (name, inputs), rows in found.items()
    )


def middle(cells: Sequence[LocalCell]) -> dict[str, FloatArray]:
    """Give the most likely value of every input, shape (1,)."""
    return {one.key: np.array([one.mid]) for cell in cells for one in cell.inputs}


def drawn_inputs(cells: Sequence[LocalCell], seed: int, draws: int) -> dict[str, FloatArray]:
    """Draw every input, with the very numbers that the calculation of one scenario draws."""
    own = int(generator(seed, PARAMETERS).integers(2**63))
    inputs = {one.key: one for cell in cells for one in cell.inputs}
    return {key: _draw(one, own, draws) for key, one in inputs.items()}


def performances_at_mid(
    country: Country, scenario: Scenario, cells: Sequence[LocalCell], start: int, stop: int
) -> FloatArray:
    """Give the most likely performances of some neighbourhoods.

    Returns
    -------
    array, shape (stop - start, n_alternatives, n_criteria)
        For all criteria of the framework; an absent option holds those of the template.
    """
    problem = scenario.problem
    found = np.repeat(problem.mid[None], stop - start, axis=0)
    costs = cost_column(scenario)
    if costs is not None:
        found[:, :, costs] = country.bands[start:stop, :, 1]
    facts, values = country.facts.take(np.arange(start, stop)), middle(cells)
    for cell in cells:
        found[:, list(cell.options), cell.column] = cell.performances(facts, values)
    return found


def cost_column(scenario: Scenario) -> int | None:
    """Give the position of the national costs in the framework; None when it has none."""
    ids = [criterion.id for criterion in scenario.problem.framework.criteria]
    return ids.index(NATIONAL) if NATIONAL in ids else None


def eligible_options(scenario: Scenario, performances: FloatArray, present: BoolArray) -> BoolArray:
    """Mark the options that are there and keep every requirement, never the reference.

    Parameters
    ----------
    scenario : Scenario
    performances : array, shape (n_neighbourhoods, n_alternatives, n_criteria)
    present : array of bool, shape (n_neighbourhoods, n_alternatives)
    """
    framework = scenario.problem.framework
    ids = [criterion.id for criterion in framework.criteria]
    allowed = present & [not option.reference for option in scenario.problem.alternatives]
    for requirement in framework.requirements:
        column = performances[..., ids.index(requirement.criterion)]
        at_most = requirement.sense == "at_most"
        allowed &= column <= requirement.limit if at_most else column >= requirement.limit
    return allowed


def _varying(facts: StackedFacts, scenario: Scenario) -> frozenset[str]:
    """Name the inputs in which some neighbourhood differs from the template."""
    default = scenario.effects.facts.owner_share if scenario.effects else None
    owners = default is None or (facts.owner_share != default.value).any()
    found = {HEAT: (facts.heat_scale != 1.0).any(), OWNERS: owners}
    return frozenset(key for key, differs in found.items() if differs)


def _local(key: str, drawn: Mapping[str, FloatArray], facts: StackedFacts) -> FloatArray:
    if key == HEAT:
        return drawn[key] * facts.heat_scale[:, None]
    if key == OWNERS:
        return facts.owner_share[:, None]
    return drawn[key]


def _draw(one: Input, seed: int, draws: int) -> FloatArray:
    name = hashlib.sha256(one.key.encode()).digest()
    key = np.array([seed, int.from_bytes(name[:8], "big")], dtype=np.uint64)
    uniforms = np.random.Generator(np.random.Philox(key=key)).random(draws)
    return triangular(uniforms, one.low, one.mid, one.high)
