from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from waardeweging.robustness.envelope import Takeover, takeovers

coarse = st.integers(0, 6).map(lambda step: step / 6)
lines = st.integers(1, 5).flatmap(
    lambda m: st.tuples(
        arrays(float, m, elements=coarse),
        arrays(float, m, elements=coarse),
        arrays(bool, m).filter(np.any),
    )
)


@given(lines)
def test_between_takeovers_the_named_alternative_is_best(case):
    first, last, eligible = case
    found = takeovers(first, last, eligible)
    ends = [0.0, *(step.at for step in found), 1.0]
    start = int(np.where(eligible, first, -1).argmax())
    winners = [start, *(step.next for step in found)]

    assert ends == sorted(ends)
    assert winners[-1] == np.where(eligible, last, -1).argmax()
    for (begin, end), winner in zip(pairwise(ends), winners, strict=True):
        middle = (begin + end) / 2
        scores = np.where(eligible, (1 - middle) * first + middle * last, -1)
        assert scores[winner] == pytest.approx(scores.max(), abs=1e-11)


@given(lines)
def test_takeovers_form_a_chain(case):
    found = takeovers(*case)

    for one, following in pairwise(found):
        assert one.next == following.previous


def test_of_lines_that_meet_together_the_steepest_follows():
    found = takeovers(np.array([0.6, 0.3, 0.0]), np.array([0.6, 0.9, 1.2]), np.ones(3, dtype=bool))

    assert found == (Takeover(pytest.approx(0.5), 0, 2),)


def test_a_tie_at_an_end_is_a_takeover_at_that_end():
    level, rising = np.array([0.5, 0.5]), np.array([0.1, 0.5])
    everyone = np.ones(2, dtype=bool)

    assert takeovers(level, np.array([0.5, 0.9]), everyone) == (Takeover(0.0, 0, 1),)
    assert takeovers(rising, level, everyone) == (Takeover(1.0, 1, 0),)


def test_lines_that_coincide_never_take_over():
    same = np.array([0.4, 0.4])

    assert takeovers(same, same, np.ones(2, dtype=bool)) == ()


def test_an_excluded_alternative_never_takes_over():
    found = takeovers(np.array([0.5, 0.0]), np.array([0.5, 1.0]), np.array([True, False]))

    assert found == ()
