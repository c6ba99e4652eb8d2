"""Words from files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.numbers import parse_number
from waardeweging.problem.text import clean_id, clean_text

HERE = Place("t.csv", 2, "label")


def test_text_is_trimmed_and_brought_to_one_form():
    assert clean_text("  cafe\u0301 ", HERE) == "café"
    assert clean_text("twee\nregels", HERE) == "twee\nregels"
    assert clean_text("", HERE) == ""


@pytest.mark.parametrize("sign", ["\x00", "\u202e", "\u200b", "\x1b", "\ufeff"])
def test_a_hidden_sign_is_refused_and_shown_escaped(sign):
    with pytest.raises(InputError, match="invisible") as caught:
        clean_text(f"war{sign}mte", HERE)

    assert caught.value.code == "text.hidden_sign"
    assert caught.value.found.isprintable()


@pytest.mark.parametrize("text", ["=1+1", "+31", "-x", "@cmd", "\tx", "\rx", "  =1+1", "\n@cmd"])
def test_what_a_spreadsheet_would_run_is_refused(text):
    with pytest.raises(InputError, match="formula"):
        clean_text(text, HERE)


@pytest.mark.parametrize("text", ["#DIV/0!", " #N/A", "#N/B", "#DEEL/0!", "#NAAM?", "#VERW!"])
def test_what_a_spreadsheet_could_not_calculate_is_neither_a_text_nor_a_number(text):
    for read in (clean_text, parse_number):
        with pytest.raises(InputError) as caught:
            read(text, HERE)
        assert (caught.value.code, caught.value.where) == ("text.error_cell", HERE)
    assert clean_text("#1 van de wijk!", HERE) == "#1 van de wijk!"


@given(st.text(max_size=300))
def test_any_text_is_clean_or_an_input_error(text):
    try:
        cleaned = clean_text(text, HERE)
    except InputError:
        return
    assert clean_text(cleaned, HERE) == cleaned


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "id.empty"),
        (" ", "id.empty"),
        ("a b", "id.sign"),
        ("é", "id.sign"),
        ("a" * 65, "id.sign"),
        ("../a", "id.sign"),
        (".a", "id.sign"),
        ("аdmin", "id.sign"),
    ],
)
def test_an_id_has_plain_signs_only(text, code):
    with pytest.raises(InputError) as caught:
        clean_id(text, HERE)
    assert caught.value.code == code


def test_an_id_is_trimmed():
    assert clean_id(" BU01934000 ", HERE) == "BU01934000"
