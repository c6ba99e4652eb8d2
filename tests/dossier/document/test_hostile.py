"""Texts of people and files stay text, whatever they look like, in every format."""

import copy
import io
import re
import zipfile
from html.parser import HTMLParser

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from tests.payloads import PAYLOADS, Structure

from waardeweging.dossier.document.contents import contents_of
from waardeweging.dossier.document.facts import facts_of
from waardeweging.dossier.document.html import html_of
from waardeweging.dossier.document.pdf import pdf_of
from waardeweging.dossier.document.proposal import proposal_of
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.document.word import word_of
from waardeweging.dossier.record import Record

HOSTILE = (
    '<script>alert("x")</script><img src=x onerror=alert(1)>',
    '"><svg onload=alert(1)><a href="javascript:alert(1)">',
    '#panic("typst") #read("/etc/passwd") *bold* _em_ $ x^2 $ @ref <label>',
    '=HYPERLINK("http://evil.example","x") +1 @SUM(A1)',
    "{{advies}} {{ 7*7 }} {% for x in y %} ${x} `code` ]]> <!-- --> &amp; &#0;",
    "日本語 😀 \u202egnirts\u202c \u200b\ufeff \x00\x08\x1b[31m \ud800 \ufffe",
    "m" * 300,
    "../../etc/passwd\nsecond line\ttab",
)
WORDS = ("title", "label", "note", "description", "source", "publisher", "text", "by", "because",
         "who", "what", "when", "contact", "worst_label", "best_label")  # fmt: skip


@pytest.fixture(scope="module")
def hostile(berkum):
    """Facts of Berkum in which every free text is hostile, each in turn."""
    facts = copy.deepcopy(facts_of(berkum, "nl"))
    facts["record"] = Record.model_validate(
        {
            "main_objection": "x",
            "rules": {"texts": PAYLOADS},
            "minorities": ({"by": "x", "text": "x"},),
            "agreements": ({"who": "x", "what": "x", "when": "x", "contact": "x"},),
            "inputs": ({"text": "x", "answer": "not", "because": "x"},),
        }
    ).model_dump(mode="json")
    turn = iter(range(10**6))

    def spoil(item):
        if isinstance(item, dict):
            for name, value in item.items():
                if name in WORDS and isinstance(value, str):
                    item[name] = HOSTILE[next(turn) % len(HOSTILE)]
                else:
                    spoil(value)
        elif isinstance(item, list):
            for one in item:
                spoil(one)

    spoil(facts["inputs"])
    spoil(facts["record"])
    return facts


@pytest.fixture(scope="module")
def spoilt(hostile):
    return contents_of(hostile, "nl")


THEME = Theme(name=HOSTILE[0], department=HOSTILE[2], contact=HOSTILE[4], logo_alt=HOSTILE[1])


class Nodes(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.links = set(), set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name in ("href", "src", "xlink:href")]


def test_no_text_becomes_a_node_of_the_page(spoilt, document):
    page, calm = Nodes(), Nodes()
    page.feed(html_of(spoilt, THEME))
    calm.feed(html_of(document, THEME))

    assert page.tags <= calm.tags | {"blockquote", "footer"}
    assert not {name for name in page.attributes if name.startswith("on")}
    assert all(re.match(r"#|https?://", link) for link in page.links)


def test_the_page_shows_the_text_itself(spoilt):
    page = html_of(spoilt, THEME)
    written = " ".join(Structure(page).text.split())
    assert [one for one in PAYLOADS if " ".join(one.split()) not in written] == []

    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page
    assert "\x00" not in page
    assert "\u202e" not in page


def test_typst_prints_source_as_text(spoilt):
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(spoilt, THEME)))
    whole = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))

    assert '#panic("typst")' in whole
    assert "root:" not in whole
    assert not reader.attachments


@pytest.fixture(scope="module")
def word_files(spoilt, hostile):
    return word_of(spoilt, THEME), proposal_of(spoilt, hostile, THEME)


def test_word_keeps_text_as_text_and_is_sound(word_files):
    for made in word_files:
        lines = "\n".join(texts_in(made))
        assert '<script>alert("x")</script>' in lines
        assert "=HYPERLINK(" in lines
        assert docx.Document(io.BytesIO(made)).tables
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            assert "instr=" not in archive.read("word/document.xml").decode()


def test_a_field_named_in_somebodys_words_is_not_filled(word_files):
    lines = "\n".join(texts_in(word_files[1]))

    assert "{{advies}} {{ 7*7 }} {% for x in y %}" in lines


def texts_in(made):
    body = docx.Document(io.BytesIO(made)).element.body
    for line in body.iter(qn("w:p")):
        yield "".join(part.text or "" for part in line.iter(qn("w:t")))
