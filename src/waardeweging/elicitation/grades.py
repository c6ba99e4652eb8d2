"""Grades: what people find of every option itself, beside what they find important.

A grade compares nothing and weighs nothing. Whoever can live with an option may say so
here, whatever the model makes of their weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from waardeweging.elicitation.ballots import clean_side, read_round
from waardeweging.problem.arrays import IntArray
from waardeweging.problem.criteria import Text
from waardeweging.problem.errors import Faults, InputError, Place, read_all
from waardeweging.problem.labels import Described
from waardeweging.problem.tables import Cells, Row, Together, read_table

# The five grades from low to high, in the words that a file may use instead of 0 to 4.
WORDS: tuple[tuple[str, ...], ...] = (
    ("unacceptable", "onacceptabel"),
    ("poor", "slecht"),
    ("acceptable", "voldoende"),
    ("good", "goed"),
    ("very good", "heel goed"),
)
HIGHEST = len(WORDS) - 1
NO_ANSWER = -1

_GRADES = {word: grade for grade, words in enumerate(WORDS) for word in words}


class GradeSheet(Described):
    """Grades by one participant in one round.

    Parameters
    ----------
    participant : str
        Pseudonym, the same as on the ballot.
    side : str
    round : int
    grades : tuple of int or None, length n_alternatives
        0 (unacceptable) to 4 (very good); None where no answer was given.
    """

    participant: Text
    side: Text
    round: int = 1
    grades: tuple[int | None, ...]


def read_grades(
    path: Path, alternatives: Sequence[str], sides: Mapping[str, str], faults: Faults
) -> tuple[GradeSheet, ...]:
    """Read ``grades``: one row per participant and round, one column per option.

    Parameters
    ----------
    path : Path
    alternatives : sequence of str
        Ids of all options; empty when they could not be read, and then nothing is checked.
    sides : mapping of str to str
        Side of each participant by ballot. Who gave no ballot may grade.
    faults : Faults
        Remembers every fault of the file.
    """
    if not alternatives:
        return ()
    before = len(faults)
    with faults.collecting():
        table = read_table(
            path, required=("participant", "side", *alternatives), optional=("round",)
        )
    if len(faults) > before:
        return ()
    found: dict[tuple[str, int], GradeSheet] = {}
    side_of = dict(sides)
    columns = _Columns(alternatives)
    for row in table.rows:
        with faults.collecting():
            sheet = _sheet(row, columns)
            if (sheet.participant, sheet.round) in found:
                raise InputError(
                    "grade.duplicate",
                    where=row.place("participant"),
                    found=sheet.participant,
                    remedy="This participant stands twice in this round; keep one row.",
                )
            if side_of.setdefault(sheet.participant, sheet.side) != sheet.side:
                raise InputError(
                    "grade.two_sides",
                    where=row.place("side"),
                    found=sheet.side,
                    remedy="Elsewhere this participant stands on side '{side}'.",
                    side=side_of[sheet.participant],
                )
            found[sheet.participant, sheet.round] = sheet
    return tuple(found.values())


def grade_table(sheets: Sequence[GradeSheet], alternatives: int) -> IntArray:
    """Lay grades in a table, shape (n_people, n_alternatives); −1 = no answer."""
    # An array of floats takes None as not a number, far faster than a look at every grade.
    found = np.array([sheet.grades for sheet in sheets], np.float64)
    return np.nan_to_num(found, nan=NO_ANSWER).astype(np.int64).reshape(len(sheets), alternatives)


def grade_of(text: str, place: Place) -> int | None:
    """Read a grade as a number or a word; None when there is no answer.

    Raises
    ------
    InputError
        If it is none of the five.
    """
    said = " ".join(text.split()).casefold()
    if not said:
        return None
    if said in _GRADES:
        return _GRADES[said]
    if len(said) == 1 and said in "01234":
        return int(said)
    raise InputError(
        "grade.unknown",
        where=place,
        found=text,
        remedy="Write 0 to {highest}, or one of: {known}. Leave it empty for no answer.",
        highest=HIGHEST,
        known=", ".join(words[0] for words in WORDS),
    )


class _Columns:
    """How the cells of a table with grades are read."""

    def __init__(self, alternatives: Sequence[str]) -> None:
        self.others = Together[Any]([Cells("side", clean_side), Cells("round", read_round)])
        self.grades = Together([Cells(name, grade_of) for name in alternatives])


def _sheet(row: Row, columns: _Columns) -> GradeSheet:
    participant, (side, number), grades = read_all(
        row.file,
        lambda: row.id("participant"),
        lambda: columns.others.of(row),
        lambda: columns.grades.of(row),
    )
    said = {"participant": participant, "side": side, "round": number, "grades": grades}
    return GradeSheet.model_validate(said)
