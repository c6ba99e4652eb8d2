"""Everything drawn for a batch: drawn once for the country, read by every neighbourhood.

A price, a technique's figure or a person drawn is the same fact in every neighbourhood,
so it is drawn once, and what it adds to a score is added up once. Only what differs
between neighbourhoods is left to add for each of them. Every draw of one neighbourhood
is still a fresh one; two neighbourhoods share their draws, so that a difference between
them, or between two variants, is no play of chance.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waardeweging.analysis.batch.country import Country
from waardeweging.analysis.batch.kernel import MOST_WIDE, triangular_basis
from waardeweging.analysis.batch.local_cells import (
    DrawnCell,
    LocalCell,
    at_middle,
    cost_column,
    drawn_cells,
    local_cells,
)
from waardeweging.analysis.batch.settings import WeightSet
from waardeweging.analysis.chance import FREE, PEOPLE, ValueDraws, generator
from waardeweging.analysis.scenario import Scenario
from waardeweging.elicitation.ballots import MUNICIPALITY, RESIDENTS
from waardeweging.elicitation.samplers import simplex_draws
from waardeweging.elicitation.weighing import Weighing
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray
from waardeweging.robustness.bootstrap import bootstrap_weights
from waardeweging.scoring.additive import additive_scores

# More draws than this add digits to the value of information that nobody reads.
INFORMATION_DRAWS = 4096
# Streams of chance beside those of one scenario.
_ONE_SIDE, _VOICES, _COSTS = {RESIDENTS: 101, MUNICIPALITY: 102}, 103, 104


@dataclass(frozen=True, eq=False)
class WeightDraws(ArrayRecord):
    """The weights of one weight set.

    Parameters
    ----------
    fixed : array, shape (n_criteria,) or None
        The weights themselves; None where there is no single row of them.
    drawn : array, shape (n_draws, n_criteria)
        [rows sum to 1]
    single : array, shape (n_criteria, n_draws)
        The same in single precision.
    """

    fixed: FloatArray | None
    drawn: FloatArray
    single: NDArray[np.float32]

    @classmethod
    def of(cls, fixed: FloatArray | None, drawn: FloatArray) -> WeightDraws:
        """Make them from the weights and their draws."""
        return cls(fixed, drawn, np.ascontiguousarray(drawn.T, dtype=np.float32))


@dataclass(frozen=True, eq=False)
class Shared(ArrayRecord):
    """What the neighbourhoods share in one variant and one weight set.

    Parameters
    ----------
    scores : array, shape (n_alternatives, n_draws)
        What the cells that are the same everywhere add to each score, draw by draw.
    costs : array, shape (n_codes, 3, n_draws)
        What a unit of each part of the drawn national costs adds to a score.
    """

    scores: FloatArray
    costs: FloatArray


@dataclass(frozen=True, slots=True)
class VariantDraws:
    """Everything drawn for one variant.

    Parameters
    ----------
    scenario : Scenario
        With the variant applied.
    middle : tuple of DrawnCell
        Cells that differ between neighbourhoods, at their likely values.
    local : tuple of DrawnCell
        The same cells with their draws; empty without bands.
    drawn : mapping from weight set to Shared
        Under the drawn weights.
    fixed : mapping from weight set to Shared
        Under the fixed weights, for the value of information.
    """

    scenario: Scenario
    middle: tuple[DrawnCell, ...]
    local: tuple[DrawnCell, ...]
    drawn: Mapping[WeightSet, Shared]
    fixed: Mapping[WeightSet, Shared]


@dataclass(frozen=True, slots=True)
class CountryDraws:
    """Everything drawn for a batch.

    Parameters
    ----------
    weights : mapping from weight set to WeightDraws
    codes : tuple of str
        Distinct variants of the Startanalyse among the options.
    costs : array, shape (n_codes, 2, n_draws)
        Smaller number and gap behind the national costs of each code.
    variants : mapping from variant to VariantDraws
    """

    weights: Mapping[WeightSet, WeightDraws]
    codes: tuple[str, ...]
    costs: FloatArray
    variants: Mapping[str, VariantDraws]


def draw_country(country: Country) -> CountryDraws:
    """Draw everything once, keyed by the seed and the name of what is drawn."""
    template = country.template
    seed, draws = template.seed, template.draws
    weights = {name: _weights(name, country.weighing, seed, draws) for name in country.weights}
    codes = tuple(dict.fromkeys(code for code in country.codes if code))
    costs = np.stack(
        [np.zeros((0, 2, draws))]
        if not codes
        else [_cost_basis(seed, code, draws) for code in codes]
    ).reshape(len(codes), 2, draws)
    variants = {
        name: _variant(country, country.scenario(name), weights, costs) for name in country.variants
    }
    return CountryDraws(weights, codes, costs, variants)


def person_draws(weighing: Weighing, seed: int, draws: int) -> IntArray:
    """Draw people, each as often as it counts in the joint weights."""
    rng = generator(seed, _VOICES)
    return rng.choice(len(weighing.influence), size=draws, p=weighing.influence)


def strata(weighing: Weighing) -> IntArray:
    """Label what is resampled by itself: a side, or a department where these count apart."""
    names = [
        f"{side}/{department}" if weighing.by_department and side == MUNICIPALITY else side
        for side, department in zip(weighing.sides, weighing.departments, strict=True)
    ]
    return np.unique(names, return_inverse=True)[1].astype(np.int64)


def _weights(name: WeightSet, weighing: Weighing, seed: int, draws: int) -> WeightDraws:
    if name == "joint":
        drawn = bootstrap_weights(
            weighing.weights, weighing.influence, strata(weighing), draws, generator(seed, PEOPLE)
        )
        return WeightDraws.of(weighing.joint, drawn)
    if name == "ballots":
        return WeightDraws.of(None, weighing.weights[person_draws(weighing, seed, draws)])
    if name == "smaa":
        criteria = weighing.weights.shape[1]
        return WeightDraws.of(None, simplex_draws(criteria, draws, generator(seed, FREE)))
    return _one_side(name, weighing, seed, draws)


def _one_side(side: str, weighing: Weighing, seed: int, draws: int) -> WeightDraws:
    """Resample one side alone; its people keep their shares in the mean of the side."""
    there = weighing.on_side(side)
    alone = weighing.with_share(1.0 if side == RESIDENTS else 0.0)
    mass = alone.influence[there]
    drawn = bootstrap_weights(
        weighing.weights[there],
        mass,
        strata(weighing)[there],
        draws,
        generator(seed, _ONE_SIDE[side]),
    )
    fixed = weighing.residents if side == RESIDENTS else weighing.municipality
    return WeightDraws.of(fixed, drawn)


def _cost_basis(seed: int, code: str, draws: int) -> FloatArray:
    name = int.from_bytes(hashlib.sha256(f"costs:{code}".encode()).digest()[:8], "big")
    source = np.random.Philox(key=np.array([seed, name ^ _COSTS], dtype=np.uint64))
    first, second = np.random.Generator(source).random((2, draws))
    return np.stack(triangular_basis(first, second))


def _variant(
    country: Country,
    scenario: Scenario,
    weights: Mapping[WeightSet, WeightDraws],
    costs: FloatArray,
) -> VariantDraws:
    cells = local_cells(country, scenario)
    middle = at_middle(cells, country.facts)
    if not country.with_bands:
        return VariantDraws(scenario, middle, (), {}, {})
    columns = scenario.problem.framework.weighed(scenario.perspective)
    column = cost_column(scenario)
    apart = columns.index(column) if column in columns else None
    few = min(scenario.draws, INFORMATION_DRAWS)
    drawn = {name: one.drawn for name, one in weights.items()}
    fixed = {
        name: np.broadcast_to(one.fixed, (few, len(one.fixed)))
        for name, one in weights.items()
        if one.fixed is not None
    }
    hidden = _hidden(country, columns, cells, apart)
    scores = _national_scores(scenario, hidden, [*drawn.values(), *fixed.values()])
    whole = [
        Shared(one, _cost_parts(rows, costs, apart))
        for one, rows in zip(scores, [*drawn.values(), *fixed.values()], strict=True)
    ]
    return VariantDraws(
        scenario,
        middle,
        drawn_cells(cells, country.facts, scenario.seed, scenario.draws),
        dict(zip(drawn, whole[: len(drawn)], strict=True)),
        dict(zip(fixed, whole[len(drawn) :], strict=True)),
    )


def _hidden(
    country: Country, columns: tuple[int, ...], cells: tuple[LocalCell, ...], apart: int | None
) -> BoolArray:
    """Mark the cells that each neighbourhood adds for itself."""
    hidden = np.zeros((len(country.codes), len(columns)), dtype=np.bool_)
    if apart is not None:
        # The reference has no code: its additional cost is 0 everywhere.
        hidden[:, apart] = [code != "" for code in country.codes]
    for cell in cells:
        if cell.column in columns:
            hidden[list(cell.options), columns.index(cell.column)] = True
    return hidden


def _national_scores(
    scenario: Scenario, hidden: BoolArray, weights: Sequence[FloatArray]
) -> list[FloatArray]:
    """Score what is the same everywhere, under several tables of weights, draw by draw."""
    values = ValueDraws(scenario)
    found = [np.empty((len(hidden), len(one))) for one in weights]
    for start in range(0, scenario.draws, MOST_WIDE):
        drawn = values(start, min(start + MOST_WIDE, scenario.draws))
        drawn[:, hidden] = 0.0
        for scores, one in zip(found, weights, strict=True):
            rows = one[start : start + MOST_WIDE]
            scores[:, start : start + len(rows)] = additive_scores(drawn[: len(rows)], rows).T
    return found


def _cost_parts(weights: FloatArray, costs: FloatArray, apart: int | None) -> FloatArray:
    """Give what one unit of each part of a drawn cost adds to a score."""
    draws = len(weights)
    if apart is None:
        return np.zeros((len(costs), 3, draws))
    parts = np.concatenate([np.ones((len(costs), 1, draws)), costs[..., :draws]], axis=1)
    return np.asarray(parts * weights[:, apart])
