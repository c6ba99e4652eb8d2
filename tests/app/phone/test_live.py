import pytest
from tests.app.phone.phones import hidden, weighed, words

from waardeweging.process import workshop as process


def test_before_anything_begins_one_sees_the_own_side_and_waits(phone):
    page = phone.at("now")

    assert "U bent binnen" in words(page)
    assert "U doet mee als Bewoner" in words(page)
    assert '<noscript><meta http-equiv="refresh"' in page.text
    assert "data-watch=" in page.text


def test_an_open_sheet_comes_by_itself_and_after_it_one_waits(evening, phone):
    evening.open("rules")
    assert phone.at("now").url.path.endswith("/rules")
    phone.fill("rules", agree="no", key=hidden(phone.at("rules"))["key"])

    page = phone.at("now")
    assert page.url.path.endswith("/now")
    assert "Dit leverde u in De afspraken" in words(page)


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (lambda state: process.pause(state, "rules"), "Even pauze"),
        (lambda state: process.close(state, "rules"), "De afspraken: klaar"),
        (lambda state: process.emergency(state, True), "We stoppen even"),
    ],
)
def test_a_waiting_page_says_what_happens(evening, phone, decide, said):
    evening.open("rules")
    evening.decide(decide)

    assert said in words(phone.at("now"))


def test_after_the_evening_cards_open_nothing_any_more(evening, phone):
    evening.store.unlink(evening.id)

    assert phone.at("now").url.path == f"/w/{evening.room}"
    assert phone.enter(evening.card()).status_code == 422


def test_one_is_told_at_which_table_one_sits(evening, phone):
    seat = evening.store.seat(phone.cookies["ww-seat"])
    evening.decide(lambda state: process.make_tables(state, {seat.credential: 7}))

    assert "U zit aan tafel 7" in words(phone.at("now"))


def test_the_mark_changes_with_the_hall_and_not_with_answers(evening, phone):
    def mark():
        evening.clock[0] += 1
        return phone.at("status").json()["seen"]

    first = mark()
    evening.open("round-1")
    opened = mark()
    page = weighed(phone, "round-1")
    phone.post(page.url.path, data=hidden(page))
    answered = mark()
    evening.close("round-1")

    assert first != opened == answered != mark()


def test_who_waits_costs_one_look_at_the_store_per_half_second(evening, phone, monkeypatch):
    looks = []
    found = type(evening.store).workshop

    def counted(*given):
        looks.append(given)
        return found(*given)

    monkeypatch.setattr(type(evening.store), "workshop", counted)
    for _ in range(20):
        phone.at("status")

    assert len(looks) == 1
    assert phone.get("/w/999999/status").status_code == 404
    assert phone.get("/w/nonsense/status").status_code == 404


def test_a_sheet_with_a_clock_says_until_when(evening, phone):
    evening.open("round-1", 11)
    page = phone.at("round-1")

    assert 'data-left="6' in page.text
    assert "Tot " in words(page)
    assert " uur" in words(page)


def test_when_the_clock_ran_out_for_long_a_phone_waits_instead_of_asking(
    evening, phone, monkeypatch
):
    evening.open("rules", 1)
    page = phone.at("rules")
    before = phone.at("status").json()["seen"]
    for name in ("visits", "live"):
        monkeypatch.setattr(
            f"waardeweging.app.phone.{name}.now", lambda: "2099-01-01T00:00:00.000Z"
        )
    evening.clock[0] += 1

    assert phone.at("status").json()["seen"] != before
    assert phone.at("rules").url.path.endswith("/now")
    assert phone.fill("rules", agree="yes", key=hidden(page)["key"]).status_code == 409
