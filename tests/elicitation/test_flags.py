import numpy as np
import pytest

from waardeweging.elicitation.flags import contradicts, flags_of_all, quality_flags


def test_an_ordinary_ballot_has_no_flags():
    assert (
        quality_flags([20, 40, 30, 10], seconds=240, ranking=[3, 1, 2, 4], trade_offs=[True] * 3)
        == ()
    )


def test_what_is_unknown_is_not_held_against_a_ballot():
    assert quality_flags([20, 40, 30, 10]) == ()


def test_equal_points_everywhere_are_flagged():
    assert quality_flags([25, 25, 25, 25]) == ("all_equal",)


def test_everything_on_one_criterion_is_flagged():
    assert quality_flags([0, 100, 0]) == ("one_criterion",)


def test_with_a_single_criterion_neither_says_anything():
    assert quality_flags([100]) == ()


@pytest.mark.parametrize(
    ("seconds", "flags"), [(59.9, ("too_fast",)), (60, ()), (0, ("too_fast",))]
)
def test_under_a_minute_is_flagged(seconds, flags):
    assert quality_flags([1, 2], seconds=seconds) == flags


def test_fewer_points_for_a_criterion_with_a_better_place_are_flagged():
    assert quality_flags([30, 40, 30], ranking=[1, 2, 3]) == ("contradicts_ranking",)


def test_equal_points_do_not_contradict_a_ranking():
    assert not contradicts([40, 40, 20], [1, 2, 3])


def test_tied_places_contradict_nothing():
    assert not contradicts([10, 40, 50], [2, 1, 1])


@pytest.mark.parametrize(
    ("answers", "flags"),
    [
        ([False, False, True], ("fails_trade_offs",)),
        ([False, True, True], ()),
        ([False, None, None], ()),
        ([False, None, False], ("fails_trade_offs",)),
    ],
)
def test_two_failed_trade_offs_are_flagged_and_skipped_ones_are_not_failed(answers, flags):
    assert quality_flags([60, 40], trade_offs=answers) == flags


def test_all_flags_come_in_a_fixed_order():
    flags = quality_flags([0, 0, 5], seconds=5, ranking=[1, 2, 3], trade_offs=[False, False, False])

    assert flags == ("one_criterion", "too_fast", "contradicts_ranking", "fails_trade_offs")


@pytest.mark.parametrize("points", [[1, -1], [1, np.nan], [[1, 2]], 5.0])
def test_points_that_are_no_ballot_are_refused(points):
    with pytest.raises(ValueError, match="points must be"):
        quality_flags(points)


@pytest.mark.parametrize("seconds", [-1, np.nan, np.inf])
def test_an_impossible_time_is_refused(seconds):
    with pytest.raises(ValueError, match="seconds is"):
        quality_flags([1, 2], seconds=seconds)


@pytest.mark.parametrize("ranking", [[1], [1, np.nan]])
def test_a_ranking_that_does_not_fit_is_refused(ranking):
    with pytest.raises(ValueError, match="one finite place per criterion"):
        quality_flags([1, 2], ranking=ranking)


def test_flags_of_many_are_those_of_each():
    points = np.array([[5.0, 5, 5], [9, 0, 0], [1, 2, 3], [0, 4, 4]])

    assert flags_of_all(points) == tuple(quality_flags(row) for row in points)
    assert flags_of_all(points) == (("all_equal",), ("one_criterion",), (), ())
