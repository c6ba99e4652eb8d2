"""The moments at which working together is looked at: the start, each session, now, afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from waardeweging.process.chain import Recorded
from waardeweging.process.moments import day_of
from waardeweging.process.project import replaying as _  # noqa: F401
from waardeweging.process.project.state import Project
from waardeweging.process.streams import apply

START, NOW, AFTERWARDS = "t0", "now", "afterwards"
"""Ids of the moments that are not sessions; a measurement bears the id of its moment."""

AFTERWARDS_DAYS = 182
"""How long after the last session one looks back: half a year. [d]"""

MomentKind = Literal["start", "session", "now", "afterwards", "other"]


@dataclass(frozen=True, slots=True)
class Moment:
    """When working together is looked at.

    Parameters
    ----------
    id : str
        ``t0``, ``now``, ``afterwards``, the id of a session, or of another measurement.
    kind : str
    label : str
        As people wrote it; empty for the moments that the project itself has.
    day : str
        ISO 8601; empty when it is not known yet.
    """

    id: str
    kind: MomentKind
    label: str = ""
    day: str = ""


def moments(state: Project, today: str) -> tuple[Moment, ...]:
    """Give every moment of a project, the start first and then by day.

    The start is the day of its survey, or else the day on which the project began. The last
    one is half a year after the last session, whether that day has come or not.
    """
    start = _start(state)
    found = [
        *(
            Moment(name, "session", s.added.label, s.added.day)
            for name, s in state.sessions.items()
        ),
        *_others(state),
        *_afterwards(state),
        Moment(NOW, "now", day=today),
    ]
    return (start, *sorted(found, key=lambda one: one.day or "9999"))


def known(state: Project) -> tuple[str, ...]:
    """Give the ids of the moments that something may be observed at."""
    return (START, *state.sessions, AFTERWARDS, *(one.id for one in _others(state)))


def states_at(
    state: Project, records: Iterable[Recorded], days: Sequence[str]
) -> dict[str, Project]:
    """Give the project as it stood at the end of each day.

    Parameters
    ----------
    state : Project
        As it now stands.
    records : iterable of Recorded
        The whole chain, in order.
    days : sequence of str
        ISO 8601; a day before the project began gets no state.
    """
    kept = tuple(records)
    order = sorted(set(days))
    written = [day_of(one.at) for one in kept]
    ends = [sum(one <= day for one in written) for day in order]
    found: dict[str, Project] = {}
    now = Project(id=state.id)
    for day, (start, end) in zip(order, pairwise([0, *ends]), strict=True):
        for record in kept[start:end]:
            now = apply(now, record)
        if end:
            found[day] = now
    return found


def _start(state: Project) -> Moment:
    asked = state.measurements.get(START)
    label, day = (asked.label, asked.day) if asked else ("", day_of(state.began_at))
    return Moment(START, "start", label, day)


def _others(state: Project) -> list[Moment]:
    own = {START, AFTERWARDS, NOW, *state.sessions}
    return [
        Moment(name, "other", one.label, one.day)
        for name, one in state.measurements.items()
        if name not in own
    ]


def _afterwards(state: Project) -> list[Moment]:
    asked = state.measurements.get(AFTERWARDS)
    if asked is not None:
        return [Moment(AFTERWARDS, "afterwards", asked.label, asked.day)]
    days = [session.added.day for session in state.sessions.values()]
    if not days:
        return [Moment(AFTERWARDS, "afterwards")]
    day = date.fromisoformat(max(days)) + timedelta(days=AFTERWARDS_DAYS)
    return [Moment(AFTERWARDS, "afterwards", day=day.isoformat())]
