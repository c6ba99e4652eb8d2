"""Agreements with late ones first, the planning, and decisions with the argument that lost."""

from datetime import date
from functools import partial

from tests.app.hall.conftest import Evening
from tests.app.projects.conftest import error

from waardeweging.presentation.catalog import text
from waardeweging.process import workshop as process
from waardeweging.process.project import agreements
from waardeweging.process.project import events as e


def say(key, **values):
    return text(f"project_desk.{key}", "nl", **values)


def test_an_agreement_is_made_and_done_only_with_evidence(open_page, project, said, submit):
    test = open_page("agreements", role="residents")
    test.text_area(key="agreed-new-what-0").input("Bel de corporatie")
    test.text_input(key="agreed-new-who-0").input("Afdeling Wonen")
    test.date_input(key="agreed-new-due-0").set_value(date(2026, 1, 1))
    submit(test, "agreed-new-0")
    (name,) = project.state.agreements
    assert say("agreements_late", count=1) in said(test)
    test.selectbox(key="agreed-which").select(name).run()
    test.button_group(key=f"agreed-{name}-status-0").set_value("done")
    submit(test, f"agreed-{name}-0")
    assert error(test) == text("fault.remedy.project.evidence", "nl")
    test.text_input(key=f"agreed-{name}-evidence-0").input("De brief hangt in de hal.")
    submit(test, f"agreed-{name}-0")

    assert project.state.agreements[name].written.status == "done"
    assert say("agreements_late", count=1) not in said(test)


def test_late_agreements_come_first_and_dropped_ones_last(open_page, project, said):
    for name, fields in (
        ("gone", {"status": "dropped", "evidence": "Niet nodig."}),
        ("later", {"due": "2099-01-01"}),
        ("late", {"due": "2026-01-01"}),
    ):
        one = e.AgreementWritten(id=name, what=f"Dit is {name}.", who="GGD", **fields)
        project.do(agreements.write, one)
    shown = said(open_page("agreements"))
    places = [shown.index(f"Dit is {name}.") for name in ("late", "later", "gone")]

    assert places == sorted(places)


def agreed(name, when, state):
    return process.agree(state, name, "Meet", "GGD", when)


def test_agreements_of_a_workshop_are_taken_over_once(open_page, project, store, said):
    project.put_files()
    evening = Evening(store, store.create("Avond", store.project_files(project.id)).id, "golden")
    store.add_workshop(project.id, evening.id, "Avond 1", "2026-02-01")
    for name, when in (("a", "2026-12-01"), ("b", "voor de zomer")):
        evening.decide(partial(agreed, name, when))
    test = open_page("agreements", role="municipality")
    for name in ("a", "b"):
        test.button(key=f"take-{evening.id}-{name}").click().run()
    found = [one.written for one in project.state.agreements.values()]

    assert [(one.what, one.due) for one in found] == [
        ("Meet", "2026-12-01"), ("Meet (voor de zomer)", None),
    ]  # fmt: skip
    assert not [one for one in test.button if str(one.key).startswith("take-")]


def test_another_day_for_a_moment_takes_a_reason(open_page, project, said, submit):
    test = open_page("agreements", role="municipality")
    submit(test, "moment-new-0")
    assert error(test) == say("no_day")
    test.text_input(key="moment-new-what-0").input("Besluit over het advies")
    test.text_input(key="moment-new-decides-0").input("de gemeenteraad")
    test.date_input(key="moment-new-day-0").set_value(date(2099, 3, 1))
    submit(test, "moment-new-0")
    (name,) = project.state.moments
    assert "de gemeenteraad" in said(test)
    test.selectbox(key="moment-which").select(name).run()
    test.date_input(key=f"moment-{name}-day-0").set_value(date(2099, 4, 1))
    submit(test, f"moment-{name}-0")
    assert test.error
    test.text_input(key=f"moment-{name}-reason-0").input("De cijfers komen later.")
    submit(test, f"moment-{name}-0")

    assert project.state.moments[name].day == "2099-04-01"


def test_a_decision_that_departs_names_the_advice(open_page, project, said, submit):
    test = open_page("agreements")
    test.text_area(key="decide-what-0").input("Begin met 200 woningen")
    test.text_area(key="decide-reason-0").input("Eerst zien of het werkt.")
    test.text_area(key="decide-losing-0").input("De wijk wilde er 900.")
    test.text_input(key="decide-owner-0").input("het college")
    test.checkbox(key="decide-departs-0").check()
    submit(test, "decide-0")
    assert error(test) == text("fault.remedy.project.advice", "nl")
    test.text_area(key="decide-advice-0").input("De hele wijk nu.")
    submit(test, "decide-0")

    assert [one.departs for one in project.state.decisions.values()] == [True]
    shown = said(test)
    assert say("decided_departs", advice="De hele wijk nu.") in shown
    assert "De wijk wilde er 900." in shown
