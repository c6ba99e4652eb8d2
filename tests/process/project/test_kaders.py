import pytest

from waardeweging.problem.errors import InputError
from waardeweging.process.project import agreements, kaders, people
from waardeweging.process.project import events as e


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
    assert state.goals["warm"].now.text == "Warm in 2040."
    assert log.do(kaders.drop_goal, "warm", "Opgegaan in een ander doel.").goals["warm"].dropped


def test_a_line_says_something_and_goes_with_a_reason(log):
    refused("project.no_text", log.line, "a", text=" ")
    log.line("a")
    refused("workshop.no_reason", kaders.drop, log.state, "a", "")
    refused("project.unknown", kaders.drop, log.state, "b", "Weg.")
    assert log.do(kaders.drop, "a", "Dubbel.").kaders == {}


def test_a_lower_level_writes_a_line_of_its_own(log):
    log.line("rijk", level="state")
    refused("project.other_level", log.line, "rijk", text="Anders.")
    assert log.line("rijk", level="state", text="Nieuw.").kaders["rijk"].text == "Nieuw."


def test_nobody_votes_on_a_sheet_with_gaps_or_revises_an_open_one(log):
    refused("project.sheet_gaps", kaders.vote, log.state, "content", "residents", 5, 6)
    refused("project.not_frozen", kaders.revise, log.state, "Meer geld.")
    refused("project.unknown", kaders.drop_goal, log.state, "warm", "Weg.")
    refused("project.no_text", kaders.write_goal, log.state, "warm", "", "long")


def test_files_are_kept_as_versions_with_a_reason(log):
    refused("workshop.no_files", kaders.keep_files, log.state, {})
    log.do(kaders.keep_files, {"framework.toml": "0" * 64})
    refused("workshop.no_reason", kaders.keep_files, log.state, {"framework.toml": "1" * 64})
    state = log.do(kaders.keep_files, {"framework.toml": "1" * 64}, "Nieuw criterium.")
    assert [one.kept.version for one in state.files] == [1, 2]


def test_people_and_moments_that_were_written_down_fill_their_topics(log):
    log.do(people.write_actor, e.ActorWritten(id="a", label="Buurt", side="residents"))
    log.do(people.write_actor, e.ActorWritten(id="b", label="Team", side="municipality"))
    log.do(people.write_talk, "t", ["a", "b"], "Planning.")
    log.do(people.choose_facilitator, "Bureau B", ["residents"], True, "2026-12-31")
    log.do(agreements.write_moment, e.MomentWritten(id="m", what="Raad", day="2026-06-01"))
    assert kaders.missing(log.state, "actors") == ("promise",)
    assert kaders.missing(log.state, "support") == ("budget", "hours")
    assert "moments" not in kaders.missing(log.state, "process")
