"""What was agreed before: the four sheets, the rules by vote, and the goals."""

from __future__ import annotations

from waardeweging.dossier.document.blocks import (
    Block,
    Code,
    Heading,
    Paragraph,
    Part,
    Row,
    Table,
    Words,
)
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.project.parts.standing import bullets, gathered
from waardeweging.dossier.project.writer import ProjectWriter
from waardeweging.elicitation.ballots import SIDES


def kaders(writer: ProjectWriter) -> Part:
    """Say what was fixed and what was open, by whom, agreed by whom, and in which version."""
    blocks: list[Block] = [Paragraph(writer.here("kaders.lead"), "lead"), *_stands(writer)]
    for n in range(len(writer.fact("kaders", "sheets"))):
        blocks += _sheet(writer, n)
    blocks += [Heading(writer.here("kaders.votes_title")), _votes(writer)]
    blocks += [Heading(writer.here("kaders.room_title")), *_room(writer)]
    blocks += [Heading(writer.here("kaders.overrides_title")), *_overrides(writer)]
    return Part("kaders", writer.here("kaders.title"), (*blocks, *_versions(writer)))


def _stands(writer: ProjectWriter) -> list[Block]:
    frozen = writer.fact("kaders", "fingerprint") is not None
    where = ("/kaders/version", "/kaders/frozen_on") if frozen else ("/kaders/version",)
    said = writer.here(
        "kaders.frozen" if frozen else "kaders.open",
        *where,
        version=writer.number(writer.fact("kaders", "version")),
        day=writer.when("kaders", "frozen_on"),
    )
    blocks: list[Block] = [Paragraph(said)]
    if writer.fact("kaders", "reason"):
        reason = writer.fact("kaders", "reason")
        blocks.append(Paragraph(writer.here("kaders.reason", "/kaders/reason", reason=reason)))
    if frozen:
        blocks += [
            Paragraph(writer.here("kaders.fingerprint")),
            Code(writer.quoted("kaders", "fingerprint")),
        ]
    return blocks


def _sheet(writer: ProjectWriter, n: int) -> list[Block]:
    where = ("kaders", "sheets", n)
    one = writer.fact(*where)
    name = writer.bare(writer.listed("sheet", one["sheet"]))
    blocks: list[Block] = [Heading(name)]
    if one["lines"]:
        heads = ("topic", "text", "status", "by")
        rows = tuple(_line(writer, *where, "lines", m) for m in range(len(one["lines"])))
        said = tuple(writer.here(f"kaders.{head}") for head in heads)
        blocks.append(Table(name, said, rows, frozenset(), (0.17, 0.43, 0.18, 0.22)))
    if one["missing"]:
        topics = writer.all_of([writer.listed("topic", name) for name in one["missing"]])
        blocks.append(Paragraph(writer.here("kaders.missing", topics=topics)))
    return blocks


def _line(writer: ProjectWriter, *where: str | int) -> Row:
    one = writer.fact(*where)
    return Row(
        (
            writer.bare(writer.listed("topic", one["topic"])),
            _text(writer, *where),
            writer.here(f"kaders.{_status(one)}"),
            _by(writer, *where),
        )
    )


def _status(one: dict[str, object]) -> str:
    if one["departed"]:
        return "departed"
    if not one["fixed"]:
        return "is_open"
    return "negotiable" if one["negotiable"] else "fixed"


def _text(writer: ProjectWriter, *where: str | int) -> Words:
    one = writer.fact(*where)
    text = writer.quoted(*where, "text")
    if not one["value"]:
        return text
    value = one["value"] if one["topic"] != "promise" else writer.listed("rung", one["value"])
    if value in one["text"]:
        # The sentence says the number with its unit.
        return text
    return writer.bare(f"{value}: {text.text}", pointer(*where, "value"), *text.facts)


def _by(writer: ProjectWriter, *where: str | int) -> Words:
    """Say which level wrote a line, who owns it, and where it comes from."""
    one = writer.fact(*where)
    named = [writer.listed("level", one["level"])]
    named += [one[name] for name in ("owner", "source") if one[name]]
    facts = [pointer(*where, name) for name in ("level", "owner", "source")]
    return writer.bare(", ".join(dict.fromkeys(named)), *facts)


def _votes(writer: ProjectWriter) -> Table:
    heads = (
        writer.here("kaders.sheet"),
        *(writer.bare(writer.word(side)) for side in SIDES),
        writer.here("kaders.agreed"),
    )
    rows = tuple(
        Row(
            (
                writer.bare(writer.listed("sheet", one["sheet"])),
                *(vote(writer, side, "kaders", "sheets", n, "votes") for side in SIDES),
                writer.here("yes" if one["agreed"] else "not_yet"),
            )
        )
        for n, one in enumerate(writer.fact("kaders", "sheets"))
    )
    return Table(writer.here("kaders.votes_title"), heads, rows, frozenset(), (0.28,) + (0.24,) * 3)


def vote(writer: ProjectWriter, side: str, *where: str | int) -> Words:
    """Write how a side voted; of a small vote only whether each side agreed."""
    votes = writer.fact(*where)
    if votes is None:
        return Words("–")
    if votes["small"]:
        return writer.here("votes.small", "/fewest", fewest=writer.number(writer.fact("fewest")))
    for n, one in enumerate(votes["sides"]):
        if one["side"] == side:
            mine = (*where, "sides", n)
            return writer.here(
                "votes.count",
                pointer(*mine, "agree"),
                pointer(*mine, "of"),
                agree=writer.number(one["agree"]),
                of=writer.number(one["of"]),
            )
    return writer.here("votes.none")


def _room(writer: ProjectWriter) -> list[Block]:
    found = [
        _topic_and_text(writer, "kaders", "sheets", n, "lines", m)
        for n, sheet in enumerate(writer.fact("kaders", "sheets"))
        for m, one in enumerate(sheet["lines"])
        if _status(one) in ("is_open", "negotiable")
    ]
    return bullets(found) or [Paragraph(writer.here("kaders.no_room"))]


def _topic_and_text(writer: ProjectWriter, *where: str | int) -> Words:
    topic, text = writer.listed("topic", writer.fact(*where, "topic")), _text(writer, *where)
    return writer.bare(f"{topic} – {text.text}", *text.facts)


def _overrides(writer: ProjectWriter) -> list[Block]:
    given = writer.fact("kaders", "overrides")
    if not given:
        return [Paragraph(writer.here("kaders.no_overrides"))]
    rows = tuple(
        Row(
            (
                writer.bare(writer.listed("topic", one["topic"])),
                _levelled(writer, n, "from_level", "from_text"),
                _levelled(writer, n, "level", "text"),
                writer.quoted("kaders", "overrides", n, "reason"),
            )
        )
        for n, one in enumerate(given)
    )
    heads = tuple(writer.here(f"kaders.{head}") for head in ("topic", "above", "below", "because"))
    caption = writer.here("kaders.overrides_title")
    return [Table(caption, heads, rows, frozenset(), (0.16, 0.28, 0.28, 0.28))]


def _levelled(writer: ProjectWriter, n: int, level: str, text: str) -> Words:
    words = writer.quoted("kaders", "overrides", n, text)
    name = writer.listed("level", writer.fact("kaders", "overrides", n, level))
    return writer.bare(f"{name}: {words.text}", *words.facts)


def _versions(writer: ProjectWriter) -> list[Block]:
    given = writer.fact("kaders", "versions")
    if not given:
        return []
    rows = tuple(
        Row(
            (
                writer.count("kaders", "versions", n, "number"),
                writer.day("kaders", "versions", n, "on"),
                writer.optional("kaders", "versions", n, "reason"),
                writer.quoted("kaders", "versions", n, "fingerprint"),
            )
        )
        for n in range(len(given))
    )
    heads = tuple(writer.here(f"kaders.{head}") for head in ("number", "on", "because", "print"))
    title = writer.here("kaders.versions_title")
    return [Heading(title), Table(title, heads, rows, frozenset(), (0.12, 0.22, 0.3, 0.36))]


def rules(writer: ProjectWriter) -> Part:
    """List the rules that were proposed, how each side voted, and what holds."""
    rows = tuple(_rule(writer, n) for n in range(len(writer.fact("rules"))))
    if not rows:
        return gathered(writer, "rules", "rules.lead")
    heads = (
        writer.here("rules.rule"),
        writer.here("rules.by"),
        *(writer.bare(writer.word(side)) for side in SIDES),
        writer.here("rules.status"),
    )
    table = Table(
        writer.here("rules.title"), heads, rows, frozenset(), (0.36, 0.15, 0.14, 0.14, 0.21)
    )
    return gathered(writer, "rules", "rules.lead", table)


def _rule(writer: ProjectWriter, n: int) -> Row:
    one = writer.fact("rules", n)
    return Row(
        (
            writer.quoted("rules", n, "text"),
            writer.bare(writer.word(one["side"])),
            *(vote(writer, side, "rules", n, "votes") for side in SIDES),
            _adopted(writer, n),
        )
    )


def _adopted(writer: ProjectWriter, n: int) -> Words:
    one = writer.fact("rules", n)
    if one["adopted_on"] is None:
        return writer.here("rules.not_adopted")
    key = "rules.adopted" if one["holds"] else "rules.replaced"
    where = pointer("rules", n, "adopted_on")
    return writer.here(key, where, day=writer.when("rules", n, "adopted_on"))


def goals(writer: ProjectWriter) -> Part:
    """List goals for the short and the long term, with their earlier texts."""
    given = writer.fact("goals")
    blocks: list[Block] = []
    for horizon in ("short", "long"):
        mine = [
            writer.quoted("goals", n, "text")
            for n, one in enumerate(given)
            if one["horizon"] == horizon and not one["dropped"]
        ]
        if mine:
            blocks += [Heading(writer.bare(writer.listed("horizon", horizon))), *bullets(mine)]
    return gathered(writer, "goals", "goals.lead", *blocks, *_earlier(writer))


def _earlier(writer: ProjectWriter) -> list[Block]:
    rows = [
        Row(
            (
                writer.quoted("goals", n, "versions", m, "text"),
                writer.quoted("goals", n, "versions", m + 1, "text"),
                writer.quoted("goals", n, "versions", m + 1, "reason"),
            )
        )
        for n, goal in enumerate(writer.fact("goals"))
        for m in range(len(goal["versions"]) - 1)
    ]
    rows += [
        Row(
            (
                writer.quoted("goals", n, "text"),
                writer.here("goals.dropped"),
                writer.quoted("goals", n, "dropped"),
            )
        )
        for n, goal in enumerate(writer.fact("goals"))
        if goal["dropped"]
    ]
    if not rows:
        return []
    title = writer.here("goals.earlier_title")
    heads = tuple(writer.here(f"goals.{head}") for head in ("was", "became", "because"))
    return [Heading(title), Table(title, heads, tuple(rows))]
