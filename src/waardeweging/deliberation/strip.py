"""The equality strip: who wins when residents count for more or less than the municipality."""

from __future__ import annotations

from dataclasses import dataclass

from waardeweging.problem.arrays import BoolArray, FloatArray
from waardeweging.robustness.envelope import Takeover, takeovers
from waardeweging.scoring.additive import best


@dataclass(frozen=True, slots=True)
class EqualityStrip:
    """Winners along the residents' share λ of the joint weights.

    Parameters
    ----------
    winner_at_0, winner_at_1 : int
        Best for the municipality alone and for the residents alone.
    changes : tuple of Takeover
        Ascending in λ; from the winner at 0 to the winner at 1 without gaps.
    headcount_share : float
        λ at which every person counts the same: residents as a share of all people. [0–1]
    """

    winner_at_0: int
    winner_at_1: int
    changes: tuple[Takeover, ...]
    headcount_share: float


def equality_strip(
    residents: FloatArray,
    municipality: FloatArray,
    eligible: BoolArray,
    n_residents: int,
    n_municipality: int,
) -> EqualityStrip:
    """Find the residents' shares at which another alternative wins.

    Parameters
    ----------
    residents, municipality : array, shape (n_alternatives,)
        Scores under the mean weights of each side.
    eligible : array of bool, shape (n_alternatives,)
    n_residents, n_municipality : int
        People on each side; together at least one.

    Returns
    -------
    EqualityStrip
    """
    return EqualityStrip(
        int(best(municipality, eligible)),
        int(best(residents, eligible)),
        takeovers(municipality, residents, eligible),
        n_residents / (n_residents + n_municipality),
    )
