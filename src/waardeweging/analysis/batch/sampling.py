"""Places and regret over draws, tile by tile, in memory that does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from waardeweging.analysis.batch.draws import WeightDraws
from waardeweging.analysis.batch.facts import StackedFacts
from waardeweging.analysis.batch.fixed import NOBODY
from waardeweging.analysis.batch.kernel import (
    TILE,
    PlaceCounter,
    chunks,
    summed_regret,
    tolerance,
)
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray
from waardeweging.scoring.additive import additive_scores

_HALF = 0.5


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

    @classmethod
    def of(cls, places: FloatArray, regret: FloatArray, draws: int, winners: IntArray) -> Sampled:
        """Make shares of counts, and a mean of a sum."""
        return cls(places / draws, np.where(winners == NOBODY, 0.0, regret / draws))

    def take(self, rows: IntArray) -> Sampled:
        """Give some of the neighbourhoods, also more than once."""
        return Sampled(self.shares[rows], self.regret[rows])


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
    bands : array, shape (n_neighbourhoods, n_alternatives, 3)
        Low, mid and high of the national costs.
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

    def distinct(self, *, costs: bool) -> tuple[IntArray, IntArray]:
        """Find the neighbourhoods that differ in anything from which the outcome follows.

        They share every draw, so equal ones have equal outcomes and are computed once.

        Parameters
        ----------
        costs : bool
            Whether the bands of the national costs take part.

        Returns
        -------
        first : array of int, shape (n_distinct,)
        which : array of int, shape (n_neighbourhoods,)
            Position in `first` of the one that is equal.
        """
        number = len(self.values)
        numbers = self.facts.numbers.values()
        local = [part for one in numbers for part in (one.mid, one.spread)]
        parts = [self.values, self.eligible, *local]
        rows = [np.reshape(one, (number, -1)) for one in (*parts, *([self.bands] if costs else []))]
        _, first, which = np.unique(
            np.concatenate(rows, axis=1), axis=0, return_index=True, return_inverse=True
        )
        return first, which.reshape(-1)

    def take(self, rows: IntArray) -> Stack:
        """Give some of the neighbourhoods."""
        return Stack(
            self.start,
            self.performances[rows],
            self.values[rows],
            self.eligible[rows],
            self.bands[rows],
            self.facts.take(rows),
            self.cheapest[rows],
        )


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
    apart = tolerance(np.dtype(np.float32), criteria, _HALF)
    parts = chunks(draws)
    counters: dict[int, PlaceCounter] = {}
    shares, regret = np.zeros((number, options, options)), np.zeros(number)
    # Weights sum to 1, so a shift moves all scores alike, and smaller numbers round less.
    single = below_all(values - _HALF, eligible).astype(np.float32)
    wanted = bool((winners != NOBODY).any())
    for tile in tiles(number):
        there = options_there(eligible[tile])
        size = len(there)
        counter = counters.setdefault(size, PlaceCounter(size, parts[0].stop, np.float32, apart))
        own, allowed = values[tile][:, there], eligible[tile][:, there]
        filled = np.ascontiguousarray(single[tile][:, there])
        places = np.zeros((len(own), size, size))
        chosen = positions(there, winners[tile])
        for part in parts:
            width = part.stop - part.start
            scores = counter.scores[:, : len(own), :width]
            # One product per neighbourhood: its digits do not depend on its company.
            np.matmul(filled, weights.single[:, part], out=np.swapaxes(scores, 0, 1))

            def exact(
                at: IntArray, draw: IntArray, own: FloatArray = own, first: int = part.start
            ) -> FloatArray:
                drawn = weights.drawn[first + draw][:, None, :]
                return np.asarray(np.multiply(own[at], drawn, order="C").sum(axis=-1))

            counter.add(places, width, allowed, exact)
            if wanted:
                regret[tile] += summed_regret(scores, chosen)
        shares[tile][:, there[:, None], np.arange(size)] = places
    return Sampled.of(shares, regret, draws, winners)


def options_there(eligible: BoolArray) -> IntArray:
    """Give the options that are eligible in any of some neighbourhoods.

    Where nothing is eligible one option stands in, so that there is something to count.
    """
    found = np.flatnonzero(eligible.any(axis=0))
    return found if len(found) else np.array([0])


def positions(there: IntArray, winners: IntArray) -> IntArray:
    """Give the position of each winner among the options that are there; any for nobody."""
    return np.searchsorted(there, winners).clip(0, len(there) - 1)


def below_all(values: FloatArray, eligible: BoolArray) -> FloatArray:
    """Give options that are not eligible a value below every other, and apart from each other."""
    worst = -1.0 - np.arange(values.shape[1])
    return np.where(eligible[..., None], values, worst[:, None])


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
