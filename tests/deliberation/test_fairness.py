import numpy as np
import pytest

from waardeweging.deliberation.fairness import Obstacle, robust_fairness
from waardeweging.deliberation.panel import method_panel
from waardeweging.scoring.additive import additive_scores


@pytest.fixture
def fairness(golden):
    """Ask whether a winner is robustly fair in the golden case."""
    panel = method_panel(
        golden.values,
        golden.all,
        joint=golden.joint,
        side_weights=golden.side_weights,
        weights=golden.people,
        sides=golden.sides,
        mass=golden.mass,
    )
    side_scores = additive_scores(golden.values, golden.side_weights)

    def ask(winner=1, headcount=4 / 6, grades=None):
        return robust_fairness(winner, side_scores, headcount, panel, golden.all, grades)

    return ask


def _grades(*of_winner):
    return np.array([[2, grade, 2] for grade in of_winner])


def test_it_holds_when_all_rules_name_the_winner_and_both_sides_accept_it(fairness):
    found = fairness(grades=(_grades(1, 2, 3), _grades(0, 4, 1)))

    assert found.holds
    assert found.obstacles == ()


def test_without_grades_it_may_not_be_claimed(fairness):
    assert fairness().obstacles == (Obstacle.NO_GRADES,)
    assert not fairness().holds


def test_it_may_not_be_claimed_when_one_side_did_not_grade(fairness):
    found = fairness(grades=(_grades(3, 3), _grades(-1, -1)))

    assert found.obstacles == (Obstacle.NO_GRADES,)


def test_one_side_that_finds_it_unacceptable_stands_in_the_way(fairness):
    found = fairness(grades=(_grades(4, 4, 4), _grades(0, 0, 4)))

    assert found.obstacles == (Obstacle.UNACCEPTABLE,)


def test_every_rule_that_names_another_is_an_obstacle(fairness):
    grades = (_grades(4), _grades(4))

    assert fairness(winner=0, grades=grades).obstacles == (
        Obstacle.EQUAL_SIDES,
        Obstacle.HEADCOUNT,
        Obstacle.MAXIMIN,
        Obstacle.MINIMAX_REGRET,
        Obstacle.GEOMETRIC,
    )
    # Below λ = 0.18 the municipality's choice wins: a head count there contradicts.
    assert fairness(headcount=0.1, grades=grades).obstacles == (Obstacle.HEADCOUNT,)
