"""One row of weights over many neighbourhoods is one neighbourhood at a time."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from waardeweging.analysis.batch.fixed import NOBODY, first_best, fixed_outcome
from waardeweging.robustness.flip import points_to_flip
from waardeweging.scoring.additive import tied_with_best


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 6), st.integers(2, 8))
def test_outcomes_are_those_of_each_neighbourhood_by_itself(seed, number, options, criteria):
    rng = np.random.default_rng(seed)
    values = rng.integers(0, 11, (number, options, criteria)) / 10
    weights = rng.dirichlet(np.ones(criteria))
    eligible = rng.random((number, options)) < 0.8
    eligible[:, 0] = True

    found = fixed_outcome(values, weights, eligible, 0.1)

    for p in range(number):
        flip = points_to_flip(values[p], weights, eligible[p])
        assert np.isinf(found.points[p]) if flip is None else found.points[p] == flip.points
        assert found.rival[p] == (NOBODY if flip is None else flip.rival)
        ties = tied_with_best(found.scores[p], eligible[p], 0.1)
        assert tuple(np.flatnonzero(found.tied[p])) == ties
        order = [k for k in np.argsort(-found.scores[p], kind="stable") if eligible[p, k]]
        assert found.winner[p] == order[0]
        assert found.runner_up[p] == (order[1] if len(order) > 1 else NOBODY)


def test_a_neighbourhood_without_options_has_nobody():
    values = np.array([[[0.4], [0.6]], [[0.4], [0.6]]])
    eligible = np.array([[False, False], [True, False]])

    found = fixed_outcome(values, np.ones(1), eligible, 0.1)

    assert found.winner.tolist() == [NOBODY, 0]
    assert found.runner_up.tolist() == [NOBODY, NOBODY]
    assert not np.isfinite(found.points).any()
    assert not np.isfinite(found.margin).any()


def test_of_equal_scores_the_first_wins():
    assert first_best(np.array([[0.5, 0.5]]), np.ones((1, 2), bool)).tolist() == [0]
