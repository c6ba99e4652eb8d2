import numpy as np
import pytest

from waardeweging.elicitation.convergence import effective_sample_size, split_r_hat


def _autoregressive(rho, chains, length, seed):
    """Chains whose neighbouring draws correlate by rho, with mean 0 and variance 1."""
    noise = np.random.default_rng(seed).standard_normal((chains, length))
    found = noise.copy()
    for draw in range(1, length):
        found[:, draw] = rho * found[:, draw - 1] + np.sqrt(1 - rho**2) * noise[:, draw]
    return found[..., None]


def test_both_figures_equal_those_of_another_library():
    # arviz-stats 0.8.0 on the same chains: rhat(method="split") 1.0117527, of the distances
    # to the median 1.0030187, ess(method="mean") 371.494. That library adds half a pair at
    # the end of the sum, which is noise; hence the wider tolerance.
    chains = _autoregressive(0.6, 4, 500, seed=2021)
    chains[3] += 0.3

    assert split_r_hat(chains) == pytest.approx([1.0117527189966582], abs=1e-12)
    assert effective_sample_size(chains) == pytest.approx([371.49386680160706], rel=1e-3)


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9])
def test_correlated_draws_count_for_the_known_number_of_independent_ones(rho):
    # For a first-order autoregression N draws count as N (1 − ρ) / (1 + ρ).
    chains = _autoregressive(rho, 8, 4000, seed=5)

    assert effective_sample_size(chains)[0] == pytest.approx(
        32_000 * (1 - rho) / (1 + rho), rel=0.08
    )
    assert split_r_hat(chains)[0] < 1.01


def test_draws_that_balance_each_other_count_at_most_as_themselves():
    assert effective_sample_size(_autoregressive(-0.5, 4, 1000, seed=1)) == 4000


def test_chains_in_different_places_are_noticed():
    chains = _autoregressive(0.0, 4, 500, seed=3)
    chains[0] += 1

    assert split_r_hat(chains)[0] > 1.05
    assert effective_sample_size(chains)[0] < 100


def test_a_drift_within_every_chain_is_noticed():
    drift = np.linspace(0, 2, 500)[None, :, None]

    assert split_r_hat(_autoregressive(0.0, 4, 500, seed=3) + drift)[0] > 1.05


def test_moving_or_stretching_everything_changes_no_figure():
    chains = _autoregressive(0.5, 4, 400, seed=6)
    chains[0] *= 2

    np.testing.assert_allclose(split_r_hat(40 - 3 * chains), split_r_hat(chains), rtol=1e-9)
    np.testing.assert_allclose(
        effective_sample_size(40 - 3 * chains), effective_sample_size(chains), rtol=1e-9
    )


def test_chains_of_different_width_around_the_same_place_are_noticed():
    chains = _autoregressive(0.0, 4, 500, seed=3)
    chains[0] *= 3

    assert split_r_hat(chains)[0] > 1.05


def test_every_quantity_has_its_own_figures():
    first = _autoregressive(0.0, 4, 400, seed=1)
    second = _autoregressive(0.9, 4, 400, seed=2)
    together = np.concatenate([first, second], axis=2)

    np.testing.assert_allclose(
        split_r_hat(together), [*split_r_hat(first), *split_r_hat(second)], rtol=1e-12
    )
    np.testing.assert_allclose(
        effective_sample_size(together),
        [*effective_sample_size(first), *effective_sample_size(second)],
        rtol=1e-12,
    )


def test_of_an_odd_number_of_draws_the_middle_one_is_left_out():
    chains = _autoregressive(0.0, 2, 9, seed=1)
    without = np.delete(chains, 4, axis=1)

    np.testing.assert_array_equal(split_r_hat(chains), split_r_hat(without))


@pytest.mark.parametrize("length", [4, 5])
def test_four_draws_per_chain_are_enough_for_a_figure(length):
    chains = np.random.default_rng(1).standard_normal((20, length, 1))

    assert np.isfinite(split_r_hat(chains)).all()
    assert 0 < effective_sample_size(chains)[0] <= 80


@pytest.mark.parametrize("judge", [split_r_hat, effective_sample_size])
def test_very_short_chains_are_refused(judge):
    with pytest.raises(ValueError, match="expected 4 or more"):
        judge(np.zeros((4, 3, 1)))
