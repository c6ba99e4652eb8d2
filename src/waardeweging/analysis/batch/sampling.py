"""Places and regret over draws, tile by tile, in memory that does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from waardeweging.analysis.batch.country import Country
from waardeweging.analysis.batch.draws import CountryDraws, Shared, VariantDraws, WeightDraws
from waardeweging.analysis.batch.facts import StackedFacts
from waardeweging.analysis.batch.fixed import NOBODY
from waardeweging.analysis.batch.kernel import (
    TILE,
    PlaceCounter,
    chunks,
    summed_regret,
    tolerance,
    triangular_terms,
)
from waardeweging.analysis.batch.local_cells import cost_column
from waardeweging.analysis.batch.settings import WeightSet
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray
from waardeweging.problem.value_functions import ValueFunction
from waardeweging.robustness.contest import TIED
from waardeweging.scoring.additive import additive_scores


@dataclass(frozen=True, eq=False)
class Sampled(ArrayRecord):
    """What many draws say about many neighbourhoods.

    Parameters
    ----------
    shares : array, shape (n_neighbourhoods, n_alternatives, n_alternatives)
        Share of the draws in which an option has a place; 0 for one that is not eligible.
    regret : array, shape (n_neighbourhoods,)
        Expected score lost by choosing the winner. [0–1]
    """

    shares: FloatArray
    regret: FloatArray


@dataclass(frozen=True, eq=False)
class Stack(ArrayRecord):
    """The neighbourhoods of one partition in one variant.

    Parameters
    ----------
    start : int
        Position of the first in the country.
    performances : array, shape (n_neighbourhoods, n_alternatives, n_criteria)
        The most likely ones, for all criteria of the framework.
    values : array, shape (n_neighbourhoods, n_alternatives, n_weighed)
        Their value scores. [0–1]
    eligible : array of bool, shape (n_neighbourhoods, n_alternatives)
        Which options are there and keep every requirement.
    bands : array, shape (n_neighbourhoods, n_codes, 3)
        Low, mid and high of the national costs per variant of the Startanalyse.
    facts : StackedFacts
    cheapest : array of int, shape (n_neighbourhoods,)
        What costs alone would choose; −1 where they cannot.
    """

    start: int
    performances: FloatArray
    values: FloatArray
    eligible: BoolArray
    bands: FloatArray
    facts: StackedFacts
    cheapest: IntArray


def tiles(number: int) -> Iterator[slice]:
    """Cut neighbourhoods into tiles."""
    for start in range(0, number, TILE):
        yield slice(start, min(start + TILE, number))


def sample_weights(
    values: FloatArray, eligible: BoolArray, weights: WeightDraws, winners: IntArray
) -> Sampled:
    """Score fixed values under drawn weights.

    Parameters
    ----------
    values : array, shape (n_neighbourhoods, n_alternatives, n_criteria)
    eligible : array of bool, shape (n_neighbourhoods, n_alternatives)
    weights : WeightDraws
    winners : array of int, shape (n_neighbourhoods,)
        Whose regret is asked; −1 for nobody.
    """
    number, options, criteria = values.shape
    draws = len(weights.drawn)
    apart = tolerance(np.dtype(np.float32), criteria)
    parts = chunks(draws)
    counter = PlaceCounter(options, parts[0].stop, np.float32, apart)
    shares, regret = np.zeros((number, options, options)), np.zeros(number)
    single = below_all(values, eligible).astype(np.float32)
    for tile in tiles(number):
        own, allowed, filled = values[tile], eligible[tile], single[tile]
        for part in parts:
            width = part.stop - part.start
            scores = counter.scores[:, : len(own), :width]
            # One product per neighbourhood: its digits do not depend on its company.
            np.matmul(filled, weights.single[:, part], out=np.swapaxes(scores, 0, 1))

            def exact(
                at: IntArray, draw: IntArray, own: FloatArray = own, first: int = part.start
            ) -> FloatArray:
                return additive_scores(own[at], weights.drawn[first + draw])

            counter.add(shares[tile], width, allowed, exact)
            regret[tile] += summed_regret(scores, winners[tile])
    return Sampled(shares / draws, np.where(winners == NOBODY, 0.0, regret / draws))


def below_all(values: FloatArray, eligible: BoolArray) -> FloatArray:
    """Give options that are not eligible a value below every other, and apart from each other."""
    worst = -1.0 - np.arange(values.shape[1])
    return np.where(eligible[..., None], values, worst[:, None])


class BandSampler:
    """Scores of drawn performances, for all weight sets of one variant.

    Parameters
    ----------
    country : Country
    draws : CountryDraws
    variant : VariantDraws
    """

    def __init__(self, country: Country, draws: CountryDraws, variant: VariantDraws) -> None:
        scenario = variant.scenario
        framework = scenario.problem.framework
        columns = framework.weighed(scenario.perspective)
        column = cost_column(scenario)
        self._draws, self._variant = draws, variant
        self._codes = [draws.codes.index(code) if code else None for code in country.codes]
        self._apart = columns.index(column) if column in columns else None
        self._cells = [cell for cell in variant.cells if cell.column in columns]
        self._columns = [columns.index(cell.column) for cell in self._cells]
        self._functions = [framework.criteria[cell.column].function for cell in self._cells]
        self._cost = None if column is None else framework.criteria[column].function
        self._options = len(country.codes)

    def sample(
        self, stack: Stack, winners: Mapping[WeightSet, IntArray]
    ) -> dict[WeightSet, Sampled]:
        """Count places under drawn weights and drawn performances.

        Parameters
        ----------
        stack : Stack
        winners : mapping from weight set to array of int, shape (n_neighbourhoods,)
            Whose regret is asked; −1 for nobody.
        """
        number = len(stack.values)
        wanted = self._variant.drawn
        draws = len(next(iter(self._draws.weights.values())).drawn)
        parts = chunks(draws)
        apart = tolerance(np.dtype(np.float64), 2 * stack.values.shape[2])
        counter = PlaceCounter(self._options, parts[0].stop, np.float64, apart)
        shares = {name: np.zeros((number, self._options, self._options)) for name in wanted}
        regret = {name: np.zeros(number) for name in wanted}
        for tile in tiles(number):
            local = self._local(stack, tile)
            allowed = stack.eligible[tile]
            for part in parts:
                width = part.stop - part.start
                scores = counter.scores[:, : len(allowed), :width]
                drawn = local.drawn(part)
                for name, shared in wanted.items():
                    weights = self._draws.weights[name].drawn[part]
                    self._fill(scores, shared, part, weights, local, drawn, allowed)

                    def exact(
                        at: IntArray, draw: IntArray, scores: FloatArray = scores
                    ) -> FloatArray:
                        return np.asarray(scores[:, at, draw].T)

                    counter.add(shares[name][tile], width, allowed, exact)
                    regret[name][tile] += summed_regret(scores, winners[name][tile])
        return {
            name: Sampled(
                shares[name] / draws,
                np.where(winners[name] == NOBODY, 0.0, regret[name] / draws),
            )
            for name in wanted
        }

    def information(self, stack: Stack) -> dict[WeightSet, FloatArray]:
        """Give what knowing every performance before choosing is worth, under fixed weights.

        Returns
        -------
        dict of array, shape (n_neighbourhoods,)
            Expected gain in score. [0–1]
        """
        number = len(stack.values)
        wanted = self._variant.fixed
        lost = {name: np.zeros((self._options, number)) for name in wanted}
        few = max((one.scores.shape[1] for one in wanted.values()), default=0)
        parts = chunks(few) if few else []
        scores = np.empty((self._options, TILE, parts[0].stop if parts else 0))
        for tile in tiles(number):
            local = self._local(stack, tile)
            allowed = stack.eligible[tile]
            for part in parts:
                own = scores[:, : len(allowed), : part.stop - part.start]
                drawn = local.drawn(part)
                for name, shared in wanted.items():
                    fixed = self._draws.weights[name].fixed
                    weights = np.broadcast_to(
                        np.asarray(fixed), (own.shape[2], stack.values.shape[2])
                    )
                    self._fill(own, shared, part, weights, local, drawn, allowed)
                    lost[name][:, tile] += np.subtract(own.max(axis=0), own).sum(axis=-1)
        gains = {name: one.min(axis=0) / few for name, one in lost.items()}
        return {name: np.where(gain > TIED, gain, 0.0) for name, gain in gains.items()}

    def _local(self, stack: Stack, tile: slice) -> _LocalDraws:
        facts = stack.facts.part(tile.start, tile.stop)
        return _LocalDraws(self, facts, stack.bands[tile])

    def _fill(
        self,
        scores: FloatArray,
        shared: Shared,
        part: slice,
        weights: FloatArray,
        local: _LocalDraws,
        drawn: _Drawn,
        eligible: BoolArray,
    ) -> None:
        """Add up what is the same everywhere and what is drawn for these neighbourhoods."""
        scores[:] = shared.scores[:, None, part]
        for cell, column, values in zip(self._cells, self._columns, drawn.cells, strict=True):
            added = values * weights[:, column]
            for option in cell.options:
                scores[option] += added
        if self._apart is not None and len(self._draws.codes):
            basis = shared.costs[:, :, part]
            costs = np.matmul(local.terms[:, :, None, :], basis)[:, :, 0]
            for (row, code), values in drawn.bent.items():
                costs[row, code] += values * weights[:, self._apart]
            for option, found in enumerate(self._codes):
                if found is not None:
                    scores[option] += costs[:, found]
        for option, there in enumerate(eligible.T):
            if not there.all():
                scores[option, ~there] = -1.0 - option

    @property
    def counts_costs(self) -> bool:
        """Whether the national costs are weighed in this perspective."""
        return self._apart is not None


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Value scores of one chunk that differ between neighbourhoods.

    Parameters
    ----------
    cells : list of array, shape (n_neighbourhoods, n_draws)
        Of the local cells.
    bent : mapping from (neighbourhood, code) to array, shape (n_draws,)
        Of national costs whose band lies across a bend of the value function.
    """

    cells: list[FloatArray]
    bent: dict[tuple[int, int], FloatArray]


class _LocalDraws:
    """What is drawn for the neighbourhoods of one tile."""

    def __init__(self, sampler: BandSampler, facts: StackedFacts, bands: FloatArray) -> None:
        self._sampler, self._facts, self._bands = sampler, facts, bands
        self.terms = np.zeros((*bands.shape[:2], 3))
        self._bent: list[tuple[int, int]] = []
        function = sampler._cost
        if sampler.counts_costs and function is not None:
            bent = crosses_bend(function, bands[..., 0], bands[..., 2])
            values = function(bands)
            self.terms = np.where(
                bent[..., None],
                0.0,
                triangular_terms(values[..., 0], values[..., 1], values[..., 2]),
            )
            self._bent = [(int(row), int(code)) for row, code in np.argwhere(bent)]

    def drawn(self, part: slice) -> _Drawn:
        sampler = self._sampler
        inputs = {key: one[part] for key, one in sampler._variant.inputs.items()}
        cells = [
            function(cell.performances(self._facts, inputs))
            for cell, function in zip(sampler._cells, sampler._functions, strict=True)
        ]
        return _Drawn(cells, {at: self._cost_values(at, part) for at in self._bent})

    def _cost_values(self, at: tuple[int, int], part: slice) -> FloatArray:
        low, mid, high = self._bands[at]
        smaller, gap = self._sampler._draws.costs[at[1], :, part]
        function = self._sampler._cost
        if function is None:
            raise RuntimeError("costs are drawn only where they are weighed")
        return function(low + (high - low) * smaller + (mid - low) * gap)


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
    slopes = np.diff(function.v) / np.diff(function.x)
    slopes = np.concatenate([[0.0], slopes, [0.0]])
    bends = function.x[~np.isclose(np.diff(slopes), 0.0, atol=1e-15)]
    inside = (low[..., None] < bends) & (bends < high[..., None])
    return np.asarray(inside.any(axis=-1))


def voice_shares(
    values: FloatArray, weights: FloatArray, mass: FloatArray, eligible: BoolArray
) -> FloatArray:
    """Give the share of people, by what each counts for, that puts an option on a place.

    Parameters
    ----------
    values : array, shape (n_neighbourhoods, n_alternatives, n_criteria)
    weights : array, shape (n_people, n_criteria)
    mass : array, shape (n_people,)
        [sum = 1]
    eligible : array of bool, shape (n_neighbourhoods, n_alternatives)

    Returns
    -------
    array, shape (n_neighbourhoods, n_alternatives, n_alternatives)
    """
    number, options = eligible.shape
    shares = np.zeros((number, options, options))
    places = np.arange(options)
    for own, counts in zip(weights, mass, strict=True):
        scores = np.where(eligible, np.rint(additive_scores(values, own) * 1e12), -np.inf)
        better = (scores[:, None, :] > scores[:, :, None]).sum(axis=-1)
        same = (scores[:, None, :] == scores[:, :, None]).sum(axis=-1)
        first, last = better[..., None], (better + same)[..., None]
        here = eligible[..., None] & (first <= places) & (places < last)
        shares += here * (counts / same)[..., None]
    return shares
