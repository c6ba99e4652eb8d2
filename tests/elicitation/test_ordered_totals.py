import math
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.elicitation import ordered_totals
from waardeweging.elicitation.methods import rank_order_centroid
from waardeweging.elicitation.ordered_totals import (
    CircularOrderError,
    TooManyOrdersError,
    draw_totals,
    linked_groups,
    mean_totals,
    order_share,
)

PAIRS = st.integers(1, 5).flatmap(
    lambda n: st.tuples(
        st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=6)
    )
)


def _by_trying(number, above):
    return [
        order
        for order in permutations(range(number))
        if all(order.index(one) < order.index(two) for one, two in above)
    ]


def _count(number, above):
    """Give how many complete orders of single criteria keep the pairs."""
    return round(order_share([1] * number, above) * math.factorial(number))


def test_counts_of_complete_orders_equal_published_ones():
    # Fences have the Euler zigzag numbers (OEIS A000111), two rows of n the Catalan numbers
    # (A000108), all subsets of a set ordered by inclusion A046873.
    def subsets(n):
        return [(a, b) for a in range(2**n) for b in range(2**n) if a != b and a & b == a]

    fence = [(i, i + 1) if i % 2 else (i + 1, i) for i in range(5)]
    rows = [(i, i + 1) for i in (0, 1, 2, 4, 5, 6)] + [(i, i + 4) for i in range(4)]

    assert _count(6, fence) == 61
    assert _count(8, rows) == 14
    assert _count(8, subsets(3)) == 48
    assert _count(16, subsets(4)) == 1_680_384


@given(PAIRS)
def test_counts_equal_trying_every_order(problem):
    number, above = problem
    wanted = len(_by_trying(number, above))
    if wanted:
        assert _count(number, above) == wanted
    else:
        with pytest.raises(CircularOrderError, match="circle"):
            order_share([1] * number, above)


def test_the_share_of_an_order_of_totals_by_hand():
    # One tick of the small group before the third of A and the fourth of B: the sum over
    # i < 3 and j < 4 ticks seen so far of (i + j)! / (i! j! 3^(i + j + 1)).
    wanted = sum(math.comb(i + j, i) / 3 ** (i + j + 1) for i in range(3) for j in range(4))

    assert order_share([3, 1, 4], [(0, 1), (2, 1)]) == pytest.approx(wanted, rel=1e-12)
    # Groups that no pair names change nothing, and two groups of a size are a fair choice.
    assert order_share([3, 1, 4, 7], [(0, 1), (2, 1)]) == pytest.approx(wanted, rel=1e-12)
    assert order_share([6, 6], [(0, 1)]) == pytest.approx(0.5, rel=1e-12)
    assert order_share([2, 5], []) == 1


@pytest.mark.parametrize("number", [1, 2, 5, 12])
def test_the_mean_of_a_complete_order_is_the_rank_order_centroid(number):
    chain = [(i, i + 1) for i in range(number - 1)]

    np.testing.assert_allclose(
        mean_totals([1] * number, chain), rank_order_centroid(number), rtol=1e-12
    )


def test_means_without_pairs_are_the_sizes():
    np.testing.assert_allclose(mean_totals([3, 1, 4], []), np.array([3, 1, 4]) / 8, rtol=1e-12)


def test_means_and_spread_of_totals_equal_throwing_away():
    sizes, above = [3, 1, 4, 2], [(0, 1), (3, 0)]
    rng = np.random.default_rng(3)
    every = rng.standard_gamma(sizes, (200_000, 4))
    kept = every[(every[:, 0] > every[:, 1]) & (every[:, 3] > every[:, 0])]
    drawn = draw_totals(sizes, above, 40_000, rng)
    kept, drawn = (x / x.sum(axis=1, keepdims=True) for x in (kept, drawn))
    error = np.sqrt(kept.var(axis=0) / len(kept))

    assert len(kept) / len(every) == pytest.approx(order_share(sizes, above), abs=0.004)
    assert (np.abs(kept.mean(axis=0) - mean_totals(sizes, above)) < 4 * error).all()
    assert (drawn[:, 0] > drawn[:, 1]).all()
    assert (drawn[:, 3] > drawn[:, 0]).all()
    np.testing.assert_allclose(drawn.mean(axis=0), kept.mean(axis=0), atol=0.004)
    np.testing.assert_allclose(np.cov(drawn.T), np.cov(kept.T), atol=6e-4)


def test_every_complete_order_is_drawn_equally_often():
    above = [(0, 1), (2, 1), (2, 3)]
    drawn = np.argsort(-draw_totals([1] * 4, above, 10_000, np.random.default_rng(8)), axis=1)
    found, counts = np.unique(drawn, axis=0, return_counts=True)
    chi_squared = ((counts - 2000) ** 2 / 2000).sum()

    assert sorted(map(tuple, found.tolist())) == sorted(_by_trying(4, above))
    # With four degrees of freedom 18.5 is passed once in a thousand.
    assert chi_squared < 18.5


def test_an_order_that_leaves_too_much_open_is_refused(monkeypatch):
    monkeypatch.setattr(ordered_totals, "_MOST_STATES", 30)
    comb = [(0, j) for j in range(1, 5)]

    assert order_share([1] * 5, comb) == pytest.approx(1 / 5)
    with pytest.raises(TooManyOrdersError, match="more than 30"):
        order_share([1] * 6, [(0, j) for j in range(1, 6)])


def test_groups_are_linked_directly_or_by_way_of_others():
    assert linked_groups(6, [(4, 1), (1, 3), (5, 2)]) == ((0,), (1, 3, 4), (2, 5))
    assert linked_groups(2, []) == ((0,), (1,))


@given(PAIRS)
def test_no_pair_crosses_groups_and_groups_cannot_be_split(problem):
    number, above = problem
    groups = linked_groups(number, above)
    home = {criterion: group for group in groups for criterion in group}

    assert sorted(home) == list(range(number))
    assert all(home[one] == home[two] for one, two in above)
    assert len(groups) >= number - len(above)
    for group in groups:
        for size in range(1, len(group)):
            for part in combinations(group, size):
                assert any((one in part) != (two in part) for one, two in above if one in group)
