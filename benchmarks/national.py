"""Time a country beside its floor and beside plain code: ``python -m benchmarks.national``.

Both sides of a row are timed by turns in the same process. The floor is what cannot be
left out: the bare matrix products, and one comparison per pair of options and draw.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from benchmarks.timing import Case, timed
from waardeweging.analysis.batch import make_job, run_batch
from waardeweging.analysis.batch.draws import WeightDraws
from waardeweging.analysis.batch.independent import sample_independent, weighted_basis
from waardeweging.analysis.batch.sampling import sample_weights
from waardeweging.analysis.library import bundled_scenarios
from waardeweging.elicitation.samplers import simplex_draws
from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.bands import triangular

WORKERS = os.cpu_count() or 1
_BLOCK = 64


def main() -> None:
    """Time, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.national", description=__doc__)
    parser.add_argument("--tiny", action="store_true", help="small numbers: only to see it run")
    parser.add_argument(
        "--only", choices=("kernels", "scaling", "dask"), help="one part of the three"
    )
    chosen = parser.parse_args()
    table = Table("what", "time", "beside", "time", "ratio", "aim", "peak memory")
    parts: dict[str, Callable[[bool], Iterator[tuple[str, ...]]]] = {
        "kernels": kernel_rows,
        "scaling": scaling_rows,
        "dask": dask_rows,
    }
    for name, rows in parts.items():
        if chosen.only in (None, name):
            for row in rows(chosen.tiny):
                table.add_row(*row, f"{_peak():.0f} MB")
    console = Console()
    (console if console.is_terminal else Console(width=170)).print(table)


def kernel_rows(tiny: bool) -> Iterator[tuple[str, ...]]:
    """Time the kernels on made-up tables, of which no two are alike."""
    with threadpool_limits(1):
        for case, rounds in kernel_cases(tiny):
            timing = timed(case, rounds)
            yield (
                case.name,
                f"{timing.seconds:.3g} s",
                case.beside,
                f"{timing.yardstick_seconds:.3g} s",
                f"{timing.ratio:.3g}",
                case.aim,
            )


def kernel_cases(tiny: bool) -> Iterator[tuple[Case, int]]:
    """Give what is timed, with how often."""
    number, draws, rounds = (200, 500, 1) if tiny else (12_251, 10_000, 3)
    values, weights = _tables(number, 9, 20), _weights(draws, 20)
    for workers in sorted({1, WORKERS}):
        yield (
            Case(
                f"{number:,} × 9 × 20, {draws:,} weights, {workers} threads",
                partial(places, values, weights, workers),
                "matrix products and pair comparisons",
                partial(floor, values, weights, workers),
                "≤ 4",
            ),
            rounds,
        )
    few = 100 if tiny else 10_000
    small, thousand = _tables(few, 8, 16), _weights(1000, 16)
    yield (
        Case(
            f"{few:,} problems 8 × 16, 1,000 weights, {WORKERS} threads",
            partial(places, small, thousand, WORKERS),
            "plain numpy",
            partial(plain_places, small, thousand),
            "≤ 0.1",
        ),
        rounds,
    )
    some = 5 if tiny else 20
    yield (
        Case(
            f"{some} of these problems",
            partial(places, small[:some], thousand, 1),
            "pymcdm, one problem and weight at a time",
            partial(pymcdm_places, small[:some], thousand),
        ),
        1,
    )
    yield from uncertain_cases(tiny)


def uncertain_cases(tiny: bool) -> Iterator[tuple[Case, int]]:
    """Draw scores beside drawing every cell, on the same tables."""
    number, draws = (20, 500) if tiny else (200, 10_000)
    bands, weights = _bands(number, 10, 20), _weights(draws, 20)
    basis = weighted_basis(weights.drawn, np.random.default_rng(1), 10)
    whole = 100 if tiny else 14_000
    yield (
        Case(
            f"{number} × 10 × 20 cells drawn, {draws:,} draws, {WORKERS} threads",
            partial(uncertain_places, bands, basis, WORKERS),
            "every cell of every table drawn",
            partial(plain_uncertain, bands, weights, WORKERS),
            "≤ 0.2",
        ),
        1,
    )
    yield (
        Case(
            f"{number} × 10 × 20 cells drawn, {draws:,} draws, {WORKERS} threads",
            partial(uncertain_places, bands, basis, WORKERS),
            "a random number for every cell, and nothing else",
            partial(random_numbers, number, 10 * 20, draws, WORKERS),
            "≤ 2",
        ),
        1,
    )
    many = np.tile(bands, (whole // number, 1, 1, 1))
    part = max(1, len(many) // 50)
    yield (
        Case(
            f"{len(many):,} × 10 × 20 cells drawn, {draws:,} draws, {WORKERS} threads",
            partial(uncertain_places, many, basis, WORKERS),
            "a random number for a fiftieth of the cells",
            partial(random_numbers, part, 10 * 20, draws, WORKERS),
            "≤ 100",
        ),
        1,
    )


def places(values: FloatArray, weights: WeightDraws, workers: int) -> list[FloatArray]:
    """Count places with the kernel of the batch, in threads over blocks."""

    def block(start: int) -> FloatArray:
        own = values[start : start + _BLOCK]
        everyone = np.ones(own.shape[:2], dtype=np.bool_)
        nobody = np.full(len(own), -1)
        return sample_weights(own, everyone, weights, nobody).shares

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(block, range(0, len(values), _BLOCK)))


def floor(values: FloatArray, weights: WeightDraws, workers: int) -> None:
    """Multiply, and compare every pair once: nothing is counted or kept."""

    def block(start: int) -> None:
        own = values[start : start + _BLOCK].astype(np.float32)
        options, width = own.shape[1], 2048
        scores = np.empty((8, options, width), np.float32)
        wins = np.empty((8, options, width), np.bool_)
        for first in range(0, len(own), 8):
            tile = own[first : first + 8]
            for at in range(0, weights.single.shape[1], width):
                part = weights.single[:, at : at + width]
                filled = scores[: len(tile), :, : part.shape[1]]
                np.matmul(tile, part, out=filled)
                for one in range(options - 1):
                    rest = slice(one + 1, options)
                    out = wins[: len(tile), rest, : part.shape[1]]
                    np.greater(filled[:, one : one + 1], filled[:, rest], out=out)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(block, range(0, len(values), _BLOCK)))


def plain_places(values: FloatArray, weights: WeightDraws) -> list[FloatArray]:
    """Count places as most people would: a product, two sorts and a sum per problem."""
    options = values.shape[1]
    found = []
    for own in values:
        ranks = np.argsort(np.argsort(-(weights.drawn @ own.T), axis=1), axis=1)
        found.append((ranks[..., None] == np.arange(options)).mean(axis=0))
    return found


def pymcdm_places(values: FloatArray, weights: WeightDraws) -> list[FloatArray]:
    """Count places by the weighted sum of pymcdm, one problem and one weight at a time."""
    method: Any = import_module("pymcdm.methods").WSM(lambda column, cost=False: column)
    options, types = values.shape[1], np.ones(values.shape[2])
    found = []
    for own in values:
        counts = np.zeros((options, options))
        for row in weights.drawn:
            ranks = method.rank(method(own, row, types)).astype(int) - 1
            counts[np.arange(options), ranks] += 1
        found.append(counts / len(weights.drawn))
    return found


def uncertain_places(bands: FloatArray, basis: FloatArray, workers: int) -> list[FloatArray]:
    """Count places over drawn cells with the kernel of the batch, in threads over blocks."""

    def block(start: int) -> FloatArray:
        own = bands[start : start + _BLOCK]
        return sample_independent(own, np.ones(own.shape[:2], dtype=np.bool_), basis)

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(block, range(0, len(bands), _BLOCK)))


def plain_uncertain(bands: FloatArray, weights: WeightDraws, workers: int) -> None:
    """Draw every cell of every table and count: streamed, so in little memory."""
    options = bands.shape[1]

    def one(number: int) -> FloatArray:
        rng = np.random.Generator(np.random.Philox(key=[1, number]))
        counts = np.zeros((options, options))
        low, mid, high = np.moveaxis(bands[number], -1, 0)
        for at in range(0, len(weights.drawn), 500):
            rows = weights.drawn[at : at + 500]
            cells = triangular(rng.random((len(rows), *low.shape)), low, mid, high)
            scores = np.einsum("dac,dc->da", cells, rows)
            ranks = (scores[:, None, :] > scores[:, :, None]).sum(axis=-1)
            counts += (ranks[..., None] == np.arange(options)).sum(axis=0)
        return counts

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(one, range(len(bands))))


def random_numbers(tables: int, cells: int, draws: int, workers: int) -> None:
    """Draw a uniform number for every cell and draw: the floor of drawing each of them."""

    def one(number: int) -> None:
        rng = np.random.Generator(np.random.Philox(key=[1, number]))
        buffer = np.empty((500, cells))
        for _ in range(0, draws, len(buffer)):
            rng.random(out=buffer)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(one, range(tables)))


def scaling_rows(tiny: bool) -> Iterator[tuple[str, ...]]:
    """Run whole batches of a growing country, weighed nationally so that no two are alike."""
    sizes = (1, 20) if tiny else (1, 100, 1000, 6125, 12_251)
    draws = 200 if tiny else 2000
    with tempfile.TemporaryDirectory() as folder:
        before = 0.0
        for size in sizes:
            seconds = _batch(Path(folder), size, draws, workers=WORKERS)
            ratio = f"{seconds / before:.3g}" if before else ""
            what = f"batch of {size:,}, {draws:,} draws, {WORKERS} threads"
            yield what, f"{seconds:.3g} s", "the row above", "", ratio, ""
            before = seconds
        alone = _batch(Path(folder), sizes[-1], draws, workers=1)
        what = f"batch of {sizes[-1]:,}, {draws:,} draws, 1 thread"
        yield (
            what,
            f"{alone:.3g} s",
            "the row above",
            f"{before:.3g} s",
            f"{alone / before:.3g}",
            "",
        )


def dask_rows(tiny: bool) -> Iterator[tuple[str, ...]]:
    """Run the same batch in threads and on a cluster of as many processes."""
    from dask import config
    from distributed import LocalCluster

    # As the how-to says: a scheduler that measures itself less often.
    config.set({"distributed.admin.tick.interval": "1s"})
    size, draws = (20, 200) if tiny else (12_251, 10_000)
    cluster: AbstractContextManager[Any] = LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=WORKERS, threads_per_worker=1, dashboard_address=None
    )
    with tempfile.TemporaryDirectory() as folder, cluster as running:
        threads = _batch(Path(folder), size, draws, workers=WORKERS)
        dask = _batch(Path(folder), size, draws, scheduler=running.scheduler_address)
    what = f"batch of {size:,}, {draws:,} draws, {WORKERS} Dask workers"
    ratio = f"{dask / threads:.3g}"
    yield what, f"{dask:.3g} s", f"{WORKERS} threads", f"{threads:.3g} s", ratio, "≤ 1.15"


def _batch(folder: Path, size: int, draws: int, **how: Any) -> float:
    nation = bundled_scenarios() / "nederland"
    packed = nation / "startanalyse2020_nl_H18_per_variant.csv.gz"
    header, *lines = gzip.decompress(packed.read_bytes()).decode().splitlines()
    path = folder / f"{size}.csv"
    path.write_text("\n".join([header, *lines[:size]]) + "\n", encoding="utf-8")
    job = make_job(
        [path],
        None,
        settings=nation / "batch.toml",
        draws=draws,
        perspective="national",
        variants=("base",),
    )
    start = perf_counter()
    run_batch(job, folder / "out.parquet", **how)
    return perf_counter() - start


def _tables(number: int, options: int, criteria: int) -> FloatArray:
    return np.random.default_rng(number).random((number, options, criteria))


def _bands(number: int, options: int, criteria: int) -> FloatArray:
    rng = np.random.default_rng(number)
    return np.sort(rng.random((number, options, criteria, 3)), axis=-1)


def _weights(draws: int, criteria: int) -> WeightDraws:
    return WeightDraws.of(None, simplex_draws(criteria, draws, np.random.default_rng(criteria)))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
