import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.presentation.catalog import LANGUAGES
from waardeweging.presentation.numbers import (
    joined,
    money,
    number,
    percent,
    points,
    quantity,
    scale,
    share_with_margin,
    signed,
    unit_text,
)


@pytest.mark.parametrize(
    ("x", "digits", "nl", "en"),
    [
        (1234.56, 2, "1.234,56", "1,234.56"),
        (1234.5, 1, "1.234,5", "1,234.5"),
        (0.5, 2, "0,5", "0.5"),
        (-3, 0, "−3", "−3"),
        (-0.2, 0, "0", "0"),
        (1e6, 0, "1.000.000", "1,000,000"),
    ],
)
def test_numbers_are_written_as_people_in_that_country_do(x, digits, nl, en):
    assert number(x, "nl", digits) == nl
    assert number(x, "en", digits) == en


@pytest.mark.parametrize(
    ("x", "digits", "nl", "en"),
    [
        (1234.4, 0, "€\u00a01.234", "€1,234"),
        (1234.5, 2, "€\u00a01.234,50", "€1,234.50"),
        (-541.2, 0, "€\u00a0−541", "−€541"),
        (-0.2, 0, "€\u00a00", "€0"),
    ],
)
def test_money_has_its_sign_where_it_belongs(x, digits, nl, en):
    assert money(x, "nl", digits) == nl
    assert money(x, "en", digits) == en


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, "0%"), (1, "100%"), (0.355, "36%"), (0.001, "minder dan 1%"), (0.999, "meer dan 99%")],
)
def test_a_share_never_reads_nothing_or_everything_when_it_is_not(share, expected):
    assert percent(share, "nl") == expected


@pytest.mark.parametrize(
    ("x", "expected"),
    [(0, "0 punten"), (0.3, "minder dan 1 punt"), (1.2, "1 punt"), (6.28, "6 punten")],
)
def test_points_have_their_word(x, expected):
    assert points(x, "nl") == expected


def test_a_difference_shows_its_sign():
    assert [signed(x, "nl") for x in (3.2, -3.2, 0.1)] == ["+3", "−3", "0"]


@pytest.mark.parametrize(
    ("x", "unit", "nl", "en"),
    [
        (
            1845.3,
            "€/dwelling/yr",
            "€\u00a01.845 per woning per jaar",
            "€1,845 per dwelling per year",
        ),
        (1, "days", "1 dag", "1 day"),
        (2.5, "days", "2,5 dagen", "2.5 days"),
        (3.5, "1–5", "3,5 (schaal 1–5)", "3.5 (scale 1–5)"),
        (2, "ladder 0–5", "2 (schaal 0–5)", "2 (scale 0–5)"),
        (62.5, "%", "62,5%", "62.5%"),
        (70, "% woningen", "70%", "70%"),
        (38.44, "dB(A)", "38,4 dB(A)", "38.4 dB(A)"),
        (812.3, "kg/woning/jr", "812 kg per woning per jaar", "812 kg per dwelling per year"),
        (2, "bananas", "2 bananas", "2 bananas"),
        (0.25, "", "0,25", "0.25"),
    ],
)
def test_a_quantity_is_written_in_its_unit(x, unit, nl, en):
    assert quantity(x, unit, "nl") == nl
    assert quantity(x, unit, "en") == en


def test_an_estimate_of_experts_keeps_two_digits():
    assert quantity(1845, "kg", "nl", grounds="expert") == "1.800 kg"
    assert quantity(0, "kg", "nl", grounds="expert") == "0 kg"
    assert quantity(-0.0456, "kg", "en", grounds="expert") == "−0.05 kg"


def test_a_unit_stands_alone_above_a_column():
    assert unit_text("€/dwelling/yr", "nl") == "€ per woning per jaar"
    assert unit_text("1-5", "nl") == "schaal 1–5"


def test_a_scale_gives_its_ends():
    assert scale("0–5") == (0, 5)
    assert scale("0-5 ladder") == (0, 5)
    assert scale("kg") is None


def test_names_are_joined_as_people_say_them():
    assert joined([], "nl") == ""
    assert joined(["a"], "nl") == "a"
    assert joined(["a", "b", "c"], "nl") == "a, b en c"


@given(
    x=st.floats(-1e9, 1e9),
    unit=st.sampled_from(["€/yr", "%", "1-5", "days", "", "kg/a/b", "%%", "-"]),
    grounds=st.sampled_from(["", "expert"]),
    language=st.sampled_from(LANGUAGES),
)
def test_no_quantity_reads_nan_or_minus_zero(x, unit, grounds, language):
    written = quantity(x, unit, language, grounds=grounds)

    assert math.isfinite(x)
    assert written
    assert "nan" not in written.lower()
    assert written.lstrip("€ ").split(" ")[0] not in ("−0", "-0")


@pytest.mark.parametrize(
    ("share", "margin", "digits", "shown"),
    [
        (0.8312, 0.0134, 0, "83% (± 1)"),
        (0.8312, 0.0134, 1, "83,1% (± 1,4)"),
        (0.5, 0.223, 0, "50% (± 22)"),
        (0.5, 0.0015, 0, "50% (± 0,2)"),
        (0.5, 0.001, 0, "50% (± 0,1)"),
        (1.0, 0.0001, 0, "100% (± 0,1)"),
        (0.0, 0.0, 0, "0% (± 0)"),
    ],
)
def test_a_sampled_share_has_its_margin_and_never_0_unless_it_is(share, margin, digits, shown):
    assert share_with_margin(share, margin, "nl", digits) == shown


@pytest.mark.parametrize(
    ("x", "unit", "nl", "en"),
    [
        (672.154, "€/dwelling/yr", "€ 672,15 per woning per jaar", "€672.15 per dwelling per year"),
        (0.255, "€/kWh", "€ 0,255 per kWh", "€0.255 per kWh"),
        (1.32, "€/m³", "€ 1,32 per m³", "€1.32 per m³"),
        (
            650.0,
            "€ 2018/weq/yr",
            "€ 650,00 per weq per jaar (prijzen van 2018)",
            "€650.00 per weq per year (prices of 2018)",
        ),
    ],
)
def test_an_unfolded_amount_is_to_the_cent_and_says_of_which_year_it_is(x, unit, nl, en):
    written = quantity(x, unit, "nl", cents=True).replace("\xa0", " ")

    assert (written, quantity(x, unit, "en", cents=True)) == (nl, en)
