"""Grades, rounds, composition and mandates as plain data, and what is left out of it."""

import json
from dataclasses import replace

import pytest
from tests.presentation.conftest import SCENARIOS

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import read_scenario
from waardeweging.presentation.outcome_json import dump, outcome_json

KEYS = ("grades", "rounds", "representativeness", "analyst_rules", "participation")


@pytest.fixture(scope="module")
def evening():
    return analyse(read_scenario(SCENARIOS / "oefenavond").with_draws(50))


def test_every_key_is_there_also_when_nothing_was_given(outcome):
    found = outcome_json(outcome, "nl")

    assert {key: found[key] for key in KEYS[:3]} == dict.fromkeys(KEYS[:3])
    assert found["analyst_rules"]["nash"] is None
    assert found["participation"]["mandates"] == []


def test_grades_are_given_per_side(evening):
    found = outcome_json(evening, "nl")["grades"]

    assert found == {
        "scale": ["unacceptable", "poor", "acceptable", "good", "very good"],
        "people": {"residents": 30, "municipality": 6},
        "majority": {"residents": [1, 3, 1], "municipality": [1, 4, 0]},
        "lowest": [1, 3, 0],
    }
    assert outcome_json(evening, "nl")["panel"]["grades"]["detail"] == [1.0, 3.0, 0.0]
    assert outcome_json(evening, "nl")["equality"]["robustly_fair"] is True


def test_rounds_give_the_weights_after_each_and_the_movement_between(evening):
    found = outcome_json(evening, "nl")

    assert [one["round"] for one in found["rounds"]["after"]] == [1, 2]
    last = found["rounds"]["after"][1]
    assert last["weights"]["joint"] == pytest.approx(found["weights"]["joint"], abs=1e-15)
    assert last["scores"] == pytest.approx(found["scores"]["joint"], abs=1e-15)
    (step,) = found["rounds"]["steps"]
    assert step["residents"]["people"] == 30
    assert step["residents"]["mean_points"] == evening.rounds.steps[0].residents.mean_points
    assert found["rounds"]["stop_rule"] == {
        "still_points": 10.0,
        "still_share": 0.75,
        "last_round": 2,
    }


def test_rounds_that_would_give_a_few_away_have_no_weights(evening):
    scenario = evening.scenario
    ballots = tuple(
        one for one in scenario.ballots if one.round == 1 or one.participant in ("b01", "g01")
    )
    found = outcome_json(analyse(replace(scenario, ballots=ballots)), "nl")["rounds"]

    assert found["may_show"] is False
    assert found["after"] == []
    assert found["steps"][0]["residents"] == {
        "people": 1,
        "mean_points": None,
        "still_share": None,
        "crossed": None,
    }


def test_raked_and_unraked_stand_side_by_side(evening):
    found = outcome_json(evening, "nl")

    assert found["representativeness"]["unraked"]["scores"] == found["scores"]["joint"]
    assert found["representativeness"]["raked"]["winner"] == "B"
    assert found["representativeness"]["design_effect"] == pytest.approx(1.19516, abs=1e-5)
    home = found["representativeness"]["attributes"][1]
    assert home["match"] == pytest.approx(0.81875)
    assert [one["category"] for one in home["categories"]] == ["koop", "huur"]
    assert home["categories"][1]["weighted"] == pytest.approx(0.4)


def test_without_warrant_the_reasons_stand_there_and_small_numbers_do_not(evening):
    scenario = evening.scenario
    given = scenario.participation
    attributes = {
        name: {**own, "leeftijd": "18-39" if k < 3 else "40-64"}
        for k, (name, own) in enumerate(given.attributes.items())
    }
    attributes["b20"] = {}
    changed = replace(scenario, participation=replace(given, attributes=attributes))
    found = outcome_json(analyse(changed), "nl")["representativeness"]
    age, home = found["attributes"]

    assert found["refused"] == ["unknown_category", "small_category"]
    assert found["raked"] is None
    assert found["design_effect"] is None
    # Three people alone would be told from the whole, so everyone of that attribute is.
    assert [one["category"] for one in age["categories"]] == ["65+", None]
    # One person without an answer is not counted out.
    assert home["unknown"] is None
    assert home["categories"][0]["weighted"] is None


def test_an_attribute_of_too_few_people_is_empty(evening):
    given = evening.scenario.participation
    few = replace(given, attributes={"b01": {"leeftijd": "65+"}})
    found = outcome_json(analyse(replace(evening.scenario, participation=few)), "nl")

    assert found["representativeness"]["attributes"][0] == {
        "attribute": "leeftijd",
        "match": None,
        "unknown": None,
        "categories": [],
    }


def test_rules_beside_the_panel_name_their_winner_and_numbers(evening, heat):
    found = outcome_json(evening, "nl")["analyst_rules"]

    assert found["nash"]["fallback"] == "C"
    assert found["nash"]["gains"]["residents"][2] == 0
    assert [one["power"] for one in found["p_norm"]] == [1.0, 2.0, 4.0, None]
    assert found["agrees"] is True
    excluded = outcome_json(heat, "nl")
    place = excluded["alternatives"].index("luid")
    assert [one["losses"][place] for one in excluded["analyst_rules"]["p_norm"]] == [None] * 4


def test_who_takes_part_on_whose_behalf_is_counted(evening):
    found = outcome_json(evening, "nl")["participation"]

    assert found["sides"]["residents"] == {"person": 31, "institution": 0, "delegate": 1}
    assert found["sides"]["woningcorporatie"]["institution"] == 1
    assert found["mandates"] == ["stichting Warm Samen, besluit van 3 maart"]
    assert found["by_department"] is True


def test_rules_beside_may_be_absent(evening):
    assert outcome_json(replace(evening, beside=None), "nl")["analyst_rules"] is None


def test_it_is_the_same_text_every_time(evening):
    assert dump(evening, "nl") == dump(analyse(evening.scenario), "nl")
    assert json.loads(dump(evening, "nl"))["grades"]["people"]["residents"] == 30
