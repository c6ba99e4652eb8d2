"""Days as people read them: ``23 november 2026``."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from waardeweging.presentation.catalog import Language, text
from waardeweging.process.moments import day_of


def day_text(day: str, language: Language) -> str:
    """Write a day, or the day of a moment, in words.

    Parameters
    ----------
    day : str
        ISO 8601: a day such as ``2026-11-23``, or a moment, whose day in the Netherlands is
        written.
    language : str
    """
    written = date.fromisoformat(day_of(day) if "T" in day else day)
    return format_date(written, format="d MMMM y", locale=text("number.locale", language))
