"""A consultation of a whole city: ``python -m benchmarks.consultation [ROWS]``.

Printed are the time on the clock, the time of the processor, and how much memory came on top
of what a small analysis takes; each step in a process of its own.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
import openpyxl
from rich.console import Console
from rich.table import Table

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.consultation_folder import import_consultation
from waardeweging.analysis.consulting import asked_of, consult
from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario import read_scenario
from waardeweging.elicitation.consultation_file import read_consultation

EXAMPLE = bundled_scenarios() / "raadpleging"
HEAD = (
    *("participant", "kosten", "zeggenschap", "leefbaarheid", "co2"),
    *("grade:A", "grade:B", "grade:C", "leeftijd", "woning", "seconds", "time", "device"),
)


class Cost(NamedTuple):
    """What a step took: on the clock and of the processor [s], and memory on top [MiB]."""

    seconds: float
    processor: float
    memory: float


def main() -> None:
    """Time every step, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.consultation", description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=100_000)
    rows = parser.parse_args().rows
    table = Table("what", "clock", "processor", "memory on top", "aim")
    with tempfile.TemporaryDirectory() as place:
        for what, cost, aim in costs(Path(place), rows):
            table.add_row(
                what,
                f"{cost.seconds:.2f} s",
                f"{cost.processor:.2f} s",
                f"{cost.memory:.0f} MiB",
                aim,
            )
    console = Console()
    (console if console.is_terminal else Console(width=120)).print(table)


def costs(folder: Path, rows: int) -> list[tuple[str, Cost, str]]:
    """Give what every step takes, for a made-up file of so many rows."""
    csv, book = folder / "consultation.csv", folder / "consultation.xlsx"
    lines = made_up(rows)
    csv.write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")
    _write_book(book, lines)
    size = f"{csv.stat().st_size / 1e6:.1f} MB"
    out = folder / "out"
    return [
        (f"import {rows:,} rows, CSV of {size}", apart(_import, csv, out), "< 20 s"),
        (f"import {rows:,} rows, xlsx", apart(_import, book, folder / "book"), "< 20 s"),
        ("analyse what was imported", apart(_analyse, out), "< 5 s"),
        ("read it, flags, with and without, beside the workshop", apart(_consult, csv), ""),
    ]


def made_up(rows: int) -> list[tuple[str, ...]]:
    """Make the rows of a file, the header first."""
    rng = np.random.default_rng(rows)
    points = np.round(rng.dirichlet([4, 3, 3, 2], rows) * 20).astype(int) * 5
    points[:, 0] += 5
    grades = rng.integers(0, 5, (rows, 3))
    ages = rng.choice(["18-39", "40-64", "65+"], rows, p=[0.2, 0.4, 0.4])
    homes = rng.choice(["koop", "huur"], rows, p=[0.7, 0.3])
    seconds = rng.integers(40, 900, rows)
    moments = np.datetime64("2026-10-05T08:00:00") + np.sort(rng.integers(0, 14 * 86400, rows))
    return [
        HEAD,
        *(
            (
                f"w{row:06d}",
                *map(str, points[row]),
                *map(str, grades[row]),
                ages[row],
                homes[row],
                str(seconds[row]),
                str(moments[row]),
                f"{row * 2654435761 % 2**32:08x}",
            )
            for row in range(rows)
        ),
    ]


def apart(work: Callable[..., None], *given: Path) -> Cost:
    """Run a step in a process of its own, which has nothing in its memory yet."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_timed, (work, given))


def _timed(work: Callable[..., None], given: tuple[Path, ...]) -> Cost:
    # A small run first: what the program takes by itself does not count.
    analyse(read_scenario(EXAMPLE).with_draws(50))
    before, clock, processor = _memory(), time.perf_counter(), time.process_time()
    work(*given)
    return Cost(time.perf_counter() - clock, time.process_time() - processor, _memory() - before)


def _memory() -> float:
    """Give the most memory that this process ever had. [MiB]."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024**2 if sys.platform == "darwin" else 1024)


def _import(file: Path, out: Path) -> None:
    import_consultation(file, EXAMPLE, out)


def _analyse(folder: Path) -> None:
    analyse(read_scenario(folder))


def _consult(file: Path) -> None:
    scenario = read_scenario(EXAMPLE)
    consult(scenario, read_consultation(file, asked_of(scenario)))


def _write_book(path: Path, lines: list[tuple[str, ...]]) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in line])
    book.save(path)


if __name__ == "__main__":
    main()
