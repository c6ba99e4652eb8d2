"""What people said in each round, and how far they moved in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from waardeweging.analysis.scenario import Scenario
from waardeweging.deliberation.agreement import points_to_move
from waardeweging.deliberation.movement import movement
from waardeweging.elicitation.ballots import INSTITUTION, MUNICIPALITY, SIDES, Ballot
from waardeweging.elicitation.joint import (
    department_mean,
    joint_weights,
    side_mean,
    with_third_parties,
)
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.elicitation.weighing import personal_weights
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray
from waardeweging.scoring.additive import additive_scores, best


@dataclass(frozen=True, eq=False)
class RoundResult(ArrayRecord):
    """Where things stood after a round, with the latest ballot of everyone until then.

    Parameters
    ----------
    number : int
    residents, municipality, joint : array, shape (n_criteria,)
        [sum = 1]
    scores : array, shape (n_alternatives,)
        Joint scores. [0–1]
    winner : int
    points_to_move : float
        Between the mean weights of the sides. [0–100]
    """

    number: int
    residents: FloatArray
    municipality: FloatArray
    joint: FloatArray
    scores: FloatArray
    winner: int
    points_to_move: float


@dataclass(frozen=True, slots=True)
class SideMovement:
    """How the people of one side moved.

    Parameters
    ----------
    people : int
        Who gave weights before and after.
    mean_points : float or None
        How far they moved, on average; None for fewer than five persons. [points of 100]
    still_share : float or None
        Part that moved fewer points than the stop rule says. [0–1]
    crossed : int or None
        Who is now nearest the other side.
    """

    people: int
    mean_points: float | None
    still_share: float | None
    crossed: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """From one round to the next, for who gave weights in both.

    Parameters
    ----------
    before, after : int
        Numbers of the rounds.
    residents, municipality : SideMovement
    still_share : float or None
        Of both sides together. [0–1]
    contraction : float or None
        Spread within the sides after, as a part of that before; None when there was none,
        or too few people to tell.
    stops : bool
        Whether the stop rule says to stop after this round.
    """

    before: int
    after: int
    residents: SideMovement
    municipality: SideMovement
    still_share: float | None
    contraction: float | None
    stops: bool


@dataclass(frozen=True, slots=True)
class Rounds:
    """All rounds in order.

    Parameters
    ----------
    results : tuple of RoundResult
        Rounds after which both sides had weights.
    steps : tuple of Step
        Between rounds that follow each other; without those that nobody took part in twice.
    may_show : bool
        Whether the means of rounds may stand beside each other: when only a few people of a
        side changed, the difference of two means would tell what these answered.
    """

    results: tuple[RoundResult, ...]
    steps: tuple[Step, ...]
    may_show: bool


def rounds(
    scenario: Scenario, columns: Sequence[int], values: FloatArray, eligible: BoolArray
) -> Rounds | None:
    """Compare the rounds of a scenario.

    Parameters
    ----------
    scenario : Scenario
    columns : sequence of int
        Positions of the criteria that count.
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    Rounds or None
        None when there was one round only.
    """
    parties = (*SIDES, *(name for name, _ in scenario.third_shares))
    ballots = [ballot for ballot in scenario.ballots if ballot.side in parties]
    numbers = sorted({ballot.round for ballot in ballots if not ballot.abstains})
    if len(numbers) < 2:
        return None
    ordered = sorted(ballots, key=lambda ballot: ballot.round)
    answers = _Answers.of(ordered, columns)
    return Rounds(
        tuple(_results(scenario, answers, numbers, values, eligible)),
        tuple(
            step
            for before, after in pairwise(numbers)
            if (step := _step(scenario, answers, before, after)) is not None
        ),
        all(_may_compare(ballots, parties, number) for number in numbers[1:]),
    )


@dataclass(frozen=True, eq=False)
class _Answers(ArrayRecord):
    """Ballots in the order of their rounds, each with its row of weights, −1 without."""

    ballots: tuple[Ballot, ...]
    rows: tuple[int, ...]
    weights: FloatArray

    @classmethod
    def of(cls, ordered: Sequence[Ballot], columns: Sequence[int]) -> _Answers:
        """Turn every ballot into weights once, however many rounds look at it."""
        counted, weights = personal_weights(ordered, columns)
        rows, number = [], 0
        for ballot in ordered:
            has_weights = number < len(counted) and counted[number] is ballot
            rows.append(number if has_weights else -1)
            number += has_weights
        return cls(tuple(ordered), tuple(rows), weights)


def _results(
    scenario: Scenario,
    answers: _Answers,
    numbers: Sequence[int],
    values: FloatArray,
    eligible: BoolArray,
) -> Iterable[RoundResult]:
    """Give where things stood after each round; skip one after which a side had no weights."""
    latest: dict[str, int] = {}
    given = zip(answers.ballots, answers.rows, strict=True)
    of_rounds = {number: list(group) for number, group in groupby(given, lambda one: one[0].round)}
    people: dict[str, Ballot] = {}
    third = [name for name, _ in scenario.third_shares]
    for number in sorted(of_rounds):
        for ballot, row in of_rounds[number]:
            latest[ballot.participant], people[ballot.participant] = row, ballot
        if number not in numbers:
            continue
        chosen = {
            side: [name for name, row in latest.items() if row >= 0 and people[name].side == side]
            for side in (*SIDES, *third)
        }
        if all(chosen.values()):
            residents, municipality = (
                answers.weights[[latest[name] for name in chosen[side]]] for side in SIDES
            )
            departments = [people[name].department for name in chosen[MUNICIPALITY]]
            yield _result(
                number,
                side_mean(residents),
                department_mean(municipality, departments).weights,
                [
                    side_mean(answers.weights[[latest[one] for one in chosen[name]]])
                    for name in third
                ],
                scenario,
                values,
                eligible,
            )


def _result(
    number: int,
    residents: FloatArray,
    municipality: FloatArray,
    third: Sequence[FloatArray],
    scenario: Scenario,
    values: FloatArray,
    eligible: BoolArray,
) -> RoundResult:
    both = joint_weights(residents, municipality, scenario.share)
    joint = with_third_parties(both, third, [share for _, share in scenario.third_shares])
    scores = additive_scores(values, joint)
    return RoundResult(
        number,
        residents,
        municipality,
        joint,
        scores,
        int(best(scores, eligible)),
        float(points_to_move(residents, municipality)),
    )


def _step(scenario: Scenario, answers: _Answers, before: int, after: int) -> Step | None:
    """Compare two rounds of the people who gave weights in both; None when nobody did."""
    given = [
        (one, row)
        for one, row in zip(answers.ballots, answers.rows, strict=True)
        if one.side in SIDES
    ]
    first, second = (
        {one.participant: (one, row) for one, row in given if one.round == number and row >= 0}
        for number in (before, after)
    )
    both = [name for name in first if name in second]
    if not both:
        return None
    sides = np.array([SIDES.index(first[name][0].side) for name in both], dtype=np.int64)
    found = movement(
        answers.weights[[first[name][1] for name in both]],
        answers.weights[[second[name][1] for name in both]],
        sides,
        _means(answers, list(first.values())),
    )
    is_person = np.array([first[name][0].kind != INSTITUTION for name in both], dtype=np.bool_)
    still = found.own < scenario.stop_rule.still_points
    shown = [_enough(is_person[sides == side]) for side in range(len(SIDES))]
    residents, municipality = (
        SideMovement(
            int((sides == side).sum()),
            float(found.own[sides == side].mean()) if is_shown else None,
            float(still[sides == side].mean()) if is_shown else None,
            int(found.crossed[sides == side].sum()) if is_shown else None,
        )
        for side, is_shown in enumerate(shown)
    )
    return Step(
        before,
        after,
        residents,
        municipality,
        float(still.mean()) if all(shown) else None,
        found.contraction if all(shown) else None,
        scenario.stop_rule.stops(found.own, after),
    )


def _means(answers: _Answers, given: Sequence[tuple[Ballot, int]]) -> FloatArray | None:
    """Give the mean weights of each side; None when a side has nobody."""
    rows = [[row for ballot, row in given if ballot.side == side] for side in SIDES]
    return np.array([answers.weights[mine].mean(axis=0) for mine in rows]) if all(rows) else None


def _enough(is_person: BoolArray) -> bool:
    """Say whether figures about some ballots tell of no single person what they answered."""
    persons = np.count_nonzero(is_person)
    return bool(is_person.size and (persons == 0 or persons >= FEWEST))


def _may_compare(ballots: Sequence[Ballot], parties: Sequence[str], number: int) -> bool:
    """Say whether nobody or enough people of each party answered in a round."""
    persons = [one.side for one in ballots if one.round == number and one.kind != INSTITUTION]
    return all(persons.count(side) == 0 or persons.count(side) >= FEWEST for side in parties)
