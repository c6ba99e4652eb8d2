"""A dossier in Word: real headings, header rows, alternative texts, and free to edit."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import singledispatchmethod

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from waardeweging.dossier.document.blocks import (
    Block,
    Bullets,
    Callout,
    Code,
    Document,
    Figure,
    Form,
    Heading,
    Paragraph,
    Part,
    Quote,
    Row,
    Table,
    Words,
)
from waardeweging.dossier.document.pdf import png_of
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.document.writer import plain
from waardeweging.dossier.document.zips import timeless
from waardeweging.presentation.catalog import text

LOCALES = {"nl": "nl-NL", "en": "en-GB"}
# Room between the margins of an A4 page.
_WIDTH = 16.5
_TWIPS_PER_CM = 567
# The program tells no time, so a document tells the start of its calendar.
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_FONT = "Calibri"
_ON_A_NEW_PAGE = ("summary", "decision", "trade-offs", "deviation", "data")
_CALLOUT_FILL = {
    "advice": "EEF3F9",
    "objection": "FDF3EC",
    "warning": "F3F4F6",
    "missing": "F3F4F6",
}


def word_of(document: Document, theme: Theme) -> bytes:
    """Write the file.

    Parameters
    ----------
    document : Document
    theme : Theme

    Returns
    -------
    bytes
        The same for the same document.
    """
    figures = [
        one.wide for part in document.parts for one in part.blocks if isinstance(one, Figure)
    ]
    writer = WordWriter(blank(document.language, document.title.text, theme), document.language)
    writer.figures = iter(png_of(figures))
    writer.front(document, theme)
    for part in document.parts:
        writer.part(part)
        for place, block in enumerate(part.blocks):
            writer.named = part.names(place)
            writer.write(block)
    return saved(writer.word)


def blank(language: str, title: str, theme: Theme) -> WordDocument:
    """Make an empty document with our styles, in a language."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.25)
    section.top_margin = section.bottom_margin = Cm(2.2)
    _set_styles(word, language, theme)
    about = word.core_properties
    about.title, about.author, about.language = title, plain(theme.name), LOCALES[language]
    about.comments, about.last_modified_by, about.revision = "", "", 1
    about.created = about.modified = _NO_TIME
    return word


def saved(word: WordDocument) -> bytes:
    """Give a document as a file without times."""
    out = io.BytesIO()
    word.save(out)
    return timeless(out.getvalue())


def _set_styles(word: WordDocument, language: str, theme: Theme) -> None:
    accent = RGBColor.from_string(theme.accent[1:].upper())
    for name, size, before, after in (
        ("Normal", 10.5, 0, 6),
        ("Title", 30, 0, 6),
        ("Subtitle", 13, 0, 6),
        ("Heading 1", 18, 22, 8),
        ("Heading 2", 12.5, 14, 4),
        ("Caption", 10, 12, 4),
        ("List Bullet", 10.5, 0, 3),
        ("List Number", 10.5, 0, 3),
        ("Quote", 10.5, 6, 6),
    ):
        style = word.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.italic = False
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{kind}"), None)
        style.element.rPr.rFonts.set(qn("w:hAnsi"), _FONT)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        is_head = name.startswith(("Heading", "Title"))
        style.font.bold = is_head or name == "Caption"
        style.font.color.rgb = accent if is_head else RGBColor(0x1B, 0x1B, 0x1B)
    _drop_borders(word.styles["Title"].element)
    for name, size, grey in (("Lead", 13, False), ("Quiet", 9.5, True), ("Cell", 9, False)):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = word.styles["Normal"], Pt(size)
        style.paragraph_format.space_after = Pt(0 if name == "Cell" else 6)
        if grey:
            style.font.color.rgb = RGBColor(0x59, 0x59, 0x59)
    _set_language(word, LOCALES[language])


def _drop_borders(element: BaseOxmlElement) -> None:
    for border in element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _set_language(word: WordDocument, locale: str) -> None:
    """Set the language everywhere, so that a reader and a spelling check know it."""
    for found in word.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), locale)


def _element(tag: str, **attributes: object) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    return element


class WordWriter:
    """Appends blocks to a document.

    Parameters
    ----------
    word : docx.document.Document
    language : str
    """

    def __init__(self, word: WordDocument, language: str) -> None:
        self.word = word
        self.language = language
        self.figures: Iterator[bytes] = iter(())
        self.named = False
        self.marks = 0
        # Looked up once: the library searches all styles for every paragraph.
        self._styles = {style.name: style.style_id for style in word.styles}

    def front(self, document: Document, theme: Theme) -> None:
        """Write the name, the title, the status, and the foot of every page."""
        if theme.logo_type == "image/png":
            self.picture(theme.logo_bytes, theme.logo_alt or theme.name, height=1.6)
        elif theme.logo_bytes:
            drawn = png_of([theme.logo_bytes.decode("utf-8")])[0]
            self.picture(drawn, theme.logo_alt or theme.name, height=1.6)
        elif theme.name:
            self.word.add_paragraph(plain(theme.name), "Subtitle")
        self.word.add_paragraph(document.title.text, "Title")
        about = " · ".join(filter(None, (document.subtitle.text, plain(theme.department))))
        self.word.add_paragraph(about, "Subtitle")
        status = " ".join(filter(None, (document.watermark, document.status.text)))
        self.word.add_paragraph(status, "Lead")
        self.foot(f"{document.title.text} · {status}")
        self.contents(document)
        if document.watermark:
            header = self.word.sections[0].header.paragraphs[0]
            header.text = document.watermark
            header.runs[0].bold = True

    def foot(self, words: str) -> None:
        """Write the foot of every page, with its number."""
        line = self.word.sections[0].footer.paragraphs[0]
        line.style = self.word.styles["Quiet"]
        line.add_run(f"{words} · {text('dossier.page_of', self.language)} ")
        line._p.append(_field("PAGE", "1"))

    def contents(self, document: Document) -> None:
        """List the chapters as links; a field would make Word ask whether to fill it."""
        self.word.add_paragraph(text("dossier.contents", self.language), "Caption")
        for part in document.parts:
            line = self.word.add_paragraph(style="Cell")
            link = _element("w:hyperlink", anchor=_anchor(part.id), history=1)
            link.append(_run(part.title.text))
            line._p.append(link)

    def part(self, part: Part) -> None:
        """Begin a chapter, on a new page when it is one that is taken out and read alone."""
        heading = self.word.add_paragraph(style="Heading 1")
        heading.paragraph_format.page_break_before = part.id in _ON_A_NEW_PAGE
        self.marks += 1
        name = _anchor(part.id)
        heading._p.append(_element("w:bookmarkStart", id=self.marks, name=name))
        heading.add_run(part.title.text)
        heading._p.append(_element("w:bookmarkEnd", id=self.marks))

    def line(self, style: str) -> WordParagraph:
        """Add a paragraph; a template of others may lack a style, and then has its plain one."""
        line, known = self.word.add_paragraph(), self._styles.get(style)
        if known is not None:
            line._p.style = known
        elif style.startswith("List"):
            line.add_run("– ")
        return line

    @singledispatchmethod
    def write(self, block: Block) -> None:
        """Append a block."""
        raise TypeError(f"no way to write a {type(block).__name__}")

    @write.register
    def _(self, block: Heading) -> None:
        self.line("Heading 2").add_run(block.words.text)

    @write.register
    def _(self, block: Paragraph) -> None:
        style = {"lead": "Lead", "quiet": "Quiet"}.get(block.tone, "Normal")
        self.say(self.line(style), block.words)

    @write.register
    def _(self, block: Bullets) -> None:
        for words in block.items:
            style = "List Number" if block.ordered else "List Bullet"
            self.say(self.line(style), words)

    @write.register
    def _(self, block: Quote) -> None:
        self.say(self.line("Quote"), block.words)
        self.say(self.line("Quiet"), block.by)

    @write.register
    def _(self, block: Code) -> None:
        run = self.line("Normal").add_run(block.words.text)
        run.font.name, run.font.size = "Consolas", Pt(9)

    @write.register
    def _(self, block: Callout) -> None:
        lines = [(block.title, "Heading 2"), *((words, "Normal") for words in block.words)]
        for place, (words, style) in enumerate(lines):
            line = self.line(style)
            self.say(line, words)
            line.paragraph_format.keep_with_next = place + 1 < len(lines)
            line.paragraph_format.left_indent = Cm(0.4)
            shade = _element("w:shd", val="clear", color="auto", fill=_CALLOUT_FILL[block.kind])
            line._p.get_or_add_pPr().append(shade)
            if block.kind == "advice" and place == 1:
                line.runs[0].bold, line.runs[0].font.size = True, Pt(16)

    @write.register
    def _(self, block: Figure) -> None:
        self.line("Caption").add_run(block.question.text)
        self.say(self.line("Normal"), block.sentence)
        self.picture(next(self.figures), block.alt.text, width=_WIDTH)

    @write.register
    def _(self, block: Table) -> None:
        if not self.named:
            self.line("Caption").add_run(block.caption.text)
        rows = [_row([self._cell(words, True) for words in block.heads], is_head=True)]
        rows += [self._row(row) for row in block.rows]
        self._table(rows, block.widths or (1,) * len(block.heads), block.numbers, block.caption)

    @write.register
    def _(self, block: Form) -> None:
        if not self.named:
            self.line("Caption").add_run(block.title.text)
        rows = [
            _row([self._cell(one.label, True), self._cell(one.value)], tall=one.lines)
            for one in block.fields
        ]
        self._table(rows, (0.35, 0.65), frozenset(), block.title)

    def say(self, line: WordParagraph, words: Words) -> None:
        """Write words, as a link when they have one."""
        if words.link:
            self._link(line._p, words)
        else:
            line.add_run(words.text)

    def picture(
        self, png: bytes, alt: str, *, width: float | None = None, height: float | None = None
    ) -> None:
        """Place a picture with its description."""
        sizes = (Cm(size) if size else None for size in (width, height))
        shape = self.word.add_picture(io.BytesIO(png), *sizes)
        shape._inline.docPr.set("descr", plain(alt))
        # The name would count every picture that this process ever placed.
        shape._inline.docPr.set("name", f"figure {shape._inline.docPr.id}")

    def _link(self, line: BaseOxmlElement, words: Words) -> None:
        known = self.word.part.relate_to(words.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), known)
        run = _run(words.text)
        run.get_or_add_rPr().append(_element("w:color", val="01689B"))
        run.get_or_add_rPr().append(_element("w:u", val="single"))
        link.append(run)
        line.append(link)

    def _row(self, row: Row) -> BaseOxmlElement:
        is_sum = row.kind in ("sum", "total")
        return _row([self._cell(words, is_sum) for words in row.cells], fill=is_sum)

    def _cell(self, words: Words, bold: bool = False) -> BaseOxmlElement:
        line = OxmlElement("w:p")
        about = OxmlElement("w:pPr")
        about.append(_element("w:pStyle", val="Cell"))
        line.append(about)
        if words.link:
            self._link(line, words)
        elif words.text:
            line.append(_run(words.text, bold))
        return line

    def _table(
        self,
        rows: Sequence[BaseOxmlElement],
        widths: Sequence[float],
        numbers: frozenset[int],
        caption: Words,
    ) -> None:
        """Lay rows out as a table: lines between rows only, as on screen."""
        sizes = [round(_WIDTH * _TWIPS_PER_CM * width / sum(widths)) for width in widths]
        table = OxmlElement("w:tbl")
        table.append(_about_table(sum(sizes), caption.text))
        grid = OxmlElement("w:tblGrid")
        for size in sizes:
            grid.append(_element("w:gridCol", w=size))
        table.append(grid)
        for row in rows:
            for place, cell in enumerate(row.findall(qn("w:tc"))):
                cell.find(qn("w:tcPr")).insert(0, _element("w:tcW", w=sizes[place], type="dxa"))
                if place in numbers:
                    cell.find(f"{qn('w:p')}/{qn('w:pPr')}").append(_element("w:jc", val="right"))
            table.append(row)
        body = self.word.element.body
        body.insert(len(body) - 1, table)
        self.line("Cell")


def _anchor(name: str) -> str:
    """Name a bookmark; Word takes no dashes."""
    return f"part_{name.replace('-', '_')}"


def _about_table(width: int, caption: str) -> BaseOxmlElement:
    about = OxmlElement("w:tblPr")
    about.append(_element("w:tblW", w=width, type="dxa"))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz=4, space=0, color="C3CAD3"))
    about.append(borders)
    about.append(_element("w:tblLayout", type="fixed"))
    margins = OxmlElement("w:tblCellMar")
    for side, size in (("top", 45), ("left", 60), ("bottom", 45), ("right", 60)):
        margins.append(_element(f"w:{side}", w=size, type="dxa"))
    about.append(margins)
    about.append(_element("w:tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=1,
                          lastColumn=0, noHBand=1, noVBand=1))  # fmt: skip
    about.append(_element("w:tblCaption", val=caption))
    return about


def _row(
    cells: Sequence[BaseOxmlElement], *, is_head: bool = False, fill: bool = False, tall: int = 0
) -> BaseOxmlElement:
    row, about = OxmlElement("w:tr"), OxmlElement("w:trPr")
    about.append(_element("w:cantSplit"))
    if tall:
        about.append(_element("w:trHeight", val=420 * tall, hRule="atLeast"))
    if is_head:
        about.append(_element("w:tblHeader"))
    row.append(about)
    for line in cells:
        cell, look = OxmlElement("w:tc"), OxmlElement("w:tcPr")
        if is_head or fill:
            colour = "E3EAF3" if is_head else "F3F6FA"
            look.append(_element("w:shd", val="clear", color="auto", fill=colour))
        cell.append(look)
        cell.append(line)
        row.append(cell)
    return row


def _run(words: str, bold: bool = False) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    if bold:
        run.get_or_add_rPr().append(_element("w:b"))
    for place, line in enumerate(words.split("\n")):
        if place:
            run.append(OxmlElement("w:br"))
        written = OxmlElement("w:t")
        written.text = line
        written.set(qn("xml:space"), "preserve")
        run.append(written)
    return run


def _field(code: str, shown: str) -> BaseOxmlElement:
    field = _element("w:fldSimple", instr=code)
    field.append(_run(shown))
    return field
