"""What remains: differences, answers to input, deviations, agreements, and how it went together."""

from __future__ import annotations

from collections.abc import Sequence

from waardeweging.dossier.document.blocks import (
    Block,
    Field,
    Form,
    Heading,
    Paragraph,
    Part,
    Quote,
    Row,
    Table,
    Words,
)
from waardeweging.dossier.document.parts.frame import not_recorded
from waardeweging.dossier.document.writer import Writer
from waardeweging.dossier.record import INDICATORS

_EMPTY = Words("")


def minorities(writer: Writer) -> Part:
    """Print lasting differences in the words of those who hold them."""
    blocks: list[Block] = [Paragraph(writer.say("minority.lead"), "lead")]
    for n, one in enumerate(writer.fact("record", "minorities")):
        if one["about"]:
            blocks.append(Heading(writer.quoted("record", "minorities", n, "about")))
        blocks.append(
            Quote(
                writer.quoted("record", "minorities", n, "text"),
                writer.quoted("record", "minorities", n, "by"),
            )
        )
    if len(blocks) == 1:
        blocks.append(Paragraph(not_recorded(writer), "quiet"))
    return Part("minorities", writer.say("minority.title"), tuple(blocks))


def inputs(writer: Writer) -> Part:
    """List what people brought in and what was done with it."""
    rows = [
        Row(
            (
                writer.quoted("record", "inputs", n, "number"),
                writer.quoted("record", "inputs", n, "text"),
                writer.bare(writer.choice("answer", one["answer"])),
                writer.quoted("record", "inputs", n, "because"),
                writer.quoted("record", "inputs", n, "owner"),
            )
        )
        for n, one in enumerate(writer.fact("record", "inputs"))
    ]
    heads = ("number", "input", "answer", "because", "owner")
    blocks = [
        Paragraph(writer.say("inputs.lead"), "lead"),
        *_register(writer, "inputs", heads, rows, (0.08, 0.32, 0.16, 0.3, 0.14)),
    ]
    return Part("inputs", writer.say("inputs.title"), tuple(blocks))


def _register(
    writer: Writer, name: str, heads: Sequence[str], rows: list[Row], widths: tuple[float, ...]
) -> list[Block]:
    """Give a register; without entries a blank one to fill in by hand."""
    said = tuple(writer.say(f"{name}.{head}") for head in heads)
    if rows:
        return [Table(writer.say(f"{name}.title"), said, tuple(rows), frozenset(), widths)]
    fields = tuple(Field(head, _EMPTY, 2 if place else 1) for place, head in enumerate(said))
    return [
        Paragraph(not_recorded(writer), "quiet"),
        Form(writer.say(f"{name}.form"), fields),
    ]


def deviation(writer: Writer) -> Part:
    """Print where the college decides otherwise, or a form for it."""
    heads = ("point", "decided", "because", "told_to", "on")
    blocks: list[Block] = [Paragraph(writer.say("deviation.lead"), "lead")]
    given = writer.fact("record", "deviations")
    for n, one in enumerate(given):
        fields = tuple(
            Field(
                writer.say(f"deviation.{head}"),
                writer.quoted("record", "deviations", n, head) if one[head] else _EMPTY,
            )
            for head in heads
        )
        blocks.append(Form(writer.say("deviation.form"), fields))
    if not given:
        fields = tuple(
            Field(writer.say(f"deviation.{head}"), _EMPTY, 3 if head == "because" else 1)
            for head in heads
        )
        blocks += [
            Paragraph(writer.say("deviation.none"), "quiet"),
            Form(writer.say("deviation.form"), fields),
        ]
    return Part("deviation", writer.say("deviation.title"), tuple(blocks))


def agreements(writer: Writer) -> Part:
    """List who does what and when, and the moments of decision."""
    rows = [
        Row(
            (
                writer.quoted("record", "agreements", n, "who"),
                writer.quoted("record", "agreements", n, "what"),
                writer.quoted("record", "agreements", n, "when"),
                writer.bare(writer.choice("state", one["status"])),
                writer.quoted("record", "agreements", n, "contact"),
            )
        )
        for n, one in enumerate(writer.fact("record", "agreements"))
    ]
    heads = ("who", "what", "when", "status", "contact")
    blocks = [
        Paragraph(writer.say("agreements.lead"), "lead"),
        *_register(writer, "agreements", heads, rows, (0.18, 0.34, 0.16, 0.12, 0.2)),
        Heading(writer.say("agreements.planning_title")),
        *_planning(writer),
    ]
    return Part("agreements", writer.say("agreements.title"), tuple(blocks))


def _planning(writer: Writer) -> list[Block]:
    rows = tuple(
        Row(
            tuple(
                writer.quoted("record", "meetings", n, name)
                for name in ("date", "what", "where", "decides")
            )
        )
        for n in range(len(writer.fact("record", "meetings")))
    )
    if not rows:
        return [Paragraph(not_recorded(writer), "quiet")]
    heads = tuple(writer.say(f"agreements.{head}") for head in ("date", "what", "where", "decides"))
    return [Table(writer.say("agreements.planning_title"), heads, rows)]


def cooperation(writer: Writer) -> Part:
    """Print the indicators of equal cooperation per side; the gap is the signal."""
    given = writer.fact("record", "indicators")
    blocks: list[Block] = [Paragraph(writer.say("cooperation.lead"), "lead")]
    if given:
        order = sorted(range(len(given)), key=lambda n: INDICATORS.index(given[n]["indicator"]))
        rows = tuple(
            Row(
                (
                    writer.bare(writer.choice("indicator", given[n]["indicator"])),
                    writer.bare(writer.word(given[n]["side"])),
                    writer.quoted("record", "indicators", n, "moment"),
                    writer.points("record", "indicators", n, "value", digits=1, scale=1),
                )
            )
            for n in order
        )
        heads = tuple(
            writer.say(f"cooperation.{head}") for head in ("indicator", "side", "moment", "value")
        )
        blocks.append(Table(writer.say("cooperation.title"), heads, rows, frozenset({3})))
    else:
        blocks += [Paragraph(not_recorded(writer), "quiet"), _blank_indicators(writer)]
    return Part("cooperation", writer.say("cooperation.title"), tuple(blocks))


def _blank_indicators(writer: Writer) -> Table:
    rows = tuple(
        Row((writer.bare(writer.choice("indicator", name)), _EMPTY, _EMPTY, _EMPTY))
        for name in INDICATORS
    )
    heads = (
        writer.say("cooperation.indicator"),
        writer.bare(writer.word("residents")),
        writer.bare(writer.word("municipality")),
        writer.say("cooperation.moment"),
    )
    return Table(writer.say("cooperation.form"), heads, rows, frozenset(), (0.4, 0.2, 0.2, 0.2))
