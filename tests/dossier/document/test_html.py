import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from waardeweging.dossier.document.html import html_of
from waardeweging.dossier.document.theme import Theme

PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


@pytest.fixture(scope="module")
def page(document):
    return html_of(document, Theme(name="Voorbeeld", accent="#006633"))


class Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.headings, self.ids, self.anchors, self.tags = [], [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in given:
            self.ids.append(given["id"])
        if given.get("href", "").startswith("#"):
            self.anchors.append(given["href"][1:])


@pytest.fixture(scope="module")
def outline(page):
    reader = Outline()
    reader.feed(page)
    return reader


def test_the_page_needs_nothing_from_elsewhere(page):
    assert "default-src 'none'" in page
    assert not re.search(r'src="(?!data:)|@import|url\((?!#)', page)


def test_the_page_has_no_script(outline):
    assert "script" not in outline.tags


def test_the_page_names_its_language(page, language):
    assert f'<html lang="{language}">' in page


def test_headings_never_skip_a_level(outline):
    levels = outline.headings

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_link_inside_the_page_leads_somewhere(outline):
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.anchors) <= set(outline.ids)


def test_the_colours_are_those_of_the_theme(page):
    assert "--accent:#006633" in page


def test_a_logo_travels_inside_the_page(document):
    theme = Theme(name="Voorbeeld", logo="own.svg", logo_bytes=PIXEL)

    assert 'src="data:image/svg+xml;base64,' in html_of(document, theme)
    assert 'alt="Voorbeeld"' in html_of(document, theme)
