"""Writing the sheets, departing from outlines, voting, fixing, and opening again."""

from datetime import date

import pytest
from tests.app.projects.conftest import error

from waardeweging.app.projects.lines import outlines, take_over
from waardeweging.presentation.catalog import text
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders


def say(key, **values):
    return text(f"project_desk.{key}", "nl", **values)


@pytest.fixture
def outline(project):
    project.line("gas", text="Geen gas na 2040.", level="municipality", fixed=True, owner="Raad")
    return project


def test_a_line_is_written_and_stands_with_its_room_and_owner(open_page, project, said, submit):
    test = open_page()
    test.text_area(key="line-content-new-text-0").input("De vier opties op de lijst.")
    test.text_input(key="line-content-new-owner-0").input("programmateam")
    test.checkbox(key="line-content-new-fixed-0").check()
    submit(test, "line-content-new-0")
    (line,) = project.state.kaders.values()

    assert (line.topic, line.level, line.fixed) == ("options", "neighbourhood", True)
    assert say("room_talk") in said(test)
    assert "programmateam" in said(test)


def test_what_was_typed_stays_when_it_is_refused(open_page, project, submit):
    test = open_page()
    test.text_input(key="line-content-new-owner-0").input("programmateam")
    submit(test, "line-content-new-0")

    assert not project.state.kaders
    assert test.error[0].value.startswith("Schrijf waar het over gaat")
    assert test.text_input(key="line-content-new-owner-0").value == "programmateam"


def test_a_departure_needs_a_reason_and_is_listed(open_page, outline, said, submit):
    test = open_page(role="residents")
    test.text_area(key="line-content-new-text-0").input("Geen gas na 2035.")
    test.selectbox(key="line-content-new-overrides-0").select("gas")
    submit(test, "line-content-new-0")
    assert test.error[0].value == text("fault.remedy.workshop.no_reason", "nl") or test.error
    test.text_input(key="line-content-new-reason-0").input("Wij kunnen sneller.")
    submit(test, "line-content-new-0")

    assert [one.reason for one in kaders.overrides(outline.state)] == ["Wij kunnen sneller."]
    assert say("overrides_title") in said(test)


def test_residents_leave_the_outlines_of_the_municipality_alone(open_page, outline):
    test = open_page(role="residents")
    assert test.selectbox(key="line-content-new-level-0").options == ["Wijk"]
    assert "gas" not in str(test.selectbox(key="line-which-content").options)
    test = open_page(role="municipality")

    assert test.selectbox(key="line-content-new-level-0").options == ["Gemeente", "Wijk"]


def test_a_link_never_writes_above_its_level(project):
    from waardeweging.app.projects.desk import ProjectDesk
    from waardeweging.app.projects.lines import allowed
    from waardeweging.store import StaffSeat

    line = e.KaderWritten(id="x", sheet="content", topic="options", text="Ja.", level="state")
    seat = StaffSeat(project.id, "residents")
    today = date(2026, 1, 1).isoformat()
    desk = ProjectDesk(project.store, project.state, seat, "nl", None, today)

    with pytest.raises(ValueError, match="does not write at this level"):
        allowed(desk)(project.state, line)


def test_a_line_goes_with_a_reason(open_page, project, said, submit):
    project.line("options", text="Vier opties.")
    test = open_page()
    submit(test, "drop-content-0")
    assert test.error
    test.text_input(key="drop-content-reason-0").input("Dubbel.")
    submit(test, "drop-content-0")

    assert not project.state.kaders


def test_a_vote_on_a_sheet_with_gaps_names_them_in_words(open_page, project, submit):
    test = open_page(role="residents")
    test.number_input(key="vote-sheet-agree-0").set_value(20)
    test.number_input(key="vote-sheet-of-0").set_value(24)
    submit(test, "vote-sheet-0")

    assert error(test) == "Vul eerst in: Opties, Criteria en Eisen."
    assert not project.state.sheet_votes


def test_a_side_votes_for_itself_only_and_more_than_everybody_is_refused(
    open_page, project, submit
):
    project.fill()
    test = open_page(role="municipality")
    assert not [one for one in test.button_group if one.key == "vote-sheet-side-0"]
    test.number_input(key="vote-sheet-agree-0").set_value(7)
    test.number_input(key="vote-sheet-of-0").set_value(6)
    submit(test, "vote-sheet-0")
    assert test.error
    test.number_input(key="vote-sheet-agree-0").set_value(5)
    submit(test, "vote-sheet-0")
    (voted,) = [one for one in project.store.records(project.id) if one.kind == "sheet_voted"]

    assert voted.by == voted.body["side"] == "municipality"
    assert voted.body["agree"] == 5


def test_who_runs_it_counts_hands_for_both_sides_and_fixes_the_sheets(
    open_page, project, said, submit
):
    project.fill()
    test = open_page()
    test.button(key="freeze").click().run()
    assert test.error
    project.agree()
    test = open_page()
    test.button(key="freeze").click().run()
    assert project.state.is_frozen
    assert say("frozen") in said(test)
    test.text_input(key="revise-reason-0").input("Nieuwe optie.")
    submit(test, "revise-0")

    assert (project.state.version, project.state.is_frozen) == (2, False)
    assert say("earlier", version=1) in said(test)


def test_a_goal_gets_versions_with_reasons(open_page, project, said, submit):
    test = open_page(role="residents")
    test.text_area(key="goal-new-text-0").input("Iedereen warm.")
    submit(test, "goal-new-0")
    (name,) = project.state.goals
    test = open_page(role="residents")
    test.selectbox(key="goal-which").select(name).run()
    test.text_area(key=f"goal-{name}-text-0").input("Iedereen warm en droog.")
    test.text_input(key=f"goal-{name}-reason-0").input("Vocht telt mee.")
    submit(test, f"goal-{name}-0")

    assert [one.text for one in project.state.goals[name].versions] == [
        "Iedereen warm.", "Iedereen warm en droog.",
    ]  # fmt: skip
    assert say("goal_version", text="Iedereen warm.", reason="Vocht telt mee.") in said(test)


def test_outlines_of_another_project_are_taken_over_once(open_page, project, store, said, submit):
    other = store.begin_project("Elders")
    line = e.KaderWritten(
        id="gas", sheet="content", topic="requirements", text="Geen gas na 2040.",
        level="municipality", fixed=True, negotiable=False,
    )  # fmt: skip
    store.change_project(other.id, "administrator", lambda state: kaders.write(state, line))
    test = open_page()
    submit(test, "outlines-0")
    assert project.state.kaders["gas"].text == "Geen gas na 2040."
    assert not [one for one in test.button if one.proto.form_id.startswith("outlines")]

    assert take_over(project.state, outlines(store.project(other.id))) == ()
    assert not [
        one for one in open_page(role="municipality").button if "outlines" in one.proto.form_id
    ]


def test_the_project_gets_another_name_and_becomes_public(open_page, project, submit):
    test = open_page()
    test.text_input(key="announce-title-0").input("Warm Berkum")
    test.checkbox(key="announce-public-0").check()
    submit(test, "announce-0")

    assert (project.state.title, project.state.public) == ("Warm Berkum", True)
