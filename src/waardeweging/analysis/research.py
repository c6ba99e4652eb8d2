"""What lies behind the outcome: numbers worth researching, every possible weight, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from waardeweging.analysis.chance import FREE, SCALES, SMOOTH, ValueDraws, generator
from waardeweging.analysis.scenario import Scenario
from waardeweging.elicitation.samplers import draw_weights, simplex_draws
from waardeweging.elicitation.statements import Statement, heavier
from waardeweging.elicitation.weighing import Weighing
from waardeweging.elicitation.weight_sets import weight_set
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray
from waardeweging.problem.criteria import Criterion, Party
from waardeweging.robustness.acceptability import (
    CentralWeights,
    SampledAcceptability,
    central_weights,
    confidence_factors,
    first_place_shares,
    rank_acceptability,
    sampled_acceptability,
    sampling_error,
)
from waardeweging.robustness.performance_flip import PerformanceFlips, performance_flips
from waardeweging.robustness.recoding import (
    OrdinalScale,
    RecodingVerdict,
    recoded_values,
    recoding_verdict,
)
from waardeweging.robustness.smaa import exact_first_place
from waardeweging.robustness.smooth_spread import NoSmoothFit, smooth_draws
from waardeweging.robustness.value_of_information import perfect_gain, regression_gain
from waardeweging.scoring.additive import additive_scores, scores_of_draws

# More draws than this add digits to the value of information that nobody reads.
_MOST_DRAWS = 4096
# With more criteria the exact part of all weights has no short formula.
MOST_EXACT = 3


@dataclass(frozen=True, eq=False)
class Research(ArrayRecord):
    """Which numbers could change the choice, and what knowing them is worth.

    Parameters
    ----------
    flips : PerformanceFlips
        Per cell the value score at which the winner changes.
    performances : array, shape (n_alternatives, n_criteria)
        The same in the unit of the criterion; today's where `is_possible` is False.
    is_possible : array of bool, shape (n_alternatives, n_criteria)
        Whether some performance in the range changes the winner.
    in_band : array of bool, shape (n_alternatives, n_criteria)
        Whether it even lies in the band from low to high: worth researching.
    of_criteria : array, shape (n_criteria,)
        Expected gain in joint score of knowing a criterion before choosing. [0–1]
    of_cells : array, shape (n_alternatives, n_criteria)
        The same for one performance. [0–1]
    of_everything : float
        The same for all performances: the most that research can be worth. [0–1]
    of_criteria_error, of_cells_error, of_everything_error
        Monte Carlo standard errors of these gains.
    """

    flips: PerformanceFlips
    performances: FloatArray
    is_possible: BoolArray
    in_band: BoolArray
    of_criteria: FloatArray
    of_cells: FloatArray
    of_everything: float
    of_criteria_error: FloatArray
    of_cells_error: FloatArray
    of_everything_error: float


@dataclass(frozen=True, eq=False)
class Free(ArrayRecord):
    """Who wins under all weights there are, whatever people said.

    Parameters
    ----------
    everywhere : SampledAcceptability
        Over all weights.
    in_order : SampledAcceptability or None
        Over the weights that keep the order of the values that the scenario names;
        None when it names none.
    exact : array, shape (n_alternatives,), or None
        The part of all weights under which each option wins, without sampling; only
        for three criteria or fewer.
    """

    everywhere: SampledAcceptability
    in_order: SampledAcceptability | None
    exact: FloatArray | None


@dataclass(frozen=True, eq=False)
class Recoded(ArrayRecord):
    """Whether the outcome leans on the distances between the steps of ordinal scales.

    Parameters
    ----------
    verdict : RecodingVerdict
        Whether the winner can change at all while the steps keep their order.
    sampled : SampledAcceptability
        Over distances drawn evenly from all that keep the order.
    """

    verdict: RecodingVerdict
    sampled: SampledAcceptability


@dataclass(frozen=True, eq=False)
class Smooth(ArrayRecord):
    """Places given by people like those who took part, from a spread fitted to each side.

    Parameters
    ----------
    acceptability : array, shape (n_alternatives, n_alternatives)
        Share that puts an option on a place. [0–1]
    errors : array, shape (n_alternatives, n_alternatives)
        Monte Carlo standard error of each share.
    """

    acceptability: FloatArray
    errors: FloatArray


@dataclass(frozen=True, eq=False)
class Supporters(ArrayRecord):
    """The people who put an option first.

    Parameters
    ----------
    number : array of int, shape (n_alternatives,)
        People with a share who put it first; fewer than five is never shown.
    central : CentralWeights
        The mean of their weights.
    confidence : array, shape (n_alternatives,)
        How often an option is first with those weights when performances are drawn
        from their bands. [0–1]
    confidence_error : array, shape (n_alternatives,)
        Monte Carlo standard error of that.
    """

    number: IntArray
    central: CentralWeights
    confidence: FloatArray
    confidence_error: FloatArray


@dataclass(frozen=True, eq=False)
class ForWhom(ArrayRecord):
    """Which option creates value for which party.

    Parameters
    ----------
    parties : tuple of str, length n_parties
    scores : array, shape (n_parties, n_alternatives)
        Score on the criteria that concern a party, with the joint weights. [0–1]
    weight : array, shape (n_parties,)
        Joint weight of those criteria; a criterion may concern several parties. [0–1]
    contributions : array, shape (n_parties, n_alternatives)
        Part of the joint score that a party gets when every criterion is divided equally
        over the parties that it concerns. [0–1]
    rest : array, shape (n_alternatives,)
        Part from criteria that name no party; with the contributions it sums to the joint
        score. [0–1]
    """

    parties: tuple[str, ...]
    scores: FloatArray
    weight: FloatArray
    contributions: FloatArray
    rest: FloatArray


def research(
    scenario: Scenario, columns: tuple[int, ...], joint: FloatArray, eligible: BoolArray
) -> Research:
    """Look for the numbers that deserve research.

    Parameters
    ----------
    scenario : Scenario
    columns : tuple of int
        Positions of the weighed criteria.
    joint : array, shape (n_criteria,)
        Joint weights. [sum = 1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    Research
        Gains by linear regression on what would be known, so that a shared cause such
        as the gas price is accounted for.
    """
    problem = scenario.problem
    low, mid, high = (table[:, list(columns)] for table in (problem.low, problem.mid, problem.high))
    functions = [problem.framework.criteria[column].function for column in columns]
    flips = performance_flips(problem.values(problem.mid, scenario.perspective), joint, eligible)
    performances, is_possible = mid.copy(), flips.reachable.copy()
    for row, place in np.argwhere(flips.reachable):
        found = functions[place].performance_at(float(flips.needed[row, place]))
        is_possible[row, place] = found is not None
        performances[row, place] = mid[row, place] if found is None else found
    draws = _drawn(scenario)
    scores = additive_scores(draws, joint)
    of_cells = np.array(
        [
            [
                regression_gain(scores, draws[:, row, [place]], eligible)
                for place in range(len(columns))
            ]
            for row in range(len(eligible))
        ]
    )
    of_criteria = np.array(
        [regression_gain(scores, draws[:, :, place], eligible) for place in range(len(columns))]
    )
    everything, error = perfect_gain(scores, eligible)
    return Research(
        flips,
        performances,
        is_possible,
        is_possible & (low <= performances) & (performances <= high),
        of_criteria[:, 0],
        of_cells[..., 0],
        everything,
        of_criteria[:, 1],
        of_cells[..., 1],
        error,
    )


def free(
    scenario: Scenario, criteria: tuple[Criterion, ...], values: FloatArray, eligible: BoolArray
) -> Free:
    """Ask who wins under all weights, and under those that keep the order of values.

    Parameters
    ----------
    scenario : Scenario
    criteria : tuple of Criterion, length n_criteria
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    eligible : array of bool, shape (n_alternatives,)
    """
    rng = generator(scenario.seed, FREE)
    few = len(criteria) <= MOST_EXACT
    exact = exact_first_place(values, eligible) if few else None
    everywhere = simplex_draws(len(criteria), scenario.draws, rng)
    ordered = None
    if scenario.value_orders:
        said = weight_set(len(criteria), _order_of_values(scenario.value_orders, criteria))
        ordered = sampled_acceptability(
            values, draw_weights(said, scenario.draws, rng).weights, eligible
        )
    return Free(sampled_acceptability(values, everywhere, eligible), ordered, exact)


def _order_of_values(
    orders: Sequence[tuple[str, str]], criteria: Sequence[Criterion]
) -> list[Statement]:
    """State for each pair of values that are weighed here that the first weighs more."""
    members: dict[str, list[int]] = {}
    for place, criterion in enumerate(criteria):
        members.setdefault(criterion.value, []).append(place)
    return [
        heavier(f"{first} > {second}", len(criteria), members[first], members[second])
        for first, second in dict.fromkeys(orders)
        if first in members and second in members
    ]


def recoded(
    scenario: Scenario,
    columns: tuple[int, ...],
    values: FloatArray,
    joint: FloatArray,
    eligible: BoolArray,
) -> Recoded | None:
    """Ask what other distances between the steps of ordinal scales would do.

    Parameters
    ----------
    scenario : Scenario
    columns : tuple of int
        Positions of the weighed criteria.
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    joint : array, shape (n_criteria,)
        Joint weights. [sum = 1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    Recoded or None
        None without ordinal criteria.
    """
    problem = scenario.problem
    scales = {
        place: OrdinalScale.of(problem.mid[:, column], problem.framework.criteria[column].function)
        for place, column in enumerate(columns)
        if problem.framework.criteria[column].is_ordinal
    }
    if not scales:
        return None
    rng = generator(scenario.seed, SCALES)
    drawn = {place: scale.drawn_scores(_few(scenario), rng) for place, scale in scales.items()}
    weights = np.broadcast_to(joint, (_few(scenario), len(joint)))
    return Recoded(
        recoding_verdict(values, joint, eligible, scales),
        sampled_acceptability(recoded_values(values, drawn), weights, eligible),
    )


def smooth(
    scenario: Scenario, weighing: Weighing, values: FloatArray, eligible: BoolArray
) -> Smooth | NoSmoothFit:
    """Let people like those who took part rank the options.

    Parameters
    ----------
    scenario : Scenario
    weighing : Weighing
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    eligible : array of bool, shape (n_alternatives,)
    """
    weights, mass = weighing.weights, weighing.influence
    rng = generator(scenario.seed, SMOOTH)
    drawn = smooth_draws(weights, mass, weighing.party_of, _few(scenario), rng)
    if isinstance(drawn, NoSmoothFit):
        return drawn
    scores = scores_of_draws(values, drawn.weights)
    shares = rank_acceptability(scores, drawn.mass, eligible)
    return Smooth(shares, sampling_error(shares, drawn.mass))


def supporters(
    scenario: Scenario,
    weights: FloatArray,
    mass: FloatArray,
    values: FloatArray,
    eligible: BoolArray,
) -> Supporters:
    """Describe the people who put each option first.

    Parameters
    ----------
    scenario : Scenario
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    mass : array, shape (n_people,)
        What each counts for in the joint weights. [sum = 1]
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    eligible : array of bool, shape (n_alternatives,)
    """
    scores = additive_scores(values, weights)
    central = central_weights(weights, scores, mass, eligible)
    firsts = first_place_shares(scores[mass > 0], eligible) > 0
    confidence = confidence_factors(_drawn(scenario), central, eligible)
    error = np.sqrt(np.maximum(confidence * (1 - confidence), 0.0) / _few(scenario))
    return Supporters(firsts.sum(axis=0), central, confidence, error)


def for_whom(criteria: tuple[Criterion, ...], values: FloatArray, joint: FloatArray) -> ForWhom:
    """Score every option on the criteria that concern each party.

    Parameters
    ----------
    criteria : tuple of Criterion, length n_criteria
    values : array, shape (n_alternatives, n_criteria)
        Value scores. [0–1]
    joint : array, shape (n_criteria,)
        Joint weights. [sum = 1]

    Returns
    -------
    ForWhom
        Only parties that some criterion with weight concerns.
    """
    found = []
    for party in get_args(Party):
        own = joint * [party in criterion.concerns for criterion in criteria]
        if own.sum() > 0:
            found.append((party, additive_scores(values, own / own.sum()), own.sum()))
    parties, scores, weight = zip(*found, strict=True) if found else ((), (), ())
    concerned = np.array([[p in c.concerns for c in criteria] for p in parties], dtype=float)
    concerned = concerned.reshape(len(parties), len(criteria))
    divided = concerned / np.maximum(concerned.sum(axis=0), 1)
    named = np.array([bool(criterion.concerns) for criterion in criteria])
    return ForWhom(
        tuple(parties),
        np.array(scores).reshape(len(parties), len(values)),
        np.array(weight),
        divided @ (joint * values).T,
        additive_scores(values, joint * ~named),
    )


def _drawn(scenario: Scenario) -> FloatArray:
    return ValueDraws(scenario)(0, _few(scenario))


def _few(scenario: Scenario) -> int:
    return min(scenario.draws, _MOST_DRAWS)
