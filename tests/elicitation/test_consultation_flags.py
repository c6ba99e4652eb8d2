from math import comb

import numpy as np
import pytest

from waardeweging.elicitation.consultation import Asked, Consultation
from waardeweging.elicitation.consultation_flags import (
    FLAGS,
    RARE,
    STRETCH,
    burst_chance,
    find_bursts,
    raise_flags,
)


def consultation(points, **columns):
    points = np.array(points, float)
    rows = len(points)
    given = {
        "participants": tuple(f"w{row}" for row in range(rows)),
        "people": np.arange(rows),
        "grades": np.empty((rows, 0), np.int64),
        "seconds": np.full(rows, -1.0),
        "moments": np.arange(rows, dtype=float),
        "devices": np.full(rows, -1),
        "issued": None,
        "strangers": np.zeros(rows, bool),
        **columns,
    }
    return Consultation(
        "c.csv",
        Asked(tuple(f"c{column}" for column in range(points.shape[1]))),
        side_names=("residents",),
        sides=np.zeros(rows, np.int64),
        members=np.empty((0, rows), np.int64),
        points=points,
        **given,
    )


def flagged(given, flag):
    return np.flatnonzero(raise_flags(given).of(flag)).tolist()


def spread(rows, seed=0):
    """Points of people who each answer for themselves."""
    return np.random.default_rng(seed).dirichlet([3, 3, 3], rows).round(2) * 100


def test_each_sign_is_found_where_it_is_and_nowhere_else():
    points = [[50, 50], [100, 0], [60, 40], [70, 30], [20, 80], [0, 0]]
    given = consultation(
        points,
        people=np.array([0, 1, 2, 2, 3, 4]),
        seconds=np.array([-1, 300, 59.9, 60, 0, 10]),
        devices=np.array([7, 7, 5, 5, -1, -1]),
    )

    assert flagged(given, "all_equal") == [0]
    assert flagged(given, "one_criterion") == [1]
    assert flagged(given, "repeated") == [2, 3]
    assert flagged(given, "too_fast") == [2, 4, 5]
    # One person with two rows on one device is one person.
    assert flagged(given, "same_device") == [0, 1]
    assert raise_flags(given).codes(2) == ("repeated", "too_fast")
    assert raise_flags(given).any.tolist() == [True] * 6
    assert raise_flags(given).flags.shape == (len(FLAGS), 6)


def test_with_issued_codes_a_second_use_and_a_strange_code_are_told_apart():
    given = consultation(
        [[50, 50], [60, 40], [70, 30]],
        people=np.array([0, 0, 1]),
        issued=2,
        strangers=np.array([False, False, True]),
    )

    assert flagged(given, "code_twice") == [0, 1]
    assert flagged(given, "repeated") == []
    assert flagged(given, "unknown_code") == [2]


def test_one_criterion_alone_has_no_equal_points():
    assert not raise_flags(consultation([[5], [7]])).any.any()


def test_nobody_and_only_abstentions_have_no_bursts():
    assert find_bursts(consultation(np.zeros((3, 2))))[1] == ()
    assert raise_flags(consultation(np.zeros((0, 2)))).any.tolist() == []


def test_the_same_answer_many_times_in_a_row_is_a_burst():
    points = np.vstack([spread(200), [[70, 20, 10]] * 12, spread(200, 1)])
    marked, (burst,) = find_bursts(consultation(points))

    assert np.flatnonzero(marked).tolist() == list(range(200, 212))
    assert (burst.count, burst.alike) == (12, 12)
    assert burst.share == pytest.approx(12 / 412)
    assert burst.chance is not None
    assert burst.chance < 1e-8


def test_the_moment_decides_what_comes_after_what():
    points = np.vstack([spread(400), [[70, 20, 10]] * 8])
    shuffle = np.random.default_rng(2).permutation(408)
    given = consultation(points[shuffle], moments=shuffle.astype(float))

    assert np.sort(shuffle[find_bursts(given)[0]]).tolist() == list(range(400, 408))
    assert not find_bursts(consultation(points[shuffle]))[0].any()


def test_without_moments_no_chance_is_claimed():
    points = np.vstack([spread(300), [[70, 20, 10]] * 9])
    moments = np.arange(309, dtype=float)
    moments[3] = -1
    marked, (burst,) = find_bursts(consultation(points, moments=moments))

    assert marked.sum() == 9
    assert burst.chance is None


def test_grades_are_part_of_an_answer():
    points = np.vstack([spread(300), [[70, 20, 10]] * 9])
    grades = np.zeros((309, 1), np.int64)
    grades[300:, 0] = np.arange(9) % 4

    assert not find_bursts(consultation(points, grades=grades))[0].any()


def test_an_answer_that_many_give_is_no_burst():
    # One in three gives the same answer, evenly: sixteen of fifty is what one expects.
    points = spread(3000)
    points[::3] = [40, 30, 30]

    assert find_bursts(consultation(points))[1] == ()


def test_the_bound_is_above_the_exact_chance():
    # Five alike among fifty-six people, first and last at most forty-nine apart.
    people, alike = STRETCH + 6, 5
    within = sum(
        comb(last - first - 1, alike - 2)
        for first in range(people)
        for last in range(first + alike - 1, min(first + STRETCH, people))
    )

    assert burst_chance(np.array([alike]), np.array([alike]), people, 1)[0] >= within / comb(
        people, alike
    )
    # Among two thousand the bound is close: nearly every stretch begins at one of them.
    wide = burst_chance(np.array([3]), np.array([3]), 2000, 1)[0]
    exact = sum(
        comb(last - first - 1, 1) for first in range(2000)
        for last in range(first + 2, min(first + STRETCH, 2000))
    ) / comb(2000, 3)  # fmt: skip
    assert exact <= wide <= 1.1 * exact


def test_more_groups_that_are_looked_at_make_every_burst_less_rare():
    one, ten = (burst_chance(np.array([6]), np.array([9]), 5000, n)[0] for n in (1, 10))

    assert ten == pytest.approx(10 * one)


def test_independent_answers_are_hardly_ever_called_a_burst():
    rng = np.random.default_rng(5)
    # A hundred consultations of people who choose one of thirty answers, some far more than others.
    popular = rng.dirichlet(np.full(30, 0.3))
    answers = np.round(rng.dirichlet([2, 2, 2], 30) * 20) * 5
    false = sum(
        bool(find_bursts(consultation(answers[rng.choice(30, 600, p=popular)]))[1])
        for _ in range(100)
    )

    assert RARE == 0.001
    assert false <= 1
