"""Our figures beside published ones, for a scenario or for the heat tables alone."""

from __future__ import annotations

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario import Scenario
from waardeweging.effects.agreement import Agreement, agreement, published_figures
from waardeweging.effects.techniques import read_techniques
from waardeweging.problem.errors import Faults

_FILE = "published.csv"


def agreement_of(scenario: Scenario | None = None) -> tuple[Agreement, ...]:
    """Put figures of a scenario beside published ones.

    Parameters
    ----------
    scenario : Scenario, optional
        Without one: the techniques of the heat tables that come with the program.

    Returns
    -------
    tuple of Agreement
        Empty for a scenario that calculates nothing.
    """
    heat = bundled_scenarios() / "heat"
    rows = published_figures(heat / _FILE)
    if scenario is None:
        faults = Faults()
        techniques = read_techniques(heat / "techniques.csv", faults)
        faults.raise_all("techniques.csv")
        return agreement(rows, techniques)
    if scenario.effects is None:
        return ()
    problem = scenario.problem
    columns = [one.id for one in problem.framework.criteria]
    likely = {
        (option.id, name): cell.mid
        for option, cells in zip(problem.alternatives, problem.cells, strict=True)
        for name, cell in zip(columns, cells, strict=True)
    }
    return agreement(rows, scenario.effects.techniques, problem.alternatives, likely)
