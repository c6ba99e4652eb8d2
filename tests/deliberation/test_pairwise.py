from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from waardeweging.deliberation.pairwise import borda, copeland, kemeny, preference_shares

# Rankings of Memphis, Nashville, Chattanooga and Knoxville by distance: the capital of
# Tennessee, the usual example of pairwise methods. Scores: 3 = first choice.
TENNESSEE = np.array([[3, 2, 1, 0], [0, 3, 2, 1], [0, 1, 3, 2], [0, 1, 2, 3]], dtype=float)
VOTERS = np.array([0.42, 0.26, 0.15, 0.17])

duels = st.integers(1, 5).flatmap(
    lambda m: arrays(float, (3, m), elements=st.integers(0, 3).map(float))
)


def test_tennessee_prefers_nashville_pair_by_pair():
    shares = preference_shares(TENNESSEE, VOTERS)

    np.testing.assert_allclose(shares[1], [0.58, 0, 0.68, 0.68])
    assert borda(shares) == pytest.approx([1.26, 1.94, 1.73, 1.07])
    assert copeland(shares).tolist() == [-3, 3, 1, -1]
    assert kemeny(shares) == ((1, 2, 3, 0), (1,))


def test_equal_scores_count_for_neither_and_half_in_borda():
    shares = preference_shares(np.array([[0.5, 0.5, 0.1], [0.1 + 0.2, 0.3, 0.4]]), np.full(2, 0.5))

    np.testing.assert_allclose(shares, [[0, 0, 0.5], [0, 0, 0.5], [0.5, 0.5, 0]])
    np.testing.assert_allclose(borda(shares), 1)
    assert copeland(shares).tolist() == [0, 0, 0]


@given(duels)
def test_borda_points_add_up_to_the_number_of_duels(scores):
    m = scores.shape[1]

    points = borda(preference_shares(scores, np.full(3, 1 / 3)))

    assert points.sum() == pytest.approx(m * (m - 1) / 2)


@given(duels)
def test_kemeny_agrees_with_trying_every_ranking(scores):
    shares = preference_shares(scores, np.array([0.5, 0.25, 0.25]))
    worth = {
        order: sum(shares[a, b] for i, a in enumerate(order) for b in order[i + 1 :])
        for order in permutations(range(len(shares)))
    }
    most = max(worth.values())
    every = [order for order, value in worth.items() if value >= most - 1e-9]

    ranking, tops = kemeny(shares)

    assert ranking == min(every)
    assert tops == tuple(sorted({order[0] for order in every}))


def test_a_cycle_puts_anyone_first_and_the_preferred_one_if_asked():
    # Two in three prefer each to the next: the paradox of Condorcet.
    cycle = np.array([[0, 2, 1], [1, 0, 2], [2, 1, 0]]) / 3

    assert kemeny(cycle) == ((0, 1, 2), (0, 1, 2))
    assert kemeny(cycle, prefer=2) == ((2, 0, 1), (0, 1, 2))
    assert copeland(cycle).tolist() == [0, 0, 0]


def test_a_preferred_one_that_heads_no_best_ranking_is_not_put_first():
    assert kemeny(preference_shares(TENNESSEE, VOTERS), prefer=0)[0][0] == 1
