"""Complete orders that keep a partial order: counted exactly and drawn evenly.

Criteria that no pair links to each other are handled apart, so only linked ones
cost memory.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from waardeweging.problem.arrays import IntArray

# Sets of criteria on top that are kept per linked group; some seconds at most.
_MOST_SETS = 50_000

# Of every set of criteria on top: the criteria that may follow, and in how many complete
# orders each of them does.
_Orders = dict[int, tuple[list[int], list[int]]]


class CircularOrderError(ValueError):
    """Pairs go round in a circle, so no complete order keeps them."""


class TooManyOrdersError(ValueError):
    """A partial order leaves so much open that its complete orders cannot be counted."""


def linked_groups(n_criteria: int, above: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Split criteria into groups that no pair links to each other.

    Parameters
    ----------
    n_criteria : int
    above : iterable of (int, int)
        Pairs of which the first stands above the second.

    Returns
    -------
    tuple of tuple of int
        Every criterion once, ascending inside a group.
    """
    label = list(range(n_criteria))
    for first, second in above:
        old, new = label[second], label[first]
        label = [new if one == old else one for one in label]
    return tuple(
        tuple(j for j in range(n_criteria) if label[j] == one) for one in dict.fromkeys(label)
    )


def count_linear_extensions(n_criteria: int, above: Iterable[tuple[int, int]]) -> int:
    """Count the complete orders that keep every pair.

    Parameters
    ----------
    n_criteria : int
    above : iterable of (int, int)
        Pairs of which the first stands above the second.

    Returns
    -------
    int
        Exact; 0 when the pairs go round in a circle.

    Raises
    ------
    TooManyOrdersError
        If there are too many to count.
    """
    return sum(_orders(_predecessors(n_criteria, tuple(above)))[0][1])


def draw_linear_extensions(
    n_criteria: int, above: Iterable[tuple[int, int]], draws: int, rng: np.random.Generator
) -> IntArray:
    """Draw complete orders, each equally likely.

    Parameters
    ----------
    n_criteria : int
        [1 or more]
    above : iterable of (int, int)
        Pairs of which the first stands above the second.
    draws : int
    rng : numpy.random.Generator

    Returns
    -------
    array of int, shape (draws, n_criteria)
        Criteria from the top down.

    Raises
    ------
    CircularOrderError
        If the pairs go round in a circle.
    TooManyOrdersError
        If there are too many orders to count.

    Notes
    -----
    The criterion on top is drawn with the share of all complete orders that begin with it,
    and so on downwards; draws that have the same criteria on top go on together.
    """
    orders = _orders(_predecessors(n_criteria, tuple(above)))
    if not sum(orders[0][1]):
        raise CircularOrderError("the order of the criteria goes round in a circle")
    found = np.empty((draws, n_criteria), dtype=np.int64)
    together = {0: np.arange(draws)}
    for place in range(n_criteria):
        following: dict[int, list[IntArray]] = {}
        for top, mine in together.items():
            choices, counts = orders[top]
            total = sum(counts)
            shares = [count / total for count in counts]
            found[mine, place] = rng.choice(choices, size=mine.size, p=shares)
            for choice in choices:
                chosen = mine[found[mine, place] == choice]
                if chosen.size:
                    following.setdefault(top | 1 << choice, []).append(chosen)
        together = {top: np.concatenate(parts) for top, parts in following.items()}
    return found


def _predecessors(n_criteria: int, above: tuple[tuple[int, int], ...]) -> list[int]:
    """Give, as bits, the criteria that must stand above each criterion."""
    masks = [0] * n_criteria
    for first, second in above:
        masks[second] |= 1 << first
    return masks


def _orders(predecessors: list[int]) -> _Orders:
    """Count complete orders by the set of criteria that stand on top, from all down to none.

    References
    ----------
    K. De Loof, H. De Meyer and B. De Baets, Exploiting the lattice of ideals representation
    of a poset, Fundamenta Informaticae 71(2–3), 2006.
    """
    layers = [{0: _choices(0, predecessors)}]
    for _ in predecessors:
        sets = {top | 1 << choice for top, free in layers[-1].items() for choice in free}
        layers.append({top: _choices(top, predecessors) for top in sets})
        if sum(map(len, layers)) > _MOST_SETS:
            raise TooManyOrdersError(f"more than {_MOST_SETS} sets of criteria can be on top")
    ways = {(1 << len(predecessors)) - 1: 1}
    orders: _Orders = {}
    for layer in reversed(layers[:-1]):
        for top, free in layer.items():
            counts = [ways.get(top | 1 << choice, 0) for choice in free]
            orders[top] = free, counts
            ways[top] = sum(counts)
    return orders


def _choices(top: int, predecessors: list[int]) -> list[int]:
    """List the criteria that may come next: all that must be above them are."""
    return [
        choice
        for choice, needed in enumerate(predecessors)
        if not top >> choice & 1 and needed & top == needed
    ]
