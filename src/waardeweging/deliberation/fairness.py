"""When an outcome may be called fair whichever reasonable rule is used.

The claim needs the grades that people give the alternatives themselves: without
them it may not be made, however well the rules agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from waardeweging.deliberation.majority import UNACCEPTABLE, majority_grades
from waardeweging.deliberation.panel import MethodPanel
from waardeweging.problem.arrays import BoolArray, FloatArray, IntArray
from waardeweging.scoring.additive import best


class Obstacle(StrEnum):
    """Why an outcome may not be called robustly fair."""

    EQUAL_SIDES = "equal_sides"
    HEADCOUNT = "headcount"
    MAXIMIN = "maximin"
    MINIMAX_REGRET = "minimax_regret"
    GEOMETRIC = "geometric"
    NO_GRADES = "no_grades"
    UNACCEPTABLE = "unacceptable"


@dataclass(frozen=True, slots=True)
class RobustFairness:
    """Whether the winner is robustly fair, and what stands in the way.

    Parameters
    ----------
    holds : bool
    obstacles : tuple of Obstacle
        Rules that name another winner, grades that are missing or too low; empty when it
        holds.
    """

    holds: bool
    obstacles: tuple[Obstacle, ...]


def robust_fairness(
    winner: int,
    side_scores: FloatArray,
    headcount_share: float,
    panel: MethodPanel,
    eligible: BoolArray,
    grades: tuple[IntArray, IntArray] | None = None,
) -> RobustFairness:
    """Test a winner against every rule that the claim of fairness leans on.

    Parameters
    ----------
    winner : int
        Winner under the joint weights.
    side_scores : array, shape (2, n_alternatives)
        Scores under the mean weights of residents and of the municipality.
    headcount_share : float
        Residents as a share of all people. [0–1]
    panel : MethodPanel
    eligible : array of bool, shape (n_alternatives,)
    grades : pair of arrays of int, each of shape (n_people_of_side, n_alternatives), optional
        Grades by the people of either side, 0 = unacceptable, −1 = no answer; None when
        nobody graded.

    Returns
    -------
    RobustFairness
    """
    named = {
        Obstacle.EQUAL_SIDES: _winner_at(0.5, side_scores, eligible),
        Obstacle.HEADCOUNT: _winner_at(headcount_share, side_scores, eligible),
        Obstacle.MAXIMIN: panel.rules["maximin"].winner,
        Obstacle.MINIMAX_REGRET: panel.rules["minimax_regret"].winner,
        Obstacle.GEOMETRIC: panel.rules["geometric"].winner,
    }
    obstacles = [rule for rule, choice in named.items() if choice != winner]
    given = [majority_grades(side)[winner] for side in grades] if grades else [None]
    if None in given:
        obstacles.append(Obstacle.NO_GRADES)
    if UNACCEPTABLE in given:
        obstacles.append(Obstacle.UNACCEPTABLE)
    return RobustFairness(not obstacles, tuple(obstacles))


def _winner_at(share: float, side_scores: FloatArray, eligible: BoolArray) -> int:
    return int(best(share * side_scores[0] + (1 - share) * side_scores[1], eligible))
