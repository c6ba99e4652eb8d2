"""The dossier and the public page of a project in a real browser: accessible, on a phone too."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from tests.dossier.project.played import TODAY, played, source

from waardeweging.app.projects.public import public_routes
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.project.making import project_dossier
from waardeweging.store import open_store


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The page as it is served, and the file of the dossier, by language."""
    folder = tmp_path_factory.mktemp("project")
    with open_store(f"sqlite:///{folder / 'public.db'}", floor=0) as store:
        store.import_chain(played().records)
        client = TestClient(Starlette(routes=public_routes(lambda: store)))
        for language in ("nl", "en"):
            page = client.get(f"/p/p?lang={language}").content
            (folder / f"page-{language}.html").write_bytes(page)
            made = project_dossier(source(), ("html",), language, Theme(), TODAY)
            (folder / f"dossier-{language}.html").write_bytes(made["dossier.html"])
    return folder


@pytest.fixture
def open_one(browser, pages):
    contexts = []

    def opened(name, width):
        context = browser.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.goto((pages / f"{name}.html").as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("name", "width"),
    [("page-nl", 390), ("page-en", 1920), ("dossier-nl", 1920), ("dossier-en", 390)],
)
def test_a_project_has_no_accessibility_violations(open_one, assert_accessible, name, width):
    assert_accessible(open_one(name, width))


def test_on_a_phone_the_page_never_scrolls_sideways(open_one):
    page = open_one("page-nl", 390)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    wide = "[...document.querySelectorAll('.table')].filter(one => one.scrollWidth > 391).length"

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(wide) == 0
    answer = page.locator("#inputs td[data-head='Antwoord']").first
    assert answer.is_visible()
