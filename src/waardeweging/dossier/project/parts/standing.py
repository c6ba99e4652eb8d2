"""What matters first: the promise, how things stand, and where each role stands."""

from __future__ import annotations

from waardeweging.dossier.document.blocks import (
    Block,
    Bullets,
    Callout,
    Heading,
    Paragraph,
    Part,
    Row,
    Table,
    Words,
)
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.project.standing import ROLES
from waardeweging.dossier.project.writer import ProjectWriter


def summary(writer: ProjectWriter) -> Part:
    """One page: what is promised, how things stand, and what is still missing."""
    blocks: list[Block] = [_promise(writer), _state(writer)]
    gaps = _gaps(writer)
    if gaps:
        blocks.append(Callout("missing", writer.here("summary.gaps_title"), tuple(gaps)))
    return Part("summary", writer.here("summary.title"), tuple(blocks))


def _promise(writer: ProjectWriter) -> Callout:
    title, promise = writer.here("summary.promise_title"), writer.fact("promise")
    if promise is None:
        return Callout("missing", title, (writer.here("summary.no_promise"),))
    said = [writer.here(f"rung.{promise['rung']}"), writer.quoted("promise", "text")]
    return Callout("advice", title, tuple(said))


def _state(writer: ProjectWriter) -> Table:
    rows = tuple(
        Row((writer.here(f"summary.{name}"), said))
        for name, said in (
            ("kaders", _kaders(writer)),
            ("inputs", _inputs(writer)),
            ("agreements", _agreements(writer)),
            ("decisions", _decisions(writer)),
            ("sessions", writer.count("sessions", "held")),
            ("next", _next(writer)),
        )
    )
    heads = (writer.here("summary.subject"), writer.here("summary.stands"))
    return Table(writer.here("summary.state_title"), heads, rows, frozenset(), (0.28, 0.72))


def _kaders(writer: ProjectWriter) -> Words:
    if writer.fact("kaders", "frozen_on") is None:
        return writer.here("summary.kaders_open")
    return writer.here(
        "summary.kaders_frozen",
        "/kaders/frozen_on",
        "/kaders/version",
        day=writer.when("kaders", "frozen_on"),
        version=writer.number(writer.fact("kaders", "version")),
    )


def _inputs(writer: ProjectWriter) -> Words:
    return _counted(writer, "inputs", "given", "answered", "late")


def _agreements(writer: ProjectWriter) -> Words:
    return _counted(writer, "agreements", "made", "open", "overdue")


def _counted(writer: ProjectWriter, kind: str, *names: str) -> Words:
    return writer.here(
        f"summary.{kind}_count",
        *(pointer(kind, name) for name in names),
        **{name: writer.number(writer.fact(kind, name)) for name in names},
    )


def _decisions(writer: ProjectWriter) -> Words:
    return writer.here(
        "summary.decisions_count",
        "/decided/taken",
        "/decided/departing",
        taken=writer.number(writer.fact("decided", "taken")),
        departing=writer.number(writer.fact("decided", "departing")),
    )


def _next(writer: ProjectWriter) -> Words:
    place = writer.fact("moments", "next")
    if place is None:
        return writer.here("summary.no_next")
    where = ("moments", "rows", place)
    day = writer.day(*where, "day")
    what = writer.quoted(*where, "what")
    return writer.bare(f"{day.text}: {what.text}", *day.facts, *what.facts)


def _gaps(writer: ProjectWriter) -> list[Words]:
    """Name what others may expect and is not there yet."""
    found = [
        writer.here(
            "summary.gap_sheet",
            sheet=writer.listed("sheet", one["sheet"]),
            topics=writer.all_of([writer.listed("topic", name) for name in one["missing"]]),
        )
        for one in writer.fact("kaders", "sheets")
        if one["missing"]
    ]
    for kind, name in (("inputs", "late"), ("agreements", "overdue")):
        count = writer.fact(kind, name)
        if count:
            said = writer.number(count)
            found.append(writer.here(f"summary.gap_{name}", pointer(kind, name), count=said))
    if not writer.fact("people", "facilitators"):
        found.append(writer.here("summary.gap_facilitator"))
    return found


def standing(writer: ProjectWriter) -> Part:
    """Say per role what it was promised, when and by whom, and what others expect of it."""
    blocks: list[Block] = [Paragraph(writer.here("standing.lead"), "lead")]
    for role in ROLES:
        if role == "third" and not _third(writer):
            continue
        blocks.append(Heading(writer.here(f"standing.{role}")))
        for kind, rows in (
            ("promised", _promised(writer, role)),
            ("duties", _duties(writer, role)),
        ):
            if rows:
                heads = tuple(writer.here(f"standing.{one}") for one in (kind, "when", "by"))
                caption = writer.here(
                    f"standing.{kind}_caption", role=writer.here(f"standing.{role}").text
                )
                blocks.append(Table(caption, heads, tuple(rows), frozenset(), (0.52, 0.2, 0.28)))
            elif kind == "promised":
                blocks.append(Paragraph(writer.here("standing.nothing")))
    return Part("standing", writer.here("standing.title"), tuple(blocks))


def _third(writer: ProjectWriter) -> list[int]:
    sides = ROLES[:2]
    return [n for n, one in enumerate(writer.fact("people", "actors")) if one["side"] not in sides]


def _promised(writer: ProjectWriter, role: str) -> list[Row]:
    rows: list[Row] = []
    if role == "residents":
        rows += _rung(writer)
    if role == "third":
        rows += [_share(writer, n) for n in _third(writer)]
    rows += _equal(writer) + _waits(writer, role)
    rows += [_agreed(writer, n) for n in writer.fact("standing", role, "promised")]
    return rows + _leads(writer) + _decided(writer)


def _rung(writer: ProjectWriter) -> list[Row]:
    promise, place = writer.fact("promise"), writer.fact("moments", "next_decision")
    if promise is None:
        return []
    until = Words("–") if place is None else writer.day("moments", "rows", place, "day")
    said = writer.here(f"rung.{promise['rung']}")
    return [Row((said, until, writer.optional("promise", "owner")))]


def _share(writer: ProjectWriter, n: int) -> Row:
    where = ("people", "actors", n)
    one = writer.fact(*where)
    label = pointer(*where, "label")
    if one["share"]:
        share = writer.percent(*where, "share")
        said = writer.here(
            "standing.share", label, *share.facts, who=one["label"], share=share.text
        )
    else:
        said = writer.here("standing.no_share", label, who=one["label"])
    return Row((said, Words("–"), writer.here("by_rule")))


def _equal(writer: ProjectWriter) -> list[Row]:
    return [
        Row(
            (
                writer.quoted("rules", n, "text"),
                writer.here(
                    "standing.since",
                    pointer("rules", n, "adopted_on"),
                    day=writer.when("rules", n, "adopted_on"),
                ),
                writer.here("standing.each_side"),
            )
        )
        for n, one in enumerate(writer.fact("rules"))
        if one["subject"] == "share" and one["holds"]
    ]


def _waits(writer: ProjectWriter, role: str) -> list[Row]:
    return _answering(writer, role, "waits", "owners")


def _answering(writer: ProjectWriter, role: str, kind: str, by: str) -> list[Row]:
    where = ("standing", role, kind)
    count = writer.fact(*where, "count")
    if not count:
        return []
    said = writer.here(f"standing.{kind}", pointer(*where, "count"), count=writer.number(count))
    owners = writer.fact(*where, by)
    who = writer.bare(writer.all_of(owners)) if owners else writer.here("standing.nobody")
    return [Row((said, writer.day(*where, "next_due"), who))]


def _agreed(writer: ProjectWriter, n: int) -> Row:
    where = ("agreements", "rows", n)
    return Row((writer.quoted(*where, "what"), due(writer, *where), writer.quoted(*where, "who")))


def due(writer: ProjectWriter, *where: str | int) -> Words:
    """Write the day of an agreement, and that it went by."""
    day = writer.day(*where, "due")
    if not writer.fact(*where, "overdue"):
        return day
    return writer.here("agreements.overdue", *day.facts, day=day.text)


def _leads(writer: ProjectWriter) -> list[Row]:
    given = writer.fact("people", "facilitators")
    if not given:
        return []
    where = ("people", "facilitators", len(given) - 1)
    said = writer.here("standing.leads", pointer(*where, "label"), who=given[-1]["label"])
    until = writer.here(
        "standing.until", pointer(*where, "until"), day=writer.when(*where, "until")
    )
    return [Row((said, until, writer.sides(*where, "by")))]


def _decided(writer: ProjectWriter) -> list[Row]:
    place = writer.fact("moments", "next_decision")
    if place is None:
        return []
    where = ("moments", "rows", place)
    return [
        Row(
            (
                writer.quoted(*where, "what"),
                writer.day(*where, "day"),
                writer.quoted(*where, "decides"),
            )
        )
    ]


def _duties(writer: ProjectWriter, role: str) -> list[Row]:
    rows = _answering(writer, role, "answers", "owners")
    return rows + [_agreed(writer, n) for n in writer.fact("standing", role, "duties")]


def gathered(writer: ProjectWriter, name: str, lead: str, *blocks: Block) -> Part:
    """Make a chapter that begins with a lead; without more it says that nothing is there."""
    inside = blocks or (Paragraph(writer.none_yet(), "quiet"),)
    first = Paragraph(writer.here(lead), "lead")
    return Part(name, writer.here(f"{name}.title"), (first, *inside))


def bullets(words: list[Words]) -> list[Block]:
    """Give a list, or nothing when it would be empty."""
    return [Bullets(tuple(words))] if words else []
