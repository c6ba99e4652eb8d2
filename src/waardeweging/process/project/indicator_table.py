"""The cells of the indicators: what is known of a side at a moment, or why nothing is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from waardeweging.elicitation.ballots import RESIDENTS, SIDES
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.process.project import logged
from waardeweging.process.project.documented import Documented
from waardeweging.process.project.events import Indicator, SessionWeighed
from waardeweging.process.project.indicator_moments import START, Moment
from waardeweging.process.project.indicator_rows import (
    JOINT,
    Cell,
    Grounds,
    IndicatorRow,
    Scale,
)
from waardeweging.process.project.rules import rules_of_evening
from waardeweging.process.project.state import Project

NO_CASES = Cell(missing="no_cases")
OfSide = Callable[[Moment, str], Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """What all rows share: the moments, and the project as it stood at each."""

    state: Project
    moments: tuple[Moment, ...]
    today: str
    then: Mapping[str, Project]
    facts: Mapping[int, Documented]

    def row(
        self,
        indicator: Indicator,
        measure: str,
        grounds: Grounds,
        scale: Scale,
        cell: OfSide,
        *,
        sides: tuple[str, ...] = SIDES,
        about: str = "",
    ) -> IndicatorRow:
        """Make a row: a cell per side and moment, but none for a moment still to come."""
        cells = {
            side: tuple(
                Cell(missing="not_yet") if self._is_ahead(one) else cell(one, side)
                for one in self.moments
            )
            for side in sides
        }
        return IndicatorRow(indicator, measure, grounds, scale, self.moments, cells, about)

    def log(
        self,
        name: str,
        scale: Scale,
        find: Callable[[Project, Moment, str], Cell],
        sides: tuple[str, ...] = SIDES,
    ) -> IndicatorRow:
        """Make a row of what the log said at each moment."""

        def cell(one: Moment, side: str) -> Cell:
            found = self.then.get(one.day)
            return Cell() if found is None else find(found, one, side)

        indicator, measure = name.split(".")
        return self.row(cast("Indicator", indicator), measure, "log", scale, cell, sides=sides)

    def steps_of_weight(self, then: Project, one: Moment, _: str) -> Cell:
        """Say how far equal weight got; a result counts for the day of its session."""
        weighed = any(
            held.weighed is not None and set(SIDES) <= held.weighed.weights.keys()
            for held in self.state.sessions.values()
            if held.added.day <= one.day
        )
        return logged.steps_of_weight(then, weighed=weighed)

    def of_result(self, find: Callable[[SessionWeighed, str], float | None]) -> OfSide:
        """Make cells of the results of sessions, for a group that is large enough to tell of."""

        def cell(one: Moment, side: str) -> Cell:
            held = self.state.sessions[one.id].weighed if one.kind == "session" else None
            found = None if held is None else find(held, side)
            if held is None or found is None:
                return Cell()
            whose = RESIDENTS if side == JOINT else side
            return self.shown(found, held.counted.get(whose, 0))

        return cell

    def shown(self, value: float | None, people: int) -> Cell:
        """Give a value about people, unless there are too few of them."""
        if people < self.fewest or value is None:
            return Cell(missing="few")
        return Cell.known(value, people)

    @property
    def fewest(self) -> int:
        """Of how many people a figure is told, as the members agreed."""
        return max(FEWEST, rules_of_evening(self.state).fewest)

    def asked(self, question: str, one: Moment, side: str) -> Cell:
        """Give the mean answer of a side at a moment."""
        measured = self.state.measurements.get(one.id)
        means = measured.means.get(side, {}) if measured else {}
        people = measured.counted.get(side, 0) if measured else 0
        if 0 < people < self.fewest:
            return Cell(missing="few")
        return self.shown(means[question], people) if question in means else Cell()

    def observed(self, indicator: Indicator, one: Moment, side: str) -> Cell:
        """Give what somebody observed."""
        seen = self.state.observations.get((indicator, one.id, side))
        return Cell() if seen is None else Cell.known(seen.value, words=seen.grounds)

    def change_of_trust(self, one: Moment, side: str) -> Cell:
        """Give how trust changed since the start."""
        start, found = (self.asked("trust", at, side) for at in (self.moments[0], one))
        if one.id == START or found.value is None or start.value is None:
            return NO_CASES if one.id == START else Cell(missing=found.missing or start.missing)
        return Cell.known(found.value - start.value, found.of)

    def kept_promise(self, one: Moment, side: str) -> Cell:
        """Give how many rungs the room that was there differs from the promised one."""
        then = self.then.get(one.day)
        promised = logged.promised_rung(then) if then else Cell()
        seen = self.observed("room", one, side)
        if promised.value is None or seen.value is None:
            return Cell(missing=seen.missing or promised.missing)
        return Cell.known(seen.value - promised.value, words=seen.words)

    def _is_ahead(self, one: Moment) -> bool:
        return one.day > self.today or (not one.day and one.kind == "afterwards")
