"""Who took part against who lives here, and weights that make up for the difference.

Composition is always reported. Weights are made only for residents and only when
enough people took part; results with and without them stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike

from waardeweging.elicitation.ballots import RESIDENTS
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray

NOT_RESIDENTS = "not_residents"
NO_MARGINS = "no_margins"
TOO_MANY_MARGINS = "too_many_margins"
TOO_FEW_PEOPLE = "too_few_people"
UNKNOWN_CATEGORY = "unknown_category"
SMALL_CATEGORY = "small_category"
ABSENT_IN_POPULATION = "absent_in_population"
NOT_CONVERGED = "not_converged"

LEAST_PEOPLE = 30
LEAST_PER_CATEGORY = 5
MOST_MARGINS = 3
LOWEST, HIGHEST = 0.3, 3.0
UNKNOWN = -1

_MOST_CYCLES = 1_000
_CLOSE = 1e-9
_AT_REST = 1e-10


@dataclass(frozen=True, eq=False)
class Margin(ArrayRecord):
    """One attribute, such as age: its categories in the population, and those of the people.

    Parameters
    ----------
    attribute : str
    categories : tuple of str
    targets : array, shape (n_categories,)
        Shares in the population, such as the neighbourhood figures of Statistics Netherlands.
        [sum = 1]
    members : array of int, shape (n_people,)
        Position of each participant's category; −1 when unknown.

    Raises
    ------
    ValueError
        If targets are no shares or members point outside the categories.
    """

    attribute: str
    categories: tuple[str, ...]
    targets: FloatArray
    members: IntArray

    def __post_init__(self) -> None:
        targets, members = np.asarray(self.targets, float), np.asarray(self.members)
        if targets.shape != (len(self.categories),) or not (targets >= 0).all():
            raise ValueError(f"attribute {self.attribute!r} needs one share per category")
        if not np.isclose(targets.sum(), 1.0, atol=1e-6):
            raise ValueError(f"shares of attribute {self.attribute!r} must sum to 1")
        if members.ndim != 1 or not np.issubdtype(members.dtype, np.integer):
            raise ValueError(f"attribute {self.attribute!r} needs one category per person")
        if not ((members >= UNKNOWN) & (members < targets.size)).all():
            raise ValueError(f"attribute {self.attribute!r} has people in categories without name")
        # Published shares are rounded; they must sum to 1 for weights to come to rest.
        object.__setattr__(self, "targets", targets / targets.sum())
        object.__setattr__(self, "members", members.astype(np.int64))
        super().__post_init__()

    @property
    def belongs(self) -> BoolArray:
        """Who is in which category, shape (n_categories, n_people)."""
        return np.asarray(self.members == np.arange(len(self.categories))[:, None])


@dataclass(frozen=True, eq=False)
class Composition(ArrayRecord):
    """How the people compare with the population on one attribute.

    Parameters
    ----------
    attribute : str
    categories : tuple of str
    shares : array, shape (n_categories,)
        Of those whose category is known; zeros when nobody's is. [sum = 1]
    targets : array, shape (n_categories,)
        [sum = 1]
    match : float or None
        1 − ½ Σ abs(share − target); None when nobody's category is known. [0–1]
    unknown : int
        People whose category is not known.
    """

    attribute: str
    categories: tuple[str, ...]
    shares: FloatArray
    targets: FloatArray
    match: float | None
    unknown: int


@dataclass(frozen=True, eq=False)
class Raking(ArrayRecord):
    """Weights of people that restore the composition, or the reasons why there are none.

    Parameters
    ----------
    weights : array, shape (n_people,), or empty
        [mean = 1; 0.3–3] Empty when refused.
    reasons : tuple of str
        Codes, in a fixed order; empty when there are weights.
    trimmed : int
        People whose weight was held at a limit.
    gap : float
        Largest difference between a weighted share and its target; above rounding only when
        trimming keeps the weights from their targets. [0–1]
    design_effect : float
        By what factor the variance of a mean grows: N people count as N / design_effect.
        [1 or more; 1 when refused]
    cycles : int
        Passes over all margins before weights came to rest.
    """

    weights: FloatArray
    reasons: tuple[str, ...]
    trimmed: int = 0
    gap: float = 0.0
    design_effect: float = 1.0
    cycles: int = 0


def composition_match(shares: ArrayLike, targets: ArrayLike) -> FloatArray:
    """Give the part of the people that need not change category to match the population.

    Parameters
    ----------
    shares, targets : array_like, shape (..., n_categories)
        [sum = 1]

    Returns
    -------
    array, shape (...)
        1 when equal, 0 when nobody is where the population is. [0–1]
    """
    return np.asarray(1 - np.abs(np.asarray(shares) - np.asarray(targets)).sum(axis=-1) / 2)


def composition(margin: Margin, weights: ArrayLike | None = None) -> Composition:
    """Compare the people with the population on one attribute.

    Parameters
    ----------
    margin : Margin
    weights : array_like, shape (n_people,), optional
        How heavily each person counts; alike when omitted. [0 or more]

    Returns
    -------
    Composition
    """
    people = np.ones(margin.members.size) if weights is None else np.asarray(weights, float)
    mass = margin.belongs @ people
    unknown = int(np.count_nonzero(margin.members == UNKNOWN))
    total = float(mass.sum())
    shares = mass / total if total > 0 else mass
    match = float(composition_match(shares, margin.targets)) if total > 0 else None
    return Composition(margin.attribute, margin.categories, shares, margin.targets, match, unknown)


def design_effect(weights: ArrayLike) -> float:
    """Give by what factor unequal weights enlarge the variance of a mean.

    Parameters
    ----------
    weights : array_like, shape (n_people,)
        [above 0]

    Returns
    -------
    float
        N Σ d² / (Σ d)². [1 or more]

    References
    ----------
    L. Kish, Survey Sampling, Wiley, 1965, section 11.7.
    """
    weights = np.asarray(weights, dtype=np.float64)
    return float(weights.size * (weights @ weights) / weights.sum() ** 2)


def rake(
    margins: Sequence[Margin], start: ArrayLike, *, trim: bool = False
) -> tuple[FloatArray, int]:
    """Fit weights of people to margins, one after the other, until nothing moves.

    Parameters
    ----------
    margins : sequence of Margin
        Where everyone's category is known and has a target.
    start : array_like, shape (n_people,)
        Weights to begin with. [mean = 1, above 0]
    trim : bool, default False
        Hold weights between 0.3 and 3 times their mean, at the end of every cycle.

    Returns
    -------
    weights : array, shape (n_people,)
        [mean = 1]
    cycles : int
        Passes made; 1,000 when weights did not come to rest.

    Raises
    ------
    ValueError
        If somebody's category is unknown or has target 0.

    References
    ----------
    W. E. Deming and F. F. Stephan, On a least squares adjustment of a sampled frequency table
    when the expected marginal totals are known, Annals of Mathematical Statistics 11(4), 1940,
    doi:10.1214/aoms/1177731829.
    M. P. Battaglia, D. C. Hoaglin and M. R. Frankel, Practical considerations in raking survey
    data, Survey Practice 2(5), 2009, doi:10.29115/SP-2009-0019. Trimming inside the cycles:
    D. Izrael, M. P. Battaglia and M. R. Frankel, Extreme survey weight adjustment as a
    component of sample balancing, SAS Global Forum 2009, paper 247-2009.
    """
    for margin in margins:
        if (margin.members == UNKNOWN).any() or (margin.targets[margin.members] == 0).any():
            raise ValueError(f"attribute {margin.attribute!r} has people without a target")
    weights = np.array(start, dtype=np.float64)
    cycles, moved = 0, np.inf
    while moved > _AT_REST and cycles < _MOST_CYCLES:
        before = weights
        for margin in margins:
            weights = weights * _factors(margin, weights)
        weights = _trimmed(weights) if trim else weights
        cycles, moved = cycles + 1, float(np.abs(weights - before).max())
    return weights, cycles


def representativeness_weights(side: str, people: int, margins: Sequence[Margin]) -> Raking:
    """Make weights that restore the composition of the residents, if that is warranted.

    Parameters
    ----------
    side : str
        Whose weights they are; only residents are ever weighted.
    people : int
        How many took part.
    margins : sequence of Margin
        At most 3. Cells are the categories of each attribute, not their combinations.

    Returns
    -------
    Raking
        With weights between 0.3 and 3 times their mean, or with every reason against them.

    Raises
    ------
    ValueError
        If a margin is about another number of people.
    """
    if any(margin.members.size != people for margin in margins):
        raise ValueError(f"every margin must be about {people} people")
    reasons = _reasons(side, people, margins)
    if reasons:
        return Raking(np.empty(0), reasons)
    plain, cycles = rake(margins, np.ones(people))
    if _gap(margins, plain) > _CLOSE:
        return Raking(np.empty(0), (NOT_CONVERGED,), cycles=cycles)
    # Begun where raking ended, so that weights within the limits stay what they are.
    weights, more = rake(margins, plain, trim=True)
    held = (weights <= LOWEST + _CLOSE) | (weights >= HIGHEST - _CLOSE)
    return Raking(
        weights,
        (),
        int(np.count_nonzero(held)),
        _gap(margins, weights),
        design_effect(weights),
        cycles + more,
    )


def _reasons(side: str, people: int, margins: Sequence[Margin]) -> tuple[str, ...]:
    counts = [margin.belongs.sum(axis=1) for margin in margins]
    small = [
        ((count < LEAST_PER_CATEGORY) & (margin.targets > 0)).any()
        for margin, count in zip(margins, counts, strict=True)
    ]
    absent = [
        ((count > 0) & (margin.targets == 0)).any()
        for margin, count in zip(margins, counts, strict=True)
    ]
    against = {
        NOT_RESIDENTS: side != RESIDENTS,
        NO_MARGINS: not margins,
        TOO_MANY_MARGINS: len(margins) > MOST_MARGINS,
        TOO_FEW_PEOPLE: people < LEAST_PEOPLE,
        UNKNOWN_CATEGORY: any((margin.members == UNKNOWN).any() for margin in margins),
        SMALL_CATEGORY: any(small),
        ABSENT_IN_POPULATION: any(absent),
    }
    return tuple(code for code, is_against in against.items() if is_against)


def _gap(margins: Sequence[Margin], weights: FloatArray) -> float:
    differences = [
        np.abs(margin.belongs @ weights / weights.sum() - margin.targets).max()
        for margin in margins
    ]
    return float(max(differences))


def _factors(margin: Margin, weights: FloatArray) -> FloatArray:
    """Give by how much each person's weight must change to meet one margin."""
    counts = margin.belongs @ weights
    factors = np.divide(
        margin.targets * weights.size, counts, out=np.zeros_like(counts), where=counts > 0
    )
    return np.asarray(factors[margin.members])


def _trimmed(weights: FloatArray) -> FloatArray:
    """Hold weights between the limits, scaled so that their mean is 1 again."""
    if weights.min() >= LOWEST and weights.max() <= HIGHEST:
        return weights

    def excess(scale: float) -> float:
        return float(np.clip(scale * weights, LOWEST, HIGHEST).mean()) - 1

    scale = scipy.optimize.brentq(
        excess, LOWEST / weights.max(), HIGHEST / weights.min(), xtol=1e-15
    )
    return np.asarray(np.clip(scale * weights, LOWEST, HIGHEST))
