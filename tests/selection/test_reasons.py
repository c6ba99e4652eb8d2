import numpy as np
import pytest
from tests.selection.made import made, resource

from waardeweging.selection.choosing import best_package
from waardeweging.selection.initiatives import GroupRule, Initiatives, bounds
from waardeweging.selection.reasons import MOST_EXCHANGES, clashing, rejections

ALL = np.ones(3, bool)


def three(limit, needs=(), groups=(), agreed=(), allowed=ALL):
    use = np.array([[6.0], [4.0], [9.0]])
    return Initiatives(
        ("a", "b", "c"), (resource("money", limit),), use, groups, needs, (), allowed, agreed
    )


def reason_of(place, values, initiatives):
    values = np.array(values)
    found = rejections(values, initiatives, best_package(values, initiatives))
    return next(one for one in found if one.initiative == place)


def test_an_exchange_names_who_leaves_and_what_it_costs():
    reason = reason_of(2, [5.0, 4.0, 8.0], three(10))

    assert (reason.why, reason.leave, reason.enter) == ("exchange", (0, 1), ())
    assert reason.loss == pytest.approx(1.0)
    assert reason.short.tolist() == [9.0]


def test_an_exchange_names_who_comes_in_as_well():
    # C needs B; with C in, A leaves and B enters.
    reason = reason_of(2, [9.0, 1.0, 2.0], three(13, needs=((2, 1),), groups=(_at_most_a_or_b(),)))

    assert (reason.leave, reason.enter) == ((0,), (1,))
    assert reason.loss == pytest.approx(6.0)


def _at_most_a_or_b():
    return GroupRule("led_by", "x", np.array([True, True, False]), at_most=1)


def test_what_no_package_holds_is_named_with_the_rules_that_clash():
    reason = reason_of(2, [5.0, 4.0, 8.0], three(8))

    assert reason.why == "impossible"
    assert [rule.kind for rule in reason.clash] == ["capacity"]


def test_a_broken_requirement_is_the_reason():
    reason = reason_of(1, [5.0, 4.0, 8.0], three(10, allowed=np.array([True, False, True])))

    assert reason.why == "requirement"


def test_far_from_the_package_the_price_is_the_reason():
    number = MOST_EXCHANGES + 5
    initiatives = Initiatives(
        tuple(map(str, range(number))), (resource("money", 1),), np.ones((number, 1)),
        (), (), (), np.ones(number, bool),
    )  # fmt: skip
    values = np.arange(1.0, number + 1)
    found = rejections(values, initiatives, best_package(values, initiatives))

    assert [one.why for one in found] == ["price"] * 4 + ["exchange"] * MOST_EXCHANGES
    # Whoever is chosen adds as much as the scarce unit costs.
    assert found[0].price == pytest.approx(number - 1, abs=1.01)


def test_rules_that_clash_are_named_and_without_any_one_of_them_it_can_be_done():
    clashes = 0
    for seed in range(60):
        _, initiatives = made(np.random.default_rng(seed), 8)
        clash = clashing(initiatives)
        nothing = np.zeros(8)
        assert (best_package(nothing, initiatives) is None) == bool(clash)
        if clash:
            clashes += 1
            assert best_package(nothing, initiatives, rules=clash) is None
            for rule in clash:
                rest = [other for other in clash if other is not rule]
                assert best_package(nothing, initiatives, rules=rest) is not None
    assert clashes > 3


def test_rules_that_can_be_kept_do_not_clash():
    assert clashing(three(10)) == ()
    assert len(bounds(three(10, agreed=(0,)))) == 2
