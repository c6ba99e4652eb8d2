"""Findings are facts: ids and numbers, no sentences."""

import numpy as np

from waardeweging.explanation.findings import (
    Names,
    cost_findings,
    dispute_findings,
    reason_findings,
    side_findings,
    table_findings,
    winner_findings,
)

NAMES = Names(("A", "B", "C"), ("x", "y", "z"))


def kinds(findings):
    return [finding.kind for finding in findings]


def test_the_winner_is_named_with_its_margin_and_ties_are_called_ties():
    scores = np.array([0.5, 0.7, 0.65])
    clear = winner_findings(NAMES, scores, [1, 2, 0], [])
    tied = winner_findings(NAMES, scores, [1, 2, 0], [2])

    assert kinds(clear) == ["winner"]
    assert clear[0].alternatives == ("B", "C")
    assert clear[0].numbers["margin"] == scores[1] - scores[2]
    assert kinds(tied) == ["winner", "tie"]
    assert tied[1].alternatives == ("B", "C")


def test_an_only_option_has_no_rival():
    assert kinds(winner_findings(NAMES, np.array([0.5, 0.7, 0.6]), [1], [])) == ["only_option"]


def test_gains_and_losses_sum_to_the_difference():
    contributions = np.array([[0.1, 0.3, 0.2], [0.3, 0.1, 0.2], [0, 0, 0]])

    gains, losses = reason_findings(NAMES, contributions, 0, 1)

    assert (gains.kind, gains.criteria) == ("gains", ("y",))
    assert (losses.kind, losses.criteria) == ("losses", ("x",))
    total = contributions[0].sum() - contributions[1].sum()
    np.testing.assert_allclose(gains.numbers["gap"] + losses.numbers["gap"], total, atol=1e-15)


def test_a_winner_that_is_nowhere_worse_has_no_losses():
    assert kinds(reason_findings(NAMES, np.array([[1, 1, 1], [0, 1, 1]]), 0, 1)) == ["gains"]


def test_sides_agree_or_differ_among_what_is_eligible():
    one, other = np.array([0.9, 0.5, 0.1]), np.array([0.1, 0.5, 0.9])
    everything, without = np.array([True] * 3), np.array([False, True, False])

    assert side_findings(NAMES, one, other, everything)[0].alternatives == ("A", "C")
    assert kinds(side_findings(NAMES, one, one, everything)) == ["sides_same"]
    assert side_findings(NAMES, one, other, without)[0].alternatives == ("B",)


def test_costs_alone_may_choose_otherwise():
    assert kinds(cost_findings(NAMES, 0, 1, "national")) == ["cost_differs_national"]
    assert kinds(cost_findings(NAMES, 0, 0, "weighed")) == ["cost_same_weighed"]


def test_the_widest_gap_need_not_be_the_one_that_matters():
    gaps, effects = np.array([0.3, -0.1, -0.2]), np.array([0.0, 0.05, -0.01])

    widest, decisive = dispute_findings(NAMES, gaps, effects, 0, 1)

    assert (widest.criteria, widest.words) == (("x",), {"side": "residents"})
    assert widest.numbers["points"] == 30
    assert decisive.criteria == ("y",)


def test_equal_sides_have_no_dispute():
    assert kinds(dispute_findings(NAMES, np.zeros(3), np.zeros(3), 0, 1)) == ["no_dispute"]


def test_double_counting_and_equal_columns_are_told():
    values = np.array([[0.1, 0.2, 0.5], [0.2, 0.3, 0.5], [0.6, 0.7, 0.5], [0.9, 1.0, 0.5]])
    weights = np.array([0.4, 0.4, 0.2])

    equal, double = table_findings(NAMES, values, weights)

    assert (equal.kind, equal.criteria) == ("all_equal", ("z",))
    assert (double.kind, double.criteria) == ("double_counting", ("x", "y"))
    assert kinds(table_findings(NAMES, values, np.array([1.0, 0, 0]))) == []


def test_three_options_are_too_few_to_speak_of_double_counting():
    values = np.array([[0.1, 0.2, 0.1], [0.2, 0.3, 0.9], [0.6, 0.7, 0.4]])

    assert table_findings(NAMES, values, np.full(3, 1 / 3)) == ()
