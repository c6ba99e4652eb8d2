"""The registers: what people brought in, decisions, agreements, and the planning."""

from __future__ import annotations

from typing import Any

from waardeweging.dossier.document.blocks import (
    Block,
    Field,
    Form,
    Heading,
    Paragraph,
    Part,
    Row,
    Table,
    Words,
)
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.project.parts.standing import due, gathered
from waardeweging.dossier.project.writer import ProjectWriter
from waardeweging.presentation.numbers import quantity

_DIGITS = 6


def inputs(writer: ProjectWriter) -> Part:
    """List what people brought in, with its answer, who gave it, and how long that took."""
    rows = tuple(_input(writer, n) for n in range(len(writer.fact("inputs", "rows"))))
    if not rows:
        return gathered(writer, "inputs", "inputs.lead")
    heads = tuple(
        writer.here(f"inputs.{head}") for head in ("number", "input", "answer", "because", "owner")
    )
    title = writer.here("inputs.title")
    table = Table(title, heads, rows, frozenset(), (0.06, 0.33, 0.18, 0.23, 0.2))
    return gathered(writer, "inputs", "inputs.lead", *_answered(writer), table)


def _answered(writer: ProjectWriter) -> list[Block]:
    names = ("given", "answered", "open", "late")
    said = [
        writer.here(
            "inputs.count",
            *(pointer("inputs", name) for name in names),
            **{name: writer.number(writer.fact("inputs", name)) for name in names},
        )
    ]
    days = writer.fact("inputs", "median_days")
    if days is not None:
        shown = writer.number(days, 1)
        said.append(writer.here("inputs.median", "/inputs/median_days", days=shown))
    return [Paragraph(one) for one in said]


def _input(writer: ProjectWriter, n: int) -> Row:
    where = ("inputs", "rows", n)
    one = writer.fact(*where)
    return Row(
        (
            writer.count(*where, "number"),
            _brought(writer, n),
            writer.bare(writer.listed("status", one["status"])),
            writer.optional(*where, "because"),
            _who(writer, n),
        )
    )


def _brought(writer: ProjectWriter, n: int) -> Words:
    """Write what somebody brought in, after what it is about and from which side it came."""
    where = ("inputs", "rows", n)
    one = writer.fact(*where)
    about = [writer.listed("about", one["about"])]
    about += [
        writer.weighed(kind, one[name])
        for kind, name in (("options", "alternative"), ("criteria", "criterion"))
        if one[name]
    ]
    facts = [pointer(*where, name) for name in ("alternative", "criterion", "text")]
    if one["value"] is not None:
        about.append(_claimed(writer, one))
        facts.append(pointer(*where, "value"))
    named = f"{', '.join(about)} ({writer.word(one['side'])})" if one["side"] else ", ".join(about)
    return writer.bare(f"{named}: {one['text']}", *facts)


def _claimed(writer: ProjectWriter, one: dict[str, Any]) -> str:
    """Write what somebody says it is, in the unit of the criterion where that is known."""
    unit = writer.fact("names", "units").get(one["criterion"])
    if unit is None:
        return writer.number(one["value"], _DIGITS)
    return quantity(one["value"], unit, writer.language)


def _who(writer: ProjectWriter, n: int) -> Words:
    """Say who answers, and when that was or should be."""
    where = ("inputs", "rows", n)
    one = writer.fact(*where)
    name = "answered_on" if one["answered_on"] else "due"
    key = "late" if one["late"] else _took(one) if one["answered_on"] else name
    owner = one["owner"] or writer.listed("status", "waiting")
    facts = [pointer(*where, "owner")]
    if one[name] is None:
        return writer.bare(owner, *facts)
    return writer.here(
        f"inputs.{key}",
        *facts,
        pointer(*where, name),
        pointer(*where, "days"),
        who=owner,
        day=writer.when(*where, name),
        days=writer.number(one["days"] or 0),
    )


def _took(one: dict[str, Any]) -> str:
    days = int(one["days"] + 0.5)
    return ("same_day", "next_day")[days] if days < 2 else "answered_on"


def decisions(writer: ProjectWriter) -> Part:
    """List decisions with their reasons, and a form where one departs from the advice."""
    given = writer.fact("decisions")
    if not given:
        return gathered(writer, "decisions", "decisions.lead")
    rows = tuple(
        Row(
            (
                writer.day("decisions", n, "day"),
                writer.quoted("decisions", n, "what"),
                writer.quoted("decisions", n, "reason"),
                writer.optional("decisions", n, "losing"),
                writer.quoted("decisions", n, "owner"),
            )
        )
        for n in range(len(given))
    )
    heads = tuple(
        writer.here(f"decisions.{head}") for head in ("on", "what", "reason", "losing", "owner")
    )
    table = Table(
        writer.here("decisions.title"), heads, rows, frozenset(), (0.15, 0.27, 0.24, 0.2, 0.14)
    )
    return gathered(writer, "decisions", "decisions.lead", table, *_deviations(writer))


def _deviations(writer: ProjectWriter) -> list[Block]:
    """Fill in the form for a decision that departs from the advice."""
    found = [n for n, one in enumerate(writer.fact("decisions")) if one["departs"]]
    title = Heading(writer.here("decisions.departs_title"))
    if not found:
        return [title, Paragraph(writer.here("decisions.none_departs"))]
    return [title, *(_deviation(writer, n) for n in found)]


def _deviation(writer: ProjectWriter, n: int) -> Form:
    where = ("decisions", n)
    fields = (
        Field(writer.say("deviation.point"), writer.quoted(*where, "advice")),
        Field(writer.say("deviation.decided"), writer.quoted(*where, "what")),
        Field(writer.say("deviation.because"), writer.quoted(*where, "reason")),
        Field(writer.here("decisions.losing"), writer.optional(*where, "losing")),
        Field(writer.here("decisions.owner"), writer.quoted(*where, "owner")),
        Field(writer.say("deviation.on"), writer.day(*where, "day")),
    )
    return Form(writer.say("deviation.form"), fields)


def agreements(writer: ProjectWriter) -> Part:
    """List who does what and when, what is late, and the moments of the planning."""
    blocks: list[Block] = []
    for horizon in ("short", "long"):
        mine = [
            n
            for n, one in enumerate(writer.fact("agreements", "rows"))
            if one["horizon"] == horizon
        ]
        if mine:
            name = writer.bare(writer.listed("horizon", horizon))
            blocks += [Heading(name), _agreements(writer, name, mine)]
    if writer.fact("moments", "rows"):
        title = writer.here("agreements.planning_title")
        blocks += [Heading(title), _planning(writer, title)]
    return gathered(writer, "agreements", "agreements.lead", *blocks)


def _agreements(writer: ProjectWriter, caption: Words, places: list[int]) -> Table:
    heads = ("what", "who", "due", "status", "evidence", "contact")
    rows = tuple(_agreement(writer, n) for n in places)
    said = tuple(writer.here(f"agreements.{head}") for head in heads)
    return Table(caption, said, rows, frozenset(), (0.28, 0.15, 0.17, 0.11, 0.15, 0.14))


def _agreement(writer: ProjectWriter, n: int) -> Row:
    where = ("agreements", "rows", n)
    return Row(
        (
            writer.quoted(*where, "what"),
            writer.quoted(*where, "who"),
            due(writer, *where),
            writer.bare(writer.listed("progress", writer.fact(*where, "status"))),
            writer.optional(*where, "evidence"),
            writer.optional(*where, "contact"),
        )
    )


def _planning(writer: ProjectWriter, caption: Words) -> Table:
    rows = tuple(
        Row(
            (
                writer.day("moments", "rows", n, "day"),
                writer.quoted("moments", "rows", n, "what"),
                writer.optional("moments", "rows", n, "decides"),
                writer.here(f"agreements.{_passed(one)}"),
            )
        )
        for n, one in enumerate(writer.fact("moments", "rows"))
    )
    heads = tuple(
        writer.here(f"agreements.{head}") for head in ("day", "moment", "decides", "status")
    )
    return Table(caption, heads, rows, frozenset(), (0.22, 0.4, 0.22, 0.16))


def _passed(one: dict[str, object]) -> str:
    if one["done"]:
        return "held"
    return "passed" if one["passed"] else "coming"
