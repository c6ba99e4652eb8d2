"""The page that is read when nothing else is, and the points to decide on."""

from __future__ import annotations

from collections.abc import Sequence

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
from waardeweging.dossier.document.facts import shows_sides
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.document.writer import Writer
from waardeweging.robustness.classes import Firmness


def summary(writer: Writer) -> Part:
    """One page: the advice, the support per side, the main objection, how sure it is."""
    blocks: list[Block] = [
        Callout("advice", writer.say("summary.advice_title"), tuple(_advice(writer))),
        Heading(writer.say("summary.support_title")),
        *_support(writer),
        Callout("objection", writer.say("summary.objection_title"), tuple(_objection(writer))),
        Heading(writer.say("summary.sure_title")),
        Bullets(
            tuple(
                writer.finding("firm_weights", "firm_bands", "flip", "flip_none", "flip_level")
                or writer.finding("only_option")
            )
        ),
        Paragraph(writer.say("summary.read_on"), "quiet"),
    ]
    return Part("summary", writer.say("summary.title"), tuple(blocks))


def _advice(writer: Writer) -> list[Words]:
    """Advise an option only when the outcome carries that; else say what it does carry."""
    winner = writer.in_sentence(writer.fact("outcome", "winner"))
    told = writer.finding("winner", "only_option", "tie")
    if writer.fact("outcome", "ties"):
        return [
            writer.say("summary.advice_close", option=winner),
            *told,
            writer.say("summary.advice_tied"),
        ]
    is_shaky = writer.fact("outcome", "robustness_with_bands") == Firmness.SHAKY.value
    key = "summary.advice_shaky" if is_shaky else "summary.advice"
    return [writer.say(key, option=winner), *told]


def _support(writer: Writer) -> Sequence[Block]:
    if not shows_sides(writer.fact("people")):
        return [Paragraph(hidden(writer))]
    heads = [writer.say("table.option"), *(writer.bare(writer.word(name)) for name in _ALL)]
    rows = tuple(
        Row(
            (
                writer.bare(writer.option(name)),
                *(writer.points("outcome", "scores", side, place_of(writer, name))
                  for side in _ALL),
            )
        )
        for name in writer.fact("outcome", "ranking")[:3]
    )  # fmt: skip
    return [
        Paragraph(words) for words in writer.finding("sides_same", "sides_differ")
    ] + [
        Table(
            writer.say("summary.support_caption"), tuple(heads), rows, frozenset({1, 2, 3}),
            (0.55, 0.15, 0.15, 0.15),
        )
    ]  # fmt: skip


_ALL = ("residents", "municipality", "joint")


def hidden(writer: Writer) -> Words:
    """Say that figures per side are not shown, and why."""
    return writer.say(
        "hidden_sides", "/people/fewest", fewest=writer.number(writer.fact("people", "fewest"))
    )


def place_of(writer: Writer, option: str) -> int:
    """Give the position of an option in the lists of the outcome."""
    return int(writer.fact("outcome", "alternatives").index(option))


def _objection(writer: Writer) -> list[Words]:
    if writer.fact("record", "main_objection"):
        return [writer.quoted("record", "main_objection")]
    lost = writer.finding("losses", "losses_to_cheapest")
    said = [writer.say("summary.objection_not_recorded")]
    if writer.fact("record", "minorities"):
        said = [writer.quoted("record", "minorities", 0, "text")]
    return said + lost[:1]


def decision(writer: Writer) -> Part:
    """Draft points of decision; it is advice, the council decides."""
    winner = writer.in_sentence(writer.fact("outcome", "winner"))
    requirements, tied = writer.fact("inputs", "requirements"), writer.fact("outcome", "ties")
    points = [
        writer.say(f"decision.{'choose_tied' if tied else 'choose'}", option=winner),
        writer.say("decision.agreements"),
        *(
            writer.say("decision.research", criterion=name)
            for name in dict.fromkeys(
                writer.criterion_in_sentence(one["criteria"][0])
                for one in writer.fact("outcome", "findings")
                if one is not None and one["kind"] == "research"
            )
        ),
        *([writer.say("decision.requirements")] if requirements else []),
        writer.say("decision.answer"),
        writer.say("decision.deviate"),
    ]
    return Part(
        "decision",
        writer.say("decision.title"),
        (
            Callout("warning", writer.say("status.advice"), (writer.say("decision.status"),)),
            Paragraph(writer.say("decision.lead")),
            Bullets(tuple(points), ordered=True),
            Paragraph(writer.say("decision.law", pointer("format")), "quiet"),
        ),
    )
