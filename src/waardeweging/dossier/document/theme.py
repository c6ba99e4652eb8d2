"""How a dossier of one municipality looks: its name, logo and colours."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Annotated

from defusedxml import ElementTree
from pydantic import Field

from waardeweging.problem.criteria import Text
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.labels import Described
from waardeweging.problem.tables import read_bytes
from waardeweging.problem.toml_files import parse, read_toml

Colour = Annotated[str, Field(strict=True, pattern=r"^#[0-9a-fA-F]{6}$")]

_LARGEST_LOGO = 500_000
_LARGEST_TEMPLATE = 5_000_000
_LEAST_CONTRAST = 4.5
_FORMATS = {".svg": "image/svg+xml", ".png": "image/png"}
_PNG = b"\x89PNG\r\n\x1a\n"


class Theme(Described):
    """What a municipality gives its dossiers.

    Parameters
    ----------
    name : str
        Of the municipality; empty for none.
    department, contact : str
        Who made the dossier and where questions go.
    accent, accent_text : str
        Colour of headings and lines, and of letters on it. [#rrggbb]
    logo : str
        Name of an SVG or PNG file beside the theme file.
    logo_alt : str
        What the logo shows, for who cannot see it.
    proposal : str
        Name of a Word template beside the theme file, for the proposal to the council.
    logo_bytes, proposal_bytes : bytes
        Read from `logo` and `proposal`.
    """

    name: Text = ""
    department: Text = ""
    contact: Text = ""
    accent: Colour = "#154273"
    accent_text: Colour = "#ffffff"
    logo: Text = ""
    logo_alt: Text = ""
    proposal: Text = ""
    logo_bytes: bytes = b""
    proposal_bytes: bytes = b""

    @property
    def logo_type(self) -> str:
        """Media type of the logo; empty without one."""
        return _FORMATS[Path(self.logo).suffix.lower()] if self.logo_bytes else ""


def read_theme(path: Path) -> Theme:
    """Read a theme file and the logo beside it.

    Raises
    ------
    ExceptionGroup of InputError
        If a field is wrong, a colour cannot be read on white, or the logo does not do.
    """
    faults, theme = Faults(), None
    with faults.collecting():
        theme = parse(Theme, read_toml(path), Place(path.name), faults)
    if theme is not None:
        _check_colours(theme, path.name, faults)
        with faults.collecting():
            logo = _logo(path, theme.logo)
            theme = theme.model_copy(update={"logo_bytes": logo})
        with faults.collecting():
            template = _beside(path, "proposal", theme.proposal, (".docx",), _LARGEST_TEMPLATE)
            theme = theme.model_copy(update={"proposal_bytes": template})
    faults.raise_all(str(path))
    if theme is None:
        raise RuntimeError("a theme without faults was not read")
    return theme


def contrast(first: str, second: str) -> float:
    """Give the contrast of two colours, from 1 to 21.

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2, "contrast ratio".
    """
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _check_colours(theme: Theme, file: str, faults: Faults) -> None:
    for field, behind in (("accent", "#ffffff"), ("accent_text", theme.accent)):
        if contrast(getattr(theme, field), behind) < _LEAST_CONTRAST:
            faults.add(
                InputError(
                    "theme.contrast",
                    where=Place(file, None, field),
                    found=getattr(theme, field),
                    remedy="Choose a colour that stands out more from {behind}: at least 4.5 to 1.",
                    behind=behind,
                )
            )


def _logo(theme_file: Path, name: str) -> bytes:
    content = _beside(theme_file, "logo", name, tuple(_FORMATS), _LARGEST_LOGO)
    if content and not _is_sound(content, Path(name).suffix.lower()):
        raise InputError(
            "theme.logo_content",
            where=Place(theme_file.name, None, "logo"),
            found=name,
            remedy="Save the logo again as a plain PNG or as SVG without links or scripts.",
        )
    return content


def _beside(
    theme_file: Path, field: str, name: str, endings: tuple[str, ...], largest: int
) -> bytes:
    """Read a file that a theme names; it lies beside the theme and nowhere else."""
    if not name:
        return b""
    if Path(name).name != name or Path(name).suffix.lower() not in endings:
        raise InputError(
            "theme.file_name",
            where=Place(theme_file.name, None, field),
            found=name,
            remedy="Name a file that lies beside the theme file and ends in: {endings}.",
            endings=", ".join(endings),
        )
    content = read_bytes(theme_file.with_name(name), largest)
    if not content:
        raise InputError(
            "theme.empty_file",
            where=Place(theme_file.name, None, field),
            found=name,
            remedy="This file is empty; save it again, or leave this field out.",
        )
    return content


def _is_sound(content: bytes, suffix: str) -> bool:
    return _is_png(content) if suffix == ".png" else _is_plain_svg(content)


def _is_png(content: bytes) -> bool:
    """Walk over the chunks of a PNG: what is cut off or changed would stop a renderer."""
    if not content.startswith(_PNG):
        return False
    at, kinds = len(_PNG), []
    while at + 12 <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        chunk, check = content[at + 4 : at + 8 + size], content[at + 8 + size : at + 12 + size]
        if zlib.crc32(chunk).to_bytes(4, "big") != check:
            return False
        kinds.append(chunk[:4])
        at += 12 + size
    return kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"]


def _is_plain_svg(content: bytes) -> bool:
    """Accept an SVG that draws and nothing more: no script, no link to elsewhere."""
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except (ElementTree.ParseError, ValueError):
        return False
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        return False
    return all(_draws_only(element) for element in root.iter())


def _draws_only(element: ElementTree.Element) -> bool:
    name = str(element.tag).rpartition("}")[2].lower()
    if name in ("script", "foreignobject", "image", "use", "style", "a", "iframe"):
        return False
    return not any(
        key.rpartition("}")[2].lower().startswith(("on", "href"))
        or re.search(r"url\(\s*['\"]?(?!#)|javascript:", value)
        for key, value in element.attrib.items()
    )
