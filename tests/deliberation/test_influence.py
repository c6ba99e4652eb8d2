from itertools import combinations
from math import factorial

import numpy as np
import pytest

from waardeweging.deliberation.influence import (
    decisive_sides,
    influence,
    one_person_can_flip,
    personal_influence,
)
from waardeweging.elicitation.samplers import simplex_draws
from waardeweging.scoring.additive import additive_scores


def _shapley(worth, players):
    """Average what each player adds over every order of arrival."""
    total = np.zeros(players)
    for player in range(players):
        others = [other for other in range(players) if other != player]
        for size in range(players):
            chance = factorial(size) * factorial(players - size - 1) / factorial(players)
            for team in combinations(others, size):
                total[player] += chance * (worth({*team, player}) - worth(set(team)))
    return total


def test_golden_case_adds_up_over_the_sides(golden):
    found = influence(golden.values[1] - golden.values[0], golden.people, golden.mass, golden.sides)

    assert found.equal_weights_margin == pytest.approx(0.125, abs=1e-12)
    np.testing.assert_allclose(found.groups, [0.0146875, -0.08], atol=1e-12)
    assert found.total == pytest.approx(0.0596875, abs=1e-12)


@pytest.mark.parametrize("players", [1, 2, 6])
def test_personal_influence_is_the_enumerated_shapley_value(players):
    rng = np.random.default_rng(players)
    weights, advantage = simplex_draws(3, players, rng), rng.uniform(-1, 1, size=3)
    mass = simplex_draws(players, 1, rng)[0]

    def worth(team):
        heard = np.array([p in team for p in range(players)])[:, None]
        return mass @ np.where(heard, weights, 1 / 3) @ advantage

    found = personal_influence(advantage, weights, mass)

    np.testing.assert_allclose(found, _shapley(worth, players), atol=1e-12)


def test_departments_add_up_to_the_margin_too():
    rng = np.random.default_rng(3)
    weights, mass = simplex_draws(4, 10, rng), simplex_draws(10, 1, rng)[0]
    advantage = rng.uniform(-1, 1, size=4)

    found = influence(advantage, weights, mass, np.array([0, 0, 0, 0, 1, 1, 2, 2, 3, 3]))

    assert found.groups.shape == (4,)
    assert found.total == pytest.approx(mass @ weights @ advantage, abs=1e-12)


def test_one_official_of_two_can_flip_the_golden_case(golden):
    # A quarter of the weight, moved from (50, 10, 20, 20) to all on cost, takes more than 0.0597.
    assert one_person_can_flip(golden.values, golden.people, golden.mass, golden.all)


def test_nobody_of_a_thousand_can_flip_it(golden):
    people, mass = np.repeat(golden.people, 1000, axis=0), np.repeat(golden.mass, 1000) / 1000

    assert not one_person_can_flip(golden.values, people, mass, golden.all)


def test_trying_every_corner_confirms_whether_one_person_can_flip():
    rng = np.random.default_rng(11)
    answers = []
    for _ in range(100):
        values, people = rng.uniform(size=(3, 3)), simplex_draws(3, 8, rng)
        everyone, mass = np.ones(3, dtype=bool), np.full(8, 1 / 8)
        winner = int(additive_scores(values, mass @ people).argmax())
        flipped = False
        for person in range(8):
            for corner in np.eye(3):
                other = people.copy()
                other[person] = corner
                flipped |= int(additive_scores(values, mass @ other).argmax()) != winner
        answers.append(flipped)

        assert one_person_can_flip(values, people, mass, everyone) == flipped

    assert 10 < sum(answers) < 90


def test_without_rivals_nobody_can_flip(golden):
    assert not one_person_can_flip(
        golden.values, golden.people, golden.mass, np.array([False, True, False])
    )


def test_residents_are_decisive_in_the_golden_case(golden):
    side_scores = additive_scores(golden.values, golden.side_weights)
    joint = additive_scores(golden.values, golden.joint)

    # The municipality alone would choose A; the residents alone B, as both do together.
    assert decisive_sides(side_scores, joint, golden.all) == (True, False)
    assert decisive_sides(side_scores[::-1], joint, golden.all) == (False, True)
