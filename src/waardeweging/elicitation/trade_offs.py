"""Trade-off questions: a check whether somebody agrees with what the own weights imply.

A question shows two amounts that weigh the same under the weights of a ballot.
An answer that differs never changes the ballot; it is kept beside it, and as a
statement it can be put next to the other answers of the same person.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.elicitation.mirror import equivalent_amount, telling_pairs
from waardeweging.elicitation.statements import Statement, ratio_between

Verdict = Literal["agrees", "more", "less"]

QUESTIONS = 3
# People tell a quarter more or less apart with difficulty; beyond that it is another opinion.
TOLERANCE = 0.25


@dataclass(frozen=True, slots=True)
class TradeOffQuestion:
    """An amount of the light criterion, and the amount of the heavy one that weighs the same.

    Parameters
    ----------
    heavy, light : int
        Positions of the criteria.
    amount : float
        [unit of `light`; above 0]
    equivalent : float
        [unit of `heavy`; above 0]
    times : float
        How many times the step worst → best of `heavy` weighs that of `light`. [above 0]
    in_steps : bool
        Whether both amounts count whole steps instead of the units of the criteria, as
        where a value function is not a straight line.
    """

    heavy: int
    light: int
    amount: float
    equivalent: float
    times: float
    in_steps: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came back on a question.

    Parameters
    ----------
    question : TradeOffQuestion
    verdict : str or None
        ``agrees``; ``more`` or ``less`` when it takes more or less of the heavy criterion
        than was shown; None when the question was skipped.
    answer : float, optional
        The amount that was given instead; absent when only "more" or "less" was said.
        [as `equivalent`; above 0]
    """

    question: TradeOffQuestion
    verdict: Verdict | None
    answer: float | None = None

    @property
    def passes(self) -> bool | None:
        """Whether the answer agrees with the ballot; None when skipped."""
        return None if self.verdict is None else self.verdict == "agrees"

    @property
    def times(self) -> float | None:
        """How many times the heavy step weighs the light one after the given amount."""
        if self.answer is None:
            return None
        return self.question.times * (self.question.equivalent / self.answer)


def trade_off_questions(
    weights: ArrayLike,
    ranges: ArrayLike,
    parent: ArrayLike | None = None,
    *,
    linear: Sequence[bool] | None = None,
    count: int = QUESTIONS,
) -> tuple[TradeOffQuestion, ...]:
    """Choose the questions that say most about a ballot.

    Parameters
    ----------
    weights : array_like, shape (n_criteria,)
        Weights of one participant. [0 or more]
    ranges : array_like, shape (n_criteria,)
        Distance between worst and best. [unit of the criterion; above 0]
    parent : array_like of int, shape (n_criteria,), optional
        Index of the value of each criterion; pairs across values come first.
    linear : sequence of bool, length n_criteria, optional
        Whether the value function is a straight line; all are when omitted. Where one of a
        pair is not, whole steps are compared.
    count : int, default 3
        How many questions at most.

    Returns
    -------
    tuple of TradeOffQuestion
        Fewer when fewer criteria have weight. Amounts in units are a tenth of the range,
        rounded to one digit.

    Raises
    ------
    ValueError
        If weights or ranges are out of bounds or lengths differ.
    """
    ranges = np.asarray(ranges, dtype=np.float64)
    if not ((ranges > 0) & np.isfinite(ranges)).all():
        raise ValueError("ranges must be finite and above 0")
    straight = [True] * ranges.size if linear is None else list(linear)
    if len(straight) != ranges.size:
        raise ValueError(f"{ranges.size} criteria, linear has length {len(straight)}")
    found = []
    for heavy, light in telling_pairs(weights, parent, count):
        in_steps = not (straight[heavy] and straight[light])
        units = np.ones(ranges.size) if in_steps else ranges
        amount = 1.0 if in_steps else _round_amount(float(ranges[light]) / 10)
        times = equivalent_amount(weights, np.ones(ranges.size), given=heavy, asked=light)
        equal = equivalent_amount(weights, units, given=light, asked=heavy, amount=amount)
        if times and equal:
            found.append(TradeOffQuestion(heavy, light, amount, equal, times, in_steps))
    return tuple(found)


def judge(
    question: TradeOffQuestion, answer: float | None, tolerance: float = TOLERANCE
) -> Judgement:
    """Set an amount that somebody gave against the one that the ballot implies.

    Parameters
    ----------
    question : TradeOffQuestion
    answer : float or None
        Amount of the heavy criterion that weighs as much as `question.amount` of the light
        one; None when skipped. [as `question.equivalent`; above 0]
    tolerance : float, default 0.25
        Up to 1 + tolerance times as much, or as little, still agrees. [0 or more]

    Returns
    -------
    Judgement

    Raises
    ------
    ValueError
        If the answer is not above 0 or the tolerance is negative.
    """
    if not 0 <= tolerance < math.inf:
        raise ValueError(f"tolerance is {tolerance}, expected 0 or more")
    if answer is None:
        return Judgement(question, None)
    if not 0 < answer < math.inf:
        raise ValueError(f"answer is {answer}, expected an amount above 0")
    off = math.log(answer / question.equivalent)
    if abs(off) <= math.log1p(tolerance) + 1e-12:
        return Judgement(question, "agrees", answer)
    return Judgement(question, "more" if off > 0 else "less", answer)


def outcomes(judgements: Iterable[Judgement]) -> tuple[bool | None, ...]:
    """List per question whether it passed, as `quality_flags` takes it.

    Parameters
    ----------
    judgements : iterable of Judgement

    Returns
    -------
    tuple of bool or None
    """
    return tuple(judgement.passes for judgement in judgements)


def trade_off_statement(
    id: str, n_criteria: int, judgement: Judgement, tolerance: float = TOLERANCE
) -> Statement | None:
    """Turn an answer into a statement about the weights.

    Parameters
    ----------
    id : str
    n_criteria : int
    judgement : Judgement
    tolerance : float, default 0.25
        As in `judge`.

    Returns
    -------
    Statement or None
        The ratio of the given amount, or of the question where it was agreed with, up to the
        tolerance; a bound beyond the tolerance where only "more" or "less" was said. None when
        skipped.
    """
    question, verdict = judgement.question, judgement.verdict
    heavy, light = question.heavy, question.light
    factor = 1 + tolerance
    if verdict is None:
        return None
    if judgement.times is None and verdict == "less":
        return ratio_between(id, n_criteria, heavy, light, question.times * factor)
    if judgement.times is None and verdict == "more":
        return ratio_between(id, n_criteria, light, heavy, factor / question.times)
    times = question.times if judgement.times is None else judgement.times
    return ratio_between(id, n_criteria, heavy, light, times / factor, times * factor)


def _round_amount(x: float) -> float:
    """Keep one digit: amounts that people can picture."""
    return round(x, -math.floor(math.log10(x)))
