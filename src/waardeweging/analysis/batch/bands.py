"""Scores with every performance drawn from its band, for neighbourhoods that differ a little.

A score is a sum. What is the same fact in every neighbourhood was added up once, draw by
draw; what is left is drawn here. All of it is exact: the draws of a neighbourhood have the
distribution that drawing each of its cells by itself would give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from waardeweging.analysis.batch.country import Country
from waardeweging.analysis.batch.draws import CountryDraws, Shared, VariantDraws
from waardeweging.analysis.batch.facts import StackedFacts
from waardeweging.analysis.batch.kernel import (
    TILE,
    PlaceCounter,
    chunks,
    summed_regret,
    tolerance,
    triangular_terms,
)
from waardeweging.analysis.batch.local_cells import LocalCell, cost_column
from waardeweging.analysis.batch.sampling import Sampled, Stack, tiles
from waardeweging.analysis.batch.settings import WeightSet
from waardeweging.problem.arrays import BoolArray, FloatArray, IntArray
from waardeweging.problem.value_functions import ValueFunction
from waardeweging.robustness.contest import TIED


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells that differ between neighbourhoods, by where they count.

    Parameters
    ----------
    cells : tuple of LocalCell
    columns : tuple of int
        Position of each among the weighed criteria.
    functions : tuple of ValueFunction
    costs : ValueFunction or None
        Of the national costs; None where they are not weighed.
    cost_column : int
        Their position among the weighed criteria.
    codes : tuple of int or None, length n_alternatives
        Which drawn costs belong to each option.
    inputs : mapping from key to array, shape (n_draws,)
    basis : array, shape (n_codes, 2, n_draws)
        Smaller number and gap behind the costs of each code.
    """

    cells: tuple[LocalCell, ...]
    columns: tuple[int, ...]
    functions: tuple[ValueFunction, ...]
    costs: ValueFunction | None
    cost_column: int
    codes: tuple[int | None, ...]
    inputs: Mapping[str, FloatArray]
    basis: FloatArray

    @classmethod
    def of(cls, country: Country, draws: CountryDraws, variant: VariantDraws) -> _Cells:
        scenario = variant.scenario
        framework = scenario.problem.framework
        weighed = framework.weighed(scenario.perspective)
        cells = tuple(cell for cell in variant.cells if cell.column in weighed)
        column = cost_column(scenario)
        counts = column is not None and column in weighed and len(draws.codes) > 0
        return cls(
            cells,
            tuple(weighed.index(cell.column) for cell in cells),
            tuple(framework.criteria[cell.column].function for cell in cells),
            framework.criteria[column].function if counts and column is not None else None,
            weighed.index(column) if counts and column is not None else -1,
            tuple(draws.codes.index(code) if code else None for code in country.codes),
            variant.inputs,
            draws.costs,
        )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Value scores of one chunk of draws that differ between neighbourhoods.

    Parameters
    ----------
    cells : tuple of array, shape (n_neighbourhoods, n_draws)
        Of the local cells.
    bent : mapping from (neighbourhood, code) to array, shape (n_draws,)
        Of national costs whose band lies across a bend of the value function.
    """

    cells: tuple[FloatArray, ...]
    bent: Mapping[tuple[int, int], FloatArray]


class _Tile:
    """The neighbourhoods of one tile, with what is drawn for them."""

    def __init__(self, cells: _Cells, stack: Stack, tile: slice) -> None:
        self._cells = cells
        self._facts: StackedFacts = stack.facts.take(np.arange(tile.start, tile.stop))
        self._bands = stack.bands[tile]
        self.eligible: BoolArray = stack.eligible[tile]
        self._terms = np.zeros((*self._bands.shape[:2], 3))
        self._bent: list[tuple[int, int]] = []
        if cells.costs is not None:
            bent = crosses_bend(cells.costs, self._bands[..., 0], self._bands[..., 2])
            low, mid, high = np.moveaxis(cells.costs(self._bands), -1, 0)
            self._terms = np.where(bent[..., None], 0.0, triangular_terms(low, mid, high))
            self._bent = [(int(row), int(code)) for row, code in np.argwhere(bent)]

    def drawn(self, part: slice) -> _Drawn:
        """Draw what differs, for one chunk; the same under any weights."""
        cells = self._cells
        inputs = {key: one[part] for key, one in cells.inputs.items()}
        values = (
            function(cell.performances(self._facts, inputs))
            for cell, function in zip(cells.cells, cells.functions, strict=True)
        )
        return _Drawn(tuple(values), {at: self._bent_values(at, part) for at in self._bent})

    def fill(
        self, scores: FloatArray, shared: Shared, part: slice, weights: FloatArray, drawn: _Drawn
    ) -> None:
        """Add up what is the same everywhere and what differs.

        Parameters
        ----------
        scores : array, shape (n_alternatives, n_neighbourhoods, n_draws)
            Filled here.
        shared : Shared
        part : slice
            The chunk of draws.
        weights : array, shape (n_draws, n_criteria)
            Of the chunk.
        drawn : _Drawn
        """
        cells = self._cells
        scores[:] = shared.scores[:, None, part]
        for cell, column, values in zip(cells.cells, cells.columns, drawn.cells, strict=True):
            added = values * weights[:, column]
            for option in cell.options:
                scores[option] += added
        if cells.costs is not None:
            self._add_costs(scores, shared.costs[:, :, part], weights[:, cells.cost_column], drawn)
        for option, there in enumerate(self.eligible.T):
            if not there.all():
                scores[option, ~there] = -1.0 - option

    def _add_costs(
        self, scores: FloatArray, basis: FloatArray, weights: FloatArray, drawn: _Drawn
    ) -> None:
        added = np.matmul(self._terms[:, :, None, :], basis)[:, :, 0]
        for (row, code), values in drawn.bent.items():
            added[row, code] += values * weights
        for option, found in enumerate(self._cells.codes):
            if found is not None:
                scores[option] += added[:, found]

    def _bent_values(self, at: tuple[int, int], part: slice) -> FloatArray:
        if self._cells.costs is None:
            raise RuntimeError("costs are drawn only where they are weighed")
        low, mid, high = self._bands[at]
        smaller, gap = self._cells.basis[at[1], :, part]
        return self._cells.costs(low + (high - low) * smaller + (mid - low) * gap)


def sample_bands(
    country: Country,
    draws: CountryDraws,
    variant: VariantDraws,
    stack: Stack,
    winners: Mapping[WeightSet, IntArray],
) -> dict[WeightSet, Sampled]:
    """Count places under drawn weights and drawn performances, for every weight set.

    Parameters
    ----------
    country : Country
    draws : CountryDraws
    variant : VariantDraws
    stack : Stack
    winners : mapping from weight set to array of int, shape (n_neighbourhoods,)
        Whose regret is asked; −1 for nobody.
    """
    cells = _Cells.of(country, draws, variant)
    number, options, criteria = stack.values.shape
    parts = chunks(country.template.draws)
    apart = tolerance(np.dtype(np.float64), 2 * criteria)
    counter = PlaceCounter(options, parts[0].stop, np.float64, apart)
    shares = {name: np.zeros((number, options, options)) for name in variant.drawn}
    regret = {name: np.zeros(number) for name in variant.drawn}
    for rows in tiles(number):
        tile = _Tile(cells, stack, rows)
        for part in parts:
            width = part.stop - part.start
            scores = np.asarray(counter.scores, np.float64)[:, : len(tile.eligible), :width]
            drawn = tile.drawn(part)
            for name, shared in variant.drawn.items():
                tile.fill(scores, shared, part, draws.weights[name].drawn[part], drawn)

                def exact(at: IntArray, draw: IntArray, own: FloatArray = scores) -> FloatArray:
                    return own[:, at, draw].T

                counter.add(shares[name][rows], width, tile.eligible, exact)
                regret[name][rows] += summed_regret(scores, winners[name][rows])
    return {
        name: Sampled.of(shares[name], regret[name], country.template.draws, winners[name])
        for name in variant.drawn
    }


def information(
    country: Country, draws: CountryDraws, variant: VariantDraws, stack: Stack
) -> dict[WeightSet, FloatArray]:
    """Give what knowing every performance before choosing is worth, under fixed weights.

    Returns
    -------
    dict of array, shape (n_neighbourhoods,)
        Expected gain in score, for the weight sets that are one row. [0–1]

    References
    ----------
    H. Raiffa and R. Schlaifer, Applied Statistical Decision Theory, Harvard University,
    1961, ch. 4.
    """
    if not variant.fixed:
        return {}
    cells = _Cells.of(country, draws, variant)
    number, options, _ = stack.values.shape
    few = next(iter(variant.fixed.values())).scores.shape[1]
    parts = chunks(few)
    lost = {name: np.zeros((options, number)) for name in variant.fixed}
    buffer = np.empty((options, TILE, parts[0].stop))
    for rows in tiles(number):
        tile = _Tile(cells, stack, rows)
        for part in parts:
            scores = buffer[:, : len(tile.eligible), : part.stop - part.start]
            drawn = tile.drawn(part)
            for name, shared in variant.fixed.items():
                fixed = np.asarray(draws.weights[name].fixed)
                weights = np.broadcast_to(fixed, (scores.shape[2], len(fixed)))
                tile.fill(scores, shared, part, weights, drawn)
                lost[name][:, rows] += np.subtract(scores.max(axis=0), scores).sum(axis=-1)
    # Choosing now means the option that loses least on average.
    gains = {name: one.min(axis=0) / few for name, one in lost.items()}
    return {name: np.where(gain > TIED, gain, 0.0) for name, gain in gains.items()}


def crosses_bend(function: ValueFunction, low: FloatArray, high: FloatArray) -> BoolArray:
    """Tell whether a value function bends, or jumps, strictly inside a band.

    Where it does not, the value of a triangular performance is triangular itself.

    Parameters
    ----------
    function : ValueFunction
    low, high : array, shape (...)
    """
    if function.threshold is not None:
        return (low < function.threshold) & (function.threshold <= high)
    slopes = np.concatenate([[0.0], np.diff(function.v) / np.diff(function.x), [0.0]])
    bends = function.x[~np.isclose(np.diff(slopes), 0.0, atol=1e-15)]
    inside = (low[..., None] < bends) & (bends < high[..., None])
    return np.asarray(inside.any(axis=-1))
