from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.elicitation.methods import (
    rank_order_centroid,
    weights_from_hierarchy,
    weights_from_points,
    weights_from_ranks,
)

POINTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=8).filter(lambda row: sum(row) > 0)


def test_points_are_divided_by_their_sum():
    np.testing.assert_array_equal(weights_from_points([20, 40, 30, 10]), [0.2, 0.4, 0.3, 0.1])


def test_swing_points_below_a_hundred_become_weights_in_the_same_ratio():
    np.testing.assert_allclose(weights_from_points([100, 50, 50]), [0.5, 0.25, 0.25])


def test_a_stack_of_participants_is_divided_row_by_row():
    weights = weights_from_points([[[1, 3], [2, 2]], [[5, 0], [0, 7]]])

    np.testing.assert_array_equal(weights, [[[0.25, 0.75], [0.5, 0.5]], [[1, 0], [0, 1]]])


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ([1, -1], "0 or more"),
        ([1, np.nan], "finite"),
        ([1, np.inf], "finite"),
        ([0, 0], "all points are zero"),
        ([[1, 1], [0, 0]], "all points are zero"),
        ([], "shape"),
        (3.0, "shape"),
        ([1e308, 1e308], "too large"),
    ],
)
def test_points_that_carry_no_weights_are_refused(points, message):
    with pytest.raises(ValueError, match=message):
        weights_from_points(points)


def test_the_smallest_points_still_divide():
    np.testing.assert_array_equal(weights_from_points([5e-324, 5e-324]), [0.5, 0.5])


@given(POINTS, st.randoms())
def test_weights_sum_to_one_and_follow_a_new_order_of_the_criteria(points, random):
    order = list(range(len(points)))
    random.shuffle(order)
    weights = weights_from_points(points)

    assert weights.sum() == pytest.approx(1, abs=1e-12)
    np.testing.assert_allclose(
        weights_from_points([points[i] for i in order]), weights[order], rtol=0, atol=1e-15
    )


# The formula of Barron and Barrett (1996), doi:10.1287/mnsc.42.11.1515, to four decimals. For
# four criteria also in E. Roszkowska, Rank ordering criteria weighting methods, Optimum 5(65),
# 2013, doi:10.15290/ose.2013.05.65.02, table 4, to two.
@pytest.mark.parametrize(
    ("n_criteria", "published"),
    [
        (2, [0.7500, 0.2500]),
        (3, [0.6111, 0.2778, 0.1111]),
        (4, [0.5208, 0.2708, 0.1458, 0.0625]),
        (5, [0.4567, 0.2567, 0.1567, 0.0900, 0.0400]),
    ],
)
def test_rank_order_centroid_matches_published_weights(n_criteria, published):
    np.testing.assert_allclose(rank_order_centroid(n_criteria), published, atol=5e-5)


def test_rank_order_centroid_is_the_mean_of_the_corners_of_its_simplex():
    # All weights with w1 ≥ w2 ≥ … lie between (1), (1/2, 1/2), (1/3, 1/3, 1/3), …
    n_criteria = 7
    corners = [[Fraction(1, k)] * k + [Fraction(0)] * (n_criteria - k) for k in range(1, 8)]
    mean = [float(sum(column) / n_criteria) for column in zip(*corners, strict=True)]

    np.testing.assert_allclose(rank_order_centroid(n_criteria), mean, rtol=0, atol=1e-15)


def test_a_ranking_of_nothing_is_refused():
    with pytest.raises(ValueError, match="n_criteria is 0"):
        rank_order_centroid(0)


def test_ranks_put_each_centroid_weight_at_its_criterion():
    np.testing.assert_allclose(weights_from_ranks([3, 1, 2]), [1 / 9, 11 / 18, 5 / 18])


@pytest.mark.parametrize("ranks", [[1, 2, 2, 4], [1, 2, 2, 3], [1, 2.5, 2.5, 4]])
def test_ties_share_the_places_they_take_however_they_are_written(ranks):
    # Places 2 and 3 of four: (0.270833 + 0.145833) / 2
    np.testing.assert_allclose(weights_from_ranks(ranks), [25 / 48, 5 / 24, 5 / 24, 1 / 16])


def test_all_criteria_on_one_place_weigh_the_same():
    np.testing.assert_allclose(weights_from_ranks([[1, 1, 1], [1, 2, 3]])[0], [1 / 3] * 3)


def test_a_criterion_left_out_of_a_ranking_leaves_the_order_of_the_others():
    np.testing.assert_array_equal(weights_from_ranks([1, 4, 2]), weights_from_ranks([1, 3, 2]))


def test_ties_equal_the_mean_over_every_way_to_break_them():
    broken = np.mean([weights_from_ranks([1, *rest]) for rest in permutations((2, 3, 4))], axis=0)

    np.testing.assert_allclose(weights_from_ranks([1, 2, 2, 2]), broken, rtol=0, atol=1e-15)


@pytest.mark.parametrize("ranks", [[0, 1], [1, np.nan], [1, np.inf], 1.0])
def test_numbers_that_are_not_places_are_refused(ranks):
    with pytest.raises(ValueError, match="ranks must be finite and 1 or more"):
        weights_from_ranks(ranks)


def test_no_ranks_at_all_are_refused():
    with pytest.raises(ValueError, match="n_criteria is 0"):
        weights_from_ranks([])


@given(st.lists(st.integers(1, 6), min_size=1, max_size=8))
def test_rank_weights_sum_to_one_and_follow_the_order(ranks):
    weights = weights_from_ranks(ranks)

    assert weights.sum() == pytest.approx(1, abs=1e-12)
    for first, its_weight in zip(ranks, weights, strict=True):
        for second, other_weight in zip(ranks, weights, strict=True):
            assert first >= second or its_weight > other_weight


def test_values_are_weighed_first_and_then_divided_inside_each_value():
    weights = weights_from_hierarchy([60, 40], [3, 1, 5], [0, 0, 1])

    np.testing.assert_allclose(weights, [0.45, 0.15, 0.40])


def test_splitting_a_criterion_does_not_raise_the_weight_of_its_value():
    whole = weights_from_hierarchy([60, 40], [1, 1], [0, 1])
    split = weights_from_hierarchy([60, 40], [1, 1, 1, 1], [0, 0, 0, 1])

    assert split[:3].sum() == pytest.approx(whole[0], abs=1e-15)


def test_a_value_without_weight_gives_its_criteria_none():
    weights = weights_from_hierarchy([1, 0], [[1, 1, 5], [0, 4, 0]], [0, 0, 1])

    np.testing.assert_array_equal(weights, [[0.5, 0.5, 0], [0, 1, 0]])


@pytest.mark.parametrize(
    ("value_points", "within", "parent", "message"),
    [
        ([1, 1], [1, 0], [0, 1], "a value has weight"),
        ([1, 1], [1, 1], [0, 0], "a value has weight"),
        ([0, 0], [1, 1], [0, 1], "all points are zero"),
        ([1, 1], [1, -1], [0, 1], "0 or more"),
        ([1, 1], [1, 1], [0, 2], "one of 2 values"),
        ([1, 1], [1, 1], [-1, 1], "one of 2 values"),
        ([1, 1], [1, 1], [0], "one whole number per criterion"),
        ([1, 1], [1, 1], [0.0, 1.0], "one whole number per criterion"),
        ([1], [1e308, 1e308], [0, 0], "too large"),
    ],
)
def test_a_tree_that_does_not_fit_is_refused(value_points, within, parent, message):
    with pytest.raises(ValueError, match=message):
        weights_from_hierarchy(value_points, within, parent)


@given(st.lists(st.floats(0.1, 100), min_size=4, max_size=4), st.floats(0.1, 9))
def test_weights_inside_a_value_sum_to_the_weight_of_the_value(within, first):
    weights = weights_from_hierarchy([first, 1.0], within, [0, 1, 0, 1])

    assert weights[[0, 2]].sum() == pytest.approx(first / (first + 1), abs=1e-12)
    assert weights.sum() == pytest.approx(1, abs=1e-12)
