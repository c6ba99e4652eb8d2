"""What all phones share in one process: the store, the scenarios, and how often one may try."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

from waardeweging.analysis.scenario import Scenario
from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.app.hall_store import hall_store
from waardeweging.app.phone.limits import Limiter
from waardeweging.process.publication import ROUNDS, told
from waardeweging.process.workshop import Workshop
from waardeweging.store import Store

Kept = TypeVar("Kept")

TRIES, SUBMISSIONS, DRAFTS, REMARKS, PAPERS = 10, 10, 240, 6, 60
# A hall stands behind one address, so people who share one may be wrong more often together.
TRIES_TOGETHER = 100
_GLANCE = 0.5
# A room keeps its number as long as its workshop is there, so this is looked up now and then.
_ROOM = 30.0
_MOST_ROOMS = 1000
_MOST_SCENARIOS = 8


@dataclass
class Limits:
    """Tries a minute, per kind of try."""

    clock: Callable[[], float] = time.monotonic
    tries: Limiter = field(init=False)
    together: Limiter = field(init=False)
    submissions: Limiter = field(init=False)
    drafts: Limiter = field(init=False)
    remarks: Limiter = field(init=False)
    papers: Limiter = field(init=False)

    def __post_init__(self) -> None:
        self.tries = Limiter(TRIES, self.clock)
        self.together = Limiter(TRIES_TOGETHER, self.clock)
        self.submissions = Limiter(SUBMISSIONS, self.clock)
        self.drafts = Limiter(DRAFTS, self.clock)
        self.remarks = Limiter(REMARKS, self.clock)
        self.papers = Limiter(PAPERS, self.clock)


class Hall:
    """The store and what is remembered of it for a moment.

    Parameters
    ----------
    store : callable, optional
        Gives the store of this process.
    clock : callable, optional
        Seconds that only go up.
    """

    def __init__(
        self,
        store: Callable[[], Store] = hall_store,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._clock = store, clock
        self.limits = Limits(clock)
        self._scenarios: dict[tuple[str, str], Scenario] = {}
        self._rooms: dict[str, tuple[float, str]] = {}
        self._told: set[str] = set()
        self._glances: dict[str, tuple[float, Workshop | None]] = {}
        self._lock = Lock()

    @property
    def store(self) -> Store:
        """The store of this process."""
        return self._store()

    def workshop(self, room: str) -> Workshop | None:
        """Give the workshop of a room, as it is now; None when there is no such room."""
        at, workshop = self._rooms.get(room, (-_ROOM, ""))
        if self._clock() - at < _ROOM:
            return self.store.workshop(workshop)
        found = self.store.by_room_code(room)
        if found is None:
            return None
        _keep(self._rooms, room, (self._clock(), found))
        return self.store.workshop(found)

    def knows(self, room: str) -> bool:
        """Say whether a glance at a room costs nothing now."""
        return self._clock() - self._glances.get(room, (-_GLANCE, None))[0] < _GLANCE

    def glance(self, room: str) -> Workshop | None:
        """Give the workshop of a room as it was at most half a second ago, for who waits."""
        at, found = self._glances.get(room, (-_GLANCE, None))
        if self._clock() - at < _GLANCE:
            return found
        found = self.workshop(room)
        _keep(self._glances, room, (self._clock(), found))
        return found

    def has_told(self, workshop: Workshop) -> bool:
        """Say whether the big screen showed what round 1 came to; once it did, it did."""
        if workshop.id not in self._told:
            seen = told(self.store.records(workshop.id), ROUNDS[0], workshop.rules.fewest)
            if seen.at is None:
                return False
            self._told.add(workshop.id)
        return workshop.sheets[ROUNDS[0]].status == "closed"

    def scenario(self, workshop: Workshop) -> Scenario:
        """Give the scenario of a workshop; read once per version."""
        key = workshop.id, workshop.files_sha256
        with self._lock:
            if key not in self._scenarios:
                if len(self._scenarios) >= _MOST_SCENARIOS:
                    self._scenarios.pop(next(iter(self._scenarios)))
                self._scenarios[key] = scenario_in(self.store.files(workshop.id))
            return self._scenarios[key]


def _keep(kept: dict[str, Kept], room: str, found: Kept) -> None:
    """Remember something of a room; guesses at rooms never fill the memory."""
    if len(kept) >= _MOST_ROOMS:
        kept.clear()
    kept[room] = found
