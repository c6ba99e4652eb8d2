"""From data to a tagged PDF: a template reads the data, so no text ever becomes part of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

_TEMPLATES = Path(__file__).parent / "templates"


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Set a template with data; the same data gives the same bytes.

    Parameters
    ----------
    template : str
        Name of a file in ``templates/``, without its ending.
    data : mapping
        As JSON: every text in it is printed as it is, whatever signs it holds.
    """
    return typst.compile(
        (_TEMPLATES / f"{template}.typ").read_bytes(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=["ua-1"],
        timestamp=0,
    )


@cache
def _fonts() -> typst.Fonts:
    """Read the fonts once; those of the machine are left alone, so that a print is the same."""
    folder = files("waardeweging.dossier.document") / "fonts"
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
