"""The words of a project: every number from its facts, in every form, and nothing of a few."""

import io
import json
import re
import zipfile
from typing import Any

import docx
import pypdf
import pytest
from tests.dossier.document.test_numbers import NUMBER, Texts, is_known, leaves, literal
from tests.dossier.document.test_pdf import kinds
from tests.dossier.project.played import TODAY, Story, source
from tests.process.project.conftest import Log

from waardeweging.dossier.document.blocks import Figure, Table
from waardeweging.dossier.document.html import html_of
from waardeweging.dossier.document.pointers import resolve
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.project.contents import DOSSIER, PAGE, project_document
from waardeweging.dossier.project.facts import project_facts
from waardeweging.dossier.project.making import project_dossier
from waardeweging.dossier.project.source import ProjectSource
from waardeweging.presentation.dates import day_text
from waardeweging.process.project import events as e
from waardeweging.process.project import inputs, sessions

FORMS = ("html", "pdf", "docx", "json")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture(scope="module", params=["nl", "en"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def facts(language):
    return project_facts(source(), language, TODAY)


def written_in_word(made):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return re.sub(r"<[^>]+>", " ", archive.read("word/document.xml").decode())


@pytest.fixture(scope="module")
def made(language):
    return project_dossier(source(), FORMS, language, Theme(name="Voorbeeld"), TODAY)


def unproven(page, whole, language):
    """Give every number of a page that is in no fact to which it points."""
    reader = Texts()
    reader.feed(page)
    for about, words in reader.found:
        found = [leaf for where in about["facts"] for leaf in leaves(resolve(whole, where))]
        days = {one for leaf in found if isinstance(leaf, str) for one in DAY.findall(leaf)}
        for day in sorted(days):
            words = words.replace(day_text(day, language), " ")
        says = NUMBER[language].findall(literal(about["say"], language))
        for token in NUMBER[language].findall(words):
            if token not in says and not is_known(token, found, language):
                yield token, words, about["facts"]


def test_every_number_in_the_page_follows_from_the_json(made, language):
    page, whole = made["dossier.html"].decode(), json.loads(made["dossier.json"])

    assert not list(unproven(page, whole, language))
    changed = page.replace(">24 ", ">25 ").replace("bewoners 24", "bewoners 25")
    changed = changed.replace("residents 24", "residents 25").replace("1 mei 2026", "2 mei 2026")
    changed = changed.replace("1 May 2026", "2 May 2026")
    caught = {token for token, *_ in unproven(changed, whole, language)}
    assert {"25", "2"} <= caught


def test_a_document_follows_from_its_facts_as_they_are_written(facts, language):
    again = json.loads(json.dumps(facts, sort_keys=True))

    assert project_document(again, language) == project_document(facts, language)


def test_the_page_has_the_chapters_of_the_dossier_and_its_news(facts, language):
    whole = {part.id for part in project_document(facts, language, DOSSIER).parts}
    page = [part.id for part in project_document(facts, language, PAGE).parts]

    assert set(page) - whole == {"news"}
    assert page[:3] == ["summary", "standing", "news"]


@pytest.mark.parametrize("chapters", [DOSSIER, PAGE])
def test_a_project_that_just_began_says_what_is_missing(language, chapters):
    began = project_facts(ProjectSource(tuple(Log().records)), language, TODAY)
    page = html_of(project_document(began, language, chapters), Theme())

    assert "{" not in re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    assert page.count('class="quiet"') >= 5


def test_an_exploration_says_so(language):
    facts = project_facts(source(exploration=True), language, TODAY)
    mark = {"nl": "VERKENNING", "en": "EXPLORATION"}[language]

    assert project_document(facts, language).watermark == mark
    assert mark in html_of(project_document(facts, language, PAGE), Theme())


def test_the_same_project_gives_the_same_bytes_on_the_same_day(made, language):
    again = project_dossier(source(), FORMS, language, Theme(name="Voorbeeld"), TODAY)

    assert again == made


def test_the_pdf_is_tagged_in_its_language(made, language):
    root: Any = pypdf.PdfReader(io.BytesIO(made["dossier.pdf"])).trailer["/Root"]
    found = kinds(root["/StructTreeRoot"]["/K"], {})

    assert str(root["/Lang"]).startswith(language)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/P"} <= found.keys()


def test_word_has_real_headings_and_tables(made, facts, language):
    word = docx.Document(io.BytesIO(made["dossier.docx"]))
    headings = [line.text for line in word.paragraphs if line.style.name == "Heading 1"]

    assert headings == [part.title.text for part in project_document(facts, language).parts]
    assert len(word.tables) > 20


def test_no_form_tells_how_a_few_people_voted_or_weighed():
    made = project_dossier(source(small=True), FORMS, "nl", Theme(), TODAY)
    pages = pypdf.PdfReader(io.BytesIO(made["dossier.pdf"])).pages
    told = json.loads(made["dossier.json"])

    for text in (
        made["dossier.html"].decode(),
        made["dossier.json"].decode(),
        written_in_word(made["dossier.docx"]),
        " ".join(page.extract_text() for page in pages),
    ):
        assert "24" in text
        assert not re.search(r"\b2\s+(van\s+de|van|of)\s+3\b", text)
        assert "hond" not in text
    assert not any(one["counted"][1]["people"] for one in told["sessions"]["rows"])
    assert "municipality" not in told["sessions"]["rows"][0]["weights"]


def figures(document):
    (sessions,) = [part for part in document.parts if part.id == "sessions"]
    return [block for block in sessions.blocks if isinstance(block, Figure)]


def test_the_picture_of_the_weights_says_what_changed_most(facts, language):
    (figure,) = figures(project_document(facts, language))

    assert "‘kosten’" in figure.sentence.text
    assert "60" in figure.sentence.text
    assert "50" in figure.sentence.text
    assert figure.wide.count("<polygon") == 2 * 2 + 1
    assert figure.wide.count("<circle") == 2 * 2 + 2


def test_weights_that_stayed_make_no_picture():
    log = Log()
    for name in ("a", "b"):
        log.do(sessions.add, name, "workshop", name, TODAY)
        held = {"counted": {"residents": 9}, "weights": {"residents": {"rust": 100}}}
        log.do(sessions.record_weights, e.SessionWeighed(id=name, first=[], **held))
    told = project_facts(ProjectSource(tuple(log.records)), "nl", TODAY)

    assert not figures(project_document(told, "nl"))


@pytest.mark.parametrize(
    ("day", "said"), [(1, "dezelfde dag"), (2, "na een dag"), (9, "na 8 dagen")]
)
def test_an_answer_says_how_long_it_took(day, said):
    log = Story()
    log.on(3, 1)
    log.add(inputs.give, e.InputGiven, id="1", about="worry", side="residents", text="Hoe dan?")
    log.do(inputs.assign, "1", "gemeente", "2026-04-01")
    log.on(3, day)
    log.do(inputs.answer, "1", "adopted", "Goed idee.")
    told = project_facts(ProjectSource(tuple(log.records)), "nl", TODAY)

    assert said in html_of(project_document(told, "nl"), Theme())


def test_a_project_that_is_not_public_says_so():
    told = project_facts(ProjectSource(tuple(Log().records)), "nl", TODAY)

    assert project_document(told, "nl").status.text == "Voor wie meedoen. Nog niet voor iedereen."


def test_more_sessions_than_fit_make_another_table():
    log = Log()
    for n in range(6):
        log.do(sessions.add, f"s{n}", "workshop", f"Avond {n}", TODAY)
        held = {"counted": {"residents": 9}, "weights": {"residents": {"rust": 50 + n}}}
        log.do(sessions.record_weights, e.SessionWeighed(id=f"s{n}", first=[], **held))
    told = project_facts(ProjectSource(tuple(log.records)), "nl", TODAY)
    (part,) = [one for one in project_document(told, "nl").parts if one.id == "sessions"]
    heads = [[w.text for w in one.heads] for one in part.blocks if isinstance(one, Table)][1:]

    assert [len(one) for one in heads] == [5, 4]
    assert heads[1][1:] == ["Avond 4", "Avond 5", "Verschil"]
