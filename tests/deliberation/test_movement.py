import numpy as np
import pytest

from waardeweging.deliberation.movement import StopRule, movement


def test_who_stays_moves_nothing(golden):
    found = movement(golden.people, golden.people, golden.sides)

    assert found.own.tolist() == [0] * 6
    assert found.contraction == 1
    assert not found.crossed.any()


def test_halfway_to_the_own_mean_is_a_quarter_of_the_spread():
    # In log-ratios the halves are exact: weights as powers of two.
    before = np.array([[0.8, 0.2], [0.2, 0.8], [0.8, 0.2], [0.2, 0.8]])
    after = np.array([[2, 1], [1, 2], [2, 1], [1, 2]]) / 3

    found = movement(before, after, np.array([0, 0, 1, 1]))

    assert found.contraction == pytest.approx(0.25)
    np.testing.assert_allclose(found.own, 100 * (0.8 - 2 / 3))


def test_who_goes_over_to_the_other_side_has_crossed(golden):
    after = golden.people.copy()
    after[0] = golden.side_weights[1]

    found = movement(golden.people, after, golden.sides)

    # The fourth resident was with the municipality from the start, and did not cross.
    assert found.crossed.tolist() == [True, False, False, False, False, False]
    # From (20, 40, 30, 10) to (45, 10, 20, 25).
    assert found.own[0] == pytest.approx(40)


@pytest.mark.parametrize(
    ("before", "after", "of_all", "alone", "with_all"),
    [
        # The others of the side stand further on: 60 is still with them.
        (20, 60, 50, True, False),
        # They stand back, so that 80 was with the other side from the start.
        (80, 90, 40, True, False),
        # They stand so far back that a small step leads across.
        (50, 60, 12, False, True),
    ],
)
def test_who_crossed_is_measured_by_the_means_of_all_who_answered_first(
    before, after, of_all, alone, with_all
):
    def weights(*first):
        return np.array([[one / 100, 1 - one / 100] for one in first])

    sides = np.array([0, 1])
    rounds = weights(before, 90), weights(after, 90)

    # One who answers again alone is the own mean, when nobody else is given.
    assert movement(*rounds, sides).crossed.tolist() == [alone, False]
    assert movement(*rounds, sides, weights(of_all, 90)).crossed.tolist() == [with_all, False]


def test_without_spread_before_there_is_no_contraction():
    same = np.tile([0.5, 0.5], (3, 1))

    found = movement(same, np.array([[0.6, 0.4]] * 3), np.array([0, 0, 1]))

    assert found.contraction is None


@pytest.mark.parametrize(
    ("movements", "round_number", "stops"),
    [
        ([0, 9.9, 5, 40], 1, True),
        ([0, 10, 5, 40], 1, False),
        ([50, 50, 50, 50], 1, False),
        ([50, 50, 50, 50], 2, True),
    ],
)
def test_stop_when_three_in_four_stand_still_or_after_two_rounds(movements, round_number, stops):
    assert StopRule().stops(np.array(movements), round_number) is stops


def test_the_stop_rule_can_be_agreed_otherwise():
    rule = StopRule(still_points=5, still_share=0.5, last_round=4)

    assert not rule.stops(np.array([4.0, 9, 9]), 3)
    assert rule.stops(np.array([4.0, 4, 9]), 3)
