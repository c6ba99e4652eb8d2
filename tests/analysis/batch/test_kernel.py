"""Counting places fast gives what counting them one by one gives."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from waardeweging.analysis.batch.kernel import (
    MOST_WIDE,
    TILE,
    PlaceCounter,
    chunks,
    summed_regret,
    tolerance,
    triangular_basis,
    triangular_terms,
)


def counted(scores, eligible, dtype=np.float64, exact=None):
    """Count places of scores of shape (neighbourhoods, options, draws)."""
    number, options, draws = scores.shape
    counter = PlaceCounter(options, draws, dtype, tolerance(np.dtype(dtype), 20))
    below = -1.0 - np.arange(options)[:, None]
    filled = np.where(eligible[..., None], scores, below)
    counter.scores[:, :number] = np.swapaxes(filled, 0, 1)
    places = np.zeros((number, options, options))
    exact = scores if exact is None else exact
    counter.add(places, draws, eligible, lambda at, draw: exact[at, :, draw])
    return places


def one_by_one(scores, eligible):
    """The same, draw by draw and option by option."""
    number, options, draws = scores.shape
    places = np.zeros((number, options, options))
    for p in range(number):
        for d in range(draws):
            own = {a: round(scores[p, a, d] * 1e12) for a in range(options) if eligible[p, a]}
            for a, score in own.items():
                first = sum(other > score for other in own.values())
                same = sum(other == score for other in own.values())
                places[p, a, first : first + same] += 1 / same
    return places


tables = st.integers(0, 2**32 - 1).map(np.random.default_rng)


@settings(max_examples=60)
@given(tables, st.integers(1, TILE), st.integers(1, 9), st.integers(1, 70), st.integers(2, 40))
def test_places_are_those_of_counting_one_by_one(rng, number, options, draws, steps):
    scores = rng.integers(0, steps, (number, options, draws)) / steps
    eligible = rng.random((number, options)) < 0.8

    found = counted(scores, eligible)

    np.testing.assert_allclose(found, one_by_one(scores, eligible), atol=1e-12)


def test_single_precision_counts_what_double_precision_would():
    rng = np.random.default_rng(1)
    scores = rng.random((3, 6, 500))
    # Closer than single precision can see, both ways round.
    scores[:, 1] = scores[:, 0] + rng.choice([-1e-9, 1e-9], (3, 500))
    everyone = np.ones((3, 6), dtype=bool)

    found = counted(scores, everyone, np.float32)

    np.testing.assert_array_equal(found, counted(scores, everyone))
    np.testing.assert_array_equal(found, one_by_one(scores, everyone))


def test_only_draws_that_are_too_near_are_asked_for():
    scores = np.random.default_rng(2).permuted(np.arange(1200.0).reshape(1, 4, 300) / 1200, axis=1)
    scores[0, 1, 7] = scores[0, 0, 7]
    asked = []
    counter = PlaceCounter(4, 300, np.float64, tolerance(np.dtype(np.float64), 20))
    counter.scores[:, :1] = np.swapaxes(scores, 0, 1)

    def exact(at, draw):
        asked.append((at.tolist(), draw.tolist()))
        return scores[at, :, draw]

    counter.add(np.zeros((1, 4, 4)), 300, np.ones((1, 4), dtype=bool), exact)

    assert asked == [([0], [7])]


def test_places_of_another_chunk_are_added():
    scores = np.random.default_rng(3).random((2, 5, 128))
    everyone = np.ones((2, 5), dtype=bool)
    counter = PlaceCounter(5, 100, np.float64, tolerance(np.dtype(np.float64), 20))
    places = np.zeros((2, 5, 5))

    for part in (slice(0, 100), slice(100, 128)):
        width = part.stop - part.start
        counter.scores[:, :2, :width] = np.swapaxes(scores[..., part], 0, 1)

        def exact(at, draw, own=scores[..., part]):
            return own[at, :, draw]

        counter.add(places, width, everyone, exact)

    np.testing.assert_array_equal(places, one_by_one(scores, everyone))


@pytest.mark.parametrize("options", [0, 23])
def test_a_number_of_options_that_one_byte_cannot_count_is_refused(options):
    with pytest.raises(ValueError, match="options"):
        PlaceCounter(options, 10, np.float64, 0.0)


@pytest.mark.parametrize("draws", [0, MOST_WIDE + 1])
def test_a_number_of_draws_that_the_cache_cannot_hold_is_refused(draws):
    with pytest.raises(ValueError, match="draws"):
        PlaceCounter(3, draws, np.float64, 0.0)


def test_the_widest_chunk_runs_over_in_no_count():
    scores = np.zeros((1, 3, MOST_WIDE)) + np.array([0.9, 0.5, 0.1])[:, None]

    found = counted(scores, np.ones((1, 3), dtype=bool), np.float32)

    np.testing.assert_array_equal(found[0], MOST_WIDE * np.eye(3))


@given(st.integers(1, 100_000))
def test_chunks_cover_every_draw_once_and_are_about_equal(draws):
    parts = chunks(draws)

    assert parts[0].start == 0
    assert parts[-1].stop == draws
    assert all(one.stop == two.start for one, two in pairwise(parts))
    assert max(part.stop - part.start for part in parts) <= 2048


def test_regret_is_what_the_best_of_each_draw_scores_more():
    scores = np.array([[[0.5, 0.2]], [[0.4, 0.9]]])

    assert summed_regret(scores, np.array([0])) == pytest.approx(0.7)
    assert summed_regret(scores, np.array([1])) == pytest.approx(0.1)


def test_the_always_winner_has_no_regret_at_all_in_single_precision():
    scores = np.random.default_rng(4).random((3, 1, 999)).astype(np.float32)
    scores[1] += 1

    assert summed_regret(scores, np.array([1])) == 0.0


@pytest.mark.parametrize(
    ("low", "mid", "high"), [(0, 0.3, 1), (2, 2, 5), (-1, 4, 4), (900, 1080, 1296)]
)
def test_terms_and_basis_together_are_a_triangular_quantity(low, mid, high):
    first, second = np.random.default_rng(5).random((2, 20_000))
    smaller, gap = triangular_basis(first, second)

    drawn = triangular_terms(*np.array([[low], [mid], [high]], float)) @ [
        np.ones_like(gap),
        smaller,
        gap,
    ]

    shape = stats.triang((mid - low) / (high - low), loc=low, scale=high - low)
    assert stats.kstest(drawn[0], shape.cdf).pvalue > 0.001
    assert low <= drawn.min() <= drawn.max() <= high


def test_a_band_without_width_is_that_number():
    terms = triangular_terms(np.array(3.0), np.array(3.0), np.array(3.0))

    np.testing.assert_array_equal(terms, [3.0, 0.0, 0.0])
