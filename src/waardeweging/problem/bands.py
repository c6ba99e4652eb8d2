"""Draws of a performance between its low and high estimate.

Both distributions turn uniform numbers into performances by their inverse
distribution function, so the same uniforms give comparable draws.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.problem.arrays import FloatArray

# The inverse of the beta distribution breaks down on smaller numbers; the draw is low there.
_LEAST = 1e-60


def triangular(u: ArrayLike, low: ArrayLike, mid: ArrayLike, high: ArrayLike) -> FloatArray:
    """Turn uniform numbers into triangular draws.

    Parameters
    ----------
    u : array_like, shape (...)
        Uniform numbers. [0–1]
    low, mid, high : array_like, broadcastable with `u`
        Smallest, most likely and largest value, ascending; equal ones give that value.

    Returns
    -------
    array, shape of the broadcast arguments
        In the unit of `mid`. [low–high]

    Raises
    ------
    ValueError
        If `u` is outside 0–1 or low, mid and high do not ascend.

    References
    ----------
    S. Kotz and J. R. van Dorp, Beyond Beta, World Scientific, 2004, ch. 1,
    doi:10.1142/5720.
    """
    u, low, mid, high = _checked(u, low, mid, high)
    width, left, right = high - low, mid - low, high - mid
    rising = u * width <= left
    below = low + np.sqrt(u * width * left)
    above = high - np.sqrt((1 - u) * width * right)
    return np.clip(np.where(rising, below, above), low, high)


def pert(u: ArrayLike, low: ArrayLike, mid: ArrayLike, high: ArrayLike) -> FloatArray:
    """Turn uniform numbers into PERT draws: a beta distribution with mean (low + 4 mid + high)/6.

    Parameters
    ----------
    u : array_like, shape (...)
        Uniform numbers. [0–1]
    low, mid, high : array_like, broadcastable with `u`
        Smallest, most likely and largest value, ascending; equal ones give that value.

    Returns
    -------
    array, shape of the broadcast arguments
        In the unit of `mid`. [low–high]

    Raises
    ------
    ValueError
        If `u` is outside 0–1 or low, mid and high do not ascend.

    References
    ----------
    D. G. Malcolm, J. H. Roseboom, C. E. Clark and W. Fazar, Application of a technique
    for research and development program evaluation, Operations Research 7(5), 1959,
    doi:10.1287/opre.7.5.646.
    """
    # Only this distribution needs it, and it takes longer to load than to use.
    from scipy.special import betaincinv

    u, low, mid, high = _checked(u, low, mid, high)
    width = high - low
    skew = np.divide(mid - low, width, out=np.zeros_like(width), where=width > 0)
    share = betaincinv(1 + 4 * skew, 1 + 4 * (1 - skew), np.maximum(u, _LEAST))
    share = np.where(u > _LEAST, share, 0.0)
    return np.asarray(np.clip(low + width * share, low, high))


def _checked(*arguments: ArrayLike) -> tuple[FloatArray, ...]:
    arrays = np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in arguments))
    u, low, mid, high = arrays
    if not ((u >= 0) & (u <= 1)).all():
        raise ValueError("u must lie between 0 and 1")
    if not ((low <= mid) & (mid <= high)).all():
        raise ValueError("low, mid and high must ascend")
    return tuple(arrays)
