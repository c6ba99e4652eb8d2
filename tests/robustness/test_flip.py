import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from waardeweging.robustness.flip import flips, points_to_flip, weight_to_move
from waardeweging.scoring.additive import additive_scores

CASES = 2000


def _random_cases():
    """Coarse grids, so that ties, clones, dominated options and zero weights are common."""
    rng = np.random.default_rng(20240)
    for _ in range(CASES):
        m, n = rng.integers(2, 5), rng.integers(1, 6)
        steps = rng.choice([2, 4, 1000])
        values = rng.integers(0, steps + 1, size=(m, n)) / steps
        weights = rng.exponential(size=n) * (rng.uniform(size=n) < 0.8)
        weights = weights / weights.sum() if weights.any() else np.full(n, 1 / n)
        yield values, weights


def _least_by_linear_programme(advantage, weights):
    """Split every change in a part up and a part down; half their sum is the total variation."""
    n = len(weights)
    found = linprog(
        np.full(2 * n, 50.0),
        A_ub=np.concatenate([advantage, -advantage])[None],
        b_ub=[-(weights @ advantage)],
        A_eq=np.concatenate([np.ones(n), -np.ones(n)])[None],
        b_eq=[0.0],
        bounds=[(0, None)] * n + [(0, weight) for weight in weights],
    )
    return found.fun if found.status == 0 else None


def test_golden_case_flips_by_moving_weight_from_say_to_cost(golden):
    flip = points_to_flip(golden.values, golden.joint, golden.all)

    assert flip.points == pytest.approx(6.2828947, abs=5e-8)
    assert (flip.rival, flip.giver, flip.receiver) == (0, 1, 0)
    assert flip.moves == ((1, flip.points),)
    first, second, _ = additive_scores(golden.values, flip.weights)
    assert first == pytest.approx(second, abs=1e-12)


def test_points_equal_the_linear_programme():
    for values, weights in _random_cases():
        winner = int(additive_scores(values, weights).argmax())
        everyone = np.ones(len(values), dtype=bool)
        found = {flip.rival: flip for flip in flips(values, weights, everyone)}
        for rival in set(range(len(values))) - {winner}:
            advantage = values[winner] - values[rival]
            if rival in found:
                least = _least_by_linear_programme(advantage, weights)
                assert found[rival].points == pytest.approx(least, abs=1e-7)
            else:
                assert (advantage >= 0).all()
                assert weights @ advantage > 0


def test_flipped_weights_make_the_rival_level_and_take_only_what_is_there():
    for values, weights in _random_cases():
        for flip in flips(values, weights, np.ones(len(values), dtype=bool)):
            scores = additive_scores(values, flip.weights)
            winner = int(additive_scores(values, weights).argmax())
            taken = np.maximum(weights - flip.weights, 0)

            assert scores[winner] - scores[flip.rival] == pytest.approx(0, abs=1e-12)
            assert flip.weights.min() >= -1e-15
            assert flip.weights.sum() == pytest.approx(1, abs=1e-12)
            assert 100 * taken.sum() == pytest.approx(flip.points, abs=1e-9)
            assert sum(points for _, points in flip.moves) == pytest.approx(flip.points, abs=1e-9)


def test_the_nearest_rival_decides():
    values = np.array([[0.6, 0.6], [0.0, 0.8], [0.1, 1.0]])
    weights = np.array([0.7, 0.3])

    flip = points_to_flip(values, weights, np.ones(3, dtype=bool))
    each = flips(values, weights, np.ones(3, dtype=bool))

    # Rival 2: margin 0.35 - 0.12 = 0.23 over a slope of 0.5 + 0.4.
    assert flip.rival == 2
    assert flip.points == pytest.approx(100 * 0.23 / 0.9)
    assert [one.rival for one in each] == [1, 2]


def test_several_criteria_give_when_the_first_has_too_little():
    values = np.array([[1.0, 0.8, 0.0], [0.0, 0.0, 0.5]])
    weights = np.array([0.1, 0.5, 0.4])

    flip = points_to_flip(values, weights, np.ones(2, dtype=bool))

    # Margin 0.3: draining criterion 0 closes 0.1 × 1.5; the rest is 0.15 / 1.3 from criterion 1.
    assert flip.moves[0] == (0, pytest.approx(10))
    assert flip.moves[1] == (1, pytest.approx(15 / 1.3))
    assert flip.giver == 1
    assert flip.receiver == 2


def test_a_winner_that_is_nowhere_worse_cannot_be_flipped():
    values = np.array([[0.9, 0.5], [0.4, 0.5]])

    assert points_to_flip(values, np.array([0.5, 0.5]), np.ones(2, dtype=bool)) is None


@pytest.mark.parametrize("rival", [[0.7, 0.2], [0.2, 0.7]], ids=["clone", "tie"])
def test_a_shared_first_place_flips_at_zero_points(rival):
    values = np.array([[0.7, 0.2], rival])

    flip = points_to_flip(values, np.array([0.5, 0.5]), np.ones(2, dtype=bool))

    assert flip.points == 0
    assert (flip.giver, flip.receiver, flip.moves) == (None, None, ())
    assert flip.weights.tolist() == [0.5, 0.5]


def test_an_excluded_alternative_is_no_rival(golden):
    only_winner = np.array([False, True, False])

    assert points_to_flip(golden.values, golden.joint, only_winner) is None
    assert flips(golden.values, golden.joint, np.array([False, True, True]))[0].rival == 2


def test_one_criterion_cannot_flip():
    values = np.array([[0.9], [0.4]])

    assert points_to_flip(values, np.ones(1), np.ones(2, dtype=bool)) is None


def test_stacks_of_problems_run_through_the_same_lines(golden):
    advantages = golden.values[1] - golden.values[[0, 2]]

    taken = weight_to_move(advantages, golden.joint)

    np.testing.assert_array_equal(taken[0], weight_to_move(advantages[0], golden.joint))
    np.testing.assert_array_equal(taken[1], weight_to_move(advantages[1], golden.joint))


@given(st.permutations(range(4)), st.permutations(range(3)))
def test_permuting_criteria_and_alternatives_permutes_the_flip(golden, criteria, alternatives):
    flip = points_to_flip(golden.values, golden.joint, golden.all)

    other = points_to_flip(
        golden.values[np.ix_(alternatives, criteria)], golden.joint[criteria], golden.all
    )

    assert other.points == pytest.approx(flip.points, abs=1e-12)
    assert alternatives[other.rival] == flip.rival
    assert (criteria[other.giver], criteria[other.receiver]) == (flip.giver, flip.receiver)
