"""A newcomer walks from start to the source of a number, on a phone and on a beamer."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.rest import at_rest

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario import read_scenario
from waardeweging.app.navigation import PAGES
from waardeweging.presentation.catalog import text

# The machine may be busy, and a first outcome takes its time.
expect.set_options(timeout=20_000)

PHONE, BEAMER = {"width": 390, "height": 844}, {"width": 1920, "height": 1080}


@pytest.fixture(scope="module")
def berkum():
    return read_scenario(bundled_scenarios() / "berkum")


@pytest.fixture
def open_quietly(open_page, app_url):
    """Open a page and remember what the browser complains of, from the first request on."""
    complaints: list[str] = []

    def open_one(path: str = "", **settings) -> Page:
        page: Page = open_page("health", **settings)
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text) if said.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        language = settings.get("language", "nl")
        page.goto(f"{app_url}/{path}" + ("" if language == "nl" else f"?lang={language}"))
        return page

    yield open_one
    assert complaints == []


def arrive(page: Page, name: str, language: str) -> None:
    """Wait until a page is there and at rest."""
    title = text(f"page.{name}.title", language)
    expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()
    at_rest(page)


def go_on(page: Page, name: str, language: str) -> None:
    """Take the button at the end of a page."""
    page.locator(".st-key-next-step a").click()
    arrive(page, name, language)


def go_to(page: Page, name: str, language: str) -> None:
    """Take the menu, which a phone has to unfold."""
    menu = page.get_by_test_id("stExpandSidebarButton")
    if menu.is_visible():
        menu.click()
    page.get_by_role("link", name=text(f"page.{name}.name", language), exact=True).first.click()
    arrive(page, name, language)
    # A real phone folds the menu by itself; this browser only has the width of one.
    fold = page.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
    if fold.is_visible():
        fold.click()
        expect(menu).to_be_visible()


def choose(page: Page, key: str, shown: str) -> None:
    """Choose in a list by its visible name; it closes when the page scrolls under it."""
    box = page.locator(f".st-key-{key}").get_by_role("combobox")
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box.press("ArrowDown")
    page.get_by_role("option", name=shown, exact=True).click()
    at_rest(page)


def fits(page: Page) -> None:
    """Nothing of the page lies beside the screen, once pictures have found their width."""
    page.wait_for_function(
        "[...document.querySelectorAll('[data-testid=stMain]')]"
        ".every(e => e.scrollWidth <= e.clientWidth)"
    )


def targets_are_large(page: Page) -> None:
    for button in page.locator("[data-testid=stMain] button:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24, button.inner_text()


def give(page: Page, key: str, points: str) -> None:
    field = page.locator(f".st-key-points-{key} input")
    field.fill(points)
    field.press("Enter")
    at_rest(page)


def turn_to(page: Page, value: str) -> None:
    """Choose a value; who sees nothing happen presses once more."""
    option = page.locator(".st-key-inside-value").get_by_role("radio", name=value, exact=True)
    option.click()
    at_rest(page)
    if not option.is_checked():
        option.click()
        at_rest(page)
    expect(option).to_be_checked()


@pytest.mark.parametrize(
    ("screen", "language"), [(PHONE, "nl"), (BEAMER, "en")], ids=["phone-nl", "beamer-en"]
)
def test_a_newcomer_reaches_the_outcome_and_the_source_of_a_number(
    open_quietly, assert_accessible, berkum, screen, language
):
    page = open_quietly(language=language, **screen)

    def check() -> None:
        assert_accessible(page)
        fits(page)
        targets_are_large(page)

    arrive(page, "start", language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    check()

    go_to(page, "weights", language)
    framework = berkum.problem.framework
    for value in framework.values:
        give(page, value.id, "25")
    check()
    page.locator(".st-key-lock button").click()
    at_rest(page)
    columns = framework.weighed(berkum.perspective)
    for value in framework.values:
        turn_to(page, value.label[language])
        for column in columns:
            if framework.criteria[column].value == value.id:
                give(page, framework.criteria[column].id, "2,5")
    mirror = text("page.weights.mirror_title", language)
    expect(page.get_by_role("heading", name=mirror)).to_be_visible()
    check()

    go_to(page, "outcome", language)
    expect(page.locator(".js-plotly-plot .main-svg").nth(2)).to_be_attached()
    check()

    go_to(page, "effects", language)
    option, criterion = berkum.problem.alternatives[3], framework.criteria[columns[0]]
    choose(page, "cell-option", option.label[language])
    choose(page, "cell-criterion", criterion.label[language])
    cell = page.locator(".st-key-cell")
    number = berkum.problem.cells[3][columns[0]]
    expect(cell).to_contain_text(berkum.problem.source(number.source).title)
    expect(cell).to_contain_text(text("page.effects.formula_title", language))
    check()


def test_the_other_pages_are_accessible_and_fit_on_a_phone_and_on_a_beamer(
    open_quietly, assert_accessible
):
    # What a screen shows is up to the style sheet: the same page serves both.
    page = open_quietly("sides", **BEAMER)
    arrive(page, "sides", "nl")
    others = list(PAGES)
    for name in (*others[others.index("sides") + 1 :], None):
        for screen in (BEAMER, PHONE):
            page.set_viewport_size(screen)
            fits(page)
            assert_accessible(page)
        if name is not None:
            go_on(page, name, "nl")


def test_the_language_stays_across_pages_and_a_reload(open_quietly):
    page = open_quietly()
    arrive(page, "start", "nl")
    page.locator(".st-key-language").get_by_text("English").click()
    arrive(page, "start", "en")
    expect(page.locator("html")).to_have_attribute("lang", "en")

    go_on(page, "effects", "en")
    expect(page).to_have_url(re.compile(r"lang=en"))
    page.reload()
    arrive(page, "effects", "en")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_points_can_be_given_with_the_keyboard_alone(open_quietly, berkum):
    page = open_quietly("weights")
    arrive(page, "weights", "nl")
    expect(page.locator(".st-key-lock button")).to_be_visible()
    first = berkum.problem.framework.values[0].id
    page.locator(f".st-key-points-{first} input").focus()
    page.keyboard.type("40")
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
        at_rest(page)

    expect(page.locator(f".st-key-points-{first} input")).to_have_value("45")
