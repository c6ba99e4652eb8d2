"""Which part of a chapter stands open on a page, and that nothing is lost."""

import pytest
from tests.dossier.project.played import TODAY, source

from waardeweging.app.projects.folding import MOST_OPEN, folded
from waardeweging.dossier.document.blocks import (
    Figure,
    Heading,
    Paragraph,
    Part,
    Row,
    Table,
    Words,
)
from waardeweging.dossier.project.contents import PAGE, project_document
from waardeweging.dossier.project.facts import project_facts


def _table(lines, caption="Lijst"):
    rows = tuple(Row((Words(f"{n}"), Words("x"))) for n in range(lines))
    return Table(Words(caption), (Words("a"), Words("b")), rows, frozenset(), (0.5, 0.5))


def _part(name, *blocks):
    return Part(name, Words("Titel"), blocks)


def _shape(pieces):
    return [(piece.title.text if piece.title else "", piece.count) for piece in pieces]


def test_of_a_long_table_the_first_lines_stand_open_and_the_others_unfold():
    pieces = folded(_part("inputs", Paragraph(Words("Zo.")), _table(7)))

    assert _shape(pieces) == [("", 0), ("", 0), ("Lijst", 4)]
    (shown, _), (rest, named) = pieces[1].blocks[0], pieces[2].blocks[0]
    assert [row.cells[0].text for row in shown.rows] == ["0", "1", "2"]
    assert [row.cells[0].text for row in rest.rows] == ["3", "4", "5", "6"]
    assert named
    assert pieces[2].is_rest


def test_a_long_group_unfolds_under_its_heading_and_a_short_one_stays():
    short, long = Heading(Words("Kort")), Heading(Words("Lang"))
    pieces = folded(_part("decisions", short, _table(MOST_OPEN), long, _table(MOST_OPEN + 1)))

    assert _shape(pieces) == [("", 0), ("", 0), ("Lang", MOST_OPEN + 1)]


def test_the_first_group_of_where_you_stand_begins_open():
    first, second = Heading(Words("Bewoners")), Heading(Words("Gemeente"))
    pieces = folded(_part("standing", first, _table(5), second, _table(5)))

    assert _shape(pieces) == [("", 0), ("", 0), ("Lijst", 2), ("Gemeente", 5)]


def test_a_picture_stays_in_sight_and_its_numbers_unfold():
    words = Words("x")
    picture = Figure(words, words, words, "<svg/>", "<svg/>", ())
    pieces = folded(_part("sessions", Heading(Words("Kop")), picture, _table(6, "Cijfers")))

    assert _shape(pieces) == [("", 0), ("", 0), ("Cijfers", 6)]


@pytest.mark.parametrize(("name", "whole"), [("summary", False), ("news", True)])
def test_what_everybody_should_see_or_asked_for_is_whole(name, whole):
    pieces = folded(_part(name, _table(40)), whole=whole)

    assert _shape(pieces) == [("", 0)]


def test_nothing_is_lost_in_any_chapter_of_a_project():
    document = project_document(project_facts(source(), "nl", TODAY) | {"since": None}, "nl", PAGE)
    for part in document.parts:
        pieces = folded(part)
        shown = [block for piece in pieces for block, _ in piece.blocks]
        titles = [piece.title.text for piece in pieces if piece.title]

        assert _lines(shown) == _lines(part.blocks)
        assert set(_headings(part.blocks)) <= {*_headings(shown), *titles}


def _lines(blocks):
    tables = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    rest = [block for block in blocks if not isinstance(block, Table | Heading)]
    return tables, rest


def _headings(blocks):
    return [block.words.text for block in blocks if isinstance(block, Heading)]
