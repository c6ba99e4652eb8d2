"""The register of input: given, assigned, answered by somebody else, and claims as a range."""

from datetime import date

import pytest
from tests.app.hall.conftest import Evening
from tests.app.projects.conftest import error

from waardeweging.presentation.catalog import text
from waardeweging.process.project import events as e
from waardeweging.process.project import inputs, people


def say(key, **values):
    return text(f"project_desk.{key}", "nl", **values)


def give(project, name="w", side="residents", **fields):
    given = {"about": "worry", "text": "De huur gaat omhoog."} | fields
    project.do(inputs.give, e.InputGiven(id=name, side=side, **given))


def test_input_is_registered_assigned_and_answered(open_page, project, said, submit):
    test = open_page("inputs", role="residents")
    test.text_area(key="input-text-0").input("De huur gaat omhoog.")
    submit(test, "input-0")
    (name,) = project.state.inputs
    assert say("inputs_lead", count=1, answered=0) in said(test)
    test = open_page("inputs", role="municipality")
    test.text_input(key="assign-owner-0").input("Afdeling Wonen")
    submit(test, "assign-0")
    assert error(test) == say("no_day")
    test.date_input(key="assign-due-0").set_value(date(2026, 1, 5))
    submit(test, "assign-0")
    assert say("input_late") in said(test)
    test.button_group(key="answer-reply-0").set_value("declined")
    submit(test, "answer-0")
    assert test.error
    assert project.state.inputs[name].answered is None
    test.text_area(key="answer-because-0").input("De corporatie beslist hierover.")
    submit(test, "answer-0")

    assert project.state.inputs[name].status == "declined"
    assert "De corporatie beslist hierover." in said(test)
    assert say("inputs_side", answered=1, count=1) in said(test)


@pytest.mark.parametrize(("role", "answers"), [("residents", False), ("municipality", True)])
def test_a_side_does_not_answer_its_own_input(open_page, project, role, answers):
    give(project)
    ids = [one.proto.form_id for one in open_page("inputs", role=role).button]

    assert ("answer-0" in ids) is answers


def test_who_runs_it_registers_what_a_third_party_brought_in(open_page, project, submit):
    grid = e.ActorWritten(id="n", label="Netbeheerder", side="netbeheerder")
    project.do(people.write_actor, grid)
    test = open_page("inputs")
    test.button_group(key="input-side-0").set_value("netbeheerder")
    test.text_area(key="input-text-0").input("Het net is vol tot 2031.")
    submit(test, "input-0")

    assert [one.given.side for one in project.state.inputs.values()] == ["netbeheerder"]


def test_late_input_comes_first(open_page, project, said):
    give(project, "old", text="Eerst gekomen.", owner="GGD", due="2026-01-01")
    give(project, "new", text="Later gekomen.")
    shown = said(open_page("inputs"))

    assert shown.index("Eerst gekomen.") < shown.index("Later gekomen.")
    assert say("inputs_late", count=1) in shown


def test_a_number_with_two_readings_is_refused_in_words(open_page, project, submit):
    test = open_page("inputs", role="residents")
    test.text_area(key="input-text-0").input("Het is veel meer.")
    test.text_input(key="input-value-0").input("1.200")
    submit(test, "input-0")

    assert "1200" in test.error[0].value
    assert not project.state.inputs


def test_a_claim_without_its_cell_is_refused(open_page, project, submit):
    test = open_page("inputs", role="residents")
    test.selectbox(key="input-about-0").select("performance")
    test.text_area(key="input-text-0").input("Het is veel meer.")
    submit(test, "input-0")

    assert error(test) == text("fault.remedy.project.claim", "nl")


def test_a_disputed_performance_travels_as_a_range_and_back_when_it_is_declined(
    open_page, project, said, submit
):
    project.put_files()
    test = open_page("inputs", role="residents")
    assert "widen" not in [one.key for one in test.button]
    test.selectbox(key="input-about-0").select("performance")
    test.selectbox(key="input-alternative-0").select("A")
    test.selectbox(key="input-criterion-0").select("kosten")
    test.text_area(key="input-text-0").input("Uit onze eigen rekening blijkt minder.")
    test.text_input(key="input-value-0").input("0,3")
    submit(test, "input-0")
    test = open_page("inputs")
    assert say("claim_no") in said(test)
    test.button(key="widen").click().run()

    assert not test.exception
    assert say("claim_yes") in said(test)
    files = project.store.project_files(project.id)
    assert b"0.3;0.8;0.8;0-1;expert;claim-" in files["performances.csv"]
    (name,) = project.state.inputs
    project.do(inputs.answer, name, "declined", "De rekening was van een ander huis.")
    assert inputs.claims(project.state) == ()


def test_a_claim_about_what_is_not_there_is_refused_in_words(open_page, project):
    project.put_files()
    give(project, about="performance", alternative="Z", criterion="kosten", value=7.0)
    test = open_page("inputs")
    test.button(key="widen").click().run()

    assert text("fault.remedy.project.claim_unknown", "nl") in error(test)
    assert len(project.state.files) == 1


def test_moderated_remarks_of_a_workshop_are_taken_over_once(open_page, project, store, said):
    state = project.put_files()
    evening = Evening(store, store.create("Avond", store.project_files(state.id)).id, "golden")
    store.add_workshop(project.id, evening.id, "Avond 1", "2026-02-01")
    (seat,) = evening.come_in("residents", 1)
    shown = store.remark(seat, "round-1", "kosten", "question", "Wie betaalt de buis?")
    store.remark(seat, "round-1", "", "reason", "Dit leest nog niemand.")
    store.moderate(evening.id, shown, "shown")
    test = open_page("inputs")
    assert "Dit leest nog niemand." not in said(test)
    test.button(key=f"take-{shown}").click().run()
    (one,) = project.state.inputs.values()

    assert not test.exception
    assert (one.given.about, one.given.criterion) == ("question", "kosten")
    assert f"take-{shown}" not in [one.key for one in test.button]
