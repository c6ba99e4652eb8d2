"""The best package of initiatives, exactly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray
from waardeweging.selection.initiatives import Bound, Initiatives, bounds

_INFEASIBLE = 2
# Solvers let a rule slip by about 1e-6; what is chosen is checked again by exact sums.
_SLIP = 1e-9
_LARGEST = 1e4


@dataclass(frozen=True, eq=False)
class Package(ArrayRecord):
    """Initiatives that are chosen together.

    Parameters
    ----------
    chosen : array of bool, shape (n_initiatives,)
    total : float
        Sum of their values.
    """

    chosen: BoolArray
    total: float


def best_package(
    values: FloatArray,
    initiatives: Initiatives,
    *,
    rules: Sequence[Bound] | None = None,
) -> Package | None:
    """Choose the initiatives with the highest total value that keep all rules.

    Parameters
    ----------
    values : array, shape (n_initiatives,)
        What each adds; such as its joint score. [≥ 0]
    initiatives : Initiatives
    rules : sequence of Bound, optional
        Instead of `bounds(initiatives)`.

    Returns
    -------
    Package or None
        None when no package keeps all rules.

    Raises
    ------
    ValueError
        If values are not finite, or not one for each initiative.

    References
    ----------
    H. Kellerer, U. Pferschy and D. Pisinger, Knapsack Problems, Springer, 2004, ch. 9,
    doi:10.1007/978-3-540-24777-7.
    """
    values = np.asarray(values, float)
    if values.shape != (len(initiatives.ids),) or not np.isfinite(values).all():
        raise ValueError("choosing needs one finite value for every initiative")
    rules = list(bounds(initiatives) if rules is None else rules)
    while True:
        chosen = _solved(values, initiatives.allowed, rules)
        if chosen is None:
            return None
        if all(_keeps(chosen, rule) for rule in rules):
            return Package(chosen, math.fsum(values[chosen]))
        rules.append(other_than(chosen))


def next_package(values: FloatArray, initiatives: Initiatives, best: Package) -> Package | None:
    """Choose the best package that differs from the best one; None when there is no other."""
    rules = [*bounds(initiatives), other_than(best.chosen)]
    return best_package(values, initiatives, rules=rules)


def capacity_prices(values: FloatArray, initiatives: Initiatives) -> FloatArray:
    """Give what one more unit of each resource would add, if initiatives could be split.

    Parameters
    ----------
    values : array, shape (n_initiatives,)
    initiatives : Initiatives
        With at least one package that keeps all rules.

    Returns
    -------
    array, shape (n_resources,)
        Value per unit; 0 where a resource is not scarce.

    Raises
    ------
    ValueError
        If no package keeps all rules.
    """
    rules = bounds(initiatives)
    above = [(rule.row, rule.high) for rule in rules if np.isfinite(rule.high)]
    below = [(-rule.row, -rule.low) for rule in rules if np.isfinite(rule.low)]
    rows, limits = zip(*above, *below, strict=True) if above or below else ((), ())
    solved = linprog(
        -np.asarray(values, float),
        A_ub=np.array(rows) if rows else None,
        b_ub=np.array(limits) if rows else None,
        bounds=[(0.0, float(allowed)) for allowed in initiatives.allowed],
    )
    if not solved.success:
        raise ValueError("no package keeps all rules, so nothing has a price")
    # Capacities are the first rules, and a capacity is never without an upper limit.
    prices = -solved.ineqlin.marginals[: len(initiatives.resources)]
    return np.asarray(np.maximum(prices, 0.0))


def other_than(chosen: BoolArray) -> Bound:
    """Write the rule that a package is not exactly this one."""
    row = np.where(chosen, -1.0, 1.0)
    return Bound("other", (), row, 1.0 - float(chosen.sum()), np.inf)


def _solved(values: FloatArray, allowed: BoolArray, rules: Sequence[Bound]) -> BoolArray | None:
    solved = milp(
        -values,
        integrality=np.ones(len(values)),
        bounds=Bounds(0, allowed.astype(float)),
        constraints=[_constraint(rule) for rule in rules],
        options={"mip_rel_gap": 0.0},
    )
    if solved.status == _INFEASIBLE:
        return None
    if not solved.success:
        raise RuntimeError(f"the solver gave no answer: {solved.message}")
    return np.asarray(solved.x > 0.5)


def _constraint(rule: Bound) -> LinearConstraint:
    """Write a rule in a unit in which the solver's slip is nothing."""
    largest = np.abs(rule.row).max(initial=0.0)
    scale = _LARGEST / largest if largest else 1.0
    return LinearConstraint(scale * rule.row, scale * rule.low, scale * rule.high)


def _keeps(chosen: BoolArray, rule: Bound) -> bool:
    total = math.fsum(rule.row[chosen])
    scale = max(1.0, math.fsum(np.abs(rule.row[chosen])))
    return rule.low - _SLIP * scale <= total <= rule.high + _SLIP * scale
