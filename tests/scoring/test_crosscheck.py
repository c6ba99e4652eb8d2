import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import spearmanr

from waardeweging.scoring.additive import additive_scores
from waardeweging.scoring.crosscheck import METHODS, MethodCheck, crosscheck, rank_correlation

VALUES = np.array([[0.80, 0.20, 0.50, 0.60], [0.55, 0.90, 0.60, 0.55], [0.30, 0.70, 0.40, 0.90]])
JOINT = np.array([0.39375, 0.20625, 0.225, 0.175])

SCORES = arrays(
    np.float64,
    st.tuples(st.integers(1, 6), st.integers(1, 5)),
    elements=st.one_of(st.sampled_from((0.0, 0.5, 1.0)), st.floats(0, 1)),
)


def _by_name(checks: tuple[MethodCheck, ...]) -> dict[str, MethodCheck]:
    return {check.method: check for check in checks}


@pytest.fixture(scope="module")
def worked():
    return _by_name(crosscheck(VALUES, JOINT))


def test_every_method_is_reported_once_and_in_a_fixed_order(worked):
    assert tuple(worked) == METHODS
    assert len(METHODS) >= 8


def test_eleven_methods_name_the_winner_of_the_worked_example_and_one_does_not(worked):
    # On the distances to the ends of the fixed ranges the heat company is just ahead.
    other = {name for name, check in worked.items() if check.winner != 1}

    assert other == {"RIM"}
    assert worked["RIM"].winner == 0
    assert worked["RIM"].reason == "other_winner"
    assert worked["RIM"].rank_correlation == 0.5
    assert all(worked[name].reason is None for name in METHODS if name != "RIM")
    assert all(worked[name].rank_correlation == 1.0 for name in METHODS if name != "RIM")


def test_topsis_equals_the_formula_of_its_authors(worked):
    # C. L. Hwang and K. Yoon, Multiple Attribute Decision Making, Springer, 1981,
    # doi:10.1007/978-3-642-48318-9: vector normalisation, distances to both ideals.
    weighted = VALUES / np.sqrt((VALUES**2).sum(axis=0)) * JOINT
    to_best = np.linalg.norm(weighted - weighted.max(axis=0), axis=1)
    to_worst = np.linalg.norm(weighted - weighted.min(axis=0), axis=1)

    np.testing.assert_allclose(
        worked["TOPSIS"].preferences, to_worst / (to_worst + to_best), atol=1e-12
    )


def test_vikor_equals_the_formula_of_its_authors(worked):
    # S. Opricovic and G.-H. Tzeng, Compromise solution by MCDM methods, European Journal of
    # Operational Research 156(2), 2004, doi:10.1016/S0377-2217(03)00020-1, with v = 0.5.
    regret = JOINT * (VALUES.max(axis=0) - VALUES) / np.ptp(VALUES, axis=0)
    total, largest = regret.sum(axis=1), regret.max(axis=1)
    compromise = (
        (total - total.min()) / np.ptp(total) + (largest - largest.min()) / np.ptp(largest)
    ) / 2

    np.testing.assert_allclose(worked["VIKOR"].preferences, -compromise, atol=1e-12)


def test_promethee_equals_counting_who_is_better(worked):
    # J. P. Brans and P. Vincke, A preference ranking organisation method, Management Science
    # 31(6), 1985, doi:10.1287/mnsc.31.6.647: usual criterion, net flow.
    wins = [[JOINT[a > b].sum() - JOINT[b > a].sum() for b in VALUES] for a in VALUES]

    np.testing.assert_allclose(
        worked["PROMETHEE II"].preferences, np.sum(wins, axis=1) / 2, atol=1e-12
    )


def test_spotis_on_fixed_ranges_is_the_weighted_sum_seen_from_the_top(worked):
    np.testing.assert_allclose(
        worked["SPOTIS"].preferences, additive_scores(VALUES, JOINT) - 1, atol=1e-12
    )


def test_copras_and_moora_rank_by_their_weighted_benefits(worked):
    by_sum = (VALUES / VALUES.sum(axis=0)) @ JOINT
    by_length = (VALUES / np.sqrt((VALUES**2).sum(axis=0))) @ JOINT

    for name, benefits in (("COPRAS", by_sum), ("MOORA", by_length)):
        assert rank_correlation(worked[name].preferences, benefits) == 1


def test_a_second_run_gives_the_same_answers(worked):
    assert tuple(worked.values()) == crosscheck(VALUES, JOINT)


def test_the_winner_is_counted_in_the_whole_table():
    checks = crosscheck(np.vstack([[1.0] * 4, VALUES]), JOINT, [False, True, True, True])

    assert {check.winner for check in checks} == {1, 2}
    assert all(len(check.preferences) == 3 for check in checks)
    assert [check.preferences.tolist() for check in checks] == [
        check.preferences.tolist() for check in crosscheck(VALUES, JOINT)
    ]


def test_criteria_that_decide_nothing_change_nothing(worked):
    wider = np.column_stack([VALUES, np.full(3, 0.4), [0.1, 0.2, 0.9]])
    checks = crosscheck(wider, np.append(JOINT * 0.8, [0.2, 0.0]))

    for check in checks:
        np.testing.assert_allclose(check.preferences, worked[check.method].preferences, atol=1e-11)


@pytest.mark.parametrize("eligible", [[False, False, False], [False, True, False]])
def test_fewer_than_two_alternatives_cannot_be_compared(eligible):
    for check in crosscheck(VALUES, JOINT, eligible):
        assert (check.winner, check.rank_correlation) == (None, None)
        assert check.reason == "too_few_alternatives"
        assert check.preferences.size == 0


def test_alternatives_that_are_equal_wherever_there_is_weight_have_no_best():
    checks = crosscheck([[0.3, 0.9], [0.3, 0.1]], [1.0, 0.0])

    assert {check.reason for check in checks} == {"no_difference"}
    assert {check.winner for check in checks} == {None}


def test_vikor_gives_no_answer_when_the_largest_regrets_are_equal():
    checks = _by_name(crosscheck([[1.0, 0.0], [0.0, 1.0]], [0.5, 0.5]))

    assert checks["VIKOR"].reason == "undefined"
    assert checks["VIKOR"].winner is None
    assert checks["TOPSIS"].winner == 0
    assert checks["TOPSIS"].rank_correlation is None


def test_a_method_that_divides_by_zero_is_reported_as_undefined(monkeypatch):
    from pymcdm.methods import EDAS

    monkeypatch.setattr(
        EDAS, "_method", lambda _, matrix, weights, types: (np.zeros(3) / np.zeros(3),)
    )

    assert _by_name(crosscheck(VALUES, JOINT))["EDAS"].reason == "undefined"


def test_of_a_shared_first_place_the_one_with_the_higher_weighted_sum_wins():
    # Each is ahead on half of the weight, so counting cannot separate them.
    checks = _by_name(crosscheck([[0.5, 0.6], [0.9, 0.5]], [0.5, 0.5]))

    assert checks["PROMETHEE II"].preferences.tolist() == [0, 0]
    assert checks["PROMETHEE II"].winner == 1
    assert checks["PROMETHEE II"].reason is None


def test_any_best_of_the_weighted_sum_counts_as_agreement():
    # Both score 0.5 in the weighted sum; a method may prefer either of them.
    checks = crosscheck([[0.0, 1.0, 0.5], [0.5, 0.5, 0.5], [0.1, 0.2, 0.4]], [0.4, 0.4, 0.2])

    assert {check.winner for check in checks} == {0, 1}
    assert {check.reason for check in checks} == {None}


@given(SCORES, st.integers(0, 2**32 - 1))
def test_any_table_of_value_scores_gives_finite_answers_without_a_warning(values, seed):
    weights = np.random.default_rng(seed).dirichlet(np.ones(values.shape[1]))
    checks = crosscheck(values, weights)

    for check in checks:
        assert np.isfinite(check.preferences).all()
        assert check.rank_correlation is None or -1 <= check.rank_correlation <= 1
        assert (check.winner is None) == (check.preferences.size == 0)


@given(SCORES)
def test_a_single_criterion_with_weight_gives_everyone_the_same_winner(values):
    for check in crosscheck(values, np.eye(values.shape[1])[0]):
        assert check.winner is None or round(values[check.winner, 0], 12) == round(
            values[:, 0].max(), 12
        )


@given(st.permutations(range(3)))
def test_another_order_of_alternatives_moves_the_answers_along(order):
    moved = _by_name(crosscheck(VALUES[order], JOINT))
    for check in crosscheck(VALUES, JOINT):
        np.testing.assert_allclose(
            moved[check.method].preferences, check.preferences[order], atol=1e-11
        )


@pytest.mark.parametrize(
    ("values", "weights", "message"),
    [
        ([[0.5, np.nan]], [0.5, 0.5], "between 0 and 1"),
        ([[0.5, 1.1]], [0.5, 0.5], "between 0 and 1"),
        ([[0.5, -0.1]], [0.5, 0.5], "between 0 and 1"),
        ([[0.5, 0.5]], [1.0], "shape"),
        ([0.5, 0.5], [0.5, 0.5], "shape"),
        ([[0.5, 0.5]], [1.5, -0.5], "sum to 1"),
        ([[0.5, 0.5]], [np.inf, 0.5], "sum to 1"),
        ([[0.5, 0.5]], [0.0, 0.0], "sum to 1"),
        ([[0.5, 0.5]], [50, 50], "sum to 1"),
    ],
)
def test_a_table_that_was_not_made_of_value_scores_is_refused(values, weights, message):
    with pytest.raises(ValueError, match=message):
        crosscheck(values, weights)


def test_rounding_outside_the_range_is_forgiven():
    checks = crosscheck(np.where(VALUES == 0.9, 1 + 1e-13, VALUES), JOINT)

    assert checks[0].winner == 1


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=8))
def test_rank_correlation_equals_that_of_scipy(pairs):
    x, y = (list(row) for row in zip(*pairs, strict=True))
    found = rank_correlation(x, y)

    if len(set(x)) == 1 or len(set(y)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(spearmanr(x, y).statistic, abs=1e-12)


def test_equal_orders_correlate_exactly_one():
    scores = np.random.default_rng(2).random(37)

    assert rank_correlation(scores, scores * 3) == 1.0
    assert rank_correlation(scores, -scores) == -1.0


def test_importing_the_check_does_not_yet_import_pymcdm():
    code = "import sys, waardeweging.scoring.crosscheck; sys.exit('pymcdm' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_check_loads_no_drawings_and_leaves_them_to_whoever_asks():
    code = (
        "import sys\n"
        "from waardeweging.scoring.crosscheck import crosscheck\n"
        "crosscheck([[1.0, 0.0], [0.0, 0.5]], [0.6, 0.4])\n"
        "assert 'pymcdm.methods' in sys.modules\n"
        "assert 'matplotlib' not in sys.modules\n"
        "import pymcdm.visuals\n"
        "pymcdm.visuals.boxplot\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
