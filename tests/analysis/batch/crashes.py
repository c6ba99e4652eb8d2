"""Strike real runs at random moments: ``python -m tests.analysis.batch.crashes 50``.

Each strike hits a run of the real command, on a cluster of real processes or on a disk that
fills up. The run must end by itself or say what is wrong, never hang; and going on with
``--resume`` must give the bytes of a run that nothing happened to.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from tests.analysis.batch.conftest import NATION, SETTINGS
from tests.analysis.batch.dask_processes import Marked, Processes

from waardeweging.analysis.batch import make_job
from waardeweging.analysis.batch.cluster import Task, run_cluster
from waardeweging.analysis.batch.country import read_country
from waardeweging.analysis.batch.partition import partitions
from waardeweging.analysis.batch.run import SIZE
from waardeweging.analysis.batch.threads import Failed

# No run may take longer to end, however it was struck. [s]
LONGEST = 90.0
DRAWS = 300


@dataclass
class Blow:
    """What one strike did.

    Parameters
    ----------
    kind : str
    at : float
        Seconds after the start.
    ended : float
        Seconds from the strike until the run ended.
    status : int
        Exit status of the struck run.
    kept : bool
        Whether anything was finished already when it ended.
    same : bool
        Whether the bytes are those of an undisturbed run.
    left : bool
        Whether parts were left behind after going on.
    """

    kind: str
    at: float
    ended: float
    status: int
    kept: bool
    same: bool = False
    left: bool = False

    @property
    def hung(self) -> bool:
        """Whether it did not end by itself in time."""
        return self.ended > LONGEST


@dataclass
class Range:
    """A file of the Startanalyse, a cluster, and what an undisturbed run gives."""

    folder: Path
    neighbourhoods: int
    rng: random.Random
    processes: Processes | None = None
    whole: bytes = b""
    seconds: float = 0.0
    blows: list[Blow] = field(default_factory=list)

    def __post_init__(self) -> None:
        header, *lines = gzip.decompress(NATION.read_bytes()).decode().splitlines()
        self.input = self.folder / "input.csv"
        self.input.write_text("\n".join([header, *lines[: self.neighbourhoods]]) + "\n")
        out = self.folder / "whole.parquet"
        start = time.monotonic()
        quietly(self.command(out, "--workers", "2"))
        self.seconds = time.monotonic() - start
        self.whole = out.read_bytes()

    def command(self, out: Path, *more: str) -> list[str]:
        """Give the command of a run."""
        return [
            sys.executable, "-m", "waardeweging.cli", "batch", str(self.input), "--out", str(out),
            "--settings", str(SETTINGS), "--draws", str(DRAWS), "--variant", "base",
            "--perspective", "national", *more,
        ]  # fmt: skip

    def cluster(self) -> Processes:
        """Give a cluster of two workers; a new one when the last was taken down."""
        if self.processes is None:
            folder = Path(tempfile.mkdtemp(dir=self.folder))
            self.processes = Processes(folder)
            self.processes.add_workers(2)
        return self.processes

    def take_down(self) -> None:
        """End the cluster, frozen or not."""
        if self.processes is not None:
            self.processes.close()
            self.processes = None

    def strike(self, kind: str) -> Blow:
        """Strike a run, go on, and compare."""
        out = self.folder / f"out-{len(self.blows)}.parquet"
        blow = KINDS[kind](self, out)
        parts = out.with_name(f"{out.name}.parts")
        blow.kept = out.exists() or any(parts.glob("part-*.parquet"))
        quietly(self.command(out, "--workers", "2", "--resume"))
        blow.same = out.read_bytes() == self.whole
        blow.left = parts.exists()
        if blow.same:
            out.unlink()
        self.blows.append(blow)
        return blow


def quietly(command: list[str]) -> None:
    """Run a command that must succeed."""
    silent = subprocess.DEVNULL
    subprocess.run(command, check=True, stdout=silent, stderr=silent, timeout=LONGEST)


def on_cluster(kind: str, field: Range, out: Path) -> Blow:
    """Strike a process of a cluster, or the client."""
    processes = field.cluster()
    client = subprocess.Popen(
        field.command(out, "--scheduler", processes.address),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    at = field.rng.uniform(0.0, 1.3 * field.seconds)
    with contextlib.suppress(subprocess.TimeoutExpired):
        client.wait(timeout=at)
    struck = time.monotonic()
    hit(kind, processes, client, field.rng)
    ended, status = outcome_of(client, struck)
    if kind in ("scheduler", "freeze"):
        field.take_down()
    return Blow(kind, at, ended, status, False)


def hit(
    kind: str, processes: Processes, client: subprocess.Popen[bytes], rng: random.Random
) -> None:
    """Send the signal."""
    if kind == "client":
        client.kill()
    elif kind == "scheduler":
        assert processes.scheduler is not None
        os.killpg(processes.scheduler.pid, signal.SIGKILL)
    else:
        workers = living_workers(processes)
        sent = signal.SIGKILL if kind == "worker" else signal.SIGSTOP
        if workers:
            rng.choice(workers).send_signal(sent)


def living_workers(processes: Processes) -> list[psutil.Process]:
    """Find the processes that compute, below those that watch over them."""
    found = []
    for nanny in processes.workers:
        with contextlib.suppress(psutil.Error):
            children = psutil.Process(nanny.pid).children(recursive=True)
            found += [one for one in children if "spawn_main" in " ".join(one.cmdline())]
    return sorted(found, key=lambda one: one.pid)


def outcome_of(client: subprocess.Popen[bytes], struck: float) -> tuple[float, int]:
    """Wait for a run to end, but not for ever."""
    try:
        status = client.wait(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        os.killpg(client.pid, signal.SIGKILL)
        status = client.wait()
        return LONGEST + 1, status
    return time.monotonic() - struck, status


def full_disk(field: Range, out: Path) -> Blow:
    """Let no file of the run grow beyond some random size."""
    most = field.rng.randrange(1, len(field.whole))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    start = time.monotonic()
    client = subprocess.Popen(
        field.command(out, "--workers", "2"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=limit,
        start_new_session=True,
    )
    ended, status = outcome_of(client, start)
    return Blow("disk", 0.0, ended, status, False)


def poison(field: Range, out: Path) -> Blow:
    """Give the cluster a part that kills whoever computes it; it must be named, the rest done."""
    job = make_job(
        [field.input], None, settings=SETTINGS, draws=DRAWS, variants=("base",),
        perspective="national",
    )  # fmt: skip
    country = read_country(job)
    parts = partitions(country, SIZE)
    deadly = field.rng.randrange(len(parts))
    folder, begun = out.with_name(f"{out.name}.parts"), Path(tempfile.mkdtemp(dir=field.folder))
    folder.mkdir()
    task = Marked(Task(job, folder, country.fingerprint), begun, deadly=deadly)
    start = time.monotonic()
    found = list(run_cluster(parts, task, field.cluster().address))
    failed = [one.part.number for one in found if isinstance(one, Failed)]
    named = failed == [deadly] and len(found) == len(parts)
    return Blow("poison", 0.0, time.monotonic() - start, 0 if named else 99, False)


KINDS: dict[str, Callable[[Range, Path], Blow]] = {
    **{kind: partial(on_cluster, kind) for kind in ("worker", "client", "scheduler", "freeze")},
    "disk": full_disk,
    "poison": poison,
}


def strikes(number: int, kinds: list[str], neighbourhoods: int, seed: int) -> list[Blow]:
    """Strike so many times, the kinds by turns, and tell about each."""
    folder = Path(tempfile.mkdtemp(prefix="crashes-"))
    field = Range(folder, neighbourhoods, random.Random(seed))  # noqa: S311
    print(f"undisturbed: {field.seconds:.1f} s, {len(field.whole)} bytes", flush=True)
    try:
        for turn in range(number):
            blow = field.strike(kinds[turn % len(kinds)])
            print(
                f"{turn + 1:3d} {blow.kind:9s} at {blow.at:4.1f} s, ended after "
                f"{blow.ended:4.1f} s with status {blow.status}, "
                f"{'parts kept' if blow.kept else 'nothing kept'}, "
                f"{'same bytes' if blow.same else 'OTHER BYTES'}"
                f"{', PARTS LEFT' if blow.left else ''}",
                flush=True,
            )
    finally:
        field.take_down()
        if all(blow.same for blow in field.blows):
            shutil.rmtree(folder, ignore_errors=True)
    return field.blows


def main(arguments: list[str] | None = None) -> int:
    """Strike, and say how it went; 1 when a run hung or gave other bytes."""
    parser = argparse.ArgumentParser(prog="python -m tests.analysis.batch.crashes")
    parser.add_argument("number", type=int, nargs="?", default=50)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--neighbourhoods", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    blows = strikes(asked.number, asked.kinds.split(","), asked.neighbourhoods, asked.seed)
    for kind in dict.fromkeys(one.kind for one in blows):
        own = [one for one in blows if one.kind == kind]
        same, hung = sum(one.same for one in own), sum(one.hung for one in own)
        slowest = max(one.ended for one in own)
        print(f"{kind:9s} {len(own)} times: {same} same, {hung} hung, slowest end {slowest:.0f} s")
    wrong = [one for one in blows if one.hung or one.left or not one.same or one.status == 99]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
