import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardeweging.elicitation.flags import FAILS_TRADE_OFFS, quality_flags
from waardeweging.elicitation.mirror import telling_pairs
from waardeweging.elicitation.trade_offs import (
    Judgement,
    TradeOffQuestion,
    judge,
    outcomes,
    trade_off_questions,
    trade_off_statement,
)

WEIGHTS = [0.4, 0.2, 0.4]
RANGES = [1000, 5, 4]  # euros a year, decibels, tonnes


def _question():
    """€ 500 a year weighs as much as 2 tonnes; the steps weigh 1 to 2."""
    return TradeOffQuestion(
        heavy=1, light=0, amount=500.0, equivalent=1.0, times=2.0, in_steps=False
    )


def test_a_question_shows_two_amounts_that_weigh_the_same():
    # A tenth of 5 dB is 0.5 dB, which carries 0.02; so do € 50 and 0.2 t.
    first, second, third = trade_off_questions(WEIGHTS, RANGES)

    assert (first.heavy, first.light) == (0, 2)
    assert (first.amount, first.times) == (0.4, 1.0)
    assert first.equivalent == pytest.approx(100)
    assert (second.heavy, second.light, second.amount) == (0, 1, 0.5)
    assert second.equivalent == pytest.approx(50)
    assert second.times == pytest.approx(2)
    assert (third.heavy, third.light) == (2, 1)
    assert third.equivalent == pytest.approx(0.2)
    assert not any(question.in_steps for question in (first, second, third))


def test_amounts_are_rounded_to_one_digit_that_people_can_picture():
    (question,) = trade_off_questions([0.6, 0.4], [1, 387])

    assert question.amount == 40.0
    assert question.equivalent == pytest.approx(0.4 * 40 / 387 / 0.6)


def test_where_a_value_function_is_not_straight_whole_steps_are_compared():
    first, second, third = trade_off_questions(WEIGHTS, RANGES, linear=[True, False, True])

    assert [question.in_steps for question in (first, second, third)] == [False, True, True]
    assert (second.amount, second.times) == (1.0, 2.0)
    assert second.equivalent == pytest.approx(0.5)


def test_questions_follow_the_pairs_of_the_mirror():
    weights, parent = [0.5, 0.4, 0.06, 0.04], [0, 0, 1, 1]
    asked = trade_off_questions(weights, np.ones(4), parent, count=2)

    assert tuple((one.heavy, one.light) for one in asked) == telling_pairs(weights, parent, 2)


def test_without_two_criteria_with_weight_there_is_nothing_to_ask():
    assert trade_off_questions([1.0, 0.0], [1, 1]) == ()
    assert trade_off_questions([1.0], [1]) == ()


def test_a_trade_off_beyond_all_numbers_is_not_asked():
    assert trade_off_questions([1.0, 1e-320], [1, 1]) == ()
    assert trade_off_questions([1.0, 1e-200], [1e-200, 1]) == ()


@pytest.mark.parametrize(
    ("answer", "verdict", "passes"),
    [
        (1.0, "agrees", True),
        (1.25, "agrees", True),
        (0.8, "agrees", True),
        (1.26, "more", False),
        (0.79, "less", False),
        (None, None, None),
    ],
)
def test_an_answer_agrees_up_to_the_same_factor_either_way(answer, verdict, passes):
    judgement = judge(_question(), answer)

    assert judgement.verdict == verdict
    assert judgement.passes is passes
    assert judgement.answer == answer


def test_without_tolerance_only_the_same_amount_agrees():
    assert judge(_question(), 1.0, tolerance=0).passes
    assert judge(_question(), 1.001, tolerance=0).verdict == "more"


def test_asking_twice_the_amount_means_half_the_weight():
    # 2 tonnes for € 500 instead of 1: a tonne counts for half of what the ballot says.
    assert judge(_question(), 2.0).times == pytest.approx(1.0)
    assert judge(_question(), None).times is None


def test_two_failed_questions_of_three_raise_the_flag_of_the_ballot():
    points, question = [40, 35, 25], _question()
    failed_once = outcomes([judge(question, 1.0), judge(question, None), judge(question, 9.0)])
    failed_twice = outcomes([judge(question, 0.1), judge(question, 1.0), judge(question, 9.0)])

    assert failed_once == (True, None, False)
    assert FAILS_TRADE_OFFS not in quality_flags(points, trade_offs=failed_once)
    assert FAILS_TRADE_OFFS in quality_flags(points, trade_offs=failed_twice)


def test_an_amount_becomes_a_ratio_of_weights_up_to_the_tolerance():
    said = trade_off_statement("q1", 3, judge(_question(), 2.0))

    assert (said.id, said.kind) == ("q1", "ratio")
    # The answer says 1 time as heavy; a quarter more or less is allowed.
    assert said.slack([0.5, 0.5, 0.0]) > 0
    assert said.slack([0.4, 0.5, 0.1]) == pytest.approx(0)
    assert said.slack([0.5, 0.4, 0.1]) == pytest.approx(0)
    assert said.slack([0.3, 0.6, 0.1]) < 0


@pytest.mark.parametrize(
    ("verdict", "fits", "edge", "clashes"),
    [("more", 1.0, 1.6, 2.0), ("less", 4.0, 2.5, 2.0), ("agrees", 2.0, 2.5, 3.0)],
)
def test_a_word_without_an_amount_becomes_a_bound_beyond_the_tolerance(
    verdict, fits, edge, clashes
):
    said = trade_off_statement("q1", 2, Judgement(_question(), verdict))
    inside, on_it, outside = (
        said.slack(np.array([1, times]) / (1 + times)) for times in (fits, edge, clashes)
    )

    assert inside > 0
    assert on_it == pytest.approx(0, abs=1e-12)
    assert outside < 0


def test_a_skipped_question_says_nothing_about_the_weights():
    assert trade_off_statement("q1", 2, judge(_question(), None)) is None


@given(
    st.lists(st.floats(0.01, 1), min_size=2, max_size=6),
    st.integers(0, 2**32 - 1),
    st.floats(0.01, 100),
)
def test_the_shown_amount_always_agrees_and_fits_the_weights(points, seed, factor):
    weights = np.array(points) / sum(points)
    ranges = np.random.default_rng(seed).uniform(0.1, 1000, len(points))
    for question in trade_off_questions(weights, ranges):
        shown = judge(question, question.equivalent)
        other = judge(question, question.equivalent * factor)

        assert shown.verdict == "agrees"
        assert trade_off_statement("a", len(weights), shown).slack(weights) > 0
        assert other.times == pytest.approx(question.times / factor)
        assert other.passes == (abs(math.log(factor)) <= math.log(1.25) + 1e-9)
        said = trade_off_statement("b", len(weights), other)
        assert (said.slack(weights) >= -1e-12) == other.passes


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: judge(_question(), 0.0), "above 0"),
        (lambda: judge(_question(), -1.0), "above 0"),
        (lambda: judge(_question(), math.nan), "above 0"),
        (lambda: judge(_question(), math.inf), "above 0"),
        (lambda: judge(_question(), 1.0, tolerance=-0.1), "tolerance"),
        (lambda: judge(_question(), 1.0, tolerance=math.inf), "tolerance"),
        (lambda: trade_off_questions([0.5, 0.5], [1, 1], linear=[True]), "linear"),
        (lambda: trade_off_questions([0.5, 0.5], [1, 0]), "above 0"),
        (lambda: trade_off_questions([0.5, 0.5], [1, math.inf]), "above 0"),
    ],
)
def test_what_cannot_be_judged_is_refused(ask, message):
    with pytest.raises(ValueError, match=message):
        ask()
