import numpy as np
import pytest

from waardeweging.deliberation.strip import equality_strip
from waardeweging.robustness.envelope import Takeover
from waardeweging.scoring.additive import additive_scores


def test_golden_case_changes_once_and_holds_at_half_and_at_head_count(golden):
    residents, municipality = additive_scores(golden.values, golden.side_weights)

    strip = equality_strip(residents, municipality, golden.all, 4, 2)

    np.testing.assert_allclose(residents, [0.5175, 0.671875, 0.51])
    np.testing.assert_allclose(municipality, [0.63, 0.595, 0.51])
    assert (strip.winner_at_0, strip.winner_at_1) == (0, 1)
    assert strip.changes == (Takeover(pytest.approx(0.1848185, abs=5e-8), 0, 1),)
    assert strip.headcount_share == pytest.approx(4 / 6)


def test_excluded_alternatives_and_equal_alternatives_leave_no_change():
    scores = np.array([0.9, 0.4, 0.4])

    strip = equality_strip(scores, scores, np.array([False, True, True]), 1, 0)

    assert (strip.winner_at_0, strip.winner_at_1, strip.changes) == (1, 1, ())
    assert strip.headcount_share == 1
