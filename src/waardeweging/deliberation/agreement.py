"""How close people and sides are in what they find important."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from waardeweging.elicitation.log_ratios import clr
from waardeweging.problem.arrays import ArrayRecord, FloatArray, IntArray
from waardeweging.scoring.additive import ranks as places

# Differences below this are rounding, not opinions.
_ROUNDING = 1e-9

# Labels permuted at once, so that memory stays flat for a consultation of thousands.
_CELLS = 1 << 22


@dataclass(frozen=True, slots=True)
class SpreadSplit:
    """Spread of weights between and within the sides, in centred log-ratios.

    Parameters
    ----------
    between, within : float
        Mean squared distances.
    eta_squared : float
        Part of the spread that lies between the sides; 0 when there is no spread. [0–1]
    """

    between: float
    within: float
    eta_squared: float


class CriterionAgreement(StrEnum):
    """How the sides stand on one criterion."""

    AGREE = "agree"
    SIDES_DIFFER = "sides_differ"
    SPLIT_WITHIN = "split_within"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class AgreementThresholds:
    """Where agreement on a criterion ends, in points of 100.

    Parameters
    ----------
    difference : float
        Sides differ from this distance between their means.
    agreed_spread : float
        No agreement from this interquartile range within a side.
    split_spread : float
        A side is split from this interquartile range.
    """

    difference: float = 5.0
    agreed_spread: float = 10.0
    split_spread: float = 15.0


@dataclass(frozen=True, eq=False)
class CriterionDispute(ArrayRecord):
    """Per criterion how far two sides are apart and how far each is divided.

    Parameters
    ----------
    differences : array, shape (n_criteria,)
        Mean weight of the first side minus that of the second. [points of 100]
    spreads : array, shape (2, n_criteria)
        Interquartile range within each side; 0 for a side without people. [points of 100]
    classes : tuple of CriterionAgreement, length n_criteria
    """

    differences: FloatArray
    spreads: FloatArray
    classes: tuple[CriterionAgreement, ...]


def points_to_move(one: FloatArray, other: FloatArray) -> FloatArray:
    """Give the points of 100 that must change place to make two sets of weights equal.

    Parameters
    ----------
    one, other : array, shape (..., n_criteria)
        [sum = 1]

    Returns
    -------
    array, shape (...)
        Total variation. [0–100]
    """
    return np.asarray(50 * np.abs(one - other).sum(axis=-1))


def mean_pairwise_points(weights: FloatArray) -> float:
    """Average the points to move over all pairs of people.

    Parameters
    ----------
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]

    Returns
    -------
    float
        0 when there are fewer than two people. [0–100]
    """
    people = len(weights)
    if people < 2:
        return 0.0
    # In sorted order the r-th value is above r others and below the rest: no pairs needed.
    net = 2 * np.arange(people) - people + 1
    distances = net @ np.sort(weights, axis=0)
    return float(50 * distances.sum() / (people * (people - 1) / 2))


def spread_split(weights: FloatArray, sides: IntArray) -> SpreadSplit:
    """Split the spread of weights into a part between and a part within the sides.

    Parameters
    ----------
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    sides : array of int, shape (n_people,)
        Every side counts the same, whatever its number of people.

    Returns
    -------
    SpreadSplit
    """
    measures = _measures(weights)
    means = np.array([measures[sides == side].mean(axis=0) for side in np.unique(sides)])
    between, within = _spreads(means[:, None])
    return SpreadSplit(float(between[0]), float(within[0]), float(_part(between, within)[0]))


def side_permutation_p_value(
    weights: FloatArray, sides: IntArray, draws: int, rng: np.random.Generator
) -> float:
    """Give the chance of so large a split between sides if sides did not matter.

    Parameters
    ----------
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    sides : array of int, shape (n_people,)
    draws : int
        Random permutations of the sides over the people.
    rng : numpy.random.Generator

    Returns
    -------
    float
        Share of permutations, the present one included, with an eta squared at least as
        large. [1/(draws + 1) – 1]

    References
    ----------
    B. Phipson and G. K. Smyth, Permutation p-values should never be zero, Statistical
    Applications in Genetics and Molecular Biology 9(1), 2010, doi:10.2202/1544-6115.1585.
    """
    measures = _measures(weights)
    sizes = np.sort(np.unique(sides, return_counts=True)[1])
    present = spread_split(weights, sides).eta_squared
    block = max(1, _CELLS // len(sides))
    as_large = 1
    for start in range(0, draws, block):
        sums = _random_sums(measures, sizes, min(block, draws - start), rng)
        parts = _part(*_spreads(sums / sizes[:, None, None]))
        as_large += int((parts >= present - _ROUNDING).sum())
    return as_large / (1 + draws)


def criterion_disputes(
    side_weights: FloatArray,
    weights: FloatArray,
    sides: IntArray,
    thresholds: AgreementThresholds | None = None,
) -> CriterionDispute:
    """Class every criterion by how two sides stand on it.

    Parameters
    ----------
    side_weights : array, shape (2, n_criteria)
        Mean weights of the two sides. [rows sum to 1]
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    sides : array of int, shape (n_people,)
        0 and 1 are those two sides; people of other parties are left out.
    thresholds : AgreementThresholds, optional

    Returns
    -------
    CriterionDispute

    Notes
    -----
    Agreement is said only when the sides are close and neither is spread. Close sides of
    which one is mildly spread (between the two spread thresholds) therefore count as split
    within a side; sides that differ count as split as well only from the upper threshold.
    """
    limits = thresholds or AgreementThresholds()
    differences = np.round(100 * (side_weights[0] - side_weights[1]), 9)
    spreads = np.round(100 * np.array([_quartile_range(weights[sides == s]) for s in (0, 1)]), 9)
    classes = tuple(
        _class(abs(float(difference)), float(spread), limits)
        for difference, spread in zip(differences, spreads.max(axis=0), strict=True)
    )
    return CriterionDispute(differences, spreads, classes)


def kendall_w(weights: FloatArray) -> float | None:
    """Give the concordance of people's rankings of the criteria, corrected for ties.

    Parameters
    ----------
    weights : array, shape (n_people, n_criteria)
        Criteria are ranked by weight; equal weights share the mean of their ranks.

    Returns
    -------
    float or None
        0 no concordance, 1 all the same ranking; None when it does not exist: fewer than
        two people, or nobody ranks any criterion above another. [0–1]

    References
    ----------
    M. G. Kendall and B. Babington Smith, The problem of m rankings, Annals of Mathematical
    Statistics 10(3), 1939, doi:10.1214/aoms/1177732186.
    """
    people, criteria = weights.shape
    rounded = np.round(weights, 12)
    # Counting from both ends gives equal weights the mean of their places.
    ranks = (places(-rounded) - places(rounded) + criteria + 1) / 2
    # Sharing the mean of t ranks takes (t³ − t)/12 off the sum of squared ranks.
    untied = people * criteria * (criteria + 1) * (2 * criteria + 1) / 6
    ties = 12 * (untied - float((ranks**2).sum()))
    deviations = ranks.sum(axis=0) - people * (criteria + 1) / 2
    most = people**2 * (criteria**3 - criteria) - people * ties
    if people < 2 or most <= 0:
        return None
    return float(12 * (deviations @ deviations) / most)


def _measures(weights: FloatArray) -> FloatArray:
    """Give everyone's log-ratios with their squared length behind them."""
    ratios = clr(weights)
    return np.column_stack([ratios, (ratios**2).sum(axis=1)])


def _random_sums(
    measures: FloatArray, sizes: IntArray, draws: int, rng: np.random.Generator
) -> FloatArray:
    """Sum measures over sides of these sizes with people at random: (sides, draws, measures)."""
    ends = np.cumsum(sizes[:-1])
    marks = np.zeros((len(ends), draws, len(measures)))
    for draw in range(draws):
        # The people of the largest side, the last, are those who are left.
        chosen = rng.choice(len(measures), int(sizes[:-1].sum()), replace=False)
        for mark, people in zip(marks[:, draw], np.split(chosen, ends), strict=False):
            mark[people] = 1.0
    sums = marks @ measures
    return np.concatenate([sums, (measures.sum(axis=0) - sums.sum(axis=0))[None]])


def _spreads(means: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Give the spread between and within sides from their means, each of shape (draws,)."""
    centres = means[..., :-1]
    middle = centres.mean(axis=0)
    between = ((centres - middle) ** 2).sum(axis=2).mean(axis=0)
    squares = means[..., -1] - (centres**2).sum(axis=2)
    return between, np.maximum(squares.mean(axis=0), 0.0)


def _part(between: FloatArray, within: FloatArray) -> FloatArray:
    total = between + within
    return np.divide(between, total, out=np.zeros_like(total), where=total > _ROUNDING)


def _quartile_range(weights: FloatArray) -> FloatArray:
    if not len(weights):
        return np.zeros(weights.shape[1])
    low, high = np.percentile(weights, [25, 75], axis=0)
    return np.asarray(high - low)


def _class(difference: float, spread: float, limits: AgreementThresholds) -> CriterionAgreement:
    if difference >= limits.difference:
        split = spread >= limits.split_spread
        return CriterionAgreement.BOTH if split else CriterionAgreement.SIDES_DIFFER
    agreed = spread < limits.agreed_spread
    return CriterionAgreement.AGREE if agreed else CriterionAgreement.SPLIT_WITHIN
