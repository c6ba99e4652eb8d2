"""A smooth spread of weights fitted to few ballots, beside the bootstrap.

The bootstrap knows only the ballots that were cast. This fit says instead: people of a
side scatter around their mean in a bell shape, also where nobody happened to stand. When
the two tell different stories, the number of ballots is too small for either.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from waardeweging.elicitation.log_ratios import clr, from_log_ratios
from waardeweging.problem.arrays import ArrayRecord, FloatArray, IntArray

LEAST_PEOPLE = 5


class NoSmoothFit(StrEnum):
    """Why no spread is fitted."""

    TOO_FEW_PEOPLE = "too_few_people"


@dataclass(frozen=True, eq=False)
class SmoothDraws(ArrayRecord):
    """People drawn from the fitted spread, to be counted like real ones.

    Parameters
    ----------
    weights : array, shape (n_sides × draws, n_criteria)
        [rows sum to 1]
    mass : array, shape (n_sides × draws,)
        What each counts for; every side keeps its share. [sum = 1]
    """

    weights: FloatArray
    mass: FloatArray


@dataclass(frozen=True, eq=False)
class LogisticNormal(ArrayRecord):
    """A bell shape in centred log-ratios.

    Parameters
    ----------
    mean : array, shape (n_criteria,)
        [sum = 0]
    covariance : array, shape (n_criteria, n_criteria)
        [rows sum to 0]
    shrinkage : float
        Part of the covariance that was replaced by an equal spread in all directions. [0–1]
    """

    mean: FloatArray
    covariance: FloatArray
    shrinkage: float

    def draw(self, draws: int, rng: np.random.Generator) -> FloatArray:
        """Draw weights, shape (draws, n_criteria) [rows sum to 1]."""
        spread, directions = np.linalg.eigh(self.covariance)
        steps = rng.standard_normal((draws, len(spread))) * np.sqrt(np.maximum(spread, 0.0))
        return from_log_ratios(self.mean + steps @ directions.T)


def smooth_draws(
    weights: FloatArray,
    mass: FloatArray,
    sides: IntArray,
    draws: int,
    rng: np.random.Generator,
) -> SmoothDraws | NoSmoothFit:
    """Draw people from a spread that is fitted to each side by itself.

    Parameters
    ----------
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    mass : array, shape (n_people,)
        What each counts for in the joint weights; people without mass are left out. [sum = 1]
    sides : array of int, shape (n_people,)
    draws : int
        Per side.
    rng : numpy.random.Generator

    Returns
    -------
    SmoothDraws or NoSmoothFit
        The reason when a side has fewer than five people: a spread through so few points
        says more about the formula than about them.
    """
    labels = np.unique(sides[mass > 0])
    groups = [(sides == label) & (mass > 0) for label in labels]
    if min(int(people.sum()) for people in groups) < LEAST_PEOPLE:
        return NoSmoothFit.TOO_FEW_PEOPLE
    shares = [float(mass[people].sum()) for people in groups]
    drawn = [
        fit_logistic_normal(weights[people], mass[people] / share).draw(draws, rng)
        for people, share in zip(groups, shares, strict=True)
    ]
    return SmoothDraws(np.vstack(drawn), np.repeat(shares, draws) / draws)


def fit_logistic_normal(weights: FloatArray, mass: FloatArray) -> LogisticNormal:
    """Fit a logistic-normal spread with a shrunk covariance; zeros are replaced.

    Parameters
    ----------
    weights : array, shape (n_people, n_criteria)
        [rows sum to 1]
    mass : array, shape (n_people,)
        [sum = 1]

    Returns
    -------
    LogisticNormal

    References
    ----------
    J. Aitchison and S. M. Shen, Logistic-normal distributions: some properties and uses,
    Biometrika 67(2), 1980, doi:10.1093/biomet/67.2.261. Shrinkage: O. Ledoit and M. Wolf, A
    well-conditioned estimator for large-dimensional covariance matrices, Journal of
    Multivariate Analysis 88(2), 2004, doi:10.1016/S0047-259X(03)00096-4, lemmas 3.2–3.4,
    in the space of log-ratios, which has one dimension less than there are criteria.
    """
    ratios = clr(weights)
    mean = mass @ ratios
    centred = ratios - mean
    sample = (centred * mass[:, None]).T @ centred
    criteria = weights.shape[1]
    # An equal spread in every direction in which log-ratios can differ.
    equal = np.eye(criteria) - 1 / criteria
    equal *= np.trace(sample) / max(criteria - 1, 1)
    distance = float(((sample - equal) ** 2).sum())
    # Σ p² ‖xxᵀ − S‖², with ‖xxᵀ‖² = ‖x‖⁴ and the cross product xᵀSx.
    lengths = (centred**2).sum(axis=1)
    along = ((centred @ sample) * centred).sum(axis=1)
    error = float(mass**2 @ np.maximum(lengths**2 - 2 * along + (sample**2).sum(), 0.0))
    shrinkage = min(error / distance, 1.0) if distance > 0 else 0.0
    return LogisticNormal(mean, shrinkage * equal + (1 - shrinkage) * sample, shrinkage)
