from tests.app.phone.phones import words


def test_options_are_listed_with_what_they_are(phone):
    page = words(phone.at("options"))

    assert "Gasketel zoals nu" in page
    assert "U houdt uw ketel op aardgas." in page


def test_an_option_tells_its_consequences_with_band_and_grounds(phone):
    page = phone.at("options/hybrid-green-gas")

    assert "Jaarlasten tegenover nu" in words(page)
    assert "per woning per jaar" in words(page)
    assert "berekend" in words(page)
    assert "Extra kosten voor het land" not in words(page)
    assert page.text.count('role="img"') == page.text.count("van 5 bolletjes")


def test_no_option_looks_better_by_its_place_or_a_total(phone):
    page = words(phone.at("options"))

    assert not any(word in page for word in ("plaats 1", "winnaar", "score"))


def test_the_first_and_last_option_lead_one_way_only(phone):
    first, second = phone.at("options/gas"), phone.at("options/hybrid-green-gas")

    assert 'rel="prev"' not in first.text
    assert 'rel="prev"' in second.text
    assert 'rel="next"' in second.text
    assert phone.at("options/none").status_code == 404
