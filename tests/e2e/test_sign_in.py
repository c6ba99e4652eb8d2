"""Somebody of the staff signs in at a real sign-in service, in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from waardeweging.presentation.catalog import text

expect.set_options(timeout=30_000)


def say(key: str) -> str:
    return text(f"hall.{key}", "nl")


def come_back_from_sign_in(browser: Browser, app_url: str) -> Page:
    page = browser.new_context(locale="nl-NL").new_page()
    page.goto(f"{app_url}/facilitator")
    page.get_by_role("button", name=say("staff.sign_in")).click()
    page.wait_for_url(f"{app_url}/facilitator", wait_until="commit")
    return page


@pytest.mark.slow
def test_the_account_of_the_organisation_opens_the_desk_for_who_has_a_role(
    browser, app_url, sign_in, assert_accessible
):
    sign_in.claims = {"email": "anna@zwolle.test", "email_verified": True}
    page = come_back_from_sign_in(browser, app_url)
    expect(page.get_by_role("tab", name=say("facilitator.tab.evening"), exact=True)).to_be_visible()
    page.goto(f"{app_url}/beamer")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(say("beamer.door_title"))).to_have_count(0)
    page.context.close()

    # Somebody else, or an address that nobody vouches for, stays outside.
    for claims in (
        {"email": "bob@zwolle.test", "email_verified": True},
        {"email": "anna@zwolle.test", "email_verified": False},
    ):
        sign_in.claims = claims
        page = come_back_from_sign_in(browser, app_url)
        expect(page.get_by_text(say("staff.no_role"))).to_be_visible()
        expect(page.get_by_role("tab")).to_have_count(0)
    assert_accessible(page)
    page.context.close()
