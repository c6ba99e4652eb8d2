"""A neighbourhood consultation: thousands of answers, kept in columns.

One person is a row here and never an object, so that memory grows with the file and not
with the number of things in it. Nothing is removed: who stands twice, or seems hasty, is
marked elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from waardeweging.elicitation.population import PopulationMargin
from waardeweging.problem.arrays import ArrayRecord, BoolArray, FloatArray, IntArray

NAME = "consultation"
"""Of the file in a scenario folder, without its ending."""

NOT_SAID = -1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a consultation may hold: the criteria, the options and who lives here.

    Parameters
    ----------
    criteria, alternatives : tuple of str
        Ids.
    population : tuple of PopulationMargin
        Its attributes may be columns.
    """

    criteria: tuple[str, ...]
    alternatives: tuple[str, ...] = ()
    population: tuple[PopulationMargin, ...] = ()


@dataclass(frozen=True, eq=False)
class Consultation(ArrayRecord):
    """All rows of a consultation, as given.

    Parameters
    ----------
    file : str
    asked : Asked
    participants : tuple of str, length n_rows
        Pseudonym, or the personal code when a list of these was given.
    people : array of int, shape (n_rows,)
        Number of the participant; the same participant has the same number.
    side_names : tuple of str
    sides : array of int, shape (n_rows,)
        Position in `side_names`.
    points : array, shape (n_rows, n_criteria)
        As given; zeros for who abstained. [0 or more]
    grades : array of int, shape (n_rows, n_alternatives)
        0 to 4; −1 = no answer.
    members : array of int, shape (n_attributes, n_rows)
        Position of the category in the population; −1 = not said.
    seconds, moments : array, shape (n_rows,)
        How long it took, and when it was handed in; −1 = not known. [s]
    devices : array of int, shape (n_rows,)
        Number of the device; −1 = not known.
    issued : int or None
        How many personal codes were given out; None without a list.
    strangers : array of bool, shape (n_rows,)
        Whether the code was never given out.
    """

    file: str
    asked: Asked
    participants: tuple[str, ...]
    people: IntArray
    side_names: tuple[str, ...]
    sides: IntArray
    points: FloatArray
    grades: IntArray
    members: IntArray
    seconds: FloatArray
    moments: FloatArray
    devices: IntArray
    issued: int | None
    strangers: BoolArray

    def __len__(self) -> int:
        return len(self.participants)

    @property
    def abstains(self) -> BoolArray:
        """Who filled in no points; that is not the same as equal weights."""
        return np.asarray(~self.points.any(axis=1))

    @property
    def knows_order(self) -> bool:
        """Whether it is known of every row when it was handed in."""
        return bool((self.moments >= 0).all())

    @property
    def order(self) -> IntArray:
        """Rows in the order in which they were handed in; else as they stand in the file."""
        if not self.knows_order:
            return np.arange(len(self))
        return np.argsort(self.moments, kind="stable")

    @property
    def counted(self) -> IntArray:
        """Rows that count: the last one of every participant, in the order of the file."""
        last = np.full(int(self.people.max(initial=-1)) + 1, -1)
        order = self.order
        last[self.people[order]] = order
        return np.sort(last)

    def on_side(self, side: str) -> BoolArray:
        """Mark the rows of a side."""
        place = self.side_names.index(side) if side in self.side_names else -1
        return np.asarray(self.sides == place)


def with_pseudonyms(given: Consultation) -> Consultation:
    """Put numbers in the place of personal codes, which are secrets."""
    if given.issued is None:
        return given
    return replace(given, participants=tuple(f"w{number + 1:06d}" for number in given.people))
