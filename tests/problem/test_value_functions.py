"""Value functions on a fixed range."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.problem.criteria import Criterion
from waardeweging.problem.value_functions import ValueFunction, value_scores


def criterion(worst, best, **function):
    return Criterion.model_validate(
        {
            "id": "K",
            "label": "K",
            "value": "v",
            "unit": "EUR",
            "worst": worst,
            "best": best,
            "value_function": function or None,
        }
    )


def test_linear_goes_from_worst_to_best_in_either_direction():
    x = np.array([1000.0, 1500.0, 3000.0])

    np.testing.assert_allclose(criterion(1000, 3000).function(x), [0, 0.25, 1])
    np.testing.assert_allclose(criterion(3000, 1000).function(x), [1, 0.75, 0])


def test_piecewise_goes_through_its_points():
    f = criterion(3405, 2043, points=[[3405, 0], [2270, 0.5], [2043, 1]]).function

    np.testing.assert_allclose(f(np.array([3405, 2837.5, 2270, 2043])), [0, 0.25, 0.5, 1])
    assert f.kind == "piecewise"
    assert not f.rises


def test_a_threshold_is_good_enough_from_its_own_value():
    f = criterion(4, 0, threshold=2).function

    np.testing.assert_allclose(f(np.array([4, 2.0001, 2, 0])), [0, 0, 1, 1])
    np.testing.assert_allclose(criterion(0, 4, threshold=2).function(np.array([1.9, 2])), [0, 1])


def test_ordinal_anchors_are_steps_with_a_name():
    card = criterion(1, 5, anchors=[[1, 0], [3, 0.7], [5, 1]])

    assert card.is_ordinal
    assert card.function.kind == "ordinal"
    np.testing.assert_allclose(card.function(np.array([2.0])), [0.35])


def test_outside_the_range_the_value_stays_at_the_end():
    np.testing.assert_allclose(criterion(0, 10).function(np.array([-5.0, 15])), [0, 1])


def test_leading_axes_broadcast():
    functions = (criterion(0, 10).function, criterion(10, 0).function)
    draws = np.random.default_rng(1).uniform(0, 10, (4, 5, 3, 2))

    scores = value_scores(draws, functions)

    np.testing.assert_allclose(scores[..., 0], draws[..., 0] / 10)
    np.testing.assert_allclose(scores[..., 1], 1 - draws[..., 1] / 10)


@given(
    st.floats(-1e6, 1e6),
    st.floats(1, 1e6),
    st.lists(st.floats(0, 1), min_size=1, max_size=8),
    st.sampled_from([1, 1000, 0.001]),
)
def test_a_change_of_unit_with_its_range_changes_no_value(worst, width, shares, factor):
    x = worst + width * np.array(shares)

    plain = criterion(worst, worst + width).function(x)
    scaled = criterion(worst * factor, (worst + width) * factor).function(x * factor)

    np.testing.assert_allclose(plain, scaled, atol=1e-9)


@pytest.mark.parametrize("ends", [(0.0, 10.0), (10.0, 0.0)])
@pytest.mark.parametrize("value", [0, 0.2, 0.5, 0.9, 1])
def test_a_value_leads_back_to_its_performance(ends, value):
    f = ValueFunction.of("linear", [0, 10], [0, 1] if ends[0] < ends[1] else [1, 0])

    back = f.performance_at(value)

    assert back is not None
    np.testing.assert_allclose(f(np.array([back])), [value])


def test_no_performance_has_a_value_outside_the_scale_or_inside_a_step():
    assert criterion(0, 10).function.performance_at(1.2) is None
    assert criterion(0, 10, threshold=5).function.performance_at(0.5) is None


def test_on_a_flat_part_the_performance_nearest_the_worst_end_is_given():
    f = criterion(0, 10, points=[[0, 0], [4, 0.5], [6, 0.5], [10, 1]]).function

    assert f.performance_at(0.5) == pytest.approx(4)
