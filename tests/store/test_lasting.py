"""What was acknowledged is there after a kill, a stop and a loss of power.

The scripts beside this file run the same many more times.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def script(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_no_acknowledged_answer_is_lost_or_counted_twice_when_the_server_is_killed():
    command = [sys.executable, str(HERE / "kills.py"), "server", "2", "--clients", "4"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_no_acknowledged_answer_is_lost_when_postgresql_stops_at_once(cluster):
    figures = script("kills").stop_postgres(cluster, rounds=2, clients=4)

    assert figures["acknowledged"] >= 4
    assert (figures["lost"], figures["twice"], figures["faults"]) == (0, 0, 0)
    assert (figures["current answers"], figures["last ones"]) == (4, True)


@pytest.mark.slow
def test_no_acknowledged_answer_is_lost_when_the_power_goes():
    figures = script("power").rounds(8, submissions=80)
    if figures is None:
        pytest.skip("there is no C compiler to build the recorder with")

    assert figures["acknowledged"] > 8
    assert (figures["lost"], figures["twice"], figures["faults"]) == (0, 0, 0)


@pytest.mark.slow
def test_the_loss_of_power_is_one_that_a_careless_setting_does_not_survive():
    figures = script("power").rounds(6, submissions=120, synchronous="NORMAL")
    if figures is None:
        pytest.skip("there is no C compiler to build the recorder with")

    assert figures["rounds with loss"] >= 1
