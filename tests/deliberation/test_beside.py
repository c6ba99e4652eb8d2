"""Rules beside the panel, on the golden case and where they must agree with it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waardeweging.deliberation.beside import POWERS, rules_beside
from waardeweging.deliberation.panel import satisfaction
from waardeweging.scoring.additive import additive_scores

A, B, C = range(3)


def beside(golden, **changes):
    given = {
        "values": golden.values,
        "eligible": golden.all,
        "winner": B,
        "side_weights": golden.side_weights,
        "shares": np.array([0.5, 0.5]),
        "weights": golden.people,
        "mass": golden.mass,
        "fallback": None,
    }
    return rules_beside(**(given | changes))


def test_the_golden_case(golden):
    found = beside(golden, fallback=C)

    # Gains over C: residents .0075 .161875, municipality .12 .085; the root of their product.
    np.testing.assert_allclose(
        found.bargain.product, [np.sqrt(0.0075 * 0.12), np.sqrt(0.161875 * 0.085), 0]
    )
    # Satisfaction of A: .0463 and 1; of B: 1 and .7083; of C: 0 and 0.
    np.testing.assert_allclose(found.norms[0].losses, [0.476834, 0.145833, 1], atol=1e-6)
    np.testing.assert_allclose(found.norms[-1].losses, [0.953668, 0.291667, 1], atol=1e-6)
    assert found.winners == {
        "nash": B,
        "norm_1": B,
        "norm_2": B,
        "norm_4": B,
        "norm_inf": B,
        "phantoms": B,
    }


def test_without_an_agreed_fallback_there_is_no_bargain(golden):
    found = beside(golden)

    assert found.bargain is None
    assert "nash" not in found.winners


def test_what_is_excluded_wins_under_no_rule(golden):
    found = beside(golden, eligible=np.array([True, False, True]), winner=A, fallback=B)

    # Satisfied among the eligible only: A is the best of both sides then.
    assert set(found.winners.values()) <= {A, B}
    assert found.bargain.winner == B
    assert not found.bargain.agreed
    assert [len(norm.losses) for norm in found.norms] == [2] * len(POWERS)
    assert found.phantoms.winner == A


def test_a_tie_goes_to_the_winner_and_else_to_the_first(golden):
    same = np.tile(golden.values[:1], (3, 1))

    assert set(beside(golden, values=same, winner=C).winners.values()) == {C}
    better = np.vstack([same[:2], 0.5 * same[2:]])
    assert set(beside(golden, values=better, winner=C).winners.values()) == {A}


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_power_one_is_mean_satisfaction_and_infinity_the_least_satisfied_side(seed):
    rng = np.random.default_rng(seed)
    values, weights = rng.random((4, 3)), rng.dirichlet(np.ones(3), 2)
    found = rules_beside(
        values,
        np.ones(4, dtype=bool),
        winner=0,
        side_weights=weights,
        shares=np.array([0.5, 0.5]),
        weights=weights,
        mass=np.array([0.5, 0.5]),
        fallback=None,
    )
    satisfied = satisfaction(additive_scores(values, weights))

    np.testing.assert_allclose(found.norms[0].losses, 1 - satisfied.mean(axis=0))
    np.testing.assert_allclose(found.norms[-1].losses, 1 - satisfied.min(axis=0))


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_side_without_a_share_has_no_say(golden, share):
    mass = np.array([1 / 4] * 4 + [0, 0]) if share else np.array([0] * 4 + [1 / 2] * 2)
    found = beside(
        golden, shares=np.array([share, 1 - share]), mass=mass, winner=B if share else A, fallback=C
    )

    assert set(found.winners.values()) == {B if share else A}
