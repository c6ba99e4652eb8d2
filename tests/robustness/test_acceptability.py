import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from waardeweging.elicitation.samplers import simplex_draws
from waardeweging.robustness.acceptability import (
    central_weights,
    confidence_factors,
    first_place_shares,
    rank_acceptability,
    sampled_acceptability,
    sampling_error,
)
from waardeweging.scoring.additive import additive_scores

coarse = st.integers(0, 3).map(lambda step: step / 3)
polls = st.tuples(st.integers(1, 6), st.integers(1, 5)).flatmap(
    lambda shape: st.tuples(
        arrays(float, shape, elements=coarse),
        arrays(bool, shape[1]).filter(np.any),
    )
)


def test_golden_case_gives_these_first_place_shares(golden):
    scores = additive_scores(golden.values, golden.people)

    shares = rank_acceptability(scores, golden.mass, golden.all)

    assert shares[:, 0].tolist() == [0.625, 0.375, 0.0]
    np.testing.assert_allclose(shares.sum(axis=0), 1)
    np.testing.assert_allclose(shares.sum(axis=1), 1)


@given(polls)
def test_rows_of_eligible_alternatives_and_columns_of_their_places_sum_to_one(case):
    scores, eligible = case
    mass = np.full(len(scores), 1 / len(scores))

    shares = rank_acceptability(scores, mass, eligible)

    number = int(eligible.sum())
    np.testing.assert_allclose(shares.sum(axis=1), eligible, atol=1e-12)
    np.testing.assert_allclose(shares.sum(axis=0), np.arange(len(eligible)) < number, atol=1e-12)
    np.testing.assert_allclose(
        shares[:, 0], mass @ first_place_shares(scores, eligible), atol=1e-12
    )


def test_ties_divide_their_places():
    shares = rank_acceptability(
        np.array([[0.5, 0.9, 0.5, 0.5]]), np.ones(1), np.ones(4, dtype=bool)
    )

    third = 1 / 3
    np.testing.assert_allclose(
        shares, [[0, third, third, third], [1, 0, 0, 0], *[[0, third, third, third]] * 2]
    )


def test_scores_that_differ_by_rounding_tie():
    shares = first_place_shares(np.array([0.1 + 0.2, 0.3]), np.ones(2, dtype=bool))

    assert shares.tolist() == [0.5, 0.5]


def test_error_of_a_workshop_is_about_22_points():
    # 24 residents and 6 officials, a share of one half: the half width of a 95 % interval.
    mass = np.array([0.5 / 24] * 24 + [0.5 / 6] * 6)

    assert 1.96 * sampling_error(np.array(0.5), mass) == pytest.approx(0.22, abs=0.005)
    assert sampling_error(np.array([0.0, 1.0, 1 + 1e-15]), mass).tolist() == [0.0, 0.0, 0.0]


def test_central_weights_are_the_mean_of_who_puts_it_first(golden):
    scores = additive_scores(golden.values, golden.people)

    central = central_weights(golden.people, scores, golden.mass, golden.all)

    # The first three residents put B first, with equal shares.
    np.testing.assert_allclose(central.weights[1], golden.people[:3].mean(axis=0))
    # The fourth resident (1/8) and both officials (1/4 each) put A first.
    np.testing.assert_allclose(central.weights[0], golden.people[3:].T @ [0.2, 0.4, 0.4])
    assert central.supported.tolist() == [True, True, False]
    assert central.weights[2].tolist() == [0, 0, 0, 0]


def test_confidence_factor_counts_wins_with_the_own_central_weights(golden):
    scores = additive_scores(golden.values, golden.people)
    central = central_weights(golden.people, scores, golden.mass, golden.all)
    worse = golden.values.copy()
    worse[0, 0] = 0.0

    factors = confidence_factors(np.array([golden.values, worse]), central, golden.all)

    assert factors.tolist() == [0.5, 1.0, 0.0]


def test_a_symmetric_case_gives_everyone_a_third_within_its_error():
    # Each alternative is best on one criterion: by symmetry each wins a third of all weights.
    weights = simplex_draws(3, 30_000, np.random.default_rng(3))

    found = sampled_acceptability(np.eye(3), weights, np.ones(3, dtype=bool))

    np.testing.assert_allclose(found.winner_share, 1 / 3, atol=4 * found.winner_error.max())
    np.testing.assert_allclose(found.winner_error, np.sqrt(2 / 9 / 30_000), rtol=0.02)
    assert found.draws == 30_000


def test_stored_and_streamed_draws_give_the_same(golden):
    rng = np.random.default_rng(5)
    weights = simplex_draws(4, 5000, rng)
    values = rng.uniform(size=(5000, 3, 4))
    asked = []

    def stream(start, stop):
        asked.append(stop - start)
        return values[start:stop]

    stored = sampled_acceptability(values, weights, golden.all)
    streamed = sampled_acceptability(stream, weights, golden.all)

    assert stored == streamed
    assert sum(asked) == 5000
    assert len(asked) > 1


def test_fixed_values_are_draws_that_do_not_vary(golden):
    weights = simplex_draws(4, 100, np.random.default_rng(5))
    repeated = np.broadcast_to(golden.values, (100, 3, 4))

    fixed = sampled_acceptability(golden.values, weights, golden.all)

    assert fixed == sampled_acceptability(repeated, weights, golden.all)


def test_identical_draws_have_no_error():
    values = np.array([[0.9, 0.9], [0.1, 0.1]])

    found = sampled_acceptability(values, np.full((50, 2), 0.5), np.ones(2, dtype=bool))

    np.testing.assert_allclose(found.shares, np.eye(2))
    np.testing.assert_allclose(found.errors, 0, atol=1e-8)


def test_a_clone_takes_half_of_each_place_and_an_excluded_alternative_none(golden):
    weights = simplex_draws(4, 500, np.random.default_rng(0))
    alone = sampled_acceptability(golden.values, weights, golden.all)
    table = np.vstack([golden.values, golden.values[1], np.ones(4)])

    found = sampled_acceptability(table, weights, np.array([True, True, True, True, False]))

    assert found.winner_share[1] == found.winner_share[3]
    np.testing.assert_allclose(found.winner_share[1] * 2, alone.winner_share[1])
    assert not found.shares[4].any()


def test_the_margin_is_two_errors_and_where_all_agree_three_draws():
    values = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    weights = np.array([[0.6, 0.4]] * 3 + [[0.4, 0.6]])
    found = sampled_acceptability(values, weights, np.ones(3, dtype=bool))

    # Shares of ¾ and ¼ in four draws: standard error √(3/16/4).
    np.testing.assert_allclose(found.winner_margin, [2 * np.sqrt(3 / 64)] * 2 + [3 / 4])
    settled = sampled_acceptability(values, weights[:2], np.ones(3, dtype=bool))
    np.testing.assert_allclose(settled.winner_margin, 1)
