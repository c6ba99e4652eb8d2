"""Who sits at which table: both sides at every table, buddies together.

Names stand for cards, never for people. Nothing anybody answered is known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from waardeweging.elicitation.ballots import SIDES


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who takes a seat.

    Parameters
    ----------
    name : str
        Of the card.
    side : str
    buddy : str
        Shared by the people who stay together; empty for who comes alone.
    """

    name: str
    side: str
    buddy: str = ""


def mixed_tables(
    guests: Sequence[Guest], seats: int, rng: np.random.Generator
) -> tuple[tuple[Guest, ...], ...]:
    """Divide guests over tables by lot.

    Parameters
    ----------
    guests : sequence of Guest
    seats : int
        Chairs at a table, at least 2. Tables get more guests where a side is too small
        to be at more tables.
    rng : numpy.random.Generator

    Returns
    -------
    tuple of tuple of Guest
        Both sides sit at every table as long as both are there at all.
    """
    if seats < 2:
        raise ValueError(f"a table needs 2 seats or more, not {seats}")
    if not guests:
        return ()
    groups = _groups(guests, rng)
    tables: list[list[Guest]] = [[] for _ in range(_number(guests, groups, seats))]
    # Who brings both sides sits down first, then one of each side, then everybody else.
    mixed = [group for group in groups if _sides(group) >= set(SIDES)]
    rest = [group for group in groups if group not in mixed]
    for group in mixed:
        _smallest(tables).extend(group)
    for side in SIDES:
        for table in tables:
            if side not in _sides(table):
                chosen = next((group for group in rest if side in _sides(group)), None)
                if chosen is not None:
                    rest.remove(chosen)
                    table.extend(chosen)
    for group in sorted(rest, key=len, reverse=True):
        _smallest(tables).extend(group)
    return tuple(tuple(table) for table in tables)


def _groups(guests: Sequence[Guest], rng: np.random.Generator) -> list[tuple[Guest, ...]]:
    """Put buddies together, in an order drawn by lot."""
    found: dict[str, list[Guest]] = {}
    for place in rng.permutation(len(guests)):
        guest = guests[int(place)]
        found.setdefault(f"b:{guest.buddy}" if guest.buddy else f"n:{guest.name}", []).append(guest)
    return [tuple(group) for group in found.values()]


def _number(guests: Sequence[Guest], groups: Sequence[tuple[Guest, ...]], seats: int) -> int:
    """Give the number of tables: enough chairs, yet no more than a side can be at."""
    wanted = -(-len(guests) // seats)
    reach = [sum(side in _sides(group) for group in groups) for side in SIDES]
    return max(1, min([wanted, *(count for count in reach if count)]))


def _sides(group: Iterable[Guest]) -> set[str]:
    return {guest.side for guest in group}


def _smallest(tables: list[list[Guest]]) -> list[Guest]:
    return min(tables, key=len)
