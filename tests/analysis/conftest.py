"""A copy of the golden scenario that a test may spoil, and scenarios made of plain numbers."""

import shutil
from pathlib import Path

import pytest

from waardeweging.analysis.scenario import Scenario
from waardeweging.elicitation.ballots import Ballot
from waardeweging.problem.alternatives import Alternative, Cell, DecisionProblem, Source
from waardeweging.problem.criteria import Framework
from waardeweging.problem.labels import Label

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "golden"
    shutil.copytree(SCENARIOS / "golden", copy)
    return copy


def scenario_of(values, residents, municipality, *, bands=0.0, factor=1.0, others=(), **settings):
    """Make a scenario whose criteria run from 0 to `factor`, so that values are given directly."""
    n = len(values[0])
    framework = Framework.model_validate(
        {
            "values": [{"id": "v", "label": "v"}],
            "criteria": [
                {
                    "id": f"c{j}",
                    "label": f"c{j}",
                    "value": "v",
                    "unit": "u",
                    "worst": 0.0,
                    "best": float(factor),
                }
                for j in range(n)
            ],
            "requirements": settings.pop("requirements", []),
        }
    )
    alternatives = tuple(
        Alternative(id=f"a{i}", label=Label(nl=f"a{i}", en=f"a{i}")) for i in range(len(values))
    )
    cells = {
        (f"a{i}", f"c{j}"): Cell(
            alternative=f"a{i}",
            criterion=f"c{j}",
            low=float(max(x - bands, 0) * factor),
            mid=float(x * factor),
            high=float(min(x + bands, 1) * factor),
            unit="u",
            grounds="definition",
            source="s",
        )
        for i, row in enumerate(values)
        for j, x in enumerate(row)
    }
    people = [
        *(("residents", f"b{k}", points) for k, points in enumerate(residents)),
        *(("municipality", f"g{k}", points) for k, points in enumerate(municipality)),
        *((side, f"{side}{k}", points) for k, (side, points) in enumerate(others)),
    ]
    ballots = tuple(
        Ballot(
            participant=name,
            side=side,
            criteria=tuple(f"c{j}" for j in range(n)),
            answers=tuple(float(x) for x in points),
        )
        for side, name, points in people
    )
    given = {
        "perspective": "resident",
        "share": 0.5,
        "seed": 0,
        "draws": 200,
        "tie_margin": 0.0,
        "value_orders": (),
    }
    return Scenario(
        id="made",
        title=Label(nl="made", en="made"),
        note=None,
        ballots_note=None,
        neighbourhood="",
        problem=DecisionProblem.of(framework, alternatives, cells, (Source(id="s", title="made"),)),
        ballots=ballots,
        variants=(),
        variant=None,
        input_sha256="",
        typed=cells,
        effects=None,
        calculations={},
        **{**given, **settings},
    )
