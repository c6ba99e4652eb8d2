"""The outcome as it was announced: rounded, and without what a small side would give away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from waardeweging.analysis.outcome import Outcome
from waardeweging.dossier.bundle.levels import THIRD, may_show_sides, people, per_party, side_points
from waardeweging.scoring.additive import additive_scores

DECIMALS = 3
"""Scores from 0 to 1 are announced to a tenth of a point of a hundred."""


def announced(outcome: Outcome) -> dict[str, Any]:
    """Give what was announced of an outcome, whatever a bundle holds.

    Parameters
    ----------
    outcome : Outcome
        Of the answers as people gave them.
    """
    result, weighing = outcome.result, outcome.weighing
    shown = may_show_sides(weighing)
    ids = [option.id for option in outcome.alternatives]
    return {
        "people": people(weighing),
        "by_department": bool(weighing.by_department),
        "winner": ids[result.winner],
        "ranking": [ids[place] for place in result.ranking],
        "ties": [ids[place] for place in result.ties],
        "weights": side_points(weighing),
        "scores": {
            "residents": _rounded(result.residents),
            "municipality": _rounded(result.municipality),
            "joint": _rounded(result.joint),
            **_third(outcome),
        }
        if shown
        else None,
        "robustness": outcome.firm.by_weights.value,
        "robustness_with_bands": outcome.firm.with_bands.value,
    }


def _third(outcome: Outcome) -> dict[str, Any]:
    """Give the scores of third parties with a share; nothing without any."""
    weighing = outcome.weighing
    scores = additive_scores(outcome.result.values, weighing.party_weights)
    written = per_party(dict(zip(weighing.parties, map(_rounded, scores), strict=True)))
    return {THIRD: written[THIRD]} if THIRD in written else {}


def _rounded(scores: Sequence[float] | np.ndarray[Any, Any]) -> list[float]:
    return [round(float(score), DECIMALS) + 0.0 for score in scores]
