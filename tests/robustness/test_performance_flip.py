import numpy as np
import pytest

from waardeweging.robustness.performance_flip import performance_flips
from waardeweging.scoring.additive import additive_scores


def test_rescoring_with_the_needed_value_makes_the_two_level(golden):
    flips = performance_flips(golden.values, golden.joint, golden.all)

    for row, column in np.argwhere(flips.exists):
        moved = golden.values.copy()
        moved[row, column] = flips.needed[row, column]
        scores = additive_scores(moved, golden.joint)
        taker = flips.next_winner[row]
        assert scores[taker] == pytest.approx(scores[1], abs=1e-12)
        assert scores[taker] == pytest.approx(scores.max(), abs=1e-12)
    assert flips.next_winner.tolist() == [0, 0, 2]


def test_golden_case_needs_these_costs(golden):
    flips = performance_flips(golden.values, golden.joint, golden.all)

    # Margin 0.0596875 over the weight of cost, 0.39375.
    assert flips.needed[0, 0] == pytest.approx(0.80 + 0.0596875 / 0.39375)
    assert flips.needed[1, 0] == pytest.approx(0.55 - 0.0596875 / 0.39375)
    assert flips.reachable.tolist() == [[True] * 4, [True] * 4, [True, False, True, False]]


def test_a_criterion_without_weight_and_an_excluded_alternative_flip_nothing():
    values = np.array([[0.9, 0.2], [0.5, 0.6], [1.0, 1.0]])

    flips = performance_flips(values, np.array([1.0, 0.0]), np.array([True, True, False]))

    assert flips.exists.tolist() == [[True, False], [True, False], [False, False]]
    assert (flips.needed[~flips.exists] == values[~flips.exists]).all()
    assert not flips.reachable[~flips.exists].any()


def test_a_value_at_the_end_of_the_range_is_reachable_in_spite_of_rounding():
    values = np.array([[1.0, 0.3], [0.7, 0.3]])

    flips = performance_flips(values, np.array([0.1, 0.9]), np.ones(2, dtype=bool))

    assert flips.needed[1, 0] == 1.0
    assert flips.reachable[1, 0]


def test_a_winner_without_rivals_has_no_flips():
    flips = performance_flips(np.array([[0.4, 0.9]]), np.array([0.5, 0.5]), np.ones(1, dtype=bool))

    assert not flips.exists.any()
    assert flips.next_winner.tolist() == [0]


def test_a_shared_first_place_flips_where_it_is():
    values = np.full((3, 2), 0.4)

    flips = performance_flips(values, np.array([0.5, 0.5]), np.ones(3, dtype=bool))

    np.testing.assert_array_equal(flips.needed, values)
    assert flips.exists.all()
