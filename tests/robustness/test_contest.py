import numpy as np
import pytest

from waardeweging.robustness.contest import contest


def test_winner_is_set_against_every_other_eligible_alternative(golden):
    game = contest(golden.values, golden.joint, np.array([True, True, False]))

    assert game.winner == 1
    assert game.rivals.tolist() == [0]
    np.testing.assert_allclose(game.advantages, [[-0.25, 0.70, 0.10, -0.05]])
    np.testing.assert_allclose(game.margins, [0.0596875])


def test_a_margin_is_never_below_zero_by_rounding():
    # The winner by one last digit: the sum over criteria and the sum over differences disagree.
    rng = np.random.default_rng(1)
    values = np.repeat(rng.uniform(size=(200, 1, 5)), 3, axis=1)
    values[:, 1] += 1e-17
    for table in values:
        game = contest(table, np.full(5, 0.2), np.ones(3, dtype=bool))

        assert (game.margins >= 0).all()


def test_without_an_eligible_alternative_there_is_no_contest(golden):
    with pytest.raises(ValueError, match="no alternative is eligible"):
        contest(golden.values, golden.joint, np.zeros(3, dtype=bool))
