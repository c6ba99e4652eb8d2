"""What a dossier is made of, whatever the format: parts, and blocks within them.

Every text is a `Words`: plain letters, never markup, with the pointers to the
facts behind it. A renderer decides how a block looks; it never writes a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "lead", "quiet"]
RowKind = Literal["plain", "group", "sum", "total"]
CalloutKind = Literal["advice", "objection", "missing", "warning"]


@dataclass(frozen=True, slots=True)
class Words:
    """A text and what it rests on.

    Parameters
    ----------
    text : str
    facts : tuple of str
        JSON pointers (RFC 6901) into the facts of the dossier; every number in the text
        can be found there.
    key : str
        Key of the sentence in the catalog; empty for a name or a number alone.
    link : str
        Web address to which the text leads; empty for none.
    """

    text: str
    facts: tuple[str, ...] = ()
    key: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a part."""

    words: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; the lead of a part stands large, a quiet one small."""

    words: Words
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered when the order means something."""

    items: tuple[Words, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; its first cell names it."""

    cells: tuple[Words, ...]
    kind: RowKind = "plain"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of heads.

    Parameters
    ----------
    caption : Words
    heads : tuple of Words
    rows : tuple of Row
    numbers : frozenset of int
        Columns that hold numbers.
    widths : tuple of float
        Share of each column; equal when empty.
    """

    caption: Words
    heads: tuple[Words, ...]
    rows: tuple[Row, ...]
    numbers: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its question, answer and description.

    Parameters
    ----------
    question, sentence, alt : Words
    wide, narrow : str
        SVG for a page and for a phone.
    facts : tuple of str
        Where the numbers in the picture stand.
    """

    question: Words
    sentence: Words
    alt: Words
    wide: str
    narrow: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """Something that must not be missed: the advice, an objection, what is absent."""

    kind: CalloutKind
    title: Words
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote, letter by letter."""

    words: Words
    by: Words


@dataclass(frozen=True, slots=True)
class Field:
    """A line of a form: filled in, or blank with room to write."""

    label: Words
    value: Words
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is filled in, or printed and filled in by hand."""

    title: Words
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A command or a fingerprint, to be copied letter by letter."""

    words: Words


Block = Heading | Paragraph | Bullets | Table | Figure | Callout | Quote | Form | Code


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter.

    Parameters
    ----------
    id : str
        Anchor.
    title : Words
    blocks : tuple of Block
    is_appendix : bool
    """

    id: str
    title: Words
    blocks: tuple[Block, ...]
    is_appendix: bool = False

    def names(self, place: int) -> bool:
        """Say whether the block at a place has its name just above it: in a heading or title."""
        block, above = self.blocks[place], self.title
        if not isinstance(block, Table | Form):
            return False
        for one in self.blocks[:place]:
            if isinstance(one, Heading):
                above = one.words
            elif isinstance(one, Table | Form | Figure):
                above = Words("")
        name = block.caption if isinstance(block, Table) else block.title
        return name.text == above.text


@dataclass(frozen=True, slots=True)
class Document:
    """A whole dossier in one language, before any format.

    Parameters
    ----------
    language : str
    title, subtitle, status : Words
    watermark : str
        Such as ``VERKENNING``; empty for none.
    parts : tuple of Part
    """

    language: str
    title: Words
    subtitle: Words
    status: Words
    watermark: str
    parts: tuple[Part, ...]
