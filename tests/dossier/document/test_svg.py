from itertools import pairwise
from xml.etree import ElementTree

import pytest

from waardeweging.dossier.document.svg import (
    NARROW,
    WIDE,
    Drawing,
    legend,
    rows,
    text_width,
    wrapped,
)


def drawn(drawing):
    return ElementTree.fromstring(drawing.svg())  # noqa: S314


def test_words_are_letters_and_never_markup():
    drawing = Drawing(100, 20, "x")
    drawing.write(0, 10, '<script>&"')

    assert drawn(drawing)[0].text == '<script>&"'


def test_a_pattern_is_named_after_its_drawing():
    first, second = Drawing(10, 10, "a"), Drawing(10, 10, "b")
    for drawing in (first, second):
        drawing.bar(0, 0, 5, 5, 1)

    assert 'id="a-1"' in first.svg()
    assert 'id="b-1"' in second.svg()
    assert "defs" not in Drawing(10, 10, "c").svg()


def test_more_parts_than_patterns_begin_again():
    drawing = Drawing(10, 10, "a")
    drawing.bar(0, 0, 5, 5, 9)

    assert 'fill="url(#a-1)"' in drawing.svg()


@pytest.mark.parametrize("room", [20, 60, 200])
@pytest.mark.parametrize("words", ["Publiek warmtenet op restwarmte", "m" * 60, "a", ""])
def test_wrapped_words_fit_and_none_is_lost(words, room):
    lines = wrapped(words, room)

    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(text_width(line) <= room or len(line) == 1 for line in lines)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_rows_never_overlap(width):
    table = rows(["kort", "een heel lange naam die zeker over drie regels loopt " * 3, "x"], width)
    marks = [line.mark_y for line in table.lines]

    assert marks == sorted(marks)
    assert min(b - a for a, b in pairwise(marks)) >= 30
    assert table.bottom > marks[-1]
    assert table.at(0, 0, 1) == table.left
    assert table.at(1, 0, 1) == table.right


def test_a_legend_breaks_before_the_edge():
    drawing = Drawing(NARROW, 100, "x")
    bottom = legend(drawing, [(n, "leefomgeving") for n in range(4)])

    assert bottom > legend(Drawing(WIDE, 100, "x"), [(n, "leefomgeving") for n in range(4)])
    ends = [float(one.get("x")) + text_width(one.text) for one in drawn(drawing) if one.text]
    assert max(ends) <= NARROW


def test_symbols_differ_in_shape():
    drawing = Drawing(50, 50, "x")
    drawing.mark(10, 10, "circle", "#000000")
    drawing.mark(30, 10, "diamond", "#000000")

    assert [one.tag.rpartition("}")[2] for one in drawn(drawing)] == ["circle", "polygon"]
