"""Weights from comparing criteria two by two (analytic hierarchy process).

Unanswered pairs are allowed as long as the answers link all criteria; a pair
may be answered from one side or from both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray

HIGHEST_CONSISTENCY_RATIO = 0.10
_STRONGEST = 1000.0
# Typed reciprocals are rounded, e.g. 0.13 for 1/8.
_RECIPROCAL_TOLERANCE = 0.05
# Mean consistency index of 200,000 random matrices on the scale 1/9 … 9 per size, drawn
# with numpy's default_rng(20160101); standard error 0.0016 at n = 3, 0.0003 at n = 15.
_RANDOM_INDEX = {
    3: 0.5267,
    4: 0.8827,
    5: 1.1091,
    6: 1.2503,
    7: 1.3412,
    8: 1.4037,
    9: 1.4515,
    10: 1.4860,
    11: 1.5141,
    12: 1.5361,
    13: 1.5551,
    14: 1.5699,
    15: 1.5837,
}


@dataclass(frozen=True, eq=False)
class PairwiseWeights(ArrayRecord):
    """Weights from pairwise judgements, and how well the judgements agree with each other.

    Parameters
    ----------
    weights : array, shape (n_criteria,)
        Principal eigenvector. [sum = 1]
    eigenvalue : float
        Principal eigenvalue; equals the number of criteria when fully consistent.
    consistency_ratio : float
        Inconsistency as a share of that of random answers. [0 or more]
    """

    weights: FloatArray
    eigenvalue: float
    consistency_ratio: float

    @property
    def consistent(self) -> bool:
        """Whether the consistency ratio is at most 0.10."""
        return self.consistency_ratio <= HIGHEST_CONSISTENCY_RATIO


def pairwise_weights(judgements: ArrayLike, answered: ArrayLike | None = None) -> PairwiseWeights:
    """Derive weights from pairwise judgements.

    Parameters
    ----------
    judgements : array_like, shape (n_criteria, n_criteria)
        How many times criterion i is as important as criterion j. [1/1000–1000]
        Where both (i, j) and (j, i) are answered they must be reciprocal, up to the
        rounding of typed numbers; their geometric mean counts.
    answered : array_like of bool, shape (n_criteria, n_criteria), optional
        Which cells hold an answer; all when omitted. Other cells are never read.

    Returns
    -------
    PairwiseWeights

    Raises
    ------
    ValueError
        If the table is not square, a judgement is out of bounds, two answers contradict
        each other, or the answers leave criteria unconnected.

    References
    ----------
    T. L. Saaty, A scaling method for priorities in hierarchical structures, Journal of
    Mathematical Psychology 15(3), 1977, doi:10.1016/0022-2496(77)90033-5.
    P. T. Harker, Incomplete pairwise comparisons in the analytic hierarchy process,
    Mathematical Modelling 9(11), 1987, doi:10.1016/0270-0255(87)90503-3.
    """
    judgements = np.asarray(judgements, dtype=np.float64)
    n_criteria = len(judgements)
    if n_criteria < 1 or judgements.shape != (n_criteria, n_criteria):
        raise ValueError(f"shape is {judgements.shape}, expected (n_criteria, n_criteria)")
    given = np.ones(judgements.shape, bool) if answered is None else np.asarray(answered, bool)
    if given.shape != judgements.shape:
        raise ValueError(f"answered has shape {given.shape}, expected {judgements.shape}")
    known = given | given.T | np.eye(n_criteria, dtype=bool)
    if not _connected(known):
        raise ValueError("the answers leave criteria unconnected")
    ratios = np.where(known, np.exp(_log_ratios(judgements, given)), 0.0)
    # Harker: an unanswered pair is taken at the ratio of the weights that come out.
    np.fill_diagonal(ratios, 1.0 + np.count_nonzero(~known, axis=1))
    eigenvalue, weights = _principal(ratios)
    unanswered = int(np.count_nonzero(~known)) // 2
    ratio = _consistency_ratio(eigenvalue, n_criteria, unanswered)
    return PairwiseWeights(weights, eigenvalue, ratio)


def random_index(n_criteria: int, n_unanswered: int = 0) -> float:
    """Give the mean consistency index of random judgements.

    Simulated up to 15 criteria, above that by the fit of Alonso and Lamata, which is within
    0.01 of the simulation from 6 to 15. With unanswered pairs it falls in a straight line to 0
    at the number that leaves no loop to contradict. Simulated with Harker's eigenvalue the
    fall is up to 0.05 of the full index slower, so the straight line flags slightly sooner.

    Parameters
    ----------
    n_criteria : int
        Size of the table. [1 or more]
    n_unanswered : int, default 0
        Pairs without an answer. [0–(n − 1)(n − 2)/2]

    Returns
    -------
    float
        [0 or more]

    References
    ----------
    J. A. Alonso and M. T. Lamata, Consistency in the analytic hierarchy process: a new
    approach, Int. J. of Uncertainty, Fuzziness and Knowledge-Based Systems 14(4), 2006,
    doi:10.1142/S0218488506004114.
    K. C. Ágoston and L. Csató, Inconsistency thresholds for incomplete pairwise comparison
    matrices, Omega 108, 2022, doi:10.1016/j.omega.2021.102576.
    """
    if n_criteria < min(_RANDOM_INDEX):
        return 0.0
    fitted = (1.7699 * n_criteria - 4.3513) / (n_criteria - 1)
    complete = _RANDOM_INDEX.get(n_criteria, fitted)
    return complete * (1 - 2 * n_unanswered / ((n_criteria - 1) * (n_criteria - 2)))


def _log_ratios(judgements: FloatArray, given: BoolArray) -> FloatArray:
    read = np.where(given, judgements, 1.0)
    if not ((read >= 1 / _STRONGEST) & (read <= _STRONGEST)).all():
        raise ValueError(f"judgements must lie between 1/{_STRONGEST:g} and {_STRONGEST:g}")
    logs = np.log(read)
    clash = np.abs(logs + logs.T) > math.log1p(_RECIPROCAL_TOLERANCE)
    if (clash & given & given.T).any():
        raise ValueError("two answers on the same pair contradict each other")
    answers = given.astype(np.float64) + given.T
    return np.asarray((logs - logs.T) / np.maximum(answers, 1.0))


def _connected(known: BoolArray) -> bool:
    reached = known[0]
    for _ in known:
        reached = known[reached].any(axis=0)
    return bool(reached.all())


def _principal(ratios: FloatArray) -> tuple[float, FloatArray]:
    # By Perron and Frobenius the largest eigenvalue is real and its vector has one sign.
    values, vectors = np.linalg.eig(ratios)
    largest = int(np.argmax(values.real))
    vector = np.abs(vectors[:, largest].real)
    return float(values[largest].real), vector / vector.sum()


def _consistency_ratio(eigenvalue: float, n_criteria: int, n_unanswered: int) -> float:
    random = random_index(n_criteria, n_unanswered)
    if random <= 0:
        return 0.0
    return max(eigenvalue - n_criteria, 0.0) / (n_criteria - 1) / random
