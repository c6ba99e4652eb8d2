"""Run all benchmarks and print one table: ``python -m benchmarks``."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from importlib.util import find_spec

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.kernels import peer_cases, score_cases, uncertain_cases
from benchmarks.live import large_scenario
from benchmarks.timing import Case, Timing, once, timed
from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.scenario import Scenario


def main() -> None:
    """Time, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--tiny", action="store_true", help="small numbers: only to see it run")
    tiny = parser.parse_args().tiny
    table = Table("what", "time", "beside", "time", "ratio", "aim", title=_machine())
    for timing in _timings(tiny):
        table.add_row(*_row(timing))
    for ballots, rounds in ((20, 1), (50, 1)) if tiny else ((500, 5), (100_000, 1)):
        scenario = large_scenario(30, 15, ballots)
        analyse(large_scenario(30, 15, 20))
        with _one_thread():
            table.add_row(*_live_row(scenario, ballots, "one thread", rounds))
        table.add_row(*_live_row(scenario, ballots, "all threads", rounds))
    console = Console()
    # A table that is piped keeps its columns.
    (console if console.is_terminal else Console(width=160)).print(table)
    if not find_spec("skcriteria"):
        console.print('For scikit-criteria: pip install -e ".[benchmark]"')


def _timings(tiny: bool) -> Iterator[Timing]:
    draws, vectors, rounds = (500, 20, 2) if tiny else (100_000, 1_000, 15)
    with _one_thread():
        for case in score_cases(draws):
            yield timed(case, rounds)
    for case in _threaded(score_cases(draws)):
        yield timed(case, rounds)
    for case in uncertain_cases(draws):
        yield timed(case, min(rounds, 3))
    for case in peer_cases(vectors):
        yield timed(case, min(rounds, 3))


def _threaded(cases: Iterator[Case]) -> Iterator[Case]:
    """Keep the first case, with the product on as many threads as it takes."""
    first = next(cases)
    yield Case(first.name, first.work, f"{first.beside}, all threads", first.yardstick)


def _one_thread() -> AbstractContextManager[object]:
    """Keep the matrix product to one thread, where that can be done from here."""
    if not find_spec("threadpoolctl"):
        return nullcontext()
    limits: AbstractContextManager[object] = import_module("threadpoolctl").threadpool_limits(1)
    return limits


def _row(timing: Timing) -> tuple[str, ...]:
    return (
        timing.case.name,
        _time(timing.seconds),
        timing.case.beside,
        _time(timing.yardstick_seconds),
        f"{timing.ratio:.3g}",
        timing.case.aim,
    )


def _live_row(scenario: Scenario, ballots: int, threads: str, rounds: int) -> tuple[str, ...]:
    seconds = once(lambda: analyse(scenario), rounds)
    aim = {500: "< 1 s", 100_000: "< 5 s"}.get(ballots, "")
    what = f"whole outcome, 15 × 30, {ballots:,} ballots, {threads}"
    return what, _time(seconds), "", "", "", aim


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.2f} ms"


def _machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, " + (
        f"numpy {np.__version__}"
    )


if __name__ == "__main__":
    main()
