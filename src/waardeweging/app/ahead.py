"""A page that moves less while it is drawn.

Streamlit fetches the script of an element when the first of its kind is drawn. Until then
a grey bar stands in its place, and everything below moves when the element comes: a press
may miss. So the document itself asks for what stands above all else.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import streamlit

# Styles and plain HTML, and the choice of the language: they stand above all else.
_ELEMENTS = ("Html", "ButtonGroup")
_FOLDER = Path(streamlit.__file__).parent / "static" / "static" / "js"
_IMPORTED = re.compile(r'from"\./([\w.-]+\.js)"')


def asking_ahead(page: str) -> str:
    """Let a document of Streamlit ask for these scripts, so that they are there in time."""
    links = "".join(
        f'    <link rel="modulepreload" crossorigin href="./static/js/{name}">\n'
        for name in scripts()
        if name not in page
    )
    return page.replace("</head>", f"{links}</head>", 1)


@cache
def scripts() -> tuple[str, ...]:
    """Give the files of these elements and what they import; none if Streamlit renames them."""
    found = [path for name in _ELEMENTS for path in sorted(_FOLDER.glob(f"{name}.*.js"))]
    imported = [one for path in found for one in _IMPORTED.findall(path.read_text("utf-8"))]
    return tuple(dict.fromkeys([*(path.name for path in found), *imported]))
