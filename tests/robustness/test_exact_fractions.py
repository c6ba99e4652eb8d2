"""Scores, points to flip, the strip and stability against exact arithmetic on fractions.

Half of the problems lie on grids of powers of two. Their floats are exact, so ties
and limits must come out exactly; the other half shows what rounding does.
"""

from fractions import Fraction

import numpy as np
import pytest

from waardeweging.robustness.envelope import takeovers
from waardeweging.robustness.flip import flips, points_to_flip
from waardeweging.robustness.stability import stability_intervals
from waardeweging.scoring.additive import additive_scores, contributions, ranks

PROBLEMS = 1_000
SEED = 1_789
CLOSE = 1e-12


def _weights(rng, n, steps):
    """Divide all steps over the criteria; some get nothing."""
    parts = rng.multinomial(steps, rng.dirichlet(np.full(n, 0.7)))
    return [Fraction(int(part), int(steps)) for part in parts]


def _problems(seed=SEED):
    """Give exact values and two rows of exact weights: tables of 1–5 options, 1–5 criteria."""
    rng = np.random.default_rng(seed)
    for problem in range(PROBLEMS):
        m, n = int(rng.integers(1, 6)), int(rng.integers(1, 6))
        steps = int(rng.choice([2, 4, 64] if problem % 2 else [5, 10, 1000]))
        cells = rng.integers(0, steps + 1, size=(m, n))
        values = [[Fraction(int(cell), steps) for cell in row] for row in cells]
        pieces = 64 if problem % 2 else 100
        yield values, _weights(rng, n, pieces), _weights(rng, n, pieces), bool(problem % 2)


def _floats(exact):
    return np.array(exact, dtype=np.float64)


def _score(row, weights):
    return sum((value * weight for value, weight in zip(row, weights, strict=True)), Fraction(0))


def _scores(values, weights):
    return [_score(row, weights) for row in values]


def _everyone(values):
    return np.ones(len(values), dtype=bool)


def _exact_points(values, weights, winner, rival):
    """Drain the dearest criteria first, in fractions; None when nothing makes them level."""
    lead = [a - b for a, b in zip(values[winner], values[rival], strict=True)]
    margin = sum((d * w for d, w in zip(lead, weights, strict=True)), Fraction(0))
    if margin == 0:
        return Fraction(0)
    if min(lead) >= 0:
        return None
    moved = Fraction(0)
    for j in sorted(range(len(lead)), key=lambda j: -lead[j]):
        gain = lead[j] - min(lead)
        taken = min(weights[j], margin / gain)
        moved, margin = moved + taken, margin - taken * gain
        if margin == 0:
            break
    return 100 * moved


def _with_weight(weights, j, weight):
    """Give criterion j another weight and leave the others in proportion."""
    factor = (1 - weight) / (1 - weights[j])
    return [weight if i == j else factor * own for i, own in enumerate(weights)]


def _exact_bounds(values, weights, winner, j):
    """Give the nearest weight below and above at which a rival catches up, in fractions."""
    low: list[Fraction] = []
    high: list[Fraction] = []
    for rival, row in enumerate(values):
        lead = [a - b for a, b in zip(values[winner], row, strict=True)]
        if rival == winner:
            continue
        at_zero = _score(lead, _with_weight(weights, j, Fraction(0)))
        slope = lead[j] - at_zero
        if slope == 0:
            continue
        crossing = -at_zero / slope
        if 0 <= crossing <= 1:
            (low if slope > 0 else high).append(crossing)
    return max(low, default=None), min(high, default=None)


@pytest.mark.slow
def test_scores_contributions_and_ranks_equal_exact_arithmetic():
    for values, weights, _, dyadic in _problems():
        exact = _scores(values, weights)
        scores = additive_scores(_floats(values), _floats(weights))
        parts = contributions(_floats(values), _floats(weights))

        assert max(abs(Fraction(float(s)) - e) for s, e in zip(scores, exact, strict=True)) < CLOSE
        assert np.abs(parts.sum(axis=1) - _floats(exact)).max() < CLOSE
        if dyadic:
            assert [Fraction(float(score)) for score in scores] == exact
            assert ranks(scores).tolist() == [1 + sum(b > a for b in exact) for a in exact]


@pytest.mark.slow
def test_points_to_flip_equal_exact_arithmetic():
    never, level = 0, 0
    for values, weights, _, dyadic in _problems():
        exact = _scores(values, weights)
        scores = additive_scores(_floats(values), _floats(weights))
        winner = int(scores.argmax())
        expected = {
            rival: _exact_points(values, weights, winner, rival)
            for rival in range(len(values))
            if rival != winner
        }
        possible = {rival: points for rival, points in expected.items() if points is not None}
        found = {
            flip.rival: flip for flip in flips(_floats(values), _floats(weights), _everyone(values))
        }
        nearest = points_to_flip(_floats(values), _floats(weights), _everyone(values))

        assert exact[winner] == max(exact)
        assert not dyadic or winner == exact.index(max(exact))
        assert set(found) == set(possible)
        for rival, points in possible.items():
            assert abs(found[rival].points - points) < 1e-9
            assert (found[rival].points == 0) == (points == 0)
        assert (nearest is None) == (not possible)
        if nearest is not None:
            assert abs(nearest.points - min(possible.values())) < 1e-9
        never += nearest is None
        level += nearest is not None and nearest.points == 0

    assert never > 50
    assert level > 50


@pytest.mark.slow
def test_the_strip_equals_exact_arithmetic():
    changes = 0
    for values, first, last, dyadic in _problems():
        start, end = _scores(values, first), _scores(values, last)
        ends = [additive_scores(_floats(values), _floats(w)) for w in (first, last)]
        steps = takeovers(ends[0], ends[1], _everyone(values))
        changes += len(steps)
        chain = [int(ends[0].argmax()), *(step.next for step in steps)]
        cuts = [Fraction(0), *(_exact_crossing(start, end, step) for step in steps), Fraction(1)]

        assert [step.previous for step in steps] == chain[:-1]
        assert cuts == sorted(cuts)
        for step, cut in zip(steps, cuts[1:-1], strict=True):
            assert abs(Fraction(step.at) - cut) < CLOSE
        # Between two changes the winner is on top in exact arithmetic, at both ends too.
        for leader, left, right in zip(chain, cuts, cuts[1:], strict=False):
            for at in (left, (left + right) / 2, right):
                line = [a + at * (b - a) for a, b in zip(start, end, strict=True)]
                assert line[leader] == max(line)
        if dyadic:
            assert chain[0] == start.index(max(start))
            assert chain[-1] == end.index(max(end))

    assert changes > 200


def _exact_crossing(start, end, step):
    """Give where the next line meets the previous one; at an end when they coincide there."""
    behind = start[step.previous] - start[step.next]
    closing = (end[step.next] - start[step.next]) - (end[step.previous] - start[step.previous])
    return behind / closing if closing else Fraction(round(step.at))


@pytest.mark.slow
def test_stability_bounds_equal_exact_arithmetic():
    bounds = 0
    for values, weights, _, _ in _problems():
        scores = additive_scores(_floats(values), _floats(weights))
        winner = int(scores.argmax())
        found = stability_intervals(_floats(values), _floats(weights), _everyone(values))
        for j, interval in enumerate(found):
            if weights[j] == 1:
                assert (interval.low, interval.high) == (None, None)
                continue
            expected = _exact_bounds(values, weights, winner, j)
            for bound, exact in zip((interval.low, interval.high), expected, strict=True):
                assert (bound is None) == (exact is None)
                if bound is not None:
                    bounds += 1
                    assert abs(Fraction(bound.weight) - exact) < 1e-10
                    beyond = _scores(values, _with_weight(weights, j, exact))
                    assert beyond[bound.rival] == beyond[winner] == max(beyond)

    assert bounds > 500
