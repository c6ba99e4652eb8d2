from copy import deepcopy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from waardeweging.elicitation.best_worst import best_worst_weights
from waardeweging.elicitation.statements import (
    around,
    from_best_worst,
    from_pairwise,
    from_ranks,
    heavier,
    ratio_between,
    weight_between,
)
from waardeweging.elicitation.weight_sets import (
    NoWeightsLeftError,
    affine_hull,
    inner_point,
    is_empty,
    smallest_clash,
    weight_ranges,
    weight_set,
)


def _ids(clash):
    return tuple(one.id for one in clash)


def _said_about(weights, rng):
    """Make true statements of every kind about known weights, some of them just true."""
    n = len(weights)
    order = np.argsort(-weights)
    found = [heavier("order", n, int(order[0]), int(order[-1]), strict=False)]
    for place in range(n):
        low = max(weights[place] - rng.choice([0, 0.05]), 0)
        found.append(weight_between(f"bounds {place}", n, place, low))
        other = (place + 1) % n
        ratio = weights[place] / weights[other]
        found.append(ratio_between(f"ratio {place}", n, place, other, ratio, ratio * 2))
    return [*found, around("around", weights, 0.1)]


def test_without_statements_all_weights_are_left():
    everything = weight_set(4)

    assert not is_empty(everything)
    assert smallest_clash(everything) == ()
    np.testing.assert_allclose(weight_ranges(everything), [[0, 1]] * 4, atol=1e-12)
    # The ball that touches every face of the simplex sits in its middle.
    np.testing.assert_allclose(inner_point(everything).weights, [0.25] * 4)
    assert inner_point(everything).radius == pytest.approx(1 / np.sqrt(12))


def test_a_complete_order_has_the_known_ranges():
    # The first weighs at least 1/n; place r at most 1/r.
    ranges = weight_ranges(weight_set(4, from_ranks([1, 2, 3, 4])))

    np.testing.assert_allclose(ranges, [[1 / 4, 1], [0, 1 / 2], [0, 1 / 3], [0, 1 / 4]], atol=1e-9)


def test_social_above_costs_gives_the_social_criteria_at_least_half_when_there_are_two_values():
    chosen = weight_set(4, [heavier("social above costs", 4, (0, 1), (2, 3))])
    point = inner_point(chosen)

    assert point.weights[:2].sum() > 0.5
    np.testing.assert_allclose(
        weight_ranges(chosen), [[0, 1], [0, 1], [0, 0.5], [0, 0.5]], atol=1e-9
    )


def test_the_inner_point_is_as_far_as_its_radius_from_the_nearest_bound():
    chosen = weight_set(3, [ratio_between("a", 3, 0, 1, 2, 4), weight_between("b", 3, 2, 0.1)])
    point = inner_point(chosen)
    # Distances are measured within the plane of weights that sum to 1.
    flat = chosen.rows - chosen.rows.mean(axis=1, keepdims=True)
    distance = (chosen.rows @ point.weights - chosen.bounds) / np.linalg.norm(flat, axis=1)

    assert point.weights.sum() == pytest.approx(1)
    assert distance.min() == pytest.approx(point.radius)
    assert point.radius > 0.01


def test_equal_weights_that_follow_only_from_answers_together_are_noticed():
    ring = [heavier(f"{i}", 4, i, (i + 1) % 3, strict=False) for i in range(3)]
    chosen = weight_set(4, ring)
    point = inner_point(chosen)

    assert affine_hull(chosen).directions.shape == (4, 1)
    np.testing.assert_allclose(point.weights[:3], point.weights[0], atol=1e-9)
    np.testing.assert_allclose(weight_ranges(chosen), [[0, 1 / 3]] * 3 + [[0, 1]], atol=1e-7)


def test_one_point_can_be_all_that_is_left():
    chosen = weight_set(3, [around("all", [0.5, 0.3, 0.2], 0.0)])

    assert affine_hull(chosen).directions.shape == (3, 0)
    assert inner_point(chosen).radius == 0
    np.testing.assert_allclose(inner_point(chosen).weights, [0.5, 0.3, 0.2], atol=1e-7)
    np.testing.assert_allclose(
        weight_ranges(chosen), [[0.5, 0.5], [0.3, 0.3], [0.2, 0.2]], atol=1e-7
    )
    assert not is_empty(weight_set(1))
    assert weight_ranges(weight_set(1)).tolist() == [[1, 1]]


def test_more_than_is_contradicted_by_equality_and_at_least_is_not():
    equal = around("equal", [0.5, 0.5], 0.0)

    assert not is_empty(weight_set(2, [equal, heavier("weak", 2, 0, 1, strict=False)]))
    assert _ids(smallest_clash(weight_set(2, [equal, heavier("strict", 2, 0, 1)]))) == (
        "equal",
        "strict",
    )


def test_two_answers_that_clash_are_named_also_when_longer_contradictions_come_first():
    said = [
        heavier("0>1", 4, 0, 1),
        heavier("1>2", 4, 1, 2),
        heavier("2>0", 4, 2, 0),
        weight_between("half", 4, 3, 0.6),
        heavier("fits", 4, 3, 0),
        weight_between("too", 4, 2, 0.45),
    ]

    assert _ids(smallest_clash(weight_set(4, said))) == ("half", "too")
    assert _ids(smallest_clash(weight_set(4, said[:3]))) == ("0>1", "1>2", "2>0")


def test_an_answer_that_is_impossible_by_itself_is_named_alone():
    impossible = around("impossible", [0.9, 0.9, 0.0], 0.1)
    ring = [heavier(f"{j}", 3, j, (j + 1) % 3) for j in range(3)]

    assert _ids(smallest_clash(weight_set(3, [*ring, impossible]))) == ("impossible",)
    assert _ids(smallest_clash(weight_set(3, [impossible, *ring]))) == ("impossible",)


def test_a_longer_clash_is_irreducible():
    # Any three of the four leave room; so does every subset of the ring.
    said = [weight_between(f"at most {j}", 4, j, 0, 0.24) for j in range(4)]
    clash = smallest_clash(weight_set(4, [heavier("extra", 4, 0, 1), *said]))

    assert _ids(clash) == ("at most 0", "at most 1", "at most 2", "at most 3")
    for left_out in clash:
        assert not is_empty(weight_set(4, [one for one in clash if one is not left_out]))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=9))
def test_a_clash_of_orders_is_a_shortest_circle_or_an_irreducible_one(pairs):
    said = [heavier(f"{k}", 5, i, j) for k, (i, j) in enumerate(pairs) if i != j]
    clash = smallest_clash(weight_set(5, said))
    both = {(one.rows[0].index(1.0), one.rows[0].index(-1.0)) for one in said}
    reach = np.eye(5, dtype=bool)
    for _ in range(5):
        reach = reach | np.array(
            [
                [any(reach[i, k] and (k, j) in both for k in range(5)) for j in range(5)]
                for i in range(5)
            ]
        )
    circular = any(reach[j, i] for i, j in both)

    assert bool(clash) == circular
    if any((j, i) in both for i, j in both):
        assert len(clash) == 2
    for left_out in clash:
        assert not is_empty(weight_set(5, [one for one in clash if one is not left_out]))


def test_a_long_circle_is_found_with_few_programmes(monkeypatch):
    solved = []

    def counted(*arguments, **settings):
        solved.append(arguments)
        return linprog(*arguments, **settings)

    monkeypatch.setattr("scipy.optimize.linprog", counted)
    ring = [heavier(f"{j}", 20, j, (j + 1) % 20) for j in range(20)]

    assert smallest_clash(weight_set(20, ring)) == tuple(ring)
    # Once for the whole, once per statement; trying every pair would take 190 more.
    assert len(solved) <= 25


def test_statements_that_hold_for_known_weights_never_clash():
    rng = np.random.default_rng(12)
    for _ in range(40):
        weights = rng.dirichlet(np.ones(rng.integers(2, 7)))
        chosen = weight_set(len(weights), _said_about(weights, rng))
        ranges = weight_ranges(chosen)

        assert not is_empty(chosen)
        assert ((ranges[:, 0] <= weights + 1e-7) & (weights <= ranges[:, 1] + 1e-7)).all()
        assert min(one.slack(inner_point(chosen).weights) for one in chosen.statements) > -1e-7


def test_the_ranges_are_reached_and_not_passed_by_points_of_the_set():
    chosen = weight_set(3, [heavier("a", 3, 0, 1), ratio_between("b", 3, 1, 2, 0.5, 2)])
    drawn = np.random.default_rng(3).dirichlet(np.ones(3), size=200_000)
    inside = drawn[(drawn @ chosen.rows.T >= chosen.bounds).all(axis=1)]
    found = np.column_stack([inside.min(axis=0), inside.max(axis=0)])

    np.testing.assert_allclose(weight_ranges(chosen), found, atol=0.01)
    assert (weight_ranges(chosen)[:, 0] <= found[:, 0]).all()
    assert (weight_ranges(chosen)[:, 1] >= found[:, 1]).all()


def test_best_worst_answers_leave_exactly_the_weights_of_the_method():
    answers = ([2, 1, 4, 3, 8], [4, 8, 4, 2, 1])
    found = best_worst_weights(*answers, best=1, worst=4)
    said = from_best_worst(*answers, best=1, worst=4, deviation=found.deviation + 1e-9)
    tighter = from_best_worst(*answers, best=1, worst=4, deviation=found.deviation * 0.99)
    ranges = weight_ranges(weight_set(5, said))

    assert ((ranges[:, 0] <= found.weights + 1e-6) & (found.weights <= ranges[:, 1] + 1e-6)).all()
    assert is_empty(weight_set(5, tighter))
    assert len(smallest_clash(weight_set(5, tighter))) >= 2


def test_pairwise_answers_that_go_round_in_a_circle_are_named():
    judgements = np.array([[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]])
    clash = smallest_clash(weight_set(3, from_pairwise(judgements, 2, np.triu(judgements, 1) > 0)))

    assert _ids(clash) == ("pair:0/1", "pair:0/2", "pair:1/2")


@pytest.mark.parametrize("ask", [affine_hull, inner_point, weight_ranges])
def test_an_empty_set_has_no_points_and_says_which_answers_clash(ask):
    chosen = weight_set(2, [heavier("first", 2, 0, 1), heavier("then", 2, 1, 0)])

    with pytest.raises(NoWeightsLeftError, match="first, then") as caught:
        ask(chosen)
    assert _ids(caught.value.clash) == ("first", "then")


def test_a_set_survives_a_copy_and_stays_read_only():
    chosen = weight_set(2, [heavier("a", 2, 0, 1)])
    copy = deepcopy(chosen)

    assert copy == chosen
    assert not copy.rows.flags.writeable


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0,), "1 or more"),
        ((3, [heavier("a", 2, 0, 1)]), "about 3 criteria"),
        ((2, [heavier("a", 2, 0, 1), heavier("a", 2, 1, 0)]), "id of its own"),
    ],
)
def test_what_does_not_fit_together_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        weight_set(*arguments)
