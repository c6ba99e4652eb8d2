"""Rank acceptability: how large a share of the voices puts an alternative on each place.

"Share" counts mass: of people by what each counts for in the joint weights, or of
draws by their number. Alternatives that tie for places divide those places equally.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray
from waardeweging.robustness.places import better_counts, place_mass
from waardeweging.scoring.additive import additive_scores, ranks, scores_of_draws

# Draws that are scored at once: keeps memory flat whatever their number.
_BLOCK = 2048
# Fixed value scores take so much less room that longer rows pay.
_FIXED_BLOCK = 16384
_DIGITS = 12

ValueDraws = FloatArray | Callable[[int, int], FloatArray]


@dataclass(frozen=True, eq=False)
class CentralWeights(ArrayRecord):
    """The mean weights of those who put an alternative first.

    Parameters
    ----------
    weights : array, shape (n_alternatives, n_criteria)
        [sum = 1]; a row of zeros where nobody puts that alternative first.
    supported : array of bool, shape (n_alternatives,)
        Whether anybody does.
    """

    weights: FloatArray
    supported: BoolArray


@dataclass(frozen=True, eq=False)
class SampledAcceptability(ArrayRecord):
    """Rank acceptability over draws, with its sampling error.

    Parameters
    ----------
    shares : array, shape (n_alternatives, n_alternatives)
        Share of the draws in which an alternative (row) has a place (column). [0–1]
    errors : array, shape (n_alternatives, n_alternatives)
        Monte Carlo standard error of each share.
    draws : int
    """

    shares: FloatArray
    errors: FloatArray
    draws: int

    @property
    def winner_share(self) -> FloatArray:
        """Share of the draws that each alternative wins, shape (n_alternatives,)."""
        return self.shares[:, 0]

    @property
    def winner_error(self) -> FloatArray:
        """Monte Carlo standard error of each winner share, shape (n_alternatives,)."""
        return self.errors[:, 0]

    @property
    def winner_margin(self) -> FloatArray:
        """Half the width of a 95 % interval around each winner share, shape (n_alternatives,).

        Where all draws agree, chance leaves room for three draws in all (the rule of three).

        References
        ----------
        J. A. Hanley and A. Lippman-Hand, If nothing goes wrong, is everything all right?,
        JAMA 249(13), 1983, doi:10.1001/jama.1983.03330370053031.
        """
        settled = np.minimum(self.winner_share, 1 - self.winner_share) <= 0
        return np.asarray(np.where(settled, min(3 / self.draws, 1.0), 2 * self.winner_error))


def first_place_shares(scores: FloatArray, eligible: BoolArray) -> FloatArray:
    """Divide first place of every row of scores over those who share it.

    Parameters
    ----------
    scores : array, shape (..., n_alternatives)
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    array, shape (..., n_alternatives)
        [sum = 1]; 0 for an alternative that is not eligible.
    """
    wins = np.zeros(scores.shape)
    rivals = scores[..., eligible]
    better, _ = better_counts(rivals.reshape(-1, rivals.shape[-1]), _DIGITS)
    wins[..., eligible] = (better == 0).T.reshape(rivals.shape)
    return np.asarray(wins / wins.sum(axis=-1, keepdims=True))


def rank_acceptability(scores: FloatArray, mass: FloatArray, eligible: BoolArray) -> FloatArray:
    """Give the share of mass that puts each alternative on each place.

    Parameters
    ----------
    scores : array, shape (n_voices, n_alternatives)
        Scores by every person, or in every draw.
    mass : array, shape (n_voices,)
        What each counts for. [sum = 1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    array, shape (n_alternatives, n_alternatives)
        Alternatives by places. [0–1] Rows of eligible alternatives and the columns of
        their places sum to 1; the rest is 0.

    References
    ----------
    R. Lahdelma and P. Salminen, SMAA-2: stochastic multicriteria acceptability analysis
    for group decision making, Operations Research 49(3), 2001,
    doi:10.1287/opre.49.3.444.11220.
    """
    return np.asarray(_place_moments(scores, mass, eligible)[0])


def sampling_error(acceptability: FloatArray, mass: FloatArray) -> FloatArray:
    """Give the standard error of shares that come from few people.

    Parameters
    ----------
    acceptability : array, shape (...)
        Shares of the mass. [0–1]
    mass : array, shape (n_people,)
        What each person counts for. [sum = 1]

    Returns
    -------
    array, shape (...)
        Twice this is about the half width of a 95 % interval.
    """
    # A share that is 1 but for rounding has no variance, not a negative one.
    spread = np.maximum(acceptability * (1 - acceptability), 0.0)
    return np.asarray(np.sqrt(spread * float(mass @ mass)))


def central_weights(
    weights: FloatArray, scores: FloatArray, mass: FloatArray, eligible: BoolArray
) -> CentralWeights:
    """Average, for each alternative, the weights of those who put it first.

    Parameters
    ----------
    weights : array, shape (n_voices, n_criteria)
        [rows sum to 1]
    scores : array, shape (n_voices, n_alternatives)
        Scores under those weights.
    mass : array, shape (n_voices,)
        What each counts for. [sum = 1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    CentralWeights
    """
    support = (mass[:, None] * first_place_shares(scores, eligible)).T
    total = support.sum(axis=1, keepdims=True)
    mean = np.divide(
        support @ weights, total, out=np.zeros((len(total), weights.shape[1])), where=total > 0
    )
    return CentralWeights(mean, total[:, 0] > 0)


def confidence_factors(
    values: FloatArray, central: CentralWeights, eligible: BoolArray
) -> FloatArray:
    """Give how often an alternative is first with its own central weights.

    Parameters
    ----------
    values : array, shape (n_draws, n_alternatives, n_criteria)
        Draws of the value scores. [0–1]
    central : CentralWeights
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    array, shape (n_alternatives,)
        [0–1]; 0 where nobody puts that alternative first.
    """
    return np.array(
        [
            first_place_shares(additive_scores(values, own), eligible)[:, place].mean()
            if central.supported[place]
            else 0.0
            for place, own in enumerate(central.weights)
        ]
    )


def sampled_acceptability(
    values: ValueDraws, weights: FloatArray, eligible: BoolArray
) -> SampledAcceptability:
    """Give rank acceptability over draws of weights, and of value scores if wanted.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria) or (n_draws, n_alternatives, n_criteria)
        Value scores [0–1]; or a function that gives the draws from a start up to a stop,
        so that they never have to be in memory together.
    weights : array, shape (n_draws, n_criteria)
        [rows sum to 1]
    eligible : array of bool, shape (n_alternatives,)

    Returns
    -------
    SampledAcceptability

    References
    ----------
    R. Lahdelma and P. Salminen, SMAA-2: stochastic multicriteria acceptability analysis
    for group decision making, Operations Research 49(3), 2001,
    doi:10.1287/opre.49.3.444.11220.
    """
    draws = len(weights)
    fixed = not callable(values) and values.ndim == 2
    block = _FIXED_BLOCK if fixed else _BLOCK
    moments = np.zeros((2, len(eligible), len(eligible)))
    for start in range(0, draws, block):
        stop = min(start + block, draws)
        scores = _scores(values, weights[start:stop], start, stop)
        moments += _place_moments(scores, np.ones(stop - start), eligible)
    moments /= draws
    variance = np.maximum(moments[1] - moments[0] ** 2, 0.0)
    return SampledAcceptability(moments[0], np.sqrt(variance / draws), draws)


def _scores(values: ValueDraws, weights: FloatArray, start: int, stop: int) -> FloatArray:
    if callable(values):
        return additive_scores(values(start, stop), weights)
    if values.ndim == 2:
        return scores_of_draws(values, weights)
    return additive_scores(values[start:stop], weights)


def _place_moments(scores: FloatArray, mass: FloatArray, eligible: BoolArray) -> FloatArray:
    """Sum the shares in each place, and their squares: shape (2, alternatives, places)."""
    better, tied = better_counts(scores[:, eligible], _DIGITS)
    moments = np.zeros((2, len(eligible), len(eligible)))
    # Without a tie a voice gives a place whole or not at all, and 1² is 1.
    moments[:, eligible, : len(better)] = place_mass(better, np.where(tied, 0.0, mass))
    if tied.any():
        moments += _tied_moments(scores[tied], mass[tied], eligible)
    return moments


def _tied_moments(scores: FloatArray, mass: FloatArray, eligible: BoolArray) -> FloatArray:
    place = _places(scores[:, eligible])
    ties = (place[..., None] == place[..., None, :]).sum(axis=-1)
    moments = np.zeros((2, len(eligible), len(eligible)))
    for column in range(place.shape[-1]):
        share = ((place <= column + 1) & (column + 1 < place + ties)) / ties
        moments[0, eligible, column] = mass @ share
        moments[1, eligible, column] = mass @ share**2
    return moments


def _places(scores: FloatArray) -> IntArray:
    """Rank scores; what differs by rounding only ties."""
    return ranks(np.round(scores, _DIGITS))
