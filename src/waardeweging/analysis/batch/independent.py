"""Tables in which every cell has a band of its own: scores drawn instead of cells.

For any stack of problems, such as ten thousand of other people. A triangular cell is a sum
of a smaller number and a gap, each with its own coefficient, and a score is a sum of cells;
so all problems are matrix products with one table of drawn numbers.

Exact where value scores are triangular and independent of each other, and for nothing
else: a value function that bends inside a band, or two cells that are one fact, need
`bands`, which the country uses. Places are exact; no distribution is approximated.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from waardeweging.analysis.batch.kernel import (
    TILE,
    PlaceCounter,
    chunks,
    tolerance,
    triangular_basis,
    triangular_terms,
)
from waardeweging.analysis.batch.sampling import tiles
from waardeweging.problem.arrays import BoolArray, FloatArray, IntArray


def weighted_basis(weights: FloatArray, rng: np.random.Generator, options: int) -> FloatArray:
    """Draw once what every problem shares, times the weights.

    Parameters
    ----------
    weights : array, shape (n_draws, n_criteria)
        [rows sum to 1]
    rng : numpy.random.Generator
    options : int

    Returns
    -------
    array, shape (options, 3 * n_criteria, n_draws)
        For each option and criterion: the weight, times 1, the smaller number and the gap.
    """
    draws, criteria = weights.shape
    found = np.empty((options, criteria, 3, draws))
    for option in range(options):
        first, second = rng.random((2, criteria, draws))
        smaller, gap = triangular_basis(first, second)
        found[option, :, 0] = weights.T
        found[option, :, 1] = weights.T * smaller
        found[option, :, 2] = weights.T * gap
    return found.reshape(options, 3 * criteria, draws)


def sample_independent(bands: FloatArray, eligible: BoolArray, basis: FloatArray) -> FloatArray:
    """Count places when every cell of every table is drawn.

    Parameters
    ----------
    bands : array, shape (n_problems, n_alternatives, n_criteria, 3)
        Low, mid and high of the value scores, ascending. [0–1]
    eligible : array of bool, shape (n_problems, n_alternatives)
    basis : array, shape (n_alternatives, 3 * n_criteria, n_draws)
        From `weighted_basis`.

    Returns
    -------
    array, shape (n_problems, n_alternatives, n_alternatives)
        Share of the draws in which an alternative has a place. [0–1]
    """
    number, options = eligible.shape
    draws = basis.shape[2]
    parts = chunks(draws)
    counter = PlaceCounter(
        options, parts[0].stop, np.float32, tolerance(np.dtype(np.float32), basis.shape[1])
    )
    single = basis.astype(np.float32)
    shares = np.zeros((number, options, options))
    for tile in tiles(number):
        low, mid, high = np.moveaxis(bands[tile], -1, 0)
        terms = triangular_terms(low, mid, high).reshape(len(low), options, -1)
        allowed = eligible[tile]
        for part in parts:
            width = part.stop - part.start
            _fill(counter, terms, single[:, :, part], allowed)

            def exact(
                at: IntArray, draw: IntArray, terms: FloatArray = terms, first: int = part.start
            ) -> FloatArray:
                drawn = np.moveaxis(basis[:, :, first + draw], -1, 0)
                return np.asarray(np.multiply(terms[at], drawn, order="C").sum(axis=-1))

            counter.add(shares[tile], width, allowed, exact)
    return np.asarray(shares / draws)


def _fill(
    counter: PlaceCounter, terms: FloatArray, basis: NDArray[np.float32], eligible: BoolArray
) -> None:
    """Score in single precision: one product per option for the whole tile."""
    width = basis.shape[2]
    filled = np.zeros((len(basis), TILE, terms.shape[2]), np.float32)
    filled[:, : len(terms)] = np.swapaxes(terms, 0, 1)
    np.matmul(filled, basis, out=counter.scores[..., :width])
    for option, there in enumerate(eligible.T):
        if not there.all():
            counter.scores[option, : len(there)][~there, :width] = -1.0 - option
