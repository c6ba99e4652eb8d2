import numpy as np
import pytest

from waardeweging.robustness.stability import Bound, StabilityInterval, stability_intervals
from waardeweging.scoring.additive import additive_scores

STEP = 1e-6


def _with_weight(weights, criterion, weight):
    """Give one criterion another weight and leave the others in proportion."""
    moved = weights * (1 - weight) / (1 - weights[criterion])
    moved[criterion] = weight
    return moved


def _random_cases(count):
    rng = np.random.default_rng(7)
    for _ in range(count):
        m, n = rng.integers(2, 6), rng.integers(2, 6)
        steps = rng.choice([4, 1000])
        weights = rng.exponential(size=n) * (rng.uniform(size=n) < 0.8)
        if (weights > 0).sum() > 1:
            yield rng.integers(0, steps + 1, size=(m, n)) / steps, weights / weights.sum()


def test_golden_case_has_these_bounds(golden):
    cost, say, liveability, carbon = stability_intervals(golden.values, golden.joint, golden.all)

    assert cost == StabilityInterval(None, Bound(pytest.approx(0.5105954, abs=5e-8), 0))
    assert say == StabilityInterval(Bound(pytest.approx(0.1322596, abs=5e-8), 0), None)
    assert liveability == StabilityInterval(None, None)
    assert carbon == StabilityInterval(None, Bound(pytest.approx(0.3900990, abs=5e-8), 2))


def test_golden_case_without_the_heat_pump_lets_carbon_go_further(golden):
    *_, carbon = stability_intervals(golden.values, golden.joint, np.array([True, True, False]))

    assert carbon.high == Bound(pytest.approx(0.6239316, abs=5e-8), 0)


def test_rescoring_confirms_every_bound_from_both_sides():
    checked = 0
    for values, weights in _random_cases(400):
        everyone = np.ones(len(values), dtype=bool)
        winner = int(additive_scores(values, weights).argmax())
        for criterion, interval in enumerate(stability_intervals(values, weights, everyone)):
            for bound, outward in ((interval.low, -1), (interval.high, 1)):
                end = 0.0 if outward < 0 else 1.0
                stays = end if bound is None else bound.weight - outward * STEP
                if (weights[criterion] - stays) * outward < 0:
                    inside = additive_scores(values, _with_weight(weights, criterion, stays))
                    assert inside[winner] >= inside.max() - 1e-9
                if bound is not None and 0 < bound.weight < 1:
                    beyond = additive_scores(
                        values, _with_weight(weights, criterion, bound.weight + outward * STEP)
                    )
                    assert beyond[bound.rival] > beyond[winner]
                    assert beyond[bound.rival] == pytest.approx(beyond.max(), abs=1e-12)
                    checked += 1

    assert checked > 300


def test_of_two_rivals_that_arrive_together_the_steepest_takes_over():
    # At weight 0.6 all three are level; beyond it rival 2 rises fastest.
    values = np.array([[0.4, 0.6], [0.6, 0.3], [0.8, 0.0]])

    first, _ = stability_intervals(values, np.array([0.2, 0.8]), np.ones(3, dtype=bool))

    assert first.high == Bound(pytest.approx(0.6), 2)


def test_a_tie_today_bounds_at_todays_weight():
    values = np.array([[1.0, 0.0], [0.0, 1.0]])

    first, second = stability_intervals(values, np.array([0.5, 0.5]), np.ones(2, dtype=bool))

    assert first == StabilityInterval(Bound(0.5, 1), None)
    assert second == StabilityInterval(None, Bound(0.5, 1))


def test_a_clone_never_takes_over():
    values = np.array([[0.7, 0.2], [0.7, 0.2]])

    for interval in stability_intervals(values, np.array([0.5, 0.5]), np.ones(2, dtype=bool)):
        assert interval == StabilityInterval(None, None)


def test_a_criterion_with_all_weight_has_no_bounds():
    values = np.array([[1.0, 0.0], [0.0, 1.0]])

    first, second = stability_intervals(values, np.array([1.0, 0.0]), np.ones(2, dtype=bool))

    assert first == StabilityInterval(None, None)
    assert second == StabilityInterval(None, Bound(0.5, 1))


def test_one_criterion_or_one_alternative_is_stable_for_ever():
    none = StabilityInterval(None, None)

    assert stability_intervals(np.array([[0.4], [0.9]]), np.ones(1), np.ones(2, dtype=bool)) == (
        none,
    )
    assert stability_intervals(
        np.array([[0.4, 0.9]]), np.array([0.5, 0.5]), np.ones(1, dtype=bool)
    ) == (none, none)
