"""Majority judgement: people grade every alternative on its own, instead of comparing.

Grades are whole numbers, 0 the lowest ("unacceptable"); −1 stands for no answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from waardeweging.problem.arrays import BoolArray, IntArray

UNACCEPTABLE = 0


def majority_grades(grades: IntArray) -> tuple[int | None, ...]:
    """Give the grade that a majority finds an alternative to deserve at least.

    Parameters
    ----------
    grades : array of int, shape (n_people, n_alternatives)
        0 or more, higher is better; −1 = no answer.

    Returns
    -------
    tuple of int or None, length n_alternatives
        The lower middle grade; None where nobody answered.

    References
    ----------
    M. Balinski and R. Laraki, Majority Judgment, MIT Press, 2010,
    doi:10.7551/mitpress/9780262015134.001.0001.
    """
    values = (_majority_value(column) for column in grades.T)
    return tuple(int(value[0]) if len(value) else None for value in values)


def majority_winner(grades: IntArray, eligible: BoolArray) -> int | None:
    """Give the alternative with the highest majority grade.

    Parameters
    ----------
    grades : array of int, shape (n_people, n_alternatives)
        0 or more, higher is better; −1 = no answer.
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    int or None
        Equal grades are decided by taking one such grade away from each and looking again;
        a full tie goes to the lowest index. None when no eligible alternative has a grade.

    References
    ----------
    M. Balinski and R. Laraki, Majority Judgment, MIT Press, 2010,
    doi:10.7551/mitpress/9780262015134.001.0001.
    """
    graded = {int(a): _majority_value(grades[:, a]) for a in np.flatnonzero(eligible)}
    graded = {alternative: value.tolist() for alternative, value in graded.items() if value.size}
    return max(graded, key=lambda a: (graded[a], -a), default=None)


def lowest_majority(grades: Sequence[IntArray]) -> tuple[int | None, ...]:
    """Give the lowest of the majority grades that the sides find an alternative to deserve.

    Parameters
    ----------
    grades : sequence of array of int, each of shape (n_people_of_side, n_alternatives)
        0 or more, higher is better; −1 = no answer.

    Returns
    -------
    tuple of int or None, length n_alternatives
        None where a side gave no answer at all.
    """
    per_side = zip(*(majority_grades(side) for side in grades), strict=True)
    return tuple(
        None if None in given else min(grade for grade in given if grade is not None)
        for given in per_side
    )


def _majority_value(column: IntArray) -> IntArray:
    """List the majority grade, the one after taking that away, and so on."""
    given = np.sort(column[column >= 0])
    number = given.size
    # Taking the lower middle away again and again goes out from the middle, left and right.
    middle, steps = (number - 1) // 2, np.arange(number)
    outward = (steps + 1) // 2 * np.where(steps % 2 == number % 2, -1, 1)
    return given[middle + outward] if number else given
