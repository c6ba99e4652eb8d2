"""Who takes part: options that keep every requirement, and never the reference.

An option that fails a requirement stays visible as excluded, with the reason. The
reference is scored like any option, but nobody can choose it, so no requirement holds
for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.problem.alternatives import DecisionProblem
from waardeweging.problem.arrays import BoolArray
from waardeweging.problem.criteria import Requirement


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An option that does not keep a requirement.

    Parameters
    ----------
    alternative : int
        Position of the option.
    requirement : Requirement
    performance : float
        What it does, in the unit of the criterion.
    """

    alternative: int
    requirement: Requirement
    performance: float


def exclusions(problem: DecisionProblem) -> tuple[Exclusion, ...]:
    """List the options whose mid performance fails a requirement."""
    return tuple(
        Exclusion(row, requirement, float(performance))
        for requirement in problem.framework.requirements
        for row, performance in enumerate(problem.mid[:, _column(problem, requirement)])
        if row != problem.reference and not requirement.holds(performance)
    )


def at_risk(problem: DecisionProblem) -> tuple[Exclusion, ...]:
    """List the options that keep a requirement at mid, but not over their whole band."""
    found = []
    for requirement in problem.framework.requirements:
        column = _column(problem, requirement)
        worst = problem.high if requirement.sense == "at_most" else problem.low
        for row, performance in enumerate(worst[:, column]):
            if row == problem.reference:
                continue
            if requirement.holds(problem.mid[row, column]) and not requirement.holds(performance):
                found.append(Exclusion(row, requirement, float(performance)))
    return tuple(found)


def eligible(problem: DecisionProblem) -> BoolArray:
    """Mark the options that can be chosen, shape (n_alternatives,)."""
    failed = {exclusion.alternative for exclusion in exclusions(problem)} | {problem.reference}
    return np.array([row not in failed for row in range(len(problem.alternatives))])


def _column(problem: DecisionProblem, requirement: Requirement) -> int:
    ids = [criterion.id for criterion in problem.framework.criteria]
    return ids.index(requirement.criterion)
