"""The picture of a project: how the weights of both sides moved over its sessions."""

from __future__ import annotations

from typing import Any

from waardeweging.dossier.document.blocks import Figure, Words
from waardeweging.dossier.document.figures import figure_of
from waardeweging.dossier.document.pointers import pointer
from waardeweging.dossier.document.svg import (
    GREY,
    PALE,
    PATTERNS,
    Drawing,
    rows,
    text_width,
    write_names,
)
from waardeweging.dossier.project.writer import ProjectWriter
from waardeweging.elicitation.ballots import RESIDENTS, SIDES

_SHAPES = dict.fromkeys(SIDES, ("diamond", PATTERNS[1].colour)) | {
    RESIDENTS: ("circle", PATTERNS[0].colour)
}
_MOST = 12
# The two sides stand a little above and below the line of their criterion.
_APART, _BEGAN, _NOW = 6.0, 3.5, 6.0


def drift(writer: ProjectWriter) -> Figure | None:
    """Draw per criterion from where to where each side went; None when nobody moved."""
    moves = [
        (n, m, one)
        for n, side in enumerate(writer.fact("sessions", "drift"))
        for m, one in enumerate(side["criteria"])
        if side["side"] in SIDES and one["moved"] is not None
    ]
    if not any(one["moved"] for _, _, one in moves):
        return None
    names = list(dict.fromkeys(one["criterion"] for _, _, one in sorted(moves, key=_far)))[:_MOST]
    end = 5 * (max(max(_ends(one)) for _, _, one in moves) // 5 + 1)

    def draw(drawing: Drawing) -> float:
        _legend(writer, drawing)
        labels = [writer.weighed("criteria", name) for name in names]
        table = rows(labels, drawing.width, 32, right=40, left=30)
        for line in table.lines:
            drawing.line(table.left, line.mark_y, table.right, line.mark_y, PALE)
        for n, _, one in moves:
            side = writer.fact("sessions", "drift", n, "side")
            if one["criterion"] in names:
                y = table.lines[names.index(one["criterion"])].mark_y
                y += -_APART if side == RESIDENTS else _APART
                first, last = (table.at(x, 0, end) for x in _ends(one))
                drawing.line(first, y, last, y, _SHAPES[side][1], 2)
                drawing.mark(first, y, _SHAPES[side][0], GREY, _BEGAN)
                drawing.mark(last, y, *_SHAPES[side], _NOW)
        write_names(drawing, table)
        return table.bottom + 2

    return figure_of(
        writer,
        "dossier.project.figure.question",
        _sentence(writer, "figure.sentence", *moves_most(moves)),
        _sentence(writer, "figure.alt", *moves_most(moves)),
        draw,
        "drift",
        "/sessions/drift",
    )


def moves_most(moves: list[tuple[int, int, dict[str, Any]]]) -> tuple[int, int, dict[str, Any]]:
    """Give the widest move, the first of them when there are more."""
    return min(moves, key=_far)


def _far(move: tuple[int, int, dict[str, Any]]) -> int:
    return -abs(int(move[2]["moved"]))


def _ends(one: dict[str, Any]) -> tuple[int, int]:
    known = [points for points in one["points"] if points is not None]
    return known[0], known[-1]


def _sentence(writer: ProjectWriter, key: str, n: int, m: int, one: dict[str, Any]) -> Words:
    first, last = _ends(one)
    return writer.here(
        key,
        pointer("sessions", "drift", n, "criteria", m, "points"),
        side=writer.word(writer.fact("sessions", "drift", n, "side")),
        criterion=writer.weighed("criteria", one["criterion"]),
        first=writer.number(first),
        last=writer.number(last),
    )


def _legend(writer: ProjectWriter, drawing: Drawing) -> None:
    x = 8.0
    for side in SIDES:
        drawing.mark(x, 12, *_SHAPES[side], _NOW)
        drawing.write(x + 14, 12, writer.word(side))
        x += 44 + text_width(writer.word(side))
    drawing.mark(x, 12, "circle", GREY, _BEGAN)
    drawing.write(x + 12, 12, writer.here("figure.began").text)
