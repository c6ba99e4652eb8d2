"""Majority judgement: people grade every alternative on its own, instead of comparing.

Grades are whole numbers, 0 the lowest ("unacceptable"); −1 stands for no answer.
"""

from __future__ import annotations

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
    return tuple(next(iter(_majority_value(column)), None) for column in grades.T)


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
    graded = {alternative: value for alternative, value in graded.items() if value}
    return max(graded, key=lambda a: (graded[a], -a), default=None)


def _majority_value(column: IntArray) -> tuple[int, ...]:
    """List the majority grade, the one after taking that away, and so on."""
    given = sorted(int(grade) for grade in column if grade >= 0)
    return tuple(given.pop((len(given) - 1) // 2) for _ in range(len(given)))
