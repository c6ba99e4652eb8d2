"""Counts over a scenario that pages tell: ballots, grounds, sources."""

from __future__ import annotations

from collections import Counter

from waardeweging.analysis.scenario import Scenario
from waardeweging.elicitation.ballots import SIDES, latest
from waardeweging.problem.alternatives import GROUNDS, Cell


def count_ballots(scenario: Scenario) -> dict[str, int]:
    """Count the people per side, whoever abstained included."""
    people = Counter(ballot.side for ballot in latest(scenario.ballots))
    return {side: people[side] for side in SIDES}


def all_cells(scenario: Scenario) -> tuple[Cell, ...]:
    """Give every cell, option by option."""
    return tuple(cell for row in scenario.problem.cells for cell in row)


def count_grounds(scenario: Scenario) -> dict[str, int]:
    """Count the cells per grounds."""
    counted: Counter[str] = Counter(cell.grounds for cell in all_cells(scenario))
    return {grounds: counted[grounds] for grounds in GROUNDS}


def share_of_grounds(scenario: Scenario) -> dict[str, float]:
    """Give the share of the cells per grounds; together 1."""
    counted = count_grounds(scenario)
    return {grounds: count / sum(counted.values()) for grounds, count in counted.items()}


def sources_of_calculations(scenario: Scenario) -> frozenset[str]:
    """Name the sources of the numbers with which cells are calculated."""
    cells = (scenario.calculation(cell.alternative, cell.criterion) for cell in all_cells(scenario))
    return frozenset(given.source for cell in cells if cell is not None for given in cell.inputs)


def count_uses(scenario: Scenario) -> dict[str, int]:
    """Count the cells per source, unused sources included."""
    counted = Counter(cell.source for cell in all_cells(scenario))
    return {source.id: counted[source.id] for source in scenario.problem.sources}
