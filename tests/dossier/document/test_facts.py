from dataclasses import replace

import pytest

from waardeweging.dossier.document.facts import facts_of, safe_outcome, shows_sides
from waardeweging.dossier.record import IndicatorOfSide, Record
from waardeweging.dossier.source import source_of
from waardeweging.presentation.outcome_json import outcome_json
from waardeweging.problem.errors import InputError

OF_A_SIDE = ("residents", "municipality")


def with_ballots(source, change):
    return source_of(replace(source.scenario, ballots=tuple(map(change, source.scenario.ballots))))


def test_a_large_decision_shows_its_sides(facts):
    assert shows_sides(facts["people"])
    assert facts["outcome"]["weights"]["residents"]


def test_with_a_small_side_nothing_about_either_side_is_told(golden):
    facts = facts_of(golden, "nl")
    outcome = facts["outcome"]

    assert not shows_sides(facts["people"])
    for name in ("weights", "scores"):
        assert {outcome[name][side] for side in OF_A_SIDE} == {None}
        assert outcome[name]["joint"]
    assert None in outcome["findings"]
    for name in ("equality_strip", "dispute", "influence", "bootstrap_winner_share", "equality"):
        assert outcome[name] is None
    assert all(rule["detail"] is None for rule in outcome["panel"].values())


def test_what_a_dossier_does_not_know_it_does_not_tell(golden):
    outcome = outcome_json(golden.outcome, "nl") | {"something_new": [1, 2, 3]}

    assert "something_new" not in safe_outcome(outcome, with_sides=True)
    assert "something_new" not in safe_outcome(outcome, with_sides=False)


def test_places_per_person_are_never_told(facts):
    assert not {"acceptability", "supporters", "smooth_acceptability"} & facts["outcome"].keys()


def test_fewer_than_five_people_in_all_get_no_dossier(golden):
    few = replace(golden.scenario, ballots=golden.scenario.ballots[2:])

    with pytest.raises(InputError, match="A dossier needs 5 people") as caught:
        facts_of(source_of(few), "nl")
    assert caught.value.code == "dossier.too_few_people"


def test_institutions_that_weigh_in_public_are_shown(golden):
    public = with_ballots(
        golden,
        lambda one: one.model_copy(
            update={"kind": "institution"} if one.side == "municipality" else {}
        ),
    )
    all_public = with_ballots(golden, lambda one: one.model_copy(update={"kind": "institution"}))

    # The residents are still four.
    assert not shows_sides_of(public)
    assert shows_sides_of(all_public)


def shows_sides_of(source):
    try:
        return shows_sides(facts_of(source, "nl")["people"])
    except InputError:
        return False


def test_an_indicator_of_few_people_loses_its_number(berkum):
    few = IndicatorOfSide(indicator="voice", side="municipality", people=4, value=2.0)
    enough = IndicatorOfSide(indicator="voice", side="residents", people=5, value=4.0)
    source = replace(berkum, record=Record(indicators=(few, enough)))
    told = facts_of(source, "en")["record"]["indicators"]

    assert [(one["people"], one["value"]) for one in told] == [(None, None), (5, 4.0)]


def test_grades_of_few_people_are_left_out(berkum):
    outcome = outcome_json(berkum.outcome, "nl")
    few = {**outcome["grades"], "people": {"residents": 24, "municipality": 4}}

    assert safe_outcome(outcome, True)["grades"] is not None
    assert safe_outcome({**outcome, "grades": few}, True)["grades"] is None


def test_movement_is_told_only_where_enough_people_moved(berkum):
    outcome = outcome_json(berkum.outcome, "nl")

    def step(people):
        side = {"people": people, "mean_points": 3.5, "still_share": 0.5, "crossed": 1}
        return {"from": 1, "to": 2, "residents": side, "municipality": side, "stops": True}

    rounds = {"may_show": True, "after": [], "steps": [step(4), step(5)]}
    told = safe_outcome({**outcome, "rounds": rounds}, True)["rounds"]

    of_side = {"people": 5, "mean_points": 3.5}
    assert told["steps"] == [{"from": 1, "to": 2, **dict.fromkeys(OF_A_SIDE, of_side)}]
    assert safe_outcome({**outcome, "rounds": rounds | {"may_show": False}}, True)["rounds"] is None


def test_every_variant_is_scored_as_by_itself(berkum, facts):
    for told, variant in zip(facts["variants"], berkum.scenario.variants, strict=True):
        assert told["id"] == variant.id
    assert {one["winner"] for one in facts["variants"]} <= set(facts["outcome"]["alternatives"])
