import pytest

from waardeweging.problem.errors import InputError
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders


def refused(code, decide, *arguments, **named):
    with pytest.raises(InputError) as caught:
        decide(*arguments, **named)
    assert caught.value.code == code


def test_a_sheet_says_what_it_lacks_until_every_topic_is_there(log):
    assert kaders.missing(log.state, "content") == ("options", "criteria", "requirements")
    log.line("a")
    log.line("b", topic="criteria")
    assert kaders.missing(log.state, "content") == ("requirements",)
    assert all(kaders.missing(log.fill(), sheet) == () for sheet in e.KADERS)


def test_rules_that_were_adopted_speak_for_their_topic(log):
    log.adopt("half")
    assert "share" not in kaders.missing(log.state, "process")


def test_nothing_is_frozen_before_each_sheet_is_filled_and_agreed_by_each_side(log):
    refused("project.sheet_gaps", kaders.freeze, log.state)
    log.fill()
    refused("project.sheet_open", kaders.freeze, log.state)
    log.agree(municipality=(3, 6))
    refused("project.sheet_open", kaders.freeze, log.state)
    log.agree()
    state = log.do(kaders.freeze)
    assert state.fingerprint == kaders.fingerprint(state)
    assert [version.number for version in state.versions] == [1]


def test_another_text_needs_another_vote(log):
    log.fill()
    log.agree()
    log.line("content-options", text="Vijf opties, ook niets doen.")
    assert not kaders.is_agreed(log.state, "content")
    assert kaders.is_agreed(log.state, "support")


def test_a_frozen_sheet_changes_only_as_a_new_version_with_a_reason(log):
    log.fill()
    log.agree()
    first = log.do(kaders.freeze)
    refused("project.frozen", log.line, "new")
    refused("workshop.no_reason", kaders.revise, log.state, " ")
    log.do(kaders.revise, "De raad gaf meer geld.")
    log.line("support-budget", "support", "budget", text="Twee ton.")
    log.agree()
    second = log.do(kaders.freeze)
    assert second.versions[0] == first.versions[0]
    assert (second.version, second.versions[1].reason) == (2, "De raad gaf meer geld.")
    assert second.fingerprint != first.fingerprint


def test_a_lower_level_departs_with_a_reason_and_is_listed(log):
    log.line("rijk-label", topic="requirements", level="state", text="Label B in 2040.")
    refused("workshop.no_reason", log.line, "wijk", topic="requirements", overrides="rijk-label")
    state = log.line(
        "wijk",
        topic="requirements",
        overrides="rijk-label",
        reason="Oude huizen.",
    )
    assert [line.id for line in kaders.overrides(state)] == ["wijk"]
    assert [line.id for line in kaders.in_force(state)] == ["wijk"]


def test_what_a_higher_level_fixed_stays(log):
    log.line(
        "raad",
        topic="requirements",
        level="municipality",
        fixed=True,
        negotiable=False,
        owner="gemeenteraad",
    )
    refused(
        "project.fixed", log.line, "wijk", topic="requirements", overrides="raad", reason="Duur."
    )
    refused("project.fixed", kaders.drop, log.state, "raad", "Duur.")
    refused("project.fixed", log.line, "raad", topic="requirements")


def test_one_departs_only_from_a_line_above_it_on_the_same_sheet(log):
    log.line("a")
    refused("project.not_above", log.line, "b", overrides="a", reason="Om de proef.")
    refused("project.unknown", log.line, "b", overrides="nowhere", reason="Om de proef.")


def test_the_promise_is_a_rung_of_the_ladder(log):
    refused("project.rung", log.line, "p", "actors", "promise", value="meepraten")
    assert log.line("p", "actors", "promise", value="coproduce").kaders["p"].value == "coproduce"


def test_a_goal_keeps_its_earlier_texts(log):
    log.do(kaders.write_goal, "warm", "Warm in 2035.", "long")
    refused("workshop.no_reason", kaders.write_goal, log.state, "warm", "Warm in 2040.", "long")
    state = log.do(kaders.write_goal, "warm", "Warm in 2040.", "long", "Het net is later klaar.")
    assert [goal.text for goal in state.goals["warm"].versions] == [
        "Warm in 2035.",
        "Warm in 2040.",
    ]
    assert log.do(kaders.drop_goal, "warm", "Opgegaan in een ander doel.").goals["warm"].dropped
