import numpy as np
import pytest

from waardeweging.scoring import tiles
from waardeweging.scoring.additive import additive_scores, scores_of_draws
from waardeweging.scoring.tiles import steady_widths, tiled_product

SETS = [(4, 8, 16), (4, 8), (8,)]


@pytest.fixture
def unsteady(monkeypatch):
    """A machine on which no tile treats all its places alike."""
    steady_widths.cache_clear()
    monkeypatch.setattr(tiles, "_steady", lambda trials, widths: False)
    yield
    steady_widths.cache_clear()


@pytest.mark.parametrize("widths", SETS)
@pytest.mark.parametrize("alternatives", [1, 3, 4, 5, 8, 9, 15, 16, 17, 33])
@pytest.mark.parametrize("draws", [0, 1, 127, 128, 129, 300])
def test_tiles_of_any_width_give_the_product(widths, alternatives, draws):
    rng = np.random.default_rng(draws)
    weights, values = rng.random((draws, 7)), rng.random((2, 3, alternatives, 7))

    found = tiled_product(weights, values, widths)

    assert found.shape == (2, 3, draws, alternatives)
    np.testing.assert_allclose(found, weights @ np.swapaxes(values, -1, -2), rtol=0, atol=1e-14)


@pytest.mark.parametrize("criteria", [1, 2, 5, 16, 30, 33, 64])
@pytest.mark.parametrize("size", [1, 3, 333, 4096])
def test_the_size_of_a_block_changes_no_bit(criteria, size):
    rng = np.random.default_rng(criteria)
    values, weights = rng.random((15, criteria)), rng.dirichlet(np.ones(criteria), 5000)
    # Blocks of one row would take 5,000 calls; some of them tell the same.
    starts = range(0, 5000, size * (97 if size < 10 else 1))
    whole = scores_of_draws(values, weights)

    for start in starts:
        block = scores_of_draws(values, weights[start : start + size])
        np.testing.assert_array_equal(block, whole[start : start + size])


@pytest.mark.parametrize("criteria", [1, 3, 16, 30, 40])
def test_a_row_of_weights_gives_the_same_bits_at_every_place(criteria):
    rng = np.random.default_rng(criteria)
    weights = rng.dirichlet(np.ones(criteria), 700)
    values, order = rng.random((11, criteria)), rng.permutation(700)

    moved = scores_of_draws(values, weights[order])

    np.testing.assert_array_equal(moved, scores_of_draws(values, weights)[order])
    np.testing.assert_array_equal(moved, scores_of_draws(values, np.asfortranarray(weights[order])))


@pytest.mark.parametrize("criteria", [2, 16, 30, 40])
@pytest.mark.parametrize("alternatives", range(1, 40, 3))
def test_a_clone_ties_exactly_and_a_new_alternative_changes_no_bit(criteria, alternatives):
    rng = np.random.default_rng(alternatives)
    values, weights = rng.random((alternatives, criteria)), rng.dirichlet(np.ones(criteria), 200)
    order = rng.permutation(alternatives)
    alone = scores_of_draws(values, weights)
    cloned = scores_of_draws(np.vstack([values[:1], values[order], values]), weights)

    np.testing.assert_array_equal(cloned[:, 0], alone[:, 0])
    np.testing.assert_array_equal(cloned[:, 1 : 1 + alternatives], alone[:, order])
    np.testing.assert_array_equal(cloned[:, 1 + alternatives :], alone)


def test_a_table_gives_the_same_bits_alone_and_in_a_stack():
    rng = np.random.default_rng(3)
    tables, weights = rng.random((9, 5, 12)), rng.dirichlet(np.ones(12), 260)
    stacked = scores_of_draws(tables, weights)

    for table, scores in zip(tables, stacked, strict=True):
        np.testing.assert_array_equal(scores, scores_of_draws(table, weights))


def test_a_machine_without_steady_tiles_sums_in_a_fixed_order(unsteady):
    rng = np.random.default_rng(4)
    tables, weights = rng.random((4, 5, 6)), rng.dirichlet(np.ones(6), 50)

    assert steady_widths(6) == ()
    for table, scores in zip(tables, scores_of_draws(tables, weights), strict=True):
        np.testing.assert_array_equal(scores, additive_scores(table, weights))


def test_the_trial_refuses_widths_whose_products_depend_on_the_place(monkeypatch):
    def crooked(weights, values, widths):
        products = weights @ values.T
        products[-1, -1] += 1e-9 * (16 in widths)
        return products

    monkeypatch.setattr(tiles, "tiled_product", crooked)
    trials = np.full((1, 2, 1), 0.5)

    assert not tiles._steady(trials, (4, 8, 16))
    assert tiles._steady(trials, (4, 8))
