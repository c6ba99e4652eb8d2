"""Draws of scores without drawing every cell, where that is exact.

A score is a sum over criteria. Drawing it at once saves work wherever the distribution of
that sum is known exactly:

- cells that are certain add a fixed amount, whatever the distribution of the others:
  `partly_drawn_scores` draws only what is uncertain;
- independent normal value scores add up to a normal score: `normal_score_draws`.

Sums of triangular or PERT cells have no such form, nor has a normal performance once its
value function bends or ends within the band. A normal score in their place is an
approximation and is not offered as anything else.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from waardeweging.problem.arrays import FloatArray
from waardeweging.scoring.additive import scores_of_draws


def partly_drawn_scores(
    values: FloatArray, drawn: Mapping[tuple[int, int], FloatArray], weights: FloatArray
) -> FloatArray:
    """Score draws in which only some cells vary.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Value scores of the certain cells; those of drawn cells are not used. [0–1]
    drawn : mapping of (alternative, criterion) to array of shape (n_draws,)
        Drawn value scores. They may depend on each other in any way. [0–1]
    weights : array, shape (n_draws, n_criteria)
        [rows sum to 1]

    Returns
    -------
    array, shape (n_draws, n_alternatives)
        The scores of the full tables, but for rounding. [0–1]
    """
    certain = np.array(values)
    for cell in drawn:
        certain[cell] = 0.0
    scores = np.array(scores_of_draws(certain, weights))
    for (alternative, criterion), cell_values in drawn.items():
        scores[:, alternative] += weights[:, criterion] * cell_values
    return scores


def normal_score_draws(
    means: FloatArray, deviations: FloatArray, weights: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Draw scores whose value scores are normal and independent between cells.

    Parameters
    ----------
    means, deviations : array, shape (n_alternatives, n_criteria)
        Mean and standard deviation of each value score; 0 for a certain cell.
    weights : array, shape (n_draws, n_criteria)
        [rows sum to 1]
    rng : numpy.random.Generator

    Returns
    -------
    array, shape (n_draws, n_alternatives)
        One normal number per score, where drawing cells would take one per criterion.

    References
    ----------
    R. Lahdelma, S. Makkonen and P. Salminen, Multivariate Gaussian criteria in SMAA,
    European Journal of Operational Research 170(3), 2006, doi:10.1016/j.ejor.2004.08.022.
    """
    spread = np.sqrt(scores_of_draws(deviations**2, weights**2))
    centre = scores_of_draws(means, weights)
    return np.asarray(centre + spread * rng.standard_normal(centre.shape))
