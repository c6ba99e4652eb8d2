"""Partitions on an existing Dask cluster whose workers see the same files.

A task takes paths and a partition and gives back a name, a hash and a number of rows; the
rows themselves go from the worker to the disk. Everything that can break is expected to:
a worker that dies, one that freezes, a partition that kills whoever computes it, the
scheduler. What was written stays, so nothing more than a part is ever lost.
"""

from __future__ import annotations

import ctypes
import ipaddress
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from threadpoolctl import threadpool_limits

from waardeweging.analysis.batch.country import Country, described, read_country
from waardeweging.analysis.batch.draws import CountryDraws, draw_country
from waardeweging.analysis.batch.partition import Partition, compute
from waardeweging.analysis.batch.parts import Done, write_part
from waardeweging.analysis.batch.settings import Job
from waardeweging.analysis.batch.threads import Failed
from waardeweging.problem.errors import InputError, Place

_LOOK_UP = 1.0
# Longest wait for a cluster that says nothing, and least patience with one task. [s]
SILENCE, PATIENCE = 45.0, 30.0
CONNECT = "10s"
_MOST_ATTEMPTS = 4
# Parameters of mallopt(3).
_MMAP_FROM, _TRIM_FROM = -3, -1
_READING = Lock()


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker does with a partition.

    Parameters
    ----------
    job : Job
        By paths; the worker reads the files once.
    folder : Path
        Where parts are written.
    run : str
        What the fingerprint of the input must be on the worker too.
    """

    job: Job
    folder: Path
    run: str

    def __call__(self, part: Partition) -> Done:
        """Compute and write the part."""
        with _READING:
            _settle_in()
            country, draws = _prepared(self.job, self.run)
        table = compute(country, draws, part)
        return write_part(self.folder, self.run, part, table, described(country))


class _Attempt(NamedTuple):
    part: Partition
    since: float
    alone: bool


@lru_cache(maxsize=1)
def _settle_in() -> None:
    """Set up the process of a worker, once and for good: it does nothing else."""
    threadpool_limits(1)
    _stop_watching()
    # Dask lets workers give memory back after every step, which made each step half as slow
    # again. There is only something to undo with the C library of GNU.
    with suppress(OSError, AttributeError):
        allocator = ctypes.CDLL(None).mallopt
        allocator(_MMAP_FROM, 32 << 20)
        allocator(_TRIM_FROM, 256 << 20)


def _stop_watching() -> None:
    """Stop what looks over the shoulder of a worker a hundred times a second.

    It fills the pages of a dashboard, and took a tenth of the time of the processor.
    """
    with suppress(ImportError, ValueError):
        from distributed import get_worker

        worker = get_worker()
        for name in {"profile", "profile-cycle", "tick"} & worker.periodic_callbacks.keys():
            # It belongs to the loop of the worker; a task runs in another thread.
            worker.loop.add_callback(worker.periodic_callbacks[name].stop)


@lru_cache(maxsize=1)
def _prepared(job: Job, run: str) -> tuple[Country, CountryDraws]:
    country = read_country(job)
    if country.fingerprint != run:
        raise InputError(
            "batch.other_files",
            where=Place(str(job.settings.parent)),
            remedy="A worker sees other files than you do; give every worker the same ones.",
        )
    return country, draw_country(country)


def check_address(address: str) -> None:
    """Refuse an address over which anyone on the way could read along or run programs.

    Raises
    ------
    InputError
        For plain tcp to another machine, and for what is no address of a scheduler.
    """
    url = urlsplit(address if "://" in address else f"tcp://{address}")
    try:
        known = url.scheme in ("tcp", "tls") and bool(url.hostname) and url.port is not None
    except ValueError:
        known = False
    if not known:
        raise InputError(
            "batch.address",
            where=Place("scheduler"),
            found=address,
            remedy="Write tls://HOST:PORT, or tcp://127.0.0.1:PORT for this machine.",
        )
    if url.scheme == "tcp" and not _is_loopback(url.hostname or ""):
        raise InputError(
            "batch.plain_tcp",
            where=Place("scheduler"),
            found=address,
            remedy="A scheduler runs any program it is sent; use tls:// with certificates for "
            "another machine.",
        )


def run_cluster(
    parts: Sequence[Partition],
    task: Callable[[Partition], Done],
    address: str,
    *,
    silence: float = SILENCE,
    patience: float = PATIENCE,
) -> Generator[Done | Failed, None, None]:
    """Compute partitions on a cluster and give each as it is finished.

    Parameters
    ----------
    parts : sequence of Partition
    task : callable
        Can be sent to a worker; computing a partition twice does no harm.
    address : str
    silence : float
        Seconds without a scheduler or without any worker before giving up.
    patience : float
        Least seconds before a task is also given to another worker.

    Raises
    ------
    InputError
        If the cluster cannot be reached, is lost, or a worker met something that a user
        can repair.
    """
    client = _connect(address)
    try:
        yield from _Window(client, address, task, silence, patience).run(parts)
    finally:
        # Waiting for a scheduler that is gone would take longer than the work; and that it did
        # not say goodbye must not hide how the work ended.
        with suppress(TimeoutError):
            client.close(timeout=2)


@dataclass
class _Window:
    """A bounded number of tasks under way, watched closely."""

    client: Any
    address: str
    task: Callable[[Partition], Done]
    silence: float
    patience: float
    waiting: deque[Partition] = field(default_factory=deque)
    running: dict[Any, _Attempt] = field(default_factory=dict)
    attempts: dict[int, int] = field(default_factory=dict)
    suspects: deque[Partition] = field(default_factory=deque)
    finished: set[int] = field(default_factory=set)
    longest: float = 0.0
    alive: float = field(default_factory=time.monotonic)

    def run(self, parts: Sequence[Partition]) -> Generator[Done | Failed, None, None]:
        self.waiting.extend(parts)
        while len(self.finished) < len(parts):
            self._fill(self._living())
            for future in self._completed():
                # Another attempt at the same part may just have withdrawn this one.
                if attempt := self.running.pop(future, None):
                    yield from self._outcome(future, attempt)
            self._try_elsewhere()

    def _fill(self, threads: int) -> None:
        """Keep every thread busy, and one task waiting for each."""
        while self.waiting and len(self.running) < 2 * threads:
            self._submit(self.waiting.popleft())
        # Whatever killed a worker is tried again alone, so that it takes no other along.
        if threads and not self.waiting and not self.running and self.suspects:
            self._submit(self.suspects.popleft(), alone=True)

    def _submit(
        self, part: Partition, *, alone: bool = False, workers: Iterable[str] | None = None
    ) -> None:
        count = self.attempts[part.number] = self.attempts.get(part.number, 0) + 1
        future = self.client.submit(
            self.task,
            part,
            key=f"{part.name}-{count}-{id(self)}",
            pure=False,
            workers=None if workers is None else list(workers),
            # A worker that is started again has another address: one that is bound to the
            # old address would wait for ever.
            allow_other_workers=workers is not None,
        )
        self.running[future] = _Attempt(part, time.monotonic(), alone)

    def _completed(self) -> list[Any]:
        from distributed import wait

        if not self.running:
            time.sleep(_LOOK_UP)
        with self.client.as_current(), suppress(TimeoutError, CancelledError, OSError):
            wait(list(self.running), timeout=_LOOK_UP, return_when="FIRST_COMPLETED")  # type: ignore[no-untyped-call]
        return [future for future in self.running if future.status != "pending"]

    def _outcome(self, future: Any, attempt: _Attempt) -> Generator[Done | Failed, None, None]:
        part = attempt.part
        if part.number in self.finished:
            return
        if future.status == "finished":
            self.longest = max(self.longest, time.monotonic() - attempt.since)
            self._settle(part)
            yield future.result()
        elif future.status == "error":
            yield from self._error(future.exception(), attempt)
        else:
            # Cancelled, because the scheduler went away: it may come back.
            self.waiting.append(part)

    def _error(
        self, error: BaseException, attempt: _Attempt
    ) -> Generator[Done | Failed, None, None]:
        from distributed import KilledWorker

        part = attempt.part
        if isinstance(error, InputError):
            raise error
        if isinstance(error, KilledWorker) and not attempt.alone:
            self._withdraw(part)
            self.suspects.append(part)
            return
        self._settle(part)
        killed = "it kills the worker that computes it"
        reason = killed if isinstance(error, KilledWorker) else f"{type(error).__name__}: {error}"
        yield Failed(part, reason)

    def _settle(self, part: Partition) -> None:
        self.finished.add(part.number)
        self._withdraw(part)

    def _withdraw(self, part: Partition) -> None:
        """Cancel what is still under way for a part."""
        others = [one for one, attempt in self.running.items() if attempt.part == part]
        for future in others:
            del self.running[future]
        if others:
            self.client.cancel(others, force=True, asynchronous=False)

    def _try_elsewhere(self) -> None:
        """Give a task that takes far too long to another worker as well; the first one counts."""
        limit = max(self.patience, 4 * self.longest)
        now = time.monotonic()
        slow = [
            attempt
            for attempt in self.running.values()
            if now - attempt.since > limit * self.attempts[attempt.part.number]
            and self.attempts[attempt.part.number] < _MOST_ATTEMPTS
        ]
        if not slow or self.client.status != "running":
            return
        held = self.client.processing()
        for attempt in {one.part.number: one for one in slow}.values():
            prefix = f"{attempt.part.name}-"
            free = [
                worker
                for worker, keys in held.items()
                if not any(str(key).startswith(prefix) for key in keys)
            ]
            if free:
                self._submit(attempt.part, alone=attempt.alone, workers=free)

    def _living(self) -> int:
        """Give the number of threads of all workers; raise when there were none for too long."""
        now = time.monotonic()
        if self.client.status == "running":
            known = self.client.scheduler_info(n_workers=-1)["workers"].values()
            threads = sum(int(worker["nthreads"]) for worker in known)
            if threads:
                self.alive = now
                return threads
        if now - self.alive > self.silence or self.client.status == "closed":
            raise _lost(self.address)
        return 0


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "batch.no_dask",
            where=Place("scheduler"),
            remedy="Install the extra for clusters: pip install 'waardeweging[cluster]'.",
        ) from None
    try:
        return Client(  # type: ignore[no-untyped-call]
            address, timeout=CONNECT, set_as_default=False, name="waardeweging-batch"
        )
    except (OSError, TimeoutError, ValueError):
        raise _lost(address) from None


def _lost(address: str) -> InputError:
    return InputError(
        "batch.cluster_lost",
        where=Place("scheduler"),
        found=address,
        remedy="The cluster does not answer or has no workers. Start it and run again with "
        "--resume: finished parts are kept.",
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
