"""The desk of a project in a real browser: by its link, on a phone, from one side to the other."""

import re

from playwright.sync_api import Page, expect
from tests.e2e.rest import at_rest

from waardeweging.presentation.catalog import text

expect.set_options(timeout=30_000)

SCROLLED = "document.querySelector('.stMain').scrollTop"
RULE = "Bewoners en gemeente tellen elk voor de helft."


def say(key: str, **values: object) -> str:
    return text(f"project_desk.{key}", "nl", **values)


def come_in(open_page, secret: str):
    page = open_page(f"staff#{secret}", width=390, height=844)
    expect(page).to_have_url(re.compile(r"/project$"))
    assert secret not in page.url
    expect(page.locator("h1")).to_have_text("Vogelbuurt")
    return page


def go_to(page: Page, part: str) -> None:
    page.get_by_role("radio", name=say(f"part.{part}"), exact=True).click()
    expect(page.get_by_role("heading", name=say(f"{part}_title"), exact=True)).to_be_visible()
    at_rest(page)


def test_a_rule_that_one_side_proposes_is_there_for_the_other(
    open_page, project_links, assert_accessible
):
    page = come_in(open_page, project_links["residents"])
    expect(page.get_by_text(say("who.residents"))).to_be_visible()
    expect(page.get_by_text(say("exploration"), exact=True)).to_be_visible()
    go_to(page, "rules")
    page.get_by_text(say("rule_suggest"), exact=True).first.click()
    at_rest(page)
    page.get_by_label(say("rule_value")).fill("0,5")
    page.get_by_label(say("rule_text"), exact=True).fill(RULE)
    at_rest(page)
    page.get_by_role("button", name=say("rule_suggest")).click()
    expect(page.get_by_role("rowheader", name=RULE)).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    other = come_in(open_page, project_links["municipality"])
    go_to(other, "rules")
    expect(other.get_by_role("rowheader", name=RULE)).to_be_visible()
    go_to(other, "people")
    assert_accessible(other)


def test_the_choice_of_a_part_stands_still_when_another_part_is_chosen(open_page, project_links):
    page = come_in(open_page, project_links["residents"])
    page.set_viewport_size({"width": 390, "height": 844})
    at_rest(page)
    tops = []
    for part in ("kaders", "rules", "people"):
        go_to(page, part)
        tops.append(page.locator(".st-key-part").bounding_box()["y"] + page.evaluate(SCROLLED))

    assert max(tops) - min(tops) < 1
