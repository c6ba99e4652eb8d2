from dataclasses import replace

import numpy as np
import pytest
from tests.dossier.bundles import crowd, documents, forged, golden

from waardeweging.analysis.analyse import analyse
from waardeweging.dossier.bundle import build_bundle
from waardeweging.dossier.bundle.core import core, side_weights, value_scores
from waardeweging.dossier.bundle.levels import (
    Level,
    ballots_of_rows,
    ballots_of_sides,
    may_show_sides,
    people,
    points_of,
    public_level,
    rounded_rows,
    side_points,
    whole_points,
)
from waardeweging.dossier.verify import State, verify_bundle
from waardeweging.elicitation.ballots import Ballot
from waardeweging.elicitation.weighing import weigh

CRITERIA = ("a", "b", "c")
COLUMNS = (0, 1, 2)


def weighed(residents, officials, kind="person"):
    sides = ["residents"] * residents + ["municipality"] * officials
    ballots = [
        Ballot(
            participant=f"p{number}",
            side=side,
            criteria=CRITERIA,
            answers=(float(number + 1), 50.0, float(40 - number)),
            kind="person" if side == "residents" else kind,
        )
        for number, side in enumerate(sides)
    ]
    return weigh(ballots, COLUMNS, 0.5)


@pytest.mark.parametrize(
    ("residents", "officials", "kind", "level"),
    [
        (10, 10, "person", Level.ROWS),
        (10, 9, "person", Level.AGGREGATES),
        (9, 10, "person", Level.AGGREGATES),
        (10, 1, "institution", Level.ROWS),
    ],
)
def test_rows_need_ten_people_on_each_side(residents, officials, kind, level):
    assert public_level(weighed(residents, officials, kind)) is level


@pytest.mark.parametrize(
    ("residents", "officials", "kind", "shown"),
    [(5, 5, "person", True), (5, 4, "person", False), (5, 1, "institution", True)],
)
def test_sides_are_shown_together_or_not_at_all(residents, officials, kind, shown):
    weighing = weighed(residents, officials, kind)

    assert may_show_sides(weighing) is shown
    assert (side_points(weighing) is not None) is shown


def test_a_side_of_four_is_not_even_counted():
    assert people(weighed(5, 4)) == {"residents": 5, "municipality": None}
    assert people(weighed(5, 1, "institution")) == {"residents": 5, "municipality": 0}


def test_whole_points_are_whole_and_the_largest_stays():
    assert whole_points(np.array([0.456, 0.304, 0.24])) == [46, 30, 24]
    assert whole_points(np.full(250, 1 / 250)).count(1) == 1


def test_rows_are_in_steps_of_five_and_in_no_order_of_people():
    held = rounded_rows(weighed(12, 11))

    rows = {side: [points_of(row) for row in given] for side, given in held["rows"].items()}
    assert all(point % 5 == 0 for row in rows["residents"] for point in row)
    assert all(max(row) == 100 for row in rows["municipality"])
    assert rows["residents"] == sorted(rows["residents"])


def test_people_in_another_order_give_the_same_rows():
    ballots = crowd().ballots
    columns = crowd().problem.framework.weighed("resident")

    one, other = (rounded_rows(weigh(given, columns, 0.5)) for given in (ballots, ballots[::-1]))

    assert one == other


def test_an_institution_keeps_its_name():
    held = rounded_rows(weighed(12, 1, "institution"))

    assert held["rows"]["municipality"] == []
    assert [one["name"] for one in held["institutions"]] == ["p12"]
    ballots = ballots_of_rows(held, ("x", *CRITERIA), (1, 2, 3))
    assert (ballots[-1].kind, ballots[-1].answers[0]) == ("institution", 0.0)


def test_each_side_speaks_with_one_voice():
    ballots = ballots_of_sides({"residents": [60, 40], "municipality": [0, 100]}, CRITERIA, (0, 2))

    assert [ballot.answers for ballot in ballots] == [(60.0, 0.0, 40.0), (0.0, 0.0, 100.0)]
    assert [ballot.answers for ballot in ballots_of_sides(None, CRITERIA, (0, 2))] == [
        (1.0, 0.0, 1.0)
    ] * 2


def test_the_core_is_that_of_the_outcome():
    outcome = analyse(crowd())
    found = core(crowd(), outcome.weighing, outcome.result.eligible)

    np.testing.assert_allclose(found["value_scores"], outcome.result.values, atol=1e-15)
    np.testing.assert_allclose(found["weights"]["joint"], outcome.weighing.joint, atol=1e-15)
    np.testing.assert_allclose(found["scores"]["joint"], outcome.result.joint, atol=1e-15)


def test_the_core_sums_exactly_in_any_order_of_people():
    ballots, columns = crowd().ballots, crowd().problem.framework.weighed("resident")

    one, other = (side_weights(weigh(given, columns, 0.5)) for given in (ballots, ballots[::-1]))

    assert one == other


def test_without_weights_the_core_has_value_scores_only():
    assert set(core(golden(), None, ())) == {"value_scores", "at_low", "at_high"}


def test_one_option_has_no_margin():
    outcome = analyse(crowd())

    assert core(crowd(), outcome.weighing, [True, False, False])["margin"] is None


def test_value_scores_follow_every_form_of_value_function():
    from tests.dossier.bundles import berkum

    scenario = berkum()
    for end in ("low", "mid", "high"):
        expected = scenario.problem.values(getattr(scenario.problem, end), scenario.perspective)
        np.testing.assert_allclose(value_scores(scenario, end), expected, atol=1e-14)


def three_parties(shares=(("Corporatie", 0.2),), count=11):
    """The crowd, with a third party that has a share."""
    scenario = crowd()
    third = tuple(
        scenario.ballots[k].model_copy(update={"participant": f"n{k}", "side": "Corporatie"})
        for k in range(count)
    )
    return replace(scenario, ballots=scenario.ballots + third, third_shares=shares)


@pytest.mark.parametrize("level", list(Level))
def test_a_third_party_with_a_share_can_be_recalculated_at_every_level(level):
    whole = build_bundle(three_parties(), analyse(three_parties()), level=level)
    held = documents(whole)
    report = verify_bundle(whole)

    assert not report.of(State.WRONG)
    assert held["inputs/rules.json"]["third_shares"] == [["Corporatie", 0.2]]
    assert held["outcome.json"]["shares"]["Corporatie"] == 0.2
    assert set(held["announced.json"]["scores"]["third_parties"]) == {"Corporatie"}
    core = held["core.json"]
    told = held["outcome.json"]
    third = told["third_parties"]["Corporatie"]["weights"]
    np.testing.assert_allclose(core["weights"]["joint"], told["weights"]["joint"])
    np.testing.assert_allclose(
        core["weights"]["joint"],
        0.4 * np.array(core["weights"]["residents"])
        + 0.4 * np.array(core["weights"]["municipality"])
        + 0.2 * np.array(third),
    )


def test_a_third_party_of_few_with_a_share_hides_every_side():
    few = analyse(three_parties(count=4))
    held = documents(build_bundle(three_parties(count=4), few))

    assert not may_show_sides(few.weighing)
    assert public_level(few.weighing) is Level.AGGREGATES
    assert held["announced.json"]["weights"] is None
    assert may_show_sides(analyse(three_parties((), count=4)).weighing)


def test_another_weight_of_a_third_party_is_found():
    whole = build_bundle(three_parties(), analyse(three_parties()), level=Level.ROWS)
    told = documents(whole)["announced.json"]
    moved = {"third_parties": {"Corporatie": [97, 1, 1, 1]}}
    gone = {key: one for key, one in told["weights"].items() if key != "third_parties"}

    for weights in ({**told["weights"], **moved}, gone):
        spoilt = forged(whole, {"announced.json": {**told, "weights": weights}})
        assert verify_bundle(spoilt).of(State.WRONG)


def test_shares_that_leave_nothing_for_the_sides_are_no_bundle():
    whole = build_bundle(three_parties(), analyse(three_parties()), level=Level.ROWS)
    rules = documents(whole)["inputs/rules.json"]

    for given in ([["Corporatie", 1.0]], [["residents", 0.1]], [["Corporatie", -0.1]]):
        spoilt = forged(whole, {"inputs/rules.json": {**rules, "third_shares": given}})
        assert verify_bundle(spoilt).of(State.WRONG)
