"""A dossier as PDF, tagged according to PDF/UA-1, and its drawings as PNG: both by typst.

The document travels to typst as JSON data: no letter of it ever becomes source.
Only the fonts that come with the program are used, so that any machine gives the
same bytes; a letter that they lack is drawn as an empty square.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import typst

from waardeweging.dossier.document.blocks import Document, Figure, Part, Words
from waardeweging.dossier.document.theme import Theme
from waardeweging.presentation.catalog import text

_FOLDER = files("waardeweging.dossier.document")
# Seconds since 1970 that stand in the file: none, for a clock would change the bytes.
_NO_TIME = 0
_ABSENT = "□"
_LONG = re.compile(r"\S{36}(?=\S)")
_BREAK = "\u200b"
# Words of the program that typst prints around the document.
_SAID = ("contents", "appendices", "blank", "page_of", "made_with")


def pdf_of(document: Document, theme: Theme) -> bytes:
    """Write the file.

    Parameters
    ----------
    document : Document
    theme : Theme

    Returns
    -------
    bytes
        The same for the same document, on any machine.
    """
    data = {
        "document": _plain(document),
        "theme": {
            name: drawable(getattr(theme, name))
            for name in ("name", "department", "contact", "accent", "accent_text", "logo_alt")
        },
        "logo": list(theme.logo_bytes),
        "logo_type": "svg" if theme.logo_type.endswith("xml") else "png",
        "say": {key: text(f"dossier.{key}", document.language) for key in _SAID},
    }
    return _compiled("dossier.typ", data, format="pdf", pdf_standards=["ua-1"])[0]


def png_of(drawings: Sequence[str], width: int = 1440) -> tuple[bytes, ...]:
    """Draw SVG texts as PNG.

    Parameters
    ----------
    drawings : sequence of str, length n
    width : int
        [pixels]

    Returns
    -------
    tuple of bytes, length n
    """
    if not drawings:
        return ()
    data = {"drawings": [drawable(one) for one in drawings]}
    # The page of a drawing is 10 inches wide.
    return _compiled("drawings.typ", data, format="png", ppi=width / 10)


def drawable(words: str) -> str:
    """Draw what the fonts lack as an empty square."""
    known = _glyphs()
    return "".join(sign if sign in known or sign in "\n\t" else _ABSENT for sign in words)


def breakable(words: str) -> str:
    """Let a very long word break, so that it stays inside its column."""
    return _LONG.sub(lambda found: found[0] + _BREAK, words)


@cache
def _glyphs() -> frozenset[str]:
    ranges = (_FOLDER / "fonts" / "glyphs.txt").read_text(encoding="ascii").split()
    ends = (tuple(int(end, 16) for end in one.split("-")) for one in ranges)
    return frozenset(chr(code) for low, high in ends for code in range(low, high + 1))


def _plain(item: Any) -> Any:
    """Give a document as data, each block with its kind; facts stay behind."""
    if isinstance(item, Words):
        return {"text": breakable(drawable(item.text)), "link": item.link}
    if isinstance(item, Figure):
        named = {name: _plain(getattr(item, name)) for name in ("question", "sentence", "alt")}
        return named | {"kind": "figure", "svg": drawable(item.wide)}
    if isinstance(item, Part):
        blocks = [
            _plain(block) | {"is_named": item.names(place)}
            for place, block in enumerate(item.blocks)
        ]
        named = {"id": item.id, "title": _plain(item.title), "is_appendix": item.is_appendix}
        return named | {"blocks": blocks}
    if is_dataclass(item):
        own = {one.name: _plain(getattr(item, one.name)) for one in fields(item)}
        kind = type(item).__name__.lower()
        return own | {"kind": kind, "form": own.get("kind", "")}
    if isinstance(item, frozenset):
        return sorted(item)
    if isinstance(item, tuple):
        return [_plain(one) for one in item]
    return drawable(item) if isinstance(item, str) else item


def _compiled(source: str, data: dict[str, Any], **options: Any) -> tuple[bytes, ...]:
    written = json.dumps(data, ensure_ascii=False, allow_nan=False)
    with as_file(_FOLDER / "templates" / source) as path, as_file(_FOLDER / "fonts") as fonts:
        made = typst.compile(
            str(path),
            root=str(path.parent),
            font_paths=[Path(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"data": written},
            timestamp=_NO_TIME,
            **options,
        )
    return (made,) if isinstance(made, bytes) else tuple(made or ())
