"""Other ways than the plain mean to make one set of weights out of many."""

from __future__ import annotations

import numpy as np

from waardeweging.elicitation.log_ratios import clr, from_log_ratios
from waardeweging.problem.arrays import FloatArray, IntArray

_STEPS = 1000
_CLOSE = 1e-11
_TRIM = 0.10


def geometric_weights(weights: FloatArray, mass: FloatArray) -> FloatArray:
    """Average weights by their products instead of their sums; zeros are replaced.

    Parameters
    ----------
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    mass : array, shape (n_people,)
        What each counts for. [sum = 1]

    Returns
    -------
    array, shape (n_criteria,)
        [sum = 1]

    References
    ----------
    J. Aczél and T. L. Saaty, Procedures for synthesizing ratio judgements, Journal of
    Mathematical Psychology 27(1), 1983, doi:10.1016/0022-2496(83)90028-7.
    """
    return from_log_ratios(mass @ clr(weights))


def spatial_median_weights(weights: FloatArray, mass: FloatArray) -> FloatArray:
    """Give the weights with the least total distance to everyone's, in log-ratios.

    Parameters
    ----------
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    mass : array, shape (n_people,)
        What each counts for. [sum = 1]

    Returns
    -------
    array, shape (n_criteria,)
        [sum = 1] Where many are equally close, the one that is reached from the mean.

    References
    ----------
    Y. Vardi and C.-H. Zhang, The multivariate L1-median and associated data depth,
    Proceedings of the National Academy of Sciences 97(4), 2000,
    doi:10.1073/pnas.97.4.1423 (Weiszfeld's steps, made safe at the data points).
    """
    points = clr(weights)
    median = mass @ points
    for _ in range(_STEPS):
        following = _weiszfeld_step(points, mass, median)
        settled = np.abs(following - median).max() < _CLOSE
        median = following
        if settled:
            break
    return from_log_ratios(median)


def trimmed_mean_weights(weights: FloatArray, mass: FloatArray, sides: IntArray) -> FloatArray:
    """Average after cutting a tenth of each side from both ends of every criterion.

    Parameters
    ----------
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    mass : array, shape (n_people,)
        What each counts for. [sum = 1]
    sides : array of int, shape (n_people,)
        Trimming happens inside a side, so that no side loses its share.

    Returns
    -------
    array, shape (n_criteria,)
        [sum = 1]

    Notes
    -----
    The tenth is cut by mass, so the outermost people may lose part of theirs. A side of
    which nothing is left on any criterion keeps its plain mean.
    """
    joint = np.zeros(weights.shape[1])
    for side in np.unique(sides[mass > 0]):
        people = sides == side
        share = mass[people].sum()
        joint += share * _trimmed_mean(weights[people], mass[people] / share)
    return joint


def _weiszfeld_step(points: FloatArray, mass: FloatArray, median: FloatArray) -> FloatArray:
    away = np.sqrt(((points - median) ** 2).sum(axis=1))
    here = away <= _CLOSE
    pull = np.divide(mass, away, out=np.zeros_like(mass), where=~here)
    total = pull.sum()
    if total == 0:
        return median
    target = pull @ points / total
    force = total * float(np.sqrt(((target - median) ** 2).sum()))
    # People exactly here hold the median back; it leaves only when the others pull harder.
    held = float(mass[here].sum())
    stay = 1.0 if held >= force else held / force
    return np.asarray((1 - stay) * target + stay * median)


def _trimmed_mean(weights: FloatArray, mass: FloatArray) -> FloatArray:
    order = np.argsort(weights, axis=0, kind="stable")
    upto = np.cumsum(mass[order], axis=0)
    kept = np.minimum(upto, 1 - _TRIM) - np.maximum(upto - mass[order], _TRIM)
    means = (np.maximum(kept, 0.0) * np.take_along_axis(weights, order, axis=0)).sum(axis=0)
    total = means.sum()
    return np.asarray(means / total if total > _CLOSE else mass @ weights)
