"""The sessions of a project, what they found, and what was learned."""

from __future__ import annotations

from collections.abc import Mapping

from waardeweging.elicitation.privacy import FEWEST
from waardeweging.process.deciding import Decided, one, refusal
from waardeweging.process.project import events as e
from waardeweging.process.project.state import Project


def begin(title: str, *, language: str, neighbourhood: str, exploration: bool) -> Decided:
    """Begin a project."""
    if not title.strip():
        raise refusal("project.no_title", "Give the project a title.", "title")
    return one(
        e.Began,
        title=title.strip(),
        language=language,
        neighbourhood=neighbourhood,
        exploration=exploration,
    )


def announce(state: Project, title: str, *, exploration: bool, public: bool) -> Decided:
    """Change what is said of the project itself."""
    if not title.strip():
        raise refusal("project.no_title", "Give the project a title.", "title")
    return one(e.Announced, title=title.strip(), exploration=exploration, public=public)


def add(state: Project, session: str, gathering: e.Gathering, label: str, day: str) -> Decided:
    """Say that a workshop or a consultation belongs to the project."""
    if session in state.sessions:
        raise refusal("project.taken", "Give it another name.", session)
    return one(e.SessionAdded, id=session, gathering=gathering, label=label.strip(), day=day)


def record_weights(state: Project, weighed: e.SessionWeighed) -> Decided:
    """Keep what a session found, of sides with enough people only."""
    _known(state, weighed.id)
    for side in (*weighed.weights, *weighed.acceptance):
        _enough(weighed.counted.get(side, 0), side, weighed.id)
    return one(e.SessionWeighed, **weighed.model_dump())


def record_cooperation(state: Project, measured: e.CooperationMeasured) -> Decided:
    """Keep what sides with enough people answered about working together."""
    for side, means in measured.means.items():
        if any(mean is not None for mean in means.values()):
            _enough(measured.counted.get(side, 0), side, measured.id)
    return one(e.CooperationMeasured, **measured.model_dump())


def observe(state: Project, observed: e.IndicatorObserved) -> Decided:
    """Keep an indicator that somebody observed, with the grounds for it."""
    if not observed.grounds.strip():
        raise refusal("project.grounds", "Say how this is known.", "grounds")
    return one(e.IndicatorObserved, **observed.model_dump())


def learn(state: Project, lesson: str, text: str) -> Decided:
    """Write a lesson down."""
    if not text.strip():
        raise refusal("project.no_text", "Write what it is about, and what is agreed.", lesson)
    return one(e.LessonWritten, id=lesson, text=text.strip())


def harvest(state: Project, harvested: e.Harvested) -> Decided:
    """Write down what a table brought back."""
    if not harvested.text.strip():
        raise refusal(
            "project.no_text", "Write what it is about, and what is agreed.", harvested.id
        )
    return one(e.Harvested, **harvested.model_dump())


def drift(state: Project) -> Mapping[str, Mapping[str, tuple[int | None, ...]]]:
    """Give the weights of each side over the sessions, in the order of the sessions.

    Returns
    -------
    mapping of str to mapping of str to tuple of int or None
        Per side, per criterion: whole points per session; None where a session did not ask
        or show it. [0–100]
    """
    weighed = [session.weighed for session in state.sessions.values() if session.weighed]
    sides = {side: None for held in weighed for side in held.weights}
    return {
        side: {
            criterion: tuple(held.weights.get(side, {}).get(criterion) for held in weighed)
            for criterion in {name: None for held in weighed for name in held.weights.get(side, {})}
        }
        for side in sides
    }


def _known(state: Project, session: str) -> None:
    if session not in state.sessions:
        raise refusal("project.unknown", "Choose one that is there.", session)


def _enough(count: int, side: str, place: str) -> None:
    if count < FEWEST:
        raise refusal(
            "project.few",
            "Leave out side '{side}': fewer than {least} people.",
            place,
            side=side,
            least=FEWEST,
        )
