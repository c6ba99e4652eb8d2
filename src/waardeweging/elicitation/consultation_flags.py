"""Signs that an answer in a consultation may not be one person's own.

A flag never removes an answer: results are shown with and without flagged ones. Most flags
have an innocent explanation, such as a family that shares a tablet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from waardeweging.elicitation.consultation import Consultation
from waardeweging.elicitation.flags import ALL_EQUAL, LEAST_SECONDS, ONE_CRITERION, TOO_FAST
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.elicitation.representativeness import UNKNOWN
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray

UNKNOWN_CODE = "unknown_code"
CODE_TWICE = "code_twice"
REPEATED = "repeated"
BURST = "burst"
SAME_DEVICE = "same_device"
FLAGS = (
    UNKNOWN_CODE,
    CODE_TWICE,
    REPEATED,
    BURST,
    SAME_DEVICE,
    TOO_FAST,
    ALL_EQUAL,
    ONE_CRITERION,
)
"""All flags, those about who answered before those about how."""

STRETCH = 50
"""How many answers in a row are looked at for the same answer."""

RARE = 0.001
"""From what chance down the same answers in a row are called a burst."""


@dataclass(frozen=True, slots=True)
class Burst:
    """The same answer to everything, many times within a short stretch.

    Parameters
    ----------
    count : int
        Answers in the burst.
    alike : int
        Everyone in the consultation with that same answer.
    share : float
        `count` as a part of all who answered. [0–1]
    chance : float or None
        At most this often would any answer come so close together, if the moment of
        answering had nothing to do with the answer; None when moments are not known.
        [0–1]
    """

    count: int
    alike: int
    share: float
    chance: float | None


@dataclass(frozen=True, eq=False)
class Raised(ArrayRecord):
    """The flags of all rows.

    Parameters
    ----------
    flags : array of bool, shape (n_flags, n_rows)
        In the order of `FLAGS`.
    bursts : tuple of Burst
        The largest first.
    """

    flags: BoolArray
    bursts: tuple[Burst, ...]

    @property
    def any(self) -> BoolArray:
        """Rows with any flag."""
        return np.asarray(self.flags.any(axis=0))

    def of(self, flag: str) -> BoolArray:
        """Rows with one flag."""
        return np.asarray(self.flags[FLAGS.index(flag)])

    def codes(self, row: int) -> tuple[str, ...]:
        """Give the flags of one row."""
        return tuple(np.array(FLAGS)[self.flags[:, row]].tolist())


def raise_flags(given: Consultation) -> Raised:
    """Look at every answer of a consultation.

    Parameters
    ----------
    given : Consultation
    """
    in_burst, bursts = find_bursts(given)
    twice = np.bincount(given.people)[given.people] > 1 if len(given) else np.zeros(0, np.bool_)
    is_coded = given.issued is not None
    points, answered = given.points, ~given.abstains
    several = answered & (points.shape[1] > 1)
    raised = {
        UNKNOWN_CODE: given.strangers,
        CODE_TWICE: twice & is_coded,
        REPEATED: twice & (not is_coded),
        BURST: in_burst,
        SAME_DEVICE: _shared(given.devices, given.people),
        TOO_FAST: (given.seconds >= 0) & (given.seconds < LEAST_SECONDS),
        ALL_EQUAL: several & (points == points[:, :1]).all(axis=1),
        ONE_CRITERION: several & (np.count_nonzero(points, axis=1) == 1),
    }
    return Raised(np.array([raised[flag] for flag in FLAGS]), bursts)


def find_bursts(given: Consultation) -> tuple[BoolArray, tuple[Burst, ...]]:
    """Find the same full answer too often within a short stretch.

    Parameters
    ----------
    given : Consultation

    Returns
    -------
    array of bool, shape (n_rows,)
        Who is in a burst.
    tuple of Burst
        The largest first.
    """
    order = given.order
    order = order[~given.abstains[order]]
    answers = np.hstack([given.points[order], given.grades[order]])
    if not len(answers):
        return np.zeros(len(given), np.bool_), ()
    _, group, sizes = np.unique(answers, axis=0, return_inverse=True, return_counts=True)
    group = group.reshape(-1)
    rows = np.flatnonzero(sizes[group] >= FEWEST)
    # Sorted by group and place, so that one search looks through all groups at once.
    rows = rows[np.argsort(group[rows], kind="stable")]
    keys = group[rows] * (len(answers) + STRETCH) + rows
    near = np.searchsorted(keys, keys + STRETCH) - np.arange(len(keys))
    chances = burst_chance(near, sizes[group[rows]], len(answers), int((sizes >= FEWEST).sum()))
    begins = (near >= FEWEST) & (chances <= RARE)
    inside = _covered(begins, near)
    marked = np.zeros(len(given), np.bool_)
    marked[order[rows[inside]]] = True
    bursts = []
    for one in np.unique(group[rows[inside]]):
        mine = group[rows] == one
        chance = float(chances[mine & begins].min())
        count = int((mine & inside).sum())
        known = chance if given.knows_order else None
        bursts.append(Burst(count, int(sizes[one]), count / len(answers), known))
    return marked, tuple(sorted(bursts, key=lambda burst: (-burst.count, -burst.alike)))


def burst_chance(near: IntArray, alike: IntArray, people: int, groups: int) -> FloatArray:
    """Bound the chance that the same answers come so close together by accident.

    When answers are dealt over the moments at random, a stretch that begins at one of the
    `alike` holds a hypergeometric number of the others. Adding up over all beginnings and
    all groups bounds the chance from above; it needs no model of what people answer.

    Parameters
    ----------
    near : array of int, shape (...,)
        The same answers within `STRETCH`, with the first. [1 or more]
    alike : array of int, shape (...,)
        How many gave that answer in all.
    people : int
        How many answered.
    groups : int
        How many answers were given often enough to be looked at.

    Returns
    -------
    array, shape (...,)
        [0–1]

    References
    ----------
    J. Glaz, J. Naus and S. Wallenstein, Scan Statistics, Springer, 2001, ch. 9 (bounds for
    a fixed number of points), doi:10.1007/978-1-4757-3460-7.
    """
    window = min(STRETCH, people)
    tail = scipy.stats.hypergeom.sf(near - 2, people - 1, alike - 1, window - 1)
    return np.asarray(np.minimum(groups * alike * tail, 1.0))


def _covered(begins: BoolArray, near: IntArray) -> BoolArray:
    """Mark everything from each beginning on, as far as its stretch reaches."""
    steps = np.zeros(len(begins) + 1, np.int64)
    places = np.flatnonzero(begins)
    np.add.at(steps, places, 1)
    np.add.at(steps, places + near[places], -1)
    return np.asarray(np.cumsum(steps[:-1]) > 0)


def _shared(devices: IntArray, people: IntArray) -> BoolArray:
    """Mark the rows of devices that more than one participant used."""
    known = devices != UNKNOWN
    pairs = np.unique(np.stack([devices[known], people[known]]), axis=1)
    users = np.bincount(pairs[0]) if pairs.size else np.zeros(1, np.int64)
    return np.asarray(known & (users[np.where(known, devices, 0)] > 1))
