import io
import zipfile
from pathlib import Path

import docx
import pytest

from waardeweging.dossier.document.blocks import Bullets, Callout, Paragraph, Words
from waardeweging.dossier.document.contents import contents_of
from waardeweging.dossier.document.facts import facts_of
from waardeweging.dossier.document.proposal import fields_of, fill, proposal_of, template_of
from waardeweging.dossier.document.theme import Theme, read_theme

THEMES = Path(__file__).parents[3] / "scenarios" / "themes"

FIELDS = {
    "advies": (Paragraph(Words("Kies B.")),),
    "punten": (Bullets((Words("een"), Words("twee")), ordered=True),),
    "let-op": (Callout("warning", Words("Let op"), (Words("Kijk uit."),)),),
    "leeg": (),
}


def template(*lines, build=None):
    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    if build:
        build(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def parts_of(made):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines_of(made):
    return [line.text for line in docx.Document(io.BytesIO(made)).paragraphs]


@pytest.fixture(scope="module")
def proposal(golden):
    facts = facts_of(golden, "nl")
    return contents_of(facts, "nl"), facts


def test_our_own_template_is_filled_wholly(proposal):
    made = proposal_of(proposal[0], proposal[1], Theme(name="Voorbeeld"))
    whole = "\n".join(lines_of(made))

    assert "{{" not in whole
    assert "Voorbeeld" in whole
    assert "Wij stellen voor om dit te besluiten:" in whole


def test_our_own_template_can_be_taken_and_changed(golden):
    assert "{{besluitpunten}}" in lines_of(template_of("nl", Theme()))


def test_the_template_that_comes_along_is_ours():
    theme = read_theme(THEMES / "voorbeeld.toml")

    ours = template_of("nl", Theme(accent=theme.accent))
    assert parts_of(theme.proposal_bytes) == parts_of(ours)


def test_every_field_has_a_dutch_and_an_english_name(proposal):
    fields = fields_of(proposal[0], proposal[1], Theme())

    assert fields["besluitpunten"] == fields["decisions"]
    assert fields["advies"] == fields["advice"]


def test_a_field_inside_a_line_takes_one_text():
    assert lines_of(fill(template("Ons advies: {{advies}} Akkoord?"), FIELDS, "nl")) == [
        "Ons advies: Kies B. Akkoord?"
    ]


def test_letters_of_a_field_may_be_spread_over_runs():
    def build(word):
        line = word.add_paragraph()
        for part in ("Advies {", "{ad", "vies}", "} en {{ let-op }}."):
            line.add_run(part).bold = part == "{ad"

    made = fill(template(build=build), FIELDS, "nl")

    assert lines_of(made) == ["Advies Kies B. en Kijk uit.."]


def test_a_field_alone_on_its_line_takes_whole_blocks_in_their_place():
    made = fill(template("voor", "{{punten}}", "na"), FIELDS, "nl")

    assert lines_of(made) == ["voor", "een", "twee", "na"]
    assert docx.Document(io.BytesIO(made)).paragraphs[1].style.name == "List Number"


def test_an_empty_field_leaves_its_line_out():
    assert lines_of(fill(template("voor", "{{leeg}}", "x{{leeg}}y"), FIELDS, "nl")) == [
        "voor",
        "xy",
    ]


def test_fields_in_tables_and_heads_of_pages_are_filled():
    def build(word):
        word.add_table(1, 1).cell(0, 0).text = "{{advies}}"
        word.sections[0].header.paragraphs[0].text = "{{advies}}"

    word = docx.Document(io.BytesIO(fill(template(build=build), FIELDS, "nl")))

    assert word.tables[0].cell(0, 0).text == "Kies B."
    assert word.sections[0].header.paragraphs[0].text == "Kies B."


def test_a_template_without_our_styles_is_filled_plainly():
    def build(word):
        for name in ("List Number", "List Bullet", "Heading 2"):
            element = word.styles[name].element
            element.getparent().remove(element)

    assert lines_of(fill(template("{{punten}}", build=build), FIELDS, "nl")) == ["– een", "– twee"]


def test_fields_that_do_not_exist_are_all_named():
    with pytest.raises(ExceptionGroup) as caught:
        fill(template("{{adveis}}", "{{iets}}"), FIELDS, "nl", "own.docx")
    assert [(one.code, one.found) for one in caught.value.exceptions] == [
        ("dossier.template_field", "adveis"),
        ("dossier.template_field", "iets"),
    ]


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    return out.getvalue()


def other_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x.txt", "x")
    return out.getvalue()


@pytest.mark.parametrize("content", [b"no zip", other_zip(), bomb(), template()[:500]])
def test_what_is_no_word_document_is_refused(content):
    with pytest.raises(ExceptionGroup) as caught:
        fill(content, FIELDS, "nl", "own.docx")
    assert [one.code for one in caught.value.exceptions] == ["dossier.template_broken"]


def test_a_municipality_brings_its_own_template(proposal):
    theme = Theme(proposal="own.docx", proposal_bytes=template("{{advies}}"))

    assert lines_of(proposal_of(proposal[0], proposal[1], theme))[0] != "{{advies}}"
