import itertools
import math

import numpy as np
import pytest
from tests.selection.made import made, resource

from waardeweging.selection.choosing import best_package, capacity_prices, next_package
from waardeweging.selection.initiatives import GroupRule, Initiatives, bounds
from waardeweging.selection.spread import chosen_share


def by_trying_everything(values, initiatives):
    """Best total over all packages that keep the rules; None when there is none."""
    number = len(values)
    packages = (np.arange(2**number)[:, None] >> np.arange(number)) & 1
    kept = ~(packages[:, ~initiatives.allowed] == 1).any(axis=1)
    for rule in bounds(initiatives):
        totals = packages @ rule.row
        kept &= (totals >= rule.low - 1e-9) & (totals <= rule.high + 1e-9)
    return float((packages[kept] @ values).max()) if kept.any() else None


@pytest.mark.slow
def test_the_best_package_is_what_trying_everything_finds():
    none_kept = 0
    for seed in range(500):
        rng = np.random.default_rng(seed)
        number = int(rng.integers(1, 13)) if seed % 50 else 16
        values, initiatives = made(rng, number)
        best = best_package(values, initiatives)
        expected = by_trying_everything(values, initiatives)
        none_kept += expected is None
        assert (best is None) == (expected is None)
        if best is not None and expected is not None:
            assert math.isclose(best.total, expected, abs_tol=1e-12)
            assert math.isclose(best.total, values[best.chosen].sum(), abs_tol=1e-12)
    assert 10 < none_kept < 250


def test_a_small_package_by_hand():
    # Of 10 money: A (6, worth 5) and B (4, worth 4) beat C (9, worth 8).
    initiatives = Initiatives(
        ("a", "b", "c"), (resource("money", 10),), np.array([[6.0], [4.0], [9.0]]),
        (), (), (), np.array([True, True, True]),
    )  # fmt: skip
    best = best_package(np.array([5.0, 4.0, 8.0]), initiatives)
    second = next_package(np.array([5.0, 4.0, 8.0]), initiatives, best)

    assert best.chosen.tolist() == [True, True, False]
    assert best.total == 9.0
    assert second.chosen.tolist() == [False, False, True]
    # Split, the last unit goes to C: 8 / 9 of value for one of money.
    prices = capacity_prices(np.array([5.0, 4.0, 8.0]), initiatives)
    np.testing.assert_allclose(prices, [8 / 9])


def test_a_budget_is_never_passed_by_what_a_solver_lets_slip():
    # Both together cost one millionth too much.
    initiatives = Initiatives(
        ("a", "b"), (resource("money", 2.0),), np.array([[1.0], [1.000001]]),
        (), (), (), np.array([True, True]),
    )  # fmt: skip

    assert best_package(np.array([1.0, 1.0]), initiatives).chosen.sum() == 1


def test_fairness_needs_and_excludes_are_kept():
    initiatives = Initiatives(
        ("a", "b", "c", "d"),
        (resource("money", 3),),
        np.ones((4, 1)),
        (GroupRule("district", "west", np.array([False, False, False, True]), 1),),
        ((0, 1),),
        ((1, 2),),
        np.ones(4, bool),
    )
    best = best_package(np.array([9.0, 1.0, 5.0, 0.5]), initiatives)

    # A needs B, B excludes C, and the west must have one.
    assert best.chosen.tolist() == [True, True, False, True]


def test_what_is_agreed_stays_and_what_breaks_a_requirement_never_enters():
    initiatives = Initiatives(
        ("a", "b", "c"), (resource("money", 2),), np.ones((3, 1)),
        (), (), (), np.array([True, True, False]), agreed=(1,),
    )  # fmt: skip
    best = best_package(np.array([3.0, 0.0, 9.0]), initiatives)

    assert best.chosen.tolist() == [True, True, False]


def test_the_only_package_has_no_other():
    initiatives = Initiatives(
        ("a",), (resource("money", 1),), np.ones((1, 1)), (), (), (), np.ones(1, bool), agreed=(0,)
    )
    best = best_package(np.array([1.0]), initiatives)

    assert next_package(np.array([1.0]), initiatives, best) is None


@pytest.mark.parametrize("values", [[1.0], [1.0, np.nan], [1.0, np.inf], [[1.0, 2.0]]])
def test_values_must_be_finite_and_one_for_each(values):
    initiatives = made(np.random.default_rng(0), 2)[1]

    with pytest.raises(ValueError, match="one finite value"):
        best_package(np.array(values), initiatives)


def test_without_a_package_nothing_has_a_price_or_a_share():
    initiatives = Initiatives(
        ("a",), (resource("money", 0),), np.ones((1, 1)), (), (), (), np.ones(1, bool), agreed=(0,)
    )

    assert best_package(np.ones(1), initiatives) is None
    with pytest.raises(ValueError, match="no package"):
        capacity_prices(np.ones(1), initiatives)
    with pytest.raises(ValueError, match="no package"):
        chosen_share(np.ones((3, 1)), initiatives)


def test_shares_count_how_often_each_is_chosen():
    initiatives = Initiatives(
        ("a", "b"), (resource("money", 1),), np.ones((2, 1)), (), (), (), np.ones(2, bool)
    )
    share = chosen_share(np.array([[2.0, 1.0], [2.0, 1.0], [1.0, 2.0], [3.0, 0.0]]), initiatives)

    assert share.share.tolist() == [0.75, 0.25]
    np.testing.assert_allclose(share.error, math.sqrt(0.75 * 0.25 / 4))
    assert share.draws == 4


def test_a_published_knapsack_is_solved():
    # Kellerer, Pferschy and Pisinger, Knapsack Problems, 2004, section 2.1: optimum 15.
    profits, sizes = [6.0, 5.0, 8.0, 9.0, 6.0, 7.0, 3.0], [2.0, 3.0, 6.0, 7.0, 5.0, 9.0, 4.0]
    initiatives = Initiatives(
        tuple("abcdefg"), (resource("money", 9),), np.array(sizes)[:, None],
        (), (), (), np.ones(7, bool),
    )  # fmt: skip
    best = best_package(np.array(profits), initiatives)

    assert best.total == 15.0
    assert [sizes[i] for i in np.flatnonzero(best.chosen)] == [2.0, 7.0]
    assert best.total == max(
        sum(profits[i] for i in some)
        for count in range(8)
        for some in itertools.combinations(range(7), count)
        if sum(sizes[i] for i in some) <= 9
    )
