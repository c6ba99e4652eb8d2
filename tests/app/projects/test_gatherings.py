"""Sessions of a project: begun under its rules, their results kept, and what was learned."""

from datetime import date

import pytest
from tests.app.hall.conftest import Evening
from tests.app.projects.conftest import error

from waardeweging.presentation.catalog import text
from waardeweging.process.project import kaders, rules, sessions


def say(key, **values):
    return text(f"project_desk.{key}", "nl", **values)


@pytest.fixture
def held(project, store):
    """A workshop of the project, with people who answered."""
    project.put_files()
    made = store.create("Avond", store.project_files(project.id), exploration=True)
    store.add_workshop(project.id, made.id, "Avond 1", "2026-02-01")
    evening = Evening(store, made.id, "golden")
    evening.come_in("residents", 7)
    evening.come_in("municipality", 5)
    return evening


def test_files_come_from_the_shelf_and_a_later_version_gives_a_reason(
    open_page, project, said, submit
):
    test = open_page("gatherings")
    assert say("session_no_files") in said(test)
    for times in (1, 1, 2):
        number = len(project.state.files)
        test.selectbox(key=f"files-from-{0}").select("golden")
        if times == 2:
            test.text_input(key="files-reason-0").input("Nieuwe cijfers.")
        submit(test, "files-0")
        assert bool(test.error) is (times == 1 and number == 1)

    assert len(project.state.files) == 2
    assert say("files_hold", options=3, criteria=4) in said(test)


def test_a_workshop_begins_with_the_files_and_the_rules_of_the_project(
    open_page, project, store, said, submit
):
    project.put_files()
    for name, subject, value in (("s", "share", "0,6"), ("f", "fewest", "7")):
        project.do(rules.suggest, name, "residents", subject, value, f"Regel over {subject}.")
        project.do(rules.vote, name, "residents", 9, 9)
        project.do(rules.vote, name, "municipality", 9, 9)
    test = open_page("gatherings")
    submit(test, "begin-0")
    assert test.error
    test.text_input(key="begin-title-0").input("Avond 1")
    test.date_input(key="begin-day-0").set_value(date(2026, 3, 1))
    submit(test, "begin-0")
    (evening,) = store.workshops()
    links = [one.value for one in test.code if "/staff#" in one.value]

    assert (evening.rules.share, evening.rules.fewest) == (0.6, 7)
    assert evening.rules.texts == ("Regel over share.", "Regel over fewest.")
    assert evening.kaders.project == project.id
    assert [store.staff(link.rpartition("#")[2]).role for link in links] == [
        "facilitator", "reader",
    ]  # fmt: skip
    test.button(key="links-forget").click().run()
    assert not test.code


def test_its_first_round_waits_for_the_sheets(project, store):
    from waardeweging.app.projects.adding import begin_workshop

    project.put_files()
    evening = begin_workshop(store, project.state, "Avond 1", "2026-03-01")
    assert evening.kaders.fingerprint is None
    project.fill()
    project.agree()
    project.do(kaders.freeze)

    assert store.workshop(evening.id).kaders.fingerprint == project.state.fingerprint


def test_a_workshop_that_is_there_is_added(open_page, project, store, submit):
    made = store.create("Los", dict(project.put_files() and store.project_files(project.id)))
    test = open_page("gatherings")
    submit(test, "add-0")

    assert list(project.state.sessions) == [made.id]
    assert store.workshop(made.id).kaders.project == project.id


def test_a_result_is_kept_only_after_the_hall_saw_it(open_page, project, held, said):
    held.hold("round-1")
    test = open_page("gatherings")
    test.button(key=f"weights-{held.id}").click().run()
    assert error(test) == text("fault.remedy.project.not_told", "nl")
    held.show("values", "values")
    test.button(key=f"weights-{held.id}").click().run()
    weighed = project.state.sessions[held.id].weighed

    assert weighed.counted == {"residents": 7, "municipality": 5}
    assert set(weighed.weights) == {"residents", "municipality"}
    assert all(isinstance(x, int) for one in weighed.weights.values() for x in one.values())
    assert abs(sum(weighed.weights["residents"].values()) - 100) <= 2
    assert text("figure.drift.one", "nl") in said(test)
    assert test.get("plotly_chart")
    assert f"weights-{held.id}" not in [one.key for one in test.button]


def test_cooperation_is_kept_after_its_sheet_closed(open_page, project, held, said):
    test = open_page("gatherings")
    test.button(key=f"cooperation-{held.id}").click().run()
    assert test.error
    held.hold("cooperation")
    held.show("cooperation", "answers")
    test.button(key=f"cooperation-{held.id}").click().run()

    assert project.state.measurements[held.id].counted == {"residents": 7, "municipality": 5}


@pytest.mark.parametrize("role", ["residents", "municipality", "reader"])
def test_only_who_runs_it_begins_sessions_and_keeps_results(open_page, held, role):
    test = open_page("gatherings", role=role)
    forms = {one.proto.form_id for one in test.button}

    assert not {"begin-0", "add-0", "files-0"} & forms
    assert not [one for one in test.button if str(one.key).startswith(("weights", "cooperation"))]


def test_harvest_and_lessons_are_written_by_a_side(open_page, project, held, said, submit):
    test = open_page("gatherings", role="residents")
    test.text_area(key="harvest-text-0").input("Kosten per jaar, niet per maand.")
    test.selectbox(key="harvest-criterion-0").select("kosten")
    test.selectbox(key="harvest-minority-0").select("residents")
    submit(test, "harvest-0")
    submit(test, "lesson-0")
    assert test.error
    test.text_area(key="lesson-text-0").input("Eerder uitnodigen.")
    submit(test, "lesson-0")
    (one,) = project.state.harvest.values()

    assert (one.session, one.criterion, one.minority) == (held.id, "kosten", True)
    assert say("harvest_minority", side="bewoners") in said(test)
    assert [lesson.text for lesson in project.state.lessons.values()] == ["Eerder uitnodigen."]


def test_sessions_of_elsewhere_have_no_buttons(open_page, project):
    project.do(sessions.add, "elders", "consultation", "Raadpleging", "2026-04-01")
    test = open_page("gatherings")

    assert not [one for one in test.button if str(one.key).endswith("elders")]


def test_files_that_cannot_be_read_any_more_stop_nothing_else(open_page, project, store, said):
    store.keep_project_files(project.id, {"scenario.toml": b"id = 'golden'\nunknown = 1"})
    test = open_page("gatherings")

    assert not test.exception
    assert say("files_title") in said(test)
