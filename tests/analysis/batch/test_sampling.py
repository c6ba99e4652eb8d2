"""Draws over fixed values give what one neighbourhood at a time gives, in any company."""

import numpy as np

from waardeweging.analysis.batch.draws import WeightDraws
from waardeweging.analysis.batch.sampling import sample_weights, voice_shares
from waardeweging.robustness.acceptability import rank_acceptability, sampled_acceptability


def made(number=11, options=6, criteria=7, draws=2500, seed=0):
    rng = np.random.default_rng(seed)
    values = rng.random((number, options, criteria))
    # An exact copy, and one that only double precision can tell apart.
    values[:, 1] = values[:, 0]
    values[:, 3] = values[:, 2] + rng.choice([-1e-9, 1e-9], criteria)
    eligible = rng.random((number, options)) < 0.8
    eligible[:, 0] = True
    weights = WeightDraws.of(None, rng.dirichlet(np.ones(criteria), draws))
    return values, eligible, weights, np.zeros(number, dtype=np.int64)


def test_shares_are_those_of_one_neighbourhood_at_a_time():
    values, eligible, weights, winners = made()

    found = sample_weights(values, eligible, weights, winners)

    for p, own in enumerate(values):
        alone = sampled_acceptability(own, weights.drawn, eligible[p])
        np.testing.assert_allclose(found.shares[p], alone.shares, rtol=0, atol=1e-12)


def test_company_and_order_change_no_bit():
    values, eligible, weights, winners = made()
    together = sample_weights(values, eligible, weights, winners)

    backwards = sample_weights(values[::-1], eligible[::-1], weights, winners)
    alone = [
        sample_weights(values[[p]], eligible[[p]], weights, winners[[p]])
        for p in range(len(values))
    ]

    np.testing.assert_array_equal(backwards.shares[::-1], together.shares)
    np.testing.assert_array_equal(backwards.regret[::-1], together.regret)
    np.testing.assert_array_equal([one.shares[0] for one in alone], together.shares)
    np.testing.assert_array_equal([one.regret[0] for one in alone], together.regret)


def test_regret_is_the_mean_loss_against_the_best_of_each_draw():
    values, eligible, weights, winners = made()

    found = sample_weights(values, eligible, weights, winners)

    scores = np.where(eligible[:, None], weights.drawn @ np.swapaxes(values, 1, 2), -np.inf)
    loss = (scores.max(axis=2) - scores[:, :, 0]).mean(axis=1)
    np.testing.assert_allclose(found.regret, loss, atol=1e-6)


def test_voices_count_by_their_mass():
    values, eligible, weights, _ = made(draws=12)
    mass = np.random.default_rng(1).dirichlet(np.ones(12))

    found = voice_shares(values, weights.drawn, mass, eligible)

    for p, own in enumerate(values):
        scores = weights.drawn @ own.T
        wanted = rank_acceptability(scores, mass, eligible[p])
        np.testing.assert_allclose(found[p], wanted, rtol=0, atol=1e-12)
