"""Weights of groups of criteria, such as values, that keep an order: exact, without rejection.

Even weights are independent exponential waiting times divided by their sum, so the
total of a group is the moment of the last of its ticks. Which group ticks next is then
a fair choice between those that are not finished. An order of totals is an order of
finishing, and the chance of keeping it follows by counting back from the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, FloatArray, IntArray

# States of the count that are kept per linked set of groups; a second at most.
_MOST_STATES = 50_000

Pairs = Sequence[tuple[int, int]]


class CircularOrderError(ValueError):
    """Pairs go round in a circle, so no weights keep them."""


class TooManyOrdersError(ValueError):
    """An order leaves so much open that its states cannot be counted."""


@dataclass(frozen=True, eq=False)
class _Race(ArrayRecord):
    """Every state of the count, the start first.

    Parameters
    ----------
    following : array of int, shape (n_states, n_groups)
        State after a tick of each group; the state itself where that cannot be.
    chance : array, shape (n_states, n_groups)
        Chance that the next tick is of each group, given that the order is kept. [sum = 1,
        or 0 where it can no longer be kept]
    running : array, shape (n_states, n_groups)
        1 for a group that is not finished, else 0.
    kept : float
        Chance that the order is kept. [0–1]
    """

    following: IntArray
    chance: FloatArray
    running: FloatArray
    kept: float


def linked_groups(number: int, above: Pairs) -> tuple[tuple[int, ...], ...]:
    """Split what pairs are about into sets that no pair links to each other.

    Parameters
    ----------
    number : int
        Of groups, or of criteria.
    above : sequence of (int, int)
        Pairs of which the first weighs more than the second.

    Returns
    -------
    tuple of tuple of int
        Every one once, ascending inside a set.
    """
    label = list(range(number))
    for first, second in above:
        old, new = label[second], label[first]
        label = [new if one == old else one for one in label]
    return tuple(tuple(j for j in range(number) if label[j] == one) for one in dict.fromkeys(label))


def order_share(sizes: Sequence[int], above: Pairs) -> float:
    """Give the part of all weights under which totals of groups keep an order.

    Parameters
    ----------
    sizes : sequence of int
        Number of criteria in each group. [1 or more]
    above : sequence of (int, int)
        Pairs of groups of which the first weighs more than the second.

    Returns
    -------
    float
        Exact but for rounding; among groups of one criterion the part of all complete orders
        that keep the pairs. [0–1]

    Raises
    ------
    CircularOrderError
        If the pairs go round in a circle.
    TooManyOrdersError
        If there is too much to count.

    References
    ----------
    K. De Loof, H. De Meyer and B. De Baets, Exploiting the lattice of ideals representation
    of a poset, Fundamenta Informaticae 71(2–3), 2006: the same count for groups of one.
    """
    linked = linked_groups(len(sizes), above)
    return float(np.prod([_race(*_within(one, sizes, above)).kept for one in linked]))


def mean_totals(sizes: Sequence[int], above: Pairs) -> FloatArray:
    """Give the mean total of each group over all weights that keep an order.

    Parameters
    ----------
    sizes : sequence of int
        Number of criteria in each group. [1 or more]
    above : sequence of (int, int)
        Pairs of groups of which the first weighs more than the second.

    Returns
    -------
    array, shape (n_groups,)
        Exact but for rounding; with groups of one criterion in a complete order the
        rank-order centroid. [sum = 1]

    Raises
    ------
    CircularOrderError
        If the pairs go round in a circle.
    TooManyOrdersError
        If there is too much to count.
    """
    means = np.empty(len(sizes))
    for groups in linked_groups(len(sizes), above):
        race = _race(*_within(groups, sizes, above))
        # A state lasts, on average, one waiting time shared by all that still run.
        lasts = _visits(race) / np.maximum(race.running.sum(axis=1), 1)
        means[list(groups)] = lasts @ race.running
    return means / sum(sizes)


def draw_totals(
    sizes: Sequence[int], above: Pairs, draws: int, rng: np.random.Generator
) -> FloatArray:
    """Draw totals of groups, up to one factor per draw, as even weights have them.

    Parameters
    ----------
    sizes : sequence of int
        Number of criteria in each group. [1 or more]
    above : sequence of (int, int)
        Pairs of groups of which the first weighs more than the second.
    draws : int
    rng : numpy.random.Generator

    Returns
    -------
    array, shape (draws, n_groups)
        [above 0]

    Raises
    ------
    CircularOrderError
        If the pairs go round in a circle.
    TooManyOrdersError
        If there is too much to count.
    """
    totals = np.empty((draws, len(sizes)))
    for groups in linked_groups(len(sizes), above):
        own, inside = _within(groups, sizes, above)
        # A group in no pair needs no count: its total has a known distribution.
        drawn = _finishes(_race(own, inside), own, draws, rng) if inside else None
        totals[:, list(groups)] = rng.standard_gamma(own, (draws, 1)) if drawn is None else drawn
    return totals


def _within(
    groups: tuple[int, ...], sizes: Sequence[int], above: Pairs
) -> tuple[list[int], list[tuple[int, int]]]:
    """Renumber the groups of one linked set: their sizes and the pairs between them."""
    place = {group: index for index, group in enumerate(groups)}
    inside = [(place[one], place[two]) for one, two in above if one in place]
    return [sizes[group] for group in groups], inside


def _race(sizes: list[int], above: list[tuple[int, int]]) -> _Race:
    below = [[two for one, two in above if one == group] for group in range(len(sizes))]
    places: dict[tuple[int, ...], int] = {(0,) * len(sizes): 0}
    states = list(places)
    following = []
    for state in states:
        row = []
        for after in _ticks(state, sizes, below):
            if after is None:
                row.append(-1)
                continue
            if after not in places:
                places[after] = len(states)
                states.append(after)
            row.append(places[after])
        following.append(row)
        if len(states) > _MOST_STATES:
            raise TooManyOrdersError(f"more than {_MOST_STATES} states of the count")
    running = (np.array(states) < sizes).astype(float)
    return _weighed(np.array(following), running)


def _ticks(
    state: tuple[int, ...], sizes: list[int], below: list[list[int]]
) -> list[tuple[int, ...] | None]:
    """Give the state after a tick of each group; None where that breaks the order."""
    found: list[tuple[int, ...] | None] = []
    for group, count in enumerate(state):
        left = sizes[group] - count
        free = left > 1 or all(state[other] == sizes[other] for other in below[group])
        after = (*state[:group], count + 1, *state[group + 1 :])
        found.append(after if left > 0 and free else None)
    return found


def _weighed(following: IntArray, running: FloatArray) -> _Race:
    """Count back from the end with what chance every state keeps the order."""
    n_states = len(running)
    # States are found by number of ticks, so what follows stands further on.
    kept = np.zeros(n_states + 1)
    chance = np.zeros(running.shape)
    for state in range(n_states - 1, -1, -1):
        going = running[state].sum()
        if not going:
            kept[state] = 1.0
            continue
        ways = kept[following[state]] / going
        kept[state] = ways.sum()
        if kept[state] > 0:
            chance[state] = ways / kept[state]
    if not kept[0] > 0:
        raise CircularOrderError("the order of the groups goes round in a circle")
    stays = np.where(following < 0, np.arange(n_states)[:, None], following)
    return _Race(stays, chance, running, float(kept[0]))


def _visits(race: _Race) -> FloatArray:
    """Give the chance that each state is passed on the way."""
    visits = np.zeros(len(race.chance))
    visits[0] = 1.0
    for state, chances in enumerate(race.chance):
        np.add.at(visits, race.following[state], visits[state] * chances)
    return visits


def _finishes(race: _Race, sizes: list[int], draws: int, rng: np.random.Generator) -> FloatArray:
    """Run every draw to its end, all at once: the moment at which each group finishes."""
    state = np.zeros(draws, dtype=np.int64)
    clock = np.zeros(draws)
    finish = np.empty((draws, len(sizes)))
    border = np.cumsum(race.chance, axis=1)
    # Rounding may leave the last border just below 1; chances of nought come after it then.
    border /= np.maximum(border[:, -1:], np.finfo(float).tiny)
    for _ in range(sum(sizes)):
        clock += rng.standard_exponential(draws) / race.running[state].sum(axis=1)
        chosen = (border[state] <= rng.random(draws)[:, None]).sum(axis=1)
        finish[np.arange(draws), chosen] = clock
        state = race.following[state, chosen]
    return finish
