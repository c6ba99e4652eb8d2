"""Timing two things by turns, so that a busy machine slows both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

Work = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Case:
    """Something to time, and what to time it beside."""

    name: str
    work: Work
    beside: str
    yardstick: Work
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """Median seconds of both, and the median of the ratios of neighbouring runs."""

    case: Case
    seconds: float
    yardstick_seconds: float
    ratio: float


def timed(case: Case, rounds: int) -> Timing:
    """Run both by turns."""
    case.work()
    case.yardstick()
    pairs = [(_seconds(case.work), _seconds(case.yardstick)) for _ in range(rounds)]
    return Timing(
        case,
        median(own for own, _ in pairs),
        median(other for _, other in pairs),
        median(own / other for own, other in pairs),
    )


def once(work: Work, rounds: int) -> float:
    """Give the median seconds of something that has no yardstick."""
    return median(_seconds(work) for _ in range(rounds))


def _seconds(work: Work) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
