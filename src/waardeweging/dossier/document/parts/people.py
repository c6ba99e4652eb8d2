"""Who took part, how it went, and what people found important."""

from __future__ import annotations

from waardeweging.dossier.document.blocks import (
    Block,
    Bullets,
    Code,
    Heading,
    Paragraph,
    Part,
    Row,
    Table,
    Words,
)
from waardeweging.dossier.document.facts import shows_sides
from waardeweging.dossier.document.figures import weights_per_side
from waardeweging.dossier.document.parts.frame import not_recorded
from waardeweging.dossier.document.parts.summary import hidden
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.document.writer import Writer
from waardeweging.elicitation.ballots import SIDES

_CLASSES = {
    "eens": "agree",
    "kanten verschillen": "sides_differ",
    "verdeeld binnen een kant": "split_within",
    "beide": "both",
}


def people(writer: Writer) -> Part:
    """Say who was invited and who took part, and who was missing."""
    sides = writer.fact("people", "sides")
    rows = tuple(
        Row((writer.bare(writer.word(side)), _people(writer, side), _invited(writer, side)))
        for side in sides
    )
    heads = tuple(writer.say(f"people.{head}") for head in ("side", "weighed", "invited"))
    blocks: list[Block] = [
        Paragraph(writer.say("people.lead"), "lead"),
        Table(writer.say("people.title"), heads, rows, frozenset({1, 2}), (0.5, 0.25, 0.25)),
        *(Paragraph(words) for words in _about(writer)),
        *_composition(writer),
        Heading(writer.say("people.missing_title")),
        *_missing(writer),
    ]
    if writer.fact("inputs", "ballots_note"):
        blocks.insert(1, Paragraph(writer.quoted("inputs", "ballots_note")))
    return Part("people", writer.say("people.title"), tuple(blocks))


def _people(writer: Writer, side: str) -> Words:
    if writer.fact("people", "sides", side, "people") is None:
        fewest = writer.number(writer.fact("people", "fewest"))
        return writer.say("people.fewer", "/people/fewest", fewest=fewest)
    return writer.count("people", "sides", side, "people")


def _invited(writer: Writer, side: str) -> Words:
    for n, one in enumerate(writer.fact("record", "invitations")):
        if one["side"] == side and one["invited"] is not None:
            return writer.count("record", "invitations", n, "invited")
    return writer.say("people.unknown")


def _about(writer: Writer) -> list[Words]:
    said = writer.finding("headcount", "third_parties", "abstained", "flagged")
    said += [
        writer.say("people.institution", name=name)
        for name in map(writer.word, writer.fact("people", "institutions"))
    ]
    said += [
        writer.say("people.delegate", pointer("people", "delegates", n), mandate=one["mandate"])
        for n, one in enumerate(writer.fact("people", "delegates"))
    ]
    return said


def _composition(writer: Writer) -> list[Block]:
    """Set who took part beside who lives here, attribute by attribute."""
    found = writer.fact("outcome", "representativeness")
    if found is None:
        return []
    where = ("outcome", "representativeness", "attributes")
    blocks: list[Block] = [Heading(writer.say("people.composition_title"))]
    for n, attribute in enumerate(found["attributes"]):
        rows = tuple(
            Row(
                (
                    writer.say("people.rest")
                    if one["category"] is None
                    else writer.quoted(*where, n, "categories", m, "category"),
                    writer.percent(*where, n, "categories", m, "took_part"),
                    writer.percent(*where, n, "categories", m, "population"),
                )
            )
            for m, one in enumerate(attribute["categories"])
        )
        if rows:
            heads = (
                writer.quoted(*where, n, "attribute"),
                writer.say("people.took_part"),
                writer.say("people.population"),
            )
            caption = writer.say("people.composition", attribute=attribute["attribute"])
            blocks.append(Table(caption, heads, rows, frozenset({1, 2}), (0.5, 0.25, 0.25)))
    return blocks


def _missing(writer: Writer) -> list[Block]:
    found = [
        writer.quoted("record", "invitations", n, "missing", m)
        for n, one in enumerate(writer.fact("record", "invitations"))
        for m in range(len(one["missing"]))
    ]
    return [Bullets(tuple(found)) if found else Paragraph(not_recorded(writer), "quiet")]


def process(writer: Writer) -> Part:
    """Say when what happened, by which rules, and with which fingerprint."""
    rules = writer.fact("record", "rules")
    texts = [writer.quoted("record", "rules", "texts", n) for n in range(len(rules["texts"]))]
    blocks: list[Block] = [
        Paragraph(writer.say("process.lead"), "lead"),
        Heading(writer.say("process.rules_title")),
        Bullets(tuple(texts)) if texts else Paragraph(writer.say("process.default_rules")),
    ]
    if rules["adopted_by"]:
        sides = writer.all_of([writer.word(side) for side in rules["adopted_by"]])
        blocks.append(Paragraph(writer.say("process.adopted", sides=sides)))
    blocks += [Paragraph(_vote(writer, n)) for n in range(len(rules["votes"]))]
    blocks += [Heading(writer.say("process.fingerprint_title"))]
    blocks += [Paragraph(writer.say("process.fingerprint")), _fingerprint(writer)]
    if rules["head"]:
        head = writer.quoted("record", "rules", "head")
        blocks += [Paragraph(writer.say("process.head")), Code(head)]
    return Part("process", writer.say("process.title"), (*blocks, *_rounds(writer)))


def _vote(writer: Writer, n: int) -> Words:
    where = ("record", "rules", "votes", n)
    vote = writer.fact(*where)
    return writer.say(
        "workshop.vote",
        pointer(*where, "agree"),
        pointer(*where, "of"),
        side=writer.word(vote["side"]),
        agree=writer.number(vote["agree"]),
        of=writer.number(vote["of"]),
    )


def _fingerprint(writer: Writer) -> Code:
    if writer.fact("record", "rules", "fingerprint"):
        return Code(writer.quoted("record", "rules", "fingerprint"))
    return Code(writer.quoted("outcome", "provenance", "input_sha256"))


def _rounds(writer: Writer) -> list[Block]:
    title, number = Heading(writer.say("process.rounds_title")), writer.fact("people", "rounds")
    key = "process.one_round" if number == 1 else "process.more_rounds"
    said = writer.say(key, "/people/rounds", rounds=writer.number(number))
    found = writer.fact("outcome", "rounds")
    steps = found["steps"] if found is not None else []
    rows = tuple(
        Row(
            (
                writer.say(
                    "process.step",
                    pointer("outcome", "rounds", "steps", n),
                    first=writer.number(step["from"]),
                    second=writer.number(step["to"]),
                ),
                writer.bare(writer.word(side)),
                writer.count("outcome", "rounds", "steps", n, side, "people"),
                writer.points(
                    "outcome", "rounds", "steps", n, side, "mean_points", digits=1, scale=1
                ),
            )
        )
        for n, step in enumerate(steps)
        for side in SIDES
    )
    if not rows:
        return [title, Paragraph(said)]
    heads = tuple(writer.say(f"process.{head}") for head in ("rounds", "side", "people", "moved"))
    return [
        title,
        Paragraph(said),
        Table(writer.say("process.rounds_caption"), heads, rows, frozenset({2, 3})),
    ]


def weights(writer: Writer) -> Part:
    """Show the weights of both sides and jointly, and how much they differ."""
    blocks: list[Block] = [Paragraph(writer.say("weights.lead"), "lead")]
    if not shows_sides(writer.fact("people")):
        blocks += [Paragraph(hidden(writer)), _joint_table(writer)]
        return Part("weights", writer.say("weights.title"), tuple(blocks))
    blocks += [
        weights_per_side(writer),
        _weights_table(writer),
        Heading(writer.say("weights.differ_title")),
        Paragraph(
            writer.say(
                "weights.points_to_move",
                "/outcome/dispute/points_to_move",
                points=writer.in_points(writer.fact("outcome", "dispute", "points_to_move"), 1),
            )
        ),
        Bullets(
            tuple(writer.finding("widest_gap", "decisive_gap", "no_dispute", "groups", "no_groups"))
        ),
    ]
    return Part("weights", writer.say("weights.title"), tuple(blocks))


def _order(writer: Writer) -> list[int]:
    joint = writer.fact("outcome", "weights", "joint")
    return sorted(range(len(joint)), key=lambda j: -joint[j])


def _joint_table(writer: Writer) -> Table:
    rows = tuple(
        Row((_name(writer, j), writer.points("outcome", "weights", "joint", j)))
        for j in _order(writer)
    )
    heads = (writer.say("table.criterion"), writer.bare(writer.word("joint")))
    return Table(writer.say("weights.caption"), heads, rows, frozenset({1}), (0.75, 0.25))


def _name(writer: Writer, j: int) -> Words:
    return writer.bare(writer.criterion(writer.fact("outcome", "criteria", j)))


def _weights_table(writer: Writer) -> Table:
    sides = ("residents", "municipality", "joint")
    rows = tuple(
        Row(
            (
                _name(writer, j),
                *(writer.points("outcome", "weights", side, j) for side in sides),
                writer.bare(
                    writer.word(_CLASSES[writer.fact("outcome", "dispute", "criteria", j, "class")])
                ),
            )
        )
        for j in _order(writer)
    )
    heads = (
        writer.say("table.criterion"),
        *(writer.bare(writer.word(side)) for side in sides),
        writer.say("table.agreement"),
    )
    widths = (0.4, 0.13, 0.14, 0.11, 0.22)
    return Table(writer.say("weights.caption"), heads, rows, frozenset({1, 2, 3}), widths)
