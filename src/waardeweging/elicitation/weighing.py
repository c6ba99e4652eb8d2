"""From ballots to weights: of each person, of each side, and jointly.

Residents and municipality count as sides, so ten copies of every resident
change nothing. Nobody downstream sees points again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from waardeweging.elicitation.ballots import (
    INSTITUTION,
    MUNICIPALITY,
    RESIDENTS,
    Ballot,
    latest,
)
from waardeweging.elicitation.flags import flags_of_all
from waardeweging.elicitation.joint import (
    department_mean,
    department_shares,
    joint_weights,
    side_mean,
)
from waardeweging.elicitation.methods import weights_from_points, weights_from_ranks
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray


class NoWeightsError(ValueError):
    """A side has nobody who gave weight to the criteria that count."""

    def __init__(self, side: str) -> None:
        self.side = side
        super().__init__(f"side {side!r} has no ballot with weights")


@dataclass(frozen=True, eq=False)
class Weighing(ArrayRecord):
    """Weights of everyone, with the share of each side.

    Parameters
    ----------
    participants, sides, departments : tuple of str, length n_people
        Those who filled in a ballot for the criteria that count here.
    flags : tuple of tuple of str, length n_people
        Signs of a hasty ballot; nobody is removed for it.
    abstained : tuple of str
        Participants without weights: they abstained, or gave weight only to
        criteria of the other perspective.
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    influence : array, shape (n_people,)
        Share of each person in the joint weights; third parties have 0. [sum = 1]
    residents, municipality, joint : array, shape (n_criteria,)
        [sum = 1]
    share : float
        Share λ of the residents. [0–1]
    by_department : bool
        Whether the municipality counts by department.
    kinds : tuple of str, length n_people
        ``person``, ``institution`` or ``delegate``.
    mandates : tuple of str, length n_people
        For whom a delegate speaks; empty otherwise.
    """

    participants: tuple[str, ...]
    sides: tuple[str, ...]
    departments: tuple[str, ...]
    flags: tuple[tuple[str, ...], ...]
    abstained: tuple[str, ...]
    weights: FloatArray
    influence: FloatArray
    residents: FloatArray
    municipality: FloatArray
    joint: FloatArray
    share: float
    by_department: bool
    kinds: tuple[str, ...]
    mandates: tuple[str, ...]

    def on_side(self, side: str) -> BoolArray:
        """Mark the people of a side."""
        return np.array([name == side for name in self.sides], dtype=np.bool_)

    def weights_of(self, side: str) -> FloatArray:
        """Give the weights of the people of a side."""
        return self.weights[self.on_side(side)]

    def of_kind(self, kind: str) -> BoolArray:
        """Mark the ballots of a kind."""
        return np.array([name == kind for name in self.kinds], dtype=np.bool_)

    def may_show(self, side: str) -> bool:
        """Say whether figures about a side tell of no single person what they think.

        An institution answers under its own name; persons are five or more, or none.
        """
        persons = np.count_nonzero(self.on_side(side) & ~self.of_kind(INSTITUTION))
        return bool(persons == 0 or persons >= FEWEST)

    def with_share(self, share: float) -> Weighing:
        """Give the same people with another share λ of the residents."""
        return _weighed(
            self.participants,
            self.sides,
            self.departments,
            self.flags,
            self.abstained,
            self.weights,
            share,
            self.kinds,
            self.mandates,
        )


def weigh(ballots: Sequence[Ballot], columns: Sequence[int], share: float) -> Weighing:
    """Turn ballots into weights; the last round of each participant counts.

    Parameters
    ----------
    ballots : sequence of Ballot
    columns : sequence of int
        Positions of the criteria that count. Leaving criteria out keeps the
        ratios between the others, as swing weights are ratios.
    share : float
        Share λ of the residents. [0–1]

    Raises
    ------
    NoWeightsError
        If a side has nobody with weights.
    ValueError
        If `share` is outside 0–1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share of the residents is {share}, expected 0 to 1")
    current = latest(ballots)
    counted, answers = _counted(current, columns)
    if not counted:
        raise NoWeightsError(RESIDENTS)
    names = {ballot.participant for ballot in counted}
    return _weighed(
        tuple(ballot.participant for ballot in counted),
        tuple(ballot.side for ballot in counted),
        tuple(ballot.department for ballot in counted),
        flags_of_all(answers),
        tuple(b.participant for b in current if b.participant not in names),
        _weights(answers, counted),
        share,
        tuple(ballot.kind for ballot in counted),
        tuple(ballot.mandate for ballot in counted),
    )


def _weighed(
    participants: tuple[str, ...],
    sides: tuple[str, ...],
    departments: tuple[str, ...],
    flags: tuple[tuple[str, ...], ...],
    abstained: tuple[str, ...],
    weights: FloatArray,
    share: float,
    kinds: tuple[str, ...],
    mandates: tuple[str, ...],
) -> Weighing:
    of_residents = np.array([side == RESIDENTS for side in sides])
    of_municipality = np.array([side == MUNICIPALITY for side in sides])
    for side, people in ((RESIDENTS, of_residents), (MUNICIPALITY, of_municipality)):
        if not people.any():
            raise NoWeightsError(side)
    teams = tuple(
        name for name, is_there in zip(departments, of_municipality, strict=True) if is_there
    )
    residents = side_mean(weights[of_residents])
    municipality = department_mean(weights[of_municipality], teams)
    influence = np.zeros(len(sides))
    influence[of_residents] = share / of_residents.sum()
    influence[of_municipality] = (1 - share) * department_shares(teams)
    return Weighing(
        participants,
        sides,
        departments,
        flags,
        abstained,
        weights,
        influence,
        residents,
        municipality.weights,
        joint_weights(residents, municipality.weights, share),
        share,
        municipality.stratified,
        kinds,
        mandates,
    )


def personal_weights(
    ballots: Sequence[Ballot], columns: Sequence[int]
) -> tuple[tuple[Ballot, ...], FloatArray]:
    """Give the ballots with weight on the criteria that count, and those weights.

    Parameters
    ----------
    ballots : sequence of Ballot
    columns : sequence of int
        Positions of the criteria that count.

    Returns
    -------
    tuple of Ballot, length n_people
    array, shape (n_people, n_criteria)
        [rows sum to 1]
    """
    counted, answers = _counted(ballots, columns)
    return counted, _weights(answers, counted)


def _counted(
    ballots: Sequence[Ballot], columns: Sequence[int]
) -> tuple[tuple[Ballot, ...], FloatArray]:
    filled = [ballot for ballot in ballots if not ballot.abstains]
    if not filled:
        return (), np.empty((0, len(columns)))
    # Faster than an array of the tuples, for a consultation of thousands.
    flat = chain.from_iterable(ballot.answers for ballot in filled)
    answers = np.fromiter(flat, np.float64).reshape(len(filled), -1)[:, list(columns)]
    kept = np.flatnonzero(answers.any(axis=1))
    return tuple(filled[place] for place in kept), answers[kept]


def _weights(answers: FloatArray, ballots: Sequence[Ballot]) -> FloatArray:
    are_ranks = np.array([ballot.method == "ranks" for ballot in ballots], np.bool_)
    weights = np.empty_like(answers)
    weights[are_ranks] = weights_from_ranks(answers[are_ranks])
    weights[~are_ranks] = weights_from_points(answers[~are_ranks])
    return weights
