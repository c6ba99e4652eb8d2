import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.elicitation.mirror import equivalent_amount, telling_pairs


def test_the_mirror_says_how_many_tonnes_weigh_as_much_as_a_hundred_euros():
    # € 1,000 carries 0.4, 4 t carries 0.4: € 1 weighs as much as 0.004 t.
    tonnes = equivalent_amount([0.4, 0.2, 0.4], [1000, 5, 4], given=0, asked=2, amount=100)

    assert tonnes == pytest.approx(0.4)


def test_the_answer_is_the_amount_that_leaves_the_score_unchanged():
    weights, ranges = np.array([0.39375, 0.20625]), np.array([800.0, 3.0])
    amount = equivalent_amount(weights, ranges, given=1, asked=0, amount=2)

    assert amount is not None
    assert weights[0] * amount / ranges[0] == pytest.approx(weights[1] * 2 / ranges[1])


def test_without_an_amount_the_answer_is_the_rate_of_one_unit():
    assert equivalent_amount([0.6, 0.4], [3, 4], given=0, asked=1) == pytest.approx(2)


@pytest.mark.parametrize("weights", [[0, 1], [1, 0]])
def test_a_criterion_without_weight_has_no_exchange_rate(weights):
    assert equivalent_amount(weights, [1, 1], given=0, asked=1) is None


@pytest.mark.parametrize(
    ("weights", "ranges"),
    [([1, 1e-300], [1e-300, 1]), ([1, 1e-300], [1, 1e300]), ([1, 1], [1e-320, 1])],
)
def test_an_answer_beyond_all_numbers_is_not_given(weights, ranges):
    assert equivalent_amount(weights, ranges, given=0, asked=1) is None


@given(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.1, 1000), st.floats(0.1, 1000))
def test_there_and_back_again_gives_the_same_amount(first, second, one_range, other_range):
    weights, ranges = [first, second], [one_range, other_range]
    there = equivalent_amount(weights, ranges, given=0, asked=1, amount=7)

    assert there is not None
    assert equivalent_amount(weights, ranges, given=1, asked=0, amount=there) == pytest.approx(7)


def test_another_unit_changes_the_number_and_not_the_amount():
    euros = equivalent_amount([0.4, 0.6], [1000, 4], given=1, asked=0)
    thousands = equivalent_amount([0.4, 0.6], [1, 4], given=1, asked=0)

    assert euros is not None
    assert thousands == pytest.approx(euros / 1000)


@pytest.mark.parametrize(
    ("weights", "ranges", "amount", "message"),
    [
        ([0.5, 0.5], [1, 0], 1, "above 0"),
        ([0.5, 0.5], [1, -1], 1, "above 0"),
        ([0.5, 0.5], [1, np.nan], 1, "finite"),
        ([0.5, -0.5], [1, 1], 1, "0 or more"),
        ([0.5, np.inf], [1, 1], 1, "finite"),
        ([0.5, 0.5], [1], 1, "shape"),
        ([[0.5, 0.5]], [[1, 1]], 1, "shape"),
        ([0.5, 0.5], [1, 1], np.nan, "amount"),
    ],
)
def test_what_does_not_fit_is_refused(weights, ranges, amount, message):
    with pytest.raises(ValueError, match=message):
        equivalent_amount(weights, ranges, given=0, asked=1, amount=amount)


def test_the_heaviest_criteria_are_asked_about_first():
    # 0.4 against 0.3, then 0.4 and 0.3 against 0.2; the heavier one is named first.
    assert telling_pairs([0.1, 0.3, 0.4, 0.2]) == ((2, 1), (2, 3), (1, 3))


def test_pairs_across_values_come_before_heavier_pairs_inside_one():
    pairs = telling_pairs([0.5, 0.4, 0.06, 0.04], parent=[0, 0, 1, 1])

    assert pairs == ((0, 2), (1, 2), (0, 3))


def test_pairs_inside_a_value_fill_up_when_too_few_cross():
    assert telling_pairs([0.5, 0.3, 0.2], parent=[0, 0, 0], count=2) == ((0, 1), (0, 2))


def test_equal_weights_keep_the_order_of_the_criteria():
    assert telling_pairs([0.25, 0.25, 0.25, 0.25]) == ((0, 1), (0, 2), (0, 3))


def test_criteria_without_weight_are_not_asked_about():
    assert telling_pairs([0.6, 0.0, 0.4]) == ((0, 2),)
    assert telling_pairs([1.0, 0.0]) == ()


def test_values_of_another_length_are_refused():
    with pytest.raises(ValueError, match="parent has shape"):
        telling_pairs([0.5, 0.5], parent=[0])
