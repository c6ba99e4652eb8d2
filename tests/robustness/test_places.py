import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from waardeweging.robustness.places import better_counts
from waardeweging.scoring.additive import ranks

SCORES = arrays(
    np.float64,
    st.tuples(st.integers(0, 6), st.integers(1, 6)),
    elements=st.sampled_from([0.0, 0.25, 0.5, 0.7, 1.0]),
)


@given(SCORES)
def test_counts_are_the_ranks_and_ties_are_seen(scores):
    better, tied = better_counts(scores)

    np.testing.assert_array_equal(better.T + 1, ranks(scores))
    assert tied.tolist() == [len(set(row)) < len(row) for row in scores.tolist()]


def test_scores_that_differ_by_rounding_tie():
    better, tied = better_counts(np.array([[0.3, 0.1 + 0.2, 0.1], [0.3, 0.3 + 2e-12, 0.1]]))

    assert better.T.tolist() == [[0, 0, 2], [1, 0, 2]]
    assert tied.tolist() == [True, False]


@pytest.mark.parametrize("number", [255, 256, 300])
def test_counts_do_not_overflow_with_hundreds_of_alternatives(number):
    better, tied = better_counts(np.arange(number)[None, :] / number)

    assert better[:, 0].tolist() == list(range(number))[::-1]
    assert not tied.any()
