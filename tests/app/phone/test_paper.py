import pytest
from tests.app.phone.phones import Phone, fields, hidden, receipt, words


@pytest.fixture
def helper(evening):
    """A helper who opened the entry page with the secret of a link."""
    phone = Phone(evening)
    phone.fill("paper/open", secret=evening.link("helper"))
    return phone


def filled(page, points: dict[str, str] | None = None) -> dict[str, str]:
    names = [*fields(page, "v-"), *fields(page, "c-")]
    return {**hidden(page), **dict.fromkeys(names, "25"), **(points or {})}


def test_a_helper_enters_a_form_under_the_code_on_it(evening, helper):
    evening.open("round-1")
    page = helper.at("paper")
    assert page.url.path.endswith("/paper/round-1")
    done = helper.post(page.url.path, data={**filled(page), "code": evening.card().code})

    assert receipt(done)
    assert evening.store.counts(evening.id, "round-1")["residents"] == (1, 1)
    assert done.text.count('value=""') >= len(fields(page, "c-"))


def test_sums_on_paper_need_not_be_a_hundred(evening, helper):
    evening.open("round-1")
    page = helper.at("paper/round-1")
    given = filled(page, {fields(page, "v-")[0]: "40"})

    assert receipt(helper.post(page.url.path, data={**given, "code": evening.card().code}))


def test_a_value_without_points_may_stay_empty_below(evening, helper):
    evening.open("round-1")
    page = helper.at("paper/round-1")
    given = filled(page, {"v-costs": "0", **dict.fromkeys(("c-K2", "c-K3", "c-K4", "c-K5"), "")})

    assert receipt(helper.post(page.url.path, data={**given, "code": evening.card().code}))


def test_what_cannot_be_read_is_shown_again_at_its_place(evening, helper):
    evening.open("round-1")
    page = helper.at("paper/round-1")
    given = filled(page, {"c-K2": "x", "v-costs": "101", **dict.fromkeys(("c-D1",), "")})
    again = helper.post(page.url.path, data={**given, "code": "kort"})

    assert again.status_code == 422
    assert "4 antwoorden kloppen nog niet" in words(again)
    assert 'aria-describedby="fault-c-K2"' in again.text


def test_zeros_everywhere_below_a_value_are_asked_again(evening, helper):
    evening.open("round-1")
    page = helper.at("paper/round-1")
    zeros = dict.fromkeys(("c-K2", "c-K3", "c-K4", "c-K5"), "0")
    again = helper.post(page.url.path, data={**filled(page, zeros), "code": evening.card().code})

    assert "Geef minstens één stap meer dan 0 punten." in words(again)


@pytest.mark.parametrize(
    ("sheet", "typed", "kept"),
    [
        *(("rules", "1", {"agree": True}), ("grades", "3", 3)),
        *(("accept", "0", False), ("accept", "", None)),
    ],
)
def test_other_forms_are_entered_in_numbers(evening, helper, sheet, typed, kept):
    evening.open(sheet)
    page = helper.at(f"paper/{sheet}")
    given = {**hidden(page), **dict.fromkeys(fields(page, "q-"), typed)}
    helper.post(page.url.path, data={**given, "code": evening.card().code})
    evening.close(sheet)
    (answer,) = evening.store.answers(evening.id, sheet)

    assert answer.payload == kept or set(next(iter(answer.payload.values())).values()) == {kept}


def test_a_number_off_the_scale_is_refused(evening, helper):
    evening.open("grades")
    page = helper.at("paper/grades")
    given = {**hidden(page), **dict.fromkeys(fields(page, "q-"), "7")}
    again = helper.post(page.url.path, data={**given, "code": evening.card().code})

    assert again.status_code == 422
    assert "Kies een getal van 0 tot 4" in words(again)


def test_a_code_that_is_not_known_is_asked_again_and_guessing_is_slowed_down(evening, helper):
    evening.open("rules")
    page = helper.at("paper/rules")
    given = {"q-agree": "1", "code": "22222-22222"}
    codes = [
        helper.post(page.url.path, data={**hidden(page), **given}).status_code for _ in range(11)
    ]

    assert codes == [422] * 10 + [429]


def test_the_same_form_entered_twice_counts_once(evening, helper):
    evening.open("rules")
    page = helper.at("paper/rules")
    given = {**hidden(page), "q-agree": "1", "code": evening.card().code}

    first, second = (helper.post(page.url.path, data=given) for _ in range(2))
    assert receipt(first) == receipt(second)


def test_a_wrong_secret_opens_nothing(evening):
    phone = Phone(evening)
    refused = phone.fill("paper/open", secret="A" * 22)

    assert refused.status_code == 422
    assert "niet goed" in words(refused)
    assert phone.at("paper/rules").url.path.endswith("/paper")


def test_a_secret_of_another_workshop_opens_nothing_here(evening, berkum_files):
    other = evening.store.create("Elders", berkum_files)
    secret = evening.store.staff_link(other.id, "helper", "2099-01-01T00:00:00.000Z")

    assert Phone(evening).fill("paper/open", secret=secret).status_code == 422


def test_a_helper_sees_no_answers_and_can_stop(evening, helper):
    assert "Er is nu geen formulier open." in words(helper.at("paper"))
    assert helper.at("paper/round-1").url.path.endswith("/paper")
    assert helper.at("mine").url.path == f"/w/{evening.room}"
    stopped = helper.fill("paper/close")
    assert "Code van uw helperslink" in words(stopped)
