"""A Dask cluster of real processes that a test may kill, and tasks that misbehave."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from waardeweging.analysis.batch.cluster import Task

ROOT = Path(__file__).parents[3]
_QUICK = {
    "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "10s",
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "DASK_DISTRIBUTED__WORKER__LIFETIME__RESTART": "True",
    # A worker that comes back need not load everything again.
    "DASK_DISTRIBUTED__WORKER__MULTIPROCESSING_METHOD": "forkserver",
}


@dataclass
class Processes:
    """A scheduler and its workers; each worker is restarted by a nanny when it dies."""

    folder: Path
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self):
        """Where the scheduler listens; starts it when it is not there."""
        file = self.folder / "scheduler.json"
        if self.scheduler is None:
            self.scheduler = self._start(
                "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                "--scheduler-file", str(file),
            )  # fmt: skip
        from json import loads

        for _ in range(600):
            if file.exists() and file.read_text():
                return loads(file.read_text())["address"]
            time.sleep(0.05)
        raise TimeoutError("no scheduler")

    def add_workers(self, number):
        """Start workers of one thread each."""
        for _ in range(number):
            self.workers.append(
                self._start(
                    "worker", self.address, "--nthreads", "1", "--no-dashboard",
                    "--host", "127.0.0.1", "--local-directory", str(self.folder),
                )
            )  # fmt: skip

    def wait_for(self, number):
        """Wait until so many workers are there; one that died is started again."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(number, timeout=60)

    def close(self):
        """End everything, however it is."""
        for process in [*self.workers, self.scheduler]:
            if process is not None and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _start(self, what, *arguments):
        # A group of its own, so that a nanny takes its worker along at the end.
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments],
            cwd=self.folder,
            env={**os.environ, **_QUICK},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


@dataclass(frozen=True)
class Marked:
    """A task that says where it runs, takes its time, and can take its worker down.

    Parameters
    ----------
    task : Task
    folder : Path
        Where a file with the process id appears for every partition that is begun.
    seconds : float
    deadly : int
        Number of a partition that kills whoever computes it.
    """

    task: Task
    folder: Path
    seconds: float = 0.0
    deadly: int = -1

    def __call__(self, part):
        """Compute the part, slowly."""
        begun = self.folder / f"{part.number}.{os.getpid()}"
        begun.touch()
        if part.number == self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(self.seconds)
        done = self.task(part)
        begun.unlink(missing_ok=True)
        return done


def under_way(folder):
    """Wait until some task is under way, and give the process that computes it."""
    for _ in range(1200):
        for path in folder.glob("*.*"):
            return int(path.suffix[1:])
        time.sleep(0.05)
    raise TimeoutError("nothing under way")
