"""Threads: everything is finished, what fails is named, and Ctrl-C stops soon."""

import threading
import time
from contextlib import closing

import pytest

from waardeweging.analysis.batch.partition import Partition
from waardeweging.analysis.batch.parts import Done
from waardeweging.analysis.batch.threads import Failed, run_threads
from waardeweging.problem.errors import InputError, Place

PARTS = [Partition(k, k, k + 1, "GM0001", "GM0001") for k in range(6)]


def done(part):
    return Done(part.number, part.name, "", 1)


@pytest.mark.parametrize("workers", [1, 3])
def test_every_partition_is_finished_once(workers):
    found = list(run_threads(PARTS, lambda part, pause: done(part), workers))

    assert sorted(one.number for one in found) == [0, 1, 2, 3, 4, 5]


def test_a_partition_that_fails_is_named_and_the_rest_goes_on():
    def work(part, pause):
        if part.number == 2:
            raise ZeroDivisionError("poison")
        return done(part)

    found = list(run_threads(PARTS, work, 2))

    assert len(found) == 6
    assert [one for one in found if isinstance(one, Failed)] == [
        Failed(PARTS[2], "ZeroDivisionError: poison")
    ]


def test_what_a_user_can_repair_stops_the_work():
    begun = []

    def work(part, pause):
        begun.append(part.number)
        raise InputError("batch.unwritable", where=Place("x"), remedy="Make room.")

    with pytest.raises(InputError):
        list(run_threads(PARTS * 100, work, 1))

    assert len(begun) < 100


def test_who_stops_listening_stops_the_work_at_its_next_pause():
    begun, stopped = threading.Event(), threading.Event()

    def work(part, pause):
        if part.number == 0:
            return done(part)
        begun.set()
        try:
            while True:
                time.sleep(0.01)
                pause()
        finally:
            stopped.set()

    with closing(run_threads(PARTS, work, 2)) as events:
        assert next(events).number == 0
        assert begun.wait(5)

    assert stopped.is_set()
