"""The same value scores and weights through other methods, as a check on the weighted sum.

A check, never the result: these methods rescale by the alternatives present or add
rules of their own, so a difference is a reason to look, not a verdict. pymcdm does the
arithmetic and is met nowhere else; it sees only tables that were checked here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.problem.arrays import ArrayRecord, FloatArray
from waardeweging.scoring.additive import additive_scores, best

METHODS = (
    "TOPSIS",
    "VIKOR",
    "PROMETHEE II",
    "COPRAS",
    "MOORA",
    "ARAS",
    "WASPAS",
    "EDAS",
    "MABAC",
    "CODAS",
    "SPOTIS",
    "RIM",
)

OTHER_WINNER = "other_winner"
UNDEFINED = "undefined"
NO_DIFFERENCE = "no_difference"
TOO_FEW_ALTERNATIVES = "too_few_alternatives"

# Differences below this are rounding; rank-based methods would count them in full.
_DECIMALS = 12
_ROUNDING = 1e-12
_NEEDS_COST = frozenset({"COPRAS", "MOORA"})
_LOWER_IS_BETTER = frozenset({"VIKOR", "SPOTIS"})


@dataclass(frozen=True, eq=False)
class MethodCheck(ArrayRecord):
    """What one other method makes of the same numbers.

    Parameters
    ----------
    method : str
        One of `METHODS`.
    winner : int or None
        Index of its best alternative; of a shared first place the one with the highest
        weighted sum. None when the method gave no answer.
    rank_correlation : float or None
        Spearman's rank correlation with the weighted sum, ties included; None when either
        side puts everything in one place or the method gave no answer. [−1–1]
    preferences : array, shape (n_eligible,)
        The method's own figures in the order of the table, higher is better; empty when it
        gave no answer.
    reason : str or None
        ``"other_winner"``, ``"undefined"`` (the method divides by zero on this table),
        ``"no_difference"`` (alternatives are equal wherever there is weight),
        ``"too_few_alternatives"``, or None when the method agrees on the winner.
    """

    method: str
    winner: int | None
    rank_correlation: float | None
    preferences: FloatArray
    reason: str | None


def crosscheck(
    values: ArrayLike, weights: ArrayLike, eligible: ArrayLike | None = None
) -> tuple[MethodCheck, ...]:
    """Run the eligible alternatives through every method of `METHODS`.

    Criteria without weight, or on which all eligible alternatives are equal, are left out:
    they decide nothing and many methods divide by their spread or weight.

    Parameters
    ----------
    values : array_like, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    weights : array_like, shape (n_criteria,)
        Joint weights. [sum = 1]
    eligible : array_like of bool, shape (n_alternatives,), optional
        Which alternatives take part; all when omitted.

    Returns
    -------
    tuple of MethodCheck
        In the order of `METHODS`.

    Raises
    ------
    ValueError
        If values are not finite or outside 0–1, or weights or shapes do not fit.

    References
    ----------
    B. Kizielewicz, A. Shekhovtsov and W. Sałabun, pymcdm – The universal library for solving
    multi-criteria decision-making problems, SoftwareX 22, 2023,
    doi:10.1016/j.softx.2023.101368.
    """
    values, weights = _checked(values, weights)
    everyone = np.arange(len(values))
    present = everyone if eligible is None else everyone[np.asarray(eligible, bool)]
    table = np.round(values[present], _DECIMALS)
    if len(present) < 2:
        return tuple(_without_answer(name, TOO_FEW_ALTERNATIVES) for name in METHODS)
    decisive = (np.ptp(table, axis=0) > 0) & (weights > _ROUNDING)
    if not decisive.any():
        return tuple(_without_answer(name, NO_DIFFERENCE) for name in METHODS)
    scores = np.round(additive_scores(table, weights), _DECIMALS)
    table, pull = table[:, decisive], weights[decisive] / weights[decisive].sum()
    return tuple(
        _check(name, _preferences(name, method, table, pull), scores, present)
        for name, method in _methods(len(pull)).items()
    )


def rank_correlation(x: ArrayLike, y: ArrayLike) -> float | None:
    """Give Spearman's rank correlation, with mean ranks for ties.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        Two rows of scores.

    Returns
    -------
    float or None
        None when either row holds one value only. [−1–1]

    References
    ----------
    C. Spearman, The proof and measurement of association between two things, American
    Journal of Psychology 15(1), 1904, doi:10.2307/1412159.
    """
    # Others below minus others above: twice the mean rank, centred, in whole numbers.
    first, second = (np.sign(np.subtract.outer(row, row)).sum(axis=1) for row in (x, y))
    spread = float(first @ first) * float(second @ second)
    return float(first @ second) / float(np.sqrt(spread)) if spread else None


def _check(
    name: str, preferences: FloatArray | None, scores: FloatArray, present: Any
) -> MethodCheck:
    if preferences is None:
        return _without_answer(name, UNDEFINED)
    first = int(best(scores, preferences == preferences.max()))
    return MethodCheck(
        method=name,
        winner=int(present[first]),
        rank_correlation=rank_correlation(preferences, scores),
        preferences=preferences,
        reason=None if scores[first] == scores.max() else OTHER_WINNER,
    )


def _without_answer(name: str, reason: str) -> MethodCheck:
    return MethodCheck(name, None, None, np.empty(0), reason)


def _preferences(
    name: str, method: Callable[..., Any], table: FloatArray, weights: FloatArray
) -> FloatArray | None:
    if name == "VIKOR" and not _vikor_separates(table, weights):
        return None
    types = np.ones(len(weights))
    if name in _NEEDS_COST:
        # They refuse a table without costs; a cost that is the same for all changes no order.
        table = np.column_stack([table, np.ones(len(table))])
        weights, types = np.append(weights, 1.0), np.append(types, -1.0)
    # pymcdm's own checks only warn, and about dominance, which is no fault here.
    with np.errstate(all="ignore"):
        found = np.asarray(method(table, weights, types, validation=False), dtype=np.float64)
    if not np.isfinite(found).all():
        return None
    return np.round(-found if name in _LOWER_IS_BETTER else found, _DECIMALS) + 0.0


def _vikor_separates(table: FloatArray, weights: FloatArray) -> bool:
    """Tell whether both regrets of VIKOR differ by more than rounding; it divides by each."""
    regret = weights * (table.max(axis=0) - table) / np.ptp(table, axis=0)
    return bool(min(np.ptp(regret.sum(axis=1)), np.ptp(regret.max(axis=1))) > _ROUNDING)


def _imported() -> tuple[ModuleType, ModuleType]:
    """Import pymcdm when it is asked for: it brings pandas along, and its drawings matplotlib.

    Nothing is drawn here, so an empty module takes the place of the drawings while it loads.
    Whoever imports these afterwards gets the real ones.
    """
    drawings = "pymcdm.visuals"
    there = sys.modules.setdefault(drawings, ModuleType(drawings))
    try:
        return import_module("pymcdm.methods"), import_module("pymcdm.normalizations")
    finally:
        if there.__spec__ is None:
            sys.modules.pop(drawings, None)


def _methods(n_criteria: int) -> Mapping[str, Callable[..., Any]]:
    """Make every method anew; some keep state that is used up by one call.

    Each normalises as its authors do, in a form that allows zeros. SPOTIS and RIM measure on
    the fixed range 0–1 instead of on the alternatives present. PROMETHEE counts every
    difference in full, so that nobody has to choose thresholds.
    """
    methods, normalizations = _imported()
    bounds = np.tile([0.0, 1.0], (n_criteria, 1))
    made = (
        methods.TOPSIS(normalizations.vector_normalization),
        methods.VIKOR(),
        methods.PROMETHEE_II("usual"),
        methods.COPRAS(),
        methods.MOORA(),
        methods.ARAS(_share_of_sum),
        methods.WASPAS(normalizations.max_normalization),
        methods.EDAS(),
        methods.MABAC(),
        methods.CODAS(normalizations.max_normalization),
        methods.SPOTIS(bounds),
        methods.RIM(bounds),
    )
    return dict(zip(METHODS, made, strict=True))


def _share_of_sum(column: FloatArray, cost: bool = False) -> FloatArray:
    """Divide by the sum, zeros allowed; there are only benefits here, so `cost` is unused."""
    return np.asarray(column / column.sum())


def _checked(values: ArrayLike, weights: ArrayLike) -> tuple[FloatArray, FloatArray]:
    values = np.asarray(values, dtype=np.float64)
    weights = np.asarray(weights, dtype=np.float64)
    if values.ndim != 2 or weights.shape != values.shape[1:]:
        raise ValueError(f"values have shape {values.shape}, weights {weights.shape}")
    if not (np.abs(values - 0.5) <= 0.5 + _ROUNDING).all():
        raise ValueError("value scores must lie between 0 and 1")
    if not ((weights >= 0) & (weights <= 1)).all() or not np.isclose(weights.sum(), 1.0):
        raise ValueError("weights must be 0 or more and sum to 1")
    return np.clip(values, 0.0, 1.0), weights
