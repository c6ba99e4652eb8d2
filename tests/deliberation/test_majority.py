import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from waardeweging.deliberation.majority import (
    _majority_value,
    lowest_majority,
    majority_grades,
    majority_winner,
)

ALL = np.ones(2, dtype=bool)


def test_majority_grade_is_the_lower_middle_of_the_given_grades():
    grades = np.array([[4, 0, -1], [3, 1, -1], [1, 4, -1], [0, -1, -1]])

    assert majority_grades(grades) == (1, 1, None)


@given(arrays(np.int64, st.integers(1, 12), elements=st.integers(0, 4)))
def test_more_than_half_gives_no_lower_grade_and_half_no_higher(column):
    (grade,) = majority_grades(column[:, None])

    assert (column >= grade).mean() > 0.5
    assert (column <= grade).mean() >= 0.5


def test_equal_grades_are_decided_by_what_lies_around_them():
    # Both have majority grade 2; around it the second has more above.
    grades = np.array([[0, 1], [2, 2], [3, 4]])

    assert majority_grades(grades) == (2, 2)
    assert majority_winner(grades, ALL) == 1


def test_the_highest_eligible_grade_wins_and_a_full_tie_goes_to_the_first():
    grades = np.array([[1, 4], [1, 4]])

    assert majority_winner(grades, ALL) == 1
    assert majority_winner(grades, np.array([True, False])) == 0
    assert majority_winner(grades[:, [0, 0]], ALL) == 0


@pytest.mark.parametrize("grades", [np.full((3, 2), -1), np.empty((0, 2), dtype=np.int64)])
def test_without_answers_nobody_wins(grades):
    assert majority_grades(grades) == (None, None)
    assert majority_winner(grades, ALL) is None


@given(arrays(np.int64, st.integers(0, 15), elements=st.integers(-1, 4)))
def test_taking_the_lower_middle_away_again_and_again_goes_outward(column):
    given = sorted(column[column >= 0].tolist())
    taken = [given.pop((len(given) - 1) // 2) for _ in range(len(given))]

    assert _majority_value(column).tolist() == taken


def test_the_lowest_majority_is_that_of_the_less_content_side():
    residents = np.array([[4, 1, -1], [3, 2, 2]])
    municipality = np.array([[1, 4, 3]])

    assert majority_grades(residents) == (3, 1, 2)
    assert lowest_majority([residents, municipality]) == (1, 1, 2)
    assert lowest_majority([residents, np.full((1, 3), -1)]) == (None, None, None)
