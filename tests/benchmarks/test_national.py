"""The benchmarks of a country run, and both sides of a row do the same work."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.national import _tables, _weights, places, plain_places, pymcdm_places

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_one_command_prints_a_ratio_per_row():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.national", "--tiny", "--only", "kernels"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    for words in ("pair comparisons", "plain numpy", "pymcdm", "every cell", "ratio"):
        assert words in done.stdout


def test_all_ways_of_counting_places_agree():
    values, weights = _tables(3, 5, 4), _weights(40, 4)

    found = np.concatenate(places(values, weights, 2))

    np.testing.assert_allclose(found, plain_places(values, weights))
    np.testing.assert_allclose(found, pymcdm_places(values, weights))
