"""How equal the cooperation was: every indicator, the widest gap between the sides first."""

from __future__ import annotations

from typing import Any

from waardeweging.dossier.document.blocks import (
    Block,
    Heading,
    Paragraph,
    Part,
    Row,
    Table,
    Words,
)
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.project.parts.standing import gathered
from waardeweging.dossier.project.writer import ProjectWriter
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.indicator_tables import apart_text
from waardeweging.process.project.events import RUNGS
from waardeweging.process.project.indicator_rows import JOINT

_WIDTHS = (0.36, 0.2, 0.15, 0.15, 0.14)


def cooperation(writer: ProjectWriter) -> Part:
    """Set the last known value of both sides side by side, then how it moved; no sum."""
    return _with(writer, [*_moved(writer), *_seen(writer)])


def cooperation_now(writer: ProjectWriter) -> Part:
    """Set the last known value of both sides side by side, for a page that is read quickly."""
    return _with(writer, [])


def _with(writer: ProjectWriter, more: list[Block]) -> Part:
    rows = writer.fact("cooperation")
    now = tuple(_row(writer, n, _last(one)) for n, one in enumerate(rows))
    if not any(_tells(one) for one in rows):
        return gathered(writer, "cooperation", "cooperation.lead")
    title = writer.here("cooperation.now_title")
    blocks: list[Block] = [
        Paragraph(writer.here("cooperation.read")),
        Heading(title),
        Table(title, _heads(writer), now, frozenset(), _WIDTHS),
        *more,
    ]
    return gathered(writer, "cooperation", "cooperation.lead", *blocks)


def _tells(one: dict[str, Any]) -> bool:
    """Say whether there is more than steps that nobody took yet."""
    values = [cell["value"] for cells in one["sides"].values() for cell in cells]
    return any(x or (x is not None and one["unit"] != "step") for x in values)


def _heads(writer: ProjectWriter) -> tuple[Words, ...]:
    return (
        writer.here("cooperation.what"),
        writer.here("cooperation.moment"),
        *(writer.bare(writer.word(side)) for side in SIDES),
        writer.here("cooperation.gap"),
    )


def _last(one: dict[str, Any]) -> int | None:
    return one["known"][-1] if one["known"] else None


def _row(writer: ProjectWriter, n: int, moment: int | None) -> Row:
    if moment is None:
        absent = writer.here("cooperation.missing.not_measured")
        return Row((_name(writer, n), Words("–"), absent, absent, Words("–")))
    cells = tuple(_cell(writer, n, side, moment) for side in SIDES)
    return Row((_name(writer, n), _moment(writer, n, moment), *cells, _gap(writer, n, moment)))


def _name(writer: ProjectWriter, n: int) -> Words:
    one = writer.fact("cooperation", n)
    indicator = writer.listed("indicator", one["indicator"])
    measure = one["measure"]
    said = measure if measure in ("asked", "observed") else f"{one['indicator']}_{measure}"
    about = f" ({one['about']})" if one["about"] else ""
    named = writer.choice("project.measure", said)
    return writer.bare(f"{indicator}: {named}{about}", pointer("cooperation", n, "about"))


def _moment(writer: ProjectWriter, n: int, moment: int) -> Words:
    where = ("cooperation", n, "moments", moment)
    one = writer.fact(*where)
    named = one["label"] or writer.choice("project.cooperation", one["kind"])
    day = writer.day(*where, "day")
    return writer.bare(f"{named}, {day.text}", pointer(*where, "label"), *day.facts)


def _cell(writer: ProjectWriter, n: int, side: str, moment: int) -> Words:
    joint = writer.fact("cooperation", n, "joint")
    where = ("cooperation", n, "sides", JOINT if joint else side, moment)
    one = writer.fact(*where)
    if one["value"] is None:
        fewest = writer.number(writer.fact("fewest"))
        return writer.here(f"cooperation.missing.{one['missing']}", "/fewest", fewest=fewest)
    said = _value(writer, n, one["value"])
    facts = (pointer(*where, "value"), pointer("cooperation", n, "high"))
    if joint and side != SIDES[0]:
        return writer.here("cooperation.same")
    return writer.bare(said, *facts)


def _value(writer: ProjectWriter, n: int, value: float) -> str:
    row = writer.fact("cooperation", n)
    if row["unit"] == "share":
        return writer.share(value)
    if row["unit"] == "rung" and value == int(value):
        return writer.listed("rung", RUNGS[int(value) - 1])
    if row["unit"] == "change":
        return writer.tenth(value)
    shown = writer.number(value, 1)
    if row["unit"] == "people":
        return shown
    high = "" if row["high"] is None else writer.number(row["high"])
    return writer.here(f"cooperation.unit.{row['unit']}", x=shown, high=high).text


def _gap(writer: ProjectWriter, n: int, moment: int) -> Words:
    where = ("cooperation", n, "gaps", moment)
    gap = writer.fact(*where)
    if gap is None:
        return Words("–")
    unit = writer.fact("cooperation", n, "unit")
    return writer.bare(apart_text(gap, unit, writer.language), pointer(*where))


def _moved(writer: ProjectWriter) -> list[Block]:
    """Give what changed, moment by moment."""
    changes = {n: _changes(one) for n, one in enumerate(writer.fact("cooperation"))}
    rows = tuple(
        _row(writer, n, moment)
        for n, found in changes.items()
        if len(found) > 1
        for moment in found
    )
    if not rows:
        return []
    title = writer.here("cooperation.time_title")
    return [Heading(title), Table(title, _heads(writer), rows, frozenset(), _WIDTHS)]


def _changes(one: dict[str, Any]) -> list[int]:
    """Leave out a moment at which nothing differs from the one before."""
    values = [[cells[n]["value"] for cells in one["sides"].values()] for n in one["known"]]
    before = [None, *values]
    return [n for place, n in enumerate(one["known"]) if values[place] != before[place]]


def _seen(writer: ProjectWriter) -> list[Block]:
    """Say how somebody knows what was observed."""
    rows = tuple(
        Row(
            (
                _name(writer, n),
                writer.bare(writer.word(side)),
                _moment(writer, n, moment),
                writer.quoted("cooperation", n, "sides", side, moment, "words"),
            )
        )
        for n, one in enumerate(writer.fact("cooperation"))
        for side in SIDES
        for moment, cell in enumerate(one["sides"].get(side, ()))
        if cell["words"] and one["measure"] == "observed"
    )
    if not rows:
        return []
    title = writer.here("cooperation.seen_title")
    heads = (
        writer.here("cooperation.what"),
        writer.here("people.side"),
        writer.here("cooperation.moment"),
        writer.here("cooperation.words"),
    )
    return [Heading(title), Table(title, heads, rows, frozenset(), (0.3, 0.14, 0.2, 0.36))]
