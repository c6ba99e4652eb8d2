import pytest

from waardeweging.problem.errors import InputError
from waardeweging.process.events import Rules
from waardeweging.process.project import kaders, rules


def refused(code, decide, *arguments):
    with pytest.raises(InputError) as caught:
        decide(*arguments)
    assert caught.value.code == code


def suggest(log, name="half", subject="share", value="0,5"):
    return log.do(rules.suggest, name, "residents", subject, value, "Beide kanten even zwaar.")


def test_a_rule_holds_once_each_side_has_a_majority(log):
    suggest(log)
    assert log.do(rules.vote, "half", "residents", 24, 24).adopted == ()
    state = log.do(rules.vote, "half", "municipality", 4, 6)
    assert [one.id for one in state.adopted] == ["half"]
    assert state.rules["half"].adopted_at is not None


def test_a_side_that_votes_again_may_take_its_majority_back(log):
    log.adopt("half")
    assert log.do(rules.vote, "half", "municipality", 3, 6).adopted == ()


def test_the_last_rule_about_the_same_thing_holds(log):
    log.adopt("half")
    suggest(log, "more", value="0.6")
    for side, count in (("residents", 20), ("municipality", 6)):
        log.do(rules.vote, "more", side, count, count, at="2026-02-02T19:00:00.000Z")
    assert [one.id for one in log.state.adopted] == ["more"]
    assert rules.rules_of_evening(log.state).share == 0.6


def test_an_evening_takes_over_what_was_adopted(log):
    assert rules.rules_of_evening(log.state) == Rules()
    log.adopt("half", value="0,4")
    log.adopt("ten", "fewest", "10")
    log.adopt("calm", "other", "")
    found = rules.rules_of_evening(log.state)
    assert (found.share, found.fewest, len(found.texts)) == (0.4, 10, 3)


@pytest.mark.parametrize(
    ("subject", "value", "code"),
    [
        ("share", "1,2", "project.number"),
        ("share", "-0,1", "project.number"),
        ("fewest", "4", "project.number"),
        ("fewest", "101", "project.number"),
        ("share", "half", "number.not_a_number"),
        ("share", "NaN", "number.not_a_number"),
    ],
)
def test_a_number_that_cannot_be_is_refused(log, subject, value, code):
    refused(code, rules.suggest, log.state, "x", "residents", subject, value, "Zo.")


def test_a_rule_needs_a_text_and_a_name_of_its_own(log):
    refused("project.no_text", rules.suggest, log.state, "x", "residents", "other", "", " ")
    suggest(log)
    refused("project.taken", rules.suggest, log.state, "half", "residents", "other", "", "Zo.")


@pytest.mark.parametrize(
    ("side", "agree", "of", "code"),
    [
        ("business", 1, 1, "project.side"),
        ("residents", 2, 1, "project.vote"),
        ("residents", -1, 1, "project.vote"),
        ("residents", 0, 0, "project.vote"),
    ],
)
def test_a_vote_that_cannot_be_is_refused(log, side, agree, of, code):
    suggest(log)
    refused(code, rules.vote, log.state, "half", side, agree, of)


def test_nobody_votes_on_a_rule_that_is_not_there_or_frozen(log):
    refused("project.unknown", rules.vote, log.state, "half", "residents", 1, 1)
    log.adopt("half")
    log.fill()
    log.agree()
    log.do(kaders.freeze)
    refused("project.frozen", rules.vote, log.state, "half", "residents", 1, 1)
    refused("project.frozen", rules.suggest, log.state, "x", "residents", "other", "", "Zo.")
