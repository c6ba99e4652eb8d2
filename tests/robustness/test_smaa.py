import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from waardeweging.robustness.acceptability import sampled_acceptability
from waardeweging.robustness.smaa import exact_first_place, ordered_weights, simplex_weights

coarse = st.integers(0, 4).map(lambda step: step / 4)
tables = st.tuples(st.integers(1, 4), st.integers(1, 3)).flatmap(
    lambda shape: st.tuples(
        arrays(float, shape, elements=coarse), arrays(bool, shape[0]).filter(np.any)
    )
)


def test_even_weights_have_the_moments_of_the_flat_dirichlet():
    weights = simplex_weights(4, 40_000, np.random.default_rng(0))

    np.testing.assert_allclose(weights.sum(axis=1), 1)
    np.testing.assert_allclose(weights.mean(axis=0), 0.25, atol=0.004)
    # Variance of one share: (n − 1)/(n²(n + 1)).
    np.testing.assert_allclose(weights.var(axis=0), 3 / 80, rtol=0.03)


def test_a_complete_order_has_the_rank_order_centroid_as_its_mean():
    # Barron and Barrett 1996: the mean of all weights w1 ≥ w2 ≥ w3 is (11, 5, 2)/18.
    weights = ordered_weights(np.arange(3), [(0, 1), (1, 2)], 40_000, np.random.default_rng(1))

    assert (np.diff(weights, axis=1) <= 0).all()
    np.testing.assert_allclose(weights.mean(axis=0), np.array([11, 5, 2]) / 18, atol=0.004)


def test_a_partial_order_equals_drawing_again_until_it_holds():
    above = [(2, 0), (2, 1)]
    weights = ordered_weights(np.arange(4), above, 40_000, np.random.default_rng(2))
    plain = simplex_weights(4, 120_000, np.random.default_rng(3))
    kept = plain[(plain[:, 2] >= plain[:, 0]) & (plain[:, 2] >= plain[:, 1])]

    assert (weights[:, 2] >= weights[:, :2].max(axis=1)).all()
    np.testing.assert_allclose(weights.mean(axis=0), kept.mean(axis=0), atol=0.006)
    np.testing.assert_allclose(weights.var(axis=0), kept.var(axis=0), rtol=0.06)


def test_totals_of_groups_keep_the_order_and_the_inside_is_free():
    groups = np.array([0, 1, 1, 2, 2, 2])
    weights = ordered_weights(groups, [(1, 0)], 20_000, np.random.default_rng(4))
    totals = np.column_stack([weights[:, groups == group].sum(axis=1) for group in range(3)])

    assert (totals[:, 1] >= totals[:, 0]).all()
    np.testing.assert_allclose(totals.sum(axis=1), 1)
    np.testing.assert_allclose(totals[:, 2].mean(), 1 / 3, atol=0.006)
    inside = weights[:, 3:] / totals[:, 2:]
    np.testing.assert_allclose(inside.mean(axis=0), 1 / 3, atol=0.006)


def test_an_order_in_a_circle_and_too_many_groups_are_refused():
    rng = np.random.default_rng(0)

    with pytest.raises(ValueError, match="circle"):
        ordered_weights(np.arange(2), [(0, 1), (1, 0)], 1, rng)
    with pytest.raises(ValueError, match="at most 8 groups, found 9"):
        ordered_weights(np.arange(9), [], 1, rng)


@given(tables)
def test_exact_shares_agree_with_draws(case):
    values, eligible = case
    weights = simplex_weights(values.shape[1], 1000, np.random.default_rng(9))
    drawn = sampled_acceptability(values, weights, eligible)

    exact = exact_first_place(values, eligible)

    assert exact.sum() == pytest.approx(1)
    assert not exact[~eligible].any()
    np.testing.assert_allclose(exact, drawn.winner_share, atol=0.09)


def test_exact_shares_on_an_envelope():
    two = np.array([[1.0, 0.0], [0.0, 1.0], [0.7, 0.7]])
    everyone = np.ones(3, dtype=bool)

    # The third wins where both others are below 0.7.
    assert exact_first_place(two, everyone) == pytest.approx([0.3, 0.3, 0.4])
    assert exact_first_place(np.eye(3), everyone) == pytest.approx([1 / 3] * 3)
    # Triangle of weights with the first criterion at least one half: a quarter.
    half = np.array([[1.0, 0.0, 0.0], [0.5, 0.5, 0.5]])
    assert exact_first_place(half, np.ones(2, dtype=bool)) == pytest.approx([0.25, 0.75])
    assert exact_first_place(np.array([[0.4], [0.9]]), np.ones(2, dtype=bool)).tolist() == [0, 1]


def test_clones_divide_their_exact_share():
    values = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])

    assert exact_first_place(values, np.ones(3, dtype=bool)) == pytest.approx([0.25, 0.25, 0.5])


def test_exact_shares_stop_at_three_criteria():
    with pytest.raises(ValueError, match="1 to 3 criteria, found 4"):
        exact_first_place(np.eye(4), np.ones(4, dtype=bool))
