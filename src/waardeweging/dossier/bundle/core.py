"""The core of an outcome in a fixed order of plain additions, the same on every computer.

Value scores, side weights, joint weights and scores use only + − × ÷ and exactly rounded
sums, so a reader compares them digit for digit. Everything else in an outcome may differ
in its last digits between processors.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Literal

from waardeweging.analysis.scenario import Scenario
from waardeweging.elicitation.ballots import MUNICIPALITY, RESIDENTS
from waardeweging.elicitation.joint import department_shares
from waardeweging.elicitation.weighing import Weighing
from waardeweging.problem.value_functions import ValueFunction


def core(
    scenario: Scenario,
    weighing: Weighing | None,
    eligible: Sequence[bool],
) -> dict[str, Any]:
    """Compute the core of an outcome.

    Parameters
    ----------
    scenario : Scenario
    weighing : Weighing or None
        None when no weights may be shown; then only value scores are given.
    eligible : sequence of bool, length n_alternatives

    Returns
    -------
    dict
        ``value_scores``, the same ``at_low`` and ``at_high``, and with weights ``weights``,
        ``scores`` and ``margin``: joint score of the best eligible option minus that of
        the next.
    """
    values = value_scores(scenario)
    ends = {"at_low": value_scores(scenario, "low"), "at_high": value_scores(scenario, "high")}
    if weighing is None:
        return {"value_scores": values, **ends}
    weights = side_weights(weighing)
    share = weighing.share
    weights["joint"] = [
        share * r + (1 - share) * m
        for r, m in zip(weights[RESIDENTS], weights[MUNICIPALITY], strict=True)
    ]
    if weighing.third_shares:
        weights["joint"] = _with_third_parties(weighing, weights["joint"])
    scores = {side: [_score(row, own) for row in values] for side, own in weights.items()}
    best = sorted(
        (s for s, may in zip(scores["joint"], eligible, strict=True) if may), reverse=True
    )
    return {
        "value_scores": values,
        **ends,
        "weights": weights,
        "scores": scores,
        "margin": best[0] - best[1] if len(best) > 1 else None,
    }


def value_scores(
    scenario: Scenario, end: Literal["low", "mid", "high"] = "mid"
) -> list[list[float]]:
    """Give the value scores of the criteria that count, from the stored performances."""
    problem = scenario.problem
    columns = problem.framework.weighed(scenario.perspective)
    functions = [problem.framework.criteria[column].function for column in columns]
    return [
        [
            _value(fn, getattr(row[column], end))
            for column, fn in zip(columns, functions, strict=True)
        ]
        for row in problem.cells
    ]


def side_weights(weighing: Weighing) -> dict[str, list[float]]:
    """Give the mean weights of both sides, each sum rounded once."""
    mine = weighing.weights[weighing.on_side(MUNICIPALITY)]
    teams = [
        team
        for team, side in zip(weighing.departments, weighing.sides, strict=True)
        if side == MUNICIPALITY
    ]
    others = weighing.weights[weighing.on_side(RESIDENTS)]
    pulled = mine * department_shares(teams)[:, None]
    return {
        RESIDENTS: [math.fsum(column) / len(others) for column in others.T.tolist()],
        MUNICIPALITY: [math.fsum(column) for column in pulled.T.tolist()],
    }


def _with_third_parties(weighing: Weighing, joint: Sequence[float]) -> list[float]:
    """Add third parties at their shares, each sum rounded once."""
    left = 1 - math.fsum(share for _, share in weighing.third_shares)
    given = [
        [share * math.fsum(column) / len(mine) for column in mine.T.tolist()]
        for name, share in weighing.third_shares
        if len(mine := weighing.weights_of(name))
    ]
    return [math.fsum((left * own, *theirs)) for own, *theirs in zip(joint, *given, strict=True)]


def _value(function: ValueFunction, performance: float) -> float:
    """Interpolate between the points of a value function, step by step."""
    x, v = function.x.tolist(), function.v.tolist()
    if function.threshold is not None:
        limit = function.threshold
        return float(performance >= limit if function.rises else performance <= limit)
    place = bisect_right(x, performance)
    if place == 0:
        return float(v[0])
    if place == len(x) or x[place - 1] == performance:
        return float(v[place - 1])
    share = (performance - x[place - 1]) / (x[place] - x[place - 1])
    return float(v[place - 1] + share * (v[place] - v[place - 1]))


def _score(values: Sequence[float], weights: Sequence[float]) -> float:
    return math.fsum(v * w for v, w in zip(values, weights, strict=True))
