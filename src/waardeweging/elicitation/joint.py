"""From everyone's weights to the weights of a side, and of both sides together.

A side counts as one voice, whatever its head count. Everything here is a
weighted mean of weights, so the joint score of an alternative equals the same
mean of everyone's own scores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.problem.arrays import FloatArray

LEAST_DEPARTMENTS = 3
LEAST_PEOPLE_PER_DEPARTMENT = 2
# Weights arrive as quotients of sums; anything further from 1 was never normalised.
_SUM_TOLERANCE = 1e-9


class DepartmentMean(NamedTuple):
    """The weights of a side that works in departments.

    Attributes
    ----------
    weights : array, shape (..., n_criteria)
        Mean weights. [sum = 1]
    stratified : bool
        True when every department counted equally, False when every person did.
    """

    weights: FloatArray
    stratified: bool


def side_mean(weights: ArrayLike, multiplier: ArrayLike | None = None) -> FloatArray:
    """Average the weights of the people of one side.

    Parameters
    ----------
    weights : array_like, shape (..., n_people, n_criteria)
        Weights per person. [sum = 1]
    multiplier : array_like, shape (..., n_people), optional
        How heavily each person counts, e.g. for representativeness; everyone alike
        when omitted. Only the ratios matter. [0 or more]

    Returns
    -------
    array, shape (..., n_criteria)
        Mean weights. [sum = 1]

    Raises
    ------
    ValueError
        If there are no people, weights are not weights, or multipliers are negative,
        not finite or all zero.
    """
    weights = _checked_weights(weights)
    if multiplier is None:
        return np.asarray(_sum_over_people(weights) / weights.shape[-2])
    multiplier = np.asarray(multiplier, dtype=np.float64)
    if multiplier.ndim < 1 or multiplier.shape[-1] != weights.shape[-2]:
        raise ValueError(f"{weights.shape[-2]} people, multiplier has shape {multiplier.shape}")
    if not np.isfinite(multiplier).all() or (multiplier < 0).any():
        raise ValueError("multipliers must be finite and 0 or more")
    largest = multiplier.max(axis=-1, keepdims=True)
    if (largest == 0).any():
        raise ValueError("all multipliers are zero; nobody counts")
    # Dividing by the largest first keeps huge and tiny multipliers within range.
    pull = multiplier / largest
    total = _sum_over_people(weights * pull[..., None])
    return np.asarray(total / pull.sum(axis=-1, keepdims=True))


def department_mean(weights: ArrayLike, departments: Sequence[str]) -> DepartmentMean:
    """Average the weights of a side so that a large department does not drown a small one.

    Parameters
    ----------
    weights : array_like, shape (..., n_people, n_criteria)
        Weights per person. [sum = 1]
    departments : sequence of str, length n_people
        Department of each person; empty when unknown.

    Returns
    -------
    DepartmentMean
        Mean of department means when `is_stratified`, else the plain mean.

    Raises
    ------
    ValueError
        If there are no people, weights are not weights, or lengths differ.
    """
    shares = department_shares(departments)
    return DepartmentMean(side_mean(weights, shares), is_stratified(departments))


def department_shares(departments: Sequence[str]) -> FloatArray:
    """Give each person's share in the mean of the side.

    Parameters
    ----------
    departments : sequence of str, length n_people
        Department of each person; empty when unknown.

    Returns
    -------
    array, shape (n_people,)
        Equal per department and then per person when `is_stratified`, else equal per
        person. [sum = 1]

    Raises
    ------
    ValueError
        If there are no people.
    """
    if len(departments) == 0:
        raise ValueError("a side needs at least one person")
    if not is_stratified(departments):
        return np.full(len(departments), 1 / len(departments))
    names = [name.strip() for name in departments]
    people = Counter(names)
    return np.array([1 / (len(people) * people[name]) for name in names])


def is_stratified(departments: Sequence[str]) -> bool:
    """Tell whether departments count equally.

    They do when there are at least three, each with at least two people, and nobody
    without a department: with fewer, one person could stand for a whole department.

    Parameters
    ----------
    departments : sequence of str
        Department of each person; empty when unknown. Surrounding spaces do not count.

    Returns
    -------
    bool
    """
    people = Counter(name.strip() for name in departments)
    return (
        "" not in people
        and len(people) >= LEAST_DEPARTMENTS
        and min(people.values()) >= LEAST_PEOPLE_PER_DEPARTMENT
    )


def joint_weights(
    residents: ArrayLike, municipality: ArrayLike, share: ArrayLike = 0.5
) -> FloatArray:
    """Combine the weights of both sides.

    Parameters
    ----------
    residents, municipality : array_like, shape (..., n_criteria)
        Mean weights of each side. [sum = 1]
    share : array_like, shape (...), default 0.5
        Share λ of the residents; the municipality has the rest. [0–1]

    Returns
    -------
    array, shape (..., n_criteria)
        Joint weights. [sum = 1]

    Raises
    ------
    ValueError
        If `share` is outside 0–1 or the number of criteria differs.

    References
    ----------
    M. Stone, The opinion pool, Annals of Mathematical Statistics 32(4), 1961,
    doi:10.1214/aoms/1177704873.
    """
    residents = np.asarray(residents, dtype=np.float64)
    municipality = np.asarray(municipality, dtype=np.float64)
    if residents.shape[-1:] != municipality.shape[-1:]:
        raise ValueError(f"shapes {residents.shape} and {municipality.shape} differ in criteria")
    share = np.asarray(share, dtype=np.float64)[..., None]
    if not ((share >= 0) & (share <= 1)).all():
        raise ValueError("share must lie between 0 and 1")
    return np.asarray(share * residents + (1 - share) * municipality)


def with_third_parties(joint: ArrayLike, third_parties: ArrayLike, shares: ArrayLike) -> FloatArray:
    """Make room for third parties: the two sides keep their ratio in what is left.

    Parameters
    ----------
    joint : array_like, shape (n,)
        Of both sides together: weights of criteria or scores of options.
    third_parties : array_like, shape (n_third_parties, n)
        The same of each third party.
    shares : array_like, shape (n_third_parties,)
        Of the whole. [0–1, sum < 1]

    Returns
    -------
    array, shape (n,)
        Exactly `joint` when no third party has a share.
    """
    joint = np.asarray(joint, dtype=np.float64)
    given = np.asarray(shares, dtype=np.float64)
    theirs = np.asarray(third_parties, dtype=np.float64).reshape(len(given), len(joint))
    return np.asarray((1 - given.sum()) * joint + given @ theirs)


def _checked_weights(weights: ArrayLike) -> FloatArray:
    weights = np.asarray(weights, dtype=np.float64)
    if weights.ndim < 2 or weights.shape[-2] < 1:
        raise ValueError(f"shape is {weights.shape}, expected (..., n_people, n_criteria)")
    if not np.isfinite(weights).all() or (weights < 0).any():
        raise ValueError("weights must be finite and 0 or more")
    if (np.abs(weights.sum(axis=-1) - 1) > _SUM_TOLERANCE).any():
        raise ValueError("the weights of each person must sum to 1")
    return weights


def _sum_over_people(weights: FloatArray) -> FloatArray:
    # numpy adds in pairs, and so keeps its precision, only along the contiguous axis.
    return np.asarray(np.ascontiguousarray(np.swapaxes(weights, -1, -2)).sum(axis=-1))
