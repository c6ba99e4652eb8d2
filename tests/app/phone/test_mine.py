import pytest
from tests.app.phone.phones import Phone, fields, hidden, receipt, weighed, words


@pytest.fixture
def answered(evening, phone):
    """A resident who weighed, graded and voted."""
    for sheet in ("rules", "round-1", "grades"):
        evening.open(sheet)
    phone.fill("rules", agree="yes", key=hidden(phone.at("rules"))["key"])
    page = weighed(phone, "round-1")
    phone.receipt = receipt(phone.post(page.url.path, data=hidden(page)))
    page = phone.at("grades")
    phone.post(page.url.path, data={**hidden(page), fields(page, "q-")[0]: "3"})
    return phone


def test_one_sees_ones_own_answers_with_their_receipts_and_nobody_elses(evening, answered):
    other = Phone(evening)
    other.enter(evening.card(place=1))
    mine = words(answered.at("mine"))

    assert answered.receipt in mine
    assert "Kosten 25 punten" in mine
    assert "Gasketel zoals nu Goed" in mine
    assert "Akkoord met de afspraken ja" in mine
    assert answered.receipt not in words(other.at("mine"))
    assert "U leverde nog niets in." in words(other.at("mine"))


def test_one_deletes_ones_own_answers_after_being_asked(evening, answered):
    asked = answered.fill("erase")
    assert "25 punten" in words(asked)

    gone = answered.fill("erase", sure="yes")
    assert "Al uw antwoorden zijn gewist." in words(gone)
    assert "U leverde nog niets in." in words(answered.at("mine"))
    assert evening.store.counts(evening.id, "round-1")["residents"] == (0, 1)


def test_who_stops_on_a_device_can_come_back(evening, answered):
    left = answered.fill("leave")
    assert left.url.path == f"/w/{evening.room}"
    assert not {cookie.name for cookie in answered.cookies.jar} - {"ww-language"}

    answered.enter(evening.card())
    assert "25 punten" in words(answered.at("mine"))


def test_another_device_of_the_same_card_shows_the_same_receipt(evening, answered):
    second = Phone(evening)
    second.enter(evening.card())

    assert answered.receipt in words(second.at("mine"))
    assert receipt(second.at("round-1/done")) == answered.receipt


def test_an_abstention_is_shown_as_one(evening, phone):
    evening.open("round-1")
    page = phone.fill("round-1/values", go="abstain")
    phone.post(page.url.path, data=hidden(page))

    assert "U gaf geen punten." in words(phone.at("mine"))


def test_a_question_about_an_option_reaches_the_facilitator_once(evening, phone):
    assert "Vraag of opmerking?" in words(phone.at("options/gas"))
    for _ in range(2):
        page = phone.fill("ask", about="gas", kind="question", text="Hoe lang nog?")

    assert "bij de gespreksleider" in words(page)
    (remark,) = evening.store.remarks(evening.id, moderated_only=False)
    assert (remark.about, remark.kind, remark.text) == ("gas", "question", "Hoe lang nog?")


@pytest.mark.parametrize(
    "form", [{"about": "gas", "text": " \u200b"}, {"about": "elsewhere", "text": "Hallo"}]
)
def test_a_question_about_nothing_is_refused(phone, form):
    assert phone.fill("ask", **form).status_code == 400


def test_too_many_questions_at_once_are_slowed_down(phone):
    codes = [phone.fill("ask", about="gas", text=f"Vraag {n}").status_code for n in range(7)]

    assert codes == [200] * 6 + [429]
