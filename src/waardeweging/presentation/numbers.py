"""Numbers as people read them: ``€ 1.234`` in Dutch, ``€1,234`` in English.

No number shows more digits than its grounds carry: measured quantities have a
digit or two behind the separator, estimates of experts two digits in all.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

from waardeweging.presentation.catalog import Language, has, text

_SCALE = re.compile(r"(?:ladder|scale|schaal)?\s*(\d+)\s*[-–]\s*(\d+)\s*(?:ladder|scale|schaal)?")
_EUROS = ("€", "eur", "euro")
_PRICES_OF = re.compile(r"(€)\s+(\d{4})")
_MINUS = "−"


def number(x: float, language: Language, digits: int = 0) -> str:
    """Write a number with at most `digits` behind the separator, and a real minus sign."""
    rounded = _rounded(x, digits)
    pattern = "#,##0" + ("." + "#" * digits if digits > 0 else "")
    written = format_decimal(abs(rounded), format=pattern, locale=_locale(language))
    return f"{_MINUS if rounded < 0 else ''}{written}"


def signed(x: float, language: Language, digits: int = 0) -> str:
    """Write a difference: ``+3``, ``−3`` or ``0``."""
    written = number(x, language, digits)
    return f"+{written}" if _rounded(x, digits) > 0 else written


def percent(share: float, language: Language, digits: int = 0) -> str:
    """Write a share of 1 as a percentage.

    What is not quite nothing or everything never reads ``0%`` or ``100%``.
    """
    least = 10.0**-digits
    if share > 0 and 100 * share < least / 2:
        return text("number.percent_below", language, x=number(least, language, digits))
    if share < 1 and 100 - 100 * share < least / 2:
        return text("number.percent_above", language, x=number(100 - least, language, digits))
    return text("number.percent", language, x=number(100 * share, language, digits))


def share_with_margin(share: float, margin: float, language: Language, digits: int = 0) -> str:
    """Write a share that was sampled, with how far chance may have moved it: ``83% (± 1)``.

    A margin is rounded up and never reads 0 unless it is.
    """
    wide = 100 * margin
    tenths = math.ceil(round(10 * wide, 9)) / 10
    shown = number(wide, language) if wide >= 1 and not digits else number(tenths, language, 1)
    return text("table.with_error", language, share=percent(share, language, digits), error=shown)


def points(x: float, language: Language, digits: int = 0) -> str:
    """Write points of 100 with the word; a small rest is never called 0."""
    shown = number(x, language, digits)
    if x != 0 and abs(x) < 0.5 * 10.0**-digits:
        return text("number.less_than_point", language)
    return text("number.point" if shown == "1" else "number.points", language, x=shown)


def money(x: float, language: Language, digits: int = 0) -> str:
    """Write euros; with cents when `digits` is 2."""
    fixed = "#,##0" + ("." + "0" * digits if digits > 0 else "")
    rounded = _rounded(x, digits)
    written = format_decimal(abs(rounded), format=fixed, locale=_locale(language))
    return text("number.money_minus" if rounded < 0 else "number.money", language, x=written)


def quantity(
    x: float,
    unit: str,
    language: Language,
    *,
    grounds: str = "",
    with_unit: bool = True,
    cents: bool = False,
) -> str:
    """Write a performance in its unit.

    Parameters
    ----------
    x : float
    unit : str
        As in a framework, such as ``€/dwelling/yr``, ``kg/dwelling/yr`` or ``1–5``; the year of
        its prices may follow the euro sign, as in ``€ 2018/weq/yr``. A word that the catalog
        does not know is left as it is.
    language : str
    grounds : str, optional
        An ``expert`` estimate keeps two digits.
    with_unit : bool
        False leaves out all but the euro and percent signs, for a table that names
        the unit above.
    cents : bool
        Write every amount of money to the cent, and a price below ten euros to a tenth of one.
    """
    shown = _two_digits(x) if grounds == "expert" else float(x)
    base, per = _split(unit)
    if base.lower() in _EUROS:
        is_small = 0 < abs(shown) < 10
        digits = 2 if cents or is_small else 0
        if cents and is_small and round(shown, 2) != round(shown, 3):
            digits = 3
        written = money(shown, language, digits)
    elif base == "%":
        written = text("number.percent", language, x=number(shown, language, 1))
    else:
        written = number(shown, language, _digits(shown))
        if with_unit and base:
            word = _base_word(base, language, one=written == "1")
            written += f" ({word})" if scale(base) else f" {word}"
    return (
        f"{written}{_per_words(per, language)}{_of_year(unit, language)}" if with_unit else written
    )


def unit_text(unit: str, language: Language) -> str:
    """Write a unit in words, such as ``€ per woning per jaar``."""
    base, per = _split(unit)
    word = "€" if base.lower() in _EUROS else _base_word(base, language, one=False)
    return f"{word}{_per_words(per, language)}{_of_year(unit, language)}".strip()


def scale(unit: str) -> tuple[float, float] | None:
    """Give the ends of a unit that is a scale, such as ``1–5``; None for any other."""
    found = _SCALE.fullmatch(unit.strip())
    return (float(found[1]), float(found[2])) if found else None


def joined(names: list[str] | tuple[str, ...], language: Language) -> str:
    """Write a list as people say it: ``a, b en c``."""
    if len(names) < 2:
        return "".join(names)
    return text("number.and", language, first=", ".join(names[:-1]), last=names[-1])


def _rounded(x: float, digits: int) -> float:
    """Round halves up, as people do; what is a half but for float noise counts as one."""
    step = Decimal(1).scaleb(-digits)
    exact = Decimal(repr(round(float(x), digits + 9)))
    return float(exact.quantize(step, ROUND_HALF_UP)) + 0.0


def _locale(language: Language) -> str:
    return text("number.locale", language)


def _digits(x: float) -> int:
    return 0 if abs(x) >= 100 else 1 if abs(x) >= 10 else 2


def _two_digits(x: float) -> float:
    if x == 0:
        return 0.0
    return round(float(x), 1 - math.floor(math.log10(abs(x))))


def _split(unit: str) -> tuple[str, tuple[str, ...]]:
    """Split ``kg/dwelling/yr`` into its base and what it is counted per."""
    base, *per = (part.strip() for part in _PRICES_OF.sub(r"\1", unit).split("/"))
    words = base.split(maxsplit=1)
    if len(words) == 2 and words[0] == "%":
        base = "%"
    return base, tuple(per)


def _of_year(unit: str, language: Language) -> str:
    """Say of which year the prices are, where the unit tells it."""
    found = _PRICES_OF.search(unit)
    return f" {text('number.prices_of', language, year=found[2])}" if found else ""


def _base_word(base: str, language: Language, *, one: bool) -> str:
    ends = scale(base)
    if ends is not None:
        return text("number.scale", language, low=f"{ends[0]:g}", high=f"{ends[1]:g}")
    if one and has(f"unit_one.{base}", language):
        return text(f"unit_one.{base}", language)
    return _word(base, language)


def _per_words(per: tuple[str, ...], language: Language) -> str:
    words = (text("number.per", language, unit=_word(one, language)) for one in per)
    return "".join(f" {word}" for word in words)


def _word(name: str, language: Language) -> str:
    key = f"unit.{name}"
    return text(key, language) if has(key, language) else name
