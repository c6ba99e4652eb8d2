import numpy as np
import pytest

from waardeweging.elicitation.log_ratios import clr, from_log_ratios
from waardeweging.robustness.acceptability import rank_acceptability
from waardeweging.robustness.smooth_spread import (
    NoSmoothFit,
    SmoothDraws,
    fit_logistic_normal,
    smooth_draws,
)
from waardeweging.scoring.additive import additive_scores


def _even(number):
    return np.full(number, 1 / number)


def _people(number, criteria, seed=0):
    return np.random.default_rng(seed).dirichlet(np.full(criteria, 3.0), number)


def test_shrinkage_follows_the_published_formula():
    # Ledoit and Wolf (2004), written out in an orthonormal base of the log-ratios.
    people = from_log_ratios(np.random.default_rng(0).normal(size=(15, 4)) * [2, 0.5, 0.3, 0.1])
    base = np.linalg.svd(np.eye(4) - 0.25)[0][:, :3]
    x = clr(people) @ base
    x = x - x.mean(axis=0)
    s = x.T @ x / 15
    m = np.trace(s) / 3
    d2 = ((s - m * np.eye(3)) ** 2).sum() / 3
    b2 = sum(((np.outer(row, row) - s) ** 2).sum() / 3 for row in x) / 225
    share = min(b2, d2) / d2

    fit = fit_logistic_normal(people, _even(15))

    assert 0.05 < share < 1
    assert fit.shrinkage == pytest.approx(share)
    np.testing.assert_allclose(
        fit.covariance, base @ (share * m * np.eye(3) + (1 - share) * s) @ base.T, atol=1e-12
    )
    np.testing.assert_allclose(fit.mean, clr(people).mean(axis=0))


def test_draws_have_the_fitted_mean_and_covariance():
    fit = fit_logistic_normal(_people(12, 4), _even(12))

    drawn = clr(fit.draw(60_000, np.random.default_rng(1)))

    np.testing.assert_allclose(drawn.mean(axis=0), fit.mean, atol=0.01)
    np.testing.assert_allclose(np.cov(drawn.T), fit.covariance, atol=0.02)


def test_many_people_are_hardly_shrunk():
    # A spread that is far from equal in all directions.
    ratios = np.random.default_rng(3).normal(size=(20_000, 3)) * [2.0, 0.1, 0.1]
    people = from_log_ratios(ratios)

    fit = fit_logistic_normal(people, _even(20_000))

    assert fit.shrinkage < 0.01
    np.testing.assert_allclose(fit.covariance, np.cov(clr(people).T), atol=0.02)


def test_fewer_people_than_criteria_still_spread_in_every_direction():
    fit = fit_logistic_normal(_people(6, 10), _even(6))

    spread = np.linalg.eigvalsh(fit.covariance)

    assert abs(spread[0]) < 1e-12
    assert spread[1] > 1e-3


def test_people_count_by_their_mass():
    people = _people(4, 3)
    twice = np.vstack([people, people[:2]])

    fit = fit_logistic_normal(people, np.array([1, 1, 0.5, 0.5]) / 3)

    np.testing.assert_allclose(fit.mean, clr(twice).mean(axis=0))


def test_a_zero_weight_is_drawn_as_a_small_share_never_as_a_fault():
    people = np.array([[1, 0, 0], [0.5, 0.5, 0], [0.4, 0.3, 0.3], [0, 1, 0], [0.2, 0.8, 0]])

    drawn = fit_logistic_normal(people, _even(5)).draw(1000, np.random.default_rng(0))

    np.testing.assert_allclose(drawn.sum(axis=1), 1)
    assert (drawn >= 0).all()


@pytest.mark.parametrize("people", [np.tile([0.2, 0.3, 0.5], (5, 1)), np.ones((5, 1))])
def test_people_who_agree_have_no_spread(people):
    fit = fit_logistic_normal(people, _even(5))

    assert fit.shrinkage == 0
    np.testing.assert_allclose(
        fit.draw(10, np.random.default_rng(0)), np.tile(people[0], (10, 1)), atol=1e-6
    )


def test_each_side_keeps_its_share_and_its_own_spread():
    residents, officials = _people(24, 4, 1), _people(6, 4, 2)[:, ::-1]
    weights = np.vstack([residents, officials])
    mass = np.repeat([0.6 / 24, 0.4 / 6], [24, 6])
    sides = np.repeat([0, 1], [24, 6])

    found = smooth_draws(weights, mass, sides, 5000, np.random.default_rng(3))

    assert isinstance(found, SmoothDraws)
    assert found.weights.shape == (10_000, 4)
    np.testing.assert_allclose(found.mass.reshape(2, 5000).sum(axis=1), [0.6, 0.4])
    np.testing.assert_allclose(
        clr(found.weights[:5000]).mean(axis=0), clr(residents).mean(axis=0), atol=0.05
    )
    np.testing.assert_allclose(
        clr(found.weights[5000:]).mean(axis=0), clr(officials).mean(axis=0), atol=0.05
    )


def test_with_many_people_the_fit_and_the_people_rank_alike(golden):
    rng = np.random.default_rng(5)
    people = from_log_ratios(rng.normal(size=(4000, 4)))
    mass, sides = _even(4000), np.repeat([0, 1], 2000)

    found = smooth_draws(people, mass, sides, 4000, rng)

    fitted = rank_acceptability(
        additive_scores(golden.values, found.weights), found.mass, golden.all
    )
    real = rank_acceptability(additive_scores(golden.values, people), mass, golden.all)
    np.testing.assert_allclose(fitted, real, atol=0.04)


@pytest.mark.parametrize(("residents", "officials", "fits"), [(5, 5, True), (24, 4, False)])
def test_a_side_of_fewer_than_five_is_refused_with_the_reason(residents, officials, fits):
    weights = _people(residents + officials, 3)
    sides = np.repeat([0, 1], [residents, officials])
    mass = np.repeat([0.5 / residents, 0.5 / officials], [residents, officials])

    found = smooth_draws(weights, mass, sides, 10, np.random.default_rng(0))

    assert (found is not NoSmoothFit.TOO_FEW_PEOPLE) == fits


def test_people_without_mass_make_no_side():
    weights = _people(8, 3)
    mass = np.array([0.2] * 5 + [0.0] * 3)

    found = smooth_draws(weights, mass, np.array([0] * 6 + [1] * 2), 7, np.random.default_rng(0))
    without = smooth_draws(weights[:5], mass[:5], np.zeros(5, int), 7, np.random.default_rng(0))

    assert found == without
