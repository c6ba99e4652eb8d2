"""What groups of residents would choose alone: tenants, older people, the people of one street.

A group is a side crossed with an attribute, so it takes twice as many people as a side
before anything is said about it. Smaller groups stand together, and what is left over
can never be found by subtracting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from waardeweging.analysis.outcome import Outcome
from waardeweging.elicitation.ballots import INSTITUTION, RESIDENTS
from waardeweging.elicitation.population import coarsened, margins_of
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.elicitation.representativeness import UNKNOWN, Margin
from waardeweging.problem.arrays import ArrayRecord, FloatArray
from waardeweging.scoring.additive import additive_scores, best

LEAST = 2 * FEWEST
"""Fewest people in a group that is told of."""

NOT_SAID = "not_said"


@dataclass(frozen=True, eq=False)
class Subgroup(ArrayRecord):
    """Residents who are alike on one attribute, as if they alone decided.

    Parameters
    ----------
    attribute, category : str
        `category` may be ``rest`` (small groups together) or ``not_said``.
    people : int
        [`LEAST` or more]
    weights : array, shape (n_criteria,)
        [sum = 1]
    scores : array, shape (n_alternatives,)
        [0–1]
    winner : int
    """

    attribute: str
    category: str
    people: int
    weights: FloatArray
    scores: FloatArray
    winner: int


def subgroups(outcome: Outcome) -> tuple[Subgroup, ...]:
    """Weigh by every group of residents that is large enough.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    tuple of Subgroup
        In the order of the attributes; an attribute with less than two such groups is left
        out, and so is every attribute when nobody said anything.
    """
    weighing, given = outcome.weighing, outcome.scenario.participation
    mine = weighing.on_side(RESIDENTS) & ~weighing.of_kind(INSTITUTION)
    weights = weighing.weights[mine]
    names = [name for name, is_mine in zip(weighing.participants, mine, strict=True) if is_mine]
    return tuple(
        group
        for margin in margins_of(names, given.population, given.attributes)
        for group in _groups(outcome, margin, weights)
    )


def _groups(outcome: Outcome, margin: Margin, weights: FloatArray) -> Iterator[Subgroup]:
    coarse = coarsened(_with_silent(margin), LEAST)
    if coarse is None:
        return
    told = [place for place, belongs in enumerate(coarse.belongs) if belongs.any()]
    for place in told if len(told) > 1 else ():
        belongs = coarse.belongs[place]
        mean = weights[belongs].mean(axis=0)
        scores = additive_scores(outcome.result.values, mean)
        winner = int(best(scores, outcome.result.eligible))
        people = int(np.count_nonzero(belongs))
        yield Subgroup(margin.attribute, coarse.categories[place], people, mean, scores, winner)


def _with_silent(margin: Margin) -> Margin:
    """Count those who did not say as a group: else they would follow from the whole."""
    silent = np.where(margin.members == UNKNOWN, len(margin.categories), margin.members)
    targets = np.append(margin.targets, 0.0)
    return Margin(margin.attribute, (*margin.categories, NOT_SAID), targets, silent)
