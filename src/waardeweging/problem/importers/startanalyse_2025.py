"""Reads the Startanalyse 2025 of PBL: a zip per municipality, a row per indicator.

``{Gemeente}_strategie.csv`` has 81 rows for each neighbourhood and a column for each
variant, strategy and reference. The variant codes are those of 2025: ``s3b`` is
another technique than in 2020. The winner is kept as published. A variant without
H18 is absent; it does not cost zero. CO₂ (H15) differs per variant and per
strategy and is read from each column.

Source and licence: PBL (2025), Startanalyse aardgasvrije buurten, CC BY 4.0; name
"PBL (2025), Startanalyse aardgasvrije buurten" wherever a figure is shown.

References
----------
PBL (2025), Startanalyse aardgasvrije buurten, gemeentebestanden.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from waardeweging.problem.errors import Faults
from waardeweging.problem.importers.archives import Source, find_tables
from waardeweging.problem.importers.notation import Notation, notation_of
from waardeweging.problem.importers.startanalyse_2025_rows import (
    Gathered,
    NeighbourhoodCosts2025,
    StrategyCosts,
    gather,
    twice,
)
from waardeweging.problem.importers.startanalyse_2025_schema import (
    AMOUNTS,
    EDITION,
    MAIN,
    VARIANTS_2025,
    item_names,
    strategy_columns,
    value_columns,
)
from waardeweging.problem.importers.startanalyse_header import header_faults
from waardeweging.problem.importers.streaming import FewFaults, at_most, table_rows

__all__ = [
    "EDITION",
    "LICENCE",
    "VARIANTS_2025",
    "NeighbourhoodCosts2025",
    "StrategyCosts",
    "read_startanalyse_2025",
]

LICENCE = "CC BY 4.0, PBL"
_ENDING = ("_strategie.csv",)


def read_startanalyse_2025(
    paths: Iterable[Path],
    faults: Faults,
    *,
    only: Collection[str] | None = None,
    with_items: bool = False,
) -> Iterator[NeighbourhoodCosts2025]:
    """Read any number of municipalities, one at a time.

    Parameters
    ----------
    paths : iterable of Path
        Zips as PBL gives them, ``{Gemeente}_strategie.csv`` files, or folders of these.
    faults : Faults
        Gathers what is wrong in all of them; the rest is read all the same.
    only : collection of str, optional
        Keep these neighbourhoods; the files are checked all the same.
    with_items : bool
        Keep the cost items K01–K09 and K11–K16 of each variant too.

    Yields
    ------
    NeighbourhoodCosts2025
        In the order of the files; not more than one municipality is in memory.
    """
    seen: dict[str, str] = {}
    for source in find_tables(paths, _ENDING, faults):
        with faults.collecting():
            for record in _records(source, faults, seen, with_items):
                if only is None or record.code in only:
                    yield record


def _records(
    source: Source, faults: Faults, seen: dict[str, str], with_items: bool
) -> Iterator[NeighbourhoodCosts2025]:
    used = {*MAIN, *(item_names() if with_items else ())}
    notation = _notation(source, used)
    gathered: dict[str, Gathered] = {}
    with source.opened() as stream:
        rows = table_rows(stream, source.file, faults)
        wrong = header_faults(next(rows), strategy_columns(), EDITION)
        faults.add(*wrong)
        for row in () if wrong else at_most(rows, source.file):
            with faults.collecting():
                gather(row, gathered, used, notation)
    for code, one in gathered.items():
        record = None
        with faults.collecting():
            if code in seen:
                raise twice(one.first.place("I01_buurtcode"), f"{code} ({seen[code]})")
            seen[code] = source.file
            record = one.record(notation)
        if record is not None:
            yield record


def _notation(source: Source, used: Collection[str]) -> Notation:
    columns = (*value_columns(), *AMOUNTS)
    with source.opened() as stream:
        rows = table_rows(stream, source.file, FewFaults(source.file, 0))
        return notation_of(
            row[name] for row in rows if row["Code_Indicator"] in used for name in columns
        )
