"""The questions of the trade-off mirror: what somebody's points imply.

An exchange in units is only asked where both value functions are straight
lines; elsewhere the whole steps are compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from waardeweging.elicitation.mirror import equivalent_amount, telling_pairs
from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.criteria import Criterion

_ASKED = 3


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
    pairs = telling_pairs(weights, parents, _ASKED)
    return tuple(_trade_off(criteria, weights, heavy, light) for heavy, light in pairs)


def _trade_off(
    criteria: Sequence[Criterion], weights: FloatArray, heavy: int, light: int
) -> TradeOff:
    pair = criteria[heavy], criteria[light]
    times = float(weights[heavy] / weights[light])
    if any(criterion.value_function is not None for criterion in pair):
        return TradeOff(*pair, times)
    ranges = [abs(criterion.best - criterion.worst) for criterion in criteria]
    amount = _round_amount(ranges[light] / 10)
    equal = equivalent_amount(weights, ranges, given=light, asked=heavy, amount=amount)
    return TradeOff(*pair, times, amount, equal)


def _round_amount(x: float) -> float:
    """Keep one digit: amounts that people can picture."""
    return round(x, -math.floor(math.log10(x)))
