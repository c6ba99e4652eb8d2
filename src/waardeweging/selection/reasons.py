"""Why an initiative was not chosen, and which rules cannot be kept together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, FloatArray
from waardeweging.selection.choosing import Package, best_package, capacity_prices
from waardeweging.selection.initiatives import Bound, Initiatives, bounds

Why = Literal["requirement", "impossible", "exchange", "price"]

# Every exchange is a choice of its own, which takes half a second with 200 initiatives.
MOST_EXCHANGES = 30


@dataclass(frozen=True, eq=False)
class Rejection(ArrayRecord):
    """Why one initiative was not chosen.

    Parameters
    ----------
    initiative : int
    why : str
        ``requirement``: it breaks one. ``impossible``: no package holds it. ``exchange``:
        a package holds it, but that adds less. ``price``: what it takes adds more
        elsewhere; the exchange was not worked out.
    clash : tuple of Bound
        The rules that keep it out, when it is impossible.
    loss : float
        How much less the best package with it adds. [≥ 0]
    leave, enter : tuple of int
        What would go out, and what would come in beside it.
    short : array, shape (n_resources,)
        What would be needed on top of the capacity to add it to what is chosen. [≥ 0]
    price : float
        What its resources add elsewhere, at the prices of `capacity_prices`. [≥ 0]
    """

    initiative: int
    why: Why
    short: FloatArray
    price: float
    clash: tuple[Bound, ...] = ()
    loss: float = 0.0
    leave: tuple[int, ...] = ()
    enter: tuple[int, ...] = ()


def rejections(
    values: FloatArray, initiatives: Initiatives, best: Package
) -> tuple[Rejection, ...]:
    """Give the reason for every initiative that was not chosen.

    Exchanges are worked out for the `MOST_EXCHANGES` that come nearest to being chosen;
    the others get the prices of scarce resources as their reason.

    Parameters
    ----------
    values : array, shape (n_initiatives,)
    initiatives : Initiatives
    best : Package
        Of `best_package`.
    """
    values = np.asarray(values, float)
    prices = initiatives.use @ capacity_prices(values, initiatives)
    left = np.flatnonzero(~best.chosen)
    nearest = left[np.argsort((prices - values)[left], kind="stable")][:MOST_EXCHANGES]
    return tuple(
        _rejection(int(place), values, initiatives, best, float(prices[place]), place in nearest)
        for place in left
    )


def clashing(initiatives: Initiatives, rules: Sequence[Bound] | None = None) -> tuple[Bound, ...]:
    """Name rules that cannot be kept together; without any one of them the others can.

    Parameters
    ----------
    initiatives : Initiatives
    rules : sequence of Bound, optional
        Instead of `bounds(initiatives)`.

    Returns
    -------
    tuple of Bound
        Empty when all rules can be kept.

    References
    ----------
    J. W. Chinneck and E. W. Dravnieks, Locating minimal infeasible constraint sets in
    linear programs, ORSA Journal on Computing 3 (1991), the deletion filter,
    doi:10.1287/ijoc.3.2.157.
    """
    left = list(bounds(initiatives) if rules is None else rules)
    nothing = np.zeros(len(initiatives.ids))
    if best_package(nothing, initiatives, rules=left) is not None:
        return ()
    for rule in tuple(left):
        without = [other for other in left if other is not rule]
        if best_package(nothing, initiatives, rules=without) is None:
            left = without
    return tuple(left)


def _rejection(
    place: int,
    values: FloatArray,
    initiatives: Initiatives,
    best: Package,
    price: float,
    exchange: bool,
) -> Rejection:
    used = initiatives.use[best.chosen].sum(axis=0) + initiatives.use[place]
    short = np.maximum(used - initiatives.capacity, 0.0)
    if not initiatives.allowed[place]:
        return Rejection(place, "requirement", short, price)
    if not exchange:
        return Rejection(place, "price", short, price)
    rules = [*bounds(initiatives), _with(place, initiatives)]
    other = best_package(values, initiatives, rules=rules)
    if other is None:
        clash = tuple(rule for rule in clashing(initiatives, rules) if rule.kind != "with")
        return Rejection(place, "impossible", short, price, clash)
    enter = np.flatnonzero(other.chosen & ~best.chosen)
    return Rejection(
        place,
        "exchange",
        short,
        price,
        loss=max(best.total - other.total, 0.0),
        leave=tuple(int(one) for one in np.flatnonzero(best.chosen & ~other.chosen)),
        enter=tuple(int(one) for one in enter if one != place),
    )


def _with(place: int, initiatives: Initiatives) -> Bound:
    row = np.zeros(len(initiatives.ids))
    row[place] = 1.0
    return Bound("with", (initiatives.ids[place],), row, 1.0, 1.0)
