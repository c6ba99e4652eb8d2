import numpy as np
import pytest

from waardeweging.robustness import bootstrap
from waardeweging.robustness.bootstrap import bootstrap_weights

DRAWS = 4000


def test_draws_scatter_around_the_joint_weights_as_theory_says(golden):
    drawn = bootstrap_weights(
        golden.people, golden.mass, golden.sides, DRAWS, np.random.default_rng(1)
    )
    # Each side adds (½)² times its variance divided by its number of people.
    variance = sum(
        golden.people[golden.sides == side].var(axis=0) / (golden.sides == side).sum() / 4
        for side in (0, 1)
    )

    assert drawn.shape == (DRAWS, 4)
    np.testing.assert_allclose(drawn.mean(axis=0), golden.joint, atol=0.005)
    np.testing.assert_allclose(drawn.var(axis=0), variance, rtol=0.1, atol=1e-6)
    np.testing.assert_allclose(drawn.sum(axis=1), 1, atol=1e-12)


def test_each_stratum_keeps_its_share_in_every_draw():
    # One criterion per stratum: the draw then shows the share of that stratum.
    weights = np.eye(3)[[0, 0, 1, 1, 2, 2, 2]]
    mass = np.array([0.25, 0.25, 0.125, 0.125, 1 / 12, 1 / 12, 1 / 12])
    strata = np.array([5, 5, 1, 1, 9, 9, 9])

    drawn = bootstrap_weights(weights, mass, strata, 50, np.random.default_rng(0))

    np.testing.assert_allclose(drawn, np.tile([0.5, 0.25, 0.25], (50, 1)))


def test_people_who_count_for_nothing_are_never_drawn(golden):
    outsider = np.array([[0.0, 0.0, 0.0, 1.0]])
    weights = np.vstack([golden.people, outsider, outsider])
    mass = np.append(golden.mass, [0.0, 0.0])

    drawn = bootstrap_weights(
        weights, mass, np.append(golden.sides, [1, 2]), 100, np.random.default_rng(2)
    )
    without = bootstrap_weights(
        golden.people, golden.mass, golden.sides, 100, np.random.default_rng(2)
    )

    np.testing.assert_array_equal(drawn, without)


def test_unequal_people_count_by_their_mass_in_the_draw():
    weights, mass = np.eye(2), np.array([0.75, 0.25])

    drawn = bootstrap_weights(weights, mass, np.zeros(2, int), 400, np.random.default_rng(4))

    assert sorted({round(float(first), 12) for first in drawn[:, 0]}) == [0, 0.75, 1]


def test_the_size_of_a_block_changes_no_bit(golden, monkeypatch):
    def drawn():
        return bootstrap_weights(
            golden.people, golden.mass, golden.sides, 101, np.random.default_rng(6)
        )

    whole = drawn()
    monkeypatch.setattr(bootstrap, "_CELLS", 28)

    np.testing.assert_allclose(drawn(), whole, rtol=0, atol=1e-15)


def test_one_ballot_gives_the_same_weights_in_every_draw():
    drawn = bootstrap_weights(
        np.array([[0.3, 0.7]]), np.ones(1), np.zeros(1, int), 3, np.random.default_rng(0)
    )

    assert drawn == pytest.approx(np.tile([0.3, 0.7], (3, 1)))


def test_a_mean_of_very_many_people_is_drawn_from_the_law_of_resampling(monkeypatch):
    rng = np.random.default_rng(8)
    weights = rng.dirichlet([0.5, 2, 4], 400)
    mass = rng.uniform(0.5, 2, 400)
    mass /= mass.sum()
    strata = np.repeat([0, 1], 200)
    one_by_one = bootstrap_weights(weights, mass, strata, 20_000, np.random.default_rng(1))
    monkeypatch.setattr(bootstrap, "_MANY", 200)

    at_once = bootstrap_weights(weights, mass, strata, 20_000, np.random.default_rng(2))

    np.testing.assert_allclose(at_once.sum(axis=1), 1)
    np.testing.assert_allclose(at_once.mean(axis=0), mass @ weights, atol=3e-4)
    np.testing.assert_allclose(np.cov(at_once.T), np.cov(one_by_one.T), rtol=0.06, atol=1e-6)


def test_a_weight_that_one_in_thousands_gives_is_never_drawn_below_nought():
    weights = np.tile([1.0, 0.0], (10_000, 1))
    weights[0] = [0, 1]

    drawn = bootstrap_weights(
        weights, np.full(10_000, 1e-4), np.zeros(10_000, int), 500, np.random.default_rng(0)
    )

    assert drawn.min() == 0
    assert drawn[:, 1].max() < 6e-4
    np.testing.assert_allclose(drawn.sum(axis=1), 1)


def test_room_moves_each_draw_with_what_the_person_counts_for():
    weights = np.array([[0.5, 0.5], [0.2, 0.8], [0.6, 0.4]])
    mass, strata = np.array([0.25, 0.25, 0.5]), np.array([0, 0, 1])
    room = np.array([[1.0, 0.0], [0.0, 1.0]])
    still = bootstrap_weights(weights, mass, strata, 6, np.random.default_rng(1))
    moved = bootstrap_weights(weights, mass, strata, 6, np.random.default_rng(1), {2: room})

    # The only person of a stratum is in every draw once, and takes the draws by turns.
    turns = np.resize(room, (6, 2)) - weights[2]
    np.testing.assert_allclose(moved - still, 0.5 * turns, atol=1e-12)


def test_room_of_one_among_others_follows_the_draw_of_people(monkeypatch):
    monkeypatch.setattr(bootstrap, "_CELLS", 4)
    weights = np.array([[1.0, 0.0], [1.0, 0.0]])
    room = np.tile([0.0, 1.0], (3, 1))
    drawn = bootstrap_weights(
        weights, np.array([0.5, 0.5]), np.zeros(2, int), 400, np.random.default_rng(2), {1: room}
    )

    assert set(np.round(drawn[:, 1], 12)) == {0.0, 0.5, 1.0}
    assert drawn[:, 1].mean() == pytest.approx(0.5, abs=0.06)


def test_room_among_very_many_moves_by_the_mass_of_the_person(monkeypatch):
    monkeypatch.setattr(bootstrap, "_MANY", 2)
    weights = np.array([[0.3, 0.7], [0.3, 0.7]])
    room = np.array([[1.0, 0.0]])
    drawn = bootstrap_weights(
        weights, np.array([0.8, 0.2]), np.zeros(2, int), 3, np.random.default_rng(3), {1: room}
    )

    np.testing.assert_allclose(drawn, [[0.3 + 0.2 * 0.7, 0.7 - 0.2 * 0.7]] * 3)
