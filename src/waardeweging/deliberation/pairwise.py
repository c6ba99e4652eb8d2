"""Choosing by comparing alternatives two by two, as people's own rankings do."""

from __future__ import annotations

import numpy as np

from waardeweging.problem.arrays import FloatArray
from waardeweging.robustness.contest import TIED


def preference_shares(scores: FloatArray, mass: FloatArray) -> FloatArray:
    """Give the share of the voices that prefers one alternative to another.

    Parameters
    ----------
    scores : array, shape (n_people, n_alternatives)
        Everyone's own scores.
    mass : array, shape (n_people,)
        What each counts for. [sum = 1]

    Returns
    -------
    array, shape (n_alternatives, n_alternatives)
        Row over column [0–1]; people who score both the same count for neither.
    """
    return np.array([mass @ (own[:, None] > scores + TIED) for own in scores.T])


def borda(preferences: FloatArray) -> FloatArray:
    """Count the rivals that each alternative leaves behind, averaged over the voices.

    Parameters
    ----------
    preferences : array, shape (n_alternatives, n_alternatives)
        From `preference_shares`.

    Returns
    -------
    array, shape (n_alternatives,)
        [0 – n_alternatives − 1] An equal score is half a rival.

    References
    ----------
    F. Brandt et al. (eds.), Handbook of Computational Social Choice, Cambridge University
    Press, 2016, ch. 2, doi:10.1017/CBO9781107446984.
    """
    level = 1 - preferences - preferences.T
    np.fill_diagonal(level, 0.0)
    return np.asarray((preferences + level / 2).sum(axis=1))


def copeland(preferences: FloatArray) -> FloatArray:
    """Count duels won minus duels lost.

    Parameters
    ----------
    preferences : array, shape (n_alternatives, n_alternatives)
        From `preference_shares`.

    Returns
    -------
    array, shape (n_alternatives,)
        [−(n_alternatives − 1) – n_alternatives − 1]

    References
    ----------
    F. Brandt et al. (eds.), Handbook of Computational Social Choice, Cambridge University
    Press, 2016, ch. 3, doi:10.1017/CBO9781107446984.
    """
    lead = preferences - preferences.T
    return np.asarray((lead > TIED).sum(axis=1) - (lead < -TIED).sum(axis=1), dtype=np.float64)


def kemeny(
    preferences: FloatArray, prefer: int | None = None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Find the ranking that agrees most with people's pairwise preferences.

    Parameters
    ----------
    preferences : array, shape (n_alternatives, n_alternatives)
        From `preference_shares`. Time and memory double with every alternative.
    prefer : int, optional
        Alternative to put first when some best ranking does.

    Returns
    -------
    ranking : tuple of int
        Best first. Of equally good rankings the one with the lowest indices in front.
    tops : tuple of int
        Alternatives that head some best ranking.

    References
    ----------
    J. G. Kemeny, Mathematics without numbers, Daedalus 88(4), 1959. Exact by dynamic
    programming over sets of alternatives: N. Betzler et al., Fixed-parameter algorithms for
    Kemeny rankings, Theoretical Computer Science 410(45), 2009,
    doi:10.1016/j.tcs.2009.08.033.
    """
    number = len(preferences)
    sets = np.arange(1 << number)
    members = (sets[:, None] >> np.arange(number)) & 1
    over = (members @ preferences.T).tolist()
    worth = [0.0] * (1 << number)
    tops: list[list[int]] = [[] for _ in sets]
    for group in range(1, 1 << number):
        ahead = {
            a: over[group][a] + worth[group ^ (1 << a)] for a in range(number) if group >> a & 1
        }
        worth[group] = max(ahead.values())
        tops[group] = [a for a, agrees in ahead.items() if agrees >= worth[group] - TIED]
    ranking = [prefer if prefer in tops[-1] else tops[-1][0]]
    left = (1 << number) - 1 - (1 << ranking[0])
    while left:
        ranking.append(tops[left][0])
        left ^= 1 << ranking[-1]
    return tuple(ranking), tuple(tops[-1])
