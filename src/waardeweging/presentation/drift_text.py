"""Whether the sides came closer from session to session, in words."""

from __future__ import annotations

import numpy as np

from waardeweging.deliberation.agreement import points_to_move
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.numbers import number
from waardeweging.process.project.events import SessionWeighed
from waardeweging.process.project.state import Project

_FEWEST_SESSIONS = 2


def drift_sentences(state: Project, language: Language) -> tuple[str, ...]:
    """Say how the distance between the sides changed, and what that does not mean.

    Sessions count that weighed the same criteria with both sides as the last one did; with
    fewer than two of these there is nothing to say.
    """
    found = _distances(state)
    if len(found) < _FEWEST_SESSIONS:
        return ()
    before, after = round(found[0]), round(found[-1])
    key = "alike" if before == after else "closer" if after < before else "apart"
    written = {"before": number(before, language), "after": number(after, language)}
    return (text(f"drift.{key}", language, **written), text("drift.caution", language))


def _distances(state: Project) -> list[float]:
    """Give the points between the sides in every session that can be compared, in order."""
    held = [one.weighed for one in state.sessions.values() if one.weighed]
    both = [one for one in held if set(SIDES) <= one.weights.keys()]
    if not both:
        return []
    criteria = _criteria(both[-1])
    return [_distance(one, criteria) for one in both if _criteria(one) == criteria]


def _criteria(held: SessionWeighed) -> list[str]:
    return sorted({name for side in SIDES for name in held.weights[side]})


def _distance(held: SessionWeighed, criteria: list[str]) -> float:
    """Give the points between the sides; whole points need not sum to 100."""
    given = [np.array([held.weights[side].get(name, 0) for name in criteria]) for side in SIDES]
    residents, municipality = (one / max(int(one.sum()), 1) for one in given)
    return float(points_to_move(residents, municipality))
