import pytest

from waardeweging.problem.errors import InputError
from waardeweging.process import workshop as process
from waardeweging.process.moments import later

AT = "2026-11-23T19:00:00.000Z"
FILES = {"scenario.toml": "0" * 64}


def refused(code, decide, *arguments, **named):
    with pytest.raises(InputError) as found:
        decide(*arguments, **named)
    assert found.value.code == f"workshop.{code}"


def create(title="Berkum", files=FILES):
    return process.create(title, files, language="nl", exploration=False, room_code="123456")


def test_a_workshop_needs_a_title_and_files():
    refused("no_title", create, title="  ")
    refused("no_files", create, files={})
    refused("form", create, title="x" * 201)
    assert create(" Berkum ")[0].body["title"] == "Berkum"


def test_round_1_waits_for_freezing(log):
    refused("not_frozen", process.open_sheet, log.state, "round-1", 10, AT)
    log.do(process.open_sheet, "practice", None, AT)
    log.do(process.freeze)
    state = log.do(process.open_sheet, "round-1", 10, AT)

    assert state.sheets["round-1"].status == "open"
    assert state.sheets["round-1"].closes_at == "2026-11-23T19:10:00.000Z"


def test_an_exploration_may_begin_without_freezing(exploring):
    state = exploring.do(process.open_sheet, "round-1", None, AT)

    assert state.exploration
    assert state.sheets["round-1"].closes_at is None


def test_rules_that_were_put_to_the_vote_must_be_adopted_before_round_1(log):
    log.do(process.open_sheet, "rules", None, AT)
    log.do(process.freeze)
    refused("rules_open", process.open_sheet, log.state, "round-1", None, AT)
    refused("not_closed", process.adopt_rules, log.state, {"residents": 1}, {"residents": 1})
    log.do(process.close, "rules")
    agree, of = {"residents": 13, "municipality": 4}, {"residents": 24, "municipality": 6}
    log.do(process.adopt_rules, agree, of)

    assert log.do(process.open_sheet, "round-1", None, AT).rules_adopted


@pytest.mark.parametrize(
    ("agree", "of"),
    [
        ({"residents": 12, "municipality": 6}, {"residents": 24, "municipality": 6}),
        ({"residents": 24, "municipality": 3}, {"residents": 24, "municipality": 6}),
        ({"residents": 24}, {"residents": 24}),
        ({}, {}),
    ],
)
def test_half_of_a_side_or_nobody_is_no_majority(log, agree, of):
    log.do(process.propose_rule, "r1", "residents", "Wie te laat komt, telt mee.")
    log.do(process.open_sheet, "rules", None, AT)
    log.do(process.close, "rules")

    refused("no_majority", process.adopt_rules, log.state, agree, of)
    refused("no_majority", process.adopt_rule, log.state, "r1", agree, of)


def test_only_a_rule_that_was_proposed_can_be_adopted(log):
    everyone = {"residents": 2, "municipality": 1}
    refused("no_proposal", process.adopt_rule, log.state, "r1", everyone, everyone)
    refused("no_text", process.propose_rule, log.state, "r1", "residents", " ")
    log.do(process.propose_rule, "r1", "residents", "x")

    assert log.do(process.adopt_rule, "r1", everyone, everyone).adopted == {"r1"}


def test_what_is_frozen_changes_only_as_a_new_version(log):
    sign = log.do(process.freeze).fingerprint
    refused("frozen", process.freeze, log.state)
    refused("frozen", process.set_rules, log.state, process.Rules(share=0.9))
    refused("no_reason", process.revise, log.state, FILES, "")
    log.do(process.open_sheet, "practice", None, AT)
    refused("still_open", process.revise, log.state, FILES, "typo")
    log.do(process.close, "practice")
    state = log.do(process.revise, {"scenario.toml": "1" * 64}, "typo")

    assert (state.version, state.fingerprint) == (2, None)
    log.do(process.set_rules, process.Rules(share=0.4))
    assert log.do(process.freeze).fingerprint != sign


def test_round_2_comes_after_round_1(exploring):
    refused("round_order", process.open_sheet, exploring.state, "round-2", None, AT)
    exploring.do(process.open_sheet, "round-1", None, AT)
    exploring.do(process.close, "round-1")

    assert exploring.do(process.open_sheet, "round-2", None, AT).active_sheets[0].name == "round-2"


def test_a_sheet_goes_from_waiting_to_open_to_closed_and_back_only_with_a_reason(exploring):
    refused("no_sheet", process.open_sheet, exploring.state, "round-9", None, AT)
    refused("other_status", process.close, exploring.state, "accept")
    exploring.do(process.open_sheet, "accept", None, AT)
    refused("already_open", process.open_sheet, exploring.state, "accept", None, AT)
    refused("other_status", process.reopen, exploring.state, "accept", "late", AT)
    exploring.do(process.close, "accept")
    refused("open_again", process.open_sheet, exploring.state, "accept", None, AT)
    refused("no_reason", process.reopen, exploring.state, "accept", " ", AT)
    state = exploring.do(process.reopen, "accept", "a late bus", AT, 5)

    assert state.sheets["accept"].times_opened == 2
    assert state.sheets["accept"].closes_at == "2026-11-23T19:05:00.000Z"


def test_the_clock_stands_still_in_a_pause(exploring):
    exploring.do(process.open_sheet, "round-1", 10, AT)
    paused = exploring.do(process.pause, "round-1", at=later(AT, 240))
    refused("other_status", process.pause, paused, "round-1")
    refused("other_status", process.extend, paused, "round-1", 5, AT)

    assert paused.sheets["round-1"].seconds_left == 360
    state = exploring.do(process.resume, "round-1", later(AT, 1000))
    assert state.sheets["round-1"].closes_at == later(AT, 1360)


def test_a_pause_after_time_or_without_a_clock(exploring):
    exploring.do(process.open_sheet, "round-1", 1, AT)
    exploring.do(process.open_sheet, "grades", None, AT)

    late = exploring.do(process.pause, "round-1", at=later(AT, 90))
    assert late.sheets["round-1"].seconds_left == 0
    assert exploring.do(process.pause, "grades").sheets["grades"].seconds_left is None
    assert exploring.do(process.resume, "grades", AT).sheets["grades"].closes_at is None


def test_minutes_are_added_to_the_clock_or_to_now(exploring):
    exploring.do(process.open_sheet, "round-1", 10, AT)
    exploring.do(process.open_sheet, "grades", None, AT)
    for minutes in (0, -1, 61 * 24 * 60, float("nan")):
        refused("minutes", process.extend, exploring.state, "round-1", minutes, AT)

    more = exploring.do(process.extend, "round-1", 5, AT)
    assert more.sheets["round-1"].closes_at == later(AT, 900)
    late = exploring.do(process.extend, "round-1", 5, later(AT, 2000))
    assert late.sheets["round-1"].closes_at == later(AT, 2300)
    assert exploring.do(process.extend, "grades", 1, AT).sheets["grades"].closes_at == later(AT, 60)


def test_answers_are_taken_only_while_a_sheet_is_open(exploring):
    def take(at=AT):
        return process.check_takes_answers(exploring.state, "round-1", at)

    refused("sheet_waiting", take)
    exploring.do(process.open_sheet, "round-1", 1, AT)
    take()
    take(later(AT, 60 + process.GRACE))
    refused("sheet_closed", take, later(AT, 61 + process.GRACE))
    exploring.do(process.pause, "round-1")
    refused("sheet_paused", take)
    exploring.do(process.close, "round-1")
    refused("sheet_closed", take)


def test_results_wait_for_the_close(exploring):
    refused("not_closed", process.check_closed, exploring.state, "round-1")
    exploring.do(process.open_sheet, "round-1", None, AT)
    refused("not_closed", process.check_closed, exploring.state, "round-1")
    exploring.do(process.close, "round-1")
    process.check_closed(exploring.state, "round-1")


def test_cards_are_made_for_a_side(log):
    refused("no_side", process.issue, log.state, " ", 1)
    for count in (0, 10_001):
        refused("card_count", process.issue, log.state, "residents", count)

    assert log.do(process.issue, " residents", 24).issued == {"residents": 24}


def test_a_card_moves_to_another_side_and_not_to_its_own(log):
    refused("same_side", process.correct_side, log.state, "a", "a", seated=True, sheets=())
    refused("no_side", process.correct_side, log.state, "a", "", seated=True, sheets=())


def test_the_screen_shows_hides_and_warns(log):
    log.do(process.show, 3, "values")
    log.do(process.hide)
    state = log.do(process.emergency, True)

    assert (state.screen.step, state.screen.page) == (3, "values")
    assert state.screen.hidden
    assert state.screen.emergency
    assert not log.do(process.hide, False).screen.hidden


def test_notes_tables_and_agreements_are_kept(log):
    refused("no_text", process.note, log.state, "")
    refused("agreement_gap", process.agree, log.state, "a1", "", "gemeente", "")
    refused("agreement_gap", process.agree, log.state, "a1", "Bellen", "", "")
    refused("form", process.agree, log.state, "a1", "Bellen", "gemeente", "", "perhaps")
    before = log.state
    after = log.do(process.note, "Het regent.")
    log.do(process.make_tables, {"c1": 1, "c2": 2})
    log.do(process.agree, "a1", "Bellen", "gemeente", "mei")
    state = log.do(process.agree, "a1", "Bellen", "gemeente", "mei", "done")

    assert after.number == before.number + 1
    assert state.tables == {"c1": 1, "c2": 2}
    assert [one.status for one in state.agreements.values()] == ["done"]


def test_after_unlinking_nothing_about_people_changes_any_more(exploring):
    exploring.do(process.open_sheet, "round-1", None, AT)
    refused("still_open", process.unlink, exploring.state)
    exploring.do(process.close, "round-1")
    state = exploring.do(process.unlink)

    assert state.unlinked
    for decide, *arguments in (
        (process.unlink,),
        (process.open_sheet, "grades", None, AT),
        (process.reopen, "round-1", "late", AT),
        (process.issue, "residents", 1),
        (process.freeze,),
        (process.make_tables, {}),
    ):
        refused("over", decide, state, *arguments)
