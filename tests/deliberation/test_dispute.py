import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.deliberation.dispute import dispute_split
from waardeweging.elicitation.samplers import simplex_draws
from waardeweging.scoring.additive import additive_scores


def test_golden_case_splits_like_this(golden):
    residents, municipality = golden.side_weights

    split = dispute_split(residents, municipality, golden.values, 1, 0)

    np.testing.assert_allclose(split.effects, [0.028125, 0.14875, 0.005, 0.0075], atol=1e-12)
    assert split.total == pytest.approx(0.189375, abs=1e-12)
    assert split.order.tolist() == [1, 0, 3, 2]


@given(st.integers(0, 2**32 - 1), st.integers(1, 8))
def test_effects_add_up_to_the_difference_between_the_gaps(seed, criteria):
    rng = np.random.default_rng(seed)
    first, second = simplex_draws(criteria, 2, rng)
    values = rng.uniform(size=(2, criteria))
    mine, theirs = additive_scores(values, np.array([first, second]))

    split = dispute_split(first, second, values, 0, 1)

    assert split.total == pytest.approx((mine[0] - mine[1]) - (theirs[0] - theirs[1]), abs=1e-12)
    assert (np.diff(np.abs(split.effects[split.order])) <= 0).all()


def test_sides_that_weigh_the_same_dispute_nothing(golden):
    split = dispute_split(golden.joint, golden.joint, golden.values, 1, 2)

    assert split.effects.tolist() == [0, 0, 0, 0]
    assert split.order.tolist() == [0, 1, 2, 3]
