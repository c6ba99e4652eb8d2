"""The questions of the trade-off mirror: what somebody's points imply.

An exchange in units is only asked where both value functions are straight
lines; elsewhere the whole steps are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from waardeweging.elicitation.trade_offs import TradeOffQuestion, trade_off_questions
from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.criteria import Criterion


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Two criteria, and how they weigh against each other.

    Parameters
    ----------
    heavy, light : Criterion
    times : float
        How many times the step of `heavy` weighs that of `light`. [1 or more]
    light_amount, heavy_amount : float or None
        Amounts in their own units that weigh the same; None where no line is straight.
    """

    heavy: Criterion
    light: Criterion
    times: float
    light_amount: float | None = None
    heavy_amount: float | None = None


def trade_offs(
    criteria: Sequence[Criterion], weights: FloatArray, parents: Sequence[int]
) -> tuple[TradeOff, ...]:
    """Choose the questions that say most about these weights.

    Parameters
    ----------
    criteria : sequence of Criterion, length n_criteria
    weights : array, shape (n_criteria,)
        [sum = 1]
    parents : sequence of int, length n_criteria
        Position of the value of each criterion.
    """
    questions = trade_off_questions(
        weights,
        [abs(criterion.best - criterion.worst) for criterion in criteria],
        parents,
        linear=[criterion.value_function is None for criterion in criteria],
    )
    return tuple(_trade_off(criteria, question) for question in questions)


def _trade_off(criteria: Sequence[Criterion], question: TradeOffQuestion) -> TradeOff:
    pair = criteria[question.heavy], criteria[question.light]
    if question.in_steps:
        return TradeOff(*pair, question.times)
    return TradeOff(*pair, question.times, question.amount, question.equivalent)
