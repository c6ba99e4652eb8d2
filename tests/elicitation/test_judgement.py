from dataclasses import replace

import numpy as np
import pytest

from waardeweging.elicitation import judgement, ordered_totals
from waardeweging.elicitation.best_worst import (
    best_worst_weights,
    input_ratio,
    weights_from_multiples,
)
from waardeweging.elicitation.comparisons import Answer, Comparison
from waardeweging.elicitation.hit_and_run import NotConvergedError
from waardeweging.elicitation.judgement import abstention, judged, room_draws
from waardeweging.elicitation.methods import rank_order_centroid
from waardeweging.elicitation.weight_sets import weight_set
from waardeweging.problem.errors import InputError

CRITERIA = ("a", "b", "c", "d")
VALUES = {"v": ("a", "b"), "w": ("c", "d")}


def given(method, *answers):
    found = tuple(replace(Answer(*answer), row=row) for row, answer in enumerate(answers, 2))
    return Comparison("p1", "residents", "team", 2, method, found)


def judge(method, *answers, criteria=CRITERIA):
    return judged(given(method, *answers), f"{method}.csv", criteria, VALUES)


def pairs(answers):
    return [(answer.first, answer.second) for answer in answers]


def test_best_worst_answers_give_the_published_weights():
    # J. Rezaei, Omega 64, 2016, doi:10.1016/j.omega.2015.12.001, tables 2 and 3: quality,
    # price (best), comfort, safety, style (worst).
    names = ("quality", "price", "comfort", "safety", "style")
    to_others, to_worst = [2, 1, 4, 3, 8], [4, 8, 2, 3, 1]
    rows = [("price", name, x) for name, x in zip(names, to_others, strict=True) if name != "price"]
    rows += [
        (name, "style", x)
        for name, x in zip(names, to_worst, strict=True)
        if name not in ("price", "style")
    ]
    found = judge("best_worst", *rows, criteria=names)

    np.testing.assert_allclose(found.weights, [0.2295, 0.4481, 0.1148, 0.1530, 0.0546], atol=5e-5)
    # Safety: 3 × 3 = 9 where price is 8 times as important as style: 1 / (64 − 8).
    assert found.ratio == pytest.approx(1 / 56)
    assert found.consistent
    assert found.clash == ()
    assert found.room is None


def test_a_clash_of_best_worst_answers_names_the_two():
    found = judge(
        "best_worst", ("a", "b", 2), ("a", "c", 3), ("a", "d", 8), ("b", "d", 4), ("c", "d", 7)
    )

    # c: 3 × 7 = 21 against 8, of at most 8 × 8 − 8.
    assert found.ratio == pytest.approx(13 / 56)
    assert not found.consistent
    assert pairs(found.clash) == [("a", "c"), ("c", "d")]
    assert [answer.row for answer in found.clash] == [3, 6]


def test_part_of_the_best_worst_answers_is_enough():
    found = judge("best_worst", ("a", "b", 2), ("a", "c", 4), ("b", "d", 4))

    np.testing.assert_allclose(found.weights, np.array([8, 4, 2, 1]) / 15, atol=1e-9)
    assert found.ratio is None
    assert found.consistent


def test_some_multiples_in_the_linear_model_equal_all_of_them():
    rows = [(1, 0), (1, 2), (1, 3), (1, 4), (0, 4), (2, 4), (3, 4)]
    some = weights_from_multiples(5, rows, [2, 4, 3, 8, 4, 2, 3])
    every = best_worst_weights([2, 1, 4, 3, 8], [4, 8, 2, 3, 1], best=1, worst=4)

    np.testing.assert_allclose(some.weights, every.weights, atol=1e-9)
    assert some.deviation == pytest.approx(every.deviation, abs=1e-9)
    assert weights_from_multiples(1, [], []).weights.tolist() == [1.0]
    with pytest.raises(ValueError, match="unconnected"):
        weights_from_multiples(3, [(0, 1)], [2])
    with pytest.raises(ValueError, match="between 1 and 1000"):
        weights_from_multiples(2, [(0, 1)], [0.5])


def test_the_input_ratio_runs_from_agreement_to_the_worst_possible():
    assert input_ratio(2, 4, 8) == 0
    assert input_ratio(8, 8, 8) == 1
    assert input_ratio(1, 1, 8) == pytest.approx(1 / 8)
    assert (input_ratio(1, 1, 1), input_ratio(2, 1, 1)) == (0, 1)


def test_pairwise_answers_name_the_three_that_go_round():
    found = judge(
        "pairwise",
        *(("a", "b", 3.0), ("b", "c", 3.0), ("a", "c", 0.5), ("a", "d", 5.0), ("b", "d", 2.0)),
    )

    assert found.ratio > 0.10
    assert not found.consistent
    # 3 × 3 against 1/2 is further off than 3 × 2 against 5.
    assert pairs(found.clash) == [("a", "b"), ("b", "c"), ("a", "c")]


def test_pairwise_answers_that_agree_name_nothing():
    found = judge("pairwise", ("b", "a", 0.5), ("b", "c", 2.0), ("a", "c", 4.0), ("d", "a", 1.0))

    np.testing.assert_allclose(found.weights, np.array([4, 2, 1, 4]) / 11, atol=1e-9)
    assert found.ratio == pytest.approx(0, abs=1e-9)
    assert found.clash == ()


def test_a_loop_longer_than_three_is_seen_but_no_three_are_named():
    found = judge("pairwise", ("a", "b", 9.0), ("b", "c", 9.0), ("c", "d", 9.0), ("d", "a", 9.0))

    assert found.ratio > 0.10
    assert found.clash == ()


def test_a_complete_order_weighs_as_the_method_with_ranks():
    found = judge("orders", ("c", "a"), ("a", "d"), ("d", "b"))

    np.testing.assert_allclose(found.weights[[2, 0, 3, 1]], rank_order_centroid(4), rtol=1e-12)
    assert found.ratio is None
    assert found.consistent
    assert found.room is not None


def test_an_order_of_values_divides_evenly_inside():
    found = judge("orders", ("v", "w"))

    # The larger of two halves of a Beta(2, 2) has mean 11/16.
    np.testing.assert_allclose(found.weights, np.array([11, 11, 5, 5]) / 32, rtol=1e-12)


def test_equal_and_mixed_orders_are_drawn():
    equal = judge("orders", ("a", "b", 1.0, "equal"))
    mixed = judge("orders", ("v", "w"), ("a", "c"))

    assert equal.weights[0] == pytest.approx(equal.weights[1], abs=1e-6)
    # Even over (2a, c, d): a third each.
    np.testing.assert_allclose(equal.weights, np.array([1, 1, 2, 2]) / 6, atol=0.02)
    assert mixed.weights[0] > mixed.weights[2]
    assert mixed.weights[:2].sum() > 0.5
    assert judge("orders", ("v", "w"), ("a", "c")) == mixed


def test_too_much_to_count_is_drawn(monkeypatch):
    exact = judge("orders", ("a", "b"), ("c", "d"))
    monkeypatch.setattr(ordered_totals, "_MOST_STATES", 1)
    drawn = judge("orders", ("a", "b"), ("c", "d"))

    np.testing.assert_allclose(exact.weights, np.array([3, 1, 3, 1]) / 8, rtol=1e-12)
    np.testing.assert_allclose(drawn.weights, exact.weights, atol=0.02)
    assert not np.array_equal(drawn.weights, exact.weights)


def test_answers_that_no_weights_keep_are_named_by_row():
    with pytest.raises(InputError) as two:
        judge("orders", ("a", "b"), ("c", "d"), ("b", "a", 1.0, "at_least"))
    with pytest.raises(InputError) as three:
        judge("orders", ("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))

    assert two.value.code == "comparison.order_clash"
    assert two.value.details["rows"] == "2, 4"
    assert (two.value.where.row, two.value.found) == (4, "p1")
    assert three.value.details["rows"] == "2, 3, 4"


def test_at_least_both_ways_means_equal():
    found = judge("orders", ("a", "b", 1.0, "at_least"), ("b", "a", 1.0, "at_least"))

    assert found.weights[0] == pytest.approx(found.weights[1], abs=1e-6)


def test_a_judgement_becomes_a_ballot_of_the_same_person():
    ballot = judge("pairwise", ("a", "b", 2.0), ("b", "c", 1.0), ("c", "d", 1.0)).ballot(CRITERIA)
    empty = abstention(given("orders"), CRITERIA)

    assert (ballot.participant, ballot.side, ballot.department) == ("p1", "residents", "team")
    assert (ballot.round, ballot.method, ballot.criteria) == (2, "weights", CRITERIA)
    np.testing.assert_allclose(ballot.answers, [0.4, 0.2, 0.2, 0.2])
    assert empty.abstains
    assert (empty.participant, empty.round, empty.department) == ("p1", 2, "team")


def test_room_without_even_draws_gives_its_middle(monkeypatch):
    def never(*_):
        raise NotConvergedError(2.0, 1.0)

    monkeypatch.setattr(judgement, "draw_weights", never)
    drawn = room_draws(weight_set(2), 3, np.random.default_rng(0))

    np.testing.assert_allclose(drawn, np.full((3, 2), 0.5))
