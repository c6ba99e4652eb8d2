"""Grades beside the model: who may be shown, and when an outcome is robustly fair."""

from dataclasses import replace

from tests.analysis.conftest import SCENARIOS, scenario_of

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.grading import graded
from waardeweging.analysis.participation import Participation
from waardeweging.analysis.scenario import read_scenario
from waardeweging.deliberation.fairness import Obstacle
from waardeweging.elicitation.grades import GradeSheet

VALUES = [[0.9, 0.8], [0.2, 0.3]]


def scenario(residents, municipality, *, more=(), persons=6):
    """Two options of which everyone's weights put the first first, with these grades."""
    sheets = [
        GradeSheet(participant=f"{name}{k}", side=side, grades=grades)
        for name, side, given in (
            ("b", "residents", residents),
            ("g", "municipality", municipality),
        )
        for k, grades in enumerate(given)
    ]
    made = scenario_of(VALUES, [[1, 1]] * persons, [[1, 1]] * persons, draws=50)
    return replace(made, participation=Participation(grades=(*sheets, *more)))


def kinds(outcome):
    return {finding.kind for finding in outcome.findings}


def test_majority_grades_per_side_and_the_lower_of_both():
    outcome = analyse(scenario([(4, 1)] * 3 + [(2, 1)] * 3, [(3, 0)] * 5))

    assert outcome.graded.majority_residents == (2, 1)
    assert outcome.graded.majority_municipality == (3, 0)
    assert outcome.graded.lowest == (2, 0)
    assert outcome.graded.people == (6, 5)
    assert outcome.agreement.panel.rules["grades"].detail == (2.0, 0.0)
    (said,) = [finding for finding in outcome.findings if finding.kind == "grades"]
    assert said.words == {"residents": "grade_2", "municipality": "grade_3"}


def test_robustly_fair_only_with_grades_of_both_sides():
    fair = analyse(scenario([(3, 1)] * 5, [(2, 1)] * 5))
    one_side = analyse(scenario([(3, 1)] * 5, []))
    nobody = analyse(scenario([], []))

    assert fair.agreement.fairness.holds
    assert "fair" in kinds(fair)
    for outcome in (one_side, nobody):
        assert outcome.agreement.fairness.obstacles == (Obstacle.NO_GRADES,)
        assert "not_yet_fair" in kinds(outcome)
    assert one_side.graded.majority_municipality == (None, None)
    assert nobody.graded is None


def test_an_unacceptable_winner_may_not_be_called_fair():
    outcome = analyse(scenario([(3, 1)] * 5, [(0, 1)] * 5))

    assert outcome.agreement.fairness.obstacles == (Obstacle.UNACCEPTABLE,)
    assert "not_acceptable" in kinds(outcome)
    one = analyse(scenario([], [(0, 1)] * 5))
    assert "not_acceptable" in kinds(one)


def test_the_grades_of_one_to_four_persons_are_never_told():
    found = graded(scenario([(3, 1)] * 4, [(3, None)] * 2 + [(2, 1)] * 4))

    assert found.people == (4, 6)
    assert found.majority_residents == (None, None)
    # Four of the six graded the second option.
    assert found.majority_municipality == (2, None)


def test_an_institution_grades_under_its_own_name():
    made = scenario([(3, 1)] * 5, [(2, 1)], persons=1)
    ballots = tuple(
        ballot.model_copy(update={"kind": "institution"}) if ballot.side != "residents" else ballot
        for ballot in made.ballots
    )

    assert graded(replace(made, ballots=ballots)).majority_municipality == (2, 1)
    assert graded(made).majority_municipality == (None, None)


def test_the_latest_grades_count_and_third_parties_do_not():
    again = [
        GradeSheet(participant=f"b{k}", side="residents", round=2, grades=(0, 4)) for k in range(5)
    ]
    third = [GradeSheet(participant="n", side="netbeheerder", grades=(4, 4))]
    found = graded(scenario([(3, 1)] * 5, [(2, 1)] * 5, more=(*again, *third)))

    assert found.majority_residents == (0, 4)
    assert found.people == (5, 5)


def test_berkum_has_grades_of_everyone():
    outcome = analyse(read_scenario(SCENARIOS / "berkum").with_draws(50))

    assert outcome.graded.people == (24, 6)
    assert None not in outcome.graded.lowest
    assert outcome.agreement.fairness.holds == ("fair" in kinds(outcome))
