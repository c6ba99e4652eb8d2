import pytest

from waardeweging.app.points import read_points
from waardeweging.problem.errors import InputError


@pytest.mark.parametrize(("text", "points"), [("2,5", 2.5), ("2.5", 2.5), ("0", 0), ("100", 100)])
def test_points_are_read_in_both_notations(text, points):
    assert read_points(text, "Punten") == points


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-1", "number.too_low"),
        ("100,5", "number.too_high"),
        ("veel", "number.not_a_number"),
        ("1.234", "number.ambiguous"),
        ("１２", "number.not_a_number"),
        ("nan", "number.not_a_number"),
        ("1e999", "number.not_finite"),
    ],
)
def test_anything_else_is_refused_with_a_remedy(text, code):
    with pytest.raises(InputError) as caught:
        read_points(text, "Punten voor Kosten")

    assert caught.value.code == code
    assert caught.value.where.file == "Punten voor Kosten"
