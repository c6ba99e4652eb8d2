"""One partition: the neighbourhoods of a few municipalities, from costs to rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from waardeweging.analysis.batch import rows
from waardeweging.analysis.batch.bands import sample_bands
from waardeweging.analysis.batch.country import Country
from waardeweging.analysis.batch.draws import CountryDraws, VariantDraws
from waardeweging.analysis.batch.fixed import NOBODY, Fixed, fixed_outcome
from waardeweging.analysis.batch.local_cells import eligible_options, performances_at_mid
from waardeweging.analysis.batch.places import (
    cheapest,
    choice_columns,
    place_columns,
    variant_columns,
)
from waardeweging.analysis.batch.sampling import (
    Sampled,
    Stack,
    sample_weights,
    voice_shares,
)
from waardeweging.analysis.batch.settings import WeightSet
from waardeweging.problem.arrays import FloatArray, IntArray

Pause = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Partition:
    """Neighbourhoods in a row, of whole municipalities.

    Parameters
    ----------
    number : int
    start, stop : int
        Positions of the first neighbourhood and of the one after the last.
    first, last : str
        Codes of the first and the last municipality.
    """

    number: int
    start: int
    stop: int
    first: str
    last: str

    @property
    def name(self) -> str:
        """File name without its end."""
        return f"part-{self.number:05d}-{self.first}-{self.last}"

    @property
    def size(self) -> int:
        """How many neighbourhoods."""
        return self.stop - self.start


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What is known under one weight set; None where that means nothing."""

    fixed: Fixed | None
    sampled: Sampled
    with_bands: Sampled | None
    worth: FloatArray | None

    def take(self, rows: IntArray) -> _Outcome:
        return _Outcome(
            None if self.fixed is None else self.fixed.take(rows),
            self.sampled.take(rows),
            None if self.with_bands is None else self.with_bands.take(rows),
            None if self.worth is None else self.worth[rows],
        )


def partitions(country: Country, size: int) -> tuple[Partition, ...]:
    """Divide the country; a municipality is never cut.

    Parameters
    ----------
    country : Country
    size : int
        Neighbourhoods after which a partition ends with its municipality.
    """
    codes = [one.municipality_code for one in country.places]
    ends = [k for k in range(1, len(codes) + 1) if k == len(codes) or codes[k] != codes[k - 1]]
    found: list[Partition] = []
    start = 0
    for end in ends:
        if end - start >= size or end == len(codes):
            found.append(Partition(len(found), start, end, codes[start], codes[end - 1]))
            start = end
    return tuple(found)


def compute(
    country: Country, draws: CountryDraws, part: Partition, pause: Pause = lambda: None
) -> pa.Table:
    """Compute the rows of a partition.

    Parameters
    ----------
    country : Country
    draws : CountryDraws
    part : Partition
    pause : callable
        Called between steps; raises when the work must stop.
    """
    place = place_columns(country, part.start, part.stop)
    tables = [
        rows.table(country, {**place, **columns}, part.size)
        for variant in country.variants
        for columns in _variant_columns(country, draws, part, variant, pause)
    ]
    return rows.interleaved(tables, part.size)


def _variant_columns(
    country: Country, draws: CountryDraws, part: Partition, variant: str, pause: Pause
) -> Iterator[rows.Columns]:
    """Give the columns of every weight set."""
    stack = _stack(country, draws, part, variant)
    first, which = stack.distinct(costs=country.counts_costs)
    outcomes = _outcomes(country, draws, draws.variants[variant], stack.take(first), pause)
    shared = variant_columns(country, variant, stack)
    for name, found in outcomes.items():
        one = found.take(which)
        chosen = rows.first_of(one.sampled.shares, stack.eligible)
        winner = chosen if one.fixed is None else one.fixed.winner
        points = None if one.fixed is None else one.fixed.points
        number = 0 if name == "ballots" else country.template.draws
        columns = {
            **shared,
            "weights": rows.constant(name, part.size),
            **choice_columns(country, winner, stack.cheapest),
            **rows.sampled_columns(country, one.sampled, winner, stack.eligible, points, number),
        }
        if one.fixed is not None:
            columns |= rows.fixed_columns(country, one.fixed, stack.eligible)
        if one.with_bands is not None:
            columns |= rows.sampled_columns(
                country, one.with_bands, winner, stack.eligible, points, number, "_bands"
            )
        if one.worth is not None:
            columns["value_of_information"] = pa.array(one.worth, mask=winner == NOBODY)
        yield columns


def _stack(country: Country, draws: CountryDraws, part: Partition, variant: str) -> Stack:
    drawn = draws.variants[variant]
    scenario = drawn.scenario
    performances = performances_at_mid(country, scenario, drawn.middle, part.start, part.stop)
    # Sums run along rows; numpy adds in the same order as for one evening only when they lie so.
    values = np.ascontiguousarray(scenario.problem.values(performances, scenario.perspective))
    allowed = eligible_options(scenario, performances, country.present[part.start : part.stop])
    return Stack(
        part.start,
        performances,
        values,
        allowed,
        country.bands[part.start : part.stop],
        country.facts.take(np.arange(part.start, part.stop)),
        cheapest(country, scenario, performances, values, allowed),
    )


def _outcomes(
    country: Country, draws: CountryDraws, drawn: VariantDraws, stack: Stack, pause: Pause
) -> dict[WeightSet, _Outcome]:
    values, allowed = stack.values, stack.eligible
    margin = country.template.tie_margin
    fixed = {
        name: fixed_outcome(values, one.fixed, allowed, margin)
        for name, one in draws.weights.items()
        if one.fixed is not None
    }
    nobody = np.full(len(values), NOBODY)
    winners = {name: fixed[name].winner if name in fixed else nobody for name in draws.weights}
    sampled: dict[WeightSet, Sampled] = {}
    for name, weights in draws.weights.items():
        pause()
        sampled[name] = (
            _voices(country, stack)
            if name == "ballots"
            else sample_weights(values, allowed, weights, winners[name])
        )
    pause()
    with_bands, worth = (
        sample_bands(country, draws, drawn, stack, winners) if drawn.drawn else ({}, {})
    )
    pause()
    return {
        name: _Outcome(fixed.get(name), sampled[name], with_bands.get(name), worth.get(name))
        for name in draws.weights
    }


def _voices(country: Country, stack: Stack) -> Sampled:
    weighing = country.weighing
    shares = voice_shares(stack.values, weighing.weights, weighing.influence, stack.eligible)
    return Sampled(shares, np.zeros(len(shares)))
