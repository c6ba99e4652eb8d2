import pytest

from waardeweging.app.navigation import PAGES
from waardeweging.presentation.catalog import LANGUAGES, text

WIDGETS = (
    "button",
    "button_group",
    "radio",
    "selectbox",
    "slider",
    "text_input",
    "toggle",
    "expander",
)


def test_the_app_is_dutch_by_default(open_app):
    test = open_app()

    assert not test.exception
    assert test.title[0].value == text("page.start.title", "nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_chooses_the_language(open_app, language):
    assert open_app(lang=language).title[0].value == text("page.start.title", language)


def test_a_language_that_does_not_exist_is_ignored(open_app):
    assert open_app(lang="xx").title[0].value == text("page.start.title", "nl")


def test_the_switch_changes_the_language_and_the_address(open_app):
    test = open_app()
    test.button_group(key="language").set_value("en").run()

    assert test.title[0].value == text("page.start.title", "en")
    assert test.query_params["lang"] == "en"

    test.button_group(key="language").set_value("nl").run()

    assert test.title[0].value == text("page.start.title", "nl")
    assert "lang" not in test.query_params


def test_the_address_keeps_scenario_and_perspective(open_app):
    test = open_app(scenario="berkum", perspective="national", screen="large")

    assert test.query_params["scenario"] == "berkum"
    assert test.query_params["perspective"] == "national"
    assert test.radio(key="perspective").value == "national"
    assert test.toggle(key="large").value is True


def test_a_scenario_that_does_not_exist_gives_the_first(open_app):
    assert open_app(scenario="../../etc").query_params["scenario"] == "berkum"


@pytest.mark.parametrize("name", ["start", *PAGES])
def test_every_widget_has_a_key(open_app, open_screen, name):
    test = open_app() if name == "start" else open_screen(name)
    found = [widget for kind in WIDGETS for widget in test.get(kind)]

    assert not test.exception
    assert [widget for widget in found if not widget.key] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_scenario_shows_every_fault_in_place_of_the_page(
    open_screen, broken, shown, language
):
    test = open_screen("outcome", broken, language)

    assert not test.exception
    assert test.title[0].value == text("app.faults_title", language)
    assert "framework.toml" in shown(test)
    assert "scenario.toml" in shown(test)


def test_a_broken_scenario_can_be_left_again(open_app, broken, shown):
    test = open_app(scenario=broken)

    assert "scenario.toml" in shown(test)

    test.selectbox(key="scenario").set_value("berkum").run()

    assert not test.error
    assert test.query_params["scenario"] == "berkum"
