"""Counting who stands on which place in many draws at once.

Two alternatives are compared over all draws in one step, which needs no sorting:
with some tens of alternatives and many draws that is the shortest way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from waardeweging.problem.arrays import BoolArray, FloatArray


def better_counts(
    scores: FloatArray, digits: int = 12
) -> tuple[NDArray[np.unsignedinteger], BoolArray]:
    """Count for every alternative how many score higher, draw by draw.

    Parameters
    ----------
    scores : array, shape (n_draws, n_alternatives)
    digits : int
        Decimals that count; scores that differ less are tied.

    Returns
    -------
    better : array of unsigned int, shape (n_alternatives, n_draws)
        0 for the best. [0 – n_alternatives − 1]
    tied : array of bool, shape (n_draws,)
        Whether any two alternatives tie in that draw.
    """
    number = scores.shape[1]
    # Draws go last, so that each step runs over whole rows; ranking needs no division back.
    rows = np.rint(np.multiply(scores.T, 10.0**digits, order="C"))
    better = np.zeros(rows.shape, dtype=np.min_scalar_type(number))
    for first in range(number - 1):
        rest = slice(first + 1, number)
        better[rest] += rows[first] > rows[rest]
        better[first] += (rows[rest] > rows[first]).sum(axis=0, dtype=better.dtype)
    # Places without a tie are 0, 1, 2, …; every tie takes something off their sum.
    return better, better.sum(axis=0, dtype=np.int64) < number * (number - 1) // 2


def place_mass(better: NDArray[np.unsignedinteger], mass: FloatArray) -> FloatArray:
    """Sum the mass of the draws in which each alternative has each place.

    Parameters
    ----------
    better : array of unsigned int, shape (n_alternatives, n_draws)
        From `better_counts`.
    mass : array, shape (n_draws,)
        What each draw counts for.

    Returns
    -------
    array, shape (n_alternatives, n_alternatives)
        Alternatives by places.
    """
    number, draws = better.shape
    if draws and np.ptp(mass) == 0:
        # Counting one place after the other is twice as fast as sorting into bins.
        counts = [[np.count_nonzero(row == place) for place in range(number)] for row in better]
        return np.asarray(np.array(counts) * mass[0])
    return np.array([np.bincount(row, mass, number) for row in better])
