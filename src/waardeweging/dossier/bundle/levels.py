"""What of people's answers may leave the house, and in which form.

Three levels: aggregates per side, rounded rows without names, and everything for the
controller alone. A bundle holds no more than its level, and its outcome is that of what
it holds, so that a reader can recalculate it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import numpy as np

from waardeweging.elicitation.ballots import INSTITUTION, SIDES, Ballot
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.elicitation.weighing import Weighing
from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.errors import InputError, Place

FEWEST_ROWS = 10
STEP = 5
THIRD = "third_parties"
HIGHEST = 100


class Level(StrEnum):
    """How much of the answers a bundle holds."""

    AGGREGATES = "L0"
    ROWS = "L1"
    FULL = "L2"


def public_level(weighing: Weighing) -> Level:
    """Give the most that may be published of these answers."""
    counts = [_persons(weighing, party) for party in weighing.parties]
    rows = all(count == 0 or count >= FEWEST_ROWS for count in counts)
    return Level.ROWS if rows else Level.AGGREGATES


def check_level(weighing: Weighing, level: Level) -> None:
    """Refuse rows of a side, or a third party with a share, of fewer than ten people.

    Raises
    ------
    InputError
        If the level is too high.
    """
    if level is Level.ROWS and public_level(weighing) is not Level.ROWS:
        raise InputError(
            "bundle.level",
            where=Place("ballots", None, "side"),
            found=level.value,
            remedy="A side has fewer than {fewest} people; choose {other}.",
            fewest=FEWEST_ROWS,
            other=Level.AGGREGATES.value,
        )


def may_show_sides(weighing: Weighing) -> bool:
    """Say whether all who have a share are large enough for figures about each.

    The others would give away the one that is not: together they make the joint weights.
    """
    return all(weighing.may_show(party) for party in weighing.parties)


def people(weighing: Weighing) -> dict[str, int | None]:
    """Count the people per side; None for fewer than five."""
    counts = {side: _persons(weighing, side) for side in dict.fromkeys((*SIDES, *weighing.sides))}
    return {side: n if n == 0 or n >= FEWEST else None for side, n in counts.items()}


def side_points(weighing: Weighing) -> dict[str, Any] | None:
    """Give the weights of each side in whole points of 100; None when a side is too small.

    Third parties with a share, if any, stand by name under ``third_parties``.
    """
    if not may_show_sides(weighing):
        return None
    return per_party(
        {
            party: whole_points(weights)
            for party, weights in zip(weighing.parties, weighing.party_weights, strict=True)
        }
    )


def per_party(given: Mapping[str, Any]) -> dict[str, Any]:
    """Write something per party: both sides by name, others under ``third_parties``."""
    third = {name: one for name, one in given.items() if name not in SIDES}
    return {side: given[side] for side in SIDES} | ({THIRD: third} if third else {})


def of_parties(written: Mapping[str, Any]) -> dict[str, Any]:
    """Read what `per_party` wrote; what is under the name of a side is of that side."""
    sides = {side: written[side] for side in SIDES}
    return sides | dict(written.get(THIRD, {})) | sides


def whole_points(weights: FloatArray) -> list[int]:
    """Round weights to whole points of 100; the largest keeps at least one."""
    points = np.rint(weights * HIGHEST).astype(int)
    points[int(weights.argmax())] = max(1, int(points.max()))
    return [int(point) for point in points]


def rounded_rows(weighing: Weighing) -> dict[str, Any]:
    """Give everyone's weights as swing points in steps of five, in an order that tells nothing.

    The rows are sorted by what they hold: who came first cannot be found back. An
    institution answered under its own name and keeps it.
    """
    top = weighing.weights.max(axis=1, keepdims=True)
    points = (np.rint(weighing.weights / top * (HIGHEST / STEP)) * STEP).astype(int)
    is_named = weighing.of_kind(INSTITUTION)
    rows = {
        side: [_text(row) for row in sorted(points[weighing.on_side(side) & ~is_named].tolist())]
        for side in weighing.parties
    }
    named = [
        {"name": name, "side": side, "points": _text(row.tolist())}
        for name, side, row, named in zip(
            weighing.participants, weighing.sides, points, is_named, strict=True
        )
        if named and side in weighing.parties
    ]
    named = sorted(named, key=lambda one: (one["side"], one["name"]))
    return {"rows": per_party(rows), "institutions": named}


def points_of(row: str) -> list[int]:
    """Read a row: whole numbers with a space between them."""
    return [int(point) for point in row.split(" ")]


def ballots_of_rows(
    held: Mapping[str, Any], criteria: Sequence[str], columns: Sequence[int]
) -> tuple[Ballot, ...]:
    """Read rounded rows as ballots, so that they can be weighed like any other."""
    rows: list[tuple[str, str, Sequence[int], str]] = [
        (f"{side}-{number}", side, points_of(points), "person")
        for side, given in of_parties(held["rows"]).items()
        for number, points in enumerate(given, 1)
    ]
    rows += [
        (one["name"], one["side"], points_of(one["points"]), INSTITUTION)
        for one in held["institutions"]
    ]
    return tuple(
        _ballot(name, side, row, kind, criteria, columns) for name, side, row, kind in rows
    )


def ballots_of_sides(
    points: Mapping[str, Any] | None,
    criteria: Sequence[str],
    columns: Sequence[int],
    third_parties: Sequence[str] = (),
) -> tuple[Ballot, ...]:
    """Let each party speak with one voice; without points every criterion counts alike.

    The last is only to compute what does not depend on anyone's answers.
    """
    even = [1] * len(columns)
    parties = (*SIDES, *third_parties)
    given = dict.fromkeys(parties, even) if points is None else of_parties(points)
    return tuple(
        _ballot(party, party, given[party], INSTITUTION, criteria, columns) for party in parties
    )


def _ballot(
    name: str,
    side: str,
    points: Sequence[int],
    kind: str,
    criteria: Sequence[str],
    columns: Sequence[int],
) -> Ballot:
    answers = [0.0] * len(criteria)
    for column, point in zip(columns, points, strict=True):
        answers[column] = float(point)
    return Ballot.model_validate(
        {
            "participant": name,
            "side": side,
            "method": "points",
            "criteria": tuple(criteria),
            "answers": tuple(answers),
            "kind": kind,
        }
    )


def _text(points: Sequence[int]) -> str:
    """Write a row as one text: a crowd of numbers would be slow to read and to compare."""
    return " ".join(str(point) for point in points)


def _persons(weighing: Weighing, side: str) -> int:
    return int(np.count_nonzero(weighing.on_side(side) & ~weighing.of_kind(INSTITUTION)))
