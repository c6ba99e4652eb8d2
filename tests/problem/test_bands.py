import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from waardeweging.problem.bands import pert, triangular

U = np.linspace(0, 1, 101)
estimates = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted)


@pytest.mark.parametrize("mid", [10.0, 12.0, 20.0], ids=["left", "inside", "right"])
def test_triangular_is_the_inverse_of_its_distribution_function(mid):
    expected = stats.triang.ppf(U, c=(mid - 10) / 10, loc=10, scale=10)

    np.testing.assert_allclose(triangular(U, 10, mid, 20), expected, atol=1e-12)


@pytest.mark.parametrize("mid", [10.0, 12.0, 20.0], ids=["left", "inside", "right"])
def test_pert_has_its_textbook_mean(mid):
    draws = pert((np.arange(20000) + 0.5) / 20000, 10, mid, 20)

    assert draws.mean() == pytest.approx((10 + 4 * mid + 20) / 6, abs=1e-4)


@given(st.floats(0, 1), st.floats(-1e9, 1e9))
def test_equal_estimates_give_exactly_that_value(u, value):
    assert triangular(u, value, value, value) == value
    assert pert(u, value, value, value) == value


@given(st.floats(0, 1), estimates)
def test_draws_stay_between_low_and_high(u, bounds):
    low, mid, high = bounds

    assert low <= triangular(u, low, mid, high) <= high
    assert low <= pert(u, low, mid, high) <= high


def test_ends_of_the_uniform_are_ends_of_the_range():
    assert triangular([0, 1], 2.0, 3.0, 7.0).tolist() == [2.0, 7.0]
    assert pert([0, 1], 2.0, 3.0, 7.0).tolist() == [2.0, 7.0]


def test_tables_broadcast_against_draws():
    low, mid, high = np.zeros((3, 4)), np.full((3, 4), 0.5), np.ones((3, 4))

    draws = triangular(np.random.default_rng(0).uniform(size=(7, 3, 4)), low, mid, high)

    assert draws.shape == (7, 3, 4)


@pytest.mark.parametrize("draw", [triangular, pert])
def test_what_is_no_uniform_number_or_no_range_is_refused(draw):
    with pytest.raises(ValueError, match="between 0 and 1"):
        draw(1.5, 0, 1, 2)
    with pytest.raises(ValueError, match="ascend"):
        draw(0.5, 0, 3, 2)
    with pytest.raises(ValueError, match="ascend"):
        draw(0.5, 0, np.nan, 2)
