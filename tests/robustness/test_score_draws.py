import numpy as np
import pytest
from scipy.stats import ks_2samp

from waardeweging.elicitation.samplers import simplex_draws
from waardeweging.problem.bands import triangular
from waardeweging.robustness.score_draws import normal_score_draws, partly_drawn_scores
from waardeweging.scoring.additive import additive_scores


def test_drawing_only_uncertain_cells_gives_the_scores_of_the_full_tables(golden):
    rng = np.random.default_rng(0)
    weights = simplex_draws(4, 1000, rng)
    drawn = {
        (0, 2): triangular(rng.random(1000), 0.3, 0.5, 0.9),
        (2, 2): triangular(rng.random(1000), 0.2, 0.4, 0.5),
        (2, 0): rng.random(1000),
    }
    tables = np.tile(golden.values, (1000, 1, 1))
    for (alternative, criterion), values in drawn.items():
        tables[:, alternative, criterion] = values

    found = partly_drawn_scores(golden.values, drawn, weights)

    np.testing.assert_allclose(found, additive_scores(tables, weights), rtol=0, atol=1e-15)


def test_without_uncertain_cells_the_scores_are_those_of_the_table(golden):
    found = partly_drawn_scores(golden.values, {}, golden.people)

    np.testing.assert_allclose(found, additive_scores(golden.values, golden.people), atol=1e-15)


def test_normal_scores_follow_the_law_of_drawn_normal_cells(golden):
    rng = np.random.default_rng(1)
    deviations = np.linspace(0.01, 0.12, 12).reshape(3, 4)
    weights = simplex_draws(4, 20_000, rng)
    cells = golden.values + deviations * rng.standard_normal((20_000, 3, 4))

    found = normal_score_draws(golden.values, deviations, weights, rng)

    expected = additive_scores(cells, weights)
    for alternative in range(3):
        same = ks_2samp(found[:, alternative], expected[:, alternative])
        assert same.pvalue > 0.001
    # Between alternatives the scores hang together through the weights alone.
    np.testing.assert_allclose(np.cov(found.T), np.cov(expected.T), atol=5e-4)


def test_certain_cells_give_certain_scores(golden):
    found = normal_score_draws(
        golden.values, np.zeros((3, 4)), golden.people, np.random.default_rng(0)
    )

    np.testing.assert_allclose(found, additive_scores(golden.values, golden.people), atol=1e-15)


def test_one_weight_gives_the_spread_of_its_cell(golden):
    found = normal_score_draws(
        golden.values, np.full((3, 4), 0.05), np.tile([0, 1.0, 0, 0], (30_000, 1)),
        np.random.default_rng(2),
    )  # fmt: skip

    assert found.std(axis=0) == pytest.approx([0.05] * 3, rel=0.02)
    np.testing.assert_allclose(found.mean(axis=0), golden.values[:, 1], atol=0.002)
