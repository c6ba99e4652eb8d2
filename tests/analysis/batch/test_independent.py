"""Drawing scores of any table is drawing every cell of it."""

import numpy as np

from waardeweging.analysis.batch.independent import sample_independent, weighted_basis
from waardeweging.problem.bands import triangular
from waardeweging.robustness.acceptability import sampled_acceptability


def made(number=11, options=5, criteria=6, draws=2500):
    rng = np.random.default_rng(3)
    bands = np.sort(rng.random((number, options, criteria, 3)), axis=-1)
    bands[:, 1] = bands[:, 0]
    bands[:, 2, 3] = bands[:, 2, 3, :1]
    eligible = rng.random((number, options)) < 0.85
    eligible[:, 0] = True
    weights = rng.dirichlet(np.ones(criteria), draws)
    return bands, eligible, weights


def test_counts_are_those_of_building_every_cell():
    bands, eligible, weights = made()
    basis = weighted_basis(weights, np.random.default_rng(4), 5)

    found = sample_independent(bands, eligible, basis)

    parts = basis.reshape(5, 6, 3, -1)
    smaller, gap = parts[:, :, 1] / weights.T, parts[:, :, 2] / weights.T
    for p, own in enumerate(bands):
        low, mid, high = np.moveaxis(own[..., None], 2, 0)
        values = np.moveaxis(low + (high - low) * smaller + (mid - low) * gap, -1, 0)
        alone = sampled_acceptability(values, weights, eligible[p])
        np.testing.assert_allclose(found[p], alone.shares, rtol=0, atol=1e-12)


def test_shares_are_those_of_inverting_every_cell_within_their_error():
    bands, eligible, weights = made(number=3, draws=20_000)
    drawn = np.random.default_rng(5).random((20_000, 5, 6))

    found = sample_independent(
        bands, eligible, weighted_basis(weights, np.random.default_rng(6), 5)
    )

    for p, own in enumerate(bands):
        values = triangular(drawn, *np.moveaxis(own, -1, 0))
        wanted = sampled_acceptability(values, weights, eligible[p]).shares
        error = np.sqrt(2 * np.maximum(wanted * (1 - wanted), 1e-3) / 20_000)
        assert (np.abs(found[p] - wanted) <= 4.5 * error).all()


def test_company_and_order_change_no_bit():
    bands, eligible, weights = made()
    basis = weighted_basis(weights, np.random.default_rng(4), 5)
    together = sample_independent(bands, eligible, basis)

    backwards = sample_independent(bands[::-1], eligible[::-1], basis)
    alone = [sample_independent(bands[[p]], eligible[[p]], basis)[0] for p in range(len(bands))]

    np.testing.assert_array_equal(backwards[::-1], together)
    np.testing.assert_array_equal(alone, together)
