"""What an indicator of equal cooperation looks like: values per side and moment, never a sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from waardeweging.elicitation.ballots import MUNICIPALITY, RESIDENTS
from waardeweging.process.project.events import Indicator
from waardeweging.process.project.indicator_moments import Moment

FEWEST_CASES = 3
"""From how many cases on a gap in the log can come first."""

JOINT = "joint"
"""Stands in the place of a side when a value is the same for everybody."""

Grounds = Literal["log", "asked", "observed"]
Unit = Literal["step", "rung", "share", "grade", "change", "days", "people"]

Missing = Literal["few", "not_measured", "no_cases", "not_yet"]
"""Why there is no value: fewer than five people, nobody looked, nothing to count, still to come."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From where to where a value runs.

    Parameters
    ----------
    unit : str
        ``step`` of a ladder, ``rung`` of participation, ``share``, ``grade`` that people
        gave, ``change`` of one, ``days`` or ``people``.
    low, high : float
        `high` is None when there is no end.
    """

    unit: Unit
    low: float
    high: float | None

    def holds(self, value: float) -> bool:
        """Say whether a value lies on the scale."""
        return self.low <= value and (self.high is None or value <= self.high)


STEP, RUNG, SHARE = Scale("step", 0.0, 4.0), Scale("rung", 1.0, 5.0), Scale("share", 0.0, 1.0)
GRADE, CHANGE = Scale("grade", 1.0, 5.0), Scale("change", -4.0, 4.0)
DAYS, PEOPLE = Scale("days", 0.0, None), Scale("people", 0.0, None)

OBSERVED: Mapping[Indicator, Scale] = {
    "equal_weight": STEP,
    "say": STEP,
    "room": RUNG,
    "information": SHARE,
    "voice": GRADE,
    "seriously": GRADE,
    "trust": GRADE,
    "reasoning": SHARE,
    "follow_through": SHARE,
    "took_part": SHARE,
    "difference": SHARE,
    "facilitation": STEP,
}
"""The scale on which somebody observes an indicator."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, or why there is none.

    Parameters
    ----------
    value : float or None
    missing : str or None
        None when there is a value.
    of : int or None
        How many people or cases it is about, where that is known.
    words : str
        How somebody knows it; only of what was observed.
    """

    value: float | None = None
    missing: Missing | None = "not_measured"
    of: int | None = None
    words: str = ""

    @classmethod
    def known(cls, value: float, of: int | None = None, words: str = "") -> Cell:
        """Give a cell with a value."""
        return cls(float(value), None, of, words)


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One measure of one indicator, over time.

    Parameters
    ----------
    indicator : str
    measure : str
        What about it, such as ``asked`` or ``adopted``.
    grounds : str
        Computed from the log, asked of people, or observed by somebody.
    scale : Scale
    moments : tuple of Moment
    cells : mapping of str to tuple of Cell
        Per side, or under `JOINT` when there is one value for everybody; a cell per moment.
    about : str
        What the measure is about, such as ``leeftijd``; mostly empty.
    """

    indicator: Indicator
    measure: str
    grounds: Grounds
    scale: Scale
    moments: tuple[Moment, ...]
    cells: Mapping[str, tuple[Cell, ...]]
    about: str = ""

    @property
    def is_joint(self) -> bool:
        """Whether there is one value for everybody."""
        return JOINT in self.cells

    @property
    def gaps(self) -> tuple[float | None, ...]:
        """Distance between the sides per moment; None where one of them has no value.

        Numbers of people are never compared: the sides are not equally large.
        """
        if self.is_joint or self.scale == PEOPLE:
            return (None,) * len(self.moments)
        pairs = zip(self.cells[RESIDENTS], self.cells[MUNICIPALITY], strict=True)
        return tuple(_distance(one.value, other.value) for one, other in pairs)

    @property
    def gap(self) -> float | None:
        """The last distance between the sides that is known."""
        known = [gap for gap in self.gaps if gap is not None]
        return known[-1] if known else None

    @property
    def wideness(self) -> float:
        """Last gap as a part of the scale, only to put the widest one first; 0 to 1.

        What the log counts in fewer than three cases never comes first: one case more or
        less would turn it around.
        """
        if not self.gap or self._rests_on_few:
            return 0.0
        return self.gap / (self._longest - self.scale.low)

    @property
    def _rests_on_few(self) -> bool:
        place = max(place for place, gap in enumerate(self.gaps) if gap is not None)
        cases = [cells[place].of for cells in self.cells.values()]
        return self.grounds == "log" and any(of is not None and of < FEWEST_CASES for of in cases)

    @property
    def _longest(self) -> float:
        if self.scale.high is not None:
            return self.scale.high
        return max(cell.value or 0.0 for side in self.cells.values() for cell in side)

    @property
    def is_empty(self) -> bool:
        """Whether no moment has a value."""
        return all(cell.value is None for side in self.cells.values() for cell in side)


def _distance(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else abs(one - other)
