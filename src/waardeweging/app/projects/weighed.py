"""What a project keeps of a workshop that the hall has seen: weights, the top, and cooperation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from waardeweging.analysis.outcome import Outcome
from waardeweging.app.hall.results import Withheld, acceptance_of, outcome_of
from waardeweging.dossier.bundle.levels import whole_points
from waardeweging.elicitation.ballots import SIDES
from waardeweging.process.deciding import refusal
from waardeweging.process.project import sessions
from waardeweging.process.project.events import SessionWeighed
from waardeweging.process.project.state import Project, Session
from waardeweging.store import Store

_COOPERATION = "cooperation"


def keep_weights(store: Store, state: Project, session: str, by: str) -> None:
    """Keep the result of a workshop that was shown in the hall.

    Raises
    ------
    InputError
        If nothing was shown yet, or too few people answered.
    """
    evening = store.workshop(session)
    found = outcome_of(store, evening)
    if isinstance(found, Withheld):
        if found.reason == "not_closed":
            raise refusal("project.not_told", "Show the result in the hall first.", session)
        raise refusal("project.withheld", "Too few people answered to tell this.", session)
    accepted = acceptance_of(store, evening)
    shares = {} if isinstance(accepted, Withheld) else accepted
    weighed = session_weighed(found, session, evening.rules.fewest, shares)
    store.change_project(state.id, by, lambda state: sessions.record_weights(state, weighed))


def keep_cooperation(store: Store, state: Project, session: Session, by: str) -> None:
    """Keep what people answered about working together.

    Raises
    ------
    InputError
        If the sheet is not closed, or answers changed since the hall saw the figures.
    """
    name = session.added.id
    measured = sessions.measured(
        store.workshop(name),
        store.records(name),
        store.answers(name, _COOPERATION),
        moment=name,
        label=session.added.label,
        day=session.added.day,
    )
    store.change_project(state.id, by, lambda state: sessions.record_cooperation(state, measured))


def session_weighed(
    outcome: Outcome,
    session: str,
    fewest: int,
    acceptance: Mapping[str, Sequence[float | None]],
) -> SessionWeighed:
    """Make of an outcome that was told what a project keeps: whole points of large enough sides.

    Parameters
    ----------
    outcome : Outcome
    session : str
    fewest : int
        A side with fewer people than this is left out.
    acceptance : mapping of str to sequence of float or None
        Per side, the share that can live with each option. [0–1]
    """
    weighing, top = outcome.weighing, outcome.result
    counted = {side: sum(one == side for one in weighing.sides) for side in SIDES}
    means = dict(zip(SIDES, (weighing.residents, weighing.municipality), strict=True))
    told = [side for side in SIDES if counted[side] >= fewest]
    criteria = [one.id for one in outcome.criteria]
    options = [one.id for one in outcome.alternatives]
    return SessionWeighed(
        id=session,
        counted=counted,
        weights={
            side: dict(zip(criteria, whole_points(means[side]), strict=True)) for side in told
        },
        first=[options[place] for place in (top.winner, *top.ties)],
        acceptance={
            side: {
                option: share
                for option, share in zip(options, acceptance[side], strict=True)
                if share is not None
            }
            for side in told
            if side in acceptance
        },
    )
