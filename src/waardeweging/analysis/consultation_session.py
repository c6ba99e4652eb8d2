"""What a project keeps of a consultation: whole points of the sides that answered."""

from __future__ import annotations

import numpy as np

from waardeweging.analysis.consultation_standing import SideStanding
from waardeweging.analysis.consulting import Consulted
from waardeweging.analysis.representation import match
from waardeweging.elicitation.ballots import RESIDENTS
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.process.project.events import SessionWeighed


def session_weighed(found: Consulted, session: str) -> SessionWeighed:
    """Make of a consultation what `process.project.sessions.record_weights` keeps.

    Parameters
    ----------
    found : Consulted
    session : str
        Id of the session in the project.

    Returns
    -------
    SessionWeighed
        Only sides that answered here, with five people or more; a side whose weights came
        from the workshop is left out.
    """
    sides = {side: found.everyone.sides[side] for side in found.asked}
    shown = {side: one for side, one in sides.items() if one.is_shown and one.people >= FEWEST}
    outcome = found.outcome
    criteria = [one.id for one in outcome.criteria]
    options = [one.id for one in outcome.alternatives]
    points = {side: np.rint(100 * one.weights).astype(int) for side, one in shown.items()}
    return SessionWeighed(
        id=session,
        counted={side: one.people for side, one in shown.items()},
        weights={
            side: dict(zip(criteria, given.tolist(), strict=True)) for side, given in points.items()
        },
        first=[options[place] for place in (outcome.result.winner, *outcome.result.ties)],
        acceptance={side: told for side, one in shown.items() if (told := _accepted(one, options))},
        matches=_matches(found) if RESIDENTS in shown else {},
    )


def _accepted(one: SideStanding, options: list[str]) -> dict[str, float]:
    """Give the part that can live with each option, in whole hundredths."""
    return {
        option: round(share, 2)
        for option, share in zip(options, one.acceptable, strict=True)
        if share is not None
    }


def _matches(found: Consulted) -> dict[str, float]:
    """Give, per attribute that may be shown, how far the residents are like the neighbourhood."""
    known = found.outcome.representation
    told = {one.name: match(one) for one in known.attributes} if known is not None else {}
    return {name: round(share, 3) for name, share in told.items() if share is not None}
