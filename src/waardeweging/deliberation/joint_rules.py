"""Other ways than the plain mean to make one set of weights out of many."""

from __future__ import annotations

import numpy as np

from waardeweging.elicitation.log_ratios import clr, from_log_ratios
from waardeweging.problem.arrays import FloatArray, IntArray

_STEPS = 1000
_CLOSE = 1e-11
# A pull this small, of at most 1, moves no weight by anything that shows.
_LEVEL = 1e-13
# Totals that differ less, as a share, differ by rounding.
_FLAT = 1e-14
_PARTS = (0.3, 0.1, 0.01, 0.001)
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

    Notes
    -----
    Weiszfeld's steps, made safe at the data points, always come nearer but may take
    thousands of steps; Newton's need a handful but may overshoot. Every round takes
    Newton's where it halves the pull and else the best of several, and looks whether the
    nearest person is the median: there the distances have a kink, to which steps only creep.

    References
    ----------
    Y. Vardi and C.-H. Zhang, The multivariate L1-median and associated data depth,
    Proceedings of the National Academy of Sciences 97(4), 2000,
    doi:10.1073/pnas.97.4.1423.
    """
    points = clr(weights)
    median, looked_at = mass @ points, -1
    for _ in range(_STEPS):
        if _pull_left(points, mass, median) <= _LEVEL:
            break
        nearest = _nearest(points, median)
        if nearest != looked_at and _pull_left(points, mass, points[nearest]) <= _LEVEL:
            return from_log_ratios(points[nearest])
        looked_at = nearest
        following = _nearer(points, mass, median)
        if following is None:
            break
        median = following
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


def _nearer(points: FloatArray, mass: FloatArray, median: FloatArray) -> FloatArray | None:
    """Give a place that is nearer to all; None when none is found."""

    def total(place: FloatArray) -> float:
        return float(mass @ _away(points, place))

    present, newton = total(median), _newton_step(points, mass, median)
    eases = 2 * _pull_left(points, mass, newton) < _pull_left(points, mass, median)
    # Near the bottom the totals are level, and only the pull tells which way is down.
    if eases and total(newton) <= (1 + _FLAT) * present:
        return newton
    # Where people almost stand on a line, only a part of Newton's step is any good.
    parts = [median + part * (newton - median) for part in _PARTS]
    people = [_nearest(points, median), _ahead(points, mass, median)]
    safe = _weiszfeld_step(points, mass, median)
    best = min([newton, safe, *parts, *points[people]], key=total)
    return best if present - total(best) > _FLAT * present else None


def _nearest(points: FloatArray, median: FloatArray) -> int:
    return int(_away(points, median).argmin())


def _ahead(points: FloatArray, mass: FloatArray, median: FloatArray) -> int:
    """Find the first person on the way in which the others pull."""
    pull, _ = _pulls(points, mass, median)
    forward = (points - median) @ (pull @ (points - median))
    turn = np.full_like(mass, np.inf)
    np.divide(_away(points, median) ** 2, forward, out=turn, where=forward > 0)
    return int(turn.argmin())


def _away(points: FloatArray, median: FloatArray) -> FloatArray:
    steps = points - median
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", steps, steps)))


def _pulls(points: FloatArray, mass: FloatArray, median: FloatArray) -> tuple[FloatArray, float]:
    """Give the weight per distance of everyone elsewhere, and the mass of those right here."""
    away = _away(points, median)
    here = away <= _CLOSE
    return np.divide(mass, away, out=np.zeros_like(mass), where=~here), float(mass[here].sum())


def _pull_left(points: FloatArray, mass: FloatArray, median: FloatArray) -> float:
    """Give how hard the others pull beyond what people right here hold back; 0 at the median."""
    pull, held = _pulls(points, mass, median)
    force = pull @ (points - median)
    return float(np.sqrt(force @ force)) - held


def _weiszfeld_step(points: FloatArray, mass: FloatArray, median: FloatArray) -> FloatArray:
    pull, held = _pulls(points, mass, median)
    total = pull.sum()
    target = pull @ points / total
    force = total * float(np.sqrt(((target - median) ** 2).sum()))
    # People exactly here hold the median back; it leaves only when the others pull harder.
    stay = 1.0 if held >= force else held / force
    return np.asarray((1 - stay) * target + stay * median)


def _newton_step(points: FloatArray, mass: FloatArray, median: FloatArray) -> FloatArray:
    pull, _ = _pulls(points, mass, median)
    away = points - median
    # Each distance bends across its own direction only: Σ pull (I − uuᵀ).
    share = np.divide(pull**3, mass**2, out=np.zeros_like(pull), where=pull > 0)
    bend = pull.sum() * np.eye(len(median)) - (away * share[:, None]).T @ away
    return np.asarray(median + np.linalg.pinv(bend, hermitian=True) @ (pull @ away))


def _trimmed_mean(weights: FloatArray, mass: FloatArray) -> FloatArray:
    rows = np.ascontiguousarray(weights.T)
    order = np.argsort(rows, axis=1)
    upto = np.cumsum(mass[order], axis=1)
    kept = np.minimum(upto, 1 - _TRIM) - np.maximum(upto - mass[order], _TRIM)
    means = (np.maximum(kept, 0.0) * np.take_along_axis(rows, order, axis=1)).sum(axis=1)
    total = means.sum()
    return np.asarray(means / total if total > _CLOSE else mass @ weights)
