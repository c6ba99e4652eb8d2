"""What comes out, by whom, by which rule, and how firm it is."""

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
from waardeweging.dossier.document.facts import shows_sides
from waardeweging.dossier.document.figures import contributions, equality_strip, tornado
from waardeweging.dossier.document.parts.summary import hidden, place_of
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.document.writer import Writer
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import text

_SIDES = ("joint", "residents", "municipality")


def outcome(writer: Writer) -> Part:
    """Show the result jointly and per side, for every share and by every rule."""
    blocks: list[Block] = [
        *(Paragraph(words, "lead") for words in writer.finding("winner", "only_option")),
        contributions(writer),
        _scores(writer),
        *(
            Paragraph(words)
            for words in writer.finding("tie", "reference", "sides_same", "sides_differ")
        ),
        Heading(writer.say("outcome.equal_title")),
        Paragraph(writer.say("outcome.equal")),
        *(
            [equality_strip(writer), Bullets(tuple(_equality(writer)))]
            if shows_sides(writer.fact("people"))
            else [Paragraph(hidden(writer))]
        ),
        Heading(writer.say("outcome.rules_title")),
        *(Paragraph(words) for words in writer.finding("panel_agrees", "panel_differs")),
        _rules(writer),
        *_grades(writer),
        *_acceptance(writer),
        *(
            Paragraph(words)
            for words in writer.finding("fair", "not_yet_fair", "not_fair", "not_acceptable")
        ),
    ]
    return Part("outcome", writer.say("outcome.title"), tuple(blocks))


def _equality(writer: Writer) -> list[Words]:
    return writer.finding("strip_change", "headcount", "decisive_side", "one_person")


def _scores(writer: Writer) -> Table:
    ranking = writer.fact("outcome", "ranking")
    sides = _SIDES if shows_sides(writer.fact("people")) else _SIDES[:1]
    reference = writer.fact("outcome", "reference")
    measure = [(reference, writer.bare("–"))] if reference else []
    places = [
        (name, writer.bare(writer.number(place + 1), pointer("places", place)))
        for place, name in enumerate(ranking)
    ]
    rows = tuple(
        Row(
            (
                place,
                writer.bare(_named(writer, name)),
                *(
                    writer.points("outcome", "scores", side, place_of(writer, name), digits=1)
                    for side in sides
                ),
            )
        )
        for name, place in (*places, *measure)
    )
    heads = (
        writer.say("table.place"),
        writer.say("table.option"),
        *(writer.bare(writer.word(side)) for side in sides),
    )
    widths = (0.1, 0.9 - 0.14 * len(sides), *(0.14 for _ in sides))
    numbers = frozenset({0, *range(2, 2 + len(sides))})
    return Table(writer.say("outcome.scores_caption"), heads, rows, numbers, widths)


def _named(writer: Writer, option: str) -> str:
    is_measure = option == writer.fact("outcome", "reference")
    name = writer.option(option)
    return f"{name} ({writer.word('measure')})" if is_measure else name


def _rules(writer: Writer) -> Table:
    rows = tuple(
        Row(
            (
                writer.bare(text(f"rule.{rule}", writer.language)),
                writer.bare(writer.option(found["winner"])),
            )
        )
        for rule, found in writer.fact("outcome", "panel").items()
    )
    heads = (writer.say("outcome.rule"), writer.say("table.winner"))
    return Table(writer.say("outcome.rules_caption"), heads, rows, frozenset(), (0.6, 0.4))


def _grades(writer: Writer) -> list[Block]:
    """Give what each side thinks of an option by itself, beside the weighing."""
    found = writer.fact("outcome", "grades")
    if found is None:
        return []
    rows = tuple(
        Row(
            (
                writer.bare(writer.option(name)),
                *(
                    writer.bare(_grade(writer, found["majority"][side][place_of(writer, name)]))
                    for side in SIDES
                ),
            )
        )
        for name in writer.fact("outcome", "ranking")
    )
    heads = (writer.say("table.option"), *(writer.bare(writer.word(side)) for side in SIDES))
    return [
        Heading(writer.say("outcome.grades_title")),
        Paragraph(writer.say("outcome.grades")),
        Table(writer.say("outcome.grades_title"), heads, rows, frozenset(), (0.5, 0.25, 0.25)),
    ]


def _grade(writer: Writer, grade: int | None) -> str:
    return "–" if grade is None else writer.word(f"grade_{grade}")


def _acceptance(writer: Writer) -> list[Block]:
    """Give which part of each side can live with an option, if that was asked."""
    given = writer.fact("record", "acceptance")
    place = {(one["option"], one["side"]): n for n, one in enumerate(given)}
    rows = tuple(
        Row(
            (
                writer.bare(writer.option(name)),
                *(
                    writer.percent("record", "acceptance", place[name, side], "share")
                    for side in SIDES
                ),
            )
        )
        for name in writer.fact("outcome", "ranking")
        if all((name, side) in place for side in SIDES)
    )
    if not rows:
        return []
    heads = (writer.say("table.option"), *(writer.bare(writer.word(side)) for side in SIDES))
    title = writer.say("workshop.accept_title")
    return [
        Heading(title),
        Paragraph(writer.say("workshop.accept")),
        Table(title, heads, rows, frozenset({1, 2}), (0.5, 0.25, 0.25)),
        Paragraph(writer.say("workshop.accept_note"), "quiet"),
    ]


def firmness(writer: Writer) -> Part:
    """Say in words and numbers how firm the outcome is, and what would change it."""
    blocks: list[Block] = [
        Paragraph(writer.say("firm.lead"), "lead"),
        Bullets(
            tuple(
                writer.finding(
                    "firm_weights", "firm_bands", "flip", "flip_none", "flip_level", "free",
                    "recoding_safe", "recoding_matters",
                )
            )
        ),
        Paragraph(_classes(writer), "quiet"),
        *_often(writer),
    ]  # fmt: skip
    if len(writer.fact("outcome", "ranking")) > 1:
        blocks += [tornado(writer), _tips(writer)]
    blocks += _variants(writer)
    blocks += [
        Heading(writer.say("firm.other_title")),
        Paragraph(writer.say("firm.other")),
        _methods(writer),
    ]
    return Part("firmness", writer.say("firm.title"), tuple(blocks))


def _classes(writer: Writer) -> Words:
    limits = writer.fact("firmness")
    return writer.say(
        "firm.classes",
        "/firmness",
        firm_points=writer.number(limits["firm_points"]),
        firm_share=writer.share(limits["firm_share"]),
        fair_points=writer.number(limits["fair_points"]),
        fair_share=writer.share(limits["fair_share"]),
    )


def _often(writer: Writer) -> list[Block]:
    if writer.fact("outcome", "bootstrap_winner_share") is None:
        return [Paragraph(hidden(writer))]
    rows = tuple(
        Row(
            (
                writer.bare(writer.option(name)),
                *(
                    _with_error(writer, share, place_of(writer, name))
                    for share in ("bootstrap_winner_share", "uncertain_winner_share")
                ),
            )
        )
        for name in writer.fact("outcome", "ranking")
    )
    heads = ("table.option", "firm.other_people", "firm.other_numbers")
    draws = writer.number(writer.fact("outcome", "provenance", "draws"))
    return [
        Heading(writer.say("firm.often_title")),
        Paragraph(writer.say("firm.often", "/outcome/provenance/draws", draws=draws)),
        Table(
            writer.say("firm.often_title"),
            tuple(writer.say(head) for head in heads),
            rows,
            frozenset({1, 2}),
            (0.5, 0.25, 0.25),
        ),
    ]


def _with_error(writer: Writer, name: str, place: int) -> Words:
    share = writer.percent("outcome", name, place)
    error = writer.fact("outcome", f"{name}_error", place)
    words = text(
        "number.plus_minus",
        writer.language,
        x=share.text,
        error=writer.number(200 * error, 1),
    )
    return writer.bare(words, *share.facts, pointer("outcome", f"{name}_error", place))


def _tips(writer: Writer) -> Table:
    joint, stability = (
        writer.fact("outcome", "weights", "joint"),
        writer.fact("outcome", "stability"),
    )

    def tip(j: int, end: str) -> Words:
        if stability[j][end] is None:
            return writer.bare(writer.word("never"))
        weight = writer.points("outcome", "stability", j, end, digits=1)
        return writer.bare(
            f"{weight.text} → {writer.option(stability[j][f'{end}_rival'])}", *weight.facts
        )

    rows = tuple(
        Row(
            (
                writer.bare(writer.criterion(stability[j]["criterion"])),
                writer.points("outcome", "weights", "joint", j, digits=1),
                tip(j, "low"),
                tip(j, "high"),
            )
        )
        for j in range(len(joint))
    )
    heads = tuple(
        Words(text(f"table.{head}", writer.language), (), f"table.{head}")
        for head in ("criterion", "weight_today", "tips_below", "tips_above")
    )
    caption = writer.say("firm.tips_caption")
    return Table(caption, heads, rows, frozenset({1}), (0.28, 0.12, 0.3, 0.3))


def _variants(writer: Writer) -> list[Block]:
    found = writer.fact("variants")
    if not found:
        return []
    rows = tuple(
        Row(
            (
                writer.quoted("variants", n, "label"),
                writer.bare(
                    writer.option(one["winner"])
                    + (f" ({writer.word('tie')})" if one["is_tied"] else "")
                ),
                writer.points("variants", n, "score", digits=1),
                writer.bare("–" if one["second"] is None else writer.option(one["second"])),
                writer.points("variants", n, "margin", digits=1),
            )
        )
        for n, one in enumerate(found)
    )
    heads = ("variant", "winner", "score", "second", "lead")
    return [
        Heading(writer.say("firm.variants_title")),
        Paragraph(writer.say("firm.variants")),
        Table(
            writer.say("firm.variants_title"),
            tuple(writer.say(f"table.{head}") for head in heads),
            rows,
            frozenset({2, 4}),
            (0.26, 0.28, 0.1, 0.24, 0.12),
        ),
    ]


def _methods(writer: Writer) -> Table:
    rows = tuple(
        Row(
            (
                writer.quoted("outcome", "crosscheck", n, "method"),
                writer.bare("–" if one["winner"] is None else writer.option(one["winner"])),
                writer.points("outcome", "crosscheck", n, "rank_correlation", digits=2, scale=1),
            )
        )
        for n, one in enumerate(writer.fact("outcome", "crosscheck"))
    )
    heads = ("firm.method", "table.winner", "firm.correlation")
    return Table(
        writer.say("firm.other_title"),
        tuple(writer.say(head) for head in heads),
        rows,
        frozenset({2}),
        (0.3, 0.45, 0.25),
    )
