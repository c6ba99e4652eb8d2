"""Three parties: residents, municipality, and the third party with most ballots."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from waardeweging.deliberation.triangle import WinRegion, win_regions
from waardeweging.elicitation.ballots import MUNICIPALITY, RESIDENTS, SIDES
from waardeweging.elicitation.joint import side_mean
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
        Under the weights of residents, municipality and the third party. [0–1]
    regions : tuple of WinRegion
    shares : array, shape (3,)
        As the outcome is weighed. [sum = 1]
    """

    third: str
    scores: FloatArray
    regions: tuple[WinRegion, ...]
    shares: FloatArray

    @property
    def parties(self) -> tuple[str, str, str]:
        """Names of the parties, in the order of the shares."""
        return RESIDENTS, MUNICIPALITY, self.third


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
    third = others.most_common(1)[0][0]
    of_third = additive_scores(result.values, side_mean(weighing.weights_of(third)))
    scores = np.array([result.residents, result.municipality, of_third])
    shares = np.array([weighing.share, 1 - weighing.share, 0.0])
    return Triangle(third, scores, win_regions(scores, result.eligible), shares)
