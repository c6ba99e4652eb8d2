import pytest
from tests.app.phone.phones import fields, hidden, receipt, words

from waardeweging.process.events import Rules
from waardeweging.process.workshop import freeze, set_rules


def test_rules_are_told_in_plain_words_with_their_fingerprint(evening, phone):
    evening.decide(
        lambda state: set_rules(state, Rules(share=0.6, fewest=7, texts=("Geen <b>jargon</b>.",)))
    )
    evening.decide(freeze)
    evening.open("rules")
    page = words(phone.at("rules"))

    assert "De bewoners tellen voor 60% mee en de gemeente voor 40%." in page
    assert "Over minder dan 7 mensen" in page
    assert "Geen <b>jargon</b>." in page
    assert evening.state.fingerprint[:16] in page


def test_a_vote_can_be_changed_until_the_sheet_closes(evening, phone):
    evening.open("rules")
    for agree in ("yes", "no"):
        page = phone.fill("rules", agree=agree, key=hidden(phone.at("rules"))["key"])
    evening.close("rules")

    assert "U ging niet akkoord" in words(page)
    (given,) = evening.store.answers(evening.id, "rules")
    assert given.payload == {"agree": False}


@pytest.mark.parametrize(
    "form", [{"agree": "maybe", "key": "k" * 20}, {"agree": "yes", "key": "k"}]
)
def test_a_vote_that_is_none_is_refused(evening, phone, form):
    evening.open("rules")

    assert phone.fill("rules", **form).status_code == 400


@pytest.mark.parametrize(
    ("sheet", "code", "kept"),
    [
        *(("grades", "4", 4), ("grades", "", None), ("grades", "9", None)),
        *(("accept", "no", False), ("accept", "", None), ("cooperation", "2", 2)),
    ],
)
def test_what_is_chosen_is_handed_in_and_the_rest_is_no_answer(evening, phone, sheet, code, kept):
    evening.open(sheet)
    page = phone.at("now")
    first, *rest = fields(page, "q-")
    done = phone.post(page.url.path, data={**hidden(page), first: code})
    evening.close(sheet)
    (given,) = evening.store.answers(evening.id, sheet)
    (answers,) = given.payload.values()

    assert receipt(done)
    assert answers[first[2:]] == kept
    assert all(answers[name[2:]] is None for name in rest)


def test_a_choice_is_kept_as_a_draft_and_shown_again(evening, phone):
    evening.open("grades")
    name = fields(phone.at("grades"), "q-")[0]
    assert phone.fill("grades/draft", **{name: "3"}).status_code == 204

    assert f'name="{name}" value="3" checked' in phone.at("grades").text


def test_a_sheet_that_is_not_open_leads_to_what_happens_now(phone):
    assert phone.at("rules").url.path.endswith("/now")
    assert phone.at("grades").url.path.endswith("/now")
    assert phone.fill("grades").status_code == 409


def test_handing_in_too_often_is_slowed_down(evening, phone):
    evening.open("rules")
    codes = []
    for _ in range(11):
        page = phone.at("rules")
        codes.append(phone.fill("rules", agree="yes", key=hidden(page)["key"]).status_code)

    assert codes == [200] * 10 + [429]
