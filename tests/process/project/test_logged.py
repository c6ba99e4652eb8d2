import pytest

from waardeweging.deliberation.agreement import AgreementThresholds
from waardeweging.elicitation.ballots import SIDES
from waardeweging.process.project import agreements, inputs, kaders, logged, people, rules, sessions
from waardeweging.process.project import events as e

LATER = "2026-01-22T19:00:00.000Z"


def test_disputed_means_the_same_as_in_an_outcome():
    assert AgreementThresholds().difference == logged.DISPUTED


def test_an_unequal_share_that_was_agreed_is_not_equal_weight(log):
    assert logged.steps_of_weight(log.state, weighed=True).value == 0
    log.do(rules.suggest, "more", "residents", "share", "0,6", "Wij meer.")
    assert logged.steps_of_weight(log.state, weighed=True).value == 1
    log.do(rules.vote, "more", "residents", 20, 24)
    log.do(rules.vote, "more", "municipality", 4, 6)
    assert logged.steps_of_weight(log.state, weighed=True).value == 2
    log.adopt("half")
    assert logged.steps_of_weight(log.state, weighed=True).value == 3


def test_say_takes_a_rule_of_ones_own_that_is_frozen(log):
    log.fill()
    log.do(kaders.vote, "content", "municipality", 4, 6)
    assert logged.steps_of_say(log.state, "municipality").value == 1
    log.adopt("half")
    log.agree()
    log.do(kaders.freeze)
    assert [logged.steps_of_say(log.state, side).value for side in SIDES] == [4, 1]


def test_the_lowest_promise_that_holds_is_the_promise(log):
    assert logged.promised_rung(log.state).missing == "no_cases"
    log.line("a", "actors", "promise", value="consult", level="municipality")
    log.line("b", "actors", "promise", value="decide")
    assert logged.promised_rung(log.state).value == 2
    log.line("c", "actors", "promise", value="coproduce", overrides="a", reason="Hier meer.")
    assert logged.promised_rung(log.state).value == 4


def test_a_decision_without_the_argument_that_lost_is_not_traceable(log):
    assert logged.reasoned_share(log.state).missing == "no_cases"
    for name, losing in (("a", "Goedkoper."), ("b", " ")):
        taken = e.DecisionTaken(
            id=name,
            what="Warmtenet",
            reason="Zeker.",
            losing=losing,
            owner="Raad",
            day="2026-02-01",
        )
        log.do(agreements.decide, taken)
    found = logged.reasoned_share(log.state)
    assert (found.value, found.of) == (0.5, 2)


def test_answers_are_counted_and_timed_per_side(log):
    for name, side in (("a", "residents"), ("b", "residents"), ("c", "municipality")):
        log.do(
            inputs.give, e.InputGiven(id=name, about="question", side=side, text="Wat kost het?")
        )
    log.do(inputs.answer, "a", "partly", "Deels.", at=LATER)

    assert [logged.answered_share(log.state, side).value for side in SIDES] == [0.5, 0]
    days = [logged.answer_days(log.state, side) for side in SIDES]
    assert (days[0].value, days[0].of) == (10, 1)
    assert days[1].missing == "no_cases"


@pytest.mark.parametrize(
    ("by", "independent", "until", "planned", "steps"),
    [
        (SIDES, True, "2026-12-31", "2026-11-01", 4),
        (SIDES, True, "2026-12-31", "2027-01-01", 3),
        (SIDES, True, "2026-12-31", None, 3),
        (SIDES, False, "2026-12-31", "2026-11-01", 2),
        (("municipality",), True, "2026-12-31", "2026-11-01", 1),
        (SIDES, True, "2026-02-01", "2026-01-20", 0),
    ],
)
def test_facilitation_climbs_a_step_at_a_time(log, by, independent, until, planned, steps):
    log.do(people.choose_facilitator, "Bureau", by, independent, until)
    if planned:
        log.do(agreements.write_moment, e.MomentWritten(id="m", what="Raad", day=planned))
    assert logged.steps_of_facilitation(log.state, "2026-02-02").value == steps


def test_nobody_leads_is_no_step(log):
    assert logged.steps_of_facilitation(log.state, "2026-02-02").value == 0


def test_nothing_is_disputed_without_the_weights_of_both_sides(log):
    log.do(sessions.add, "one", "workshop", "Avond 1", "2026-02-02")
    assert logged.disputed(log.state, "one") == frozenset()
    assert logged.recognised_share(log.state, "one").missing == "no_cases"
    alone = e.SessionWeighed(
        id="one", counted={"residents": 24}, weights={"residents": {"K1": 100}}, first=[]
    )
    log.do(sessions.record_weights, alone)
    assert logged.disputed(log.state, "one") == frozenset()
