import re
import secrets

import numpy as np
import pytest
from tests.app.phone.phones import Phone, words

from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.app.hall import results
from waardeweging.app.hall.rehearsal import invented_answer
from waardeweging.process import workshop as process
from waardeweging.process.steps import NAMES

TITLE = "Uw weging naast die van anderen"


@pytest.fixture(autouse=True)
def _nothing_kept():
    yield
    results.forget()


@pytest.fixture
def crowd(evening, phone, berkum_files):
    """Round 1 with answers of the phone, of four more residents and of five officials."""
    evening.open("round-1")
    framework = scenario_in(berkum_files).problem.framework
    given = {
        "values": {value.id: 25 for value in framework.values},
        "criteria": {criterion.id: 50 for criterion in framework.criteria},
    }
    evening.store.submit(evening.store.seat(phone.cookies["ww-seat"]), "round-1", given, "key")
    answer(evening, berkum_files, [evening.card(place=n) for n in range(1, 5)])
    officials = evening.store.issue(evening.id, "municipality", "Ruimte", 5)
    evening.cards += officials
    answer(evening, berkum_files, officials)
    return evening


def answer(evening, files, cards, sheet="round-1"):
    scenario, rng = scenario_in(files), np.random.default_rng(4)
    for card in cards:
        given = invented_answer(sheet, scenario, card.side, rng)
        evening.store.by_hand(evening.id, card.code, sheet, given, secrets.token_hex(8))


def show(evening, step, page, *, hide=False):
    place = NAMES.index(step)
    evening.decide(lambda state: (*process.hide(state, hide), *process.show(state, place, page)))


def header(page):
    return re.findall(
        r"[◆●■] ?(?:</span>)?(?:<br>)?(U|Bewoners|Gemeente|Residents)</th>", page.text
    )


def cells(page):
    return [int(x) for x in re.findall(r"<td>(\d+)</td>", page.text)]


def test_nothing_before_the_hall_has_seen_the_values(crowd, phone):
    crowd.close("round-1")
    show(crowd, "values", "values", hide=True)

    assert TITLE not in words(phone.at("now"))
    page = phone.at("beside")
    assert "Er is nu nog niets te zien" in words(page)
    assert "<table" not in page.text


def test_own_points_stand_beside_those_of_both_sides(crowd, phone):
    crowd.close("round-1")
    show(crowd, "values", "values")
    assert TITLE in words(phone.at("now"))
    page = phone.at("beside")

    assert header(page) == ["U", "Bewoners", "Gemeente"]
    outcome = results.outcome_of(crowd.store, crowd.state)
    weighing = outcome.weighing
    given = np.array(cells(page)).reshape(-1, 3)
    values = [
        place
        for place, row in enumerate(re.findall(r"<tr[^>]*><th scope=\"row\"", page.text))
        if "value" in row
    ]
    assert (
        np.delete(given, values, axis=0)[:, 1:].tolist()
        == np.rint(100 * np.array([weighing.residents, weighing.municipality]).T).tolist()
    )
    # Every value got 25 points.
    assert set(given[values, 0].tolist()) == {25}
    assert "Het grootste verschil:" in words(page)
    assert "Uw volgorde" not in words(page)


def test_an_official_sees_the_own_side_first_and_who_did_not_weigh_both_sides_only(crowd):
    crowd.close("round-1")
    show(crowd, "values", "values")
    official, other, third = Phone(crowd), Phone(crowd), Phone(crowd, "tr")
    official.enter(crowd.cards[-1])
    other.enter(crowd.card(place=7))
    third.enter(crowd.card("Corporatie"))

    assert header(official.at("beside")) == ["U", "Gemeente", "Bewoners"]
    assert header(other.at("beside")) == ["Bewoners", "Gemeente"]
    assert "Van u zijn er geen punten." in words(other.at("beside"))
    assert "Sizin puanınız yok." in words(third.at("beside"))
    show(crowd, "outcome", "joint")
    assert "Birlikte ilk sırada:" in words(third.at("beside"))
    assert "Bij u" not in words(other.at("beside"))


def test_the_order_of_the_options_comes_after_the_hall_saw_it(crowd, phone):
    crowd.close("round-1")
    show(crowd, "values", "values")
    show(crowd, "outcome", "joint", hide=True)
    assert "Uw volgorde" not in words(phone.at("beside"))
    show(crowd, "outcome", "joint")
    page = words(phone.at("beside"))

    assert "Uw volgorde en die van samen" in page
    assert "bovenaan:" in page
    outcome = results.outcome_of(crowd.store, crowd.state)
    name = outcome.scenario.problem.alternatives[outcome.result.winner].label["nl"]
    assert re.search(rf"{re.escape(name)} \d+ 1 ", page)
    # The next page of the hall takes nothing away.
    show(crowd, "agreements", "agreements")
    assert "Uw volgorde" in words(phone.at("beside"))


def test_nothing_about_a_side_of_fewer_than_five(evening, phone, berkum_files):
    evening.open("round-1")
    answer(evening, berkum_files, [evening.card(place=n) for n in range(6)])
    answer(evening, berkum_files, [evening.card("municipality")])
    evening.close("round-1")
    show(evening, "values", "values")
    reader = Phone(evening)
    reader.enter(evening.card(place=1))
    page = reader.at("beside")

    assert "Over minder dan 5 mensen laten we geen cijfers zien." in words(page)
    assert "<table" not in page.text


def test_a_result_that_was_shown_stays_when_one_person_deletes_an_answer(crowd, phone):
    crowd.close("round-1")
    show(crowd, "values", "values")
    other = Phone(crowd)
    other.enter(crowd.card(place=1))
    before = cells(other.at("beside"))
    phone.fill("erase", sure="yes")

    assert cells(other.at("beside")) == before
    assert header(phone.at("beside")) == ["Bewoners", "Gemeente"]
    results.forget()
    assert "Er veranderden te weinig antwoorden" in words(other.at("beside"))


def test_round_2_shows_once_its_result_was_told_and_a_new_order_waits_for_the_hall(
    crowd, phone, berkum_files
):
    crowd.close("round-1")
    show(crowd, "outcome", "joint")
    show(crowd, "round-2", "count")
    crowd.open("round-2")
    assert "/round-2" in phone.at("beside").url.path
    answer(crowd, berkum_files, [crowd.card(place=n) for n in range(1, 6)], "round-2")
    answer(crowd, berkum_files, crowd.cards[-5:], "round-2")
    crowd.close("round-2")
    assert "Dit gaat over ronde 1." in words(phone.at("beside"))
    show(crowd, "movement", "moved")
    page = words(phone.at("beside"))

    assert "Dit gaat over ronde 2." in page
    assert "Uw volgorde" not in page
    assert header(phone.at("beside"))[0] == "U"
    show(crowd, "outcome", "joint")
    assert "Uw volgorde" in words(phone.at("beside"))


def test_a_waiting_phone_notices_that_the_hall_shows_a_result(crowd, phone):
    crowd.close("round-1")
    marks = []
    for step, shown in (("round-1", "count"), ("values", "values"), ("outcome", "joint")):
        show(crowd, step, shown)
        crowd.clock[0] += 1
        marks.append(phone.at("status").json()["seen"])

    assert len(set(marks)) == 3


def test_in_an_emergency_there_is_only_the_waiting_page(crowd, phone):
    crowd.close("round-1")
    show(crowd, "values", "values")
    crowd.decide(lambda state: process.emergency(state, True))

    page = phone.at("beside")
    assert page.url.path.endswith("/now")
    assert TITLE not in words(page)
