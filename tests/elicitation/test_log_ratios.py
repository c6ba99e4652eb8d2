import numpy as np
import pytest

from waardeweging.elicitation.log_ratios import clr, from_log_ratios, replace_zeros


def test_zeros_get_a_small_share_and_the_others_keep_their_ratios():
    replaced = replace_zeros(np.array([0.6, 0.4, 0.0, 0.0]))

    np.testing.assert_allclose(replaced, [0.6 * 0.987, 0.4 * 0.987, 0.0065, 0.0065])


def test_weights_without_zeros_stay_as_they_are():
    weights = np.array([[0.2, 0.8], [0.5, 0.5]])

    np.testing.assert_array_equal(replace_zeros(weights), weights)


def test_log_ratios_sum_to_zero_and_lead_back():
    weights = np.array([[0.1, 0.2, 0.7], [0.0, 0.5, 0.5]])

    ratios = clr(weights)

    np.testing.assert_allclose(ratios.sum(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(from_log_ratios(ratios), replace_zeros(weights))


def test_one_criterion_has_log_ratio_zero():
    assert clr(np.ones((3, 1))).tolist() == [[0.0]] * 3


def test_so_many_zeros_that_nothing_is_left_are_refused():
    with pytest.raises(ValueError, match=r"too many zeros to give each 0\.5"):
        replace_zeros(np.array([1.0, 0.0, 0.0]), replacement=0.5)
