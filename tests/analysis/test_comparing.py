"""Comparisons of criteria in a scenario, mixed with ballots, up to the outcome and its file."""

import numpy as np
import pytest

from waardeweging.analysis import comparing
from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.comparing import spread_out
from waardeweging.analysis.scenario import read_scenario
from waardeweging.elicitation.mirror import equivalent_amount
from waardeweging.elicitation.trade_offs import judge, trade_off_questions, trade_off_statement
from waardeweging.presentation.outcome_json import outcome_json
from waardeweging.problem.errors import faults_in

HEAD = "participant;side;department;round;first;second;answer\n"
BEST_WORST = """e1;residents;;1;kosten;zeggenschap;2
e1;residents;;1;kosten;leefbaarheid;4
e1;residents;;1;kosten;co2;8
e1;residents;;1;zeggenschap;co2;4
e1;residents;;1;leefbaarheid;co2;2
"""
PAIRWISE = """h{n};municipality;;1;kosten;zeggenschap;3
h{n};municipality;;1;zeggenschap;leefbaarheid;3
h{n};municipality;;1;kosten;leefbaarheid;1/2
h{n};municipality;;1;kosten;co2;5
"""
ORDERS = """o1;residents;;1;zeggenschap;kosten;
o1;residents;;1;zeggenschap;leefbaarheid;more
o2;residents;;1;;;
"""


def add(folder, name, rows):
    (folder / f"{name}.csv").write_text(HEAD + rows, encoding="utf-8")


def faults_of(folder):
    with pytest.raises(ExceptionGroup) as caught:
        read_scenario(folder)
    return [(fault.code, fault.where.file, fault.where.row) for fault in faults_in(caught.value)]


@pytest.fixture
def mixed(folder):
    add(folder, "best_worst", BEST_WORST)
    add(folder, "pairwise", PAIRWISE.format(n=1))
    add(folder, "orders", ORDERS)
    return folder


def test_comparisons_count_as_ballots_among_the_others(mixed):
    outcome = analyse(read_scenario(mixed).with_draws(400))
    weighing = outcome.weighing
    people = dict(zip(weighing.participants, weighing.weights, strict=True))

    assert set(people) == {"b1", "b2", "b3", "b4", "g1", "g2", "e1", "h1", "o1"}
    assert weighing.abstained == ("o2",)
    np.testing.assert_allclose(people["e1"], np.array([8, 4, 2, 1]) / 15, atol=1e-9)
    # One criterion above two of the other three: the exact mean of all such weights.
    np.testing.assert_allclose(people["o1"], np.array([7, 22, 7, 12]) / 48, rtol=1e-12)
    assert weighing.residents == pytest.approx(
        np.mean([people[name] for name in ("b1", "b2", "b3", "b4", "e1", "o1")], axis=0)
    )


def test_consistency_is_told_per_method_and_person(mixed):
    outcome = analyse(read_scenario(mixed).with_draws(200))
    best_worst, pairwise, orders = outcome.consistency

    assert [one.method for one in outcome.consistency] == ["best_worst", "pairwise", "orders"]
    assert best_worst.ratios == (0.0,)
    assert (best_worst.consistent, pairwise.consistent, orders.consistent) == (1, 0, 1)
    assert pairwise.ratios[0] > 0.5
    assert [answer.row for answer in pairwise.judgements[0].clash] == [2, 3, 4]
    assert orders.ratios == ()


def test_the_file_names_nobody_and_no_figures_of_few(mixed):
    found = outcome_json(analyse(read_scenario(mixed).with_draws(200)), "en")["consistency"]

    assert found["limit"] == 0.10
    assert found["methods"]["pairwise"] == {"people": 1, "consistent": None, "ratios": None}
    assert found["room"]["draws"] == 200
    assert sum(found["room"]["winner_share"]) == pytest.approx(1)
    assert len(found["room"]["errors"]) == 3


def test_from_five_people_the_ratios_are_shown_in_rising_order(folder):
    rows = "".join(PAIRWISE.format(n=n) for n in range(4))
    rows += "h9;municipality;;1;kosten;zeggenschap;2\nh9;municipality;;1;kosten;leefbaarheid;2\n"
    add(folder, "pairwise", rows + "h9;municipality;;1;kosten;co2;2\n")
    found = outcome_json(analyse(read_scenario(folder).with_draws(200)), "nl")["consistency"]
    mine = found["methods"]["pairwise"]

    assert (mine["people"], mine["consistent"]) == (5, 1)
    assert mine["ratios"] == sorted(mine["ratios"])
    assert mine["ratios"][0] == pytest.approx(0, abs=1e-9)
    assert found["room"] is None


def test_without_comparisons_there_is_nothing_to_tell(folder):
    outcome = analyse(read_scenario(folder).with_draws(200))

    assert (outcome.consistency, outcome.room) == ((), None)
    assert outcome_json(outcome, "nl")["consistency"] is None


def test_comparisons_alone_need_no_ballots(folder):
    (folder / "ballots.csv").unlink()
    add(folder, "best_worst", BEST_WORST)
    missing = faults_of(folder)
    add(folder, "pairwise", PAIRWISE.format(n=1))
    scenario = read_scenario(folder)

    assert missing == [("ballot.side_without_ballots", "ballots.csv", None)]
    assert [ballot.participant for ballot in scenario.ballots] == ["e1", "h1"]


def test_faults_of_every_file_are_named_together(mixed):
    add(mixed, "best_worst", BEST_WORST + "e1;residents;;1;co2;huis;2\n")
    add(mixed, "pairwise", PAIRWISE.format(n=1) + "h1;municipality;;1;zeggenschap;kosten;3\n")
    add(mixed, "orders", ORDERS + "o1;residents;;1;kosten;zeggenschap;more\n")

    assert faults_of(mixed) == [
        ("comparison.unknown", "best_worst.csv", 7),
        ("comparison.clash", "pairwise.csv", 6),
        ("comparison.order_clash", "orders.csv", 5),
    ]


def test_a_participant_of_two_files_in_one_round_is_a_fault(folder):
    add(folder, "best_worst", BEST_WORST.replace("e1", "b1"))

    assert faults_of(folder) == [("ballot.duplicate", "ballots.csv", 2)]


def test_the_latest_round_counts_whatever_the_method(folder):
    add(folder, "best_worst", BEST_WORST.replace("e1", "b1").replace(";;1;", ";;2;"))
    outcome = analyse(read_scenario(folder).with_draws(200))
    add(folder, "best_worst", BEST_WORST.replace("e1", "g9").replace("residents", "municipality"))
    (folder / "ballots.csv").write_text(
        (folder / "ballots.csv").read_text() + "g9;municipality;;2;points;1;1;1;1\n"
    )
    later = analyse(read_scenario(folder).with_draws(200))

    place = outcome.weighing.participants.index("b1")
    np.testing.assert_allclose(outcome.weighing.weights[place], np.array([8, 4, 2, 1]) / 15)
    assert outcome.weighing.participants.count("b1") == 1
    assert later.consistency == ()


def test_the_fingerprint_follows_comparisons(folder):
    before = read_scenario(folder).input_sha256
    add(folder, "best_worst", BEST_WORST)

    assert read_scenario(folder).input_sha256 != before


def test_room_goes_along_into_robustness(folder):
    # Two people with nothing but an order on each side: the outcome is free within it.
    head = (folder / "ballots.csv").read_text().splitlines()[0]
    (folder / "ballots.csv").write_text(head + "\n")
    rows = "r1;residents;;1;kosten;co2;\nm1;municipality;;1;co2;zeggenschap;\n"
    (folder / "ballots.csv").unlink()
    add(folder, "orders", rows)
    outcome = analyse(read_scenario(folder).with_draws(2000))
    room = outcome.room

    assert room is not None
    # One person per side: resampling changes nothing, so all that moves is the room.
    np.testing.assert_allclose(outcome.firm.people.winner_share, room.winner_share, atol=1e-12)
    assert 0.05 < room.winner_share[outcome.result.winner] < 0.99
    np.testing.assert_allclose(outcome.firm.acceptability.sum(axis=0), 1)
    assert 0 < outcome.firm.acceptability[outcome.result.winner, 0] < 1


def test_many_people_with_room_get_fewer_draws_each(mixed, monkeypatch):
    monkeypatch.setattr(comparing, "_CELLS", 4)
    outcome = analyse(read_scenario(mixed).with_draws(200))

    assert outcome.room.draws == 50
    assert outcome.firm.people.draws == 200


def test_spread_out_keeps_mass_and_mean():
    weights = np.array([[1.0, 0.0], [0.5, 0.5]])
    room = np.array([[0.4, 0.6], [0.6, 0.4]])
    voices, mass = spread_out(weights, np.array([0.25, 0.75]), {1: room})

    np.testing.assert_allclose(mass, [0.25, 0.375, 0.375])
    np.testing.assert_allclose(mass @ voices, 0.25 * weights[0] + 0.75 * weights[1])


def test_trade_off_questions_hold_for_every_imported_ballot(mixed):
    outcome = analyse(read_scenario(mixed).with_draws(200))
    ranges = [abs(criterion.best - criterion.worst) for criterion in outcome.criteria]
    asked = 0
    for weights in outcome.weighing.weights:
        for question in trade_off_questions(weights, ranges):
            worth = equivalent_amount(
                weights, ranges, given=question.light, asked=question.heavy, amount=question.amount
            )
            kept = trade_off_statement("t", len(weights), judge(question, question.equivalent))
            away = trade_off_statement("t", len(weights), judge(question, 3 * question.equivalent))
            asked += 1

            assert question.equivalent == pytest.approx(worth)
            assert kept.slack(weights) > 0
            assert away.slack(weights) < 0
    assert asked == 3 * len(outcome.weighing.weights)


def test_a_third_party_makes_a_triangle(folder):
    before = analyse(read_scenario(folder).with_draws(200))
    path = folder / "ballots.csv"
    rows = "".join(f"n{k};netbeheer;;1;points;80;5;5;10\n" for k in range(5))
    path.write_text(path.read_text() + rows + "x1;huurders;;1;points;1;1;1;1\n")
    outcome = analyse(read_scenario(folder).with_draws(200))
    found = outcome.triangle

    assert before.triangle is None
    assert outcome_json(before, "nl")["triangle"] is None
    assert found.parties == ("residents", "municipality", "netbeheer")
    np.testing.assert_allclose(
        found.scores[:2], [outcome.result.residents, outcome.result.municipality]
    )
    np.testing.assert_allclose(
        found.scores[2], outcome.result.values @ np.array([0.8, 0.05, 0.05, 0.1])
    )
    assert np.sum([region.part for region in found.regions]) == pytest.approx(1)
    assert found.shares.tolist() == [0.5, 0.5, 0]


def test_the_triangle_of_few_people_is_not_told(folder):
    path = folder / "ballots.csv"
    path.write_text(path.read_text() + "n1;netbeheer;;1;points;80;5;5;10\n")
    few = analyse(read_scenario(folder).with_draws(200))
    rows = [
        f"{side[0]}{k}0;{side};;1;points;10;20;30;40"
        for side in ("residents", "municipality", "netbeheer")
        for k in range(5)
    ]
    path.write_text(path.read_text() + "\n".join(rows) + "\n")
    enough = analyse(read_scenario(folder).with_draws(200))

    assert few.triangle is not None
    assert outcome_json(few, "nl")["triangle"] is None
    told = outcome_json(enough, "nl")["triangle"]
    assert told["parties"] == ["residents", "municipality", "netbeheer"]
    assert sum(region["part"] for region in told["regions"]) == pytest.approx(1)
    assert {len(corner) for region in told["regions"] for corner in region["corners"]} == {3}
