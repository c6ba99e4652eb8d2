"""Reads the Startanalyse aardgasvrije buurten of PBL.

Two files of edition 2020 are known: one row per neighbourhood with a column per
variant, and one row per neighbourhood and variant with the cost items behind it.
A variant code means another technique in another edition, so costs are kept by
(edition, code). The winner is kept as published and never worked out again:
variants that were not admissible stand in the files too. A variant that is not
there is absent; it does not cost zero.

References
----------
PBL (2020), Startanalyse aardgasvrije buurten.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.importers.startanalyse_costs import (
    COST_ITEMS,
    VARIANTS_2020,
    IdentityGaps,
    NeighbourhoodCosts,
    VariantCosts,
    VariantKey,
    identity_gaps,
)
from waardeweging.problem.importers.startanalyse_rows import (
    check_header,
    long_records,
    wide_records,
)
from waardeweging.problem.importers.streaming import FewFaults, at_most, stream_rows
from waardeweging.problem.tables import MOST_ROWS

__all__ = [
    "COST_ITEMS",
    "EDITIONS",
    "KNOWN_EDITIONS",
    "VARIANTS_2020",
    "IdentityGaps",
    "NeighbourhoodCosts",
    "VariantCosts",
    "VariantKey",
    "identity_gaps",
    "neighbourhood",
    "read_startanalyse",
    "read_startanalyse_files",
]

EDITIONS = (2020,)
KNOWN_EDITIONS = (2019, 2020, 2025)


def read_startanalyse(
    path: Path, edition: int, *, only: Collection[str] | None = None
) -> dict[str, NeighbourhoodCosts]:
    """Read a file of the Startanalyse.

    Parameters
    ----------
    path : Path
        ``…per_variant.csv.gz`` (a column per variant) or ``…_long.csv`` (a row per
        variant), packed or not; which of the two shows from its header.
    edition : int
        Year of publication; it is not in the file, and codes depend on it.
    only : collection of str, optional
        Keep these neighbourhoods; the whole file is checked all the same.

    Returns
    -------
    dict of NeighbourhoodCosts
        By CBS code, in the order of the file.

    Raises
    ------
    InputError
        If the edition is not supported or the file cannot be read at all.
    ExceptionGroup of InputError
        With the faults of its rows, up to a hundred.
    """
    _check_edition(edition, path.name)
    faults = FewFaults(path.name)
    rows = stream_rows(path, faults)
    header = next(rows).cells
    wide = "variant" not in header
    check_header(header, path.name, wide, faults)
    faults.raise_all(path.name)
    # The rows of a neighbourhood may stand anywhere, so all of them are held.
    rows = at_most(rows, path.name, MOST_ROWS)
    records = wide_records(rows, edition, faults) if wide else long_records(rows, edition, faults)
    wanted = None if only is None else frozenset(only)
    found = {record.code: record for record in records if wanted is None or record.code in wanted}
    faults.raise_all(path.name)
    return found


def read_startanalyse_files(
    paths: Sequence[Path], edition: int, *, only: Collection[str] | None = None
) -> dict[str, NeighbourhoodCosts]:
    """Read several files of one edition and put together what they say.

    Parameters
    ----------
    paths : sequence of Path
        For example the national totals and the cost items of one region.
    edition : int
    only : collection of str, optional
        Keep these neighbourhoods.

    Returns
    -------
    dict of NeighbourhoodCosts
        By CBS code, in the order in which they were first met.

    Raises
    ------
    ExceptionGroup of InputError
        With the faults of all files, also where two files contradict each other.
    """
    faults = Faults()
    found: dict[str, NeighbourhoodCosts] = {}
    for path in paths:
        with faults.collecting():
            for code, record in read_startanalyse(path, edition, only=only).items():
                with faults.collecting():
                    known = found.get(code)
                    found[code] = record if known is None else _together(known, record, path.name)
    faults.raise_all("Startanalyse")
    return found


def neighbourhood(
    found: Mapping[str, NeighbourhoodCosts], code: str, file: str
) -> NeighbourhoodCosts:
    """Give one neighbourhood.

    Raises
    ------
    InputError
        If it is not in the file.
    """
    if code not in found:
        raise InputError(
            "startanalyse.absent",
            where=Place(file, None, "BU_CODE"),
            found=code,
            remedy="This neighbourhood is not in the file; check the CBS code of that year.",
        )
    return found[code]


def _together(
    first: NeighbourhoodCosts, second: NeighbourhoodCosts, file: str
) -> NeighbourhoodCosts:
    both = first.variants.keys() & second.variants.keys()
    differ = [k for k in both if first.variants[k].per_weq != second.variants[k].per_weq]
    if first.weq != second.weq or differ:
        raise InputError(
            "startanalyse.contradiction",
            where=Place(file, None, differ[0].code if differ else "weq"),
            found=second.code,
            remedy="Another file gives this neighbourhood other numbers; use files of one edition.",
        )
    full, other = (second, first) if second.dwellings is not None else (first, second)
    detailed = {key: one for key, one in second.variants.items() if one.items}
    variants = {**second.variants, **first.variants, **detailed}
    return replace(full, variants=variants, winner=full.winner or other.winner)


def _check_edition(edition: int, file: str) -> None:
    if edition in EDITIONS:
        return
    code = "edition_not_yet" if edition in KNOWN_EDITIONS else "edition_unknown"
    raise InputError(
        f"startanalyse.{code}",
        where=Place(file, None, "edition"),
        found=edition,
        remedy="Supported now: {supported}. Variant codes differ between editions.",
        supported=", ".join(map(str, EDITIONS)),
    )
