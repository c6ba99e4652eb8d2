"""A dossier as one HTML file: works from a disk or a mail, without script or network."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FunctionLoader,
    StrictUndefined,
    Template,
)
from markupsafe import Markup

from waardeweging.dossier.document.blocks import Document, Figure
from waardeweging.dossier.document.theme import Theme
from waardeweging.presentation.catalog import text

TEMPLATE = "dossier.html.jinja"
_FOLDER = files("waardeweging.dossier.document") / "templates"


def html_of(document: Document, theme: Theme) -> str:
    """Write the file.

    Parameters
    ----------
    document : Document
    theme : Theme

    Returns
    -------
    str
        Every text of a person or a file is escaped; the drawings and the style are our own.
    """
    return _template().render(shown(document, theme))


def shown(document: Document, theme: Theme) -> dict[str, Any]:
    """Give what `TEMPLATE` shows, also to a template that extends it.

    One that sets ``cards`` can lay out the tables as cards on a small screen.
    """
    return {
        "document": document,
        "theme": theme,
        "logo": _data_address(theme),
        "style": Markup(_read("dossier.css")),  # noqa: S704
        "say": lambda key: text(f"dossier.{key}", document.language),
        "drawing": _drawing,
        "kind": lambda block: type(block).__name__.lower(),
        "cards": False,
    }


def _drawing(figure: Figure, width: str) -> Markup:
    """Give our own drawing; `svg` escaped the words in it."""
    return Markup(figure.wide if width == "wide" else figure.narrow)  # noqa: S704


def _data_address(theme: Theme) -> str:
    if not theme.logo_bytes:
        return ""
    return f"data:{theme.logo_type};base64,{base64.b64encode(theme.logo_bytes).decode()}"


@cache
def _template() -> Template:
    return pages().get_template(TEMPLATE)


def pages(*loaders: BaseLoader) -> Environment:
    """Give our templates, always escaped, with those of others behind them."""
    return Environment(
        loader=ChoiceLoader([FunctionLoader(_source), *loaders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _source(name: str) -> str | None:
    return _read(name) if name == TEMPLATE else None


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
