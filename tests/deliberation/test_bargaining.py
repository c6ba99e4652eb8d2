from itertools import pairwise

import numpy as np
import pytest

from waardeweging.deliberation.bargaining import nash_bargain, norm_losses
from waardeweging.deliberation.panel import satisfaction
from waardeweging.scoring.additive import additive_scores

HALF = np.array([0.5, 0.5])
ALL = np.ones(4, dtype=bool)


def test_the_largest_product_of_gains_wins():
    # Gains over the last: (.4, .1), (.3, .3), (−.1, .9): roots of products .2, .3 and none.
    scores = np.array([[0.6, 0.5, 0.1, 0.2], [0.2, 0.4, 1.0, 0.1]])

    found = nash_bargain(scores, HALF, ALL, fallback=3)

    assert found.winner == 1
    assert found.agreed
    np.testing.assert_allclose(found.gains[1], [0.1, 0.3, 0.9, 0])
    np.testing.assert_allclose(found.product, [0.2, 0.3, 0, 0], atol=1e-12)


def test_the_golden_case_bargains_for_the_cooperative(golden):
    scores = additive_scores(golden.values, golden.side_weights)

    found = nash_bargain(scores, HALF, golden.all, fallback=2)

    # Over C: A gains (.0075, .12), B gains (.161875, .085).
    assert found.winner == 1
    np.testing.assert_allclose(
        found.product, [np.sqrt(0.0075 * 0.12), np.sqrt(0.161875 * 0.085), 0], atol=1e-12
    )


def test_unequal_shares_bend_the_product():
    scores = np.array([[0.9, 0.3, 0.0], [0.1, 0.3, 0.0]])

    mine = nash_bargain(scores, np.array([0.9, 0.1]), np.ones(3, bool), fallback=2)
    equal = nash_bargain(scores, HALF, np.ones(3, bool), fallback=2)

    assert mine.winner == 0
    assert equal.product[0] == pytest.approx(equal.product[1])
    # Equal products: the larger sum decides.
    assert equal.winner == 0


def test_a_side_without_a_share_has_no_veto():
    scores = np.array([[0.9, 0.5], [0.0, 0.5]])

    found = nash_bargain(scores, np.array([1.0, 0.0]), np.ones(2, bool), fallback=1)

    assert found.winner == 0
    assert found.product[0] == pytest.approx(0.4)


def test_without_anything_better_for_all_the_fallback_stays():
    scores = np.array([[0.9, 0.1, 0.5], [0.1, 0.9, 0.5]])

    found = nash_bargain(scores, HALF, np.ones(3, bool), fallback=2)

    assert (found.winner, found.agreed) == (2, False)
    assert not found.product.any()


def test_harmless_and_better_for_one_is_an_agreement():
    scores = np.array([[0.5, 0.6, 0.9, 0.7], [0.5, 0.5, 0.4, 0.5]])

    found = nash_bargain(scores, HALF, ALL, fallback=0)

    assert (found.winner, found.agreed) == (3, True)
    assert not found.product.any()


def test_what_is_not_eligible_is_no_agreement_but_may_be_the_fallback():
    scores = np.array([[0.2, 0.6, 0.9], [0.2, 0.5, 0.9]])

    found = nash_bargain(scores, HALF, np.array([False, True, False]), fallback=0)

    assert found.winner == 1
    assert found.product[2] == 0


def test_norms_run_from_the_mean_to_the_least_satisfied_side(golden):
    satisfied = satisfaction(additive_scores(golden.values, golden.side_weights))

    mean = 1 - norm_losses(satisfied, HALF, 1)
    least = 1 - norm_losses(satisfied, HALF, np.inf)

    np.testing.assert_allclose(mean, satisfied.mean(axis=0))
    np.testing.assert_allclose(least, satisfied.min(axis=0))
    np.testing.assert_allclose(least, [0.0463, 0.7083, 0], atol=5e-5)


def test_a_higher_power_never_lowers_a_loss_and_ends_at_the_largest():
    satisfied = np.random.default_rng(0).random((3, 50))
    shares = np.array([0.5, 0.3, 0.2])
    losses = [norm_losses(satisfied, shares, power) for power in (1, 1.5, 2, 5, 50, 1e6, np.inf)]

    for lower, higher in pairwise(losses):
        assert (higher >= lower - 1e-12).all()
    np.testing.assert_allclose(losses[-2], losses[-1], atol=1e-5)


def test_two_sides_a_norm_of_two_by_hand():
    # √(½·0.36 + ½·0.64) = √0.5
    found = norm_losses(np.array([[0.4, 1.0], [0.2, 1.0]]), HALF, 2)

    np.testing.assert_allclose(found, [np.sqrt(0.5), 0])


def test_a_side_without_a_share_is_not_looked_at():
    satisfied = np.array([[0.7], [0.0]])

    assert norm_losses(satisfied, np.array([1.0, 0.0]), np.inf).tolist() == [pytest.approx(0.3)]


@pytest.mark.parametrize("power", [0.5, 0, -1, np.nan])
def test_a_power_below_one_is_no_norm(power):
    with pytest.raises(ValueError, match="expected 1 or more"):
        norm_losses(np.ones((2, 2)), HALF, power)
