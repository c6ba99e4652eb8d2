"""What is no fault and still worth a second look, before people weigh."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from waardeweging.analysis.scenario import Scenario
from waardeweging.problem.errors import InputError, Place

MOST_CRITERIA = 12
MOST_OPTIONS = 7
LEAST_SPREAD = 0.1
"""Part of the range that the best and worst option should differ at least."""


def notices_of(scenario: Scenario) -> tuple[InputError, ...]:
    """Name what is allowed and hardly what anybody means.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    tuple of InputError
        With place and remedy; nothing is refused because of them.
    """
    return (*_spreads(scenario), *_beside_calculation(scenario), *_too_much(scenario))


def _spreads(scenario: Scenario) -> Iterator[InputError]:
    """Name criteria that tell the options apart hardly or not at all."""
    problem = scenario.problem
    options = [row for row, option in enumerate(problem.alternatives) if not option.reference]
    if len(options) < 2:
        return
    columns = problem.framework.weighed(scenario.perspective)
    low, mid, high = (
        problem.values(each, scenario.perspective)[options]
        for each in (problem.low, problem.mid, problem.high)
    )
    for place, column in enumerate(columns):
        criterion = problem.framework.criteria[column]
        ends = np.concatenate([x[:, place] for x in (low, mid, high)])
        spread = float(np.ptp(mid[:, place]))
        where = Place("framework", None, criterion.id)
        name = criterion.label["nl"]
        if np.ptp(ends) == 0:
            yield InputError(
                "notice.flat",
                where=where,
                remedy="'{criterion}' cannot tell these options apart. Choose another range, or "
                "leave it out.",
                criterion=name,
            )
        elif spread < LEAST_SPREAD:
            yield InputError(
                "notice.wide",
                where=where,
                found=f"{spread:.0%}",
                remedy="The options differ by so little of the range of '{criterion}'. Choose ends "
                "nearer to what is possible here.",
                criterion=name,
            )


def _beside_calculation(scenario: Scenario) -> Iterator[InputError]:
    """Name typed cells that no choice of inputs would give."""
    for (option, criterion), cell in scenario.typed.items():
        found = scenario.calculations.get((option, criterion))
        if found is not None and not found.low <= cell.mid <= found.high:
            yield InputError(
                "notice.beside_calculation",
                where=Place("performances", None, f"{option} × {criterion}"),
                found=f"{cell.mid:g}",
                remedy="The formula gives {low} to {high} {unit}; check the typed number.",
                low=f"{found.low:.0f}",
                high=f"{found.high:.0f}",
                unit=cell.unit,
            )


def _too_much(scenario: Scenario) -> Iterator[InputError]:
    """Name a table that is more than an evening can carry."""
    options = sum(not one.reference for one in scenario.problem.alternatives)
    criteria = len(scenario.problem.framework.weighed(scenario.perspective))
    if criteria > MOST_CRITERIA:
        yield InputError(
            "notice.many_criteria",
            where=Place("scenario.toml", None, "criteria"),
            found=criteria,
            remedy="For a workshop choose at most {most}.",
            most=MOST_CRITERIA,
        )
    if options > MOST_OPTIONS:
        yield InputError(
            "notice.many_options",
            where=Place("scenario.toml", None, "alternatives"),
            found=options,
            remedy="For a workshop choose at most {most}.",
            most=MOST_OPTIONS,
        )
