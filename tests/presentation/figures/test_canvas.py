import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.presentation.figures.canvas import (
    HIGHEST,
    PALETTE,
    PATTERNS,
    escaped,
    ink_on,
    rows,
    wrapped,
)


def luminance(colour):
    def linear(part):
        x = int(part, 16) / 255
        return x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one) + 0.05, luminance(other) + 0.05), reverse=True)
    return high / low


@pytest.mark.parametrize("colour", PALETTE)
def test_every_colour_stands_out_on_white(colour):
    assert contrast(colour, "#ffffff") >= 3


@pytest.mark.parametrize("colour", PALETTE)
def test_letters_on_every_colour_can_be_read(colour):
    assert contrast(ink_on(colour), colour) >= 4.5


def test_no_two_parts_share_colour_or_pattern():
    assert len(set(PALETTE)) == len(set(PATTERNS)) == len(PALETTE)


def test_words_are_broken_at_spaces_and_escaped():
    assert wrapped("een twee <drie>", 8) == "een twee<br>&lt;drie&gt;"
    assert wrapped("") == " "
    assert escaped("a & b") == "a &amp; b"


@given(
    lines=st.lists(st.integers(1, 3), min_size=1, max_size=20),
    top=st.floats(0, 120),
    marked=st.integers(0, 20),
)
def test_rows_never_overlap(lines, top, marked):
    table = rows(["<br>".join(["x"] * count) for count in lines], top=top, marked=marked)
    edge = top
    for row, count in zip(table.rows, lines, strict=True):
        assert row.label - 9 * count >= edge - 1e-6
        assert row.mark - row.height / 2 >= row.label + 9 * count - 1e-6
        edge = row.mark + row.height / 2
    assert table.bottom >= edge


@given(count=st.integers(1, 9))
def test_up_to_nine_rows_of_one_line_fit_a_phone(count):
    assert rows(["x"] * count).bottom <= HIGHEST


def test_rows_without_a_mark_take_no_room_for_one():
    assert [row.height > 0 for row in rows(["x", "y"], marked=1).rows] == [True, False]
