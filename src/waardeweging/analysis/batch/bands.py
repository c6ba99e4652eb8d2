"""Scores with every performance drawn from its band, for neighbourhoods that differ.

A score is a sum. What is the same fact in every neighbourhood was added up once, draw by
draw; what is left is drawn here, for the options that are there only. It is computed in
single precision; where two options come so near that this could matter, exact scores of
just those draws decide. Nothing about a distribution is approximated: the draws of a
neighbourhood have the distribution that drawing each of its cells by itself would give.
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
)
from waardeweging.analysis.batch.local_cells import DrawnCell, Single, cost_column
from waardeweging.analysis.batch.sampling import (
    Sampled,
    Stack,
    options_there,
    positions,
    tiles,
)
from waardeweging.analysis.batch.settings import WeightSet
from waardeweging.problem.arrays import BoolArray, FloatArray, IntArray
from waardeweging.problem.value_functions import ValueFunction
from waardeweging.robustness.contest import TIED


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells that differ between neighbourhoods, by where they count.

    Parameters
    ----------
    cells : tuple of DrawnCell
    columns : tuple of int
        Position of each among the weighed criteria.
    functions : tuple of ValueFunction
    costs : ValueFunction or None
        Of the national costs; None where they are not weighed.
    cost_column : int
        Their position among the weighed criteria.
    codes : tuple of int or None, length n_alternatives
        With which drawn costs each option moves.
    basis : array, shape (n_codes, 2, n_draws)
        Smaller number and gap behind the costs of each code.
    """

    cells: tuple[DrawnCell, ...]
    columns: tuple[int, ...]
    functions: tuple[ValueFunction, ...]
    costs: ValueFunction | None
    cost_column: int
    codes: tuple[int | None, ...]
    basis: FloatArray

    @classmethod
    def of(cls, country: Country, draws: CountryDraws, variant: VariantDraws) -> _Cells:
        scenario = variant.scenario
        framework = scenario.problem.framework
        weighed = framework.weighed(scenario.perspective)
        cells = tuple(one for one in variant.local if one.cell.column in weighed)
        column = cost_column(scenario)
        counts = column is not None and column in weighed and len(draws.codes) > 0
        return cls(
            cells,
            tuple(weighed.index(one.cell.column) for one in cells),
            tuple(framework.criteria[one.cell.column].function for one in cells),
            framework.criteria[column].function if counts and column is not None else None,
            weighed.index(column) if counts and column is not None else -1,
            tuple(draws.codes.index(code) if code else None for code in country.codes),
            draws.costs,
        )


@dataclass(frozen=True, slots=True)
class _Values:
    """Drawn value scores of one criterion, for some options of a tile.

    Parameters
    ----------
    options : list of int
        Positions among the options that are there.
    column : int
        Position of the criterion among those that are weighed.
    values : array, shape (n_neighbourhoods, n_draws)
    """

    options: list[int]
    column: int
    values: Single


class _Tile:
    """The neighbourhoods of one tile, with the options that are anywhere among them."""

    def __init__(self, cells: _Cells, stack: Stack, tile: slice) -> None:
        self._cells = cells
        self._facts: StackedFacts = stack.facts.take(np.arange(tile.start, tile.stop))
        self._bands = stack.bands[tile]
        everything = stack.eligible[tile]
        self.options: IntArray = options_there(everything)
        self.eligible: BoolArray = everything[:, self.options]
        place = {int(option): at for at, option in enumerate(self.options)}
        self._local = [
            (options, column, function, one.here(self._facts))
            for one, column, function in zip(
                cells.cells, cells.columns, cells.functions, strict=True
            )
            if (options := [place[option] for option in one.cell.options if option in place])
        ]

    def drawn(self, part: slice) -> list[_Values]:
        """Draw the value scores that differ, for one chunk; the same under any weights."""
        cells = self._cells
        found = [
            _Values(options, column, _single_values(function, one.single(part, TILE)))
            for options, column, function, one in self._local
        ]
        if cells.costs is not None:
            found += self._costs(cells.costs, part)
        return found

    def fill(
        self, scores: Single, shared: Single, part: slice, weights: Single, drawn: list[_Values]
    ) -> None:
        """Add up what is the same everywhere and what differs.

        Parameters
        ----------
        scores : array, shape (n_there, n_neighbourhoods, n_draws)
            Filled here.
        shared : array, shape (n_alternatives, n_draws)
        part : slice
            The chunk of draws.
        weights : array, shape (n_criteria, n_draws)
            Of the chunk.
        drawn : list of _Values
        """
        scores[:] = shared[self.options][:, None, part]
        for one in drawn:
            added = one.values * weights[one.column]
            for option in one.options:
                scores[option] += added
        for option, here in enumerate(self.eligible.T):
            if not here.all():
                scores[option, ~here] = -1.0 - option

    def exact(
        self, at: IntArray, draws: IntArray, shared: FloatArray, weights: FloatArray
    ) -> FloatArray:
        """Give exact scores of some draws, shape (k, n_there).

        Parameters
        ----------
        at : array of int, shape (k,)
            Neighbourhoods of the tile.
        draws : array of int, shape (k,)
        shared : array, shape (n_alternatives, n_draws)
        weights : array, shape (k, n_criteria)
        """
        cells = self._cells
        found = shared[self.options][:, draws].T.copy()
        for options, column, function, one in self._local:
            values = function(one.exact(at, draws)) * weights[:, column]
            for option in options:
                found[:, option] += values
        if cells.costs is not None:
            for place, option in enumerate(self.options.tolist()):
                code = cells.codes[option]
                if code is not None:
                    low, mid, high = self._bands[at, option].T
                    smaller, gap = cells.basis[code][:, draws]
                    values = cells.costs(low + (high - low) * smaller + (mid - low) * gap)
                    found[:, place] += values * weights[:, cells.cost_column]
        return found

    def _costs(self, function: ValueFunction, part: slice) -> list[_Values]:
        found = []
        for place, option in enumerate(self.options.tolist()):
            code = self._cells.codes[option]
            if code is not None:
                low, mid, high = self._bands[:, option].T.astype(np.float32)[..., None]
                smaller, gap = self._cells.basis[code][:, part].astype(np.float32)
                drawn = low + (high - low) * smaller + (mid - low) * gap
                found.append(
                    _Values([place], self._cells.cost_column, _single_values(function, drawn))
                )
        return found


def _single_values(function: ValueFunction, performances: Single) -> Single:
    """Give value scores in single precision; a straight function needs no search."""
    if function.kind != "linear":
        return function(performances.astype(np.float64)).astype(np.float32)
    (first, last), (low, high) = function.x, function.v
    slope = np.float32((high - low) / (last - first))
    performances -= np.float32(first)
    performances *= slope
    performances += np.float32(low)
    return np.clip(performances, 0.0, 1.0, out=performances)


def sample_bands(
    country: Country,
    draws: CountryDraws,
    variant: VariantDraws,
    stack: Stack,
    winners: Mapping[WeightSet, IntArray],
) -> tuple[dict[WeightSet, Sampled], dict[WeightSet, FloatArray]]:
    """Count places under drawn weights and performances, and what knowing these is worth.

    Parameters
    ----------
    country : Country
    draws : CountryDraws
    variant : VariantDraws
    stack : Stack
    winners : mapping from weight set to array of int, shape (n_neighbourhoods,)
        Whose regret is asked; −1 for nobody.

    Returns
    -------
    tuple of dict
        Places and regret for every weight set; and for those that are one row of weights the
        expected gain of knowing every performance before choosing, shape (n_neighbourhoods,).
        [0–1]

    References
    ----------
    H. Raiffa and R. Schlaifer, Applied Statistical Decision Theory, Harvard University,
    1961, ch. 4.
    """
    cells = _Cells.of(country, draws, variant)
    number, options, criteria = stack.values.shape
    parts = chunks(country.template.draws)
    apart = tolerance(np.dtype(np.float32), 2 * criteria)
    counters: dict[int, PlaceCounter] = {}
    shares = {name: np.zeros((number, options, options)) for name in variant.drawn}
    regret = {name: np.zeros(number) for name in variant.drawn}
    few = next((one.scores.shape[1] for one in variant.fixed.values()), 0)
    gains = {name: np.zeros(number) for name in variant.fixed}
    single = {name: one.scores.astype(np.float32) for name, one in [*variant.drawn.items()]}
    fixed = {name: one.scores.astype(np.float32) for name, one in variant.fixed.items()}
    for rows in tiles(number):
        tile = _Tile(cells, stack, rows)
        there, size = tile.options, len(tile.options)
        if size not in counters:
            counters[size] = PlaceCounter(size, parts[0].stop, np.float32, apart)
        counter = counters[size]
        places = {name: np.zeros((len(tile.eligible), size, size)) for name in variant.drawn}
        lost = {name: np.zeros((size, len(tile.eligible))) for name in variant.fixed}
        chosen = {name: positions(there, winners[name][rows]) for name in variant.drawn}
        for part in parts:
            width = part.stop - part.start
            scores = counter.scores[:, : len(tile.eligible), :width]
            drawn = tile.drawn(part)
            for name in variant.drawn:
                weights = draws.weights[name]
                tile.fill(scores, single[name], part, weights.single[:, part], drawn)

                def exact(
                    at: IntArray,
                    draw: IntArray,
                    own: Shared = variant.drawn[name],
                    table: FloatArray = weights.drawn,
                    first: int = part.start,
                    here: _Tile = tile,
                ) -> FloatArray:
                    return here.exact(at, first + draw, own.scores, table[first + draw])

                counter.add(places[name], width, tile.eligible, exact)
                regret[name][rows] += summed_regret(scores, chosen[name])
            if part.start < few:
                part = slice(part.start, min(part.stop, few))
                kept = [
                    _Values(one.options, one.column, one.values[:, : part.stop - part.start])
                    for one in drawn
                ]
                scores = scores[..., : part.stop - part.start]
                for name in variant.fixed:
                    row = np.asarray(draws.weights[name].fixed, np.float32)[:, None]
                    tile.fill(scores, fixed[name], part, row, kept)
                    lost[name] += np.subtract(scores.max(axis=0), scores).sum(
                        axis=-1, dtype=np.float64
                    )
        for name, one in places.items():
            shares[name][rows][:, there[:, None], np.arange(size)] = one
        for name, losses in lost.items():
            # Choosing now means the option that loses least on average.
            gains[name][rows] = losses.min(axis=0) / few
    return (
        {
            name: Sampled.of(shares[name], regret[name], country.template.draws, winners[name])
            for name in variant.drawn
        },
        {name: np.where(gain > TIED, gain, 0.0) for name, gain in gains.items()},
    )
