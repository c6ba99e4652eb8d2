import pytest

from waardeweging.presentation.catalog import LANGUAGES, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_that_the_ballots_are_invented(open_app, language):
    test = open_app(lang=language)

    said = test.warning[0].value.lower()
    assert ("verzonnen" if language == "nl" else "invented") in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_tool_cannot_decide(open_app, shown, language):
    assert text("page.start.limits_decide", language) in shown(open_app(lang=language))


def test_another_scenario_can_be_chosen(open_app):
    test = open_app()
    test.selectbox(key="scenario").set_value("golden").run()

    assert test.query_params["scenario"] == "golden"
    assert not test.radio


def test_the_perspective_is_one_switch(open_app):
    test = open_app()

    assert test.radio(key="perspective").value == "resident"

    test.radio(key="perspective").set_value("national").run()

    assert test.query_params["perspective"] == "national"
