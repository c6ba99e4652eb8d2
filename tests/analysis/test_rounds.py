"""Two rounds: the practice evening by plain sums, and what may not be told."""

import csv
from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.conftest import SCENARIOS, scenario_of

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import read_scenario
from waardeweging.deliberation.movement import StopRule

FOLDER = SCENARIOS / "oefenavond"
CRITERIA = ("kosten", "zeggenschap", "leefbaarheid", "co2")


@pytest.fixture(scope="module")
def evening():
    return analyse(read_scenario(FOLDER).with_draws(50))


@pytest.fixture(scope="module")
def rows():
    """Weights by side and participant, of each round."""
    found: dict[tuple[str, str], dict[int, np.ndarray]] = {}
    with (FOLDER / "ballots.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=";"):
            points = np.array([float(row[name]) for name in CRITERIA])
            rounds = found.setdefault((row["side"], row["participant"]), {})
            rounds[int(row["round"])] = points / points.sum()
    return found


def of_side(rows, side, number=None):
    mine = [rounds for (where, _), rounds in rows.items() if where == side]
    if number is None:
        return [rounds for rounds in mine if len(rounds) == 2]
    return np.array([rounds[max(k for k in rounds if k <= number)] for rounds in mine])


def test_after_each_round_the_latest_ballot_of_everyone_counts(evening, rows):
    first, last = evening.rounds.results

    for found, number in ((first, 1), (last, 2)):
        residents = of_side(rows, "residents", number).mean(axis=0)
        # Three departments of two: the mean of the departments is the mean of the people.
        municipality = of_side(rows, "municipality", number).mean(axis=0)
        np.testing.assert_allclose(found.residents, residents)
        np.testing.assert_allclose(found.municipality, municipality)
        np.testing.assert_allclose(found.joint, (residents + municipality) / 2)
        gap = 50 * np.abs(residents - municipality).sum()
        assert found.points_to_move == pytest.approx(gap)
    np.testing.assert_allclose(last.scores, evening.result.joint)
    assert last.winner == evening.result.winner


def test_golden_figures_of_the_practice_evening(evening):
    first, last = evening.rounds.results
    (step,) = evening.rounds.steps

    assert [first.points_to_move, last.points_to_move] == pytest.approx([14.104167, 10.78125])
    assert (step.before, step.after) == (1, 2)
    assert (step.residents.people, step.municipality.people) == (30, 6)
    assert step.stops


def test_movement_is_half_the_sum_of_the_changes_of_who_answered_twice(evening, rows):
    (step,) = evening.rounds.steps

    moved = {}
    for side, found in (("residents", step.residents), ("municipality", step.municipality)):
        twice = of_side(rows, side)
        moved[side] = np.array([50 * np.abs(one[2] - one[1]).sum() for one in twice])
        assert found.people == len(twice)
        assert found.mean_points == pytest.approx(moved[side].mean())
        assert found.still_share == pytest.approx((moved[side] < 10).mean())
    assert step.still_share == pytest.approx((np.concatenate(list(moved.values())) < 10).mean())


def test_contraction_is_the_spread_within_the_sides_after_against_before(evening, rows):
    (step,) = evening.rounds.steps

    def within(number):
        spreads = []
        for side in ("residents", "municipality"):
            logs = np.log([one[number] for one in of_side(rows, side)])
            ratios = logs - logs.mean(axis=1, keepdims=True)
            spreads.append(((ratios - ratios.mean(axis=0)) ** 2).sum(axis=1).mean())
        return np.mean(spreads)

    assert step.contraction == pytest.approx(within(2) / within(1))


def again(scenario, number, change):
    """Add a round in which these people answer again."""
    more = tuple(
        ballot.model_copy(update={"round": number, "answers": change[ballot.participant]})
        for ballot in scenario.ballots
        if ballot.participant in change
    )
    return replace(scenario, ballots=scenario.ballots + more)


def made(residents=6, municipality=6, **settings):
    values = [[0.9, 0.2], [0.2, 0.8]]
    return scenario_of(values, [[3, 1]] * residents, [[1, 1]] * municipality, draws=20, **settings)


def kinds(outcome):
    return {finding.kind: finding for finding in outcome.findings}


def test_one_round_has_no_movement():
    assert analyse(made()).rounds is None
    abstained = again(made(), 2, {"b0": ()})
    assert analyse(abstained).rounds is None


def test_who_goes_over_to_the_other_side_is_counted():
    change = {f"b{k}": ((1.0, 1.0) if k < 2 else (3.0, 1.0)) for k in range(6)}
    (step,) = analyse(again(made(), 2, change)).rounds.steps

    assert step.residents.crossed == 2
    # From (75, 25) to (50, 50) is 25 points, for two of six.
    assert step.residents.mean_points == pytest.approx(25 / 3)
    assert step.residents.still_share == pytest.approx(4 / 6)
    assert step.municipality.people == 0
    assert step.municipality.mean_points is None
    assert step.contraction is step.still_share is None


def test_the_stop_rule_of_the_scenario_counts():
    everyone = {f"b{k}": (1.0, 1.0) for k in range(6)} | {f"g{k}": (1.0, 1.0) for k in range(6)}
    goes_on = replace(made(), stop_rule=StopRule(last_round=3))
    wide = replace(made(), stop_rule=StopRule(still_points=30.0, last_round=3))

    assert not analyse(again(goes_on, 2, everyone)).rounds.steps[0].stops
    said = kinds(analyse(again(wide, 2, everyone)))["rounds_stop"]
    assert said.words == {"stop": "stop"}
    assert kinds(analyse(again(goes_on, 2, everyone)))["rounds_stop"].words == {"stop": "go_on"}


@pytest.mark.parametrize(
    ("answers", "how"), [((3.0, 1.0), "same"), ((9.0, 1.0), "wider"), ((11.0, 9.0), "closer")]
)
def test_spread_within_the_sides_is_said_in_words(answers, how):
    scenario = made()
    ballots = tuple(
        one.model_copy(
            update={"answers": (1.0, 3.0) if int(one.participant[1:]) % 2 else (3.0, 1.0)}
        )
        for one in scenario.ballots
    )
    change = {
        one.participant: answers[::-1] if int(one.participant[1:]) % 2 else answers
        for one in ballots
    }

    outcome = analyse(again(replace(scenario, ballots=ballots), 2, change))

    assert kinds(outcome)["rounds_spread"].words == {"how": how}


def test_a_few_who_answer_again_do_not_give_themselves_away():
    outcome = analyse(again(made(), 2, {"b0": (9.0, 1.0)}))

    assert not outcome.rounds.may_show
    assert outcome.rounds.steps[0].residents.mean_points is None
    assert "rounds_hidden" in kinds(outcome)
    assert "rounds_gap" not in kinds(outcome)


def test_a_first_round_of_one_side_only_is_no_result():
    scenario = made()
    ballots = tuple(
        one.model_copy(update={"round": 2 if one.side == "municipality" else 1})
        for one in scenario.ballots
    )
    outcome = analyse(replace(scenario, ballots=ballots))

    assert [one.number for one in outcome.rounds.results] == [2]
    assert outcome.rounds.steps == ()
    assert "rounds_hidden" in kinds(outcome)


def test_a_round_in_which_everyone_abstains_is_passed_by():
    scenario = again(made(), 3, {f"b{k}": (1.0, 3.0) for k in range(6)})
    scenario = again(scenario, 2, {"g0": ()})
    outcome = analyse(scenario)

    assert [one.number for one in outcome.rounds.results] == [1, 3]


def test_rounds_without_anyone_in_both_have_no_step_but_are_compared():
    scenario = made(residents=10, municipality=10)
    ballots = tuple(
        one.model_copy(update={"round": 1 + (int(one.participant[1:]) >= 5)})
        for one in scenario.ballots
    )
    outcome = analyse(replace(scenario, ballots=ballots))

    assert outcome.rounds.steps == ()
    assert "rounds_gap" in kinds(outcome)
    assert "rounds_moved" not in kinds(outcome)


def test_another_winner_after_the_last_round_is_said():
    everyone = {f"{side}{k}": (1.0, 9.0) for side in "bg" for k in range(6)}
    said = kinds(analyse(again(made(), 2, everyone)))["rounds_winner"]

    assert said.words == {"same": "other"}
    assert said.alternatives == ("a1", "a0")


def test_a_first_round_without_the_other_side_knows_no_crossing():
    scenario = again(made(), 2, {f"b{k}": (1.0, 1.0) for k in range(6)})
    ballots = tuple(
        one.model_copy(update={"round": 2}) if one.side == "municipality" else one
        for one in scenario.ballots
    )
    (step,) = analyse(replace(scenario, ballots=ballots)).rounds.steps

    assert step.residents.crossed == 0
