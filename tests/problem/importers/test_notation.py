import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.importers.notation import (
    Notation,
    notation_of,
    read_number,
    read_optional,
)

WHERE = Place("file.csv", 2, "H18")


@pytest.mark.parametrize(
    ("texts", "notation"),
    [
        ([], Notation.UNKNOWN),
        (["12", "-", "", "1.200", "1,200", "-1.200"], Notation.UNKNOWN),
        (["1.200", "12,5"], Notation.COMMA),
        (["1.200", "12.5"], Notation.POINT),
        (["1.234.567"], Notation.COMMA),
        (["1,234,567"], Notation.POINT),
        (["1.234,5"], Notation.COMMA),
        (["1,234.5"], Notation.POINT),
        (["0.123"], Notation.POINT),
        (["1234.567"], Notation.POINT),
        (["1.5e-07"], Notation.POINT),
        (["a.b", "1..2", "," * 50, "9." + "9" * 50], Notation.UNKNOWN),
    ],
)
def test_one_cell_with_a_single_reading_decides_for_the_file(texts, notation):
    assert notation_of(texts) is notation


def test_cells_after_the_decisive_one_are_not_read():
    def cells():
        yield "12,5"
        pytest.fail("read on")

    assert notation_of(cells()) is Notation.COMMA


@pytest.mark.parametrize(
    ("text", "notation", "number"),
    [
        ("1.200", Notation.COMMA, 1200),
        ("1.200", Notation.POINT, 1.2),
        ("1,200", Notation.COMMA, 1.2),
        ("1,200", Notation.POINT, 1200),
        (" -1.234.567,5 ", Notation.COMMA, -1234567.5),
        ("1307", Notation.UNKNOWN, 1307),
        ("12,5", Notation.UNKNOWN, 12.5),
        ("-36", Notation.COMMA, -36),
        ("6.5e-06", Notation.POINT, 6.5e-06),
    ],
)
def test_a_number_is_read_in_the_notation_of_its_file(text, notation, number):
    assert read_number(text, notation, WHERE) == number


@pytest.mark.parametrize(
    ("text", "notation", "code"),
    [
        ("1.200", Notation.UNKNOWN, "number.ambiguous"),
        ("12.5", Notation.COMMA, "number.other_notation"),
        ("12,5", Notation.POINT, "number.other_notation"),
        ("x", Notation.COMMA, "number.not_a_number"),
        ("", Notation.POINT, "number.empty"),
        ("１２", Notation.POINT, "number.not_a_number"),
        ("1" * 50 + ",5", Notation.COMMA, "number.not_a_number"),
        ("1e999", Notation.POINT, "number.not_finite"),
        ("1e101", Notation.POINT, "number.not_finite"),
        ("NaN", Notation.POINT, "number.not_a_number"),
    ],
)
def test_what_is_no_number_in_that_notation_is_refused(text, notation, code):
    with pytest.raises(InputError) as caught:
        read_number(text, notation, WHERE)

    assert caught.value.code == code
    assert caught.value.where == WHERE


@pytest.mark.parametrize("text", ["", " ", "-", " . "])
def test_a_missing_mark_of_pbl_is_no_number(text):
    assert read_optional(text, Notation.COMMA, WHERE) is None


@given(st.integers(-(10**12), 10**12), st.integers(0, 99))
def test_dutch_and_english_ways_of_writing_give_the_same_number(whole, cents):
    english = f"{whole:,}.{cents:02d}"
    dutch = english.translate(str.maketrans(",.", ".,"))

    assert read_number(dutch, Notation.COMMA, WHERE) == read_number(english, Notation.POINT, WHERE)
    assert notation_of([dutch]) is Notation.COMMA
    assert notation_of([english]) is Notation.POINT
