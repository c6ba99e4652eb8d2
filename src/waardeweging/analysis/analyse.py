"""The one conductor: from a scenario to its outcome, each room once, left to right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from waardeweging.analysis.chance import GROUPS, PEOPLE, ROOMS, SIDES, ValueDraws, generator
from waardeweging.analysis.comparing import Rooms, room_shares, rooms_of, spread_out
from waardeweging.analysis.facts import outcome_findings
from waardeweging.analysis.grading import Graded, graded
from waardeweging.analysis.outcome import Agreement, CostOnly, Firm, Outcome, Result
from waardeweging.analysis.representation import representation
from waardeweging.analysis.research import (
    for_whom,
    free,
    recoded,
    research,
    smooth,
    supporters,
)
from waardeweging.analysis.rounds import rounds
from waardeweging.analysis.scenario import Scenario
from waardeweging.deliberation.agreement import (
    criterion_disputes,
    kendall_w,
    mean_pairwise_points,
    points_to_move,
    side_permutation_p_value,
    spread_split,
)
from waardeweging.deliberation.beside import Beside, rules_beside
from waardeweging.deliberation.dispute import dispute_split
from waardeweging.deliberation.fairness import robust_fairness
from waardeweging.deliberation.groups import opinion_groups
from waardeweging.deliberation.influence import decisive_sides, influence, one_person_can_flip
from waardeweging.deliberation.panel import method_panel, with_grades
from waardeweging.deliberation.strip import equality_strip
from waardeweging.elicitation.ballots import MUNICIPALITY, RESIDENTS
from waardeweging.elicitation.weighing import NO_SAY, NoWeightsError, Weighing, weigh
from waardeweging.problem.arrays import FloatArray, IntArray
from waardeweging.problem.errors import InputError, Place
from waardeweging.robustness.acceptability import (
    rank_acceptability,
    sampled_acceptability,
    sampling_error,
)
from waardeweging.robustness.bootstrap import bootstrap_weights
from waardeweging.robustness.classes import firmness
from waardeweging.robustness.flip import points_to_flip
from waardeweging.robustness.stability import stability_intervals
from waardeweging.scoring.additive import additive_scores, contributions, tied_with_best
from waardeweging.scoring.dominance import dominance_pairs
from waardeweging.scoring.requirements import at_risk, eligible, exclusions

_PERMUTATIONS = 999


def analyse(scenario: Scenario) -> Outcome:
    """Compute everything about a scenario.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    Outcome
        The same scenario gives the same numbers.

    Raises
    ------
    InputError
        If no option keeps the requirements, or a side has no weights in this
        perspective.
    """
    columns = scenario.problem.framework.weighed(scenario.perspective)
    weighing = weighing_of(scenario, columns)
    result = _result(scenario, weighing)
    values, joint, allowed = result.values, weighing.joint, result.eligible
    grades = graded(scenario)
    criteria = tuple(scenario.problem.framework.criteria[column] for column in columns)
    outcome = Outcome(
        scenario,
        columns,
        weighing,
        result,
        _firm(scenario, weighing, result),
        _agreement(scenario, weighing, result, grades),
        research(scenario, columns, joint, allowed),
        free(scenario, criteria, values, allowed),
        recoded(scenario, columns, values, joint, allowed),
        smooth(scenario, weighing, values, allowed),
        supporters(scenario, weighing.weights, weighing.influence, values, allowed),
        for_whom(criteria, values, joint),
        _cost_only(scenario, columns, result),
        findings=(),
        beside=_beside(scenario, weighing, result),
        room=room_shares(weighing, room_draws_of(scenario, weighing), values, allowed),
        graded=grades,
        rounds=rounds(scenario, columns, values, allowed),
        representation=representation(scenario, weighing, values, allowed),
    )
    return replace(outcome, findings=outcome_findings(outcome))


def score(scenario: Scenario) -> Result:
    """Score a scenario and nothing more: what a comparison of variants needs.

    Raises
    ------
    InputError
        As `analyse` does.
    """
    columns = scenario.problem.framework.weighed(scenario.perspective)
    return _result(scenario, weighing_of(scenario, columns))


def weighing_of(scenario: Scenario, columns: tuple[int, ...]) -> Weighing:
    """Weigh the ballots of a scenario, or say which side gave no weights.

    Raises
    ------
    InputError
        If a side has no weights in this perspective.
    """
    try:
        return weigh(scenario.ballots, columns, scenario.share, scenario.third_shares)
    except NoWeightsError as error:
        raise InputError(
            "ballot.side_without_weights",
            where=Place("ballots", None, "side"),
            found=error.side,
            remedy="Side '{side}' gave no weight to any criterion of this perspective.",
            side=error.side,
        ) from None


def _result(scenario: Scenario, weighing: Weighing) -> Result:
    problem = scenario.problem
    values = problem.values(problem.mid, scenario.perspective)
    allowed = eligible(problem)
    if not allowed.any():
        raise InputError(
            "requirement.excludes_all",
            where=Place("framework", None, "requirements"),
            remedy="No option keeps all requirements; add an option or discuss a requirement.",
        )
    scores = additive_scores(values, weighing.joint)
    order = np.argsort(-scores, kind="stable")
    return Result(
        values,
        contributions(values, weighing.joint),
        additive_scores(values, weighing.residents),
        additive_scores(values, weighing.municipality),
        scores,
        allowed,
        exclusions(problem),
        at_risk(problem),
        tuple(int(row) for row in order if allowed[row]),
        tied_with_best(scores, allowed, scenario.tie_margin),
        dominance_pairs(values, allowed),
    )


def _firm(scenario: Scenario, weighing: Weighing, result: Result) -> Firm:
    values, allowed, mass = result.values, result.eligible, weighing.influence
    flip = points_to_flip(values, weighing.joint, allowed)
    voices, shares = spread_out(weighing.weights, mass, room_draws_of(scenario, weighing))
    acceptability = rank_acceptability(additive_scores(values, voices), shares, allowed)
    drawn = people_drawn(scenario, weighing)
    people = sampled_acceptability(values, drawn, allowed)
    with_bands = sampled_acceptability(ValueDraws(scenario), drawn, allowed)
    points = None if flip is None else flip.points
    winner = result.winner
    return Firm(
        flip,
        stability_intervals(values, weighing.joint, allowed),
        acceptability,
        sampling_error(acceptability, mass),
        people,
        with_bands,
        firmness(points, float(people.winner_share[winner])),
        firmness(points, float(with_bands.winner_share[winner])),
    )


def people_drawn(scenario: Scenario, weighing: Weighing) -> FloatArray:
    """Draw joint weights with other people of the same sides, shape (draws, n_criteria)."""
    rng = generator(scenario.seed, PEOPLE)
    return bootstrap_weights(
        weighing.weights,
        weighing.influence,
        _strata(weighing),
        scenario.draws,
        rng,
        room_draws_of(scenario, weighing),
    )


def room_draws_of(scenario: Scenario, weighing: Weighing) -> Rooms:
    """Draw weights from the room that orders of criteria leave; the same draws every time."""
    columns = scenario.problem.framework.weighed(scenario.perspective)
    return rooms_of(scenario, columns, weighing, generator(scenario.seed, ROOMS))


def _strata(weighing: Weighing) -> IntArray:
    """Label what is resampled by itself: a side, or a department where these count apart."""
    names = [
        f"{side}/{department}" if weighing.by_department and side == MUNICIPALITY else side
        for side, department in zip(weighing.sides, weighing.departments, strict=True)
    ]
    return np.unique(names, return_inverse=True)[1]


def _agreement(
    scenario: Scenario, weighing: Weighing, result: Result, grades: Graded | None
) -> Agreement:
    two_sides = weighing.on_side(RESIDENTS) | weighing.on_side(MUNICIPALITY)
    weights = weighing.weights[two_sides]
    sides = weighing.on_side(MUNICIPALITY)[two_sides].astype(np.int64)
    side_weights = np.array([weighing.residents, weighing.municipality])
    # Who has a say is wider than the two sides when a third party was given a share.
    heard = weighing.party_of != NO_SAY
    voices, parties = weighing.weights[heard], weighing.party_of[heard]
    mass = weighing.influence[heard]
    values, allowed = result.values, result.eligible
    winner, rival = result.winner, result.runner_up
    panel = method_panel(
        values,
        allowed,
        joint=weighing.joint,
        side_weights=weighing.party_weights,
        weights=voices,
        sides=parties,
        mass=mass,
    )
    if grades is not None:
        panel = with_grades(panel, grades.lowest, allowed)
    side_scores = _completed_scores(weighing, result)
    strip = equality_strip(
        side_scores[0],
        side_scores[1],
        allowed,
        int((sides == 0).sum()),
        int((sides == 1).sum()),
    )
    return Agreement(
        strip,
        panel,
        float(points_to_move(weighing.residents, weighing.municipality)),
        mean_pairwise_points(weights),
        spread_split(weights, sides),
        kendall_w(weights),
        criterion_disputes(side_weights, weights, sides),
        side_permutation_p_value(weights, sides, _PERMUTATIONS, generator(scenario.seed, SIDES)),
        opinion_groups(weights, generator(scenario.seed, GROUPS)),
        one_person_can_flip(values, voices, mass, allowed),
        decisive_sides(side_scores, result.joint, allowed),
        robust_fairness(
            winner,
            side_scores,
            strip.headcount_share,
            panel,
            allowed,
            None if grades is None else grades.of_sides,
        ),
        None
        if rival is None
        else dispute_split(weighing.residents, weighing.municipality, result.values, winner, rival),
        None
        if rival is None
        else influence(result.values[winner] - result.values[rival], voices, mass, parties),
    )


def _completed_scores(weighing: Weighing, result: Result) -> FloatArray:
    """Give the joint scores at λ = 1 and λ = 0; third parties keep their share."""
    of_parties = additive_scores(result.values, weighing.party_weights)
    sides = (result.residents, result.municipality)
    return np.array([weighing.completed(scores, of_parties) for scores in sides])


def _beside(scenario: Scenario, weighing: Weighing, result: Result) -> Beside:
    options = [alternative.id for alternative in scenario.problem.alternatives]
    return rules_beside(
        result.values,
        result.eligible,
        winner=result.winner,
        side_weights=weighing.party_weights,
        shares=np.array(list(weighing.shares.values())),
        weights=weighing.weights,
        mass=weighing.influence,
        fallback=None if scenario.fallback is None else options.index(scenario.fallback),
    )


def _cost_only(scenario: Scenario, columns: tuple[int, ...], result: Result) -> CostOnly | None:
    """Rank by national cost where it is known, else by the weighed criteria of the cost value."""
    problem = scenario.problem
    framework = problem.framework
    national = [j for j, c in enumerate(framework.criteria) if c.perspective == "national"]
    if national:
        column = national[0]
        # Additional cost is counted from a reference, which is 0 by definition and no choice.
        is_real = [row[column].grounds != "definition" for row in problem.cells]
        better_low = framework.criteria[column].best < framework.criteria[column].worst
        losses = problem.mid[:, column] if better_low else -problem.mid[:, column]
        order = tuple(row for row in _order(losses, result) if is_real[row])
        return CostOnly("national", order) if order else None
    costs = {value.id for value in framework.values if value.is_cost}
    counted = [framework.criteria[column].value in costs for column in columns]
    if not any(counted) or all(counted):
        return None
    return CostOnly("weighed", _order(-result.contributions[:, counted].sum(axis=1), result))


def _order(losses: FloatArray, result: Result) -> tuple[int, ...]:
    order = np.argsort(losses, kind="stable")
    return tuple(int(row) for row in order if result.eligible[row])
