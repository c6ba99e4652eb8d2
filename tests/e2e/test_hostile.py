"""Two hundred hostile texts on the pages that a browser builds itself: desk and big screen."""

import pytest
from playwright.sync_api import Page, expect
from tests.payloads import PAYLOADS

from waardeweging.presentation.catalog import text
from waardeweging.process.steps import NAMES

BUILT = ", ".join(
    (
        "iframe, object, embed, base, audio, video, math, main form[action], main script",
        "[src*='evil.test'], [href*='evil.test'], [href^='javascript:'], [onerror], [onload]",
    )
)


def say(key: str) -> str:
    return text(f"hall.facilitator.{key}", "nl")


def calm(page: Page, shows: str) -> None:
    """Check that a page shows the texts, and built nothing of them."""
    expect(page.get_by_text(shows, exact=False).first).to_be_attached()
    assert page.evaluate("window.ww_hit") is None
    found = page.locator(BUILT).evaluate_all("nodes => nodes.map(one => one.outerHTML)")
    assert found == []


@pytest.mark.slow
def test_hostile_texts_stay_texts_on_desk_and_screen(open_page, hostile_links):
    desk = open_page(f"staff#{hostile_links['facilitator']}", width=1280, height=900)
    screen = open_page(f"staff#{hostile_links['screen']}")
    calm(screen, PAYLOADS[1])
    for tab, shows in (
        ("setup", PAYLOADS[20]),
        ("people", PAYLOADS[2]),
        ("voices", PAYLOADS[0]),
        ("agreed", PAYLOADS[199]),
        ("after", PAYLOADS[1]),
    ):
        desk.get_by_role("tab", name=say(f"tab.{tab}"), exact=True).click()
        calm(desk, shows)
    desk.get_by_role("tab", name=say("tab.evening"), exact=True).click()
    desk.get_by_text(say("jump"), exact=True).click()
    for step, pages in (("rules", 3), ("options", 4), ("agreements", 1), ("closing", 1)):
        desk.locator(f".st-key-jump-{step} button").click()
        name = text(f"hall.step.{NAMES[NAMES.index(step)]}", "nl")
        expect(screen.locator(".ww-hall-head .step")).to_have_text(name)
        for _ in range(pages - 1):
            calm(screen, PAYLOADS[1])
            desk.locator(".st-key-next button").click()
            desk.wait_for_timeout(500)
        calm(screen, PAYLOADS[1])
