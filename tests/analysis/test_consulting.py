import shutil
from dataclasses import replace

import numpy as np
import pytest

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.consultation_session import session_weighed
from waardeweging.analysis.consulting import asked_of, consult, consulted
from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario import read_scenario
from waardeweging.elicitation.consultation_file import read_consultation
from waardeweging.process.project import events as e
from waardeweging.process.project import sessions
from waardeweging.process.project.state import Project, Session

HEAD = "participant;side;kosten;zeggenschap;leefbaarheid;co2;grade:A;grade:B"
CRITERIA = "kosten;zeggenschap;leefbaarheid;co2"


@pytest.fixture(scope="module")
def folder():
    return bundled_scenarios() / "raadpleging"


@pytest.fixture(scope="module")
def scenario(folder):
    return read_scenario(folder).with_draws(50)


@pytest.fixture(scope="module")
def example(folder, scenario):
    given = read_consultation(folder / "consultation.csv", asked_of(scenario))
    return consult(scenario, given)


def read(tmp_path, scenario, rows, head=HEAD):
    path = tmp_path / "consultation.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return read_consultation(path, asked_of(scenario))


def residents(count, points="60;20;10;10", grades="2;1", start=0):
    return [f"w{start + row};;{points};{grades}" for row in range(count)]


def test_side_weights_are_the_mean_of_everyone_who_was_asked(tmp_path, scenario):
    # Six give 60 to costs and four 40: (6 × 60 + 4 × 40) / 10.
    given = read(tmp_path, scenario, [*residents(6), *residents(4, "40;20;20;20", start=6)])
    found = consult(scenario, given)

    mine = found.everyone.sides["residents"]
    np.testing.assert_allclose(mine.weights, [0.52, 0.2, 0.14, 0.14])
    assert (mine.people, mine.graded) == (10, 10)
    assert mine.grades == (2, 1, None)
    assert mine.acceptable == (1.0, 0.0, None)


def test_a_side_that_was_not_asked_keeps_the_weights_of_the_workshop(tmp_path, scenario):
    found = consult(scenario, read(tmp_path, scenario, residents(9)))
    before = analyse(scenario)

    assert found.asked == ("residents",)
    np.testing.assert_allclose(found.outcome.weighing.municipality, before.weighing.municipality)
    np.testing.assert_allclose(
        found.outcome.weighing.joint,
        (np.array([0.6, 0.2, 0.1, 0.1]) + before.weighing.municipality) / 2,
    )


def test_a_side_that_was_asked_replaces_the_one_of_the_workshop(tmp_path, scenario):
    officials = [f"g{row};municipality;10;10;10;70;;" for row in range(5)]
    found = consult(scenario, read(tmp_path, scenario, [*residents(5), *officials]))

    assert found.asked == ("residents", "municipality")
    np.testing.assert_allclose(found.outcome.weighing.municipality, [0.1, 0.1, 0.1, 0.7])
    assert [one.side for one in found.beside] == ["residents", "municipality"]


def test_the_distance_to_the_workshop_is_half_the_sum_of_the_differences(tmp_path, scenario):
    found = consult(scenario, read(tmp_path, scenario, residents(5)))
    (one,) = found.beside
    gaps = np.array([0.6, 0.2, 0.1, 0.1]) - analyse(scenario).weighing.residents

    assert one.points == pytest.approx(50 * np.abs(gaps).sum())
    assert one.widest == int(np.argmax(np.abs(gaps))) == 0


def test_fewer_than_five_people_are_not_shown(tmp_path, scenario):
    found = consult(scenario, read(tmp_path, scenario, residents(4)))
    (one,) = found.beside

    assert not one.consultation.is_shown
    assert (one.points, one.widest, one.consultation.winner) == (None, None, None)
    assert one.consultation.grades == (None, None, None)
    assert session_weighed(found, "s").weights == {}


def test_grades_that_few_people_gave_are_not_told(tmp_path, scenario):
    rows = [*residents(5, grades=";1"), *residents(4, grades="4;1", start=5)]
    (one,) = consult(scenario, read(tmp_path, scenario, rows)).beside

    assert one.consultation.grades == (None, 1, None)
    assert one.consultation.acceptable == (None, 0.0, None)


def test_without_flagged_answers_the_rest_is_counted_again(tmp_path, scenario):
    rows = [*residents(10), *residents(5, "100;0;0;0", start=10)]
    found = consult(scenario, read(tmp_path, scenario, rows))

    assert found.flagged.sum() == 5
    assert found.without is not None
    np.testing.assert_allclose(found.without.sides["residents"].weights, [0.6, 0.2, 0.1, 0.1])
    assert found.without.sides["residents"].people == 10
    assert found.everyone.sides["residents"].people == 15


@pytest.mark.parametrize(
    ("plain", "flagged"),
    # Four gone tell what these answered; four left tell what those answered; nobody gone.
    [(10, 4), (4, 5), (10, 0)],
)
def test_the_difference_never_tells_what_a_few_answered(tmp_path, scenario, plain, flagged):
    rows = [*residents(plain), *residents(flagged, "100;0;0;0", start=plain)]
    found = consult(scenario, read(tmp_path, scenario, rows))

    assert found.without is None


def test_who_is_left_may_have_no_weight_in_this_perspective(tmp_path):
    berkum = read_scenario(bundled_scenarios() / "berkum").with_draws(50)
    national = berkum.with_perspective("national")
    criteria = asked_of(national).criteria
    head = f"participant;{';'.join(criteria)}"

    def rows(start, **points):
        given = ";".join(str(points.get(name, 0)) for name in criteria)
        return [f"w{start + row};{given}" for row in range(6)]

    given = read(tmp_path, national, [*rows(0, K1=100), *rows(10, K2=40, K3=60)], head)
    found = consult(national, given)

    assert found.everyone.sides["residents"].people == 6
    assert found.without is None


def test_somebody_of_the_workshop_with_the_same_name_is_somebody_else(tmp_path, scenario):
    # g01 is an official of the workshop.
    rows = [*residents(5), "g01;residents;60;20;10;10;2;1", "g01.1;residents;60;20;10;10;2;1"]
    found = consult(scenario, read(tmp_path, scenario, rows))
    before = analyse(scenario)

    assert found.everyone.sides["residents"].people == 7
    np.testing.assert_allclose(found.outcome.weighing.municipality, before.weighing.municipality)
    assert len(set(found.outcome.weighing.participants)) == 7 + 8


def test_a_variant_can_be_applied_to_a_consultation(tmp_path, scenario):
    given = read(tmp_path, scenario, residents(5))
    varied = consulted(scenario.with_variant(None), given, given.counted)

    assert varied.with_variant(None) is varied
    based = consulted(_based(scenario), given, given.counted)
    assert based.base is not None
    assert based.base.ballots == based.ballots


def _based(scenario):
    return replace(scenario, base=scenario)


def test_who_abstained_is_a_participant_without_weights(tmp_path, scenario):
    found = consult(scenario, read(tmp_path, scenario, [*residents(5), "w9;;;;;;3;3"]))

    assert found.everyone.sides["residents"].people == 5
    assert found.everyone.sides["residents"].graded == 6
    assert found.outcome.weighing.abstained == ("w9",)


def test_when_only_abstentions_came_in_everyone_keeps_the_weights_of_the_workshop(
    tmp_path, scenario
):
    found = consult(scenario, read(tmp_path, scenario, ["w1;;;;;;;"]))

    assert (found.asked, found.beside) == ((), ())
    assert found.everyone.winner == found.workshop.winner


def test_the_example_has_something_of_everything(example):
    assert len(example.rows) == 309
    assert len(example.given) == 315
    assert [one.count for one in example.raised.bursts] == [9]
    assert example.everyone.winner != example.workshop.winner
    assert example.without is not None
    assert example.outcome.representation.reweighted is not None
    assert example.outcome.representation.raking.design_effect > 1.1


def test_a_project_keeps_whole_points_and_who_took_part(example):
    weighed = session_weighed(example, "thuis")
    added = e.SessionAdded(id="thuis", gathering="consultation", label="Thuis", day="2026-10-05")
    project = Project(id="p", sessions={"thuis": Session(added)})
    (kept,) = sessions.record_weights(project, weighed)

    assert weighed.counted == {"residents": 307}
    assert 98 <= sum(weighed.weights["residents"].values()) <= 102
    assert weighed.first == ["A", "B"]
    assert set(weighed.matches) == {"leeftijd", "woning"}
    assert set(weighed.acceptance["residents"]) == {"A", "B", "C"}
    assert kept.body["weights"] == weighed.weights


def test_a_scenario_without_population_says_nothing_of_who_took_part(tmp_path, folder):
    target = tmp_path / "zonder"
    shutil.copytree(folder, target)
    (target / "population.csv").unlink()
    scenario = read_scenario(target).with_draws(50)
    found = consult(scenario, read(tmp_path, scenario, residents(6)))

    assert session_weighed(found, "s").matches == {}
