"""The benchmarks run; how fast they are is never asserted here."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.kernels import peer_cases, score_cases, uncertain_cases
from benchmarks.live import large_scenario
from benchmarks.timing import Case, once, timed

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_one_command_prints_one_table_with_a_ratio_per_row():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--tiny"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    for words in ("places counted", "bare matrix product", "pymcdm", "whole outcome", "ratio"):
        assert words in done.stdout


def test_what_is_timed_beside_the_product_gives_the_product():
    for case in score_cases(50):
        if "places" not in case.name:
            np.testing.assert_allclose(case.work(), case.yardstick(), rtol=0, atol=1e-14)


def test_only_what_is_uncertain_is_drawn_and_the_scores_have_the_same_mean():
    for case in uncertain_cases(4000):
        np.testing.assert_allclose(
            np.mean(case.work(), axis=0), np.mean(case.yardstick(), axis=0), atol=0.005
        )


def test_other_libraries_are_asked_for_the_same_scores():
    first = next(iter(peer_cases(5)))

    np.testing.assert_allclose(first.work(), first.yardstick(), atol=1e-12)


def test_times_are_medians_of_runs_by_turns():
    order = []
    case = Case("a", lambda: order.append("a"), "b", lambda: order.append("b"))

    found = timed(case, rounds=3)

    assert "".join(order) == "ab" * 4
    assert found.seconds > 0
    assert found.ratio > 0
    assert once(case.work, rounds=2) > 0


def test_the_large_scenario_has_the_asked_size():
    scenario = large_scenario(criteria=6, options=4, ballots=10)

    assert scenario.problem.mid.shape == (4, 6)
    assert len(scenario.ballots) == 10
    assert {ballot.side for ballot in scenario.ballots} == {"residents", "municipality"}
