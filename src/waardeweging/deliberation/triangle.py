"""The triangle: who wins for every division of the shares over three parties.

The score of an option is linear in the shares, so the divisions under which it wins
are a polygon, cut out exactly. With two parties this is the equality strip.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray
from waardeweging.robustness.contest import TIED
from waardeweging.robustness.smaa import clipped

# Below this part a region is a line or a point that rounding left.
_NOTHING = 1e-12


@dataclass(frozen=True, eq=False)
class WinRegion(ArrayRecord):
    """Where one option wins.

    Parameters
    ----------
    winner : int
    tied : tuple of int
        Other options with the same score from every party; they win there as well.
    corners : array, shape (n_corners, 3)
        Shares of the parties at the corners, in turn around the region. [rows sum to 1]
    part : float
        Of all divisions of the shares. [0–1]
    """

    winner: int
    tied: tuple[int, ...]
    corners: FloatArray
    part: float

    @property
    def middle(self) -> FloatArray:
        """Give the centre of gravity, shape (3,)."""
        x, y = self.corners[:, 0], self.corners[:, 1]
        cross = x * np.roll(y, -1) - y * np.roll(x, -1)
        sums = self.corners[:, :2] + np.roll(self.corners[:, :2], -1, axis=0)
        first, second = cross @ sums / (3 * cross.sum())
        return np.array([first, second, 1 - first - second])


def win_regions(scores: FloatArray, eligible: BoolArray) -> tuple[WinRegion, ...]:
    """Cut the triangle of all divisions into the regions of its winners.

    Parameters
    ----------
    scores : array, shape (3, n_alternatives)
        Score of every option under the weights of each party. [0–1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    tuple of WinRegion
        In the order of the options; the parts sum to 1. An option that nowhere wins, or
        only on a line, has none.

    Raises
    ------
    ValueError
        If there are not three parties or no option is eligible.
    """
    if scores.ndim != 2 or len(scores) != 3 or not eligible.any():
        raise ValueError(f"scores have shape {scores.shape}, expected three parties with options")
    regions: list[WinRegion] = []
    done: set[int] = set()
    options = np.flatnonzero(eligible).tolist()
    for own in options:
        leads = scores[:, [own]] - scores[:, options]
        same = [other for other, lead in zip(options, leads.T, strict=True) if _level(lead)]
        corners = np.eye(3)
        for lead in leads.T:
            corners = clipped(corners, corners @ np.where(_level(lead), 0.0, lead))
        part = _part(corners)
        if own not in done and part > _NOTHING:
            tied = tuple(other for other in same if other != own)
            regions.append(WinRegion(own, tied, corners, part))
        done.update(same)
    return tuple(regions)


def _level(lead: FloatArray) -> bool:
    return bool(np.abs(lead).max() <= TIED)


def _part(corners: FloatArray) -> float:
    x, y = corners[:, 0], corners[:, 1]
    return abs(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum()))
