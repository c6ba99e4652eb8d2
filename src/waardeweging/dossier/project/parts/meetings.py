"""Who takes part, and what the sessions found: weights per side, and how they moved."""

from __future__ import annotations

from waardeweging.dossier.document.blocks import (
    Block,
    Heading,
    Paragraph,
    Part,
    Quote,
    Row,
    Table,
    Words,
)
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.project.figures import drift as drift_figure
from waardeweging.dossier.project.parts.standing import bullets, gathered
from waardeweging.dossier.project.writer import ProjectWriter

_MOST_COLUMNS = 4


def people(writer: ProjectWriter) -> Part:
    """List actors, who speaks with whom, invitations, and who leads the talks."""
    blocks: list[Block] = []
    for name, found in (
        ("leads", _facilitators(writer)),
        ("actors", _actors(writer)),
        ("talks", _talks(writer)),
        ("invitations", _invitations(writer)),
    ):
        if found:
            blocks += [Heading(writer.here(f"people.{name}_title")), *found]
    buddies = writer.fact("people", "buddies")
    if buddies:
        said = writer.here("people.buddies", "/people/buddies", count=writer.number(buddies))
        blocks.append(Paragraph(said))
    return gathered(writer, "people", "people.lead", *blocks)


def _facilitators(writer: ProjectWriter) -> list[Block]:
    rows = tuple(
        Row(
            (
                writer.quoted("people", "facilitators", n, "label"),
                writer.sides("people", "facilitators", n, "by"),
                writer.here("yes" if one["independent"] else "no"),
                writer.day("people", "facilitators", n, "until"),
            )
        )
        for n, one in enumerate(writer.fact("people", "facilitators"))
    )
    return _table(writer, "leads", ("who", "chosen_by", "independent", "until"), rows)


def _actors(writer: ProjectWriter) -> list[Block]:
    given = writer.fact("people", "actors")
    rows = tuple(
        Row(
            (
                writer.quoted("people", "actors", n, "label"),
                writer.bare(writer.word(one["side"])),
                _speaks_for(writer, n),
                writer.optional("people", "actors", n, "contact"),
            )
        )
        for n, one in enumerate(given)
    )
    blocks = _table(writer, "actors", ("who", "side", "speaks_for", "contact"), rows)
    alone = [one["label"] for one in given if one["unconnected"]]
    if alone:
        blocks.append(Paragraph(writer.here("people.alone", names=writer.all_of(alone))))
    return blocks


def _speaks_for(writer: ProjectWriter, n: int) -> Words:
    where = ("people", "actors", n)
    one = writer.fact(*where)
    if one["delegate"]:
        return writer.here("people.delegate", pointer(*where, "mandate"), mandate=one["mandate"])
    if one["share"]:
        share = writer.percent(*where, "share")
        return writer.here("people.share", *share.facts, share=share.text)
    return Words("–")


def _talks(writer: ProjectWriter) -> list[Block]:
    rows = tuple(
        Row(
            (
                writer.bare(writer.all_of(one["actors"]), pointer("people", "talks", n, "actors")),
                writer.optional("people", "talks", n, "about"),
            )
        )
        for n, one in enumerate(writer.fact("people", "talks"))
    )
    return _table(writer, "talks", ("together", "about"), rows)


def _invitations(writer: ProjectWriter) -> list[Block]:
    rows = tuple(
        Row(
            (
                writer.quoted("people", "invitations", n, "what"),
                writer.day("people", "invitations", n, "day"),
                writer.here("people.joint")
                if one["joint"]
                else writer.sides("people", "invitations", n, "by"),
                writer.bare(
                    writer.all_of(one["actors"]) or "–",
                    pointer("people", "invitations", n, "actors"),
                ),
            )
        )
        for n, one in enumerate(writer.fact("people", "invitations"))
    )
    return _table(writer, "invitations", ("what", "day", "by", "invited"), rows)


def _table(
    writer: ProjectWriter, name: str, heads: tuple[str, ...], rows: tuple[Row, ...]
) -> list[Block]:
    if not rows:
        return []
    said = tuple(writer.here(f"people.{head}") for head in heads)
    return [Table(writer.here(f"people.{name}_title"), said, rows)]


def sessions(writer: ProjectWriter) -> Part:
    """Say which sessions there were, what each side found important, and how that moved."""
    given = writer.fact("sessions", "rows")
    if not given:
        return gathered(writer, "sessions", "sessions.lead")
    blocks: list[Block] = [_held(writer)]
    drift = writer.fact("sessions", "drift")
    if drift:
        blocks.append(Heading(writer.here("sessions.weights_title")))
        blocks.append(Paragraph(writer.here("sessions.weights")))
        blocks += [figure] if (figure := drift_figure(writer)) else []
    for n in range(len(drift)):
        blocks += _drift(writer, n)
    for n, one in enumerate(given):
        if one["acceptance"]:
            blocks += _acceptance(writer, n)
    return gathered(writer, "sessions", "sessions.lead", *blocks)


def _held(writer: ProjectWriter) -> Table:
    rows = tuple(
        Row(
            (
                writer.quoted("sessions", "rows", n, "label"),
                writer.bare(writer.listed("gathering", one["gathering"])),
                writer.day("sessions", "rows", n, "day"),
                _counted(writer, n),
                _first(writer, n),
            )
        )
        for n, one in enumerate(writer.fact("sessions", "rows"))
    )
    heads = tuple(
        writer.here(f"sessions.{head}") for head in ("name", "kind", "day", "people", "first")
    )
    title = writer.here("sessions.title")
    return Table(title, heads, rows, frozenset(), (0.22, 0.16, 0.18, 0.22, 0.22))


def _counted(writer: ProjectWriter, n: int) -> Words:
    where = ("sessions", "rows", n, "counted")
    counted = writer.fact(*where)
    if not counted:
        return writer.here("sessions.no_result")
    fewest = writer.say("people.fewer", fewest=writer.number(writer.fact("fewest"))).text
    said = [
        f"{writer.word(one['side'])} "
        f"{fewest if one['people'] is None else writer.number(one['people'])}"
        for one in counted
    ]
    return writer.bare(", ".join(said), pointer(*where), "/fewest")


def _first(writer: ProjectWriter, n: int) -> Words:
    names = [
        writer.weighed("options", name) for name in writer.fact("sessions", "rows", n, "first")
    ]
    return writer.bare(writer.all_of(names) or "–")


def _drift(writer: ProjectWriter, n: int) -> list[Block]:
    """Give the points of a side per session; more sessions than fit make another table."""
    places = list(range(len(writer.fact("sessions", "weighed"))))
    groups = [places[first : first + _MOST_COLUMNS] for first in places[::_MOST_COLUMNS]]
    return [_points(writer, n, group, is_last=group is groups[-1]) for group in groups]


def _points(writer: ProjectWriter, n: int, group: list[int], *, is_last: bool) -> Table:
    where = ("sessions", "drift", n)
    moved = is_last and len(writer.fact("sessions", "weighed")) > 1
    rows = []
    for m, one in enumerate(writer.fact(*where, "criteria")):
        cells = [writer.count(*where, "criteria", m, "points", place) for place in group]
        if moved:
            cells.append(writer.signed(*where, "criteria", m, "moved", digits=0))
        rows.append(Row((writer.bare(writer.weighed("criteria", one["criterion"])), *cells)))
    held = [writer.fact("sessions", "weighed", place) for place in group]
    heads = [
        writer.say("table.criterion"),
        *(writer.quoted("sessions", "rows", place, "label") for place in held),
    ]
    if moved:
        heads.append(writer.here("sessions.moved"))
    caption = writer.here("sessions.caption", side=writer.word(writer.fact(*where, "side")))
    return Table(caption, tuple(heads), tuple(rows), frozenset(range(1, len(heads))))


def _acceptance(writer: ProjectWriter, n: int) -> list[Block]:
    where = ("sessions", "rows", n)
    given = writer.fact(*where, "acceptance")
    sides = [
        one["side"] for one in writer.fact(*where, "counted") if one["side"] in given[0]["shares"]
    ]
    rows = tuple(
        Row(
            (
                writer.bare(writer.weighed("options", one["option"])),
                *(writer.percent(*where, "acceptance", m, "shares", side) for side in sides),
            )
        )
        for m, one in enumerate(given)
    )
    heads = (writer.say("table.option"), *(writer.bare(writer.word(side)) for side in sides))
    label = writer.fact(*where, "label")
    caption = writer.here("sessions.acceptance", pointer(*where, "label"), session=label)
    note = Paragraph(writer.say("workshop.accept_note"), "quiet")
    return [Table(caption, heads, rows, frozenset(range(1, len(heads)))), note]


def lessons(writer: ProjectWriter) -> Part:
    """List what was learned, what the tables brought back, and what a minority wrote."""
    learned = [writer.quoted("lessons", n) for n in range(len(writer.fact("lessons")))]
    blocks = bullets(learned)
    given = list(enumerate(writer.fact("harvest")))
    harvest = tuple(_brought(writer, n) for n, one in given if not one["minority"])
    if harvest:
        title = writer.here("lessons.harvest_title")
        heads = tuple(writer.here(f"lessons.{head}") for head in ("what", "criterion", "session"))
        table = Table(title, heads, harvest, frozenset(), (0.5, 0.25, 0.25))
        blocks += [Heading(title), table]
    quotes = [_quote(writer, n) for n, one in given if one["minority"]]
    if quotes:
        blocks += [Heading(writer.say("minority.title")), *quotes]
    return gathered(writer, "lessons", "lessons.lead", *blocks)


def _brought(writer: ProjectWriter, n: int) -> Row:
    criterion = writer.fact("harvest", n, "criterion")
    return Row(
        (
            writer.quoted("harvest", n, "text"),
            writer.bare(writer.weighed("criteria", criterion) or "–"),
            writer.optional("harvest", n, "session"),
        )
    )


def _quote(writer: ProjectWriter, n: int) -> Quote:
    """Print what a minority wrote, with its side and what it is about; never who."""
    one = writer.fact("harvest", n)
    side = one["side"] or "somebody"
    about = [writer.weighed("criteria", one["criterion"]), one["session"]]
    by = ", ".join(filter(None, [writer.say(f"workshop.by.{side}").text, *about]))
    facts = [pointer("harvest", n, name) for name in ("criterion", "session")]
    return Quote(writer.quoted("harvest", n, "text"), writer.bare(by, *facts))
