import pytest

from waardeweging.robustness.classes import Firmness, FirmnessThresholds, firmness


@pytest.mark.parametrize(
    ("points", "share", "expected"),
    [
        (10.0, 0.90, "stevig"),
        (None, 0.90, "stevig"),
        (100 * 0.1 - 1e-13, 0.9 - 1e-13, "stevig"),
        (9.99, 1.0, "redelijk"),
        (50.0, 0.89, "redelijk"),
        (5.0, 0.75, "redelijk"),
        (None, 0.80, "redelijk"),
        (4.99, 1.0, "wankel"),
        (50.0, 0.74, "wankel"),
        (None, 0.5, "wankel"),
        (0.0, 0.5, "wankel"),
    ],
)
def test_the_weaker_of_distance_and_share_decides(points, share, expected):
    assert firmness(points, share) == expected


def test_thresholds_can_be_set():
    strict = FirmnessThresholds(firm_points=20, fair_points=12)

    assert firmness(15.0, 1.0, strict) is Firmness.FAIR
    assert firmness(11.0, 1.0, strict) is Firmness.SHAKY


@pytest.mark.parametrize(
    "wrong",
    [{"fair_points": 11.0}, {"firm_points": 101.0}, {"firm_share": 0.7}, {"fair_share": -1}],
)
def test_thresholds_out_of_order_are_refused(wrong):
    with pytest.raises(ValueError, match="must satisfy"):
        FirmnessThresholds(**wrong)
