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
    SIDES,
    Ballot,
    latest,
)
from waardeweging.elicitation.flags import flags_of_all
from waardeweging.elicitation.joint import (
    department_mean,
    department_shares,
    joint_weights,
    side_mean,
    with_third_parties,
)
from waardeweging.elicitation.methods import weights_from_points, weights_from_ranks
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray

PartyShares = tuple[tuple[str, float], ...]
"""Third parties with the share of the whole that both sides agreed on."""

NO_SAY = -1


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
        Share of each person in the joint weights; 0 in a third party without a share. [sum = 1]
    residents, municipality, joint : array, shape (n_criteria,)
        [sum = 1]
    share : float
        Share λ of the residents in what they and the municipality have together. [0–1]
    by_department : bool
        Whether the municipality counts by department.
    kinds : tuple of str, length n_people
        ``person``, ``institution`` or ``delegate``.
    mandates : tuple of str, length n_people
        For whom a delegate speaks; empty otherwise.
    third_shares : tuple of (str, float)
        Third parties with a share of the whole, if both sides agreed on any. [0–1]
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
    third_shares: PartyShares = ()

    @property
    def parties(self) -> tuple[str, ...]:
        """Who has a say: residents, municipality, and third parties with a share."""
        return (*SIDES, *(name for name, _ in self.third_shares))

    @property
    def shares(self) -> dict[str, float]:
        """Share of the whole of every party that has a say; they sum to 1."""
        left = 1 - sum(share for _, share in self.third_shares)
        sides = {RESIDENTS: left * self.share, MUNICIPALITY: left * (1 - self.share)}
        return sides | dict(self.third_shares)

    @property
    def party_weights(self) -> FloatArray:
        """Mean weights of every party that has a say, shape (n_parties, n_criteria)."""
        third = (side_mean(self.weights_of(name)) for name, _ in self.third_shares)
        return np.array([self.residents, self.municipality, *third])

    @property
    def party_of(self) -> IntArray:
        """Place of everyone's party, shape (n_people,); `NO_SAY` without a share."""
        place = {name: number for number, name in enumerate(self.parties)}
        return np.array([place.get(side, NO_SAY) for side in self.sides], dtype=np.int64)

    def completed(self, of_sides: FloatArray, of_parties: FloatArray) -> FloatArray:
        """Add third parties, at their own shares, to what both sides make together.

        Parameters
        ----------
        of_sides : array, shape (n,)
            Weights or scores of both sides together.
        of_parties : array, shape (n_parties, n)
            The same of every party that has a say.
        """
        given = [share for _, share in self.third_shares]
        return with_third_parties(of_sides, of_parties[len(SIDES) :], given)

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
        """Give the same people weighed as two sides, with another share λ of the residents."""
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


def weigh(
    ballots: Sequence[Ballot],
    columns: Sequence[int],
    share: float,
    third_shares: PartyShares = (),
) -> Weighing:
    """Turn ballots into weights; the last round of each participant counts.

    Parameters
    ----------
    ballots : sequence of Ballot
    columns : sequence of int
        Positions of the criteria that count. Leaving criteria out keeps the
        ratios between the others, as swing weights are ratios.
    share : float
        Share λ of the residents in what they and the municipality have together. [0–1]
    third_shares : tuple of (str, float)
        Third parties with a share of the whole. [more than 0, sum < 1]

    Raises
    ------
    NoWeightsError
        If a side, or a third party with a share, has nobody with weights.
    ValueError
        If `share` is outside 0–1, or `third_shares` are no shares of third parties.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share of the residents is {share}, expected 0 to 1")
    check_third_shares(third_shares)
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
        third_shares,
    )


def check_third_shares(given: PartyShares) -> None:
    """Refuse what are no shares of third parties.

    Raises
    ------
    ValueError
        If a name is one of the sides or stands twice, a share is not above 0, or nothing
        is left for the sides.
    """
    names = [name for name, _ in given]
    if len({*SIDES, *names}) < len(SIDES) + len(names):
        raise ValueError(f"third parties are {names}; each once, and none of {SIDES}")
    shares = [share for _, share in given]
    if not all(share > 0 for share in shares) or not sum(shares) < 1:
        raise ValueError(f"third parties have shares {shares}, expected above 0, sum below 1")


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
    third_shares: PartyShares = (),
) -> Weighing:
    names = (*SIDES, *(name for name, _ in third_shares))
    people = {name: np.array([side == name for side in sides]) for name in names}
    for name, there in people.items():
        if not there.any():
            raise NoWeightsError(name)
    of_residents, of_municipality = people[RESIDENTS], people[MUNICIPALITY]
    teams = tuple(
        name for name, is_there in zip(departments, of_municipality, strict=True) if is_there
    )
    residents = side_mean(weights[of_residents])
    municipality = department_mean(weights[of_municipality], teams)
    third = [side_mean(weights[people[name]]) for name, _ in third_shares]
    given = [part for _, part in third_shares]
    left = 1 - sum(given)
    influence = np.zeros(len(sides))
    influence[of_residents] = left * share / of_residents.sum()
    influence[of_municipality] = left * (1 - share) * department_shares(teams)
    for name, part in third_shares:
        influence[people[name]] = part / people[name].sum()
    both = joint_weights(residents, municipality.weights, share)
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
        with_third_parties(both, third, given),
        share,
        municipality.stratified,
        kinds,
        mandates,
        third_shares,
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
