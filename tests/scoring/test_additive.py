import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from waardeweging.scoring.additive import (
    additive_scores,
    best,
    contributions,
    ranks,
    scores_of_draws,
    tied_with_best,
)

# The worked example of the method: cost, say, liveability, CO₂ for a heat company (A), a
# heat cooperative (B) and heat pumps (C).
VALUES = np.array([[0.80, 0.20, 0.50, 0.60], [0.55, 0.90, 0.60, 0.55], [0.30, 0.70, 0.40, 0.90]])
RESIDENTS = np.array([[20, 40, 30, 10], [30, 30, 30, 10], [25, 45, 20, 10], [60, 10, 20, 10]]) / 100
MUNICIPALITY = np.array([[50, 10, 20, 20], [40, 10, 20, 30]]) / 100
JOINT = np.array([0.39375, 0.20625, 0.225, 0.175])

UNIT = st.floats(0, 1)
TABLES = arrays(np.float64, st.tuples(st.integers(1, 5), st.just(3)), elements=UNIT)
DRAWS = arrays(np.float64, st.tuples(st.integers(1, 5), st.just(3)), elements=st.floats(0.01, 1))


def _normalised(points):
    return points / points.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize(
    ("weights", "scores"),
    [
        ([0.3375, 0.3125, 0.25, 0.10], [0.5175, 0.671875, 0.51]),
        ([0.45, 0.10, 0.20, 0.25], [0.63, 0.595, 0.51]),
        (JOINT, [0.57375, 0.6334375, 0.51]),
    ],
)
def test_scores_of_the_worked_example_are_exact(weights, scores):
    np.testing.assert_allclose(additive_scores(VALUES, weights), scores, rtol=0, atol=1e-15)


def test_contributions_add_up_to_the_scores():
    parts = contributions(VALUES, JOINT)

    assert parts.shape == (3, 4)
    assert parts[1, 1] == 0.9 * 0.20625
    np.testing.assert_allclose(parts.sum(axis=-1), additive_scores(VALUES, JOINT), atol=1e-15)


def test_the_mean_of_everyones_scores_is_the_score_of_the_joint_weights():
    sides = [additive_scores(VALUES, side).mean(axis=0) for side in (RESIDENTS, MUNICIPALITY)]

    np.testing.assert_allclose(
        np.mean(sides, axis=0), additive_scores(VALUES, JOINT), rtol=0, atol=1e-15
    )


def test_one_table_many_tables_and_a_table_per_draw_give_the_same_digits():
    rng = np.random.default_rng(8)
    tables, weights = rng.random((6, 3, 4)), rng.dirichlet(np.ones(4), 6)
    crossed = additive_scores(tables[:, None], weights)

    np.testing.assert_allclose(crossed, scores_of_draws(tables, weights), rtol=0, atol=1e-15)
    assert crossed.shape == (6, 6, 3)
    for table in range(6):
        np.testing.assert_array_equal(crossed[table], additive_scores(tables[table], weights))
        np.testing.assert_array_equal(crossed[:, table], additive_scores(tables, weights[table]))
    np.testing.assert_array_equal(
        additive_scores(tables, weights), crossed[np.arange(6), np.arange(6)]
    )


@pytest.mark.parametrize("size", [1, 3, 7, 50, 333])
def test_the_digits_do_not_depend_on_the_size_of_a_block(size):
    rng = np.random.default_rng(9)
    tables, weights = rng.random((3, 12, 10)), rng.dirichlet(np.ones(10), 500)
    blocks = [scores_of_draws(tables, weights[i : i + size]) for i in range(0, 500, size)]

    np.testing.assert_array_equal(np.concatenate(blocks, axis=-2), scores_of_draws(tables, weights))


@given(TABLES, DRAWS)
def test_a_clone_ties_exactly_and_changes_no_other_score(values, draws):
    cloned = additive_scores(np.vstack([values, values[:1]]), _normalised(draws))

    np.testing.assert_array_equal(cloned[:, :-1], additive_scores(values, _normalised(draws)))
    np.testing.assert_array_equal(cloned[:, -1], cloned[:, 0])


@given(TABLES, DRAWS, UNIT)
def test_a_better_performance_never_lowers_a_score(values, draws, gain):
    better = values.copy()
    better[0, 1] = min(1.0, better[0, 1] + gain)
    before, after = (additive_scores(table, _normalised(draws)) for table in (values, better))

    assert (after >= before).all()


@given(TABLES, st.randoms())
def test_a_new_order_of_alternatives_and_criteria_moves_the_scores_along(values, random):
    rows, columns = list(range(len(values))), list(range(3))
    random.shuffle(rows)
    random.shuffle(columns)
    weights = np.array([0.5, 0.3, 0.2])

    np.testing.assert_allclose(
        additive_scores(values[rows][:, columns], weights[columns]),
        additive_scores(values, weights)[rows],
        rtol=0,
        atol=1e-15,
    )


@given(TABLES, st.integers(0, 2))
def test_all_weight_on_one_criterion_gives_the_order_of_that_criterion(values, criterion):
    scores = additive_scores(values, np.eye(3)[criterion])

    np.testing.assert_array_equal(scores, values[:, criterion])
    np.testing.assert_array_equal(ranks(scores), ranks(values[:, criterion]))


@given(TABLES, DRAWS)
def test_the_mean_of_scores_is_the_score_of_mean_weights(values, draws):
    weights = _normalised(draws)

    np.testing.assert_allclose(
        additive_scores(values, weights).mean(axis=0),
        additive_scores(values, weights.mean(axis=0)),
        rtol=0,
        atol=1e-12,
    )


@pytest.mark.parametrize("score", [additive_scores, contributions, scores_of_draws])
@pytest.mark.parametrize(
    ("values", "weights"),
    [(VALUES, [[1.0]]), (VALUES[0], [JOINT]), (np.empty((3, 0)), np.empty((1, 0)))],
)
def test_other_numbers_of_criteria_are_refused(score, values, weights):
    with pytest.raises(ValueError, match="values have shape"):
        score(values, weights)


def test_draws_need_an_axis_of_their_own():
    with pytest.raises(ValueError, match="n_draws"):
        scores_of_draws(VALUES, JOINT)


def test_ranks_count_who_is_strictly_better():
    np.testing.assert_array_equal(ranks([0.57375, 0.6334375, 0.51]), [2, 1, 3])


def test_ties_share_the_better_place():
    np.testing.assert_array_equal(
        ranks([[0.5, 0.7, 0.5, 0.1], [1.0, 1.0, 1.0, 1.0]]), [[2, 1, 2, 4], [1] * 4]
    )


@given(arrays(np.float64, st.tuples(st.integers(1, 3), st.integers(1, 6)), elements=UNIT))
def test_ranks_equal_those_of_sorting(scores):
    expected = [[1 + sorted(row, reverse=True).index(score) for score in row] for row in scores]

    np.testing.assert_array_equal(ranks(scores), expected)


def test_the_best_is_the_highest_and_of_equals_the_first():
    assert best([0.2, 0.7, 0.7]) == 1
    np.testing.assert_array_equal(best([[0.2, 0.7], [0.5, 0.5]]), [1, 0])


def test_what_is_not_eligible_cannot_win():
    assert best([0.9, 0.7, 0.8], [False, True, True]) == 2
    assert best([0.0, 0.0], [False, True]) == 1


def test_without_eligible_alternatives_there_is_no_best():
    with pytest.raises(ValueError, match="no alternative is eligible"):
        best([[0.1, 0.2], [0.3, 0.4]], [[True, True], [False, False]])


def test_within_a_tenth_of_the_best_score_is_a_tie():
    # 0.57375 / 0.6334375 = 0.9058 and 0.51 / 0.6334375 = 0.8051
    scores = additive_scores(VALUES, JOINT)

    assert tied_with_best(scores) == (0,)
    assert tied_with_best(scores, margin=0.05) == ()
    assert tied_with_best(scores, margin=0.2) == (0, 2)


def test_exactly_the_margin_still_ties():
    assert tied_with_best([0.7, 0.63], margin=0.1) == (1,)


def test_without_margin_only_equal_scores_tie():
    assert tied_with_best([0.5, 0.5, 0.4999], margin=0) == (1,)


def test_what_is_not_eligible_does_not_tie():
    assert tied_with_best([0.6, 0.59, 0.58], [True, False, True]) == (2,)
    assert tied_with_best([0.9, 0.59, 0.58], [False, True, True]) == (2,)


def test_when_all_score_nothing_all_tie():
    assert tied_with_best([0.0, 0.0, 0.0]) == (1, 2)


@pytest.mark.parametrize("margin", [-0.1, 1.1, np.nan])
def test_a_margin_outside_nought_to_one_is_refused(margin):
    with pytest.raises(ValueError, match="margin is"):
        tied_with_best([0.5, 0.4], margin=margin)
