"""What was fixed and what was open, the options, and what each does."""

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
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.document.writer import Writer
from waardeweging.elicitation.ballots import SIDES

_MOST_DOTS = 5
_MOST_COLUMNS = 4


def room(writer: Writer) -> Part:
    """Say what was fixed, by whom, and on what there was room."""
    where = ("/outcome/lambda", "/outcome/tie_margin", "/outcome/shares")
    shares = writer.fact("outcome", "shares")
    blocks: list[Block] = [
        Paragraph(writer.say("room.lead"), "lead"),
        Bullets(
            (
                writer.say(
                    "room.share", where[0], share=writer.share(writer.fact("outcome", "lambda"))
                )
                if len(shares) == len(SIDES)
                else writer.say(
                    "room.shares",
                    where[2],
                    shares=", ".join(
                        f"{writer.bare(writer.word(name))} {writer.share(share)}"
                        for name, share in shares.items()
                    ),
                ),
                writer.say(
                    "room.tie", where[1], margin=writer.share(writer.fact("outcome", "tie_margin"))
                ),
                writer.say("room.perspective", perspective=_perspective(writer)),
                writer.say("room.ranges"),
            )
        ),
        Heading(writer.say("room.requirements_title")),
        *_requirements(writer),
        Heading(writer.say("room.open_title")),
        *_open_room(writer),
        Heading(writer.say("room.support_title")),
        *_resources(writer),
    ]
    return Part("room", writer.say("room.title"), tuple(blocks))


def _perspective(writer: Writer) -> str:
    return writer.word(writer.fact("outcome", "perspective"))


def _requirements(writer: Writer) -> list[Block]:
    given = writer.fact("inputs", "requirements")
    if not given:
        return [Paragraph(writer.say("room.no_requirements"))]
    rows = tuple(
        Row(
            (
                writer.quoted("inputs", "requirements", n, "label")
                if one["label"]
                else writer.bare(writer.criterion(one["criterion"])),
                _limit(writer, n),
                writer.say("room.negotiable" if one["negotiable"] else "room.fixed"),
                writer.quoted("inputs", "requirements", n, "source"),
            )
        )
        for n, one in enumerate(given)
    )
    heads = ("room.requirement", "room.limit", "room.status", "table.source")
    return [
        Table(
            writer.say("room.requirements_title"), tuple(writer.say(head) for head in heads), rows
        )
    ]


def _limit(writer: Writer, n: int) -> Words:
    requirement = writer.fact("inputs", "requirements", n)
    names = [one["id"] for one in writer.fact("inputs", "criteria")]
    unit = ("inputs", "criteria", names.index(requirement["criterion"]), "unit")
    words = writer.quantity("inputs", "requirements", n, "limit", unit=unit)
    return writer.bare(f"{writer.word(requirement['sense'])} {words.text}", *words.facts)


def _open_room(writer: Writer) -> list[Block]:
    given = writer.fact("record", "room")
    if not given:
        return [Paragraph(not_recorded(writer), "quiet")]
    rows = tuple(
        Row(
            (
                writer.quoted("record", "room", n, "what"),
                writer.say("room.fixed" if one["is_fixed"] else "room.open"),
                writer.quoted("record", "room", n, "by"),
                writer.quoted("record", "room", n, "source"),
            )
        )
        for n, one in enumerate(given)
    )
    heads = ("room.what", "room.status", "table.by", "table.source")
    return [Table(writer.say("room.open_title"), tuple(writer.say(head) for head in heads), rows)]


def not_recorded(writer: Writer) -> Words:
    """Say plainly that something was not recorded."""
    return writer.say("not_recorded")


def _resources(writer: Writer) -> list[Block]:
    given = writer.fact("record", "support")
    names = ("budget", "hours", "facilitator", "chosen_by")
    rows = [
        Row((writer.say(f"room.{name}"), writer.quoted("record", "support", name)))
        for name in names
        if given[name]
    ]
    if given["promise"]:
        promise = writer.choice("ladder", given["promise"])
        rows.append(Row((writer.say("room.promise"), writer.bare(promise))))
    if not rows:
        return [Paragraph(not_recorded(writer), "quiet")]
    heads = (writer.say("room.what"), writer.say("table.answer"))
    return [Table(writer.say("room.support_title"), heads, tuple(rows))]


def options(writer: Writer) -> Part:
    """List every option, and of those that are out or nearly out: why."""
    outcome = writer.fact("outcome")
    excluded = {one["alternative"] for one in outcome["excluded"]}
    rows = tuple(
        Row(
            (
                writer.bare(writer.option(one["id"])),
                writer.quoted("inputs", "options", n, "description"),
                _place(writer, one["id"], excluded),
            )
        )
        for n, one in enumerate(writer.fact("inputs", "options"))
    )
    heads = tuple(writer.say(f"table.{head}") for head in ("option", "description", "place"))
    return Part(
        "options",
        writer.say("options.title"),
        (
            Paragraph(writer.say("options.lead"), "lead"),
            Table(writer.say("options.title"), heads, rows, frozenset(), (0.28, 0.52, 0.2)),
            Heading(writer.say("options.dropped_title")),
            *_dropped(writer),
        ),
    )


def _place(writer: Writer, option: str, excluded: set[str]) -> Words:
    if option == writer.fact("outcome", "reference"):
        return writer.bare(writer.word("measure"), "/outcome/reference")
    if option in excluded:
        return writer.bare(writer.word("excluded"))
    ranking = writer.fact("outcome", "ranking")
    place = ranking.index(option)
    words = writer.say("options.place", pointer("places", place), n=writer.number(place + 1))
    ties = writer.fact("outcome", "ties")
    if option in ties or (place == 0 and ties):
        return writer.bare(f"{words.text}, {writer.word('tie')}", *words.facts)
    return words


def _dropped(writer: Writer) -> list[Block]:
    excluded, risky = writer.fact("outcome", "excluded"), writer.fact("outcome", "at_risk")
    said = [writer.quoted("outcome", "excluded", n, "reason") for n in range(len(excluded))]
    said += [writer.quoted("outcome", "at_risk", n, "reason") for n in range(len(risky))]
    said += writer.finding("dominated")
    if not excluded:
        said.insert(0, writer.say("options.none_dropped"))
    return [Bullets(tuple(said)), Paragraph(writer.say("options.dropped_note"), "quiet")]


def criteria(writer: Writer) -> Part:
    """List what counts: every value and criterion with its range, and for whom."""
    blocks: list[Block] = [Paragraph(writer.say("criteria.lead"), "lead")]
    for number, value in enumerate(writer.fact("inputs", "values")):
        own = [
            (n, one)
            for n, one in enumerate(writer.fact("inputs", "criteria"))
            if one["value"] == value["id"]
        ]
        if not own:
            continue
        blocks.append(Heading(writer.bare(writer.value(value["id"]))))
        if value["description"]:
            blocks.append(Paragraph(writer.quoted("inputs", "values", number, "description")))
        heads = ("criterion", "worst", "best", "concerns")
        blocks.append(
            Table(
                writer.say("criteria.caption", value=writer.value(value["id"])),
                tuple(writer.say(f"table.{head}") for head in heads),
                tuple(_criterion_row(writer, n) for n, _ in own),
                frozenset(),
                (0.34, 0.24, 0.24, 0.18),
            )
        )
    return Part("criteria", writer.say("criteria.title"), tuple(blocks))


def _criterion_row(writer: Writer, n: int) -> Row:
    one = writer.fact("inputs", "criteria", n)
    name = writer.criterion(one["id"])
    if not one["is_weighed"]:
        name += f" ({writer.choice('table', 'not_weighed')})"
    return Row(
        (
            writer.bare(name),
            *(
                writer.quoted("inputs", "criteria", n, f"{end}_label")
                if one[f"{end}_label"]
                else writer.quantity(
                    "inputs", "criteria", n, end, unit=("inputs", "criteria", n, "unit")
                )
                for end in ("worst", "best")
            ),
            writer.bare(", ".join(writer.word(party) for party in one["concerns"]) or "–"),
        )
    )


def effects(writer: Writer) -> Part:
    """Show what each option does on each criterion, as dots and numbers with their grounds."""
    names = [one["id"] for one in writer.fact("inputs", "options")]
    groups = [names[start : start + _MOST_COLUMNS] for start in range(0, len(names), _MOST_COLUMNS)]
    blocks: list[Block] = [
        Paragraph(writer.say("effects.lead"), "lead"),
        Paragraph(writer.say("effects.marks"), "quiet"),
        *(_effects_table(writer, group, names) for group in groups),
        Heading(writer.say("effects.grounds_title")),
        *(Paragraph(words) for words in writer.finding("expert_share")),
        _grounds(writer),
        Heading(writer.say("effects.disputed_title")),
        Paragraph(writer.say("effects.disputed")),
        Bullets(tuple(writer.finding("research", "research_none") or [not_recorded(writer)])),
    ]
    return Part("effects", writer.say("effects.title"), tuple(blocks))


def _effects_table(writer: Writer, group: list[str], names: list[str]) -> Table:
    weighed = writer.fact("outcome", "criteria")
    rows = []
    for column, criterion in enumerate(writer.fact("inputs", "criteria")):
        if criterion["id"] not in weighed:
            continue
        place = weighed.index(criterion["id"])
        cells = [_effect(writer, names.index(name), column, place) for name in group]
        head = f"{writer.criterion(criterion['id'])} ({writer.unit(criterion['unit'])})"
        unit = pointer("inputs", "criteria", column, "unit")
        rows.append(Row((writer.bare(head, unit), *cells)))
    heads = (writer.say("table.criterion"), *(writer.bare(writer.option(name)) for name in group))
    first = 0.3
    widths = (first, *((1 - first) / len(group) for _ in group))
    listed = writer.all_of([writer.option(name) for name in group])
    caption = writer.say("effects.caption", options=listed)
    return Table(caption, heads, tuple(rows), frozenset(), widths)


def _effect(writer: Writer, option: int, column: int, place: int) -> Words:
    cell = writer.fact("inputs", "performances", option, column)
    value = writer.fact("outcome", "value_scores", option, place)
    filled = int(value * _MOST_DOTS + 0.5)
    dots = "●" * filled + "○" * (_MOST_DOTS - filled)
    where = ("inputs", "performances", option, column)
    shown = writer.quantity(
        *where, "mid", unit=(*where, "unit"), grounds=cell["grounds"], full=False
    )
    mark = writer.word(f"{cell['grounds']}_mark")
    return writer.bare(f"{dots} {shown.text} {mark}", *shown.facts)


def _grounds(writer: Writer) -> Table:
    counts = writer.fact("inputs", "grounds")
    rows = tuple(
        Row(
            (
                writer.bare(f"{writer.word(name)} {writer.word(f'{name}_mark')}"),
                writer.count("inputs", "grounds", name),
            )
        )
        for name in counts
    )
    total = Row((writer.say("table.total"), writer.count("inputs", "cells")), "total")
    heads = (writer.say("table.grounds"), writer.say("table.numbers"))
    caption = writer.say("effects.grounds_title")
    return Table(caption, heads, (*rows, total), frozenset({1}), (0.7, 0.3))
