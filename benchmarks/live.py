"""Everything that `analyse` computes, on a large made-up scenario."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from waardeweging.analysis.scenario import Scenario, read_scenario
from waardeweging.elicitation.ballots import Ballot
from waardeweging.problem.alternatives import Alternative, Cell, DecisionProblem, Source
from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.criteria import Framework
from waardeweging.problem.labels import Label

SCENARIOS = Path(__file__).parents[1] / "scenarios"


def large_scenario(criteria: int, options: int, ballots: int) -> Scenario:
    """Make a scenario with uncertain cells and four residents to each official."""
    rng = np.random.default_rng(ballots)
    names = tuple(f"c{column}" for column in range(criteria))
    alternatives = tuple(
        Alternative(id=f"a{row}", label=Label(nl=f"a{row}", en=f"a{row}")) for row in range(options)
    )
    cells = {
        (option.id, name): _cell(option.id, name, float(rng.uniform(0.1, 0.9)))
        for option in alternatives
        for name in names
    }
    problem = DecisionProblem.of(
        _framework(names), alternatives, cells, (Source(id="s", title="made"),)
    )
    points = rng.dirichlet(np.full(criteria, 2.0), ballots) * 100
    return replace(
        read_scenario(SCENARIOS / "golden"),
        problem=problem,
        typed=cells,
        variants=(),
        ballots=tuple(_ballot(place, names, row) for place, row in enumerate(points.round(1))),
    )


def _framework(names: tuple[str, ...]) -> Framework:
    plain = {"value": "v", "unit": "u", "worst": 0.0, "best": 1.0}
    return Framework.model_validate(
        {
            "values": [{"id": "v", "label": "v"}],
            "criteria": [{"id": name, "label": name, **plain} for name in names],
        }
    )


def _cell(option: str, criterion: str, mid: float) -> Cell:
    return Cell(
        alternative=option,
        criterion=criterion,
        low=mid - 0.1,
        mid=mid,
        high=mid + 0.1,
        unit="u",
        grounds="expert",
        source="s",
    )


def _ballot(place: int, names: tuple[str, ...], points: FloatArray) -> Ballot:
    side = "municipality" if place % 5 == 4 else "residents"
    answers = tuple(float(point) for point in points)
    return Ballot(participant=f"p{place}", side=side, criteria=names, answers=answers)
