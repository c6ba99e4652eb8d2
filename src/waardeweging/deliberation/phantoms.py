"""Joint weights that reward nobody for exaggerating.

With the mean, who wants more for a criterion gains by overstating it. A median per
criterion would not allow that, but medians need not sum to 1. Phantoms do: invented
voices that are moved, the same for every criterion, until the medians sum to 1.
"""

from __future__ import annotations

import numpy as np

from waardeweging.problem.arrays import FloatArray


def independent_markets_weights(weights: FloatArray, mass: FloatArray) -> FloatArray:
    """Join weights by moving-phantom medians, with the phantoms of independent markets.

    Parameters
    ----------
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    mass : array, shape (n_people,)
        What each counts for; people without mass are left out. [sum = 1]

    Returns
    -------
    array, shape (n_criteria,)
        [sum = 1]

    Notes
    -----
    With N people of equal mass the phantoms of criterion j are min(t(N − k), 1) for
    k = 0..N. The median of people and phantoms is then the largest x such that the share
    of the people who give at least x is at least x/τ, with τ = tN; that also has a meaning
    for people of unequal mass. It grows with τ in straight pieces, so the τ at which the
    medians sum to 1 is found exactly.

    Nobody can bring the outcome nearer to the own weights, in points to move, by giving
    other weights. The paper proves it for equal mass; for unequal mass it was only tried.
    The price: where people are of two minds, a criterion in which few believe gets more
    than a minimum of total distance would give it.

    References
    ----------
    R. Freeman, D. M. Pennock, D. Peters and J. Wortman Vaughan, Truthful aggregation of
    budget proposals, Journal of Economic Theory 193, 2021, doi:10.1016/j.jet.2021.105234
    (first at the ACM Conference on Economics and Computation, 2019).
    """
    people = mass > 0
    order = np.argsort(-weights[people], axis=0, kind="stable")
    given = np.take_along_axis(weights[people], order, axis=0)
    # Mass of those who give at least as much.
    upto = np.cumsum(mass[people][order], axis=0)
    # Going up, a median follows the phantoms to someone's answer and waits there a while.
    bends = np.unique(np.vstack([given / upto, given[1:] / upto[:-1]]))
    # The first bend from which on the medians sum to 1 or more; the last one always does.
    low, high = -1, len(bends) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if _medians(given, upto, bends[middle]).sum() >= 1:
            high = middle
        else:
            low = middle
    after = _medians(given, upto, bends[high])
    before = _medians(given, upto, bends[low]) if low >= 0 else np.zeros_like(after)
    step = after.sum() - before.sum()
    share = (1 - before.sum()) / step if step > 0 else 1.0
    medians = before + min(share, 1.0) * (after - before)
    return np.asarray(medians / medians.sum())


def _medians(given: FloatArray, upto: FloatArray, scale: float) -> FloatArray:
    return np.asarray(np.minimum(given, scale * upto).max(axis=0))
