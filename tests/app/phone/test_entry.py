import pytest
from tests.app.phone.phones import Phone, words


def test_a_room_is_found_by_its_number_also_with_spaces(evening):
    phone = Phone(evening)
    room = evening.room
    page = phone.post("/w", data={"room": f" {room[:3]} {room[3:]}"})

    assert page.url.path == f"/w/{room}"
    assert "Fijn dat u er bent" in words(page)


@pytest.mark.parametrize(("typed", "said"), [("12", "Typ zes cijfers."), ("000000", "kennen wij")])
def test_a_room_that_is_not_there_is_asked_again(evening, typed, said):
    page = Phone(evening).post("/w", data={"room": typed})

    assert page.status_code == 422
    assert said in words(page)
    assert "Welkom" in words(Phone(evening).get("/w"))


def test_a_card_gives_a_seat_on_its_side(evening):
    phone = Phone(evening)
    code = evening.card("municipality").code
    page = phone.fill("enter", code=code.lower().replace("-", " "))

    assert page.url.path.endswith("/now")
    assert "■" not in page.text
    assert "Gemeente Ruimte" in words(page)
    assert phone.get(f"/w/{evening.room}").url.path.endswith("/now")


def test_a_third_party_is_called_by_its_own_name(evening):
    phone = Phone(evening)

    assert "Corporatie" in words(phone.enter(evening.card("Corporatie")))


@pytest.mark.parametrize(
    ("typed", "said"), [("kort", "tien letters"), ("22222-22222", "Deze code kennen wij niet")]
)
def test_a_code_that_opens_nothing_is_asked_again_and_not_repeated(evening, typed, said):
    page = Phone(evening).fill("enter", code=typed)

    assert page.status_code == 422
    assert said in words(page)
    assert typed not in page.text


def test_guessing_codes_is_slowed_down_and_the_hall_goes_on(evening):
    guesser = Phone(evening)
    guesser.headers["user-agent"] = "guesser"
    for sign in "23456789AB":
        assert guesser.fill("enter", code=f"22222-2222{sign}").status_code == 422
    refused = guesser.fill("enter", code=evening.card().code)

    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) in range(1, 62)
    neighbour = Phone(evening)
    neighbour.headers["user-agent"] = "somebody else on the same network"
    assert neighbour.enter(evening.card()).url.path.endswith("/now")
    evening.clock[0] += 61
    assert guesser.enter(evening.card()).url.path.endswith("/now")


def test_who_changes_browsers_for_every_guess_is_slowed_down_as_well(evening):
    for guess in range(100):
        evening.clock[0] += 0.01
        phone = Phone(evening)
        phone.headers["user-agent"] = f"guesser {guess}"
        assert phone.fill("enter", code="22222-22222").status_code == 422

    assert phone.fill("enter", code="22222-22222").status_code == 429


def test_guessing_rooms_is_slowed_down(evening):
    phone = Phone(evening)
    for _ in range(10):
        phone.post("/w", data={"room": "000000"})

    assert phone.post("/w", data={"room": evening.room}).status_code == 429


def test_a_language_is_chosen_without_script_and_stays(evening, phone):
    page = phone.get(f"/w/{evening.room}/now?lang=tr")

    assert page.url.query == b""
    assert '<html lang="tr">' in page.text
    assert "İçeridesiniz" in words(page)
    assert '<html lang="tr">' in phone.at("options").text
    assert '<html lang="tr">' in phone.get(f"/w/{evening.room}/now?lang=xx").text


def test_texts_of_the_scenario_say_which_language_they_are_in(evening, phone):
    turkish = phone.get(f"/w/{evening.room}/options?lang=tr")

    assert '<span lang="nl">Gasketel zoals nu</span>' in turkish.text
    assert "<span lang" not in phone.get(f"/w/{evening.room}/options?lang=en").text
