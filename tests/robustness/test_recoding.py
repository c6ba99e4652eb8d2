import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from waardeweging.problem.value_functions import ValueFunction
from waardeweging.robustness.recoding import (
    OrdinalScale,
    drawn_steps,
    recoded_values,
    recoding_verdict,
)
from waardeweging.scoring.additive import additive_scores

RISING = ValueFunction.of("ordinal", [1, 2, 3, 4], [0, 0.5, 0.7, 1])
FALLING = ValueFunction.of("ordinal", [0, 10, 20], [1, 0.4, 0])


def test_today_s_values_come_back_from_today_s_steps():
    performances = np.array([1, 1.5, 2, 3.25, 4, 0, 9])

    scale = OrdinalScale.of(performances, RISING)

    np.testing.assert_allclose(scale.shares.sum(axis=1), 1)
    np.testing.assert_allclose(scale.scores(RISING.v), RISING(performances))


def test_a_falling_scale_is_turned_so_that_the_worst_step_comes_first():
    scale = OrdinalScale.of(np.array([20.0, 10.0, 0.0, 15.0]), FALLING)

    assert scale.shares.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.5, 0.5, 0]]
    assert scale.scores(np.array([0, 0.4, 1])).tolist() == [0, 0.4, 1, 0.2]


@pytest.mark.parametrize("kind", ["linear", "piecewise"])
def test_a_measured_scale_is_not_recoded(kind):
    with pytest.raises(ValueError, match=f"not a {kind} one"):
        OrdinalScale.of(np.array([0.5]), ValueFunction.of(kind, [0, 1], [0, 1]))


def test_steps_ascend_evenly_from_nought_to_one():
    drawn = drawn_steps(5, 40_000, np.random.default_rng(1))

    assert (drawn[:, 0] == 0).all()
    assert (drawn[:, -1] == 1).all()
    assert (np.diff(drawn, axis=1) >= 0).all()
    # The i-th of k sorted uniforms has mean i/(k + 1) and variance i(k + 1 − i)/((k + 1)²(k + 2)).
    np.testing.assert_allclose(drawn.mean(axis=0), [0, 0.25, 0.5, 0.75, 1], atol=0.005)
    np.testing.assert_allclose(drawn[:, 2].var(), 4 / 16 / 5, rtol=0.05)


def test_a_scale_of_two_steps_has_nothing_to_draw():
    assert drawn_steps(2, 3, np.random.default_rng(0)).tolist() == [[0, 1]] * 3


def test_one_step_is_no_scale():
    with pytest.raises(ValueError, match="at least 2 steps, found 1"):
        drawn_steps(1, 3, np.random.default_rng(0))


def test_drawn_scores_keep_the_order_and_the_ends():
    scale = OrdinalScale.of(np.array([4.0, 1.0, 3.0, 2.0, 2.5]), RISING)

    drawn = scale.drawn_scores(500, np.random.default_rng(2))

    assert drawn.shape == (500, 5)
    assert (drawn[:, 0] == 1).all()
    assert (drawn[:, 1] == 0).all()
    assert (np.diff(drawn[:, [1, 3, 4, 2, 0]], axis=1) >= 0).all()
    assert drawn[:, 2].std() > 0.1


def test_only_the_given_columns_of_the_table_are_replaced(golden):
    columns = {1: np.full((6, 3), 0.25), 3: np.arange(18).reshape(6, 3) / 18}

    table = recoded_values(golden.values, columns)

    assert table.shape == (6, 3, 4)
    np.testing.assert_array_equal(table[:, :, [0, 2]], np.tile(golden.values[:, [0, 2]], (6, 1, 1)))
    np.testing.assert_array_equal(table[:, :, 1], columns[1])
    np.testing.assert_array_equal(table[:, :, 3], columns[3])
    np.testing.assert_array_equal(recoded_values(table, {1: columns[1]}), table)


def test_without_ordinal_criteria_there_is_one_draw(golden):
    np.testing.assert_array_equal(recoded_values(golden.values, {}), golden.values[None])


def test_draws_of_different_numbers_do_not_fit(golden):
    with pytest.raises(ValueError, match="differ"):
        recoded_values(golden.values, {0: np.zeros((5, 3)), 1: np.zeros((6, 3))})


def test_a_winner_that_leans_on_the_middle_step_can_be_overtaken():
    # Half the weight on the scale: middle step 0.8 gives 0.4 + 0.3; the top step gives 0.5.
    function = ValueFunction.of("ordinal", [0, 1, 2], [0, 0.8, 1])
    scale = OrdinalScale.of(np.array([1.0, 2.0, 0.0]), function)
    values = np.array([[0.8, 0.6], [1.0, 0.0], [0.0, 0.1]])

    found = recoding_verdict(values, np.array([0.5, 0.5]), np.ones(3, bool), {0: scale})

    assert found.winner == 0
    assert found.can_change
    assert found.overtaken_by == (1,)
    # With the middle step worth nothing: 0.3 against 0.5, and against the third 0.3 − 0.05.
    np.testing.assert_allclose(found.lowest_margins, [-0.2, 0.25])
    assert found.jumps[0].tolist() == [2]


def test_nothing_changes_without_scales_or_rivals(golden):
    alone = np.array([False, True, False])

    fixed = recoding_verdict(golden.values, golden.joint, golden.all, {})
    single = recoding_verdict(
        golden.values, golden.joint, alone, {0: OrdinalScale.of(np.ones(3), RISING)}
    )

    np.testing.assert_allclose(fixed.lowest_margins, [0.0596875, 0.1234375])
    assert fixed.jumps.shape == (2, 0)
    assert not fixed.can_change
    assert not single.can_change


def test_becoming_level_at_an_extreme_is_not_being_overtaken():
    # Only with the middle step worth nothing do both score 0.5; never does the rival win.
    function = ValueFunction.of("ordinal", [0, 1, 2], [0, 0.5, 1])
    scale = OrdinalScale.of(np.array([1.0, 0.0]), function)

    found = recoding_verdict(
        np.array([[0.5, 0.5], [0.0, 0.5]]), np.array([0.5, 0.5]), np.ones(2, bool), {0: scale}
    )

    assert found.lowest_margins.tolist() == [0]
    assert not found.can_change


def _case(rng):
    alternatives, steps = int(rng.integers(2, 6)), rng.integers(2, 6, size=3)
    functions = {
        j: ValueFunction.of("ordinal", np.arange(k), np.linspace(0, 1, k)[:: (-1) ** j])
        for j, k in enumerate(steps)
    }
    whole = rng.random() < 0.5
    performances = {
        j: rng.integers(k, size=alternatives) if whole else rng.uniform(0, k - 1, alternatives)
        for j, k in enumerate(steps)
    }
    values = rng.random((alternatives, 5))
    for j, function in functions.items():
        values[:, j] = function(performances[j].astype(float))
    scales = {j: OrdinalScale.of(performances[j].astype(float), functions[j]) for j in functions}
    return values, rng.dirichlet(np.ones(5)), scales


@pytest.mark.parametrize("seed", range(60))
def test_the_lowest_margin_equals_the_linear_programme(seed):
    values, weights, scales = _case(np.random.default_rng(seed))

    found = recoding_verdict(values, weights, np.ones(len(values), bool), scales)

    for rival, lowest in zip(found.rivals, found.lowest_margins, strict=True):
        assert lowest == pytest.approx(_by_programme(values, weights, scales, found.winner, rival))


def _by_programme(values, weights, scales, winner, rival):
    costs: list[float] = []
    bounds: list[tuple[int, int]] = []
    rows: list[tuple[int, int]] = []
    for j, scale in scales.items():
        start, steps = len(costs), scale.shares.shape[1]
        costs += (weights[j] * (scale.shares[winner] - scale.shares[rival])).tolist()
        bounds += [(0, 0), *[(0, 1)] * (steps - 2), (1, 1)]
        rows += [(start + i, start + i + 1) for i in range(steps - 1)]
    ascending = np.zeros((len(rows), len(costs)))
    for row, (lower, upper) in enumerate(rows):
        ascending[row, [lower, upper]] = 1, -1
    solved = linprog(costs, A_ub=ascending, b_ub=np.zeros(len(rows)), bounds=bounds)
    fixed = [j for j in range(len(weights)) if j not in scales]
    return solved.fun + weights[fixed] @ (values[winner] - values[rival])[fixed]


@given(st.integers(0, 2**32))
def test_the_named_recoding_gives_the_lowest_margin_and_no_draw_goes_below(seed):
    rng = np.random.default_rng(seed)
    values, weights, scales = _case(rng)

    found = recoding_verdict(values, weights, np.ones(len(values), bool), scales)

    drawn = {j: scale.drawn_scores(50, rng) for j, scale in scales.items()}
    scores = additive_scores(recoded_values(values, drawn), weights)
    for place, rival in enumerate(found.rivals):
        margins = scores[:, found.winner] - scores[:, rival]
        assert margins.min() >= found.lowest_margins[place] - 1e-12
        worst = {
            j: scale.scores((np.arange(scale.shares.shape[1]) >= jump).astype(float))[None]
            for (j, scale), jump in zip(scales.items(), found.jumps[place], strict=True)
        }
        at_worst = additive_scores(recoded_values(values, worst), weights)[0]
        assert at_worst[found.winner] - at_worst[rival] == pytest.approx(
            found.lowest_margins[place], abs=1e-12
        )
