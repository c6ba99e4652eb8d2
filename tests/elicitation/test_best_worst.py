import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.elicitation.best_worst import best_worst_weights

# J. Rezaei, Omega 64, 2016, doi:10.1016/j.omega.2015.12.001: buying a car on quality, price
# (best), comfort, safety and style (worst). Tables 2 and 3, weights of the linear model in
# section 4.


def test_fully_consistent_comparisons_give_the_published_weights():
    result = best_worst_weights([2, 1, 4, 2, 8], [4, 8, 2, 4, 1], best=1, worst=4)

    np.testing.assert_allclose(result.weights, [0.2105, 0.4211, 0.1053, 0.2105, 0.0526], atol=5e-5)
    assert result.deviation == pytest.approx(0, abs=1e-9)


def test_less_consistent_comparisons_give_the_published_weights_and_deviation():
    result = best_worst_weights([2, 1, 4, 3, 8], [4, 8, 2, 3, 1], best=1, worst=4)

    np.testing.assert_allclose(result.weights, [0.2295, 0.4481, 0.1148, 0.1530, 0.0546], atol=5e-5)
    assert result.deviation == pytest.approx(0.0109, abs=5e-5)


def test_three_criteria_solve_by_hand():
    # best : middle : worst with 2, 8 and 5: 2 · 5 ≠ 8. The optimum makes |best − 2 middle|,
    # |middle − 5 worst| and |best − 8 worst| equal: (17, 9, 2)/28, deviation 1/28.
    result = best_worst_weights([1, 2, 8], [8, 5, 1], best=0, worst=2)

    np.testing.assert_allclose(result.weights, np.array([17, 9, 2]) / 28, rtol=1e-9)
    assert result.deviation == pytest.approx(1 / 28)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=7))
def test_comparisons_made_from_weights_return_those_weights(multiples):
    weights = np.array(multiples) / np.sum(multiples)
    best, worst = int(np.argmax(weights)), int(len(weights) - 1 - np.argmin(weights[::-1]))
    if best == worst:
        best = 0
    result = best_worst_weights(
        weights[best] / weights, weights / weights[worst], best=best, worst=worst
    )

    np.testing.assert_allclose(result.weights, weights, atol=1e-7)
    assert result.deviation == pytest.approx(0, abs=1e-7)


@given(st.permutations(range(5)))
def test_another_order_of_criteria_gives_the_same_weights(order):
    to_others, to_worst = np.array([2, 1, 4, 3, 8]), np.array([4, 8, 2, 3, 1])
    moved = best_worst_weights(
        to_others[order], to_worst[order], best=order.index(1), worst=order.index(4)
    )
    still = best_worst_weights(to_others, to_worst, best=1, worst=4)

    np.testing.assert_allclose(moved.weights, still.weights[order], atol=1e-9)


def test_no_small_step_lowers_the_deviation():
    to_others, to_worst = np.array([2, 1, 4, 3, 8]), np.array([4, 8, 4, 2, 1])
    result = best_worst_weights(to_others, to_worst, best=1, worst=4)
    steps = np.random.default_rng(3).normal(scale=0.01, size=(2000, 5))
    near = np.abs(result.weights + steps)
    near /= near.sum(axis=1, keepdims=True)
    first = np.abs(near[:, [1]] - to_others * near)
    second = np.abs(near - to_worst * near[:, [4]])

    assert np.maximum(first, second).max(axis=1).min() >= result.deviation - 1e-12


def test_a_single_criterion_has_all_weight():
    result = best_worst_weights([1], [1], best=0, worst=0)

    np.testing.assert_array_equal(result.weights, [1.0])
    assert result.deviation == 0


@pytest.mark.parametrize(
    ("to_others", "to_worst", "best", "worst", "message"),
    [
        ([1, 2], [2, 1, 1], 0, 1, "equal rows"),
        ([], [], 0, 0, "equal rows"),
        ([[1, 2]], [[2, 1]], 0, 1, "equal rows"),
        ([1, 2], [2, 1], 0, 2, "point at one of 2"),
        ([1, 2], [2, 1], -1, 1, "point at one of 2"),
        ([1, 2], [2, 1], 0, 0, "two criteria"),
        ([1, 0.5], [0.5, 1], 0, 1, "between 1 and 1000"),
        ([1, np.nan], [2, 1], 0, 1, "between 1 and 1000"),
        ([2, 2], [2, 1], 0, 1, "as itself"),
        ([1, 2], [2, 2], 0, 1, "as itself"),
        ([1, 2], [3, 1], 0, 1, "two different answers"),
    ],
)
def test_comparisons_that_do_not_fit_are_refused(to_others, to_worst, best, worst, message):
    with pytest.raises(ValueError, match=message):
        best_worst_weights(to_others, to_worst, best=best, worst=worst)
