"""The outcome as it was announced: rounded, and without what a small side would give away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from waardeweging.analysis.outcome import Outcome
from waardeweging.dossier.bundle.levels import may_show_sides, people, side_points

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
        }
        if shown
        else None,
        "robustness": outcome.firm.by_weights.value,
        "robustness_with_bands": outcome.firm.with_bands.value,
    }


def _rounded(scores: Sequence[float] | np.ndarray[Any, Any]) -> list[float]:
    return [round(float(score), DECIMALS) + 0.0 for score in scores]
