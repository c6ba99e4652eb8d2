"""Runs a batch: reads once, computes partition by partition, puts the parts together."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from waardeweging.analysis.batch.country import Country, described, read_country
from waardeweging.analysis.batch.draws import draw_country
from waardeweging.analysis.batch.partition import Partition, Pause, compute, partitions
from waardeweging.analysis.batch.parts import (
    Done,
    clear,
    done_part,
    footer,
    locked,
    merge,
    remove,
    write_part,
)
from waardeweging.analysis.batch.settings import Job
from waardeweging.analysis.batch.threads import Failed, run_threads
from waardeweging.problem.errors import Faults, InputError, Place

# Neighbourhoods after which a partition ends with its municipality.
SIZE = 256


class Progress(NamedTuple):
    """How far a batch is.

    Parameters
    ----------
    done, total : int
        Neighbourhoods.
    parts, all_parts : int
    """

    done: int
    total: int
    parts: int
    all_parts: int


Report = Callable[[Progress], None]
Events = Generator[Done | Failed, None, None]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch wrote.

    Parameters
    ----------
    path : Path
        A file, or a folder with one file per partition.
    neighbourhoods, rows : int
    parts, kept : int
        Partitions in all, and those that an earlier run had finished.
    run : str
        Hash of all input and choices; the same run gives the same bytes.
    """

    path: Path
    neighbourhoods: int
    rows: int
    parts: int
    kept: int
    run: str


def run_batch(
    job: Job,
    out: Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    resume: bool = False,
    size: int = SIZE,
    report: Report | None = None,
) -> BatchResult:
    """Weigh every neighbourhood of a country.

    Parameters
    ----------
    job : Job
        From `make_job`.
    out : Path
        A name that ends in ``.parquet`` gives one file; any other a folder of files, each
        with whole municipalities.
    workers : int, optional
        Threads on this machine; as many as it has processors when left out.
    scheduler : str, optional
        Address of a Dask scheduler whose workers see the same files.
    resume : bool
        Keep the parts that an earlier run with the same input finished.
    size : int
        Neighbourhoods per partition. It decides how much a crash costs, and nothing else.
    report : callable, optional
        Called with the progress after every partition.

    Returns
    -------
    BatchResult
        The same job gives the same bytes for any number of workers, size of partitions
        or scheduler.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If the input has faults (nothing is written), the disk is full, the cluster is
        lost, or some partition cannot be computed. What is finished is kept for `resume`.
    """
    if scheduler is not None:
        from waardeweging.analysis.batch.cluster import check_address

        check_address(scheduler)
    country = read_country(job)
    whole = out.suffix == ".parquet"
    folder = out.with_name(f"{out.name}.parts") if whole else out
    wanted = partitions(country, size)
    with locked(folder):
        if not resume:
            clear(folder)
        elif whole and footer(out).get("run") == country.fingerprint:
            remove(folder)
            return _result(country, out, wanted, len(wanted))
        kept = {one.number for one in wanted if done_part(folder, country.fingerprint, one)}
        todo = [part for part in wanted if part.number not in kept]
        tell = _teller(wanted, kept, report)
        tell(None)
        events = _work(job, country, folder, todo, workers, scheduler)
        _name_failures(country, _listen(events, tell))
        if whole:
            merge((folder / f"{part.name}.parquet" for part in wanted), out, described(country))
    if whole:
        remove(folder)
    return _result(country, out, wanted, len(kept))


def _work(
    job: Job,
    country: Country,
    folder: Path,
    todo: Sequence[Partition],
    workers: int | None,
    scheduler: str | None,
) -> Events:
    """Compute what is left to do; an event for every partition."""
    if not todo:
        return
    if scheduler is not None:
        from waardeweging.analysis.batch.cluster import Task, run_cluster

        yield from run_cluster(todo, Task(job, folder.resolve(), country.fingerprint), scheduler)
        return
    draws, about = draw_country(country), described(country)

    def one(part: Partition, pause: Pause) -> Done:
        table = compute(country, draws, part, pause)
        return write_part(folder, country.fingerprint, part, table, about)

    yield from run_threads(todo, one, workers or os.cpu_count() or 1)


def _listen(events: Events, tell: Callable[[int], None]) -> list[Failed]:
    """Tell about everything that is finished; give what failed."""
    failed = []
    # Closing the generator stops the work, also when telling raises.
    with closing(events):
        for event in events:
            if isinstance(event, Failed):
                failed.append(event)
            else:
                tell(event.number)
    return failed


def _teller(
    wanted: Sequence[Partition], kept: Collection[int], report: Report | None
) -> Callable[[int | None], None]:
    finished = set(kept)
    total = sum(part.size for part in wanted)

    def tell(number: int | None) -> None:
        finished.update(() if number is None else (number,))
        if report is not None:
            done = sum(wanted[one].size for one in finished)
            report(Progress(done, total, len(finished), len(wanted)))

    return tell


def _name_failures(country: Country, failed: Sequence[Failed]) -> None:
    """Name the partitions that could not be computed, with their municipalities."""
    faults = Faults()
    for part, reason in sorted(failed):
        names = (one.municipality for one in country.places[part.start : part.stop])
        faults.add(
            InputError(
                "batch.partition_failed",
                where=Place(part.name),
                found=reason,
                remedy="All other partitions are finished. Look at {municipalities}, and run "
                "again with --resume.",
                municipalities=", ".join(dict.fromkeys(names)),
            )
        )
    faults.raise_all("batch")


def _result(country: Country, out: Path, wanted: Sequence[Partition], kept: int) -> BatchResult:
    number = len(country.places)
    rows = number * len(country.variants) * len(country.weights)
    return BatchResult(out, number, rows, len(wanted), kept, country.fingerprint)
