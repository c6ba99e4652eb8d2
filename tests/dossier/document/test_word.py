import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from waardeweging.dossier.document.blocks import Code, Words
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.document.word import LOCALES, WordWriter, word_of

# On CI its absence is a failure: `soffice` is then called and is not there.
OFFICE = shutil.which("soffice") or os.environ.get("WAARDEWEGING_REQUIRE_OFFICE") == "1"
PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0,0h9v9z"/></svg>'


@pytest.fixture(scope="module")
def made(document):
    theme = Theme(name="Voorbeeld", logo="own.svg", logo_bytes=PIXEL, logo_alt="Rood")
    return word_of(document, theme)


@pytest.fixture(scope="module")
def word(made):
    return docx.Document(io.BytesIO(made))


def test_chapters_are_real_headings(word, document):
    headings = [line.text for line in word.paragraphs if line.style.name == "Heading 1"]

    assert headings == [part.title.text for part in document.parts]


def test_the_contents_lead_to_the_chapters(word):
    body = word.element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} - {None}

    assert len(links) > 20
    assert links == marks


def test_tables_repeat_their_heads(word):
    tables = list(word.element.body.iter(qn("w:tbl")))
    with_heads = [table for table in tables if list(table.iter(qn("w:tblHeader")))]

    assert len(with_heads) > 25
    for table in tables:
        widths = {len(row.findall(qn("w:tc"))) for row in table.iter(qn("w:tr"))}
        assert len(widths) == 1


def test_every_picture_has_a_description(word):
    pictures = list(word.element.body.iter(qn("wp:docPr")))

    assert len(pictures) == 6
    assert pictures[0].get("descr") == "Rood"
    assert all(picture.get("descr") for picture in pictures)


def test_the_language_is_known_everywhere(word, language):
    found = {lang.get(qn("w:val")) for lang in word.styles.element.iter(qn("w:lang"))}

    assert found == {LOCALES[language]}
    assert word.core_properties.language == LOCALES[language]


def test_the_file_tells_no_time_and_no_maker(made, word):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert word.core_properties.last_modified_by == ""
    assert word.core_properties.created.year == 2000


def test_a_block_of_an_unknown_kind_is_an_error():
    with pytest.raises(TypeError, match="no way to write a str"):
        WordWriter(docx.Document(), "nl").write("x")


def test_a_template_without_a_style_keeps_its_own():
    writer = WordWriter(docx.Document(), "nl")
    writer.write(Code(Words("pip install x")))

    assert writer.word.paragraphs[-1].runs[0].font.name == "Consolas"


@pytest.mark.slow
@pytest.mark.skipif(not OFFICE, reason="no soffice: apt-get install libreoffice-writer-nogui")
def test_libreoffice_opens_it(made, tmp_path):
    (tmp_path / "dossier.docx").write_bytes(made)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "dossier.docx"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        timeout=120,
    )

    assert Path(tmp_path / "dossier.pdf").read_bytes().startswith(b"%PDF")
