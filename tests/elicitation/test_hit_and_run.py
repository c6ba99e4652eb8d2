import numpy as np
import pytest

from waardeweging.elicitation.hit_and_run import (
    HIGHEST_R_HAT,
    LEAST_EFFECTIVE,
    NotConvergedError,
    hit_and_run,
)
from waardeweging.elicitation.statements import around, heavier, ratio_between, weight_between
from waardeweging.elicitation.weight_sets import NoWeightsLeftError, weight_ranges, weight_set


def _ratios(n_criteria, most):
    return [ratio_between(f"{j}", n_criteria, j, j + 1, 1, most) for j in range(n_criteria - 1)]


@pytest.mark.parametrize("n_criteria", [2, 3, 5, 10])
def test_over_all_weights_the_moments_are_those_of_the_simplex(n_criteria):
    drawn = hit_and_run(weight_set(n_criteria), 20_000, np.random.default_rng(1))
    n, error = n_criteria, drawn.weights.std(axis=0) / np.sqrt(drawn.effective)

    assert drawn.weights.shape == (20_000, n)
    assert drawn.r_hat <= HIGHEST_R_HAT
    assert drawn.effective >= LEAST_EFFECTIVE
    assert (np.abs(drawn.weights.mean(axis=0) - 1 / n) < 4 * error).all()
    np.testing.assert_allclose(drawn.weights.var(axis=0), (n - 1) / (n**2 * (n + 1)), rtol=0.1)
    np.testing.assert_allclose(drawn.weights.sum(axis=1), 1)


def test_a_very_narrow_set_is_filled_from_end_to_end():
    chosen = weight_set(6, [*_ratios(6, 2.0), weight_between("thin", 6, 0, 0.3, 0.3001)])
    drawn = hit_and_run(chosen, 8000, np.random.default_rng(2))
    ranges = weight_ranges(chosen)

    assert drawn.r_hat <= HIGHEST_R_HAT
    assert (drawn.weights @ chosen.rows.T >= chosen.bounds - 1e-12).all()
    assert (np.ptp(drawn.weights, axis=0) > 0.75 * np.ptp(ranges, axis=1)).all()
    # A thin slab: the first weight is as good as even over its interval.
    assert drawn.weights[:, 0].mean() == pytest.approx(0.30005, abs=3e-6)


def test_equal_weights_stay_equal_in_every_draw():
    chosen = weight_set(
        4, [heavier("a", 4, 0, 1, strict=False), heavier("b", 4, 1, 0, strict=False)]
    )
    drawn = hit_and_run(chosen, 4000, np.random.default_rng(3))

    np.testing.assert_allclose(drawn.weights[:, 0], drawn.weights[:, 1], atol=1e-7)
    assert drawn.weights.min() >= 0


def test_one_point_is_repeated():
    drawn = hit_and_run(weight_set(2, [around("a", [0.6, 0.4], 0)]), 7, np.random.default_rng(1))

    np.testing.assert_allclose(drawn.weights, [[0.6, 0.4]] * 7, atol=1e-7)
    assert (drawn.r_hat, drawn.effective) == (1.0, 7.0)


def test_few_draws_come_from_chains_long_enough_to_be_judged():
    drawn = hit_and_run(weight_set(3), 50, np.random.default_rng(4))

    assert drawn.weights.shape == (50, 3)
    assert 0 < drawn.effective <= 50


def test_too_little_thinning_is_doubled_until_the_walks_agree():
    chosen = weight_set(12, _ratios(12, 1.5))
    with pytest.raises(NotConvergedError):
        hit_and_run(chosen, 4000, np.random.default_rng(5), thinning=1, attempts=1)
    drawn = hit_and_run(chosen, 4000, np.random.default_rng(5), thinning=1, attempts=8)

    assert drawn.r_hat <= HIGHEST_R_HAT


def test_walks_that_do_not_agree_give_no_draws_but_the_reason():
    with pytest.raises(NotConvergedError, match="split R-hat is 1") as caught:
        hit_and_run(
            weight_set(12, _ratios(12, 1.5)), 4000, np.random.default_rng(6), thinning=1, attempts=1
        )

    assert caught.value.r_hat > HIGHEST_R_HAT
    assert caught.value.effective > 0
    assert isinstance(caught.value, ValueError)


def test_too_few_effective_draws_are_a_reason_by_themselves(monkeypatch):
    monkeypatch.setattr("waardeweging.elicitation.hit_and_run.LEAST_EFFECTIVE", 1e9)

    with pytest.raises(NotConvergedError, match="effective draws"):
        hit_and_run(weight_set(2), 4000, np.random.default_rng(7), attempts=1)


def test_an_empty_set_is_refused_with_the_clash():
    with pytest.raises(NoWeightsLeftError, match="a, b"):
        hit_and_run(
            weight_set(2, [heavier("a", 2, 0, 1), heavier("b", 2, 1, 0)]),
            10,
            np.random.default_rng(1),
        )


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"thinning": 0}, {"attempts": 0}])
def test_nothing_to_do_is_refused(wrong):
    with pytest.raises(ValueError, match="1 or more"):
        hit_and_run(weight_set(2), **{"draws": 10, **wrong}, rng=np.random.default_rng(1))
