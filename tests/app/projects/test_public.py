"""The page of a project that everybody may read, through its real route and without script."""

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from tests.dossier.project.played import played

from waardeweging.app.projects.public import public_routes
from waardeweging.app.shell import Shell
from waardeweging.dossier.verify import verify_bundle
from waardeweging.process.project import events as e
from waardeweging.process.project import inputs, sessions
from waardeweging.store import open_store


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'public.db'}", floor=0) as opened:
        opened.import_chain(played(exploration=True).records)
        yield opened


@pytest.fixture
def visitor(store):
    app = Starlette(routes=public_routes(lambda: store), middleware=[Middleware(Shell)])
    return TestClient(app, base_url="http://hall.test")


def test_everybody_reads_what_is_promised_decided_and_done(visitor):
    page = visitor.get("/p/p").text

    for said in (
        "U geeft advies en krijgt antwoord.",
        "De band is breder gemaakt.",
        "10 december 2026",
        "te laat: 1 juni 2026",
        "Beide kanten tellen even zwaar.",
        "VERKENNING",
    ):
        assert said in page
    assert not re.search(r"""<script|\son\w+=|(src|href)="https?:""", page)


def test_the_page_loads_nothing_and_stands_in_no_frame(visitor):
    headers = visitor.get("/p/p").headers

    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]


def test_a_project_that_is_not_public_answers_like_one_that_is_not_there(visitor, store):
    hidden = store.begin_project("Geheim plan").id
    answers = [visitor.get(f"/p/{name}?lang=en") for name in (hidden, "nowhere", "a/b", "p/")]

    assert {one.status_code for one in answers} == {404}
    assert len({one.text for one in answers}) == 1
    assert "Geheim plan" not in answers[0].text
    store.change_project(
        hidden,
        "administrator",
        lambda s: sessions.announce(s, s.title, exploration=False, public=True),
    )
    assert visitor.get(f"/p/{hidden}").status_code == 200


def test_a_workshop_is_no_page(visitor, store):
    evening = store.create("Avond", {"scenario.toml": b""})

    assert visitor.get(f"/p/{evening.id}").status_code == 404


def test_the_language_is_chosen_by_a_link(visitor):
    dutch = visitor.get("/p/p").text
    (link,) = re.findall(r'<a href="(\?lang=en[^"]*)" lang="en"', dutch)
    english = visitor.get(f"/p/p{link}").text

    assert '<html lang="nl">' in dutch
    assert '<html lang="en">' in english
    assert "You give advice and get an answer." in english


def test_news_is_told_since_a_day(visitor):
    def news(query):
        page = visitor.get(f"/p/p?{query}").text
        return page[page.index('<section id="news"') :].partition("</section>")[0]

    assert "De vier bladen zijn vastgelegd" not in news("since=2026-02-02")
    assert "De vier bladen zijn vastgelegd" in news("since=2026-02-01")
    assert "Er veranderde niets." in news("since=2027-01-01")
    assert news("since=gisteren") == news("")
    assert 'value="2026-02-01"' in news("since=2026-02-01")


def test_everybody_downloads_what_can_be_recalculated_at_home(visitor):
    (address,) = re.findall(r'href="([^"]*bundle.zip[^"]*)"', visitor.get("/p/p?lang=en").text)
    answer = visitor.get(address)

    assert answer.headers["content-type"] == "application/zip"
    assert verify_bundle(answer.content).is_right
    assert visitor.get("/p/nowhere/bundle.zip").status_code == 404


def test_a_change_is_on_the_page_at_once(visitor, store):
    given = e.InputGiven(id="3", about="question", side="residents", text="<b>Hoe laat?</b>")
    before = visitor.get("/p/p").text
    store.change_project("p", "residents", lambda s: inputs.give(s, given))
    after = visitor.get("/p/p").text

    assert "Hoe laat?" not in before
    assert "&lt;b&gt;Hoe laat?&lt;/b&gt;" in after
