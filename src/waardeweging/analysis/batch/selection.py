"""Questions about the rows of a batch: which ones, how many, and where two runs differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

CHANGED = "weighing_changes_choice"
_NAMES = ["name", "municipality"]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which neighbourhoods somebody wants to see; what is left out chooses all.

    Parameters
    ----------
    municipalities : tuple of str
        By code; empty for all.
    changed : bool or None
        Whether weighing chooses otherwise than costs alone.
    tied : bool or None
        Whether another option is too close to call.
    winner : str or None
    """

    municipalities: tuple[str, ...] = ()
    changed: bool | None = None
    tied: bool | None = None
    winner: str | None = None

    def of(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Give the chosen rows; what is unknown is neither yes nor no."""
        keep = np.ones(len(rows), dtype=np.bool_)
        if self.municipalities:
            keep &= rows["municipality_code"].isin(self.municipalities).to_numpy()
        if self.changed is not None:
            keep &= rows[CHANGED].eq(self.changed).to_numpy()
        if self.tied is not None:
            keep &= rows["tie"].eq(self.tied).to_numpy()
        if self.winner is not None:
            keep &= rows["winner"].eq(self.winner).to_numpy()
        return rows[keep]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many neighbourhoods.

    Parameters
    ----------
    total : int
    changed : int
        Where weighing chooses otherwise than costs alone.
    unknown : int
        Where nobody can say, as there is no choice by costs or no option at all.
    tied : int
    half : float or None
        Points of weight that tip the choice in half of those where it can be tipped.
    """

    total: int
    changed: int
    unknown: int
    tied: int
    half: float | None


def count(rows: pd.DataFrame) -> Counts:
    """Count over rows of one variant and one weight set."""
    points = rows["points_to_flip"].dropna()
    return Counts(
        len(rows),
        int(rows[CHANGED].eq(True).sum()),
        int(rows[CHANGED].isna().sum()),
        int(rows["tie"].eq(True).sum()),
        float(points.median()) if len(points) else None,
    )


def by_area(rows: pd.DataFrame, column: str, what: str = "changed") -> pd.DataFrame:
    """Count per municipality or per neighbourhood.

    Parameters
    ----------
    rows : pandas.DataFrame
    column : str
        ``municipality_code`` or ``neighbourhood``.
    what : str
        What is counted: ``changed``, ``tied``, or an option that is chosen.

    Returns
    -------
    pandas.DataFrame
        By code, with `name`, `total`, how many are `counted` and their `share`; most first.
    """
    name = "municipality" if column == "municipality_code" else "name"
    marked = pd.DataFrame(
        {
            "code": rows[column].astype(str),
            "name": rows[name].astype(str),
            "counted": _counted(rows, what),
        }
    )
    grouped = marked.groupby("code", observed=True)
    found = grouped.agg(
        name=("name", "first"),
        total=("name", "size"),
        counted=("counted", "sum"),
    )
    found["share"] = found["counted"] / found["total"]
    return found.reset_index().sort_values(
        ["counted", "share", "name"], ascending=[False, False, True], kind="stable"
    )


def _counted(rows: pd.DataFrame, what: str) -> pd.Series:
    if what == "changed":
        return rows[CHANGED].eq(True)
    return rows["tie"].eq(True) if what == "tied" else rows["winner"].eq(what)


def chosen(rows: pd.DataFrame) -> pd.DataFrame:
    """Count how often weighing and how often costs alone choose each option.

    Returns
    -------
    pandas.DataFrame
        By option, with `weighing` and `costs`; chosen most often by weighing first.
    """
    counts = {
        name: rows[column].astype(object).value_counts()
        for name, column in (("weighing", "winner"), ("costs", "cost_only_winner"))
    }
    found = pd.DataFrame(counts).fillna(0).astype(int)
    found.index.name = "option"
    return found.reset_index().sort_values(
        ["weighing", "costs", "option"], ascending=[False, False, True], kind="stable"
    )


def compared(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Lay the choices of two runs side by side, for the neighbourhoods that both have.

    Returns
    -------
    pandas.DataFrame
        With `neighbourhood`, `name`, `municipality`, `first`, `second` and `differs`.
    """
    own = [
        rows.set_index(rows["neighbourhood"].astype(str)).loc[:, [*_NAMES, "winner"]].astype(object)
        for rows in (first, second)
    ]
    both = own[0].join(own[1]["winner"].rename("second"), how="inner")
    both = both.rename(columns={"winner": "first"}).rename_axis("neighbourhood").reset_index()
    both["differs"] = both["first"].fillna("").ne(both["second"].fillna(""))
    return both
