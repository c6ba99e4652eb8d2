"""From comparisons to weights: how well the answers agree, which clash, what room they leave.

Multiples give one set of weights and a ratio that is 0 when all answers agree. An
order leaves room: all weights that keep it are equally good, their mean counts as
the ballot, and the room itself goes along into the robustness.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from waardeweging.elicitation.ballots import Ballot
from waardeweging.elicitation.best_worst import input_ratio, weights_from_multiples
from waardeweging.elicitation.comparisons import Answer, Comparison, anchors
from waardeweging.elicitation.hit_and_run import NotConvergedError
from waardeweging.elicitation.ordered_totals import (
    CircularOrderError,
    TooManyOrdersError,
    mean_totals,
)
from waardeweging.elicitation.pairwise import HIGHEST_CONSISTENCY_RATIO, pairwise_weights
from waardeweging.elicitation.samplers import draw_weights, ordered_groups
from waardeweging.elicitation.statements import Statement, heavier
from waardeweging.elicitation.weight_sets import (
    WeightSet,
    inner_point,
    is_empty,
    smallest_clash,
    weight_set,
)
from waardeweging.problem.arrays import ArrayRecord, FloatArray
from waardeweging.problem.errors import InputError, Place

# Of an order without a short formula for its mean.
_DRAWS, _SEED = 4096, 0

_NONE: tuple[Answer, ...] = ()

Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, eq=False)
class Judgement(ArrayRecord):
    """What the comparisons of one person come down to.

    Parameters
    ----------
    comparison : Comparison
    weights : array, shape (n_criteria,)
        [sum = 1]
    ratio : float or None
        Inconsistency: of pairwise comparison that of random answers is 1, of best–worst
        that of the worst possible answers. None where nothing could be compared. [0 or more]
    clash : tuple of Answer
        The answers that fit worst together; empty when the ratio is at most 0.10.
    room : WeightSet or None
        All weights that keep an order; None when the answers leave one set of weights.
    """

    comparison: Comparison
    weights: FloatArray
    ratio: float | None
    clash: tuple[Answer, ...]
    room: WeightSet | None

    @property
    def consistent(self) -> bool:
        """Whether the answers agree with each other well enough to use without a remark."""
        return self.ratio is None or self.ratio <= HIGHEST_CONSISTENCY_RATIO

    def ballot(self, criteria: Sequence[str]) -> Ballot:
        """Give the weights as a ballot."""
        return _ballot(self.comparison, criteria, tuple(self.weights.tolist()))


def abstention(one: Comparison, criteria: Sequence[str]) -> Ballot:
    """Give the empty ballot of somebody who answered no question."""
    return _ballot(one, criteria, ())


def _ballot(one: Comparison, criteria: Sequence[str], answers: tuple[float, ...]) -> Ballot:
    return Ballot(
        participant=one.participant,
        side=one.side,
        department=one.department,
        round=one.round,
        method="weights",
        criteria=tuple(criteria),
        answers=answers,
    )


def judged(one: Comparison, file: str, criteria: Sequence[str], values: Values) -> Judgement:
    """Turn the answers of one person into weights.

    Parameters
    ----------
    one : Comparison
        With at least one answer; checked by `read_comparisons`.
    file : str
        Named in an error.
    criteria : sequence of str
        Ids of all criteria.
    values : mapping of str to sequence of str
        The criteria of each value.

    Raises
    ------
    InputError
        If no weights keep an order; names the rows that clash.
    """
    place = {name: index for index, name in enumerate(criteria)}
    if one.method == "best_worst":
        return _best_worst(one, place)
    if one.method == "pairwise":
        return _pairwise(one, place)
    return _order(one, file, place, values)


def _best_worst(one: Comparison, place: Mapping[str, int]) -> Judgement:
    answers = one.answers
    found = weights_from_multiples(
        len(place),
        [(place[answer.first], place[answer.second]) for answer in answers],
        [answer.times for answer in answers],
    )
    ratio, clash = _worst_criterion(answers)
    return Judgement(one, found.weights, ratio, _named(ratio, clash), None)


def _worst_criterion(answers: Sequence[Answer]) -> tuple[float | None, tuple[Answer, ...]]:
    """Find the criterion whose two answers fit worst with that on best against worst."""
    best, worst = anchors(answers) or ("", "")
    given = {(answer.first, answer.second): answer for answer in answers}
    whole = given.get((best, worst))
    if whole is None:
        return None, ()
    ratio, clash = 0.0, _NONE
    for (first, name), answer in given.items():
        other = given.get((name, worst))
        if first == best and other is not None:
            off = input_ratio(answer.times, other.times, whole.times)
            if off > ratio:
                ratio, clash = off, (answer, other)
    return ratio, clash


def _pairwise(one: Comparison, place: Mapping[str, int]) -> Judgement:
    table = np.ones((len(place), len(place)))
    given = np.zeros(table.shape, dtype=bool)
    for answer in one.answers:
        cell = place[answer.first], place[answer.second]
        table[cell], given[cell] = answer.times, True
    found = pairwise_weights(table, given)
    ratio = found.consistency_ratio
    return Judgement(one, found.weights, ratio, _named(ratio, _worst_circle(one.answers)), None)


def _worst_circle(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Find the three answers about three criteria that are furthest from fitting together."""
    given = {frozenset((answer.first, answer.second)): answer for answer in answers}
    names = list(
        dict.fromkeys(name for answer in answers for name in (answer.first, answer.second))
    )
    worst, clash = 0.0, _NONE
    for circle in combinations(names, 3):
        sides = [given.get(frozenset((circle[k], circle[(k + 1) % 3]))) for k in range(3)]
        found = [answer for answer in sides if answer is not None]
        if len(found) < 3:
            continue
        off = abs(sum(_step(answer, circle[k]) for k, answer in enumerate(found)))
        if off > worst:
            worst, clash = off, tuple(found)
    return clash


def _step(answer: Answer, begin: str) -> float:
    return math.log(answer.times) if answer.first == begin else -math.log(answer.times)


def _named(ratio: float | None, clash: tuple[Answer, ...]) -> tuple[Answer, ...]:
    return clash if ratio is not None and ratio > HIGHEST_CONSISTENCY_RATIO else ()


def _order(one: Comparison, file: str, place: Mapping[str, int], values: Values) -> Judgement:
    room = weight_set(len(place), _statements(one, place, values))
    if is_empty(room):
        rows = sorted({int(said.id.split(" ")[0]) for said in smallest_clash(room)})
        raise InputError(
            "comparison.order_clash",
            where=Place(file, rows[-1], "answer"),
            found=one.participant,
            remedy="No weights keep the answers in rows {rows} together; correct one of them.",
            rows=", ".join(map(str, rows)),
        )
    return Judgement(one, _mean(room), None, (), room)


def _statements(one: Comparison, place: Mapping[str, int], values: Values) -> list[Statement]:
    found = []
    for answer in one.answers:
        upper, lower = (
            [place[side]] if side in place else [place[name] for name in values[side]]
            for side in (answer.first, answer.second)
        )
        strict = answer.relation == "more"
        found.append(heavier(f"{answer.row} up", len(place), upper, lower, strict=strict))
        if answer.relation == "equal":
            found.append(heavier(f"{answer.row} down", len(place), lower, upper, strict=False))
    return found


def _mean(room: WeightSet) -> FloatArray:
    """Give the mean of all weights in the set, exactly where it is an order."""
    order = ordered_groups(room)
    if order is None:
        return _drawn_mean(room)
    groups, pairs = order
    try:
        totals = mean_totals([len(group) for group in groups], pairs)
    except (CircularOrderError, TooManyOrdersError):
        return _drawn_mean(room)
    weights = np.empty(room.n_criteria)
    for total, group in zip(totals, groups, strict=True):
        weights[list(group)] = total / len(group)
    return weights


def _drawn_mean(room: WeightSet) -> FloatArray:
    return np.asarray(room_draws(room, _DRAWS, np.random.default_rng(_SEED)).mean(axis=0))


def room_draws(room: WeightSet, draws: int, rng: np.random.Generator) -> FloatArray:
    """Draw weights evenly from the room that an order leaves.

    Parameters
    ----------
    room : WeightSet
        Not empty.
    draws : int
    rng : numpy.random.Generator

    Returns
    -------
    array, shape (draws, n_criteria)
        [rows sum to 1] Where no even draws can be had, the weights furthest from every
        bound, in every draw.
    """
    try:
        return draw_weights(room, draws, rng).weights
    except NotConvergedError:
        return np.repeat(inner_point(room).weights[None], draws, axis=0)
