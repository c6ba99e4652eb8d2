"""The pictures of a dossier: the same questions as on screen, as static drawings from its facts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from waardeweging.dossier.document.blocks import Figure, Words
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.document.svg import (
    BAR,
    GREY,
    INK,
    LINE,
    NARROW,
    PALE,
    PATTERNS,
    WIDE,
    Drawing,
    Rows,
    legend,
    rows,
    text_width,
    wrapped,
    write_names,
)
from waardeweging.dossier.document.writer import Writer
from waardeweging.presentation.catalog import text

_TALL = 4000.0
_STEADY = "#a9cce3"
_RESIDENTS, _MUNICIPALITY = PATTERNS[0].colour, PATTERNS[1].colour
_NUMBER_FITS = 26.0
_BAND = 40.0
_MOST = 12


def figure_of(
    writer: Writer,
    question: str,
    sentence: Words,
    alt: Words,
    draw: Callable[[Drawing], float],
    name: str,
    *facts: str,
) -> Figure:
    """Draw the same twice: for a page and for a phone."""
    drawn = []
    for width, suffix in ((WIDE, "w"), (NARROW, "n")):
        drawing = Drawing(width, _TALL, f"{name}-{suffix}")
        drawing.height = draw(drawing)
        drawn.append(drawing.svg())
    title = Words(text(question, writer.language), (), question)
    return Figure(title, sentence, alt, drawn[0], drawn[1], facts)


def contributions(writer: Writer) -> Figure:
    """Draw how the joint score of every option adds up over the values."""
    outcome, inputs = writer.fact("outcome"), writer.fact("inputs")
    of_value = {one["id"]: one["value"] for one in inputs["criteria"]}
    values = [one["id"] for one in inputs["values"] if one["id"] in _weighed_values(writer)]
    order = [outcome["alternatives"].index(name) for name in outcome["ranking"]]
    parts = [
        [
            100 * sum(
                share
                for name, share in zip(outcome["criteria"], outcome["contributions"][row],
                                       strict=True)
                if of_value[name] == value
            )
            for value in values
        ]
        for row in order
    ]  # fmt: skip
    names = [f"{place}. {writer.option(name)}" for place, name in enumerate(outcome["ranking"], 1)]
    measure = _measure(writer)

    def draw(drawing: Drawing) -> float:
        top = legend(drawing, [(j, writer.value(name)) for j, name in enumerate(values)])
        table = rows(names, drawing.width, top + 4, right=44)
        for line, shares, row in zip(table.lines, parts, order, strict=True):
            x = table.left
            for j, share in enumerate(shares):
                wide = table.at(share, 0, 100) - table.left
                drawing.bar(x, line.mark_y - BAR / 2, wide, BAR, j)
                x += wide
            # The score itself: parts were rounded, and their sum may say another number.
            score = writer.number(100 * outcome["scores"]["joint"][row])
            drawing.write(x + 7, line.mark_y, score, bold=True)
        write_names(drawing, table, bold=frozenset({0}))
        return table.bottom + 4 if measure is None else reference(drawing, table, *measure)

    def reference(drawing: Drawing, table: Rows, name: str, score: float) -> float:
        """Draw the score of the reference as a line through all bars, with its words below."""
        x, first, last = table.at(score, 0, 100), table.lines[0].mark_y, table.lines[-1].mark_y
        drawing.line(x, first - BAR / 2, x, last + BAR, INK, 2)
        words = f"{name} ({writer.word('measure')}): {writer.number(score)}"
        ends = x + text_width(words) > drawing.width
        drawing.write(min(x, drawing.width) if ends else x, last + BAR + 10, words,
                      anchor="end" if ends else "start")  # fmt: skip
        return table.bottom + 22

    said = "; ".join(
        f"{writer.option(name)}: {writer.number(100 * outcome['scores']['joint'][row])}"
        for name, row in zip(outcome["ranking"], order, strict=True)
    )
    return figure_of(
        writer,
        "figure.contributions.question",
        (writer.finding("winner", "only_option") or [Words("")])[0],
        writer.say("figure.contributions_alt", "/outcome/scores/joint", options=said),
        draw,
        "contributions",
        "/outcome/scores/joint",
        "/places",
    )


def _measure(writer: Writer) -> tuple[str, float] | None:
    """Give the name and the joint score of the reference; None without one."""
    outcome = writer.fact("outcome")
    name = outcome["reference"]
    if name is None:
        return None
    row = outcome["alternatives"].index(name)
    return writer.option(name), 100 * float(outcome["scores"]["joint"][row])


def _weighed_values(writer: Writer) -> set[str]:
    return {one["value"] for one in writer.fact("inputs", "criteria") if one["is_weighed"]}


def equality_strip(writer: Writer) -> Figure:
    """Draw who wins for every share of the residents."""
    strip, language = writer.fact("outcome", "equality_strip"), writer.language
    starts = [0.0, *(change["lambda"] for change in strip["changes"]), 1.0]
    winners = [strip["winner_at_0"], *(change["to"] for change in strip["changes"])]
    shown = list(dict.fromkeys(winners))
    share = writer.fact("outcome", "lambda")
    marks = {share: text("figure.strip.now", language, share=writer.share(share))}
    headcount = strip["headcount_lambda"]
    if abs(headcount - share) > 1e-9:
        marks[headcount] = text("figure.strip.headcount", language, share=writer.share(headcount))

    def draw(drawing: Drawing) -> float:
        left, right = 14.0, drawing.width - 22
        top = legend(drawing, [(shown.index(one), writer.option(one)) for one in shown]) + 6

        def at(x: float) -> float:
            return left + (right - left) * x

        for start, end, winner in zip(starts, starts[1:], winners, strict=False):
            drawing.bar(at(start), top, at(end) - at(start), _BAND, shown.index(winner))
        below = top + _BAND
        for x in (0.0, 0.25, 0.5, 0.75, 1.0):
            drawing.line(at(x), below, at(x), below + 5, GREY)
            drawing.write(at(x), below + 16, writer.share(x), anchor="middle", colour=GREY, size=13)
        y = below + 32
        for x, words in sorted(marks.items()):
            lines = wrapped(words, max(at(x) - left, right - at(x)) - 12)
            side = at(x) - left > right - at(x)
            tall = LINE * len(lines)
            drawing.line(at(x), top - 4, at(x), below + 6, INK, 2)
            drawing.line(at(x), below + 27, at(x), y + tall, INK, 2)
            drawing.write_lines(
                at(x) + (-7 if side else 7), y + tall / 2, lines, anchor="end" if side else "start"
            )
            y += tall + 6
        drawing.write_lines(left, y + 12, [text("figure.strip.axis", language)], colour=GREY)
        return y + 26

    stretches = "; ".join(
        f"{writer.share(start, 1)}–{writer.share(end, 1)}: {writer.option(winner)}"
        for start, end, winner in zip(starts, starts[1:], winners, strict=False)
    )
    place = winners.index(strip["winner_at_1"]) if len(winners) == 1 else None
    sentence = (
        writer.finding("strip_change")[0]
        if place is None
        else writer.say("figure.strip_always", option=writer.in_sentence(winners[0]))
    )
    where = ("/outcome/equality_strip", "/outcome/lambda")
    return figure_of(
        writer,
        "figure.strip.question",
        sentence,
        writer.say("figure.strip_alt", *where, stretches=stretches),
        draw,
        "strip",
        *where,
    )


def weights_per_side(writer: Writer) -> Figure:
    """Draw the weights of both sides per criterion, widest gap first."""
    weights, names = writer.fact("outcome", "weights"), writer.fact("outcome", "criteria")
    order = sorted(
        range(len(names)),
        key=lambda j: -abs(weights["residents"][j] - weights["municipality"][j]),
    )[:_MOST]
    end = 5 * (int(20 * max(*weights["residents"], *weights["municipality"])) + 1)

    def draw(drawing: Drawing) -> float:
        half = text_width(writer.word("residents")) + 60
        for x, shape, colour, side in (
            (8, "circle", _RESIDENTS, "residents"),
            (half, "diamond", _MUNICIPALITY, "municipality"),
        ):
            drawing.mark(x, 12, shape, colour)
            drawing.write(x + 14, 12, writer.word(side))
        table = rows([writer.criterion(names[j]) for j in order], drawing.width, 32, right=40,
                     left=30)  # fmt: skip
        for line, j in zip(table.lines, order, strict=True):
            ends = [weights[side][j] for side in ("residents", "municipality")]
            first, second = (table.at(100 * x, 0, end) for x in ends)
            drawing.line(table.left, line.mark_y, table.right, line.mark_y, PALE)
            drawing.line(first, line.mark_y, second, line.mark_y, GREY, 3)
            drawing.mark(first, line.mark_y, "circle", _RESIDENTS)
            drawing.mark(second, line.mark_y, "diamond", _MUNICIPALITY)
            low, high = sorted(ends)
            x_low, x_high = sorted((first, second))
            drawing.write(x_high + 12, line.mark_y, writer.number(100 * high))
            if writer.number(100 * low) != writer.number(100 * high):
                drawing.write(x_low - 12, line.mark_y, writer.number(100 * low), anchor="end")
        write_names(drawing, table)
        return table.bottom + 2

    widest = order[0]
    return figure_of(
        writer,
        "figure.sides.question",
        writer.finding("widest_gap", "no_dispute")[0],
        writer.say(
            "figure.sides_alt",
            pointer("outcome", "weights", "residents", widest),
            pointer("outcome", "weights", "municipality", widest),
            criterion=writer.criterion(names[widest]),
            residents=writer.number(100 * weights["residents"][widest]),
            municipality=writer.number(100 * weights["municipality"][widest]),
        ),
        draw,
        "sides",
        "/outcome/weights",
    )


def tornado(writer: Writer) -> Figure:
    """Draw between which weights of a criterion the winner stays, the most delicate first."""
    joint, stability = (
        writer.fact("outcome", "weights", "joint"),
        writer.fact("outcome", "stability"),
    )
    order = sorted(range(len(joint)), key=lambda j: _distance(stability[j], joint[j]))[:_MOST]

    def draw(drawing: Drawing) -> float:
        language = writer.language
        drawing.mark(8, 12, "diamond", INK)
        today = writer.word("today")
        drawing.write(20, 12, today)
        x = 44 + text_width(today)
        drawing.rect(x, 2, 5, 20, _MUNICIPALITY)
        drawing.write(x + 12, 12, text("figure.tornado.key", language))
        table = rows([writer.criterion(stability[j]["criterion"]) for j in order], drawing.width,
                     34, right=84 if drawing.width >= WIDE else 14, left=8)  # fmt: skip
        for line, j in zip(table.lines, order, strict=True):
            _interval(drawing, table, line.mark_y, stability[j], joint[j])
            words = _tip(writer, stability[j], joint[j])
            if drawing.width >= WIDE:
                drawing.write(table.right + 12, line.mark_y, words)
            else:
                drawing.write(drawing.width, line.label_y, words, anchor="end", colour=GREY)
        write_names(drawing, table)
        return table.bottom + 2

    first = order[0]
    tip = _nearest(stability[first], joint[first])
    sentence = (
        writer.say("figure.tornado_never", option=writer.in_sentence(_winner(writer)))
        if tip is None
        else writer.say(
            "figure.tornado_nearest",
            pointer("outcome", "weights", "joint", first),
            pointer("outcome", "stability", first),
            criterion=writer.criterion_in_sentence(stability[first]["criterion"]),
            today=writer.number(100 * joint[first], 1),
            weight=writer.number(100 * tip[0], 1),
            rival=writer.in_sentence(tip[1]),
        )
    )
    return figure_of(
        writer,
        "figure.tornado.question",
        sentence,
        writer.say("figure.tornado_alt"),
        draw,
        "tornado",
        "/outcome/weights/joint",
        "/outcome/stability",
    )


def _winner(writer: Writer) -> str:
    return str(writer.fact("outcome", "winner"))


def _nearest(row: dict[str, Any], today: float) -> tuple[float, str] | None:
    tips = [(row[end], row[f"{end}_rival"]) for end in ("low", "high") if row[end] is not None]
    return min(tips, key=lambda tip: abs(tip[0] - today), default=None)


def _distance(row: dict[str, Any], today: float) -> float:
    tip = _nearest(row, today)
    return 2.0 if tip is None else abs(tip[0] - today)


def _tip(writer: Writer, row: dict[str, Any], today: float) -> str:
    tip, now = _nearest(row, today), writer.number(100 * today, 1)
    return now if tip is None else f"{now} → {writer.number(100 * tip[0], 1)}"


def _interval(drawing: Drawing, table: Rows, y: float, row: dict[str, Any], today: float) -> None:
    low = 0.0 if row["low"] is None else row["low"]
    high = 1.0 if row["high"] is None else row["high"]
    start, end = table.at(low, 0, 1), table.at(high, 0, 1)
    drawing.rect(start, y - 8, end - start, 16, _STEADY)
    for name in ("low", "high"):
        if row[name] is not None:
            drawing.rect(table.at(row[name], 0, 1) - 2, y - 11, 4, 22, _MUNICIPALITY)
    drawing.mark(table.at(today, 0, 1), y, "diamond", INK, 6)


def trade_off(writer: Writer, place: int) -> Figure:
    """Draw what the winner wins and loses per criterion against a rival."""
    found = writer.fact("trade_offs", place)
    shown = sorted(
        (row for row in found["criteria"] if row["shown"] != 0), key=lambda row: -row["shown"]
    )
    reach = max((abs(row["shown"]) for row in shown), default=1.0)

    def draw(drawing: Drawing) -> float:
        names = [writer.criterion(row["criterion"]) for row in shown]
        table = rows(names, drawing.width, 30, right=54, left=54)
        middle = table.at(0, -1, 1)
        for side, anchor, x in (
            ("loses", "end", middle - 8),
            ("wins", "start", middle + 8),
        ):
            words = text(f"dossier.figure.{side}", writer.language)
            drawing.write(x, 10, words, anchor="end" if anchor == "end" else "start", bold=True)
        for line, row in zip(table.lines, shown, strict=True):
            x = table.at(row["shown"], -reach, reach)
            gains = row["shown"] > 0
            drawing.bar(min(x, middle), line.mark_y - BAR / 2, abs(x - middle), BAR,
                        0 if gains else 1)  # fmt: skip
            drawing.write(
                x + (7 if gains else -7), line.mark_y,
                writer.tenth(row["shown"]),
                anchor="start" if gains else "end",
            )  # fmt: skip
        drawing.line(middle, 24, middle, table.bottom, INK, 1.5)
        write_names(drawing, table)
        return max(table.bottom, 40) + 4

    pair = {
        "option": writer.option(found["option"]),
        "rival": writer.option(found["rival"]),
    }
    where = pointer("trade_offs", place)
    listed = "; ".join(
        f"{writer.criterion(row['criterion'])} {writer.tenth(row['shown'])}" for row in shown
    )
    figure = figure_of(
        writer,
        "dossier.figure.trade_off_question",
        trade_off_sentence(writer, place),
        writer.say("figure.trade_off_alt", where, **pair, effects=listed),
        draw,
        f"trade-{place}",
        where,
    )
    return figure


def trade_off_sentence(writer: Writer, place: int) -> Words:
    """Say what is won, what is lost and what remains."""
    found = writer.fact("trade_offs", place)
    return writer.say(
        "trade_off.sentence",
        pointer("trade_offs", place),
        option=writer.in_sentence(found["option"]),
        rival=writer.in_sentence(found["rival"]),
        gains=writer.in_points(found["gains"], 1),
        losses=writer.in_points(found["losses"], 1),
        rest=writer.in_points(found["total"]["shown"], 1),
    )
