import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.deliberation.agreement import points_to_move
from waardeweging.deliberation.phantoms import independent_markets_weights


def _even(number):
    return np.full(number, 1 / number)


def _by_definition(weights):
    """Medians of people and phantoms min(t(N − k), 1), with t found by bisection."""
    number = len(weights)

    def medians(t):
        phantoms = np.minimum(t * (number - np.arange(number + 1)), 1)
        both = np.vstack([weights, np.tile(phantoms[:, None], weights.shape[1])])
        return np.median(both, axis=0)

    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if medians(middle).sum() < 1 else (low, middle)
    return medians(high)


@pytest.mark.parametrize("seed", range(40))
def test_the_weights_are_the_moving_phantom_medians(seed):
    rng = np.random.default_rng(seed)
    people = rng.dirichlet(np.ones(int(rng.integers(1, 6))) * 0.7, int(rng.integers(1, 8)))

    found = independent_markets_weights(people, _even(len(people)))

    np.testing.assert_allclose(found, _by_definition(people), atol=1e-9)


@given(st.integers(0, 2**32))
def test_weights_sum_to_one_and_do_not_depend_on_the_order_of_people(seed):
    rng = np.random.default_rng(seed)
    people = rng.dirichlet(np.full(4, 0.5), 6).round(2)
    people /= people.sum(axis=1, keepdims=True)
    mass, order = rng.dirichlet(np.ones(6)), rng.permutation(6)

    found = independent_markets_weights(people, mass)

    assert found.sum() == pytest.approx(1, abs=1e-12)
    assert (found >= 0).all()
    np.testing.assert_allclose(
        independent_markets_weights(people[order], mass[order]), found, atol=1e-12
    )


def test_a_published_example_is_met_exactly():
    # The example of Freeman et al. (2021). By hand: at scale 2/3 the medians are
    # min(1/3, 2/3 · 2/3), min(1/2, 2/3 · 2/3) and min(1/2, 2/3 · 1/3), together 1.
    people = np.array([[0, 1 / 2, 1 / 2], [1 / 3, 2 / 3, 0], [9 / 10, 0, 1 / 10]])

    found = independent_markets_weights(people, _even(3))

    np.testing.assert_allclose(found, [1 / 3, 4 / 9, 2 / 9], rtol=1e-14)


def test_people_who_agree_get_what_they_say():
    for one in ([0.5, 0.3, 0.2], [1.0, 0.0, 0.0], [1 / 3] * 3, [1.0]):
        people = np.tile(one, (7, 1))

        np.testing.assert_allclose(independent_markets_weights(people, _even(7)), one, atol=1e-12)


@pytest.mark.parametrize("counts", [(3, 1, 0), (2, 2, 1), (1, 5, 4)])
def test_people_with_one_criterion_each_divide_by_their_number(counts):
    # Proportionality, theorem of Freeman et al. (2021) on independent markets.
    people = np.repeat(np.eye(3), counts, axis=0)

    found = independent_markets_weights(people, _even(len(people)))

    np.testing.assert_allclose(found, np.array(counts) / sum(counts), atol=1e-12)


@pytest.mark.parametrize("equal_mass", [True, False])
def test_nobody_gains_by_giving_other_weights(equal_mass):
    rng = np.random.default_rng(11 + equal_mass)
    for _ in range(150):
        number, criteria = int(rng.integers(1, 6)), int(rng.integers(2, 5))
        people = rng.dirichlet(np.ones(criteria), number)
        mass = _even(number) if equal_mass else rng.dirichlet(np.ones(number))
        honest = points_to_move(people[0], independent_markets_weights(people, mass))
        for lie in rng.dirichlet(np.full(criteria, 0.4), 20):
            told = np.vstack([lie, people[1:]])

            found = points_to_move(people[0], independent_markets_weights(told, mass))

            assert found >= honest - 1e-9


def test_the_mean_does_reward_a_lie_where_the_phantoms_do_not():
    # 60 and 20 points: the mean is 40. Saying 100 brings the mean to the honest 60.
    people = np.array([[0.6, 0.4], [0.2, 0.8]])
    lie = np.array([[1.0, 0.0], [0.2, 0.8]])

    assert points_to_move(people[0], lie.mean(axis=0)) == pytest.approx(0)
    told = independent_markets_weights(lie, _even(2))
    honest = independent_markets_weights(people, _even(2))
    assert points_to_move(people[0], told) >= points_to_move(people[0], honest)


def test_ten_copies_of_everyone_change_nothing_and_sides_keep_their_share():
    rng = np.random.default_rng(3)
    people, mass = rng.dirichlet(np.ones(4), 5), rng.dirichlet(np.ones(5))
    times = np.array([10, 1, 3, 1, 2])

    found = independent_markets_weights(
        np.repeat(people, times, axis=0), np.repeat(mass / times, times)
    )

    np.testing.assert_allclose(found, independent_markets_weights(people, mass), atol=1e-12)


def test_people_who_count_for_nothing_change_nothing():
    people = np.array([[0.5, 0.5], [0.9, 0.1], [0.0, 1.0]])

    found = independent_markets_weights(people, np.array([0.5, 0.5, 0.0]))

    np.testing.assert_array_equal(found, independent_markets_weights(people[:2], _even(2)))


def test_a_new_order_of_criteria_moves_the_weights_along():
    people = np.random.default_rng(5).dirichlet(np.ones(5), 7)
    order = [3, 0, 4, 1, 2]

    np.testing.assert_allclose(
        independent_markets_weights(people[:, order], _even(7)),
        independent_markets_weights(people, _even(7))[order],
        atol=1e-12,
    )


@pytest.mark.parametrize("seed", range(4))
def test_many_people_get_the_moving_phantom_medians_too(seed):
    # More bends than are searched one by one; rounded answers make many of them equal.
    people = np.random.default_rng(seed).dirichlet(np.ones(5), 201).round(seed + 1)
    people = (people + 1e-3) / (people + 1e-3).sum(axis=1, keepdims=True)

    found = independent_markets_weights(people, _even(len(people)))

    np.testing.assert_allclose(found, _by_definition(people), atol=1e-9)


@pytest.mark.parametrize("criteria", [300, 512])
def test_equal_bends_that_no_halving_parts_are_no_obstacle(criteria):
    # With 512 every sum is exact, so that all bends stay together until the halvings end.
    people = np.full((2, criteria), 1 / criteria)

    found = independent_markets_weights(people, _even(2))

    np.testing.assert_allclose(found, 1 / criteria, atol=1e-15)
