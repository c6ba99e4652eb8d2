"""Weights from comparing every criterion with the best and with the worst one.

This is the linear model of the best–worst method; its deviation is measured in
weight and has no published table of thresholds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike

from waardeweging.elicitation.ordered_totals import linked_groups
from waardeweging.problem.arrays import ArrayRecord, FloatArray

_STRONGEST = 1000.0


@dataclass(frozen=True, eq=False)
class BestWorstWeights(ArrayRecord):
    """Weights of the best–worst method.

    Parameters
    ----------
    weights : array, shape (n_criteria,)
        Weights. [sum = 1]
    deviation : float
        Largest difference between an answer and the weights, ξ; 0 when the answers agree
        fully with each other. [weight]
    """

    weights: FloatArray
    deviation: float


def best_worst_weights(
    best_to_others: ArrayLike, others_to_worst: ArrayLike, *, best: int, worst: int
) -> BestWorstWeights:
    """Derive weights from two rows of comparisons.

    Parameters
    ----------
    best_to_others : array_like, shape (n_criteria,)
        How many times the best criterion is as important as each other. [1–1000]
    others_to_worst : array_like, shape (n_criteria,)
        How many times each criterion is as important as the worst. [1–1000]
    best, worst : int
        Index of the most and of the least important criterion.

    Returns
    -------
    BestWorstWeights

    Raises
    ------
    ValueError
        If rows differ in length, an answer is out of bounds, best and worst are the same
        of several criteria, or the two answers on best against worst differ.

    References
    ----------
    J. Rezaei, Best-worst multi-criteria decision-making method: some properties and a
    linear model, Omega 64, 2016, doi:10.1016/j.omega.2015.12.001.
    """
    to_others, to_worst = _checked(best_to_others, others_to_worst, best, worst)
    gaps = np.vstack([_gaps(to_others, best, to_best=True), _gaps(to_worst, worst, to_best=False)])
    return _solved(gaps)


def weights_from_multiples(
    n_criteria: int, pairs: Sequence[tuple[int, int]], times: Sequence[float]
) -> BestWorstWeights:
    """Derive weights from some of the comparisons, in the same linear model.

    Parameters
    ----------
    n_criteria : int
    pairs : sequence of (int, int)
        Criteria of which the first was called so many times as important as the second.
    times : sequence of float, as long as `pairs`
        [1–1000]

    Returns
    -------
    BestWorstWeights

    Raises
    ------
    ValueError
        If lengths differ, an answer is out of bounds, or the answers leave criteria
        unconnected.

    References
    ----------
    J. Rezaei, Best-worst multi-criteria decision-making method: some properties and a
    linear model, Omega 64, 2016, doi:10.1016/j.omega.2015.12.001.
    """
    if not all(1 <= answer <= _STRONGEST for answer in times):
        raise ValueError(f"answers must lie between 1 and {_STRONGEST:g}")
    if len(linked_groups(n_criteria, pairs)) > 1:
        raise ValueError("the answers leave criteria unconnected")
    if n_criteria == 1:
        return BestWorstWeights(np.ones(1), 0.0)
    own = np.eye(n_criteria)
    rows = [own[one] - answer * own[two] for (one, two), answer in zip(pairs, times, strict=True)]
    return _solved(np.array(rows))


def input_ratio(to_others: float, to_worst: float, best_to_worst: float) -> float:
    """Say how far two answers about one criterion are from the one on best against worst.

    Parameters
    ----------
    to_others, to_worst : float
        How many times the best is as important as the criterion, and that as the worst.
        [1 or more]
    best_to_worst : float
        How many times the best is as important as the worst. [1 or more]

    Returns
    -------
    float
        0 when the product of both is the third; 1 when both are as large as the third.

    References
    ----------
    F. Liang, M. Brunelli and J. Rezaei, Consistency issues in the best worst method:
    measurements and thresholds, Omega 96, 2020, doi:10.1016/j.omega.2019.102175.
    """
    off = abs(to_others * to_worst - best_to_worst)
    largest = best_to_worst * (best_to_worst - 1)
    # Equal best and worst leave no scale to measure on; then only 1 and 1 agree.
    return off / largest if largest > 0 else float(off > 0)


def _gaps(answers: FloatArray, anchor: int, *, to_best: bool) -> FloatArray:
    """Write w_anchor − answer · w_j, or w_j − answer · w_anchor, as a row per criterion."""
    own = -np.diag(answers) if to_best else np.eye(len(answers))
    own[:, anchor] += 1.0 if to_best else -answers
    return own


def _solved(gaps: FloatArray) -> BestWorstWeights:
    n_criteria = gaps.shape[1]
    slack = -np.ones((len(gaps), 1))
    # The programme always has a solution: any weights will do with a large enough deviation.
    solution = scipy.optimize.linprog(
        c=np.append(np.zeros(n_criteria), 1.0),
        A_ub=np.block([[gaps, slack], [-gaps, slack]]),
        b_ub=np.zeros(2 * len(gaps)),
        A_eq=np.append(np.ones(n_criteria), 0.0)[None],
        b_eq=[1.0],
        method="highs",
    )
    weights = np.maximum(solution.x[:-1], 0.0)
    return BestWorstWeights(weights / weights.sum(), max(float(solution.x[-1]), 0.0))


def _checked(
    best_to_others: ArrayLike, others_to_worst: ArrayLike, best: int, worst: int
) -> tuple[FloatArray, FloatArray]:
    to_others = np.asarray(best_to_others, dtype=np.float64)
    to_worst = np.asarray(others_to_worst, dtype=np.float64)
    n_criteria = to_others.size
    if n_criteria < 1 or to_others.shape != (n_criteria,) or to_worst.shape != (n_criteria,):
        raise ValueError(f"shapes are {to_others.shape} and {to_worst.shape}, expected equal rows")
    if not (0 <= best < n_criteria and 0 <= worst < n_criteria):
        raise ValueError(f"best and worst must point at one of {n_criteria} criteria")
    if best == worst and n_criteria > 1:
        raise ValueError("best and worst must be two criteria")
    answers = np.concatenate([to_others, to_worst])
    if not ((answers >= 1) & (answers <= _STRONGEST)).all():
        raise ValueError(f"answers must lie between 1 and {_STRONGEST:g}")
    if to_others[best] != 1 or to_worst[worst] != 1:
        raise ValueError("a criterion is exactly 1 time as important as itself")
    if to_others[worst] != to_worst[best]:
        raise ValueError("best against worst has two different answers")
    return to_others, to_worst
