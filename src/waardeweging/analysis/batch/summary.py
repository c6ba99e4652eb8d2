"""What a batch says about the country in a few counts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from waardeweging.analysis.batch.settings import BASE

_COLUMNS = (
    "neighbourhood",
    "variant",
    "weights",
    "winner",
    "tie",
    "robustness_bands",
    "weighing_changes_choice",
    "published_options",
)


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of neighbourhoods; None where the run did not ask.

    Parameters
    ----------
    neighbourhoods : int
    changed : int or None
        Weighing together chooses otherwise than costs alone.
    sides_differ : int or None
        Residents alone would choose otherwise than the municipality alone.
    by_variant : int or None
        Some variant, such as a price, changes the choice.
    tied : int or None
        Another option comes too close to call.
    as_published : int or None
        The choice is an option of the variant that was published as the winner.
    winners : tuple of (str, int)
        How often each option is chosen, most often first.
    """

    neighbourhoods: int
    changed: int | None
    sides_differ: int | None
    by_variant: int | None
    tied: int | None
    as_published: int | None
    winners: tuple[tuple[str, int], ...]


def summarise(path: Path) -> Summary:
    """Count over the outcome of a batch.

    Parameters
    ----------
    path : Path
        The file, or the folder of files, that `run_batch` wrote.
    """
    table = pq.read_table(path, columns=list(_COLUMNS), partitioning=None)
    joint = table.filter(pc.equal(table["weights"], "joint"))
    base = joint.filter(pc.equal(joint["variant"], BASE))
    number = pc.count_distinct(table["neighbourhood"]).as_py()
    if base.num_rows == 0:
        return Summary(number, None, None, None, None, None, ())
    winners = base["winner"].to_pylist()
    published = base["published_options"].to_pylist()
    counts = base.group_by("winner").aggregate([("winner", "count")]).to_pylist()
    chosen = [(row["winner"], row["winner_count"]) for row in counts if row["winner"]]
    return Summary(
        number,
        _true(base["weighing_changes_choice"]),
        _differing(table, "weights", ("residents", "municipality")),
        _differing(joint, "variant", tuple(pc.unique(joint["variant"]).to_pylist())),
        _true(base["tie"]),
        sum(own in options for own, options in zip(winners, published, strict=True)),
        tuple(sorted(chosen, key=lambda one: (-one[1], one[0]))),
    )


def _true(column: pa.ChunkedArray) -> int:
    return int(pc.sum(column).as_py() or 0)


def _differing(table: pa.Table, column: str, values: tuple[str, ...]) -> int | None:
    """Count the neighbourhoods where the winner is not the same for all of these values."""
    if column == "weights":
        table = table.filter(pc.equal(table["variant"], BASE))
    there = table.filter(pc.is_in(table[column], pa.array(values, pa.string())))
    if len(values) < 2 or len(pc.unique(there[column])) < len(values):
        return None
    found = there.group_by("neighbourhood").aggregate([("winner", "count_distinct")])
    return int(pc.sum(pc.greater(found["winner_count_distinct"], 1)).as_py() or 0)
