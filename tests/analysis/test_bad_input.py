"""What may go wrong in an input, from the files to the last sentence: never a NaN, never a warning.

Warnings are errors in every test, those of numpy too.
"""

import json
from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.conftest import scenario_of

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import read_scenario
from waardeweging.deliberation.panel import KEMENY_TOO_MANY
from waardeweging.presentation.analyst_tables import rules_table
from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.outcome_json import dump
from waardeweging.presentation.sentences import fault_lines, outcome_sentences
from waardeweging.problem.errors import InputError, faults_in

HEAD = "participant;side;department;round;method;kosten;zeggenschap;leefbaarheid;co2\n"


def said(scenario):
    """Give the outcome after saying everything about it, and the sentences by kind."""
    outcome = analyse(scenario)
    found = json.loads(dump(outcome, "nl"))
    assert "NaN" not in json.dumps(found)
    sentences = {}
    for language in LANGUAGES:
        for finding, sentence in outcome_sentences(outcome, language):
            assert "nan" not in sentence.split(), sentence
            sentences[finding.kind] = sentence
    return outcome, sentences


def fault(folder, code):
    """Give the Dutch sentence of the only fault of a folder."""
    with pytest.raises(ExceptionGroup) as caught:
        read_scenario(folder)
    assert [one.code for one in faults_in(caught.value)] == [code]
    (line,) = fault_lines(caught.value, "nl")
    return line


def test_a_side_without_ballots_is_a_sentence(folder):
    (folder / "ballots.csv").write_text(f"{HEAD}b1;residents;;1;points;1;2;3;4\n")

    assert "municipality" in fault(folder, "ballot.side_without_ballots")


def test_a_side_of_abstainers_is_a_sentence(folder):
    (folder / "ballots.csv").write_text(
        f"{HEAD}b1;residents;;1;points;1;2;3;4\ng1;municipality;;1;points;;;;\n"
    )

    assert "municipality" in fault(folder, "ballot.side_without_ballots")


def test_a_ballot_of_zeros_is_a_sentence(folder):
    (folder / "ballots.csv").write_text(
        f"{HEAD}b1;residents;;1;points;1;2;3;4\ng1;municipality;;1;points;0;0;0;0\n"
    )
    with pytest.raises(ExceptionGroup) as caught:
        read_scenario(folder)

    assert faults_in(caught.value)[0].code == "ballot.all_zero"


@pytest.mark.parametrize("number", ["nan", "NaN", "inf", "-inf", "1e999"])
@pytest.mark.parametrize("file", ["ballots", "performances"])
def test_what_is_no_finite_number_is_a_sentence_in_every_table(folder, file, number):
    path = folder / f"{file}.csv"
    before = {"ballots": "points;20;", "performances": ";0.80;0.80;"}[file]
    after = before.replace("20", number).replace("0.80", number, 1)
    path.write_text(path.read_text().replace(before, after, 1))
    with pytest.raises(ExceptionGroup) as caught:
        read_scenario(folder)

    codes = {one.code for one in faults_in(caught.value)}
    assert codes & {"number.not_a_number", "number.not_finite"}


def test_a_flat_range_is_a_sentence(folder):
    path = folder / "framework.toml"
    path.write_text(path.read_text().replace("best = 1", "best = 0", 1))

    assert "kosten" in fault(folder, "criterion.flat_range")


def test_one_ballot_a_side_has_an_outcome(folder):
    (folder / "ballots.csv").write_text(
        f"{HEAD}b1;residents;;1;points;1;2;3;4\ng1;municipality;;1;points;4;3;2;1\n"
    )
    outcome, _ = said(read_scenario(folder).with_draws(50))

    np.testing.assert_allclose(outcome.weighing.joint, 0.25)


def test_one_ballot_in_all_is_a_sentence(folder):
    (folder / "ballots.csv").write_text(f"{HEAD}b1;residents;;1;points;1;2;3;4\n")

    assert fault(folder, "ballot.side_without_ballots")


def test_ballots_that_are_all_equal_have_an_outcome():
    outcome, sentences = said(scenario_of([[1, 0], [0, 1]], [[3, 1]] * 3, [[3, 1]] * 2))

    assert outcome.agreement.spread.eta_squared == 0
    assert outcome.agreement.p_value == 1
    assert "no_dispute" in sentences


def test_equal_weights_of_everyone_leave_no_ranking_to_agree_on():
    outcome, _ = said(scenario_of([[1, 0], [0, 0.5]], [[1, 1]] * 3, [[1, 1]] * 2))

    assert outcome.agreement.concordance is None


@pytest.mark.parametrize("people", [[[1, 0, 0]], [[0, 1, 0], [0, 0, 1]]])
def test_zeros_in_log_ratio_methods_have_an_outcome(people):
    outcome, _ = said(scenario_of([[1, 0, 0.5], [0, 1, 0.5]], people, [[1, 0, 0]]))

    geometric = outcome.agreement.panel.rules["geometric"]
    assert np.isfinite([number for number in geometric.detail if number is not None]).all()


@pytest.mark.parametrize("values", [[[0.3], [0.7]], [[0.5], [0.5]]])
def test_one_criterion_has_an_outcome(values):
    outcome, _ = said(scenario_of(values, [[1]] * 2, [[5]]))

    assert outcome.weighing.joint.tolist() == [1]
    assert outcome.agreement.spread.eta_squared == 0


def test_one_option_has_an_outcome():
    outcome, sentences = said(scenario_of([[0.3, 0.7]], [[1, 1]], [[1, 0]]))

    assert "only_option" in sentences
    assert outcome.firm.flip is None
    assert outcome.agreement.panel.agrees


def test_options_that_are_all_equal_are_a_tie():
    outcome, sentences = said(scenario_of([[0.5, 0.5]] * 4, [[1, 1]], [[1, 0]]))

    assert outcome.result.ties == (1, 2, 3)
    assert "tie" in sentences
    assert "flip_level" in sentences


def test_no_option_at_all_is_a_sentence(folder):
    path = folder / "alternatives.csv"
    path.write_text(path.read_text().split("\n", 1)[0] + "\n")
    with pytest.raises(ExceptionGroup) as caught:
        read_scenario(folder)

    assert "alternatives.none" in {one.code for one in faults_in(caught.value)}


def test_more_than_eight_options_fall_back_on_borda_and_say_why():
    rng = np.random.default_rng(4)
    outcome, _ = said(scenario_of(rng.random((9, 3)).round(2), [[1, 2, 3]] * 2, [[3, 2, 1]]))

    kemeny, borda = (outcome.agreement.panel.rules[name] for name in ("kemeny", "borda"))
    assert kemeny.reason == KEMENY_TOO_MANY
    assert kemeny.winner == borda.winner
    assert kemeny.detail == borda.detail
    for language in LANGUAGES:
        table = rules_table(outcome, language)
        assert table.iloc[:, 0].str.contains("8").any()


def test_weights_on_the_other_perspective_only_are_a_sentence():
    scenario = scenario_of([[1, 0], [0, 1]], [[1, 1]], [[1, 1]])
    framework = scenario.problem.framework
    national = framework.criteria[0].model_copy(update={"perspective": "national"})
    changed = framework.model_copy(update={"criteria": (national, framework.criteria[1])})
    ballots = tuple(
        one.model_copy(update={"answers": (1.0, 0.0)}) if one.side == "municipality" else one
        for one in scenario.ballots
    )
    problem = replace(scenario.problem, framework=changed)

    with pytest.raises(InputError) as caught:
        analyse(replace(scenario, problem=problem, ballots=ballots))

    assert caught.value.code == "ballot.side_without_weights"


def test_a_hundred_empty_and_equal_things_at_once_have_an_outcome():
    outcome, _ = said(
        scenario_of([[0, 0, 0]] * 10, [[1, 0, 0]] * 2, [[0, 0, 1]], bands=0.0, tie_margin=0.1)
    )

    assert len(outcome.result.ties) == 9
