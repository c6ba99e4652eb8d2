import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import trim_mean

from waardeweging.deliberation import joint_rules
from waardeweging.deliberation.joint_rules import (
    geometric_weights,
    spatial_median_weights,
    trimmed_mean_weights,
)
from waardeweging.elicitation.log_ratios import clr, from_log_ratios
from waardeweging.elicitation.samplers import simplex_draws


def test_golden_case_has_these_geometric_weights(golden):
    found = geometric_weights(golden.people, golden.mass)

    np.testing.assert_allclose(found, [0.40623, 0.18021, 0.24226, 0.17130], atol=5e-6)
    np.testing.assert_allclose(golden.values @ found, [0.58494, 0.62519, 0.49909], atol=1e-5)


def test_a_zero_does_not_take_a_criterion_away():
    found = geometric_weights(np.array([[1.0, 0.0], [0.5, 0.5]]), np.array([0.5, 0.5]))

    # sqrt(0.9935 × 0.5) against sqrt(0.0065 × 0.5).
    assert found[1] == pytest.approx(1 / (1 + np.sqrt(0.9935 / 0.0065)))


@pytest.mark.parametrize("seed", range(5))
def test_spatial_median_has_the_least_total_distance(seed):
    rng = np.random.default_rng(seed)
    people, mass = simplex_draws(4, 9, rng), simplex_draws(9, 1, rng)[0]
    points = clr(people)

    def total(ratios):
        return mass @ np.sqrt(((points - ratios) ** 2).sum(axis=1))

    found = clr(spatial_median_weights(people, mass))
    searched = minimize(total, points.mean(axis=0), method="Nelder-Mead", options={"xatol": 1e-9})

    assert total(found) <= searched.fun + 1e-9


def test_spatial_median_of_the_golden_case_is_at_a_minimum(golden):
    points = clr(golden.people)

    def total(ratios):
        return golden.mass @ np.sqrt(((points - ratios) ** 2).sum(axis=1))

    found = clr(spatial_median_weights(golden.people, golden.mass))

    rng = np.random.default_rng(0)
    for step in (1e-2, 1e-4):
        for nudge in rng.normal(size=(50, 4)) * step:
            assert total(found) <= total(found + nudge - nudge.mean()) + 1e-12


def _on_a_line(rng, people, criteria):
    return from_log_ratios(np.outer(rng.normal(size=people), rng.normal(size=criteria)))


def _almost_on_a_line(rng, people, criteria):
    line = np.outer(rng.normal(size=people), rng.normal(size=criteria))
    return from_log_ratios(line + 1e-7 * rng.normal(size=line.shape))


def _a_hair_apart(rng, people, criteria):
    place = rng.normal(size=criteria)
    return from_log_ratios(place + 1e-10 * rng.normal(size=(people, criteria)))


def _few_places(rng, people, criteria):
    return rng.dirichlet(np.ones(criteria), 3)[rng.integers(3, size=people)]


def _all_on_one_criterion(rng, people, criteria):
    return np.eye(criteria)[rng.integers(criteria, size=people)]


def _one_far_away(rng, people, criteria):
    ratios = 1e-4 * rng.normal(size=(people, criteria))
    ratios[0] += 5 * rng.normal(size=criteria)
    return from_log_ratios(ratios)


def _anywhere(rng, people, criteria):
    return rng.dirichlet(np.full(criteria, 0.5), people)


HARD = (
    _on_a_line,
    _almost_on_a_line,
    _a_hair_apart,
    _few_places,
    _all_on_one_criterion,
    _one_far_away,
    _anywhere,
)


@pytest.mark.parametrize("kind", HARD)
def test_no_search_finds_a_place_nearer_to_all_in_hard_cases(kind):
    rng = np.random.default_rng(len(kind.__name__))
    for case in range(25):
        people = kind(rng, int(rng.integers(1, 12)), int(rng.integers(2, 7)))
        mass = rng.dirichlet(np.full(len(people), 0.4 if case % 2 else 5.0))
        points = clr(people)

        def total(ratios, points=points, mass=mass):
            return mass @ np.sqrt(((points - ratios) ** 2).sum(axis=1))

        found = total(clr(spatial_median_weights(people, mass)))

        starts = [points.mean(axis=0), points[mass.argmax()], *points[:2]]
        searched = min(float(minimize(total, start, method="BFGS").fun) for start in starts)
        assert found <= min(searched, *map(total, points)) + 1e-9


@pytest.mark.parametrize("kind", HARD)
def test_a_dozen_or_two_steps_always_settle(kind, monkeypatch):
    rng = np.random.default_rng(7)
    cases = [kind(rng, 9, 5) for _ in range(20)]
    masses = [rng.dirichlet(np.ones(9)) for _ in cases]
    settled = [spatial_median_weights(*case) for case in zip(cases, masses, strict=True)]
    monkeypatch.setattr(joint_rules, "_STEPS", 25)

    for people, mass, expected in zip(cases, masses, settled, strict=True):
        np.testing.assert_array_equal(spatial_median_weights(people, mass), expected)


def test_the_median_is_level_to_the_last_digits(golden):
    # The pulls of all people cancel, which a search that stops early does not reach.
    points = clr(golden.people)
    found = clr(spatial_median_weights(golden.people, golden.mass))
    away = points - found

    pull = (golden.mass / np.sqrt((away**2).sum(axis=1))) @ away

    np.testing.assert_allclose(pull, 0, atol=1e-13)


def test_more_than_half_in_one_place_is_the_median():
    people = np.array([[0.6, 0.3, 0.1], [0.1, 0.2, 0.7], [0.2, 0.7, 0.1]])

    found = spatial_median_weights(people, np.array([0.6, 0.2, 0.2]))

    np.testing.assert_allclose(found, people[0], atol=1e-9)


@pytest.mark.parametrize(("far", "ends"), [([-3.0, 3.0, 0.0], 0), ([-0.9, 0.9, 0.0], 2)])
def test_a_person_at_the_mean_holds_the_median_only_when_nobody_pulls_harder(far, ends):
    # All three lie on one line, the first at the mean. Even pulls cancel; a majority wins.
    people = from_log_ratios(np.array([[0.0, 0.0, 0.0], [3.0, -3.0, 0.0], far]))
    pull = 0.98 * far[1] / (3 + far[1])

    found = spatial_median_weights(people, np.array([0.02, pull, 0.98 - pull]))

    np.testing.assert_allclose(found, people[ends], atol=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_people_a_hair_apart_have_the_median_of_the_same_people_far_apart(seed):
    # At 1e-9 apart seven digits are left: the pull never dies out, yet no step shows a gain.
    rng = np.random.default_rng(seed)
    place, apart, mass = rng.normal(size=3), rng.normal(size=(9, 3)), rng.dirichlet(np.ones(9))
    expected = clr(spatial_median_weights(from_log_ratios(apart), mass))

    found = clr(spatial_median_weights(from_log_ratios(place + 1e-9 * apart), mass))

    np.testing.assert_allclose(1e9 * (found - clr(from_log_ratios(place))), expected, atol=1e-5)


def test_a_median_that_does_not_settle_in_time_is_still_a_set_of_weights(golden, monkeypatch):
    monkeypatch.setattr(joint_rules, "_STEPS", 2)

    found = spatial_median_weights(golden.people, golden.mass)

    assert found.sum() == pytest.approx(1)
    assert found.min() > 0


@pytest.mark.parametrize(
    "people", [np.array([[0.2, 0.8]]), np.tile([0.2, 0.8], (5, 1)), np.ones((3, 1))]
)
def test_people_who_agree_get_what_they_say_by_every_rule(people):
    mass = np.full(len(people), 1 / len(people))
    sides = np.zeros(len(people), int)

    for found in (
        geometric_weights(people, mass),
        spatial_median_weights(people, mass),
        trimmed_mean_weights(people, mass, sides),
    ):
        np.testing.assert_allclose(found, people[0], atol=1e-12)


def test_trimming_equals_the_textbook_where_a_tenth_is_whole_people():
    people = simplex_draws(3, 20, np.random.default_rng(2))
    expected = trim_mean(people, 0.1, axis=0)

    found = trimmed_mean_weights(people, np.full(20, 0.05), np.zeros(20, int))

    np.testing.assert_allclose(found, expected / expected.sum())


def test_each_side_keeps_its_share_when_trimmed():
    # Ten residents on the first criterion, one official on the second.
    people = np.vstack([np.tile([1.0, 0.0], (10, 1)), [[0.0, 1.0]]])

    found = trimmed_mean_weights(people, np.array([0.05] * 10 + [0.5]), np.array([0] * 10 + [1]))

    np.testing.assert_allclose(found, [0.5, 0.5])


def test_a_side_of_which_nothing_is_left_keeps_its_mean():
    # Twenty people with everything on a criterion of their own: each column trims to nothing.
    people = np.eye(20)

    found = trimmed_mean_weights(people, np.full(20, 0.05), np.zeros(20, int))

    np.testing.assert_allclose(found, 0.05)


def test_copying_every_resident_changes_no_rule(golden):
    times = np.array([10, 10, 10, 10, 1, 1])
    people, sides = np.repeat(golden.people, times, axis=0), np.repeat(golden.sides, times)
    mass = np.repeat(golden.mass / times, times)

    for rule in (geometric_weights, spatial_median_weights):
        np.testing.assert_allclose(rule(people, mass), rule(golden.people, golden.mass), atol=1e-9)
    np.testing.assert_allclose(
        trimmed_mean_weights(people, mass, sides),
        trimmed_mean_weights(golden.people, golden.mass, golden.sides),
        atol=1e-12,
    )


def test_trimming_cuts_a_tenth_of_each_side_whatever_its_share():
    # Ten people a side: on every criterion the lowest and the highest fall away.
    residents, municipality = (np.linspace(low, low + 0.4, 10) ** 2 for low in (0.1, 0.5))
    sides = np.repeat([0, 1], 10)
    first = np.concatenate([residents, municipality])
    mass = np.repeat([0.03, 0.07], 10)
    kept = [np.sort(one)[1:-1].mean() for one in (residents, municipality)]

    found = trimmed_mean_weights(np.column_stack([first, 1 - first]), mass, sides)

    assert found[0] == pytest.approx(0.3 * kept[0] + 0.7 * kept[1], abs=1e-12)
    assert found.sum() == pytest.approx(1)
