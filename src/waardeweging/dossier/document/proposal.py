"""The draft proposal to the council, in our Word template or in one of the municipality.

A template is any Word document with named fields such as ``{{advies}}``. A field
that stands alone on its line takes whole paragraphs, lists and tables; inside a
line it takes one text. A template holds names only: nothing in it is run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from lxml.etree import XMLSyntaxError

from waardeweging.dossier.document.blocks import (
    Block,
    Callout,
    Code,
    Document,
    Figure,
    Form,
    Heading,
    Paragraph,
    Table,
    Words,
)
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.document.word import WordWriter, blank, saved
from waardeweging.dossier.document.writer import Writer, plain
from waardeweging.presentation.catalog import Language, text
from waardeweging.problem.errors import Faults, InputError, Place

_FIELD = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")
_LARGEST_UNPACKED = 50_000_000

# Field by its Dutch and English name, and the chapters of the dossier that fill it.
_CHAPTERS = {
    ("samenvatting", "summary"): "summary",
    ("besluitpunten", "decisions"): "decision",
    ("kaders", "frame"): "room",
    ("opties", "options"): "options",
    ("deelnemers", "participants"): "people",
    ("proces", "process"): "process",
    ("uitkomst", "outcome"): "outcome",
    ("stevigheid", "firmness"): "firmness",
    ("ruil", "trade-offs"): "trade-offs",
    ("voor-wie", "for-whom"): "for-whom",
    ("minderheden", "minorities"): "minorities",
    ("inbreng", "input"): "inputs",
    ("afwijking", "deviation"): "deviation",
    ("afspraken", "agreements"): "agreements",
    ("grenzen", "limits"): "limits",
    ("narekenen", "recalculate"): "reproduce",
}
# The chapters of our own template, in the order of a proposal.
_OURS = (
    ("besluitpunten", "decision"),
    ("samenvatting", "summary"),
    ("kaders", "room"),
    ("deelnemers", "people"),
    ("ruil", "trade-offs"),
    ("minderheden", "minorities"),
    ("inbreng", "inputs"),
    ("afspraken", "agreements"),
    ("grenzen", "limits"),
    ("narekenen", "reproduce"),
)

Fields = dict[str, tuple[Block, ...]]


def proposal_of(document: Document, facts: dict[str, Any], theme: Theme) -> bytes:
    """Fill the proposal to the council.

    Parameters
    ----------
    document : Document
    facts : dict
    theme : Theme
        With the template of the municipality, if it has one.

    Returns
    -------
    bytes
        A Word document.

    Raises
    ------
    ExceptionGroup of InputError
        If the template is no Word document, or names a field that does not exist.
    """
    template = theme.proposal_bytes or template_of(document.language, theme)
    fields = fields_of(document, facts, theme)
    return fill(template, fields, document.language, theme.proposal, document.watermark)


def fields_of(document: Document, facts: dict[str, Any], theme: Theme) -> Fields:
    """Give every field by its Dutch and its English name."""
    writer = Writer(facts, document.language)
    chapters = {part.id: part.blocks for part in document.parts}
    winner = Words(writer.option(writer.fact("outcome", "winner")))
    single = {
        ("titel", "title"): document.title,
        ("gemeente", "municipality"): Words(plain(theme.name)),
        ("afdeling", "department"): Words(plain(theme.department)),
        ("contact", "contact"): Words(plain(theme.contact)),
        ("datum", "date"): Words(writer.fact("record", "date") or ""),
        ("status", "state"): document.status,
        ("advies", "advice"): winner,
        ("vingerafdruk", "fingerprint"): writer.quoted("outcome", "provenance", "input_sha256"),
        ("versie", "version"): writer.quoted("outcome", "provenance", "version"),
    }
    found: Fields = {name: (Paragraph(words),) for names, words in single.items() for name in names}
    return found | {name: chapters[part] for names, part in _CHAPTERS.items() for name in names}


def template_of(language: Language, theme: Theme) -> bytes:
    """Make our own template: what a municipality starts from when it makes its own."""
    title = text("dossier.proposal.title", language)
    word = blank(language, title, theme)
    word.add_paragraph("{{gemeente}}", "Subtitle")
    word.add_paragraph(title, "Title")
    word.add_paragraph("{{titel}}", "Subtitle")
    word.add_paragraph("{{status}} {{datum}}", "Lead")
    for name, part in _OURS:
        word.add_paragraph(text(f"dossier.{_KEYS[part]}.title", language), "Heading 1")
        word.add_paragraph(f"{{{{{name}}}}}")
    return saved(word)


# Where the title of a chapter stands in the catalog, by its id.
_KEYS = {
    "decision": "decision",
    "summary": "summary",
    "room": "room",
    "people": "people",
    "trade-offs": "trade_off",
    "minorities": "minority",
    "inputs": "inputs",
    "agreements": "agreements",
    "limits": "limits",
    "reproduce": "reproduce",
}


def fill(
    template: bytes, fields: Fields, language: Language, name: str = "", watermark: str = ""
) -> bytes:
    """Fill the named fields of a Word template, and put a watermark above every page.

    Raises
    ------
    ExceptionGroup of InputError
        If it is no Word document, or names a field that does not exist.
    """
    faults, where = Faults(), Place(name or "template.docx")
    with faults.collecting():
        word = _opened(template, where)
        _check_fields(word, fields, where, faults)
    faults.raise_all(where.file)
    writer = WordWriter(word, language)
    for line in list(_lines(word)):
        alone = _FIELD.fullmatch(line.text.strip())
        if alone and line._p.getparent() is word.element.body:
            _put_blocks(writer, line, fields[alone[1]])
        elif _FIELD.search(line.text):
            _put_words(line, fields)
    if watermark:
        _mark(word, watermark)
    return saved(word)


def _mark(word: WordDocument, watermark: str) -> None:
    """Write above every page, whatever template was chosen; first and even pages too."""
    for section in word.sections:
        for head in (section.header, section.first_page_header, section.even_page_header):
            head.paragraphs[0].insert_paragraph_before().add_run(watermark).bold = True


def _opened(template: bytes, where: Place) -> WordDocument:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_UNPACKED:
                raise zipfile.BadZipFile
        return docx.Document(io.BytesIO(template))
    except (zipfile.BadZipFile, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError):
        raise InputError(
            "dossier.template_broken",
            where=where,
            remedy="Save the template again as .docx in Word or LibreOffice.",
        ) from None


def _check_fields(word: WordDocument, fields: Fields, where: Place, faults: Faults) -> None:
    named = {name for line in _lines(word) for name in _FIELD.findall(line.text)}
    faults.add(
        *(
            InputError(
                "dossier.template_field",
                where=where,
                found=name,
                remedy="There is no such field. Choose one of: {known}.",
                known=", ".join(sorted(fields)),
            )
            for name in sorted(named - fields.keys())
        )
    )


def _lines(word: WordDocument) -> Iterator[WordParagraph]:
    """Give every paragraph: of the text, of tables in it, and of heads and feet of pages."""
    parts = [word.element.body]
    for section in word.sections:
        parts += [section.header._element, section.footer._element]
    for part in parts:
        for element in part.iter(qn("w:p")):
            yield WordParagraph(element, word._body)


def _put_blocks(writer: WordWriter, line: WordParagraph, blocks: Sequence[Block]) -> None:
    """Write blocks at the end and move them to where the field stands."""
    body = writer.word.element.body
    before = len(body)
    above = ""
    for block in blocks:
        # Drawings and codes have no place in a proposal; the dossier beside it has them.
        if not isinstance(block, Figure | Code):
            writer.named = _name(block) == above
            writer.write(block)
        above = block.words.text if isinstance(block, Heading) else above
    # The last element of a body describes the page; it stays last.
    for element in list(body)[before - 1 : -1]:
        line._p.addprevious(element)
    line._p.getparent().remove(line._p)


def _name(block: Block) -> str | None:
    """Give the name of a table or form; None for what has none."""
    if isinstance(block, Table):
        return block.caption.text
    return block.title.text if isinstance(block, Form) else None


def _put_words(line: WordParagraph, fields: Fields) -> None:
    """Replace fields inside a line; letters of one field may be spread over several runs."""
    runs = line.runs
    while found := _FIELD.search("".join(run.text for run in runs)):
        new, start, end, at = _one_text(fields[found[1]]), found.start(), found.end(), 0
        for run in runs:
            own, first, last = run.text, max(start - at, 0), max(end - at, 0)
            at += len(own)
            if first < len(own) and last > 0:
                run.text = own[:first] + new + own[last:]
                new = ""


def _one_text(blocks: Sequence[Block]) -> str:
    """Give what fits inside a line: the first words of a field, kept from being fields again."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            return block.words.text.replace("{{", "{ {")
        if isinstance(block, Callout):
            return block.words[0].text.replace("{{", "{ {")
    return ""
