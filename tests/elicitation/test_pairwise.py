import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.elicitation.pairwise import pairwise_weights, random_index

# T. L. Saaty, Decision making with the analytic hierarchy process, Int. J. Services Sciences
# 1(1), 2008, pp. 83–98, doi:10.1504/IJSSCI.2008.017590, table 2: how much of each drink is
# consumed in the United States (coffee, wine, tea, beer, soda, milk, water). Tea against wine is
# printed as 2; only 3, the mirror of wine against tea, gives the published results.
DRINKS = np.array(
    [
        [1, 9, 5, 2, 1, 1, 1 / 2],
        [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
        [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
        [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
        [1, 9, 4, 2, 1, 2, 1 / 2],
        [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
        [2, 9, 9, 3, 2, 3, 1],
    ]
)
DRINKS_PUBLISHED = [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]


def _power_iteration(table):
    weights = np.ones(len(table))
    for _ in range(500):
        weights = table @ weights
        weights /= weights.sum()
    return weights, (table @ weights).sum()


def _consistent(weights):
    return np.divide.outer(weights, weights)


def _masked(n, *pairs):
    answered = np.ones((n, n), bool)
    for i, j in pairs:
        answered[i, j] = answered[j, i] = False
    return answered


def test_published_judgements_give_the_published_weights_and_consistency():
    result = pairwise_weights(DRINKS)

    np.testing.assert_allclose(result.weights, DRINKS_PUBLISHED, atol=1e-3)
    # Published as 0.022 with the random index of that paper (1.32 for seven).
    assert (result.eigenvalue - 7) / 6 / 1.32 == pytest.approx(0.022, abs=5e-4)
    assert result.consistent


def test_the_eigenvector_equals_that_of_an_independent_power_iteration():
    weights, eigenvalue = _power_iteration(DRINKS)
    result = pairwise_weights(DRINKS)

    np.testing.assert_allclose(result.weights, weights, rtol=0, atol=1e-12)
    assert result.eigenvalue == pytest.approx(eigenvalue, abs=1e-10)


def test_a_circle_of_preferences_is_inconsistent():
    # 1 over 2, 2 over 3 and 3 over 1, each nine times: equal weights that say nothing.
    result = pairwise_weights([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]])

    np.testing.assert_allclose(result.weights, [1 / 3] * 3)
    assert result.eigenvalue == pytest.approx(1 + 9 + 1 / 9)
    assert result.consistency_ratio == pytest.approx((10 + 1 / 9 - 3) / 2 / random_index(3))
    assert not result.consistent


@given(st.lists(st.floats(0.1, 9), min_size=1, max_size=7))
def test_consistent_judgements_return_the_weights_behind_them(weights):
    given_weights = np.array(weights) / np.sum(weights)
    result = pairwise_weights(_consistent(given_weights))

    np.testing.assert_allclose(result.weights, given_weights, rtol=1e-9)
    assert result.consistency_ratio == pytest.approx(0, abs=1e-9)


@given(st.permutations(range(7)))
def test_another_order_of_criteria_gives_the_same_weights(order):
    moved = pairwise_weights(DRINKS[np.ix_(order, order)])

    np.testing.assert_allclose(moved.weights, pairwise_weights(DRINKS).weights[order], atol=1e-12)


def test_one_side_of_each_pair_is_enough():
    upper = np.triu(np.ones((7, 7), bool), 1)

    np.testing.assert_allclose(
        pairwise_weights(DRINKS, upper).weights, pairwise_weights(DRINKS).weights, atol=1e-12
    )


def test_cells_without_an_answer_are_never_read():
    blanked = np.where(_masked(7, (0, 1), (2, 5)), DRINKS, np.nan)
    other = np.where(_masked(7, (0, 1), (2, 5)), DRINKS, -4.0)
    answered = _masked(7, (0, 1), (2, 5))

    assert pairwise_weights(blanked, answered) == pairwise_weights(other, answered)


def test_missing_answers_of_a_consistent_table_change_nothing():
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    result = pairwise_weights(_consistent(weights), _masked(4, (0, 3), (1, 2)))

    np.testing.assert_allclose(result.weights, weights, rtol=1e-12)
    assert result.consistency_ratio == pytest.approx(0, abs=1e-12)


def test_a_missing_answer_is_taken_at_the_ratio_of_the_resulting_weights():
    result = pairwise_weights(DRINKS, _masked(7, (0, 6)))
    completed = DRINKS.copy()
    completed[0, 6] = result.weights[0] / result.weights[6]
    completed[6, 0] = 1 / completed[0, 6]

    np.testing.assert_allclose(_power_iteration(completed)[0], result.weights, atol=1e-12)


def test_answers_without_a_loop_cannot_contradict_each_other():
    chain = np.triu(np.ones((4, 4), bool), 1) & np.tri(4, k=1, dtype=bool)
    result = pairwise_weights(np.full((4, 4), 3.0), chain)

    np.testing.assert_allclose(result.weights, np.array([27, 9, 3, 1]) / 40, rtol=1e-12)
    assert result.consistency_ratio == 0


@pytest.mark.parametrize(("n", "weights"), [(1, [1.0]), (2, [0.75, 0.25])])
def test_one_or_two_criteria_are_always_consistent(n, weights):
    result = pairwise_weights(np.array([[1, 3], [1 / 3, 1]])[:n, :n])

    np.testing.assert_allclose(result.weights, weights)
    assert result.consistency_ratio == 0


def test_rounded_reciprocals_are_averaged():
    result = pairwise_weights([[1.0, 8.0], [0.13, 1.0]])

    assert result.weights[0] / result.weights[1] == pytest.approx(np.sqrt(8 / 0.13))


@pytest.mark.parametrize(
    ("judgements", "answered", "message"),
    [
        ([[1, 2]], None, "shape"),
        (np.empty((0, 0)), None, "shape"),
        ([[1, 2], [2, 1]], None, "contradict"),
        ([[2, 2], [0.5, 1]], None, "contradict"),
        ([[1, 0], [1, 1]], None, "between"),
        ([[1, np.nan], [1, 1]], None, "between"),
        ([[1, 1001], [1 / 1001, 1]], None, "between"),
        ([[1, 2], [0.5, 1]], np.eye(2, dtype=bool), "unconnected"),
        (np.ones((4, 4)), _masked(4, (0, 2), (0, 3), (1, 2), (1, 3)), "unconnected"),
        ([[1, 2], [0.5, 1]], [True], "answered has shape"),
    ],
)
def test_a_table_that_carries_no_weights_is_refused(judgements, answered, message):
    with pytest.raises(ValueError, match=message):
        pairwise_weights(judgements, answered)


# J. Aguarón and J. M. Moreno-Jiménez, The geometric consistency index: approximated
# thresholds, European Journal of Operational Research 147(1), 2003,
# doi:10.1016/S0377-2217(02)00255-2: 100,000 random matrices per size.
@pytest.mark.parametrize(
    ("n_criteria", "published"),
    [(3, 0.525), (4, 0.882), (5, 1.115), (6, 1.252), (7, 1.341), (8, 1.404), (9, 1.452)],
)
def test_the_simulated_random_index_agrees_with_a_published_simulation(n_criteria, published):
    assert random_index(n_criteria) == pytest.approx(published, abs=0.007)


# Alonso and Lamata (2006), doi:10.1142/S0218488506004114: λ = 2.7699 n − 4.3513.
@pytest.mark.parametrize("n_criteria", range(6, 16))
def test_the_simulated_random_index_agrees_with_the_published_fit(n_criteria):
    published = (2.7699 * n_criteria - 4.3513 - n_criteria) / (n_criteria - 1)

    assert random_index(n_criteria) == pytest.approx(published, abs=0.01)


def test_the_random_index_keeps_rising_beyond_the_simulated_sizes():
    assert random_index(15) < random_index(16) < random_index(30) < 1.77


def test_the_random_index_can_be_simulated_again():
    rng = np.random.default_rng(1)
    scale = np.concatenate([1 / np.arange(9, 1, -1), np.arange(1.0, 10.0)])
    upper = np.triu_indices(4, 1)
    tables = np.ones((4000, 4, 4))
    tables[:, *upper] = rng.choice(scale, (4000, 6))
    tables[:, upper[1], upper[0]] = 1 / tables[:, *upper]
    largest = np.linalg.eigvals(tables).real.max(axis=1)

    # Four standard errors of this smaller simulation.
    assert ((largest - 4) / 3).mean() == pytest.approx(random_index(4), abs=0.04)


def test_missing_answers_lower_the_random_index_to_nothing_when_no_loop_is_left():
    assert random_index(4, 1) == pytest.approx(random_index(4) * 2 / 3)
    assert random_index(4, 3) == 0
    assert random_index(2) == 0
