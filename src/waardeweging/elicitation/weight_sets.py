"""All weights that agree with what was said, when that leaves freedom.

The set is a polytope: weights of 0 or more that sum to 1 and satisfy every
statement. When no weights are left, the answers that clash are named; which of
them is mistaken is not for us to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
import scipy

from waardeweging.elicitation.statements import Statement
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray

# Answers are rounded sums; a violation this small is arithmetic and not a contradiction.
_ROUNDING = 1e-8
# The programme is stretched until room counts as 1: less than 1e-6 of weight is no room.
_LARGEST_STRETCH = 1e6


class NoWeightsLeftError(ValueError):
    """No weights agree with all statements; `clash` names a smallest set that contradicts."""

    def __init__(self, clash: tuple[Statement, ...]) -> None:
        self.clash = clash
        super().__init__(f"no weights agree with {', '.join(one.id for one in clash)}")


@dataclass(frozen=True, eq=False)
class WeightSet(ArrayRecord):
    """Weights of 0 or more that sum to 1 and agree with statements.

    Parameters
    ----------
    n_criteria : int
    statements : tuple of Statement
    rows : array, shape (n_rows, n_criteria)
        rows · weights ≥ bounds; first one row per criterion for weights of 0 or more, then
        the rows of the statements. [each of length 1]
    bounds : array, shape (n_rows,)
    strict : array of bool, shape (n_rows,)
        Where equal is not enough.
    """

    n_criteria: int
    statements: tuple[Statement, ...]
    rows: FloatArray
    bounds: FloatArray
    strict: BoolArray


@dataclass(frozen=True, eq=False)
class AffineHull(ArrayRecord):
    """The flat space in which a set of weights has width, and the set inside it.

    Weights are point + directions · y, with rows · y + slack ≥ 0.

    Parameters
    ----------
    point : array, shape (n_criteria,)
        Weights inside. [sum = 1]
    directions : array, shape (n_criteria, n_dimensions)
        Orthonormal columns; none when only one point is left.
    rows : array, shape (n_rows, n_dimensions)
        Rows that leave room.
    slack : array, shape (n_rows,)
        [above 0]
    """

    point: FloatArray
    directions: FloatArray
    rows: FloatArray
    slack: FloatArray


@dataclass(frozen=True, eq=False)
class InnerPoint(ArrayRecord):
    """The weights that are furthest from every bound.

    Parameters
    ----------
    weights : array, shape (n_criteria,)
        [sum = 1]
    radius : float
        Distance to the nearest bound within the set; 0 when one point is left. [weight]
    """

    weights: FloatArray
    radius: float


def weight_set(n_criteria: int, statements: Sequence[Statement] = ()) -> WeightSet:
    """Collect statements into a set of weights.

    Parameters
    ----------
    n_criteria : int
        [1 or more]
    statements : sequence of Statement

    Returns
    -------
    WeightSet
        It may hold no weights at all: see `is_empty` and `smallest_clash`.

    Raises
    ------
    ValueError
        If there are no criteria, a statement is about another number of criteria, or two
        statements have the same id.
    """
    if n_criteria < 1:
        raise ValueError(f"n_criteria is {n_criteria}, expected 1 or more")
    if any(one.n_criteria != n_criteria for one in statements):
        raise ValueError(f"every statement must be about {n_criteria} criteria")
    if len({one.id for one in statements}) < len(statements):
        raise ValueError("every statement needs an id of its own")
    rows = np.array([row for one in statements for row in one.rows]).reshape(-1, n_criteria)
    bounds = np.array([bound for one in statements for bound in one.bounds])
    length = np.linalg.norm(rows, axis=1)
    strict = [one.strict for one in statements for _ in one.rows]
    return WeightSet(
        n_criteria,
        tuple(statements),
        np.vstack([np.eye(n_criteria), rows / length[:, None]]),
        np.concatenate([np.zeros(n_criteria), bounds / length]),
        np.array([False] * n_criteria + strict),
    )


def is_empty(weights: WeightSet) -> bool:
    """Tell whether no weights agree with all statements.

    Parameters
    ----------
    weights : WeightSet

    Returns
    -------
    bool
        Room below a millionth of weight does not count as more than.
    """
    return _inside(weights) is None


def smallest_clash(weights: WeightSet) -> tuple[Statement, ...]:
    """Name the answers that contradict each other.

    Parameters
    ----------
    weights : WeightSet

    Returns
    -------
    tuple of Statement
        Empty when there is no contradiction. One statement when that is impossible by itself,
        two when two suffice, else more, of which none can be left out; another such set of
        more than two may then be smaller.

    References
    ----------
    J. W. Chinneck and E. W. Dravnieks, Locating minimal infeasible constraint sets in linear
    programs, ORSA Journal on Computing 3(2), 1991, doi:10.1287/ijoc.3.2.157.
    """
    if not is_empty(weights):
        return ()
    clash, witnesses = _irreducible(weights.n_criteria, weights.statements)
    if len(clash) <= 2:
        return clash
    return _clash_of_two(weights.n_criteria, weights.statements, witnesses) or clash


def affine_hull(weights: WeightSet) -> AffineHull:
    """Find the flat space that a set of weights fills.

    Statements such as "equally heavy" leave fewer dimensions than there are criteria, also
    when they only follow from others together.

    Parameters
    ----------
    weights : WeightSet

    Raises
    ------
    NoWeightsLeftError
        If the set is empty.

    References
    ----------
    R. M. Freund, R. Roundy and M. J. Todd, Identifying the set of always-active constraints
    in a system of linear inequalities by a single linear program, MIT Sloan working paper
    1674-85, 1985.
    """
    found = _inside(weights)
    if found is None:
        raise NoWeightsLeftError(smallest_clash(weights))
    point, loose = found
    flat = np.vstack([np.full(weights.n_criteria, weights.n_criteria**-0.5), weights.rows[~loose]])
    directions = scipy.linalg.null_space(flat, rcond=1e-9)
    rows = weights.rows[loose] @ directions
    return AffineHull(point, directions, rows, weights.rows[loose] @ point - weights.bounds[loose])


def inner_point(weights: WeightSet) -> InnerPoint:
    """Give the centre of the largest ball inside the set.

    Parameters
    ----------
    weights : WeightSet

    Raises
    ------
    NoWeightsLeftError
        If the set is empty.

    References
    ----------
    S. Boyd and L. Vandenberghe, Convex Optimization, Cambridge University Press, 2004,
    section 8.5.1 (Chebyshev centre).
    """
    hull = affine_hull(weights)
    y, radius = chebyshev_centre(hull)
    return InnerPoint(weights_at(hull, y), radius)


def weight_ranges(weights: WeightSet) -> FloatArray:
    """Give the smallest and the largest weight that each criterion can have.

    Parameters
    ----------
    weights : WeightSet

    Returns
    -------
    array, shape (n_criteria, 2)
        [0–1]

    Raises
    ------
    NoWeightsLeftError
        If the set is empty.
    """
    hull = affine_hull(weights)
    if hull.directions.shape[1] == 0:
        return np.repeat(hull.point[:, None], 2, axis=1)
    ends = [[_extreme(hull, sign * row) for sign in (1, -1)] for row in hull.directions]
    moved = np.einsum("jsd,jd->js", np.array(ends), hull.directions)
    return np.asarray(np.clip(hull.point[:, None] + moved, 0.0, 1.0))


def _inside(weights: WeightSet) -> tuple[FloatArray, BoolArray] | None:
    """Give weights inside, and which rows leave room there; None when there are none."""
    found = _roomiest(weights.rows, weights.bounds)
    if found is None or not found[1][weights.strict].all():
        return None
    return found


def _roomiest(rows: FloatArray, bounds: FloatArray) -> tuple[FloatArray, BoolArray] | None:
    """Solve one programme that leaves room in every row where room is possible at all.

    The weights are stretched by a free factor, so that any room, however small, can grow to
    1; rows that stay at 0 hold with equality for all weights of the set.
    """
    n_rows, n_criteria = rows.shape
    solution = scipy.optimize.linprog(
        c=np.concatenate([np.zeros(n_criteria + 1), -np.ones(n_rows)]),
        A_ub=np.hstack([-rows, bounds[:, None], np.eye(n_rows)]),
        b_ub=np.full(n_rows, _ROUNDING),
        A_eq=np.concatenate([np.ones(n_criteria), [-1.0], np.zeros(n_rows)])[None],
        b_eq=[0.0],
        bounds=[(0, None)] * n_criteria + [(1, _LARGEST_STRETCH)] + [(0, 1)] * n_rows,
        method="highs",
    )
    if solution.status != 0:
        return None
    point = np.maximum(solution.x[:n_criteria], 0.0)
    return point / point.sum(), solution.x[n_criteria + 1 :] > 0.5


def chebyshev_centre(hull: AffineHull) -> tuple[FloatArray, float]:
    """Give the centre of the largest ball in the coordinates of the hull, and its radius."""
    n_dimensions = hull.rows.shape[1]
    if n_dimensions == 0:
        return np.zeros(0), 0.0
    length = np.linalg.norm(hull.rows, axis=1)
    solution = scipy.optimize.linprog(
        c=np.append(np.zeros(n_dimensions), -1.0),
        A_ub=np.column_stack([-hull.rows, length]),
        b_ub=hull.slack,
        bounds=[(None, None)] * n_dimensions + [(0, None)],
        method="highs",
    )
    return np.asarray(solution.x[:-1]), float(solution.x[-1])


def _extreme(hull: AffineHull, cost: FloatArray) -> FloatArray:
    solution = scipy.optimize.linprog(
        cost, A_ub=-hull.rows, b_ub=hull.slack, bounds=(None, None), method="highs"
    )
    return np.asarray(solution.x)


def weights_at(hull: AffineHull, y: FloatArray) -> FloatArray:
    """Go from coordinates of the hull, shape (..., n_dimensions), to weights."""
    weights = np.maximum(hull.point + y @ hull.directions.T, 0.0)
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def _irreducible(
    n_criteria: int, statements: tuple[Statement, ...]
) -> tuple[tuple[Statement, ...], list[FloatArray]]:
    """Leave out every statement without which the rest still clashes (deletion filter).

    The weights that were found on the way, where the rest did not clash, come along.
    """
    kept, witnesses = statements, []
    for one in statements:
        fewer = tuple(other for other in kept if other is not one)
        found = _inside(weight_set(n_criteria, fewer))
        if found is None:
            kept = fewer
        else:
            witnesses.append(found[0])
    return kept, witnesses


def _clash_of_two(
    n_criteria: int, statements: tuple[Statement, ...], witnesses: list[FloatArray]
) -> tuple[Statement, ...]:
    """Look for one impossible statement, then for two that clash; empty when there are none.

    Two statements that known weights both satisfy need no programme of their own.
    """
    agree = np.zeros((len(statements), len(statements)), dtype=bool)
    for point in witnesses:
        agree |= _satisfied_together(statements, point)
    for i, j in sorted(combinations_with_replacement(range(len(statements)), 2), key=_alone_first):
        if not agree[i, j]:
            few = tuple(dict.fromkeys((statements[i], statements[j])))
            found = _inside(weight_set(n_criteria, few))
            if found is None:
                return few
            agree |= _satisfied_together(statements, found[0])
    return ()


def _alone_first(pair: tuple[int, int]) -> bool:
    return pair[0] != pair[1]


def _satisfied_together(statements: tuple[Statement, ...], point: FloatArray) -> BoolArray:
    satisfied = np.array([bool(one.slack(point) > _ROUNDING) for one in statements])
    return np.outer(satisfied, satisfied)
