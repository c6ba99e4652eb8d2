"""Figures of a dossier with no more digits than a bundle without answers holds.

An exact mean gives away what a newcomer answered to whoever knew the mean before. So
weights are whole points, and what follows from answers keeps three digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from waardeweging.dossier.bundle.announced import DECIMALS
from waardeweging.dossier.bundle.levels import HIGHEST, whole_points
from waardeweging.dossier.bundle.recalculate import WITHOUT_ANSWERS

# Differences that are shown in tenths and add up exactly; the rest of a comparison is no answer.
_SHOWN_BESIDE = "shown"


def coarse(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Round what follows from answers.

    Parameters
    ----------
    facts : mapping
        As `facts_of` gathers them.

    Returns
    -------
    dict
        The same facts, with whole points as weights.
    """
    outcome = facts["outcome"]
    told = {key: x if key in WITHOUT_ANSWERS else rounded(x) for key, x in outcome.items()}
    told["weights"] = _whole(outcome["weights"])
    if told["dispute"] is not None:
        for side in ("residents", "municipality"):
            for row, weight in zip(told["dispute"]["criteria"], told["weights"][side], strict=True):
                row[side] = weight
    return {
        **facts,
        "outcome": told,
        "trade_offs": [_trade_off(one) for one in facts["trade_offs"]],
        "variants": [
            {**one, "score": rounded(one["score"]), "margin": rounded(one["margin"])}
            for one in facts["variants"]
        ],
    }


def rounded(item: Any) -> Any:
    """Round every fraction to three decimals, and what is above 1 to as many digits."""
    if isinstance(item, float):
        digits = DECIMALS if abs(item) < 1 else DECIMALS - len(str(int(abs(item)))) + 1
        return round(item, digits) + 0.0
    if isinstance(item, Mapping):
        return {key: rounded(x) for key, x in item.items()}
    return [rounded(x) for x in item] if isinstance(item, list) else item


def _whole(weights: Any) -> Any:
    """Round weights to whole points, of every side that is named."""
    if isinstance(weights, Mapping):
        return {side: _whole(own) for side, own in weights.items()}
    return weights and [points / HIGHEST for points in whole_points(np.array(weights))]


def _trade_off(item: Any) -> Any:
    """Let points follow what is shown; performances are no answers and stay as they are."""
    if isinstance(item, Mapping):
        kept = {key: _trade_off(x) for key, x in item.items()}
        if "points" in kept:
            kept["points"] = kept.get(_SHOWN_BESIDE, rounded(kept["points"]))
        return kept
    return [_trade_off(x) for x in item] if isinstance(item, list) else item
