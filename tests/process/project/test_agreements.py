import pytest

from waardeweging.problem.errors import InputError
from waardeweging.process.project import agreements
from waardeweging.process.project import events as e

LATER = "2026-03-01T19:00:00.000Z"


def refused(code, decide, *arguments):
    with pytest.raises(InputError) as caught:
        decide(*arguments)
    assert caught.value.code == code


def written(name="meet", **fields):
    fields = {"what": "Geluid meten bij drie pompen.", "who": "Omgevingsdienst"} | fields
    return e.AgreementWritten(id=name, **fields)


def decision(name="besluit", **fields):
    fields = {"what": "Wijkplan", "reason": "Grootste steun.", "owner": "college"} | fields
    return e.DecisionTaken(id=name, day="2026-06-01", **fields)


def test_an_agreement_keeps_the_day_it_was_made(log):
    log.do(agreements.write, written(due="2026-02-01"))
    assert agreements.overdue(log.state, "2026-02-01") == ()
    (late,) = agreements.overdue(log.state, "2026-02-02")
    assert late.written.id == "meet"
    done = written(due="2026-02-01", status="done", evidence="Rapport op de website.")
    state = log.do(agreements.write, done, at=LATER)
    assert agreements.overdue(state, "2026-12-31") == ()
    assert state.agreements["meet"].made_at < state.agreements["meet"].changed_at == LATER


def test_the_oldest_that_is_overdue_comes_first(log):
    log.do(agreements.write, written("b", due="2026-02-01"))
    log.do(agreements.write, written("a", due="2026-01-15"))
    log.do(agreements.write, written("never"))
    assert [one.written.id for one in agreements.overdue(log.state, "2026-03-01")] == ["a", "b"]


def test_what_is_done_shows_it_and_what_is_dropped_says_why(log):
    refused("project.evidence", agreements.write, log.state, written(status="done"))
    refused("workshop.no_reason", agreements.write, log.state, written(status="dropped"))
    refused("workshop.agreement_gap", agreements.write, log.state, written(who=" "))
    dropped = written(status="dropped", evidence="De pompen komen er niet.")
    assert log.do(agreements.write, dropped).agreements["meet"].written.status == "dropped"


def test_moments_come_in_order_and_move_with_a_reason(log):
    log.do(agreements.write_moment, e.MomentWritten(id="raad", what="Raad", day="2026-06-01"))
    log.do(agreements.write_moment, e.MomentWritten(id="avond", what="Avond", day="2026-02-02"))
    assert [one.id for one in agreements.ahead(log.state, "2026-01-01")] == ["avond", "raad"]
    moved = e.MomentWritten(id="raad", what="Raad", day="2026-07-01")
    refused("workshop.no_reason", agreements.write_moment, log.state, moved)
    log.do(agreements.write_moment, moved.model_copy(update={"reason": "Volle agenda."}))
    done = e.MomentWritten(id="avond", what="Avond", day="2026-02-02", done=True)
    state = log.do(agreements.write_moment, done)
    assert [one.day for one in agreements.ahead(state, "2026-01-01")] == ["2026-07-01"]
    blank = e.MomentWritten(id="x", what=" ", day="2026-02-02")
    refused("project.no_text", agreements.write_moment, state, blank)


def test_a_decision_has_a_reason_and_says_from_which_advice_it_departs(log):
    refused("workshop.no_reason", agreements.decide, log.state, decision(reason=""))
    refused("workshop.agreement_gap", agreements.decide, log.state, decision(owner=""))
    refused("project.advice", agreements.decide, log.state, decision(departs=True))
    state = log.do(agreements.decide, decision(departs=True, advice="Warmtenet eerst."))
    assert state.decisions["besluit"].departs
    refused("project.taken", agreements.decide, state, decision())
