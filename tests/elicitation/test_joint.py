import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from waardeweging.elicitation.joint import (
    department_mean,
    department_shares,
    is_stratified,
    joint_weights,
    side_mean,
)
from waardeweging.elicitation.methods import weights_from_points

# The worked example of the method: cost, say, liveability, CO₂.
RESIDENTS = weights_from_points(
    [[20, 40, 30, 10], [30, 30, 30, 10], [25, 45, 20, 10], [60, 10, 20, 10]]
)
MUNICIPALITY = weights_from_points([[50, 10, 20, 20], [40, 10, 20, 30]])

PEOPLE = arrays(np.float64, st.tuples(st.integers(1, 6), st.just(4)), elements=st.floats(0.01, 100))


def test_side_means_of_the_worked_example_are_exact():
    np.testing.assert_allclose(side_mean(RESIDENTS), [0.3375, 0.3125, 0.25, 0.10], atol=1e-15)
    np.testing.assert_allclose(side_mean(MUNICIPALITY), [0.45, 0.10, 0.20, 0.25], atol=1e-15)


def test_joint_weights_of_the_worked_example_are_exact():
    joint = joint_weights(side_mean(RESIDENTS), side_mean(MUNICIPALITY), 0.5)

    np.testing.assert_allclose(joint, [0.39375, 0.20625, 0.225, 0.175], rtol=0, atol=1e-15)


def test_a_multiplier_of_two_counts_as_two_people():
    doubled = side_mean(RESIDENTS, [2, 1, 1, 1])

    np.testing.assert_allclose(doubled, side_mean(RESIDENTS[[0, 0, 1, 2, 3]]), rtol=0, atol=1e-15)


@pytest.mark.parametrize("scale", [1e-300, 1.0, 1e300])
def test_only_the_ratios_of_multipliers_matter(scale):
    weighted = side_mean(RESIDENTS, np.array([1.0, 2.0, 3.0, 4.0]) * scale)

    np.testing.assert_allclose(weighted, side_mean(RESIDENTS, [1, 2, 3, 4]), rtol=0, atol=1e-15)


def test_stacks_of_sides_and_of_multipliers_broadcast():
    many = side_mean(RESIDENTS, [[1, 1, 1, 1], [0, 0, 0, 1]])

    np.testing.assert_allclose(many, [side_mean(RESIDENTS), RESIDENTS[3]], rtol=0, atol=1e-15)


def test_the_mean_of_a_hundred_thousand_people_keeps_its_precision():
    rng = np.random.default_rng(5)
    weights = rng.dirichlet(np.ones(3), 100_000)
    exact = [math.fsum(column) / len(weights) for column in weights.T]

    np.testing.assert_allclose(side_mean(weights), exact, rtol=0, atol=1e-15)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (np.empty((0, 3)), "n_people"),
        ([0.5, 0.5], "n_people"),
        ([[0.5, np.nan]], "finite"),
        ([[1.5, -0.5]], "0 or more"),
        ([[50, 50]], "sum to 1"),
    ],
)
def test_what_are_no_weights_is_refused(weights, message):
    with pytest.raises(ValueError, match=message):
        side_mean(weights)


@pytest.mark.parametrize(
    ("multiplier", "message"),
    [
        ([1, 1], "2 people|4 people"),
        (1.0, "4 people"),
        ([1, 1, 1, -1], "0 or more"),
        ([1, 1, 1, np.inf], "finite"),
        ([0, 0, 0, 0], "nobody counts"),
    ],
)
def test_multipliers_that_do_not_fit_are_refused(multiplier, message):
    with pytest.raises(ValueError, match=message):
        side_mean(RESIDENTS, multiplier)


@given(PEOPLE, PEOPLE, st.floats(0, 1))
def test_ten_copies_of_every_resident_leave_the_joint_weights_alone(residents, officials, share):
    residents, officials = weights_from_points(residents), side_mean(weights_from_points(officials))
    once = joint_weights(side_mean(residents), officials, share)
    ten_times = joint_weights(side_mean(np.repeat(residents, 10, axis=0)), officials, share)

    np.testing.assert_allclose(ten_times, once, rtol=0, atol=1e-12)


@given(PEOPLE, st.randoms())
def test_the_order_of_people_does_not_matter_and_criteria_move_along(people, random):
    weights = weights_from_points(people)
    rows, columns = list(range(len(weights))), list(range(4))
    random.shuffle(rows)
    random.shuffle(columns)

    np.testing.assert_allclose(
        side_mean(weights[rows][:, columns]), side_mean(weights)[columns], rtol=0, atol=1e-12
    )


def test_departments_count_equally_when_there_are_three_of_two_people():
    weights = weights_from_points([[1, 0], [1, 0], [1, 0], [1, 0], [0, 1], [0, 1], [1, 1], [1, 1]])
    departments = ["space", "space", "space", "space", "money", "money", "climate", "climate"]
    mean = department_mean(weights, departments)

    np.testing.assert_allclose(mean.weights, [0.5, 0.5], rtol=0, atol=1e-15)
    assert mean.stratified


@pytest.mark.parametrize(
    "departments",
    [
        ["a", "a", "b", "b"],
        ["a", "a", "b", "b", "c"],
        ["a", "a", "b", "b", "c", "c", ""],
        ["a", "a", "b", "b", "c", "c", "  "],
    ],
)
def test_people_count_equally_when_departments_are_few_small_or_unknown(departments):
    weights = weights_from_points([[row + 1, 1] for row in range(len(departments))])
    mean, stratified = department_mean(weights, departments)

    np.testing.assert_allclose(mean, side_mean(weights), rtol=0, atol=1e-15)
    assert not stratified


def test_spaces_around_a_department_make_no_new_department():
    assert is_stratified(["a", "a ", "b", " b", "c", "c"])


def test_shares_of_people_sum_to_one_and_divide_a_department():
    shares = department_shares(["a", "a", "a", "a", "b", "b", "c", "c"])

    np.testing.assert_allclose(shares, [1 / 12] * 4 + [1 / 6] * 4)
    assert shares.sum() == pytest.approx(1, abs=1e-15)
    np.testing.assert_allclose(department_shares(["", "a"]), [0.5, 0.5])


def test_a_side_without_people_is_refused():
    with pytest.raises(ValueError, match="at least one person"):
        department_shares([])


def test_departments_must_be_as_many_as_people():
    with pytest.raises(ValueError, match="2 people"):
        department_mean(MUNICIPALITY, ["a", "b", "c"])


def test_all_share_to_one_side_gives_the_weights_of_that_side():
    residents, municipality = side_mean(RESIDENTS), side_mean(MUNICIPALITY)

    np.testing.assert_array_equal(joint_weights(residents, municipality, 1), residents)
    np.testing.assert_array_equal(joint_weights(residents, municipality, 0), municipality)


def test_many_shares_give_many_joint_weights():
    joint = joint_weights([1.0, 0.0], [0.0, 1.0], [0.0, 0.25, 1.0])

    np.testing.assert_array_equal(joint, [[0, 1], [0.25, 0.75], [1, 0]])


@pytest.mark.parametrize("share", [-0.1, 1.1, np.nan])
def test_a_share_outside_nought_to_one_is_refused(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        joint_weights([0.5, 0.5], [0.5, 0.5], share)


def test_sides_with_other_criteria_are_refused():
    with pytest.raises(ValueError, match="differ in criteria"):
        joint_weights([0.5, 0.5], [1.0], 0.5)
