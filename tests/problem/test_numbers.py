"""Numbers are read in two notations, and never guessed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.numbers import LARGEST, check_finite, parse_number

HERE = Place("test.csv", 2, "mid")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1200", 1200),
        (" 12 ", 12),
        ("-3", -3),
        ("+3", 3),
        ("1,5", 1.5),
        ("1.5", 1.5),
        ("0.125", 0.125),
        ("0,125", 0.125),
        ("1234,567", 1234.567),
        ("1.2345", 1.2345),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("1.234.567,89", 1234567.89),
        ("1e3", 1000),
        ("1,5e-2", 0.015),
    ],
)
def test_both_notations_are_read(text, number):
    assert parse_number(text, HERE) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "number.empty"),
        ("  ", "number.empty"),
        ("1.234", "number.ambiguous"),
        ("1,234", "number.ambiguous"),
        ("-12.300", "number.ambiguous"),
        ("999,000", "number.ambiguous"),
        ("nan", "number.not_a_number"),
        ("NaN", "number.not_a_number"),
        ("inf", "number.not_a_number"),
        ("-Infinity", "number.not_a_number"),
        ("1e999", "number.not_finite"),
        ("9" * 41, "number.not_a_number"),
        ("１２", "number.not_a_number"),
        ("٣", "number.not_a_number"),
        ("1\xa0234", "number.not_a_number"),
        ("1 234", "number.not_a_number"),
        ("€ 12", "number.not_a_number"),
        ("75%", "number.not_a_number"),
        ("1.2.3", "number.not_a_number"),
        ("1,2,3", "number.not_a_number"),
        ("12.34.567", "number.not_a_number"),
        ("1_000", "number.not_a_number"),
        ("0x10", "number.not_a_number"),
        ("True", "number.not_a_number"),
        ("=1+1", "number.not_a_number"),
        ("--1", "number.not_a_number"),
        ("1.", "number.not_a_number"),
        (".5", "number.not_a_number"),
        ("\u2212 5", "number.not_a_number"),
        ("1\n2", "number.not_a_number"),
    ],
)
def test_what_is_no_clear_number_is_refused(text, code):
    with pytest.raises(InputError) as caught:
        parse_number(text, HERE)

    assert caught.value.code == code
    assert caught.value.where == HERE


def test_an_ambiguous_number_is_refused_with_both_readings():
    with pytest.raises(
        InputError, match=r"row 2, field 'mid': found '1\.200'\. Write 1200 or 1\.2;"
    ):
        parse_number("1.200", HERE)


@pytest.mark.parametrize("text", ["1.200", "1,234", "-12.300", "999.000", "1.001"])
def test_both_suggestions_of_an_ambiguous_number_can_be_read(text):
    with pytest.raises(InputError) as caught:
        parse_number(text, HERE)

    plain = float(text.replace(",", "."))
    assert parse_number(caught.value.details["decimal"], HERE) == plain
    assert parse_number(caught.value.details["thousands"], HERE) == pytest.approx(plain * 1000)


@given(st.floats(-LARGEST, LARGEST))
def test_a_number_that_python_writes_is_read_back_or_refused_as_ambiguous(number):
    text = repr(number)
    if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text):
        with pytest.raises(InputError, match="can mean both"):
            parse_number(text, HERE)
    else:
        assert parse_number(text, HERE) == number


@given(st.text(max_size=60))
def test_any_text_is_a_finite_number_or_an_input_error(text):
    try:
        number = parse_number(text, HERE)
    except InputError:
        return
    assert abs(number) < float("inf")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -2 * LARGEST])
def test_a_number_that_is_not_finite_or_far_too_large_is_refused(value):
    with pytest.raises(InputError):
        check_finite(value, HERE)
    assert check_finite(1.5, HERE) == 1.5


@pytest.mark.parametrize("text", ["1e308", "-1e101"])
def test_a_number_that_overflows_what_is_calculated_with_it_is_refused(text):
    with pytest.raises(InputError) as caught:
        parse_number(text, HERE)

    assert caught.value.code == "number.not_finite"
