"""A consultation by link: a round of a project that stays open for weeks, with a code at home."""

import pytest
from babel.dates import format_datetime, get_timezone
from starlette.applications import Starlette
from starlette.middleware import Middleware
from tests.app.phone.phones import Evening, Phone, hidden, receipt, weighed, words

from waardeweging.app.phone.hall import Hall
from waardeweging.app.phone.routes import phone_routes
from waardeweging.app.shell import Shell
from waardeweging.process import workshop as process
from waardeweging.process.moments import now, read_moment
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders

SIX_WEEKS = 42 * 24 * 60


def _agreed(store, project):
    """Fill in the four sheets, let both sides agree, and freeze them."""
    for sheet, topics in kaders.TOPICS.items():
        for topic in topics:
            value = "advise" if topic == "promise" else ""
            line = e.KaderWritten(
                id=f"{sheet}-{topic}", sheet=sheet, topic=topic, text="Zo.", value=value
            )
            store.change_project(
                project, "municipality", lambda s, line=line: kaders.write(s, line)
            )
        for side in ("residents", "municipality"):
            store.change_project(
                project, side, lambda s, sheet=sheet, side=side: kaders.vote(s, sheet, side, 5, 6)
            )
    store.change_project(project, "administrator", kaders.freeze)


@pytest.fixture
def consultation(store, berkum_files) -> Evening:
    project = store.begin_project("Berkum").id
    state = store.create("Raadpleging", berkum_files)
    store.add_workshop(project, state.id, "Raadpleging", "2026-10-05", "consultation")
    cards = store.issue(state.id, "residents", count=3)
    _agreed(store, project)
    store.change(state.id, "facilitator", process.freeze)
    hall = Hall(lambda: store, lambda: 1000.0)
    app = Starlette(routes=phone_routes(hall), middleware=[Middleware(Shell)])
    return Evening(store, state.id, state.room_code, cards, app)


def _hand_in(phone):
    page = weighed(phone, "round-1")
    return phone.post(page.url.path, data={**hidden(page), "go": "send"})


def test_at_home_one_answers_with_a_code_and_the_last_answer_counts(consultation):
    assert consultation.store.projects()[-1].sessions[consultation.id].added.gathering == (
        "consultation"
    )
    consultation.open("round-1", SIX_WEEKS)
    first = Phone(consultation)
    first.enter(consultation.card())
    given = receipt(_hand_in(first))

    # Another day, another device: the same code, and one answer that counts.
    later = Phone(consultation)
    later.enter(consultation.card())
    again = receipt(_hand_in(later))

    consultation.close("round-1")
    counted = consultation.store.answers(consultation.id, "round-1")
    assert len(counted) == 1
    assert given != again
    assert counted[0].side == "residents"


def test_a_round_of_weeks_says_until_which_day(consultation):
    consultation.open("round-1", SIX_WEEKS)
    phone = Phone(consultation)
    phone.enter(consultation.card())

    # The day as people at home have it, which late in the evening is not that of UTC.
    ends = read_moment(consultation.state.sheets["round-1"].closes_at)
    day = format_datetime(ends, "d MMMM", tzinfo=get_timezone("Europe/Amsterdam"), locale="nl")

    assert f"Tot {day}" in words(phone.at("round-1/values"))


def test_after_its_weeks_a_round_takes_no_answers(consultation):
    consultation.decide(
        lambda state: process.open_sheet(state, "round-1", SIX_WEEKS, "2026-01-05T08:00:00.000Z")
    )
    phone = Phone(consultation)
    phone.enter(consultation.card())

    assert consultation.state.sheets["round-1"].closes_at < now()
    assert phone.at("round-1/values").status_code == 409


def test_at_home_nobody_is_sent_to_a_big_screen(consultation):
    consultation.open("round-1", SIX_WEEKS)
    phone = Phone(consultation)
    phone.enter(consultation.card())
    _hand_in(phone)

    waits = phone.at("now")

    assert "U bent klaar" in words(waits)
    assert "grote scherm" not in words(waits)
    assert f'href="/w/{consultation.room}/round-1/done"' in waits.text


def test_in_the_hall_one_who_is_ready_looks_at_the_big_screen(consultation):
    consultation.open("round-1", 10)
    phone = Phone(consultation)
    phone.enter(consultation.card())
    _hand_in(phone)

    assert "grote scherm" in words(phone.at("now"))
