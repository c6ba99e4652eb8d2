"""What somebody said about weights, when it leaves freedom: one answer, one statement.

A statement is kept as linear rows, so that answers of every method can be put
side by side. It carries the id of the answer, because a clash has to be named.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.problem.arrays import FloatArray

Kind = Literal["order", "bounds", "ratio", "deviation", "interval"]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Statement:
    """One answer: rows · weights ≥ bounds.

    Parameters
    ----------
    id : str
        Which answer it was.
    kind : str
        ``order`` (heavier than), ``bounds`` (weight between two numbers), ``ratio`` (so many
        times as heavy), ``deviation`` (a ratio with a deviation in weight) or ``interval``
        (all weights around given ones).
    rows : tuple of tuple of float, shape (n_rows, n_criteria)
        No row is all zero.
    bounds : tuple of float, length n_rows
    strict : bool, default False
        Whether the weights must exceed the bounds; equal is then a contradiction.

    Raises
    ------
    ValueError
        If numbers are not finite, a row says nothing, or lengths differ.
    """

    id: str
    kind: Kind
    rows: tuple[tuple[float, ...], ...]
    bounds: tuple[float, ...]
    strict: bool = False

    def __post_init__(self) -> None:
        if not self.id or self.kind not in KINDS:
            raise ValueError(f"statement {self.id!r} of kind {self.kind!r} is not known")
        if not self.rows or len(self.rows) != len(self.bounds):
            raise ValueError(f"statement {self.id!r} has {len(self.rows)} rows for its bounds")
        if len({len(row) for row in self.rows}) > 1 or not all(any(row) for row in self.rows):
            raise ValueError(f"statement {self.id!r} has rows of unequal length or without numbers")
        if not all(math.isfinite(number) for row in (*self.rows, self.bounds) for number in row):
            raise ValueError(f"statement {self.id!r} has numbers that are not finite")

    @property
    def n_criteria(self) -> int:
        """How many criteria it speaks about, those without a part in it included."""
        return len(self.rows[0])

    def slack(self, weights: ArrayLike) -> FloatArray:
        """Give how far weights are inside the statement.

        Parameters
        ----------
        weights : array_like, shape (..., n_criteria)
            [sum = 1]

        Returns
        -------
        array, shape (...)
            Distance to the nearest bound; negative when the weights contradict the
            statement. [weight]
        """
        rows = np.asarray(self.rows)
        room = np.asarray(weights, dtype=np.float64) @ rows.T - np.asarray(self.bounds)
        return np.asarray((room / np.linalg.norm(rows, axis=1)).min(axis=-1))


def heavier(
    id: str,
    n_criteria: int,
    better: int | Sequence[int],
    worse: int | Sequence[int],
    *,
    strict: bool = True,
) -> Statement:
    """State that one criterion, or a whole value, weighs more than another.

    Parameters
    ----------
    id : str
    n_criteria : int
    better, worse : int or sequence of int
        Positions of the criteria; of a value all its criteria, whose total counts.
    strict : bool, default True
        False for "at least as heavy".

    Raises
    ------
    ValueError
        If positions do not exist or stand on both sides.
    """
    row = _part(n_criteria, better) - _part(n_criteria, worse)
    if np.count_nonzero(row) != np.size(better) + np.size(worse):
        raise ValueError(f"statement {id!r} sets a criterion against itself")
    return _statement(id, "order", [row], [0.0], strict)


def weight_between(
    id: str, n_criteria: int, criterion: int | Sequence[int], low: float = 0.0, high: float = 1.0
) -> Statement:
    """State between which numbers the weight of a criterion, or of a value, lies.

    Parameters
    ----------
    id : str
    n_criteria : int
    criterion : int or sequence of int
        Positions whose total counts.
    low, high : float
        [0–1, low at most high]

    Raises
    ------
    ValueError
        If positions do not exist or bounds are outside 0–1 or crossed.
    """
    if not 0 <= low <= high <= 1:
        raise ValueError(f"statement {id!r} has bounds {low} and {high}, expected 0 to 1")
    row = _part(n_criteria, criterion)
    return _statement(id, "bounds", [row, -row], [low, -high])


def ratio_between(
    id: str, n_criteria: int, criterion: int, other: int, low: float, high: float = math.inf
) -> Statement:
    """State how many times as heavy one criterion is as another.

    Parameters
    ----------
    id : str
    n_criteria : int
    criterion, other : int
        Positions.
    low, high : float
        `criterion` weighs at least `low` and at most `high` times `other`; without `high`
        there is no upper end. [0 or more, low at most high]

    Raises
    ------
    ValueError
        If positions do not exist or are the same, or the numbers are crossed.
    """
    if criterion == other or not 0 <= low <= high or not math.isfinite(low):
        raise ValueError(f"statement {id!r} compares {criterion} and {other}: {low} to {high}")
    this, that = _part(n_criteria, criterion), _part(n_criteria, other)
    if math.isinf(high):
        return _statement(id, "ratio", [this - low * that], [0.0])
    return _statement(id, "ratio", [this - low * that, high * that - this], [0.0, 0.0])


def around(id: str, weights: ArrayLike, margin: float) -> Statement:
    """State that no weight is further than a margin from given weights.

    Parameters
    ----------
    id : str
    weights : array_like, shape (n_criteria,)
        For instance of the best–worst method or of pairwise comparison. [sum = 1]
    margin : float
        [weight, 0–1]

    Raises
    ------
    ValueError
        If the margin is outside 0–1.
    """
    if not 0 <= margin <= 1:
        raise ValueError(f"statement {id!r} has margin {margin}, expected 0 to 1")
    centre = np.asarray(weights, dtype=np.float64)
    own = np.eye(centre.size)
    return _statement(id, "interval", [*own, *-own], [*(centre - margin), *(-centre - margin)])


def from_ranks(ranks: ArrayLike) -> tuple[Statement, ...]:
    """State for every pair of neighbouring places that the better one weighs more.

    Criteria on the same place say nothing about each other.

    Parameters
    ----------
    ranks : array_like, shape (n_criteria,)
        Places, 1 = most important.

    Returns
    -------
    tuple of Statement
        With ids such as ``rank:0>2``, from the top down.
    """
    ranks = np.asarray(ranks, dtype=np.float64)
    steps = [np.flatnonzero(ranks == place).tolist() for place in np.unique(ranks)]
    return tuple(
        heavier(f"rank:{better}>{worse}", ranks.size, better, worse)
        for upper, lower in pairwise(steps)
        for better in upper
        for worse in lower
    )


def from_pairwise(
    judgements: ArrayLike, factor: float, answered: ArrayLike | None = None
) -> tuple[Statement, ...]:
    """Read every pairwise judgement as a ratio that may be off by a factor.

    Parameters
    ----------
    judgements : array_like, shape (n_criteria, n_criteria)
        How many times criterion i is as important as criterion j. [above 0]
    factor : float
        2 means between half and twice what was said. [1 or more]
    answered : array_like of bool, shape (n_criteria, n_criteria), optional
        Which cells hold an answer; all when omitted. The diagonal is never read.

    Returns
    -------
    tuple of Statement
        One per cell, with ids such as ``pair:0/2``. Cells that only repeat their mirror
        image come along: they restrict nothing further.

    Raises
    ------
    ValueError
        If the factor is below 1 or a judgement is not above 0.
    """
    judgements = np.asarray(judgements, dtype=np.float64)
    given = np.ones(judgements.shape, bool) if answered is None else np.asarray(answered, bool)
    if not factor >= 1 or not (judgements[given] > 0).all():
        raise ValueError(f"factor is {factor}, expected 1 or more with judgements above 0")
    return tuple(
        ratio_between(
            f"pair:{i}/{j}",
            len(judgements),
            i,
            j,
            judgements[i, j] / factor,
            judgements[i, j] * factor,
        )
        for i, j in np.argwhere(given).tolist()
        if i != j
    )


def from_best_worst(
    best_to_others: ArrayLike,
    others_to_worst: ArrayLike,
    *,
    best: int,
    worst: int,
    deviation: float,
) -> tuple[Statement, ...]:
    """Read the answers of the best–worst method as ratios with a deviation in weight.

    Parameters
    ----------
    best_to_others, others_to_worst : array_like, shape (n_criteria,)
        How many times the best is as important as each, and each as the worst.
    best, worst : int
        Positions.
    deviation : float
        How far w_best − a·w_j and w_j − a·w_worst may be from 0; the smallest with a
        solution is the deviation that `best_worst_weights` finds. [weight, 0 or more]

    Returns
    -------
    tuple of Statement
        With ids such as ``best:2`` and ``worst:0``.

    Raises
    ------
    ValueError
        If the deviation is negative.

    References
    ----------
    J. Rezaei, Best-worst multi-criteria decision-making method: some properties and a
    linear model, Omega 64, 2016, doi:10.1016/j.omega.2015.12.001.
    """
    if not deviation >= 0:
        raise ValueError(f"deviation is {deviation}, expected 0 or more")
    to_others, to_worst = np.asarray(best_to_others, float), np.asarray(others_to_worst, float)
    own = np.eye(to_others.size)
    gaps = {f"best:{j}": own[best] - to_others[j] * own[j] for j in range(len(own)) if j != best}
    gaps |= {
        f"worst:{j}": own[j] - to_worst[j] * own[worst]
        for j in range(len(own))
        if j not in (best, worst)
    }
    return tuple(
        _statement(id, "deviation", [gap, -gap], [-deviation, -deviation])
        for id, gap in gaps.items()
    )


def _part(n_criteria: int, criteria: int | Sequence[int]) -> FloatArray:
    positions = np.atleast_1d(np.asarray(criteria))
    if positions.size == 0 or not ((positions >= 0) & (positions < n_criteria)).all():
        raise ValueError(f"criteria {criteria} are not among {n_criteria}")
    row = np.zeros(n_criteria)
    row[positions] = 1.0
    return row


def _statement(
    id: str,
    kind: Kind,
    rows: Sequence[FloatArray],
    bounds: Sequence[float],
    strict: bool = False,
) -> Statement:
    return Statement(
        id,
        kind,
        tuple(tuple(float(number) for number in row) for row in rows),
        tuple(float(number) for number in bounds),
        strict,
    )
