"""Writes the Startanalyse of any known edition as one tidy table, a row per variant."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.importers import startanalyse_2019, startanalyse_2025
from waardeweging.problem.importers.startanalyse import read_startanalyse_files
from waardeweging.problem.importers.startanalyse_2019 import WinnerCosts, read_startanalyse_2019
from waardeweging.problem.importers.startanalyse_2025 import read_startanalyse_2025
from waardeweging.problem.importers.startanalyse_buildings import read_buildings_2025
from waardeweging.problem.importers.startanalyse_costs import NeighbourhoodCosts
from waardeweging.problem.importers.streaming import FewFaults
from waardeweging.problem.importers.tidy import Imported, TidyTable, some_rows, write_tidy

EDITIONS = (startanalyse_2019.EDITION, 2020, startanalyse_2025.EDITION)
COLUMNS = (
    "edition",
    "neighbourhood",
    "name",
    "municipality",
    "weq",
    "published_winner",
    "variant",
    "cost_per_weq",
    "municipality_code",
    "dwellings",
    "co2",
)
BUILDING_COLUMNS = ("edition", "neighbourhood", "subject", "kind", "class", "count")


def import_startanalyse(
    paths: Sequence[Path], edition: int, out: Path, *, only: Collection[str] | None = None
) -> Imported:
    """Write costs per neighbourhood and variant, and the buildings where they are given.

    Parameters
    ----------
    paths : sequence of Path
        Files, zips or folders of one edition.
    edition : int
        2019, 2020 or 2025.
    out : Path
        CSV file for the costs; or a folder that exists, for
        ``startanalyse_<edition>.csv`` and, of 2025, ``bebouwing_2025.csv``.
    only : collection of str, optional
        Keep these neighbourhoods.

    Returns
    -------
    Imported
        Number of rows with costs, and what was written.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        With the faults of all files, up to a hundred; nothing is written then.
    """
    if edition not in EDITIONS:
        raise InputError(
            "startanalyse.edition_unknown",
            where=Place("Startanalyse", None, "edition"),
            found=edition,
            remedy="Supported now: {supported}. Variant codes differ between editions.",
            supported=", ".join(map(str, EDITIONS)),
        )
    what = f"Startanalyse {edition}"
    faults = FewFaults(what)
    to_folder = out.is_dir()
    rows = (
        row for record in _records(paths, edition, faults, only) for row in _rows(record, edition)
    )
    main = out / f"startanalyse_{edition}.csv" if to_folder else out
    tables = [TidyTable(main, COLUMNS, some_rows(rows, faults, what))]
    # A plain strategie file comes without buildings; zips and folders have them.
    packed = [path for path in paths if path.is_dir() or path.suffix.lower() == ".zip"]
    if to_folder and packed and edition == startanalyse_2025.EDITION:
        buildings = _buildings(packed, faults, only)
        tables.append(TidyTable(out / f"bebouwing_{edition}.csv", BUILDING_COLUMNS, buildings))
    return write_tidy(tables, faults, what)


def read_costs(
    paths: Sequence[Path], edition: int, *, only: Collection[str] | None = None
) -> dict[str, NeighbourhoodCosts]:
    """Read the costs of every variant, from files of any edition that has them.

    Parameters
    ----------
    paths : sequence of Path
    edition : int
    only : collection of str, optional
        Keep these neighbourhoods.

    Returns
    -------
    dict of NeighbourhoodCosts
        By CBS code.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        With the faults of the files; also for 2019, which has costs of the winner only.
    """
    if edition == startanalyse_2019.EDITION:
        raise InputError(
            "startanalyse.winner_only",
            where=Place("Startanalyse", None, "edition"),
            found=edition,
            remedy="This edition has costs of the published winner only; use 2020 or 2025.",
        )
    if edition != startanalyse_2025.EDITION:
        return read_startanalyse_files(paths, edition, only=only)
    faults = FewFaults(f"Startanalyse {edition}")
    found: dict[str, NeighbourhoodCosts] = {
        # Without anything to heat there is nothing to choose.
        one.code: one
        for one in read_startanalyse_2025(paths, faults, only=only)
        if one.weq
    }
    faults.raise_all(f"Startanalyse {edition}")
    return found


def _records(
    paths: Sequence[Path], edition: int, faults: Faults, only: Collection[str] | None
) -> Iterator[NeighbourhoodCosts | WinnerCosts]:
    if edition == startanalyse_2025.EDITION:
        yield from read_startanalyse_2025(paths, faults, only=only)
    elif edition == startanalyse_2019.EDITION:
        yield from read_startanalyse_2019(paths, faults, only=only)
    else:
        with faults.collecting():
            yield from read_startanalyse_files(paths, edition, only=only).values()


def _rows(record: NeighbourhoodCosts | WinnerCosts, edition: int) -> Iterator[Sequence[object]]:
    """Give a row per variant; a neighbourhood without any keeps one without a variant."""
    if isinstance(record, WinnerCosts):
        cost = record.costs and record.costs.per_weq
        yield (
            *(edition, record.code, None, None, None, record.winner),
            *(record.winner, cost, record.municipality_code, None, None),
        )
        return
    names = (record.name, record.municipality, record.weq)
    head = (edition, record.code, *names, record.winner)
    tail = (record.municipality_code, record.dwellings)
    for key, costs in record.variants.items():
        yield (*head, key.code, costs.per_weq, *tail, costs.co2)
    if not record.variants:
        yield (*head, None, None, *tail, None)


def _buildings(
    paths: Iterable[Path], faults: Faults, only: Collection[str] | None
) -> Iterator[Sequence[object]]:
    # The same zips were read for the costs: a fault in them is known by now.
    if not faults:
        for one in read_buildings_2025(paths, faults, only=only):
            for name, count in one.counts.items():
                yield startanalyse_2025.EDITION, one.code, one.subject, one.kind, name, count
