"""Partitions on this machine: threads, because numpy gives the lock away while it counts."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from threading import Event
from typing import NamedTuple

from threadpoolctl import threadpool_limits

from waardeweging.analysis.batch.partition import Partition, Pause
from waardeweging.analysis.batch.parts import Done
from waardeweging.problem.errors import InputError

_LOOK_UP = 0.2


class Failed(NamedTuple):
    """A partition that could not be computed, while the rest could.

    Parameters
    ----------
    part : Partition
    reason : str
    """

    part: Partition
    reason: str


class StoppedError(Exception):
    """The work must stop: somebody pressed Ctrl-C or the disk is full."""


def run_threads(
    parts: Sequence[Partition], work: Callable[[Partition, Pause], Done], workers: int
) -> Generator[Done | Failed, None, None]:
    """Compute partitions in threads and give each as it is finished.

    A matrix library with threads of its own would only stand in the way of these; it gets
    one. Whoever stops listening stops the work at its next pause.

    Parameters
    ----------
    parts : sequence of Partition
    work : callable
    workers : int

    Raises
    ------
    InputError
        From the first partition that met something a user can repair, such as a full disk.
    """
    stop = Event()

    def pause() -> None:
        if stop.is_set():
            raise StoppedError

    with threadpool_limits(1), ThreadPoolExecutor(workers) as pool:
        waiting = iter(parts)
        running: dict[Future[Done], Partition] = {}
        try:
            while True:
                # One more than the workers, so that none waits for this loop to look.
                for part in islice(waiting, workers + 1 - len(running)):
                    running[pool.submit(work, part, pause)] = part
                if not running:
                    return
                finished, _ = wait(running, timeout=_LOOK_UP, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield _outcome(future, running.pop(future))
        finally:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)


def _outcome(future: Future[Done], part: Partition) -> Done | Failed:
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, InputError | StoppedError) or not isinstance(error, Exception):
        raise error
    return Failed(part, f"{type(error).__name__}: {error}")
