"""Joint weights that reward nobody for exaggerating.

With the mean, who wants more for a criterion gains by overstating it. A median per
criterion would not allow that, but medians need not sum to 1. Phantoms do: invented
voices that are moved, the same for every criterion, until the medians sum to 1.
"""

from __future__ import annotations

import numpy as np

from waardeweging.problem.arrays import FloatArray

# So few bends are searched one by one; halving finds them in some tens of steps.
_FEW = 256
_MOST_HALVINGS = 100


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
    heard = mass > 0
    # Criteria first, so that sorting and searching run along memory.
    answers = np.ascontiguousarray(weights[heard].T)
    order = np.argsort(-answers, axis=1, kind="stable")
    given = np.take_along_axis(answers, order, axis=1)
    # Mass of those who give at least as much.
    upto = np.cumsum(mass[heard][order], axis=1)
    # Going up, a median follows the phantoms to someone's answer and waits there a while:
    # it bends where it arrives and where it leaves. Both are in rising order, last one first.
    arrives = (given / upto)[:, ::-1]
    leaves = (given[:, 1:] / upto[:, :-1])[:, ::-1]
    bends = _bends_near_one(arrives, leaves, given, upto)
    # The first bend from which on the medians sum to 1 or more; the last one always does.
    low, high = 0, len(bends) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if _medians(arrives, given, upto, bends[middle]).sum() >= 1:
            high = middle
        else:
            low = middle
    before = _medians(arrives, given, upto, bends[low])
    after = _medians(arrives, given, upto, bends[high])
    step = after.sum() - before.sum()
    share = (1 - before.sum()) / step if step > 0 else 1.0
    medians = before + min(share, 1.0) * (after - before)
    return np.asarray(medians / medians.sum())


def _bends_near_one(
    arrives: FloatArray, leaves: FloatArray, given: FloatArray, upto: FloatArray
) -> FloatArray:
    """Give the few bends around the scale at which the medians sum to 1, in rising order.

    The first lies below that scale, or is nought; from the last on they sum to 1 or more.
    """
    low, high = 0.0, float(max(arrives.max(), leaves.max(initial=0.0)))
    for _ in range(_MOST_HALVINGS):
        if sum(map(len, _between(arrives, leaves, low, high))) <= _FEW:
            break
        middle = (low + high) / 2
        if _medians(arrives, given, upto, middle).sum() >= 1:
            high = middle
        else:
            low = middle
    return np.unique(np.concatenate([[low, high], *_between(arrives, leaves, low, high)]))


def _between(arrives: FloatArray, leaves: FloatArray, low: float, high: float) -> list[FloatArray]:
    """List the bends of every criterion between two scales."""
    return [
        row[np.searchsorted(row, low) : np.searchsorted(row, high, side="right")]
        for row in (*arrives, *leaves)
    ]


def _medians(arrives: FloatArray, given: FloatArray, upto: FloatArray, scale: float) -> FloatArray:
    """Give the largest of min(answer, scale × mass of those who give as much), per criterion."""
    people = given.shape[1]
    # Answers that are still above the phantoms stand before this place, the others from it on.
    first = np.array([people - np.searchsorted(row, scale, side="right") for row in arrives])
    rows = np.arange(len(given))
    waits = np.where(first < people, given[rows, np.minimum(first, people - 1)], 0.0)
    climbs = np.where(first > 0, scale * upto[rows, first - 1], 0.0)
    return np.asarray(np.maximum(waits, climbs))
