import io
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from fontTools.ttLib import TTFont

import waardeweging
from waardeweging.dossier.document.pdf import breakable, drawable, pdf_of, png_of
from waardeweging.dossier.document.theme import Theme
from waardeweging.presentation.catalog import sentences

FONTS = Path(waardeweging.__file__).parent / "dossier" / "document" / "fonts"
PIXEL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5" viewBox="0 0 10 5">'
    '<rect width="10" height="5" fill="#c00"/><text y="4">é</text></svg>'
)


@pytest.fixture(scope="module")
def reader(document):
    return pypdf.PdfReader(io.BytesIO(pdf_of(document, Theme(name="Voorbeeld"))))


def kinds(element, found):
    """Count the kinds of tags below an element."""
    element = element.get_object()
    if isinstance(element, list):
        for one in element:
            kinds(one, found)
    elif isinstance(element, dict):
        if "/S" in element:
            found.setdefault(element["/S"], []).append(element)
        if "/K" in element:
            kinds(element["/K"], found)
    return found


def test_the_pdf_is_tagged_in_its_language(reader, language):
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_the_tags_name_headings_tables_and_pictures(reader, document):
    found = kinds(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], {})

    assert len(found["/H1"]) >= len(document.parts)
    assert {"/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/P", "/Figure"} <= found.keys()
    assert all(figure.get("/Alt") for figure in found["/Figure"])


def test_the_file_tells_no_time(reader):
    assert "/CreationDate" not in (reader.metadata or {})
    assert reader.metadata["/Title"].startswith("Berkum")


def test_every_chapter_can_be_reached_from_the_outline(reader, document):
    titles = [one.title for one in reader.outline if not isinstance(one, list)]

    assert titles[-len(document.parts) :] == [part.title.text for part in document.parts]


def test_letters_that_the_fonts_lack_become_a_square():
    assert drawable("CO₂ ≈ 日 🚲 −3") == "CO₂ ≈ □ □ −3"


def test_our_own_sentences_lack_no_letter():
    for language in ("nl", "en"):
        for key, sentence in sentences(language).items():
            if key.startswith(("dossier.", "finding.", "word.", "rule.", "figure.", "table.")):
                assert drawable(sentence) == sentence, key


def test_names_in_another_script_are_written_as_they_are(document):
    name = "Ünal Şahin, محمد, שרה, Արմեն, ნინო, Олена"
    title = replace(document.title, text=name)

    found = pypdf.PdfReader(io.BytesIO(pdf_of(replace(document, title=title), Theme())))

    assert drawable(name) == name
    resources: Any = found.pages[0]["/Resources"]
    fonts = [str(font["/BaseFont"]) for font in resources["/Font"].values()]
    assert any("DejaVu" in one for one in fonts)


def test_the_list_of_letters_is_that_of_the_fonts():
    both = set.intersection(
        *(
            set(TTFont(FONTS / f"Inter-{name}.otf").getBestCmap())
            for name in ("Regular", "SemiBold")
        )
    )
    more = TTFont(FONTS / "DejaVuSans.ttf").getBestCmap()
    # Signs that turn writing round, or that nobody agreed upon, stay out.
    hidden = {"Cc", "Cf", "Co", "Zl", "Zp"}
    both |= {sign for sign in more if unicodedata.category(chr(sign)) not in hidden}
    listed = set()
    for one in (FONTS / "glyphs.txt").read_text().split():
        low, high = (int(end, 16) for end in one.split("-"))
        listed |= set(range(low, high + 1))

    assert listed == both


def test_a_very_long_word_may_break():
    assert breakable("m" * 100).count("\u200b") == 2
    assert breakable("gewone woorden blijven heel") == "gewone woorden blijven heel"


def test_drawings_become_pictures_of_the_width_asked_for():
    pictures = png_of([PIXEL, PIXEL], width=200)

    assert len(pictures) == 2
    assert {picture[:8] for picture in pictures} == {b"\x89PNG\r\n\x1a\n"}
    assert int.from_bytes(pictures[0][16:20], "big") == 200


def test_no_drawings_are_no_pictures():
    assert png_of([]) == ()


def test_a_logo_stands_on_the_front(document):
    theme = Theme(name="Voorbeeld", logo="own.svg", logo_bytes=PIXEL.encode(), logo_alt="Rood")
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(document, theme)))
    root: Any = reader.trailer["/Root"]

    assert kinds(root["/StructTreeRoot"]["/K"], {})["/Figure"][0].get("/Alt") == "Rood"
