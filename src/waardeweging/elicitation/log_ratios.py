"""Weights as log-ratios: the space in which shares of a whole may be averaged and measured."""

from __future__ import annotations

import numpy as np

from waardeweging.problem.arrays import FloatArray

# Two thirds of one point of 100, the smallest share people usually give.
ZERO_REPLACEMENT = 0.0065


def replace_zeros(weights: FloatArray, replacement: float = ZERO_REPLACEMENT) -> FloatArray:
    """Give zeros a small share and shrink the others in proportion.

    Parameters
    ----------
    weights : array, shape (..., n_criteria)
        [sum = 1]
    replacement : float
        Share that a zero receives.

    Returns
    -------
    array, shape (..., n_criteria)
        [sum = 1, all above 0]; unchanged where nothing was zero.

    Raises
    ------
    ValueError
        If so many weights are zero that the replacements leave nothing for the others.

    References
    ----------
    J. A. Martín-Fernández, C. Barceló-Vidal and V. Pawlowsky-Glahn, Dealing with zeros and
    missing values in compositional data sets, Mathematical Geology 35(3), 2003,
    doi:10.1023/A:1023866030544.
    """
    zero = weights <= 0
    given = replacement * zero.sum(axis=-1, keepdims=True)
    if (given >= 1).any():
        raise ValueError(f"too many zeros to give each {replacement:g}")
    return np.where(zero, replacement, weights * (1 - given))


def clr(weights: FloatArray, replacement: float = ZERO_REPLACEMENT) -> FloatArray:
    """Give centred log-ratios, with zeros replaced.

    Parameters
    ----------
    weights : array, shape (..., n_criteria)
        [sum = 1]
    replacement : float
        Share that a zero receives.

    Returns
    -------
    array, shape (..., n_criteria)
        [sum = 0]

    References
    ----------
    J. Aitchison, The Statistical Analysis of Compositional Data, Chapman & Hall, 1986,
    doi:10.1007/978-94-009-4109-0.
    """
    logs = np.log(replace_zeros(weights, replacement))
    return np.asarray(logs - logs.mean(axis=-1, keepdims=True))


def from_log_ratios(ratios: FloatArray) -> FloatArray:
    """Turn log-ratios back into weights that sum to 1, shape (..., n_criteria)."""
    powers = np.exp(ratios - ratios.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
