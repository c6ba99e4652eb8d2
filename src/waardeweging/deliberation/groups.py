"""Groups of people with alike weights, sought only where they can be found honestly.

Few people always seem to fall into groups. A guard on numbers and on how well the
groups stand apart keeps chance from being shown as a camp.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.cluster.vq import ClusterError, kmeans2, vq
from scipy.spatial.distance import cdist

from waardeweging.elicitation.log_ratios import clr
from waardeweging.problem.arrays import ArrayRecord, FloatArray, IntArray

_NUMBERS = (2, 3, 4)
_STARTS = 10
# Distances between all people are squared in number; from here on a random part must do.
_MANY = 2000


@dataclass(frozen=True, slots=True)
class GroupGuard:
    """What must hold before groups are named.

    Parameters
    ----------
    people : int
        Least number of people.
    members : int
        Least number of people in every group.
    silhouette : float
        Least mean silhouette. [−1–1]
    """

    people: int = 15
    members: int = 5
    silhouette: float = 0.25


class NoGroups(StrEnum):
    """Why no groups are named."""

    TOO_FEW_PEOPLE = "too_few_people"
    NOT_CLEAR = "not_clear"


@dataclass(frozen=True, eq=False)
class OpinionGroups(ArrayRecord):
    """Groups of people with alike weights.

    Parameters
    ----------
    labels : array of int, shape (n_people,)
        Group of each person; 0 is the largest.
    silhouette : float
        How well the groups stand apart. [−1–1]
    """

    labels: IntArray
    silhouette: float


def opinion_groups(
    weights: FloatArray, rng: np.random.Generator, guard: GroupGuard | None = None
) -> OpinionGroups | NoGroups:
    """Look for two to four groups of people with alike weights.

    Parameters
    ----------
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    rng : numpy.random.Generator
    guard : GroupGuard, optional

    Returns
    -------
    OpinionGroups or NoGroups
        The number of groups with the best silhouette among those that pass the guard, or
        the reason why there are none. With more than 2,000 people the groups are sought,
        and their silhouette measured, among 2,000 of them at random; everyone then
        belongs to the nearest.
    """
    limits = guard or GroupGuard()
    if len(weights) < limits.people:
        return NoGroups.TOO_FEW_PEOPLE
    points = clr(weights)
    some = np.arange(len(points))
    if len(points) > _MANY:
        some = np.sort(rng.choice(len(points), _MANY, replace=False))
    # Two ways of weighing cannot make three groups; rounding makes no way of its own.
    ways = len(np.unique(np.round(points[some], 9), axis=0))
    found = [_grouped(points, some, number, rng, limits) for number in _NUMBERS if number <= ways]
    clear = [groups for groups in found if groups is not None]
    return max(clear, key=lambda groups: groups.silhouette, default=NoGroups.NOT_CLEAR)


def silhouette(points: FloatArray, labels: IntArray) -> float:
    """Give how much nearer people are to their own group than to the nearest other.

    Parameters
    ----------
    points : array, shape (n_points, n_dimensions)
    labels : array of int, shape (n_points,)
        At least two groups, counted from 0, none empty.

    Returns
    -------
    float
        Mean over the points; a point alone in its group counts 0. [−1–1]

    References
    ----------
    P. J. Rousseeuw, Silhouettes: a graphical aid to the interpretation and validation of
    cluster analysis, Journal of Computational and Applied Mathematics 20, 1987,
    doi:10.1016/0377-0427(87)90125-7.
    """
    members = np.eye(labels.max() + 1)[labels]
    sizes, own = members.sum(axis=0), members.astype(bool)
    sums = cdist(points, points) @ members
    within = sums[own] / np.maximum(sizes[labels] - 1, 1)
    nearest = np.where(own, np.inf, sums / sizes).min(axis=1)
    widest = np.maximum(within, nearest)
    gaps = np.divide(nearest - within, widest, out=np.zeros_like(widest), where=widest > 0)
    return float(np.where(sizes[labels] > 1, gaps, 0.0).mean())


def _grouped(
    points: FloatArray, some: IntArray, number: int, rng: np.random.Generator, guard: GroupGuard
) -> OpinionGroups | None:
    tries = [_kmeans(points[some], number, rng) for _ in range(_STARTS)]
    made = [attempt for attempt in tries if attempt is not None]
    if not made:
        return None
    centres = min(made, key=lambda attempt: attempt[0])[1]
    labels = vq(points, centres)[0].astype(np.int64)
    sizes = np.bincount(labels, minlength=number)
    # A group that is missing among some thousands is too small to name among more.
    if sizes.min() < guard.members or len(np.unique(labels[some])) < number:
        return None
    width = silhouette(points[some], labels[some])
    ordered = np.argsort(np.argsort(-sizes, kind="stable"))[labels]
    return OpinionGroups(ordered, width) if width >= guard.silhouette else None


def _kmeans(
    points: FloatArray, number: int, rng: np.random.Generator
) -> tuple[float, FloatArray] | None:
    """Give the squared distance to the centres and the centres, or None if a group is empty."""
    try:
        centres, labels = kmeans2(points, number, minit="++", seed=rng, missing="raise")
    except ClusterError:
        return None
    return float(((points - centres[labels]) ** 2).sum()), centres
