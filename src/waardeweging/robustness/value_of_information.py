"""What it is worth to know something before choosing, in points of score.

Knowing pays only where it would change the choice, so what cannot change it is worth
exactly nothing. The worth says which number to research first, not what to pay for it.
"""

from __future__ import annotations

import numpy as np

from waardeweging.problem.arrays import BoolArray, FloatArray
from waardeweging.robustness.contest import TIED
from waardeweging.scoring.additive import additive_scores, best

# Directions in which quantities vary this little, as a share of the most, are no directions.
_TOGETHER = 1e-13


def perfect_information(scores: FloatArray, eligible: BoolArray) -> float:
    """Give the expected gain of knowing everything before choosing.

    Parameters
    ----------
    scores : array, shape (n_draws, n_alternatives)
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    float
        In the unit of the scores; the most any research can be worth. [0–1]

    References
    ----------
    H. Raiffa and R. Schlaifer, Applied Statistical Decision Theory, Harvard University,
    1961, ch. 4.
    """
    return perfect_gain(scores, eligible)[0]


def perfect_gain(scores: FloatArray, eligible: BoolArray) -> tuple[float, float]:
    """Give `perfect_information` with its Monte Carlo standard error."""
    return _mean_with_error(_gained(scores[None], eligible)[0])


def criterion_information(
    values: FloatArray, weights: FloatArray, eligible: BoolArray
) -> FloatArray:
    """Give the expected gain of knowing all performances on one criterion before choosing.

    Parameters
    ----------
    values : array, shape (n_draws, n_alternatives, n_criteria)
        Draws of the value scores, independent between criteria. [0–1]
    weights : array, shape (n_criteria,)
        [sum = 1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    array, shape (n_criteria,)
        [0–1]

    Notes
    -----
    Scores are sums over criteria, so once criterion j is known the expected score is its
    own part as drawn plus the mean of the rest: no regression is needed. Where criteria
    share a cause, such as a gas price, use `regression_information` on that cause.
    """
    centred = (values - values.mean(axis=0)) * weights
    expected = additive_scores(values.mean(axis=0), weights)
    known = expected + np.moveaxis(centred, -1, 0)
    return _gains(known, eligible)


def cell_information(values: FloatArray, weights: FloatArray, eligible: BoolArray) -> FloatArray:
    """Give the expected gain of knowing one performance before choosing.

    Parameters
    ----------
    values : array, shape (n_draws, n_alternatives, n_criteria)
        Draws of the value scores, independent between cells. [0–1]
    weights : array, shape (n_criteria,)
        [sum = 1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    array, shape (n_alternatives, n_criteria)
        [0–1]
    """
    centred = (values - values.mean(axis=0)) * weights
    expected = additive_scores(values.mean(axis=0), weights)
    gains = np.zeros(values.shape[1:])
    for row in np.flatnonzero(eligible):
        known = np.broadcast_to(expected, (values.shape[2], *values.shape[:2])).copy()
        known[:, :, row] += centred[:, row, :].T
        gains[row] = _gains(known, eligible)
    return gains


def regression_information(scores: FloatArray, known: FloatArray, eligible: BoolArray) -> float:
    """Give the expected gain of knowing some quantities, by linear regression on them.

    Parameters
    ----------
    scores : array, shape (n_draws, n_alternatives)
    known : array, shape (n_draws, n_quantities)
        Draws of what would be known, from the same draws as the scores.
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    float
        In the unit of the scores. [0–1]

    References
    ----------
    M. Strong, J. E. Oakley and A. Brennan, Estimating multiparameter partial expected value
    of perfect information from a probabilistic sensitivity analysis sample, Medical
    Decision Making 34(3), 2014, doi:10.1177/0272989X13505910.
    """
    return regression_gain(scores, known, eligible)[0]


def regression_gain(
    scores: FloatArray, known: FloatArray, eligible: BoolArray
) -> tuple[float, float]:
    """Give `regression_information` with its Monte Carlo standard error.

    The error is that of the mean over the draws; the slopes are taken as they were found.
    """
    varies = np.ptp(known, axis=0) > TIED
    if not varies.any():
        return 0.0, 0.0
    centred = known[:, varies] - known[:, varies].mean(axis=0)
    expected = scores.mean(axis=0)
    # Quantities that move together share their slope: a small inverse does, whatever the draws.
    inverse = np.linalg.pinv(centred.T @ centred, rcond=_TOGETHER, hermitian=True)
    slopes = inverse @ (centred.T @ (scores - expected))
    if _never_decides(expected, slopes, centred, eligible):
        return 0.0, 0.0
    return _mean_with_error(_gained((expected + centred @ slopes)[None], eligible)[0])


def binned_information(
    scores: FloatArray, known: FloatArray, eligible: BoolArray, bins: int = 20
) -> float:
    """Give the expected gain of knowing one quantity, by averaging scores in bins of it.

    Parameters
    ----------
    scores : array, shape (n_draws, n_alternatives)
    known : array, shape (n_draws,)
        Draws of what would be known, from the same draws as the scores.
    eligible : array of bool, shape (n_alternatives,)
    bins : int
        Bins with equal numbers of draws; at most the number of draws. More bins follow a
        bend better and let chance in more.

    Returns
    -------
    float
        In the unit of the scores; 0 where the quantity does not vary. [0–1]

    References
    ----------
    M. Strong and J. E. Oakley, An efficient method for computing single-parameter partial
    expected value of perfect information, Medical Decision Making 33(6), 2013,
    doi:10.1177/0272989X12465123.
    """
    if np.ptp(known) <= TIED:
        return 0.0
    order = np.argsort(known, kind="stable")
    parts = np.array_split(scores[order], min(bins, len(known)))
    means = np.repeat([part.mean(axis=0) for part in parts], [len(part) for part in parts], axis=0)
    return float(_gains(means[None], eligible)[0])


def _never_decides(
    expected: FloatArray, slopes: FloatArray, known: FloatArray, eligible: BoolArray
) -> bool:
    """Tell from the outermost draws alone whether the best stays best in all of them."""
    leads = slopes[:, [int(best(expected, eligible))]] - slopes[:, eligible]
    ends = np.array([known.min(axis=0), known.max(axis=0)])
    least = np.minimum(ends[0, :, None] * leads, ends[1, :, None] * leads).sum(axis=0)
    ahead = expected[eligible].max() - expected[eligible]
    return bool((ahead + least >= -TIED).all())


def _gains(known: FloatArray, eligible: BoolArray) -> FloatArray:
    """Average what choosing per draw gains: (cases, draws, alternatives) to (cases,)."""
    return np.asarray(_gained(known, eligible).mean(axis=1))


def _mean_with_error(gains: FloatArray) -> tuple[float, float]:
    return float(gains.mean()), float(gains.std() / np.sqrt(len(gains)))


def _gained(known: FloatArray, eligible: BoolArray) -> FloatArray:
    """Give what choosing per draw gains: (cases, draws, alternatives) to (cases, draws)."""
    chosen = np.array([int(best(mean, eligible)) for mean in known.mean(axis=1)])
    now = np.take_along_axis(known, chosen[:, None, None], axis=2)
    gain = known[:, :, eligible].max(axis=2) - now[:, :, 0]
    # Rounding in the means must not pass for a change of choice.
    return np.asarray(np.where(gain > TIED, gain, 0.0))
