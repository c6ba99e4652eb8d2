"""Who would win if nobody's weights were known, as an exact part of all weights.

It answers how much an outcome leans on the weights at all. It replaces nobody's ballot.
With more criteria the part is drawn: `elicitation.samplers`.
"""

from __future__ import annotations

import numpy as np

from waardeweging.problem.arrays import BoolArray, FloatArray
from waardeweging.robustness.contest import TIED


def exact_first_place(values: FloatArray, eligible: BoolArray) -> FloatArray:
    """Give the part of all weights under which each alternative wins, without sampling.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Value scores on one, two or three criteria. [0–1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    array, shape (n_alternatives,)
        [sum = 1] Alternatives with the same value scores divide their part.

    Raises
    ------
    ValueError
        If there are more than three criteria.
    """
    if not 1 <= values.shape[1] <= 3:
        raise ValueError(f"exact shares need 1 to 3 criteria, found {values.shape[1]}")
    shares = np.zeros(len(values))
    for own in np.flatnonzero(eligible):
        leads = values[own] - values[eligible]
        same = int((np.abs(leads).max(axis=1) <= TIED).sum())
        shares[own] = _part_of_simplex(leads) / same
    return np.asarray(shares / shares.sum())


def _part_of_simplex(leads: FloatArray) -> float:
    """Give the part of the weights under which no lead is negative."""
    corners = np.eye(leads.shape[1])
    for lead in leads:
        corners = clipped(corners, corners @ lead)
    if leads.shape[1] < 3:
        return float(np.ptp(corners[:, 0])) if len(corners) > 1 else float(len(corners))
    x, y = corners[:, 0], corners[:, 1]
    return abs(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum()))


def clipped(corners: FloatArray, heights: FloatArray) -> FloatArray:
    """Cut a polygon along the line where the height is zero and keep what is above.

    Parameters
    ----------
    corners : array, shape (n_corners, n_coordinates)
        In turn around the polygon.
    heights : array, shape (n_corners,)
        Of a linear function at the corners.

    Returns
    -------
    array, shape (n_kept, n_coordinates)
        No rows when nothing is left.

    References
    ----------
    I. E. Sutherland and G. W. Hodgman, Reentrant polygon clipping, Communications of the
    ACM 17(1), 1974, doi:10.1145/360767.360802.
    """
    kept = []
    for corner, height, end, end_height in zip(
        corners, heights, np.roll(corners, -1, axis=0), np.roll(heights, -1), strict=True
    ):
        if height >= 0:
            kept.append(corner)
        if (height < 0) != (end_height < 0):
            kept.append(corner + (end - corner) * (height / (height - end_height)))
    return np.array(kept).reshape(-1, corners.shape[1])
