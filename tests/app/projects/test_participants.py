import numpy as np
import pytest

from waardeweging.analysis.answered import answered
from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario import read_scenario
from waardeweging.app.projects.participants import given_by, participants, weighing_answer
from waardeweging.elicitation.weighing import personal_weights
from waardeweging.problem.errors import faults_in
from waardeweging.process.answers import check_payload

FOLDER = bundled_scenarios() / "buurtproject"


@pytest.fixture(scope="module")
def scenario():
    return read_scenario(FOLDER / "avond-1")


def test_answers_of_a_phone_weigh_what_the_ballots_weigh(scenario):
    columns = scenario.problem.framework.weighed(scenario.perspective)
    told = answered(scenario, given_by(participants(scenario)))

    _, before = personal_weights(scenario.ballots, columns)
    _, after = personal_weights(told.ballots, columns)

    assert before.shape == after.shape
    assert np.abs(after - before).max() < 0.01


def test_every_answer_is_one_that_was_asked(scenario):
    problem = scenario.problem
    options = [one.id for one in problem.alternatives]

    for person in participants(scenario, FOLDER / "samenwerking" / "avond-1.csv"):
        assert "round-1" in person.answers
        for sheet, answer in person.answers.items():
            check_payload(sheet, answer, problem.framework, options, scenario.perspective)


def test_ranks_become_weights_and_an_abstention_stays_one(scenario):
    framework = scenario.problem.framework
    ballot = scenario.ballots[0]
    ranked = ballot.model_copy(
        update={"method": "ranks", "answers": (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)}
    )
    nothing = ballot.model_copy(update={"answers": ()})

    answer = weighing_answer(ranked, framework, scenario.perspective)

    assert answer["criteria"]["maandlasten"] == 100
    assert answer["values"]["kosten"] == 100
    assert weighing_answer(nothing, framework, scenario.perspective) == {"abstain": True}


def test_every_fault_of_the_table_about_working_together_is_named(scenario, tmp_path):
    path = tmp_path / "samen.csv"
    columns = "participant;side;room;information;voice;seriously;trust;difference"
    path.write_text(f"{columns}\nb001;residents;x;;3;4;y;5\n", encoding="utf-8")

    with pytest.raises(ExceptionGroup) as caught:
        participants(scenario, path)

    assert len(faults_in(caught.value)) == 1
