"""What people write in their own words, made harmless before it is kept."""

from __future__ import annotations

import unicodedata

MOST_SIGNS = 1000
_FORMULA_SIGNS = "=+-@\t\n "


def plain_words(text: str) -> str:
    """Keep what can be read: no hidden or turning signs, nothing a spreadsheet would run."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(sign for sign in lines if sign.isprintable() or sign == "\n")
    return shown.strip().lstrip(_FORMULA_SIGNS).strip()
