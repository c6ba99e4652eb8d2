"""The indicators of equal cooperation in words and tables: gaps first, never a total."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from waardeweging.elicitation.ballots import MUNICIPALITY, RESIDENTS, SIDES
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.dates import day_text
from waardeweging.presentation.numbers import joined, number, percent, signed
from waardeweging.presentation.sentences import word
from waardeweging.process.project.events import INDICATORS
from waardeweging.process.project.indicator_moments import Moment
from waardeweging.process.project.indicator_rows import JOINT, Cell, IndicatorRow, Scale

_DIGITS = {"grade": 1, "change": 1, "days": 1}
_OBSERVED = "observed"


def indicator_name(row: IndicatorRow, language: Language) -> str:
    """Name a row: the indicator and what is measured of it."""
    place = "seen" if row.measure == _OBSERVED else row.indicator
    return text(
        "indicator.name_about" if row.about else "indicator.name",
        language,
        indicator=text(f"project.indicator.{row.indicator}", language),
        measure=text(f"indicator.measure.{place}.{row.measure}", language),
        about=row.about,
    )


def moment_name(moment: Moment, language: Language) -> str:
    """Name a moment as people wrote it, or as the project knows it."""
    if moment.kind in ("session", "other") and moment.label:
        return moment.label
    known = moment.kind in ("start", "now", "afterwards")
    return text(f"indicator.moment.{moment.kind}", language) if known else moment.id


def dated_moment(moment: Moment, language: Language) -> str:
    """Name a moment with its day, when that is known."""
    name = moment_name(moment, language)
    if not moment.day:
        return name
    return text("indicator.moment.dated", language, name=name, day=day_text(moment.day, language))


def value_text(value: float, scale: Scale, language: Language) -> str:
    """Write a value with what it counts, such as ``stap 3`` or ``40%``."""
    if scale.unit == "share":
        return percent(value, language)
    digits = _DIGITS.get(scale.unit, 0)
    write = signed if scale.unit == "change" else number
    shown = write(value, language, digits)
    unit = "day" if scale.unit == "days" and shown == "1" else scale.unit
    return text(f"indicator.short.{unit}", language, x=shown)


def cell_text(cell: Cell, scale: Scale, language: Language) -> str:
    """Write a value, or why there is none."""
    if cell.value is None:
        return text(f"indicator.missing.{cell.missing}", language)
    shown = value_text(cell.value, scale, language)
    counts_cases = scale.unit == "share" and cell.of is not None
    return text("indicator.value_of", language, value=shown, of=cell.of) if counts_cases else shown


def gap_text(
    row: IndicatorRow, gap: float | None, language: Language, *, narrow: bool = False
) -> str:
    """Write how far the sides are apart; a dash where that is not known.

    A `narrow` place, such as a picture on a phone, gets a shorter unit.
    """
    if gap is None:
        return text("indicator.nothing", language)
    if gap == 0:
        return text("indicator.same", language)
    unit = "share_narrow" if narrow and row.scale.unit == "share" else row.scale.unit
    return text("indicator.gap", language, x=apart_text(gap, unit, language))


def apart_text(gap: float, unit: str, language: Language) -> str:
    """Write a difference in its unit; shares differ by percentage points."""
    size, digits = (100 * gap, 0) if unit.startswith("share") else (gap, 1)
    # A half point is said as one point is.
    form = f"{unit}_one" if 0 < round(size, digits) <= 1 else unit
    return text(f"indicator.apart.{form}", language, x=number(size, language, digits))


def latest(row: IndicatorRow) -> int | None:
    """Give the place of the last moment at which both sides have a value, or else one of them.

    Gives None when no moment has any value.
    """
    cells = list(zip(*row.cells.values(), strict=True))
    known = [any(cell.value is not None for cell in at) for at in cells]
    both = [gap is not None for gap in row.gaps]
    wanted = both if any(both) else known
    return max((place for place, there in enumerate(wanted) if there), default=None)


def gaps_table(rows: Sequence[IndicatorRow], language: Language) -> pd.DataFrame:
    """Give the last values of every row, in the order of the rows: the widest gap first."""
    heads = ["name", *SIDES, "gap", "when", "grounds", "scale"]
    return pd.DataFrame(
        [_latest_line(row, language) for row in rows], columns=[_head(h, language) for h in heads]
    )


def row_table(row: IndicatorRow, language: Language) -> pd.DataFrame:
    """Give one row over time, with a line per moment."""
    sides = [JOINT] if row.is_joint else list(SIDES)
    heads = [_head(head, language) for head in ("when", *sides)]
    heads += [] if row.is_joint else [_head("gap", language)]
    seen = row.measure == _OBSERVED
    heads += [_head("words", language)] if seen else []
    lines = []
    for place, moment in enumerate(row.moments):
        cells = [row.cells[side][place] for side in sides]
        line = [dated_moment(moment, language)]
        line += [cell_text(cell, row.scale, language) for cell in cells]
        line += [] if row.is_joint else [gap_text(row, row.gaps[place], language)]
        line += [joined_words(cells, language)] if seen else []
        lines.append(line)
    return pd.DataFrame(lines, columns=heads)


def moments_table(rows: Sequence[IndicatorRow], language: Language) -> pd.DataFrame:
    """Give everything: a line per row and side, a column per moment."""
    moments = rows[0].moments if rows else ()
    names = [dated_moment(moment, language) for moment in moments]
    heads = [_head("name", language), _head("side", language), *_unique(names)]
    lines = [
        [
            indicator_name(row, language),
            _side(side, language),
            *(cell_text(cell, row.scale, language) for cell in cells),
        ]
        for row in rows
        for side, cells in row.cells.items()
    ]
    return pd.DataFrame(lines, columns=heads)


def nothing_known(rows: Sequence[IndicatorRow]) -> bool:
    """Say whether nothing was asked, seen or done yet: steps that all stand at 0 tell nothing."""
    return not any(
        cell.value or (cell.value is not None and row.scale.unit != "step")
        for row in rows
        for cells in row.cells.values()
        for cell in cells
    )


def indicator_sentences(
    rows: Sequence[IndicatorRow], language: Language, fewest: int = FEWEST
) -> tuple[str, ...]:
    """Say where the sides are furthest apart, what is not known, and that nothing is added up."""
    if nothing_known(rows):
        return (text("indicator.said.empty", language),)
    return (
        *widest_sentences(rows, language),
        *_unknown(rows, language),
        *_limits(language, fewest),
    )


def widest_sentences(rows: Sequence[IndicatorRow], language: Language) -> tuple[str, ...]:
    """Say where the sides are furthest apart, with both values; or why that cannot be said."""
    known = [row for row in rows if row.gap is not None]
    if not any(row.wideness for row in known):
        return (text(f"indicator.said.{_why_no_widest(known)}", language),)
    first = max(known, key=lambda row: row.wideness)
    place = latest(first) or 0
    values = {
        side: cell_text(first.cells[side][place], first.scale, language)
        for side in (RESIDENTS, MUNICIPALITY)
    }
    scale = text(f"indicator.scale.{first.scale.unit}", language)
    return (
        text("indicator.said.widest", language, name=indicator_name(first, language)),
        text("indicator.said.widest_values", language, scale=scale, **values),
    )


def _why_no_widest(known: Sequence[IndicatorRow]) -> str:
    if any(row.gap for row in known):
        return "few_cases"
    # Two sides that both did nothing yet agree on nothing.
    return "no_gap" if any(row.grounds == "asked" for row in known) else "unknown"


def joined_words(cells: Sequence[Cell], language: Language) -> str:
    """Give how people know what they saw; every text once."""
    return joined(list(dict.fromkeys(cell.words for cell in cells if cell.words)), language)


def _unknown(rows: Sequence[IndicatorRow], language: Language) -> tuple[str, ...]:
    told = {row.indicator for row in rows if not row.is_empty}
    names = [
        text(f"project.indicator.{one}", language).lower() for one in INDICATORS if one not in told
    ]
    if not names:
        return ()
    return (text("indicator.said.nothing", language, names=joined(names, language)),)


def _limits(language: Language, fewest: int) -> tuple[str, ...]:
    return (
        text("indicator.said.no_sum", language),
        text("indicator.said.few", language, fewest=number(fewest, language)),
    )


def _latest_line(row: IndicatorRow, language: Language) -> list[str]:
    place = latest(row)
    # Without any value, the reason why there is none now.
    now = [moment.kind for moment in row.moments].index("now")
    at = now if place is None else place
    shared = row.cells.get(JOINT)
    values = [cell_text((shared or row.cells[side])[at], row.scale, language) for side in SIDES]
    nothing = text("indicator.nothing", language)
    return [
        indicator_name(row, language),
        *values,
        text("indicator.everyone", language) if shared else gap_text(row, row.gaps[at], language),
        nothing if place is None else moment_name(row.moments[at], language),
        text(f"indicator.grounds.{row.grounds}", language),
        text(f"indicator.scale.{row.scale.unit}", language),
    ]


def _head(name: str, language: Language) -> str:
    return (
        _side(name, language)
        if name in (*SIDES, JOINT)
        else text(f"indicator.table.{name}", language)
    )


def _side(side: str, language: Language) -> str:
    return text("indicator.everyone", language) if side == JOINT else word(side, language)


def _unique(names: Sequence[str]) -> list[str]:
    """Give every column a name of its own; what stands there twice gets a number."""
    return [
        name if names.index(name) == place else f"{name} ({names[: place + 1].count(name)})"
        for place, name in enumerate(names)
    ]
