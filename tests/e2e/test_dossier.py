"""The dossier in a real browser: accessible, on a phone too, and it asks nobody for anything."""

from pathlib import Path

import pytest

from waardeweging.dossier.document.contents import contents_of
from waardeweging.dossier.document.facts import facts_of
from waardeweging.dossier.document.html import html_of
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.source import source_of_folder

BERKUM = Path(__file__).parents[2] / "scenarios" / "berkum"


@pytest.fixture(scope="module")
def source():
    return source_of_folder(BERKUM)


@pytest.fixture
def open_dossier(browser, source, tmp_path):
    contexts, asked = [], []

    def open_one(language="nl", width=1920):
        facts = facts_of(source, language)
        page_file = tmp_path / f"{language}.html"
        page_file.write_text(
            html_of(contents_of(facts, language), Theme(name="Gemeente")), encoding="utf-8"
        )
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=True
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(page_file.as_uri())
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}


@pytest.mark.parametrize(("language", "width"), [("nl", 1920), ("en", 390)])
def test_the_dossier_has_no_accessibility_violations(
    open_dossier, assert_accessible, language, width
):
    assert_accessible(open_dossier(language, width))


def test_on_a_phone_only_tables_scroll_sideways(open_dossier):
    page = open_dossier("nl", 390)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_reader_reaches_every_chapter_by_keyboard(open_dossier):
    page = open_dossier("en", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_role("link", name="The outcome", exact=True).press("Enter")
    assert page.url.endswith("#outcome")
    assert page.get_by_role("heading", name="The outcome", exact=True).is_visible()


def test_a_phone_and_a_desk_each_see_one_drawing(open_dossier):
    for width, shown, hidden in ((390, "narrow", "wide"), (1280, "wide", "narrow")):
        page = open_dossier("nl", width)
        assert page.locator(f"#outcome .drawing.{shown}").first.is_visible()
        assert not page.locator(f"#outcome .drawing.{hidden}").first.is_visible()
