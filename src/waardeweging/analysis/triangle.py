"""Three parties: residents, municipality, and the third party that counts for most.

Without an agreed share that is the one with most ballots. When more third parties have a
share, the others keep theirs, and the three divide what is left.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from waardeweging.deliberation.triangle import WinRegion, win_regions
from waardeweging.elicitation.ballots import MUNICIPALITY, RESIDENTS, SIDES
from waardeweging.elicitation.joint import side_mean, with_third_parties
from waardeweging.problem.arrays import ArrayRecord, FloatArray
from waardeweging.scoring.additive import additive_scores

if TYPE_CHECKING:
    from waardeweging.analysis.outcome import Outcome


@dataclass(frozen=True, eq=False)
class Triangle(ArrayRecord):
    """Who wins for every division of the shares over three parties.

    Parameters
    ----------
    third : str
        Name of the third party.
    scores : array, shape (3, n_alternatives)
        Joint scores if residents, municipality or the third party had all that the three
        divide. [0–1]
    regions : tuple of WinRegion
    shares : array, shape (3,)
        As the outcome is weighed: the point that was agreed. [sum = 1]
    """

    third: str
    scores: FloatArray
    regions: tuple[WinRegion, ...]
    shares: FloatArray

    @property
    def parties(self) -> tuple[str, str, str]:
        """Names of the parties, in the order of the shares."""
        return RESIDENTS, MUNICIPALITY, self.third

    @property
    def agreed(self) -> bool:
        """Whether the third party has a share."""
        return bool(self.shares[2] > 0)


def triangle(outcome: Outcome) -> Triangle | None:
    """Ask who would win if a third party had a share too.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    Triangle or None
        None without ballots of a third party.
    """
    weighing, result = outcome.weighing, outcome.result
    others = Counter(side for side in weighing.sides if side not in SIDES)
    if not others:
        return None
    given = dict(weighing.third_shares)
    third = max(others, key=lambda name: (given.get(name, 0.0), others[name]))
    of_third = additive_scores(result.values, side_mean(weighing.weights_of(third)))
    scores = np.array([result.residents, result.municipality, of_third])
    fixed = [name for name in given if name != third]
    left = 1 - sum(given[name] for name in fixed)
    theirs = [additive_scores(result.values, side_mean(weighing.weights_of(n))) for n in fixed]
    parts = [given[name] for name in fixed]
    scores = np.array([with_third_parties(own, theirs, parts) for own in scores])
    of_whole = weighing.shares
    shares = np.array([of_whole[RESIDENTS], of_whole[MUNICIPALITY], given.get(third, 0.0)]) / left
    return Triangle(third, scores, win_regions(scores, result.eligible), shares)
