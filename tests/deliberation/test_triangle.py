import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from waardeweging.deliberation.strip import equality_strip
from waardeweging.deliberation.triangle import win_regions
from waardeweging.elicitation.samplers import simplex_draws
from waardeweging.robustness.smaa import exact_first_place

ALL = np.ones(3, dtype=bool)


def test_each_party_wins_its_own_third():
    # Everyone's favourite is another option: the regions meet in the middle.
    regions = win_regions(np.eye(3), ALL)

    assert [region.winner for region in regions] == [0, 1, 2]
    for party, region in enumerate(regions):
        assert region.part == pytest.approx(1 / 3)
        corners = {tuple(np.round(corner, 9)) for corner in region.corners}
        assert tuple(np.eye(3)[party]) in corners
        assert (0.333333333, 0.333333333, 0.333333333) in corners
        assert len(corners) == 4
        # Centre of gravity: the mean of those of the two triangles on either side.
        wanted = np.full(3, 7 / 36)
        wanted[party] = 22 / 36
        np.testing.assert_allclose(region.middle, wanted)


def test_one_winner_everywhere_has_the_whole_triangle():
    (region,) = win_regions(np.array([[0.9, 0.5], [0.8, 0.7], [0.6, 0.1]]), np.ones(2, dtype=bool))

    assert (region.winner, region.tied, region.part) == (0, (), 1)
    np.testing.assert_allclose(region.middle, 1 / 3)


def test_an_option_that_wins_only_on_a_line_has_no_region():
    scores = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5], [0.0, 0.0, 0.0]])

    assert [region.winner for region in win_regions(scores, ALL)] == [0, 1]


def test_options_with_the_same_scores_win_together():
    scores = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0]])
    first, second = win_regions(scores, ALL)

    assert (first.winner, first.tied) == (0, (1,))
    assert (second.winner, second.tied) == (2, ())
    assert first.part + second.part == pytest.approx(1)


def test_an_excluded_option_never_wins():
    regions = win_regions(np.eye(3), np.array([True, False, True]))

    assert [region.winner for region in regions] == [0, 2]
    assert sum(region.part for region in regions) == pytest.approx(1)


@given(
    arrays(float, (3, 4), elements=st.integers(0, 8).map(lambda step: step / 8)),
    arrays(bool, 4).filter(np.any),
)
def test_regions_fill_the_triangle_and_hold_their_winner(scores, eligible):
    regions = win_regions(scores, eligible)
    shares = simplex_draws(3, 200, np.random.default_rng(0))
    best = np.where(eligible, shares @ scores, -1).max(axis=1)

    assert sum(region.part for region in regions) == pytest.approx(1)
    for region in regions:
        at_corners = region.corners @ scores
        wins = at_corners[:, region.winner]
        assert (wins >= at_corners[:, eligible].max(axis=1) - 1e-9).all()
        assert eligible[region.winner]
        np.testing.assert_allclose(region.corners.sum(axis=1), 1)
        level = (shares @ scores)[:, [region.winner, *region.tied]]
        np.testing.assert_allclose(level, level[:, :1].repeat(level.shape[1], axis=1), atol=1e-9)
    parts = np.zeros(4)
    for region in regions:
        parts[[region.winner, *region.tied]] = region.part / (1 + len(region.tied))
    np.testing.assert_allclose(parts, exact_first_place(scores.T, eligible), atol=1e-9)
    winners = [region.winner for region in regions]
    np.testing.assert_allclose((shares @ scores)[:, winners].max(axis=1), best, atol=1e-9)


def test_along_the_edge_of_two_parties_it_is_the_equality_strip():
    rng = np.random.default_rng(4)
    scores = rng.uniform(size=(3, 5))
    everyone = np.ones(5, dtype=bool)
    strip = equality_strip(scores[0], scores[1], everyone, 5, 5)
    edge = {
        round(float(corner[0]), 9)
        for region in win_regions(scores, everyone)
        for corner in region.corners
        if abs(corner[2]) < 1e-12
    }

    assert edge == {0.0, 1.0, *(round(change.at, 9) for change in strip.changes)}


@pytest.mark.parametrize("scores", [np.zeros((2, 3)), np.zeros(3)])
def test_other_than_three_parties_is_refused(scores):
    with pytest.raises(ValueError, match="three parties"):
        win_regions(scores, ALL)


def test_no_option_is_refused():
    with pytest.raises(ValueError, match="three parties with options"):
        win_regions(np.zeros((3, 2)), np.zeros(2, dtype=bool))
