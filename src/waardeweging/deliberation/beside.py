"""Rules beside the method panel: for analysts, because each needs a choice of its own.

Bargaining needs a fallback that the sides agreed beforehand, the norms need a power, and
the phantoms join weights in a way that few people would explain to a neighbour. They show
whether an outcome also stands there; they never change it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.deliberation.bargaining import Bargain, nash_bargain, norm_losses
from waardeweging.deliberation.panel import satisfaction
from waardeweging.deliberation.phantoms import independent_markets_weights
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray
from waardeweging.robustness.contest import TIED
from waardeweging.scoring.additive import additive_scores

POWERS = (1.0, 2.0, 4.0, np.inf)


@dataclass(frozen=True, eq=False)
class NormOutcome(ArrayRecord):
    """What one member of the family of norms says.

    Parameters
    ----------
    power : float
        [1 or more]
    winner : int
    losses : array, shape (n_eligible,)
        Of the eligible alternatives, in their order; the lowest is best. [0–1]
    """

    power: float
    winner: int
    losses: FloatArray


@dataclass(frozen=True, eq=False)
class PhantomOutcome(ArrayRecord):
    """What joint weights by moving-phantom medians say.

    Parameters
    ----------
    winner : int
    weights : array, shape (n_criteria,)
        [sum = 1]
    scores : array, shape (n_alternatives,)
        [0–1]
    """

    winner: int
    weights: FloatArray
    scores: FloatArray


@dataclass(frozen=True, slots=True)
class Beside:
    """Every rule beside the panel with its outcome.

    Parameters
    ----------
    bargain : Bargain or None
        None without an agreed fallback.
    norms : tuple of NormOutcome
        By rising power: 1 is the mean satisfaction, infinity the least satisfied side.
    phantoms : PhantomOutcome
    """

    bargain: Bargain | None
    norms: tuple[NormOutcome, ...]
    phantoms: PhantomOutcome

    @property
    def winners(self) -> dict[str, int]:
        """The choice of each rule by its name."""
        found = {} if self.bargain is None else {"nash": self.bargain.winner}
        found |= {f"norm_{norm.power:g}": norm.winner for norm in self.norms}
        return found | {"phantoms": self.phantoms.winner}


def rules_beside(
    values: FloatArray,
    eligible: BoolArray,
    *,
    winner: int,
    side_weights: FloatArray,
    shares: FloatArray,
    weights: FloatArray,
    mass: FloatArray,
    fallback: int | None,
) -> Beside:
    """Apply every rule beside the panel.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    eligible : array of bool, shape (n_alternatives,)
    winner : int
        Under the joint weights. Within a rule a tie goes to it if it is among the best,
        else to the lowest index.
    side_weights : array, shape (n_sides, n_criteria)
        Mean weights of the sides that have a say. [rows sum to 1]
    shares : array, shape (n_sides,)
        What each side counts for. [sum = 1]
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    mass : array, shape (n_people,)
        What each counts for in the joint weights. [sum = 1]
    fallback : int or None
        The alternative that happens without an agreement; None when none was agreed.

    Returns
    -------
    Beside
    """
    side_scores = additive_scores(values, side_weights)
    satisfied = satisfaction(side_scores[:, eligible])
    places = np.flatnonzero(eligible).astype(np.int64)
    norms = []
    for power in POWERS:
        losses = norm_losses(satisfied, shares, power)
        norms.append(NormOutcome(power, _first(-losses, places, winner), losses))
    joined = independent_markets_weights(weights, mass)
    scores = additive_scores(values, joined)
    return Beside(
        None if fallback is None else nash_bargain(side_scores, shares, eligible, fallback),
        tuple(norms),
        PhantomOutcome(_first(scores[eligible], places, winner), joined, scores),
    )


def _first(detail: FloatArray, places: IntArray, reference: int) -> int:
    tops = places[detail >= detail.max() - TIED].tolist()
    return reference if reference in tops else int(tops[0])
