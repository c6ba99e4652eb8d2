"""The part about working together: what it shows, and what somebody can write there."""

import secrets

import pytest
from tests.app.hall.conftest import files_of

from waardeweging.elicitation.ballots import SIDES
from waardeweging.process import workshop as process
from waardeweging.process.answers import QUESTIONS
from waardeweging.process.moments import now
from waardeweging.process.project import events as e
from waardeweging.process.project import sessions
from waardeweging.process.steps import NAMES

PART = "indicators"


@pytest.fixture
def measured(project):
    project.put_files()
    project.fill()
    project.do(sessions.add, "one", "workshop", "Avond 1", "2026-02-02")
    project.do(sessions.add, "two", "workshop", "Avond 2", "2026-03-02")
    for name, day, trust in (("one", "2026-02-02", 2.0), ("two", "2026-03-02", 3.0)):
        answered = e.CooperationMeasured(
            id=name,
            label=name,
            day=day,
            counted={"residents": 24, "municipality": 6},
            means={"residents": {"trust": trust}, "municipality": {"trust": 4.5}},
        )
        project.do(sessions.record_cooperation, answered)
        weights = {"residents": {"K1": 60, "S1": 40}, "municipality": {"K1": 80, "S1": 20}}
        found = e.SessionWeighed(
            id=name, counted={"residents": 24, "municipality": 6}, weights=weights, first=[]
        )
        project.do(sessions.record_weights, found)
    return project


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("nl", ("‘Vertrouwen: vertrouwt men de ander’", "bleef 20 punten")),
        ("en", ("‘Trust: do people trust the others’", "stayed 20 points")),
    ],
)
def test_the_widest_gap_is_said_first_and_nothing_is_added_up(
    measured, open_page, said, language, wanted
):
    page = open_page(PART, language=language)
    shown = said(page)

    assert not page.exception
    assert all(one in shown for one in wanted)
    assert ("geen totaalcijfer" if language == "nl" else "no total") in shown
    page.selectbox(key="indicator-chosen").select_index(1).run()
    assert not page.exception


def test_a_project_where_nothing_happened_says_what_is_not_known(open_page, said):
    page = open_page(PART, role="residents")

    assert not page.exception
    assert "Er is nog niets bekend." in said(page)
    assert "stap 0" not in said(page).replace("stap 0 tot 4", "")


@pytest.mark.parametrize(
    ("indicator", "shown", "kept"), [("room", 2, 2.0), ("reasoning", 40, 0.4), ("voice", 2.5, 2.5)]
)
def test_a_side_writes_down_what_it_saw_on_the_scale(
    measured, open_page, submit, indicator, shown, kept
):
    page = open_page(PART, role="residents")
    page.selectbox(key="observed-indicator").select(indicator).run()
    name = f"observed-{indicator}"
    submit(page, f"{name}-0")
    assert page.error
    page.selectbox(key=f"{name}-moment-0").select("one")
    page.number_input(key=f"{name}-value-0").set_value(shown)
    page.text_area(key=f"{name}-grounds-0").set_value("Verslag, punt 4.")
    submit(page, f"{name}-0")

    assert measured.state.observations[indicator, "one", "residents"].value == kept


def survey(store, seen):
    """A workshop of which only the sheet about working together was used."""
    state = store.create("Vooraf", files_of("golden"))
    decide = lambda decision: store.change(state.id, "facilitator", decision)  # noqa: E731
    seats = [
        store.enter(state.id, card.code).seat
        for side in SIDES
        for card in store.issue(state.id, side, "", 5)
    ]
    decide(lambda one: process.open_sheet(one, "cooperation", None, now()))
    for seat in seats:
        payload = {"answers": dict.fromkeys(QUESTIONS, 4)}
        store.submit(seat, "cooperation", payload, secrets.token_hex(8))
    decide(lambda one: process.close(one, "cooperation"))
    if seen:
        decide(lambda one: process.show(one, NAMES.index("cooperation"), "answers"))


@pytest.mark.parametrize("seen", [True, False])
def test_a_survey_becomes_the_start_once_the_hall_saw_it(project, open_page, submit, said, seen):
    assert "Nog geen werksessie" in said(open_page(PART))
    survey(project.store, seen)
    page = submit(open_page(PART), "survey-0")

    assert ("t0" in project.state.measurements) == seen
    if seen:
        assert project.state.measurements["t0"].means["municipality"]["trust"] == 4
    else:
        assert "Toon deze antwoorden eerst in de zaal." in said(page)


def test_both_surveys_are_taken_once(project, open_page, said):
    survey(project.store, True)
    for name in ("t0", "afterwards"):
        taken = e.CooperationMeasured(id=name, label="x", day="2026-01-15", counted={}, means={})
        project.do(sessions.record_cooperation, taken)

    assert "staan al in het project" in said(open_page(PART))


def test_who_only_reads_writes_nothing(measured, open_page, said):
    shown = said(open_page(PART, role="reader"))

    assert "Schrijf op wat u zag" not in shown
    assert "Neem de antwoorden" not in shown
