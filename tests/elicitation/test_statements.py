import math

import numpy as np
import pytest

from waardeweging.elicitation.best_worst import best_worst_weights
from waardeweging.elicitation.pairwise import pairwise_weights
from waardeweging.elicitation.statements import (
    Statement,
    around,
    from_best_worst,
    from_pairwise,
    from_ranks,
    heavier,
    ratio_between,
    weight_between,
)

RNG = np.random.default_rng(4)
ANY = RNG.dirichlet(np.ones(4), size=500)


def test_one_criterion_above_another_is_a_difference_of_weights():
    said = heavier("a1", 4, 2, 0)

    assert (said.id, said.kind, said.strict) == ("a1", "order", True)
    assert said.rows == ((-1.0, 0.0, 1.0, 0.0),)
    np.testing.assert_array_equal(said.slack(ANY) > 0, ANY[:, 2] > ANY[:, 0])


def test_a_value_above_another_compares_their_totals():
    said = heavier("social above costs", 4, (0, 1), (2, 3), strict=False)

    assert not said.strict
    np.testing.assert_array_equal(
        said.slack(ANY) >= 0, ANY[:, :2].sum(axis=1) >= ANY[:, 2:].sum(axis=1)
    )


def test_a_weight_or_the_total_of_a_value_lies_between_two_numbers():
    one, two = weight_between("a", 4, 1, 0.1, 0.3), weight_between("b", 4, (1, 2), 0.4)
    total = ANY[:, 1] + ANY[:, 2]

    np.testing.assert_array_equal(one.slack(ANY) > 0, (ANY[:, 1] > 0.1) & (ANY[:, 1] < 0.3))
    np.testing.assert_array_equal(two.slack(ANY) > 0, total > 0.4)


def test_a_weight_may_be_nothing_or_everything():
    assert weight_between("a", 2, 0, 0.0, 0.0).slack([0.0, 1.0]) == 0
    assert weight_between("b", 2, 0, 1.0, 1.0).slack([1.0, 0.0]) == 0
    assert weight_between("c", 2, 0).slack([0.25, 0.75]) == 0.25
    assert weight_between("c", 2, 0).n_criteria == 2


def test_a_ratio_lies_between_two_numbers_or_has_no_upper_end():
    both, open_ended = ratio_between("a", 4, 3, 1, 0.5, 2), ratio_between("b", 4, 3, 1, 2)
    ratio = ANY[:, 3] / ANY[:, 1]

    np.testing.assert_array_equal(both.slack(ANY) > 0, (ratio > 0.5) & (ratio < 2))
    np.testing.assert_array_equal(open_ended.slack(ANY) > 0, ratio > 2)


def test_around_keeps_every_weight_within_the_margin():
    centre = np.array([0.4, 0.3, 0.2, 0.1])
    said = around("method", centre, 0.15)

    np.testing.assert_array_equal(said.slack(ANY) > 0, np.abs(ANY - centre).max(axis=1) < 0.15)
    assert said.slack(centre) == pytest.approx(0.15)


def test_a_margin_may_be_nothing_or_everything():
    assert around("a", [0.6, 0.4], 0).slack([0.6, 0.4]) == pytest.approx(0)
    assert around("a", [0.6, 0.4], 1).slack([0.0, 1.0]) == pytest.approx(0.4)


def test_slack_is_the_distance_to_the_nearest_bound():
    # 0.5 − 0.2 over √2; the second bound is further away.
    said = Statement("a", "bounds", ((1.0, -1.0, 0.0), (1.0, 0.0, 0.0)), (0.0, 0.1))

    assert said.slack([0.5, 0.2, 0.3]) == pytest.approx(0.3 / math.sqrt(2))
    assert said.slack([0.2, 0.5, 0.3]) == pytest.approx(-0.3 / math.sqrt(2))


def test_ranks_say_that_every_place_is_above_the_next():
    said = from_ranks([2, 1, 2, 4])

    assert [one.id for one in said] == ["rank:1>0", "rank:1>2", "rank:0>3", "rank:2>3"]
    assert all(one.strict and one.kind == "order" for one in said)
    assert from_ranks([1, 1, 1]) == ()


def test_pairwise_answers_without_slack_hold_for_the_weights_of_consistent_answers():
    weights = np.array([0.5, 0.3, 0.2])
    said = from_pairwise(weights[:, None] / weights, 1.0)

    assert [one.id for one in said[:3]] == ["pair:0/1", "pair:0/2", "pair:1/0"]
    assert len(said) == 6
    assert all(one.slack(weights) == pytest.approx(0, abs=1e-15) for one in said)


def test_pairwise_answers_leave_a_factor_either_way_and_read_only_what_was_answered():
    judgements = np.full((3, 3), np.nan)
    judgements[0, 1] = 3.0
    (said,) = from_pairwise(judgements, 2.0, ~np.isnan(judgements))

    assert said.id == "pair:0/1"
    assert said.slack([0.75, 0.125, 0.125]) == pytest.approx(0)  # 6 times
    assert said.slack([0.45, 0.3, 0.25]) == pytest.approx(0)  # 1.5 times
    assert said.slack([0.6, 0.2, 0.2]) > 0


def test_the_eigenvector_lies_within_the_factor_of_slightly_inconsistent_answers():
    judgements = np.array([[1, 2, 6], [1 / 2, 1, 2], [1 / 6, 1 / 2, 1]])
    weights = pairwise_weights(judgements).weights

    assert all(one.slack(weights) > 0 for one in from_pairwise(judgements, 1.3))


def test_best_worst_answers_hold_exactly_up_to_the_deviation_that_the_method_finds():
    # 2 × 5 is more than 8, so the three answers cannot all hold.
    answers = ([2, 1, 8], [5, 8, 1])
    found = best_worst_weights(*answers, best=1, worst=2)
    said = from_best_worst(*answers, best=1, worst=2, deviation=found.deviation)

    assert found.deviation > 0.01
    assert [one.id for one in said] == ["best:0", "best:2", "worst:0"]
    assert {one.kind for one in said} == {"deviation"}
    assert min(one.slack(found.weights) for one in said) == pytest.approx(0, abs=1e-9)
    tighter = from_best_worst(*answers, best=1, worst=2, deviation=0.0)
    assert min(one.slack(found.weights) for one in tighter) < -1e-3


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Statement("", "order", ((1.0,),), (0.0,)), "not known"),
        (lambda: Statement("a", "wish", ((1.0,),), (0.0,)), "not known"),
        (lambda: Statement("a", "order", (), ()), "rows for its bounds"),
        (lambda: Statement("a", "order", ((1.0,),), (0.0, 1.0)), "rows for its bounds"),
        (lambda: Statement("a", "order", ((1.0,), (1.0, 2.0)), (0.0, 0.0)), "unequal length"),
        (lambda: Statement("a", "order", ((0.0, 0.0),), (0.0,)), "without numbers"),
        (lambda: Statement("a", "order", ((math.nan,),), (0.0,)), "not finite"),
        (lambda: Statement("a", "order", ((1.0,),), (math.inf,)), "not finite"),
        (lambda: heavier("a", 3, 1, 1), "against itself"),
        (lambda: heavier("a", 3, (0, 1), (1, 2)), "against itself"),
        (lambda: heavier("a", 3, 0, 3), "not among 3"),
        (lambda: heavier("a", 3, -1, 0), "not among 3"),
        (lambda: heavier("a", 3, (), 0), "not among 3"),
        (lambda: weight_between("a", 3, 0, 0.5, 0.4), "expected 0 to 1"),
        (lambda: weight_between("a", 3, 0, -0.1), "expected 0 to 1"),
        (lambda: weight_between("a", 3, 0, 0, math.nan), "expected 0 to 1"),
        (lambda: ratio_between("a", 3, 0, 0, 1), "compares"),
        (lambda: ratio_between("a", 3, 0, 1, 3, 2), "compares"),
        (lambda: ratio_between("a", 3, 0, 1, -1), "compares"),
        (lambda: ratio_between("a", 3, 0, 1, math.inf), "compares"),
        (lambda: around("a", [0.5, 0.5], 1.1), "margin"),
        (lambda: from_pairwise(np.ones((2, 2)), 0.9), "factor"),
        (lambda: from_pairwise(np.zeros((2, 2)), 2), "above 0"),
        (lambda: from_best_worst([1, 2], [2, 1], best=0, worst=1, deviation=-1), "deviation"),
    ],
)
def test_a_statement_that_says_nothing_sensible_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
