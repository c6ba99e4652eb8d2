"""Scores, places and uncertain cells beside the bare matrix product, and other libraries."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks.timing import Case, Work
from waardeweging.elicitation.samplers import simplex_draws
from waardeweging.problem.arrays import BoolArray, FloatArray
from waardeweging.problem.bands import triangular
from waardeweging.robustness.acceptability import sampled_acceptability
from waardeweging.robustness.score_draws import normal_score_draws, partly_drawn_scores
from waardeweging.scoring.additive import additive_scores, scores_of_draws

BARE = "bare matrix product"


def score_cases(draws: int) -> Iterator[Case]:
    """Score 8 options on 16 criteria under many weights, and 15 on 30."""
    for options, criteria in ((8, 16), (15, 30)):
        values, weights = _table(options, criteria), _weights(draws, criteria)
        size = f"{options} × {criteria}, {draws:,} weights"
        everyone = np.ones(options, dtype=np.bool_)
        bare = _bare(values, weights)
        yield Case(f"scores, {size}", _scores(values, weights), BARE, bare, "≤ 2")
        yield Case(f"scores in fixed order, {size}", _ordered(values, weights), BARE, bare)
        yield Case(
            f"scores and places counted, {size}",
            _places(values, weights, everyone),
            BARE,
            bare,
            "≤ 5",
        )


def uncertain_cases(draws: int) -> Iterator[Case]:
    """Draw scores instead of cells where that is exact, beside drawing every cell."""
    values, weights = _table(8, 16), _weights(draws, 16)
    spread = np.full_like(values, 0.05)
    uncertain = [(row, 3) for row in range(8)] + [(row, 9) for row in range(4)]

    def normal_cells() -> FloatArray:
        rng = np.random.default_rng(1)
        drawn = values + spread * rng.standard_normal((draws, *values.shape))
        return additive_scores(drawn, weights)

    def normal_scores() -> FloatArray:
        return normal_score_draws(values, spread, weights, np.random.default_rng(1))

    def all_cells() -> FloatArray:
        rng = np.random.default_rng(1)
        drawn = np.empty((draws, *values.shape))
        for cell in np.ndindex(values.shape):
            wide = 0.05 * (cell in uncertain)
            drawn[:, *cell] = _band(rng, draws, float(values[cell]), wide)
        return additive_scores(drawn, weights)

    def some_cells() -> FloatArray:
        rng = np.random.default_rng(1)
        drawn = {cell: _band(rng, draws, float(values[cell]), 0.05) for cell in uncertain}
        return partly_drawn_scores(values, drawn, weights)

    yield Case(
        "normal cells: scores drawn", normal_scores, "every cell drawn", normal_cells, "below 1"
    )
    yield Case(
        "12 of 128 cells uncertain: only those drawn",
        some_cells,
        "every cell drawn",
        all_cells,
        "below 1",
    )


def peer_cases(vectors: int) -> Iterator[Case]:
    """Score the same table under some weights by the weighted sum of other libraries."""
    values, weights = _table(8, 16), _weights(vectors, 16)
    own = _scores(values, weights)
    size = f"weighted sums, 8 × 16, {vectors:,} weights"
    yield Case(size, own, "pymcdm", _pymcdm(values, weights))
    if find_spec("skcriteria"):
        yield Case(size, own, "scikit-criteria", _skcriteria(values, weights))


def _pymcdm(values: FloatArray, weights: FloatArray) -> Work:
    method: Any = import_module("pymcdm.methods").WSM(lambda column, cost=False: column)
    types = np.ones(values.shape[1])
    return lambda: [method(values, row, types) for row in weights]


def _skcriteria(values: FloatArray, weights: FloatArray) -> Work:
    make: Any = import_module("skcriteria").mkdm
    model: Any = import_module("skcriteria.agg.simple").WeightedSumModel()
    goals = [max] * values.shape[1]
    return lambda: [model.evaluate(make(values, goals, weights=row)) for row in weights]


def _table(options: int, criteria: int) -> FloatArray:
    return np.random.default_rng(options).random((options, criteria))


def _weights(draws: int, criteria: int) -> FloatArray:
    return simplex_draws(criteria, draws, np.random.default_rng(criteria))


def _band(rng: np.random.Generator, draws: int, mid: float, wide: float) -> FloatArray:
    return triangular(rng.random(draws), mid - wide, mid, mid + wide)


def _bare(values: FloatArray, weights: FloatArray) -> Work:
    return lambda: weights @ values.T


def _scores(values: FloatArray, weights: FloatArray) -> Work:
    return lambda: scores_of_draws(values, weights)


def _ordered(values: FloatArray, weights: FloatArray) -> Work:
    return lambda: additive_scores(values, weights)


def _places(values: FloatArray, weights: FloatArray, eligible: BoolArray) -> Work:
    return lambda: sampled_acceptability(values, weights, eligible)
