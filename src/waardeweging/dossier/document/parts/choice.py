"""What is gained and lost by choosing, and for whom."""

from __future__ import annotations

from waardeweging.dossier.document.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Part,
    Row,
    Table,
    Words,
)
from waardeweging.dossier.document.figures import trade_off
from waardeweging.dossier.document.parts.summary import place_of
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.document.writer import Writer

_MOST_COLUMNS = 4


def trade_offs(writer: Writer) -> Part:
    """Set the winner beside the second and beside the cheapest, adding up exactly."""
    blocks: list[Block] = [Paragraph(writer.say("trade_off.lead"), "lead")]
    found = writer.fact("trade_offs")
    if not found:
        blocks.append(Paragraph(writer.say("trade_off.no_rival")))
    for place, one in enumerate(found):
        rival = writer.in_sentence(one["rival"])
        blocks += [
            Heading(writer.say(f"trade_off.{one['against']}", rival=rival)),
            trade_off(writer, place),
            _table(writer, place),
            *_parties(writer, place),
        ]
    blocks += _cheapest(writer)
    return Part("trade-offs", writer.say("trade_off.title"), tuple(blocks))


def _cheapest(writer: Writer) -> list[Block]:
    said = writer.finding(
        "cost_same_national", "cost_differs_national", "cost_same_weighed", "cost_differs_weighed"
    )
    found = writer.fact("trade_offs")
    if len(found) == 1 and _cheapest_is(writer, found[0]["rival"]):
        said.append(writer.say("trade_off.cheapest_is_second"))
    if not said:
        return []
    return [Heading(writer.say("trade_off.costs_title")), Bullets(tuple(said))]


def _cheapest_is(writer: Writer, option: str) -> bool:
    costs = writer.fact("outcome", "cost_only")
    return costs is not None and bool(costs["ranking"][0] == option)


def _table(writer: Writer, place: int) -> Table:
    found = writer.fact("trade_offs", place)
    rows: list[Row] = []
    for n, value in enumerate(found["values"]):
        rows.append(
            Row(
                (
                    writer.bare(writer.value(value["value"])),
                    *(_in_points(writer, place, "values", n, end) for end in ("option", "rival")),
                    Words(""),
                    writer.signed("trade_offs", place, "values", n, "shown"),
                ),
                "sum",
            )
        )
        rows += [
            _criterion(writer, place, m, one)
            for m, one in enumerate(found["criteria"])
            if one["value"] == value["value"]
        ]
    rows.append(
        Row(
            (
                writer.say("table.total"),
                *(_in_points(writer, place, "total", end) for end in ("option", "rival")),
                Words(""),
                writer.signed("trade_offs", place, "total", "shown"),
            ),
            "total",
        )
    )
    heads = (
        writer.say("table.criterion"),
        writer.bare(writer.option(found["option"])),
        writer.bare(writer.option(found["rival"])),
        writer.say("trade_off.difference"),
        writer.say("trade_off.points"),
    )
    caption = writer.say(
        "trade_off.caption",
        option=writer.in_sentence(found["option"]),
        rival=writer.in_sentence(found["rival"]),
    )
    return Table(caption, heads, tuple(rows), frozenset({1, 2, 3, 4}), (0.34, 0.2, 0.2, 0.14, 0.12))


def _in_points(writer: Writer, *steps: str | int) -> Words:
    where = ("trade_offs", *steps, "shown")
    shown = writer.points(*where, digits=1, scale=1)
    return writer.say("trade_off.in_points", pointer(*where), x=shown.text)


def _criterion(writer: Writer, place: int, m: int, one: dict[str, object]) -> Row:
    unit, grounds = str(one["unit"]), one["grounds"]
    mine, other = grounds if isinstance(grounds, list) else ["", ""]
    where = ("trade_offs", place, "criteria", m)
    concerns = one["concerns"]
    parties = [writer.word(party) for party in concerns] if isinstance(concerns, list) else []
    name = writer.criterion(str(one["criterion"]))
    return Row(
        (
            writer.bare(f"{name} ({', '.join(parties)})" if parties else name),
            writer.quantity(*where, "option", unit=(*where, "unit"), grounds=mine),
            writer.quantity(*where, "rival", unit=(*where, "unit"), grounds=other),
            writer.difference(*where, "shown_difference", unit=unit),
            writer.signed(*where, "shown"),
        )
    )


def _parties(writer: Writer, place: int) -> list[Block]:
    found = writer.fact("trade_offs", place, "parties")
    rows = tuple(
        Row(
            (
                writer.bare(writer.word(one["party"])),
                writer.signed("trade_offs", place, "parties", n, "points"),
            )
        )
        for n, one in enumerate(found)
    )
    if not rows:
        return []
    heads = (writer.say("table.party"), writer.say("trade_off.points"))
    return [
        Table(writer.say("trade_off.parties"), heads, rows, frozenset({1}), (0.7, 0.3)),
        Paragraph(writer.say("trade_off.parties_note"), "quiet"),
    ]


def for_whom(writer: Writer) -> Part:
    """Say which option creates value for which party, with the joint weights."""
    ranking = writer.fact("outcome", "ranking")
    groups = [
        ranking[start : start + _MOST_COLUMNS] for start in range(0, len(ranking), _MOST_COLUMNS)
    ]
    parties = writer.fact("outcome", "for_whom")
    blocks: list[Block] = [Paragraph(writer.say("whom.lead"), "lead")]
    for group in groups if parties else []:
        rows = tuple(
            Row(
                (
                    writer.bare(writer.word(party)),
                    *(
                        writer.points(
                            "outcome", "for_whom", party, "scores", place_of(writer, name)
                        )
                        for name in group
                    ),
                )
            )
            for party in parties
        )
        heads = (writer.say("table.party"), *(writer.bare(writer.option(one)) for one in group))
        caption = writer.say(
            "whom.caption", options=writer.all_of([writer.option(one) for one in group])
        )
        numbers = frozenset(range(1, 1 + len(group)))
        widths = (0.24, *(0.76 / len(group) for _ in group))
        blocks.append(Table(caption, heads, rows, numbers, widths))
    blocks.append(Paragraph(writer.say("whom.note" if parties else "whom.none"), "quiet"))
    return Part("for-whom", writer.say("whom.title"), tuple(blocks))
