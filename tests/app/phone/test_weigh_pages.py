import re

import pytest
from tests.app.phone.phones import Phone, fields, hidden, receipt, weighed, words

from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.process.answers import as_ballots
from waardeweging.process.workshop import pause


@pytest.fixture(autouse=True)
def _open(evening):
    evening.open("round-1", 11)


def test_without_script_a_resident_weighs_and_gets_a_receipt(evening, phone):
    page = weighed(phone, "round-1")
    done = phone.post(page.url.path, data={**hidden(page), "go": "send"})

    assert done.url.path.endswith("/round-1/done")
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", receipt(done))
    assert evening.store.counts(evening.id, "round-1")["residents"] == (1, 1)
    evening.close("round-1")
    (given,) = evening.store.answers(evening.id, "round-1")
    assert given.payload["values"] == dict.fromkeys(given.payload["values"], 25)
    assert {"K1", "K2"} & set(given.payload["criteria"]) == {"K2"}


def test_what_is_handed_in_makes_a_ballot_whose_weights_are_one(evening, phone):
    page = weighed(phone, "round-1")
    phone.post(page.url.path, data=hidden(page))
    evening.close("round-1")
    answers = evening.store.answers(evening.id, "round-1")
    scenario = scenario_in(evening.store.files(evening.id))

    (ballot,) = as_ballots(answers, scenario.problem.framework, scenario.perspective, 1)

    assert sum(ballot.answers) == pytest.approx(1)


def test_each_person_is_asked_in_an_order_that_differs_and_stays(evening):
    orders = []
    for place in range(6):
        phone = Phone(evening)
        phone.enter(evening.card(place=place))
        first = fields(phone.at("round-1/values"), "v-")
        assert fields(phone.at("round-1/values"), "v-") == first
        again = Phone(evening)
        again.enter(evening.card(place=place))
        assert fields(again.at("round-1/values"), "v-") == first
        orders.append(tuple(first))

    assert len(set(orders)) > 1
    assert len({frozenset(order) for order in orders}) == 1


def test_a_button_moves_points_without_script_and_comes_back_to_its_place(phone):
    name = fields(phone.at("round-1"), "v-")[0]
    phone.fill("round-1/values", step=f"{name}:+5", **{name: "20"})
    page = phone.fill("round-1/values", step=f"{name}:+5", **{name: "98"})

    assert f'id="{name}" name="{name}" value="100"' in page.text
    assert page.history[0].headers["location"].endswith(f"#at-{name}")


def test_a_button_of_another_page_moves_nothing(evening, phone):
    phone.at("round-1")
    phone.fill("round-1/values", step="c-K2:+5")
    phone.fill("round-1/values", step="c-unheard:+5")

    seat = evening.store.seat(phone.cookies["ww-seat"])
    assert evening.store.draft(seat, "round-1") == {"values": {}, "criteria": {}}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Vul een getal in."),
        ("veel", "Schrijf alleen een getal van 0 tot 100."),
        ("1.234", "Schrijf alleen een getal van 0 tot 100."),
        ("2,5", "Schrijf een heel getal"),
        ("-1", "Nul is het minste."),
        ("101", "Honderd is het meeste."),
        ("１２", "Schrijf alleen een getal van 0 tot 100."),
        ("NaN", "Schrijf alleen een getal van 0 tot 100."),
        ('"><script>alert(1)</script>', "Schrijf alleen een getal van 0 tot 100."),
    ],
)
def test_points_that_cannot_be_read_are_shown_again_with_what_is_wrong(phone, typed, said):
    names = fields(phone.at("round-1"), "v-")
    page = phone.fill("round-1/values", go="next", **dict.fromkeys(names, "25") | {names[0]: typed})

    assert page.status_code == 422
    assert said in words(page)
    assert f'aria-describedby="fault-{names[0]}"' in page.text
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("typed", ["25", "25,0", "25.00", " 25 "])
def test_dutch_and_english_numbers_are_read(evening, phone, typed):
    names = fields(phone.at("round-1"), "v-")
    page = phone.fill("round-1/values", go="next", **dict.fromkeys(names, typed))

    assert "/inside/" in page.url.path


def test_values_that_are_not_a_hundred_together_are_asked_again(phone):
    names = fields(phone.at("round-1"), "v-")
    page = phone.fill("round-1/values", go="next", **dict.fromkeys(names, "20"))
    over = phone.fill("round-1/values", go="next", **dict.fromkeys(names, "30"))

    assert page.status_code == over.status_code == 422
    assert "Nog 20 punten te verdelen" in words(page)
    assert "U gaf 20 punten te veel" in words(over)


def test_a_value_without_points_is_passed_over_and_counts_for_nothing(evening, phone):
    names = fields(phone.at("round-1"), "v-")
    page = phone.fill(
        "round-1/values", go="next", **dict(zip(names, ("100", "0", "0", "0"), strict=True))
    )
    inside = fields(page, "c-")
    page = phone.post(page.url.path, data={**dict.fromkeys(inside, "50"), "go": "next"})
    handed = phone.post(
        f"/w/{evening.room}/round-1/hand-in", data=hidden(phone.at("round-1/hand-in"))
    )

    assert handed.url.path.endswith("/done")
    evening.close("round-1")
    (given,) = evening.store.answers(evening.id, "round-1")
    assert set(given.payload["criteria"]) == {name[2:] for name in inside}


def test_all_steps_at_zero_are_asked_again(phone):
    names = fields(phone.at("round-1"), "v-")
    page = phone.fill("round-1/values", go="next", **dict.fromkeys(names, "25"))
    inside = fields(page, "c-")
    again = phone.post(page.url.path, data={**dict.fromkeys(inside, "0"), "go": "next"})

    assert again.status_code == 422
    assert "Geef minstens één stap meer dan 0 punten." in words(again)


def test_giving_no_points_is_an_answer_of_its_own(evening, phone):
    phone.at("round-1")
    page = phone.fill("round-1/values", go="abstain")
    done = phone.post(page.url.path, data=hidden(page))

    assert done.url.path.endswith("/done")
    evening.close("round-1")
    (given,) = evening.store.answers(evening.id, "round-1")
    assert given.payload == {"abstain": True}


def test_handing_in_too_early_leads_back_to_what_is_missing(phone):
    assert phone.at("round-1/hand-in").url.path.endswith("/round-1/values")
    assert phone.at("round-1/mirror").url.path.endswith("/round-1/values")
    assert phone.fill("round-1/hand-in", key="k" * 12).url.path.endswith("/round-1/values")


def test_the_mirror_says_back_what_points_mean_and_where_to_change_them(phone):
    weighed(phone, "round-1")
    page = phone.at("round-1/mirror")

    assert "voor u" in words(page)
    assert "/round-1/values" in page.text


def test_the_same_form_sent_twice_gives_the_same_receipt_and_counts_once(evening, phone):
    page = weighed(phone, "round-1")
    form = hidden(page)
    first = phone.post(page.url.path, data=form)
    second = phone.post(page.url.path, data=form)

    assert receipt(first) == receipt(second)
    assert evening.store.counts(evening.id, "round-1")["residents"] == (1, 1)


def test_a_form_with_another_answer_under_the_same_key_is_refused(phone):
    page = weighed(phone, "round-1")
    form = hidden(page)
    phone.post(page.url.path, data=form)
    names = fields(phone.at("round-1/values"), "v-")
    points = dict(zip(names, ("40", "20", "20", "20"), strict=True))
    phone.fill("round-1/values", go="next", **points)
    shown = hidden(phone.at("round-1/hand-in"))["shown"]
    refused = phone.post(page.url.path, data={**form, "shown": shown})

    assert refused.status_code == 409
    assert "al verstuurd" in words(refused)


def test_nothing_is_handed_in_that_was_not_on_the_screen(evening, phone):
    page = weighed(phone, "round-1")
    names = fields(phone.at("round-1/values"), "v-")
    phone.fill("round-1/draft", **dict(zip(names, ("40", "20", "20", "20"), strict=True)))
    again = phone.post(page.url.path, data=hidden(page))

    assert again.status_code == 409
    assert "intussen veranderd" in words(again)
    assert evening.store.counts(evening.id, "round-1")["residents"] == (0, 1)


def test_a_draft_is_kept_while_somebody_is_still_at_it(evening, phone):
    names = fields(phone.at("round-1"), "v-")
    saved = phone.fill("round-1/draft", **{names[0]: "30", names[1]: ""})
    half = phone.fill("round-1/draft", **{names[0]: "30", names[1]: "1x"})

    assert (saved.status_code, half.status_code) == (204, 202)
    assert f'name="{names[0]}" value="30"' in phone.at("round-1").text


def test_a_draft_of_a_field_that_is_not_asked_is_dropped(evening, phone):
    phone.fill("round-1/draft", **{"v-nothing": "30", "c-K1": "5"})

    seat = evening.store.seat(phone.cookies["ww-seat"])
    assert evening.store.draft(seat, "round-1") == {"values": {}, "criteria": {}}


def test_round_2_begins_with_ones_own_values_only(evening, phone):
    page = weighed(phone, "round-1")
    phone.post(page.url.path, data=hidden(page))
    other = Phone(evening)
    other.enter(evening.card(place=1))
    evening.close("round-1")
    evening.open("round-2")

    mine, theirs = phone.at("round-2"), other.at("round-2")
    assert mine.text.count('value="25"') >= 4
    assert "Dit vulde u zelf in ronde 1 in." in words(mine)
    assert 'value="25"' not in theirs.text
    assert phone.at("round-2/hand-in").status_code == 200


def test_a_reason_is_kept_apart_and_once(evening, phone):
    page = weighed(phone, "round-1")
    form = {**hidden(page), "text": "=HYPERLINK(1)\u202e rust", "kind": "fact", "about": "K2"}
    phone.post(page.url.path, data=form)
    phone.post(page.url.path, data=form)

    (remark,) = evening.store.remarks(evening.id, moderated_only=False)
    assert (remark.text, remark.kind, remark.about) == ("HYPERLINK(1) rust", "fact", "K2")


def test_a_reason_that_is_too_long_is_shown_again(evening, phone):
    page = weighed(phone, "round-1")
    again = phone.post(page.url.path, data={**hidden(page), "text": "woord " * 300})

    assert again.status_code == 422
    assert "hoogstens 1.000 tekens" in words(again)
    assert evening.store.counts(evening.id, "round-1")["residents"] == (0, 1)


@pytest.mark.parametrize("closing", ["close", "pause"])
def test_a_sheet_that_takes_no_answers_says_so_and_leads_on(evening, phone, closing):
    page = weighed(phone, "round-1")
    form = hidden(page)
    if closing == "close":
        evening.close("round-1")
    else:
        evening.decide(lambda state: pause(state, "round-1"))

    assert phone.post(page.url.path, data=form).status_code == 409
    assert phone.fill("round-1/draft").status_code == 409
    assert phone.at("round-1").url.path.endswith("/now")


def test_pages_that_are_not_there_say_so(phone):
    assert phone.at("round-1/inside/nothing").status_code == 404
    assert phone.at("grades/values").status_code == 404
    assert phone.at("nothing").status_code == 404
