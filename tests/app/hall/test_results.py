from dataclasses import replace

import pytest

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.outcome import Outcome
from waardeweging.app.hall import results
from waardeweging.app.hall.results import Moved, Withheld
from waardeweging.dossier.workshop import source_of_workshop
from waardeweging.presentation.outcome_json import dump
from waardeweging.process.answers import as_ballots


@pytest.fixture
def crowd(evening):
    evening.come_in("residents", 7)
    evening.come_in("municipality", 5)
    return evening


def side(evening, name):
    return [seat for seat in evening.seats if seat.side == name]


def test_the_hall_sees_what_analyse_says(crowd):
    crowd.hold("round-1")
    crowd.show("outcome", "joint")
    found = results.outcome_of(crowd.store, crowd.state)
    given = crowd.store.answers(crowd.id, "round-1")
    framework = crowd.scenario.problem.framework
    ballots = as_ballots(given, framework, crowd.scenario.perspective, 1)
    expected = analyse(replace(crowd.scenario, ballots=ballots))

    assert isinstance(found, Outcome)
    assert (found.result.joint == expected.result.joint).all()
    assert found.findings == expected.findings


def test_screen_dossier_and_analyse_judge_fairness_by_the_grades_of_the_evening(crowd):
    """One evening, three doors: the same answers, the same grades, the same verdict."""
    options = [one.id for one in crowd.scenario.problem.alternatives]
    crowd.hold("round-1")
    crowd.show("outcome", "joint")
    before = results.outcome_of(crowd.store, crowd.state)
    assert isinstance(before, Outcome)
    worst = {option: 0 if row == before.result.winner else 3 for row, option in enumerate(options)}
    crowd.open("grades")
    crowd.answer("grades", payload={"grades": worst})
    crowd.close("grades")
    assert results.outcome_of(crowd.store, crowd.state) is before
    crowd.show("grades", "grades")
    screen = results.outcome_of(crowd.store, crowd.state)
    assert isinstance(screen, Outcome)
    crowd.store.unlink(crowd.id)
    dossier = source_of_workshop(crowd.store, crowd.id, "nl")
    again = analyse(dossier.scenario)

    assert "no_grades" in before.agreement.fairness.obstacles
    assert "unacceptable" in screen.agreement.fairness.obstacles
    assert dump(screen, "nl") == dump(dossier.outcome, "nl") == dump(again, "nl")


def test_grades_that_a_few_took_back_leave_the_verdict_as_it_was_told(crowd):
    for sheet, step, page in (("round-1", "outcome", "joint"), ("grades", "grades", "grades")):
        crowd.hold(sheet)
        crowd.show(step, page)
    told = results.outcome_of(crowd.store, crowd.state)
    crowd.store.erase(crowd.seats[0], "grades")

    assert results.outcome_of(crowd.store, crowd.state) is told
    results.forget()
    after = results.outcome_of(crowd.store, crowd.state)
    assert isinstance(after, Outcome)
    assert after.graded is None


def test_the_rules_of_the_workshop_set_the_share(crowd):
    from waardeweging.process import workshop as process
    from waardeweging.process.events import Rules

    crowd.decide(lambda state: process.set_rules(state, Rules(share=0.7)))

    assert results.scenario_of(crowd.store, crowd.state).share == 0.7


def test_the_majority_grade_is_that_of_each_side(crowd):
    options = [one.id for one in crowd.scenario.problem.alternatives]
    crowd.open("grades")
    for place, seat in enumerate(side(crowd, "residents")):
        given = dict.fromkeys(options) | {options[0]: 4 if place < 4 else 1}
        crowd.answer("grades", [seat], {"grades": given})
    low = {"grades": dict.fromkeys(options, 1)}
    crowd.answer("grades", side(crowd, "municipality"), low)
    crowd.close("grades")
    crowd.show("grades", "grades")
    found = results.grades_of(crowd.store, crowd.state)

    assert found == {
        "residents": (4, *(None for _ in options[1:])),
        "municipality": tuple(1 for _ in options),
    }


def test_acceptance_is_told_in_steps_of_five_percent(crowd):
    options = [one.id for one in crowd.scenario.problem.alternatives]
    crowd.open("accept")
    for place, seat in enumerate(crowd.seats):
        crowd.answer("accept", [seat], {"accept": dict.fromkeys(options, place < 3)})
    crowd.close("accept")
    crowd.show("accept", "accept")
    found = results.acceptance_of(crowd.store, crowd.state)

    assert not isinstance(found, Withheld)
    # 3 of 7 is 43 percent.
    assert set(found["residents"]) == {0.45}
    assert set(found["municipality"]) == {0.0}


def test_an_option_left_empty_counts_neither_for_nor_against(crowd):
    first, *rest = (one.id for one in crowd.scenario.problem.alternatives)
    crowd.open("accept")
    for place, seat in enumerate(crowd.seats):
        blank = None if place < 2 else True
        crowd.answer("accept", [seat], {"accept": {first: blank} | dict.fromkeys(rest, False)})
    crowd.close("accept")
    crowd.show("accept", "accept")
    found = results.acceptance_of(crowd.store, crowd.state)

    assert not isinstance(found, Withheld)
    assert found["residents"] == (1.0, *(0.0 for _ in rest))


def test_questions_answered_by_few_stay_closed(crowd):
    from waardeweging.process.answers import QUESTIONS

    crowd.open("cooperation")
    for place, seat in enumerate(crowd.seats):
        given = dict.fromkeys(QUESTIONS, 4) | {QUESTIONS[0]: 5 if place < 2 else None}
        crowd.answer("cooperation", [seat], {"answers": given})
    crowd.close("cooperation")
    crowd.show("cooperation", "answers")
    found = results.cooperation_of(crowd.store, crowd.state)

    assert not isinstance(found, Withheld)
    assert found["residents"] == (None, *(4.0 for _ in QUESTIONS[1:]))


def test_who_did_not_move_moved_nothing(crowd):
    crowd.hold("round-1")
    crowd.open("round-2")
    for seat in crowd.seats:
        crowd.answer("round-2", [seat], crowd.store.own(seat, "round-1"))
    crowd.close("round-2")
    crowd.show("movement", "moved")
    found = results.moved_of(crowd.store, crowd.state)

    assert isinstance(found, Moved)
    assert found.own == {"residents": 0.0, "municipality": 0.0}
    assert found.gap[0] == found.gap[1]


def test_before_the_close_nothing_is_known(crowd):
    crowd.open("round-1")
    crowd.answer("round-1")
    crowd.show("outcome", "joint")

    for ask in (results.outcome_of, results.moved_of, results.grades_of):
        assert ask(crowd.store, crowd.state) == Withheld("not_closed")


def test_the_oldest_results_give_way(monkeypatch):
    monkeypatch.setattr(results, "_MOST_KEPT", 2)
    for key in "abc":
        results.kept(key, key.upper)

    assert results.kept("a", "made again".upper) == "MADE AGAIN"
    assert results.kept("c", "made again".upper) == "C"
