"""The ballot in a real browser on a phone: with and without script, on and off line."""

import re
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from tests.app.phone.phones import Evening
from tests.e2e.conftest import remember_outside

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.app.hall.folders import gather
from waardeweging.app.phone.hall import Hall
from waardeweging.app.phone.routes import phone_routes
from waardeweging.app.shell import Shell
from waardeweging.presentation.catalog import languages_with, text
from waardeweging.process import workshop as process
from waardeweging.store import Store, open_store

PHONE = {"width": 390, "height": 844}
LEAST_TARGET = 44
LOCALES = {"nl": "nl-NL", "en": "en-GB", "tr": "tr-TR"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('hall') / 'hall.db'}") as opened:
        yield opened


@pytest.fixture(scope="module")
def hall_url(store: Store) -> Iterator[str]:
    """Address of the phone pages, served as the app does, on a store that the test holds."""
    app = Starlette(routes=phone_routes(Hall(lambda: store)), middleware=[Middleware(Shell)])
    config = uvicorn.Config(app, port=0, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def evening(store: Store, hall_url: str) -> Evening:
    state = store.create(
        "Avond in <b>Berkum</b>", gather(bundled_scenarios() / "berkum"), exploration=True
    )
    cards = store.issue(state.id, "residents", count=3)
    return Evening(store, state.id, state.room_code, cards, Starlette())


@pytest.fixture
def take_phone(browser: Browser, hall_url: str) -> Iterator[Any]:
    """Take a phone out of a pocket; what it asks of another machine fails the test."""
    outside: list[str] = []
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def take(language: str = "nl", *, script: bool = True) -> Page:
        context = browser.new_context(
            viewport=PHONE,
            locale=LOCALES[language],
            timezone_id="Europe/Amsterdam",
            has_touch=True,
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        remember_outside(context, hall_url, outside)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        return page

    yield take
    for context in contexts:
        context.close()
    assert outside == [], "a phone page asked another machine for something"
    assert complaints == []


def come_in(page: Page, url: str, evening: Evening, place: int = 0) -> None:
    """Scan the square on a card."""
    page.goto(f"{url}/w/{evening.room}#{evening.card(place=place).code}")
    expect(page).to_have_url(f"{url}/w/{evening.room}")
    page.locator("button.main").click()
    page.wait_for_url("**/now")


def fits(page: Page) -> None:
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room, f"{page.url} scrolls sideways"


def targets_are_large(page: Page) -> None:
    """Every button, field and link in the page itself is as high as a thumb."""
    small = page.evaluate(
        """least => [...document.querySelectorAll("main button, main input, main a, main select")]
            .filter(e => e.offsetParent && !e.classList.contains("first") && e.type !== "hidden")
            .map(e => e.closest("label") ?? e)
            .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect().height])
            .filter(([, height]) => height < least)""",
        LEAST_TARGET,
    )
    assert small == []


def go_on(page: Page) -> None:
    here = page.url
    page.locator(".bar .main").click()
    page.wait_for_url(lambda url: url != here)


def saved(page: Page, language: str = "nl") -> None:
    expect(page.locator("[data-status]")).to_have_text(text("phone.save.saved", language))


def test_with_script_everything_is_saved_as_one_goes(take_phone, hall_url, evening):
    page = take_phone()
    come_in(page, hall_url, evening)
    expect(page.get_by_role("heading", name="U bent binnen")).to_be_visible()

    evening.open("round-1", 11)
    page.wait_for_url("**/round-1/values")  # by itself: nobody touched the phone
    fields = page.locator("input.amount")
    fields.nth(0).fill("40")
    page.locator(".points").nth(1).get_by_role("button").nth(1).click()
    page.locator("input.slider").nth(2).fill("30")
    saved(page)
    expect(page.locator(".left")).to_have_text("Nog 25 punten te verdelen")

    page.reload()  # a phone that was locked
    assert [fields.nth(place).input_value() for place in range(4)] == ["40", "5", "30", ""]

    page.context.set_offline(True)
    fields.nth(3).fill("25")
    expect(page.locator("[data-status]")).to_contain_text("Geen verbinding")
    page.locator(".bar .main").click()
    expect(page).to_have_url(re.compile("/values$"))
    page.context.set_offline(False)
    page.wait_for_url("**/inside/**")

    while "/inside/" in page.url:
        for place in range(page.locator("input.amount").count()):
            page.locator("input.amount").nth(place).fill(str(100 - 10 * place))
        saved(page)
        go_on(page)
    go_on(page)
    page.locator("summary").click()
    page.locator("#text").fill("<img src=x onerror=alert(1)>")
    page.locator(".bar .main").click()
    page.wait_for_url("**/round-1/done")
    expect(page.locator(".code-big")).to_have_text(re.compile(r"(\w{4}-){3}\w{4}"))
    assert evening.store.counts(evening.id, "round-1")["residents"] == (1, 1)


def test_handing_in_without_a_connection_counts_once_when_it_is_back(take_phone, hall_url, evening):
    page = take_phone()
    come_in(page, hall_url, evening)
    evening.open("grades")
    page.wait_for_url("**/grades")
    page.locator("label.pick").first.click()
    saved(page)
    page.context.set_offline(True)
    page.locator(".bar .main").click()
    expect(page.locator("[data-status]")).to_contain_text("Geen verbinding")
    page.context.set_offline(False)
    page.wait_for_url("**/grades/done")

    assert evening.store.counts(evening.id, "grades")["residents"] == (1, 1)
    evening.close("grades")
    (given,) = evening.store.answers(evening.id, "grades")
    assert sorted(given.payload["grades"].values(), key=str)[0] == 4


def test_what_could_not_be_sent_survives_a_reload(take_phone, hall_url, evening):
    page = take_phone()
    come_in(page, hall_url, evening)
    evening.open("round-1")
    page.goto(f"{hall_url}/w/{evening.room}/now")
    page.route("**/draft", lambda route: route.abort())
    page.locator("input.amount").first.fill("60")
    expect(page.locator("[data-status]")).to_contain_text("Geen verbinding")
    page.unroute("**/draft")
    page.reload()

    expect(page.locator("input.amount").first).to_have_value("60")
    saved(page)


def test_a_sheet_that_closes_takes_the_phone_along(take_phone, hall_url, evening):
    page = take_phone()
    come_in(page, hall_url, evening)
    evening.open("rules")
    page.wait_for_url("**/rules")
    page.get_by_role("button", name="Ik ga akkoord").click()
    page.wait_for_url("**/rules/done")
    evening.close("rules")
    page.wait_for_url("**/now")

    expect(page.get_by_role("heading", level=1)).to_have_text("De afspraken: klaar")


def test_without_script_the_same_flow_works(take_phone, hall_url, evening):
    page = take_phone(script=False)
    page.goto(f"{hall_url}/w")
    page.locator("#room").fill(evening.room)
    page.locator("button.main").click()
    page.locator("#code").fill(evening.card(place=1).code)
    page.locator("button.main").click()
    page.wait_for_url("**/now")
    evening.open("round-1")
    page.wait_for_url("**/round-1/values")  # the page refreshes itself
    expect(page.locator("input.slider").first).to_be_hidden()
    for _ in range(2):
        page.get_by_role("button", name=re.compile("5 punten meer voor")).first.click()
        page.wait_for_load_state()
    expect(page.locator("input.amount").first).to_have_value("10")
    for place, points in enumerate(("10", "30", "30", "30")):
        page.locator("input.amount").nth(place).fill(points)
    page.locator("input.amount").last.press("Enter")
    page.wait_for_url("**/inside/**")
    while "/inside/" in page.url:
        for place in range(page.locator("input.amount").count()):
            page.locator("input.amount").nth(place).fill("50")
        fits(page)
        go_on(page)
    go_on(page)
    page.locator(".bar .main").click()
    page.wait_for_url("**/round-1/done")

    assert evening.store.counts(evening.id, "round-1")["residents"] == (1, 1)


@pytest.mark.parametrize("language", languages_with("phone"))
def test_every_page_is_accessible_fits_and_has_large_targets(
    take_phone, hall_url, evening, assert_accessible, language
):
    page = take_phone(language)
    room = f"{hall_url}/w/{evening.room}"

    def check(always: bool = False) -> None:
        # The elements are the same in every language; what may grow is their text.
        if always or language == "nl":
            assert_accessible(page)
        fits(page)
        targets_are_large(page)

    def look(path: str) -> None:
        page.goto(f"{room}{path}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        check()

    page.goto(f"{hall_url}/w")
    check()
    look("")
    come_in(page, hall_url, evening, 2)
    for path in ("/now", "/options", "/options/gas", "/mine", "/nothing/here", "/paper"):
        look(path)
    for sheet in ("rules", "practice", "round-1", "grades", "accept", "cooperation"):
        evening.open(sheet, 5)
        look(f"/{sheet}")
    page.goto(f"{room}/round-1/values")
    for place in range(4):
        page.locator("input.amount").nth(place).fill("26")
    page.locator(".bar .main").click()
    expect(page.locator(".notice")).to_be_visible()
    check(always=True)
    page.locator("input.amount").first.fill("22")
    go_on(page)
    while "/inside/" in page.url:
        check()
        for place in range(page.locator("input.amount").count()):
            page.locator("input.amount").nth(place).fill(str(90 - 10 * place))
        go_on(page)
    look("/round-1/mirror")
    look("/round-1/hand-in")
    page.locator("summary").click()
    check()
    page.locator(".bar .main").click()
    page.wait_for_url("**/done")
    check(always=True)
    look("/mine")
    evening.decide(lambda state: process.emergency(state, True))
    look("/now")


def test_a_helper_enters_a_form_with_the_keyboard_alone(
    take_phone, hall_url, evening, assert_accessible
):
    page = take_phone()
    evening.open("rules")
    page.goto(f"{hall_url}/w/{evening.room}/paper#{evening.link('helper')}")
    expect(page).to_have_url(f"{hall_url}/w/{evening.room}/paper")
    page.keyboard.press("Enter")
    page.wait_for_url("**/paper/rules")
    assert_accessible(page)
    page.keyboard.type(evening.card().code)
    page.keyboard.press("Tab")
    page.keyboard.type("1")
    page.keyboard.press("Enter")

    expect(page.locator(".notice.good")).to_contain_text("Bewaard. Bewijs voor op het papier")
    assert evening.store.counts(evening.id, "rules")["residents"] == (1, 1)
