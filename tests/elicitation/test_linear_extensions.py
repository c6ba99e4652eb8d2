import math
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.elicitation import linear_extensions
from waardeweging.elicitation.linear_extensions import (
    CircularOrderError,
    TooManyOrdersError,
    count_linear_extensions,
    draw_linear_extensions,
    linked_groups,
)

PAIRS = st.integers(1, 5).flatmap(
    lambda n: st.tuples(
        st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=6)
    )
)


def _by_trying(n_criteria, above):
    return [
        order
        for order in permutations(range(n_criteria))
        if all(order.index(one) < order.index(two) for one, two in above)
    ]


def test_counts_equal_published_ones():
    # Fences have the Euler zigzag numbers (OEIS A000111), two rows of n the Catalan numbers
    # (A000108), all subsets of a set ordered by inclusion A046873.
    def subsets(n):
        return [(a, b) for a in range(2**n) for b in range(2**n) if a != b and a & b == a]

    fence = [(i, i + 1) if i % 2 else (i + 1, i) for i in range(5)]
    rows = [(i, i + 1) for i in (0, 1, 2, 4, 5, 6)] + [(i, i + 4) for i in range(4)]

    assert count_linear_extensions(6, fence) == 61
    assert count_linear_extensions(8, rows) == 14
    assert count_linear_extensions(8, subsets(3)) == 48
    assert count_linear_extensions(16, subsets(4)) == 1_680_384


def test_without_pairs_every_order_counts_and_a_chain_leaves_one():
    assert count_linear_extensions(7, []) == math.factorial(7)
    assert count_linear_extensions(20, [(i, i + 1) for i in range(19)]) == 1


def test_a_circle_leaves_no_order():
    assert count_linear_extensions(3, [(0, 1), (1, 2), (2, 0)]) == 0
    assert count_linear_extensions(1, [(0, 0)]) == 0
    with pytest.raises(CircularOrderError, match="circle"):
        draw_linear_extensions(3, [(0, 1), (1, 0)], 5, np.random.default_rng(1))


@given(PAIRS)
def test_counts_equal_trying_every_order(problem):
    assert count_linear_extensions(*problem) == len(_by_trying(*problem))


def test_every_order_is_drawn_equally_often():
    above = [(0, 1), (2, 1), (2, 3)]
    orders = _by_trying(4, above)
    drawn = draw_linear_extensions(4, above, 10_000, np.random.default_rng(8))
    found, counts = np.unique(drawn, axis=0, return_counts=True)
    chi_squared = ((counts - 2000) ** 2 / 2000).sum()

    assert sorted(map(tuple, found.tolist())) == sorted(orders)
    assert len(orders) == 5
    # With four degrees of freedom 18.5 is passed once in a thousand.
    assert chi_squared < 18.5


def test_a_single_draw_is_a_complete_order():
    (drawn,) = draw_linear_extensions(4, [(2, 0)], 1, np.random.default_rng(1)).tolist()

    assert sorted(drawn) == [0, 1, 2, 3]
    assert drawn.index(2) < drawn.index(0)


def test_orders_that_leave_too_much_open_are_refused(monkeypatch):
    monkeypatch.setattr(linear_extensions, "_MOST_SETS", 30)

    assert count_linear_extensions(4, []) == 24
    with pytest.raises(TooManyOrdersError, match="more than 30"):
        count_linear_extensions(5, [])


def test_groups_are_linked_directly_or_by_way_of_others():
    assert linked_groups(6, [(4, 1), (1, 3), (5, 2)]) == ((0,), (1, 3, 4), (2, 5))
    assert linked_groups(2, []) == ((0,), (1,))


@given(PAIRS)
def test_no_pair_crosses_groups_and_groups_cannot_be_split(problem):
    n_criteria, above = problem
    groups = linked_groups(n_criteria, above)
    home = {criterion: group for group in groups for criterion in group}

    assert sorted(home) == list(range(n_criteria))
    assert all(home[one] == home[two] for one, two in above)
    assert len(groups) >= n_criteria - len(above)
    for group in groups:
        for size in range(1, len(group)):
            for part in combinations(group, size):
                assert any((one in part) != (two in part) for one, two in above if one in group)
