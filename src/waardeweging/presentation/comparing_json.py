"""The part of an outcome's plain data about comparisons, and about a third party."""

from __future__ import annotations

from typing import Any

import numpy as np

from waardeweging.analysis.comparing import Consistency
from waardeweging.analysis.outcome import Outcome
from waardeweging.elicitation.pairwise import HIGHEST_CONSISTENCY_RATIO
from waardeweging.elicitation.privacy import FEWEST


def comparing_json(outcome: Outcome) -> dict[str, Any]:
    """Give consistency and the triangle as dictionaries, lists and plain numbers.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    dict
        ``consistency`` and ``triangle``; None where there is nothing of the kind.
    """
    return {"consistency": _consistency(outcome), "triangle": _triangle(outcome)}


def _consistency(outcome: Outcome) -> dict[str, Any] | None:
    if not outcome.consistency:
        return None
    room = outcome.room
    return {
        "limit": HIGHEST_CONSISTENCY_RATIO,
        "methods": {one.method: _method(one) for one in outcome.consistency},
        "room": None
        if room is None
        else {
            "winner_share": room.winner_share.tolist(),
            "errors": room.winner_error.tolist(),
            "draws": int(room.draws),
        },
    }


def _method(one: Consistency) -> dict[str, Any]:
    """Give the ratios without names, and none of them when they could tell whose they are."""
    people = len(one.judgements)
    return {
        "people": people,
        "consistent": one.consistent if people >= FEWEST else None,
        "ratios": list(one.ratios) if people >= FEWEST else None,
    }


def _triangle(outcome: Outcome) -> dict[str, Any] | None:
    found = outcome.triangle
    if found is None or not may_show_triangle(outcome):
        return None
    ids = [one.id for one in outcome.alternatives]
    return {
        "parties": list(found.parties),
        "shares": found.shares.tolist(),
        "regions": [
            {
                "alternative": ids[region.winner],
                "tied": [ids[other] for other in region.tied],
                "part": float(region.part),
                "corners": (np.asarray(region.corners) + 0.0).tolist(),
            }
            for region in found.regions
        ],
    }


def may_show_triangle(outcome: Outcome) -> bool:
    """Say whether the triangle tells of no single person what they think."""
    found = outcome.triangle
    return found is not None and all(outcome.weighing.may_show(name) for name in found.parties)
