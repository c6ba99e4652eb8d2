"""Rules for the analyst that look at how each side fares, not at the sum alone.

They belong beside the method panel, not in it: bargaining needs a fallback that the sides
agreed beforehand, and the family of norms needs a power that nobody can choose for them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray
from waardeweging.robustness.contest import TIED


@dataclass(frozen=True, eq=False)
class Bargain(ArrayRecord):
    """What two or more sides would agree on rather than keep their fallback.

    Parameters
    ----------
    winner : int
        The agreement; the fallback itself when there is none.
    agreed : bool
        Whether some alternative is worse than the fallback for no side and better for one.
    gains : array, shape (n_sides, n_alternatives)
        Score of each side minus its score of the fallback. [−1–1]
    product : array, shape (n_alternatives,)
        Gains multiplied over the sides, each to the power of its share; 0 where a side
        loses or gains nothing, and for what is not eligible. [0–1]
    """

    winner: int
    agreed: bool
    gains: FloatArray
    product: FloatArray


def nash_bargain(
    side_scores: FloatArray, shares: FloatArray, eligible: BoolArray, fallback: int
) -> Bargain:
    """Find the alternative with the largest product of gains over an agreed fallback.

    Parameters
    ----------
    side_scores : array, shape (n_sides, n_alternatives)
        Scores under the mean weights of each side. [0–1]
    shares : array, shape (n_sides,)
        What each side counts for; a side without a share has no veto either. [sum = 1]
    eligible : array of bool, shape (n_alternatives,)
        The fallback need not be: it is what happens without an agreement.
    fallback : int

    Returns
    -------
    Bargain
        Where no alternative gains for all, the one that harms no side and gains most in
        all; of equals the lowest index.

    References
    ----------
    J. F. Nash, The bargaining problem, Econometrica 18(2), 1950, doi:10.2307/1907266.
    E. Kalai, Nonsymmetric Nash solutions and replications of 2-person bargaining,
    International Journal of Game Theory 6(3), 1977, doi:10.1007/BF01774658 (unequal shares).
    """
    gains = side_scores - side_scores[:, [fallback]]
    heard = shares > 0
    felt, power = gains[heard], shares[heard, None]
    harmless = eligible & (felt >= -TIED).all(axis=0)
    product = np.where(harmless, np.prod(np.maximum(felt, 0.0) ** power, axis=0), 0.0)
    total = np.where(harmless, (power * felt).sum(axis=0), -np.inf)
    better = harmless & (felt > TIED).any(axis=0)
    if not better.any():
        return Bargain(fallback, False, gains, product)
    most = better & (product >= product[better].max() - TIED)
    winner = int(np.flatnonzero(most & (total >= total[most].max() - TIED))[0])
    return Bargain(winner, True, gains, product)


def norm_losses(satisfied: FloatArray, shares: FloatArray, power: float) -> FloatArray:
    """Join the sides' distances to full satisfaction by a norm.

    Parameters
    ----------
    satisfied : array, shape (n_sides, n_alternatives)
        Such as `panel.satisfaction`. [0–1]
    shares : array, shape (n_sides,)
        What each side counts for. [sum = 1]
    power : float
        1 averages the sides (arithmetic); the higher, the more the least satisfied side
        decides; infinity looks at that side alone (maximin). [1 or more]

    Returns
    -------
    array, shape (n_alternatives,)
        The lowest is best. [0–1]

    Raises
    ------
    ValueError
        If `power` is below 1.

    References
    ----------
    P. L. Yu, A class of solutions for group decision problems, Management Science 19(8),
    1973, doi:10.1287/mnsc.19.8.936.
    """
    if not power >= 1:
        raise ValueError(f"power is {power}, expected 1 or more")
    heard = shares > 0
    distances, share = 1 - satisfied[heard], shares[heard, None]
    largest = distances.max(axis=0)
    if np.isinf(power):
        return np.asarray(largest)
    # Relative to the largest, so that a high power does not vanish in rounding.
    relative = np.divide(distances, largest, out=np.zeros_like(distances), where=largest > 0)
    return np.asarray(largest * (share * relative**power).sum(axis=0) ** (1 / power))
