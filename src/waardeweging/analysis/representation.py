"""Whether those who took part are like those who live here, and what it would change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.analysis.scenario import Scenario
from waardeweging.elicitation.ballots import RESIDENTS
from waardeweging.elicitation.joint import joint_weights, side_mean
from waardeweging.elicitation.population import coarsened, margins_of
from waardeweging.elicitation.representativeness import (
    Composition,
    Raking,
    composition,
    representativeness_weights,
)
from waardeweging.elicitation.weighing import Weighing
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray
from waardeweging.scoring.additive import additive_scores, best


@dataclass(frozen=True, slots=True)
class Attribute:
    """Who took part against who lives here, on one attribute.

    Parameters
    ----------
    name : str
    took_part : Composition or None
        Categories of fewer than five people stand together; None when too few are known.
    weighted : Composition or None
        The same with the weights of representativeness; None when there are none.
    """

    name: str
    took_part: Composition | None
    weighted: Composition | None


@dataclass(frozen=True, eq=False)
class Reweighted(ArrayRecord):
    """The outcome when every resident counts by how well people alike are represented.

    Parameters
    ----------
    residents, joint : array, shape (n_criteria,)
        [sum = 1]
    scores : array, shape (n_alternatives,)
        Joint scores. [0–1]
    winner : int
    """

    residents: FloatArray
    joint: FloatArray
    scores: FloatArray
    winner: int


@dataclass(frozen=True, slots=True)
class Representation:
    """Composition of the residents, and the outcome with and without making up for it.

    Parameters
    ----------
    people : int
        Residents who gave weights.
    attributes : tuple of Attribute
    raking : Raking
        With weights, or with every reason against them.
    reweighted : Reweighted or None
        None when there are no weights. It never replaces the outcome.
    """

    people: int
    attributes: tuple[Attribute, ...]
    raking: Raking
    reweighted: Reweighted | None


def representation(
    scenario: Scenario, weighing: Weighing, values: FloatArray, eligible: BoolArray
) -> Representation | None:
    """Compare the residents who took part with the population.

    Parameters
    ----------
    scenario : Scenario
    weighing : Weighing
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    Representation or None
        None without a population to compare with.
    """
    given = scenario.participation
    if not given.population:
        return None
    mine = weighing.on_side(RESIDENTS)
    names = [name for name, is_mine in zip(weighing.participants, mine, strict=True) if is_mine]
    margins = margins_of(names, given.population, given.attributes)
    raking = representativeness_weights(RESIDENTS, len(names), margins)
    weights = None if raking.reasons else raking.weights
    attributes = []
    for margin in margins:
        coarse = coarsened(margin)
        attributes.append(
            Attribute(
                margin.attribute,
                None if coarse is None else composition(coarse),
                None if coarse is None or weights is None else composition(coarse, weights),
            )
        )
    reweighted = None
    if weights is not None:
        residents = side_mean(weighing.weights[mine], weights)
        both = joint_weights(residents, weighing.municipality, weighing.share)
        joint = weighing.completed(both, weighing.party_weights)
        scores = additive_scores(values, joint)
        reweighted = Reweighted(residents, joint, scores, int(best(scores, eligible)))
    return Representation(len(names), tuple(attributes), raking, reweighted)


def match(attribute: Attribute) -> float | None:
    """Give the part that is where the population is, of an attribute that may be shown."""
    return None if attribute.took_part is None else attribute.took_part.match


def least_alike(found: Representation) -> Attribute | None:
    """Give the attribute on which the people differ most from the population."""
    known = [one for one in found.attributes if match(one) is not None]
    return min(known, key=lambda one: match(one) or 0.0, default=None)


def widest_category(found: Composition) -> int:
    """Give the category that is missed most among the people."""
    return int(np.argmax(found.targets - found.shares))
