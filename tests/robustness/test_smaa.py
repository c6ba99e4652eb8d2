import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from waardeweging.elicitation.samplers import simplex_draws
from waardeweging.robustness.acceptability import sampled_acceptability
from waardeweging.robustness.smaa import exact_first_place

coarse = st.integers(0, 4).map(lambda step: step / 4)
tables = st.tuples(st.integers(1, 4), st.integers(1, 3)).flatmap(
    lambda shape: st.tuples(
        arrays(float, shape, elements=coarse), arrays(bool, shape[0]).filter(np.any)
    )
)


@given(tables)
def test_exact_shares_agree_with_draws(case):
    values, eligible = case
    weights = simplex_draws(values.shape[1], 1000, np.random.default_rng(9))
    drawn = sampled_acceptability(values, weights, eligible)

    exact = exact_first_place(values, eligible)

    assert exact.sum() == pytest.approx(1)
    assert not exact[~eligible].any()
    np.testing.assert_allclose(exact, drawn.winner_share, atol=0.09)


def test_exact_shares_on_an_envelope():
    two = np.array([[1.0, 0.0], [0.0, 1.0], [0.7, 0.7]])
    everyone = np.ones(3, dtype=bool)

    # The third wins where both others are below 0.7.
    assert exact_first_place(two, everyone) == pytest.approx([0.3, 0.3, 0.4])
    assert exact_first_place(np.eye(3), everyone) == pytest.approx([1 / 3] * 3)
    # Triangle of weights with the first criterion at least one half: a quarter.
    half = np.array([[1.0, 0.0, 0.0], [0.5, 0.5, 0.5]])
    assert exact_first_place(half, np.ones(2, dtype=bool)) == pytest.approx([0.25, 0.75])
    assert exact_first_place(np.array([[0.4], [0.9]]), np.ones(2, dtype=bool)).tolist() == [0, 1]


def test_clones_divide_their_exact_share():
    values = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])

    assert exact_first_place(values, np.ones(3, dtype=bool)) == pytest.approx([0.25, 0.25, 0.5])


def test_exact_shares_stop_at_three_criteria():
    with pytest.raises(ValueError, match="1 to 3 criteria, found 4"):
        exact_first_place(np.eye(4), np.ones(4, dtype=bool))
