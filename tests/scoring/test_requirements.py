"""Requirements exclude visibly."""

import pytest
from tests.analysis.conftest import scenario_of

from waardeweging.problem.criteria import Requirement
from waardeweging.scoring.requirements import at_risk, eligible, exclusions


def problem(sense, limit=0.5):
    rule = {"criterion": "c1", "limit": limit, "sense": sense}
    values = [[0.5, 0.4], [0.5, 0.5], [0.5, 0.6]]
    return scenario_of(values, [[1, 1]], [[1, 1]], requirements=[rule], bands=0.1).problem


@pytest.mark.parametrize(
    ("sense", "kept"), [("at_most", [True, True, False]), ("at_least", [False, True, True])]
)
def test_the_limit_itself_is_kept(sense, kept):
    assert eligible(problem(sense)).tolist() == kept


def test_an_exclusion_says_which_requirement_and_what_was_found():
    (found,) = exclusions(problem("at_most"))

    assert (found.alternative, found.requirement.criterion, found.performance) == (2, "c1", 0.6)


@pytest.mark.parametrize(("sense", "row", "edge"), [("at_most", 1, 0.6), ("at_least", 1, 0.4)])
def test_a_band_over_the_limit_is_a_risk_not_an_exclusion(sense, row, edge):
    found = at_risk(problem(sense))

    assert [one.alternative for one in found] == [row]
    assert found[0].performance == pytest.approx(edge)


def test_without_requirements_everything_is_eligible():
    assert eligible(scenario_of([[0.1]], [[1]], [[1]]).problem).all()


def test_a_requirement_compares_in_its_own_sense():
    rule = Requirement(criterion="x", limit=40.0, sense="at_most")
    assert rule.holds(40)
    assert not rule.holds(40.1)
