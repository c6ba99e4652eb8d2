import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from waardeweging.robustness.places import better_counts, place_mass
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


@pytest.mark.parametrize("even", [True, False])
def test_the_mass_of_every_place_is_summed(even):
    rng = np.random.default_rng(2)
    scores, mass = rng.random((70, 4)), np.full(70, 0.5) if even else rng.random(70)
    better, _ = better_counts(scores)

    found = place_mass(better, mass)

    places = ranks(scores)
    expected = [[mass[places[:, a] == p].sum() for p in range(1, 5)] for a in range(4)]
    np.testing.assert_allclose(found, expected)


def test_without_draws_nothing_has_mass():
    better, tied = better_counts(np.empty((0, 3)))

    assert place_mass(better, np.empty(0)).tolist() == [[0] * 3] * 3
    assert tied.shape == (0,)
