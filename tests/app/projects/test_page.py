"""Who may open the page of a project, what its head says, and what each link may do."""

import pytest

from waardeweging.app.projects.begin import project_link
from waardeweging.presentation.catalog import LANGUAGES, text
from waardeweging.process.project import kaders, sessions

PARTS = ("kaders", "rules", "inputs", "people", "agreements", "gatherings", "news")


def say(key, language="nl", **values):
    return text(f"project_desk.{key}", language, **values)


def forms(test):
    return {one.proto.form_id.rpartition("-")[0] for one in test.button if one.proto.form_id}


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_on_an_empty_project(open_page, said, part):
    test = open_page(part, language="en")

    assert not test.exception
    assert test.title[0].value == "Buurt \\<b\\>warm\\</b\\>"
    assert say(f"{part}_title", "en") in said(test)


@pytest.mark.parametrize("part", PARTS)
def test_a_reader_reads_every_part_and_writes_nothing(open_page, said, part):
    test = open_page(part, role="reader")

    assert not test.exception
    assert say("who.reader") in said(test)
    assert not forms(test)
    assert not [one for one in test.button if one.key]


@pytest.mark.parametrize("part", ["kaders", "people"])
@pytest.mark.parametrize("role", ["residents", "municipality"])
def test_a_side_writes_but_does_not_run_the_project(open_page, said, part, role):
    test = open_page(part, role=role)

    assert say(f"who.{role}") in said(test)
    assert forms(test)
    assert not {"announce", "outlines", "revise"} & forms(test)
    assert "freeze" not in [one.key for one in test.button]


def test_without_a_link_the_page_asks_for_one(open_page, project, submit):
    test = open_page(role="")
    assert test.title[0].value == say("door_title")
    test.text_input(key="door-secret").input("wrong")
    submit(test, "door")
    assert test.error
    link = f"http://localhost:8501/staff#{project_link(project.store, project.id, 'residents')}"
    test.text_input(key="door-secret").input(link)
    submit(test, "door")

    assert test.title[0].value.startswith("Buurt")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_says_per_sheet_what_is_missing_and_who_still_votes(
    open_page, project, said, language
):
    shown = said(open_page(language=language))
    assert say("sheet_count", language, done=0, of=6) in shown
    assert text("project.topic.budget", language) in shown
    project.fill()
    project.do(kaders.vote, "content", "residents", 20, 24)
    shown = said(open_page(language=language))
    waits = say("sheet_waits", language, sides=text("word.municipality", language))
    assert waits in shown
    assert say("vote_said", language, side=text("word.residents", language), agree=20, of=24) in (
        shown
    )
    project.agree()
    shown = said(open_page(language=language))

    assert say("sheet_agreed", language) in shown
    assert waits not in shown


def test_a_new_version_is_announced_and_the_fingerprint_is_gone(open_page, project, said):
    project.fill()
    project.agree()
    code = project.do(kaders.freeze).fingerprint[:4]
    assert code in said(open_page())
    project.do(kaders.revise, "Er kwam een optie bij.")
    shown = said(open_page("rules"))

    assert say("new_version", version=2, reason="Er kwam een optie bij.") in shown
    assert say("fingerprint", version=2) not in shown


def test_an_exploration_is_marked_on_every_part_and_on_the_screen(open_page, project, said):
    project.do(sessions.announce, "Proef", exploration=True, public=False)
    shown = [said(open_page(part)) for part in ("kaders", "news")]
    shown.append(said(open_page(show="rules")))

    assert all(say("exploration") in one and "ww-behind" in one for one in shown)


def test_news_is_told_the_newest_first_and_secret_links_only_to_who_runs_it(
    open_page, project, said
):
    project.line("options", text="Vier opties.")
    mine, theirs = said(open_page("news")), said(open_page("news", role="residents"))
    wrote = text("project_news.kader_written.new", "nl", sheet="Inhoud", text="Vier opties")
    linked = text("project_news.staff_linked", "nl", role="beheer")

    assert wrote in theirs
    assert mine.index(wrote) < mine.index("Het project ‘Buurt")
    assert linked in mine
    assert linked not in theirs


def test_the_address_keeps_the_part(open_page):
    test = open_page("people")
    test.button_group(key="part").set_value("rules").run()

    assert test.query_params["part"] == "rules"
    assert test.subheader[0].value == say("rules_title")


def test_every_part_has_a_name():
    from waardeweging.app.projects.page import _PARTS

    assert set(PARTS) <= set(_PARTS)
    assert all(say(f"part.{name}") for name in _PARTS)
