"""Cells that differ between neighbourhoods, and the same formulas over all of them at once.

A formula is affine in each local number by itself (heat, what insulation saves, what it or
a network costs), so a few evaluations give it everywhere: one per combination of local
numbers, draw by draw. What is left for a neighbourhood is a short sum of products, added in
a fixed order, so that its digits do not depend on its company.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from waardeweging.analysis.batch.country import NATIONAL, Country
from waardeweging.analysis.batch.facts import Spread, StackedFacts
from waardeweging.analysis.chance import PARAMETERS, generator
from waardeweging.analysis.scenario import Scenario
from waardeweging.effects.binding import Input, bind, calculable, fact_name
from waardeweging.effects.criterion_formulas import FORMULAS, CriterionFormula
from waardeweging.problem.arrays import BoolArray, FloatArray, IntArray
from waardeweging.problem.bands import triangular

_ROUNDING = 1e-12
# Numbers of a usual size: a formula is evaluated with a local number at 0 and at this.
_USUAL = {
    "heat_now": 40.0,
    "owner_share": 1.0,
    "space_saving_b": 0.25,
    "space_saving_d": 0.1,
}
_USUAL_COST = 500.0
Drawn = Mapping[str, FloatArray]
Single = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LocalCell:
    """A calculated cell whose inputs differ between neighbourhoods.

    Parameters
    ----------
    formula : CriterionFormula
    inputs : tuple of Input
    local : tuple of (str, str)
        Name of an input that is local, and of the fact in which it stands.
    options : tuple of int
        Options that share formula and inputs, and so the number.
    column : int
        Position of the criterion in the framework.
    """

    formula: CriterionFormula
    inputs: tuple[Input, ...]
    local: tuple[tuple[str, str], ...]
    options: tuple[int, ...]
    column: int

    def terms(self, drawn: Drawn) -> tuple[tuple[tuple[str, ...], FloatArray], ...]:
        """Write the formula as a sum over products of local numbers.

        Parameters
        ----------
        drawn : mapping from key to array, shape (n_draws,)
            Every input that is the same everywhere.

        Returns
        -------
        tuple of (tuple of str, array)
            Names of the facts that are multiplied, and what one unit of their product adds,
            of shape (n_draws,). What adds nothing is left out.
        """
        names = [name for name, _ in self.local]
        facts = [fact for _, fact in self.local]
        size = [_USUAL.get(fact, _USUAL_COST) for fact in facts]
        given = {one.name: drawn[one.key] for one in self.inputs if one.name not in names}
        found: dict[tuple[int, ...], FloatArray] = {}
        for corner in product((0, 1), repeat=len(names)):
            at = {
                name: np.array(bit * one)
                for name, bit, one in zip(names, corner, size, strict=True)
            }
            found[corner] = self._total({**given, **at})
        # What a product adds is what is left at its corner after all smaller products.
        for place in range(len(names)):
            for corner in found:
                if corner[place]:
                    below = (*corner[:place], 0, *corner[place + 1 :])
                    found[corner] = found[corner] - found[below]
        scale = max(float(np.abs(one).max()) for one in found.values()) + _ROUNDING
        return tuple(
            (
                tuple(fact for fact, bit in zip(facts, corner, strict=True) if bit),
                one / np.prod([own for own, bit in zip(size, corner, strict=True) if bit]),
            )
            for corner, one in found.items()
            if float(np.abs(one).max()) > _ROUNDING * scale
        )

    def _total(self, given: Mapping[str, FloatArray]) -> FloatArray:
        beside = self.formula.beside or {}
        terms = self.formula.terms(given)
        return np.asarray(sum(term for name, term in terms.items() if name not in beside))


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A local cell with all its draws, ready for any neighbourhood.

    Parameters
    ----------
    cell : LocalCell
    products : tuple of tuple of str
        Names of the facts that are multiplied, a term each.
    terms : array, shape (n_terms, n_draws)
        What one unit of each product adds.
    names : tuple of str
        Every fact that takes part, in a fixed order.
    relative : mapping from Spread to array, shape (n_draws,)
        Draws of local numbers, as parts of their likely value.
    """

    cell: LocalCell
    products: tuple[tuple[str, ...], ...]
    terms: FloatArray
    names: tuple[str, ...]
    relative: Mapping[Spread, FloatArray]
    _known: dict[tuple[Spread, ...], tuple[FloatArray, Single]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, cell: LocalCell, drawn: Drawn, relative: Mapping[Spread, FloatArray], draws: int
    ) -> DrawnCell:
        """Draw a cell."""
        terms = cell.terms(drawn)
        products = tuple(names for names, _ in terms)
        table = np.array([np.broadcast_to(one, (draws,)) for _, one in terms]).reshape(-1, draws)
        every = tuple(sorted({name for names in products for name in names}))
        return cls(cell, products, table, every, relative)

    def factors(self, facts: StackedFacts) -> FloatArray:
        """Give the product of local numbers of every term, shape (n_neighbourhoods, n_terms)."""
        found = np.ones((len(facts.owner_share), len(self.products)))
        for place, names in enumerate(self.products):
            for name in names:
                found[:, place] *= facts.numbers[name].mid
        return found

    def spreads(self, facts: StackedFacts) -> IntArray:
        """Give how the local numbers are drawn, shape (n_neighbourhoods, n_names)."""
        columns = [facts.numbers[name].spread for name in self.names]
        return np.array(columns, np.int64).reshape(len(columns), len(facts.owner_share)).T

    def basis(self, facts: StackedFacts, spread: Sequence[int]) -> tuple[FloatArray, Single]:
        """Give every term with the draws of its local numbers, in double and single precision.

        Parameters
        ----------
        facts : StackedFacts
        spread : sequence of int
            A row of `spreads`.

        Returns
        -------
        tuple of array, shape (n_terms, n_draws)
        """
        chosen = {
            name: facts.numbers[name].spreads[one]
            for name, one in zip(self.names, spread, strict=True)
        }
        key = tuple(chosen.values())
        if key not in self._known:
            found = self.terms.copy()
            for place, names in enumerate(self.products):
                for name in names:
                    found[place] *= self.relative[chosen[name]]
            self._known[key] = found, found.astype(np.float32)
        return self._known[key]

    def here(self, facts: StackedFacts) -> HereCell:
        """Give the cell in some neighbourhoods."""
        factors, spreads = self.factors(facts), self.spreads(facts)
        if (spreads == spreads[:1]).all():
            groups = [(np.arange(len(factors)), *self.basis(facts, spreads[0].tolist()))]
        else:
            groups = [
                (
                    np.flatnonzero((spreads == spread).all(axis=1)),
                    *self.basis(facts, spread.tolist()),
                )
                for spread in np.unique(spreads, axis=0)
            ]
        group = np.zeros(len(factors), np.int64)
        for number, (rows, _, _) in enumerate(groups):
            group[rows] = number
        return HereCell(factors, tuple(groups), group)


@dataclass(frozen=True, slots=True)
class HereCell:
    """A local cell in n_neighbourhoods.

    Parameters
    ----------
    factors : array, shape (n_neighbourhoods, n_terms)
    groups : tuple of (array of int, array, array)
        Neighbourhoods whose local numbers are drawn alike, and their terms of shape
        (n_terms, n_draws) in double and single precision.
    group : array of int, shape (n_neighbourhoods,)
        Position of each in `groups`.
    """

    factors: FloatArray
    groups: tuple[tuple[IntArray, FloatArray, Single], ...]
    group: IntArray

    def exact(self, at: IntArray, draws: IntArray) -> FloatArray:
        """Give the performance of neighbourhood `at` in draw `draws`, pair by pair."""
        found = np.empty(len(at))
        group = self.group[at]
        for number, (_, terms, _) in enumerate(self.groups):
            mine = np.flatnonzero(group == number)
            factors, total = self.factors[at[mine]], np.zeros(len(mine))
            for place in range(len(terms)):
                total += factors[:, place] * terms[place, draws[mine]]
            found[mine] = total
        return found

    def single(self, part: slice, size: int) -> Single:
        """Give the performances of all neighbourhoods in a chunk of draws.

        Parameters
        ----------
        part : slice
        size : int
            Rows of the matrix product, whatever their number here, so that the digits of a
            neighbourhood do not depend on how many stand beside it.

        Returns
        -------
        array, shape (n_neighbourhoods, n_draws)
        """
        whole = np.zeros((size, self.factors.shape[1]), np.float32)
        whole[: len(self.factors)] = self.factors
        products = [np.matmul(whole, terms[:, part]) for _, _, terms in self.groups]
        found: Single = products[0][: len(self.factors)]
        for (rows, _, _), product_ in zip(self.groups[1:], products[1:], strict=True):
            found[rows] = product_[rows]
        return found


def local_cells(country: Country, scenario: Scenario) -> tuple[LocalCell, ...]:
    """Find the calculated cells whose counted inputs are not the same everywhere."""
    effects = scenario.effects
    if effects is None:
        return ()
    problem = scenario.problem
    columns = {one.id: place for place, one in enumerate(problem.framework.criteria)}
    found: dict[tuple[str, tuple[Input, ...], tuple[tuple[str, str], ...]], list[int]] = {}
    for name in (name for name in effects.criteria if name in columns):
        for row, option in enumerate(problem.alternatives):
            if not calculable(option, name) or (option.id, name) in scenario.typed:
                continue
            inputs = bind(
                FORMULAS[name], option, effects.techniques, effects.parameters, effects.facts
            )
            pairs = ((one.name, fact_name(one.name, option)) for one in inputs)
            local = tuple(
                (own, fact)
                for own, fact in pairs
                if fact is not None and fact in country.facts.numbers
            )
            if local:
                found.setdefault((name, inputs, local), []).append(row)
    return tuple(
        LocalCell(FORMULAS[name], inputs, local, tuple(rows), columns[name])
        for (name, inputs, local), rows in found.items()
    )


def at_middle(cells: Sequence[LocalCell], facts: StackedFacts) -> tuple[DrawnCell, ...]:
    """Give the cells with every input at its likely value, as one draw."""
    middle = {one.key: np.array([one.mid]) for cell in cells for one in cell.inputs}
    same = {spread: np.ones(1) for spread in _spreads(facts)}
    return tuple(DrawnCell.of(cell, middle, same, 1) for cell in cells)


def drawn_cells(
    cells: Sequence[LocalCell], facts: StackedFacts, seed: int, draws: int
) -> tuple[DrawnCell, ...]:
    """Give the cells with every input drawn, as the calculation of one scenario draws it."""
    own = int(generator(seed, PARAMETERS).integers(2**63))
    inputs = {one.key: one for cell in cells for one in cell.inputs}
    drawn = {
        key: _draw(key, (one.low, one.mid, one.high), own, draws) for key, one in inputs.items()
    }
    relative = {
        spread: _draw(spread.key, (spread.low, 1.0, spread.high), own, draws)
        for spread in _spreads(facts)
    }
    return tuple(DrawnCell.of(cell, drawn, relative, draws) for cell in cells)


def performances_at_mid(
    country: Country, scenario: Scenario, cells: Sequence[DrawnCell], start: int, stop: int
) -> FloatArray:
    """Give the most likely performances of some neighbourhoods.

    Parameters
    ----------
    country : Country
    scenario : Scenario
    cells : sequence of DrawnCell
        From `at_middle`.
    start, stop : int

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
    facts = country.facts.take(np.arange(start, stop))
    at = np.arange(stop - start)
    for one in cells:
        there = one.here(facts).exact(at, np.zeros_like(at))
        found[:, list(one.cell.options), one.cell.column] = there[:, None]
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


def _spreads(facts: StackedFacts) -> tuple[Spread, ...]:
    return tuple(dict.fromkeys(one for own in facts.numbers.values() for one in own.spreads))


def _draw(key: str, band: tuple[float, float, float], seed: int, draws: int) -> FloatArray:
    name = hashlib.sha256(key.encode()).digest()
    philox = np.array([seed, int.from_bytes(name[:8], "big")], dtype=np.uint64)
    uniforms = np.random.Generator(np.random.Philox(key=philox)).random(draws)
    return triangular(uniforms, *band)
