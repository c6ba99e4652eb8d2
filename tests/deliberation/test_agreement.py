from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import chi2, friedmanchisquare

from waardeweging.deliberation import agreement
from waardeweging.deliberation.agreement import (
    AgreementThresholds,
    CriterionAgreement,
    SpreadSplit,
    criterion_disputes,
    kendall_w,
    mean_pairwise_points,
    points_to_move,
    side_permutation_p_value,
    spread_split,
)
from waardeweging.elicitation.samplers import simplex_draws

AGREE, DIFFER, SPLIT, BOTH = CriterionAgreement


def test_golden_case_has_these_distances(golden):
    assert points_to_move(*golden.side_weights) == pytest.approx(26.25, abs=1e-12)
    assert mean_pairwise_points(golden.people) == pytest.approx(26.0, abs=1e-12)


def test_mean_over_pairs_needs_no_pairs():
    people = simplex_draws(5, 9, np.random.default_rng(0))

    pairs = [points_to_move(one, other) for one, other in combinations(people, 2)]

    assert mean_pairwise_points(people) == pytest.approx(np.mean(pairs))


def test_one_person_has_no_distance():
    assert mean_pairwise_points(np.array([[0.5, 0.5]])) == 0


def test_golden_case_has_this_spread_between_the_sides(golden):
    split = spread_split(golden.people, golden.sides)

    assert split.eta_squared == pytest.approx(0.6261595, abs=5e-8)
    assert split.between / (split.between + split.within) == pytest.approx(split.eta_squared)


def test_people_who_all_weigh_the_same_have_no_spread():
    same = np.tile([0.2, 0.3, 0.5], (6, 1))

    split = spread_split(same, np.array([0, 0, 0, 0, 1, 1]))

    assert split.eta_squared == 0
    assert split.between == pytest.approx(0, abs=1e-12)
    assert spread_split(same[:1], np.zeros(1, int)) == SpreadSplit(0.0, 0.0, 0.0)


def test_ten_copies_of_every_resident_leave_the_spread_alone(golden):
    times = np.array([10, 10, 10, 10, 1, 1])

    copied = spread_split(np.repeat(golden.people, times, axis=0), np.repeat(golden.sides, times))

    assert copied.eta_squared == pytest.approx(
        spread_split(golden.people, golden.sides).eta_squared, abs=1e-12
    )


def test_permutations_of_the_golden_case_find_as_large_a_split_once_in_eight(golden):
    # Of all 15 ways to choose two officials among six people, count those as large.
    present = spread_split(golden.people, golden.sides).eta_squared
    ways = [
        spread_split(golden.people, np.isin(np.arange(6), officials).astype(int)).eta_squared
        for officials in combinations(range(6), 2)
    ]
    exact = np.mean([way >= present - 1e-9 for way in ways])

    found = side_permutation_p_value(golden.people, golden.sides, 4000, np.random.default_rng(0))

    assert found == pytest.approx(exact, abs=0.03)


def test_permuting_in_blocks_changes_nothing(golden, monkeypatch):
    whole = side_permutation_p_value(golden.people, golden.sides, 50, np.random.default_rng(1))
    monkeypatch.setattr(agreement, "_CELLS", 42)

    parts = side_permutation_p_value(golden.people, golden.sides, 50, np.random.default_rng(1))

    assert parts == whole


def test_without_spread_every_permutation_is_as_large():
    same = np.tile([0.5, 0.5], (4, 1))

    assert side_permutation_p_value(same, np.array([0, 0, 1, 1]), 9, np.random.default_rng(0)) == 1


def test_golden_case_classes_every_criterion(golden):
    found = criterion_disputes(golden.side_weights, golden.people, golden.sides)

    np.testing.assert_allclose(found.differences, [-11.25, 21.25, 5.0, -15.0], atol=1e-9)
    np.testing.assert_allclose(found.spreads, [[13.75, 16.25, 10, 0], [5, 0, 0, 5]], atol=1e-9)
    assert found.classes == (DIFFER, BOTH, DIFFER, DIFFER)


@pytest.mark.parametrize(
    ("difference", "spread", "expected"),
    [
        (0, 0, AGREE),
        (4.9, 9.9, AGREE),
        (4.9, 10, SPLIT),
        (0, 14.9, SPLIT),
        (0, 15, SPLIT),
        (5, 0, DIFFER),
        (5, 14.9, DIFFER),
        (5, 15, BOTH),
        (60, 60, BOTH),
    ],
)
def test_every_criterion_has_a_class(difference, spread, expected):
    # Two residents as far apart as twice the spread: their interquartile range is half of that.
    low, mid = 0.05, 0.05 + spread / 100
    people = np.array([[low, 1 - low], [low + 2 * spread / 100, 1 - low - 2 * spread / 100]] * 1)
    sides = np.array([[mid, 1 - mid], [mid - difference / 100, 1 - mid + difference / 100]])

    found = criterion_disputes(sides, people, np.zeros(2, int))

    assert found.classes[0] is expected


def test_thresholds_of_agreement_can_be_set(golden):
    wide = AgreementThresholds(difference=30, agreed_spread=40, split_spread=50)

    found = criterion_disputes(golden.side_weights, golden.people, golden.sides, wide)

    assert found.classes == (AGREE,) * 4


def test_people_of_a_third_party_are_left_out(golden):
    outsider = np.array([[0.0, 0.0, 0.0, 1.0]])

    found = criterion_disputes(
        golden.side_weights, np.vstack([golden.people, outsider]), np.append(golden.sides, 2)
    )

    assert found == criterion_disputes(golden.side_weights, golden.people, golden.sides)


def test_golden_case_has_this_concordance(golden):
    assert kendall_w(golden.people) == pytest.approx(0.3117284, abs=5e-8)


def test_concordance_equals_friedmans_statistic_also_with_ties():
    rng = np.random.default_rng(5)
    for _ in range(50):
        people, criteria = rng.integers(2, 9), rng.integers(3, 7)
        points = rng.integers(0, 4, size=(people, criteria)) + 1.0
        points[0, 0] = 9
        statistic = friedmanchisquare(*points.T).statistic

        assert kendall_w(points) == pytest.approx(statistic / (people * (criteria - 1)))


def test_concordance_of_a_published_table_with_ties():
    # Anxiety of 20 people on a scale of 1 to 6 by three raters: the data set "anxiety" of the R
    # packages irr (M. Gamer et al., 0.84.1) and DescTools (KendallW). Corrected for ties they
    # print W = 0.54, chi-squared = 30.8 on 19 degrees of freedom and p = 0.0429.
    raters = np.array(
        [
            [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
            [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
            [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
        ],
        dtype=float,
    )

    found = kendall_w(raters)

    assert found is not None
    statistic = 3 * (20 - 1) * found
    assert found == pytest.approx(0.54, abs=0.005)
    assert statistic == pytest.approx(30.8, abs=0.05)
    assert chi2.sf(statistic, 19) == pytest.approx(0.0429, abs=5e-5)


@given(
    st.tuples(st.integers(1, 6), st.integers(1, 5)).flatmap(
        lambda shape: arrays(float, shape, elements=st.integers(0, 3).map(float))
    )
)
def test_concordance_lies_between_none_and_full(points):
    found = kendall_w(points)

    assert found is None or -1e-12 <= found <= 1 + 1e-12


def test_the_same_ranking_is_full_concordance():
    assert kendall_w(np.tile([0.5, 0.3, 0.2], (4, 1))) == pytest.approx(1)


@pytest.mark.parametrize(
    "weights",
    [np.array([[0.2, 0.8]]), np.full((4, 3), 1 / 3), np.ones((4, 1))],
    ids=["one ballot", "all tied", "one criterion"],
)
def test_where_nothing_can_concord_there_is_no_number(weights):
    assert kendall_w(weights) is None


def test_two_people_are_as_far_apart_as_their_weights():
    people = np.array([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]])

    assert mean_pairwise_points(people) == pytest.approx(30)
    assert mean_pairwise_points(people[:1]) == 0
