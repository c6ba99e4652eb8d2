import numpy as np
import pytest

from waardeweging.robustness.value_of_information import (
    binned_information,
    cell_information,
    criterion_information,
    perfect_gain,
    perfect_information,
    regression_gain,
    regression_information,
)

BOTH = np.ones(2, dtype=bool)
DRAWS = 4000


@pytest.fixture(scope="module")
def uniform():
    """Even numbers over 0–1 in a random order: their mean and moments are known."""
    return np.random.default_rng(1).permutation((np.arange(DRAWS) + 0.5) / DRAWS)


@pytest.fixture(scope="module")
def values(uniform):
    """The first option's cost is anywhere in 0–1, all else is known; weights one half each."""
    table = np.empty((DRAWS, 2, 2))
    table[:] = [[0.5, 0.5], [0.5, 0.5]]
    table[:, 0, 0] = uniform
    return table


def test_a_sum_on_an_envelope(values, uniform):
    # Score of A is (x + ½)/2, of B ½: knowing x gains E max(x − ½, 0)/2 = (1/8)/2.
    weights = np.array([0.5, 0.5])
    scores = (values * weights).sum(axis=2)

    assert criterion_information(values, weights, BOTH) == pytest.approx([1 / 16, 0], abs=1e-6)
    assert cell_information(values, weights, BOTH) == pytest.approx(
        np.array([[1 / 16, 0], [0, 0]]), abs=1e-6
    )
    assert regression_information(scores, uniform[:, None], BOTH) == pytest.approx(1 / 16, abs=1e-6)
    assert binned_information(scores, uniform, BOTH) == pytest.approx(1 / 16, abs=1e-6)
    assert perfect_information(scores, BOTH) == pytest.approx(1 / 16, abs=1e-6)


def test_what_cannot_change_the_choice_is_worth_exactly_nothing(values, uniform):
    ahead = values + np.array([[0.0, 0.0], [0.0, 0.6]])
    weights = np.array([0.5, 0.5])
    scores = (ahead * weights).sum(axis=2)

    assert not criterion_information(ahead, weights, BOTH).any()
    assert not cell_information(ahead, weights, BOTH).any()
    assert regression_information(scores, uniform[:, None], BOTH) == 0
    assert binned_information(scores, uniform, BOTH) == 0
    assert perfect_information(scores, BOTH) == 0


def test_what_does_not_vary_or_has_no_weight_is_worth_exactly_nothing(values, uniform):
    scores = values[:, :, 0]
    fixed = np.full(DRAWS, 0.7)

    assert regression_information(scores, fixed[:, None], BOTH) == 0
    assert binned_information(scores, fixed, BOTH) == 0
    assert not criterion_information(values, np.array([0.0, 1.0]), BOTH).any()


def test_only_a_bend_needs_bins(uniform):
    # A is worth ½ + (x − ½)² − 1/12: no line through it, but knowing x decides.
    scores = np.column_stack([0.5 + (uniform - 0.5) ** 2 - 1 / 12, np.full(DRAWS, 0.5)])
    gain = np.maximum(scores[:, 0] - 0.5, 0).mean()

    assert regression_information(scores, uniform[:, None], BOTH) < 0.01 * gain
    assert binned_information(scores, uniform, BOTH, bins=40) == pytest.approx(gain, rel=0.01)


def test_an_excluded_alternative_is_worth_no_research(values):
    weights = np.array([0.5, 0.5])
    alone = np.array([False, True])

    assert not criterion_information(values, weights, alone).any()
    assert not cell_information(values, weights, alone).any()


def test_knowing_everything_is_worth_most():
    rng = np.random.default_rng(8)
    values, weights = rng.uniform(size=(2000, 3, 4)), np.full(4, 0.25)
    everyone = np.ones(3, dtype=bool)
    most = perfect_information((values * weights).sum(axis=2), everyone)

    parts = criterion_information(values, weights, everyone)
    cells = cell_information(values, weights, everyone)

    assert (parts <= most).all()
    assert (cells <= parts + 0.002).all()
    assert (parts > 0).all()


def test_fewer_draws_than_bins_still_give_a_number():
    scores = np.array([[0.2, 0.5], [0.9, 0.5], [0.3, 0.5]])

    assert binned_information(scores, np.array([0.2, 0.9, 0.3]), BOTH) == pytest.approx(0.4 / 3)


def test_scores_that_differ_by_rounding_are_no_reason_to_choose_otherwise():
    scores = np.array([[0.1 + 0.2, 0.3], [0.3, 0.1 + 0.2]])

    assert perfect_information(scores, BOTH) == 0


def test_regression_equals_least_squares_also_on_quantities_that_move_together():
    rng = np.random.default_rng(12)
    cause = rng.uniform(size=(1500, 2))
    # Two causes seen through five quantities, one of which never varies.
    known = np.column_stack([cause, cause @ [2.0, -1.0], 0.5 * cause[:, 0], np.full(1500, 0.3)])
    scores = 0.5 + 0.2 * cause @ rng.normal(size=(2, 4)) + 0.05 * rng.normal(size=(1500, 4))
    scores += 0.5 - scores.mean(axis=0)
    everyone = np.array([True, True, False, True])
    line = np.linalg.lstsq(np.column_stack([np.ones(1500), known]), scores)[0]
    fitted = np.column_stack([np.ones(1500), known]) @ line
    chosen = np.where(everyone, scores.mean(axis=0), -1).argmax()

    found = regression_information(scores, known, everyone)

    gain = (fitted[:, everyone].max(axis=1) - fitted[:, chosen]).mean()
    assert gain > 0.01
    assert found == pytest.approx(gain)


def test_quantities_that_nearly_decide_are_worth_nothing_until_they_do():
    known = np.linspace(-1, 1, 201)[:, None]
    behind = np.column_stack([0.6 + 0.1 * known, 0.5 + 0.2 * known + 1e-9])

    # At the outermost draw 0.7 meets 0.7: a billionth decides in one draw of 201.
    assert regression_information(behind, known, BOTH) == pytest.approx(1e-9 / 201, rel=1e-4)
    assert regression_information(behind - [0, 2e-9], known, BOTH) == 0


def test_the_error_of_a_gain_is_that_of_the_mean_over_draws():
    rng = np.random.default_rng(5)
    gaps = rng.normal(scale=0.1, size=4000)
    scores = np.column_stack([0.5 + gaps, np.full(4000, 0.505)])
    gain, error = perfect_gain(scores, BOTH)
    now = scores[:, scores.mean(axis=0).argmax()]
    per_draw = scores.max(axis=1) - now
    same, regressed = regression_gain(scores, gaps[:, None], BOTH)

    assert gain == pytest.approx(per_draw.mean())
    assert error == pytest.approx(per_draw.std() / np.sqrt(4000))
    assert (same, regressed) == pytest.approx((gain, error))
    assert regression_gain(scores, np.zeros((4000, 1)), BOTH) == (0.0, 0.0)
    assert regression_gain(scores - [1, 0], gaps[:, None], BOTH) == (0.0, 0.0)
