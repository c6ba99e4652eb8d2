"""The forms of what a bundle says about answers and outcome, and who is too few to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import numpy as np
from pydantic import Field, TypeAdapter

from waardeweging.dossier.bundle.contents import (
    ANNOUNCED,
    BALLOTS,
    FILES,
    OPENED,
    OUTCOME,
    PERSONAL,
    Head,
)
from waardeweging.dossier.bundle.events import OpenedAnswer, public_files
from waardeweging.dossier.bundle.levels import (
    FEWEST_ROWS,
    HIGHEST,
    STEP,
    Level,
    of_parties,
    points_of,
)
from waardeweging.dossier.bundle.recalculate import OF_SIDES, WITHOUT_ANSWERS
from waardeweging.dossier.verify.report import Check, Step, ok, open_promise, wrong
from waardeweging.elicitation.ballots import SIDES
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.problem.labels import Described

Id = Annotated[str, Field(max_length=200)]
Point = Annotated[int, Field(strict=True, ge=0, le=100)]
Score = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Row = tuple[Point, ...]
# Numbers with a space between them.
RowText = Annotated[str, Field(pattern=r"^\d{1,3}( \d{1,3})*$", max_length=1000)]
AnswersText = Annotated[str, Field(pattern=r"^([\d.e+-]+( [\d.e+-]+)*)?$", max_length=5000)]


class SideNumbers(Described):
    """Whole points of both sides, and of third parties with a share."""

    residents: Row
    municipality: Row
    third_parties: dict[Id, Row] = Field(default_factory=dict)


class Scores(Described):
    """Rounded scores of both sides and together."""

    residents: tuple[Score, ...]
    municipality: tuple[Score, ...]
    joint: tuple[Score, ...]
    third_parties: dict[Id, tuple[Score, ...]] = Field(default_factory=dict)


class Announced(Described):
    """The form of ``announced.json``."""

    people: dict[Id, Annotated[int, Field(strict=True, ge=0)] | None]
    by_department: bool
    winner: Id
    ranking: tuple[Id, ...]
    ties: tuple[Id, ...]
    weights: SideNumbers | None
    scores: Scores | None
    robustness: Id
    robustness_with_bands: Id


class Aggregates(Described):
    """The form of ``ballots.json`` at the lowest level."""

    points: SideNumbers | None


class Institution(Described):
    """Weights that an institution gave under its own name."""

    name: Id
    side: Id
    points: RowText


class SideRows(Described):
    """Rows per side."""

    residents: tuple[RowText, ...]
    municipality: tuple[RowText, ...]
    third_parties: dict[Id, tuple[RowText, ...]] = Field(default_factory=dict)


class Rows(Described):
    """The form of ``ballots.json`` with rounded rows."""

    rows: SideRows
    institutions: tuple[Institution, ...]


class FullBallot(Described):
    """A ballot as given; its fields are checked once more when it is weighed."""

    participant: Id
    side: Id
    department: Id
    round: Annotated[int, Field(strict=True, ge=1)]
    method: Id
    answers: AnswersText
    kind: Id
    mandate: Annotated[str, Field(max_length=2000)]


class Full(Described):
    """The form of ``ballots.json`` with everything."""

    ballots: tuple[FullBallot, ...]


_OF_LEVEL: Mapping[Level, type[Described]] = {
    Level.AGGREGATES: Aggregates,
    Level.ROWS: Rows,
    Level.FULL: Full,
}


def forms_of(level: Level) -> dict[str, TypeAdapter[Any]]:
    """Give the form of every document that holds answers, by file name."""
    return {
        ANNOUNCED: TypeAdapter(Announced),
        BALLOTS: TypeAdapter(_OF_LEVEL[level]),
        OPENED: TypeAdapter(tuple[OpenedAnswer, ...]),
    }


def check_suppression(
    head: Head, documents: Mapping[str, Any], files: Mapping[str, bytes]
) -> Iterator[Check]:
    """Find figures about too few people, and answers that the level does not allow.

    Parameters
    ----------
    head : Head
    documents : mapping of str to JSON
        That have their form.
    files : mapping of str to bytes
    """
    if head.level is Level.FULL:
        yield open_promise(Step.SUPPRESSION, "full")
        return
    found = [
        *_too_few(head, documents),
        *(_rows(documents[BALLOTS]) if head.level is Level.ROWS else ()),
        *_outcome(head, documents[OUTCOME]),
        *_inside(files),
    ]
    yield from found
    if not found:
        yield ok(Step.SUPPRESSION, "suppression", fewest=FEWEST)


def _too_few(head: Head, documents: Mapping[str, Any]) -> Iterator[Check]:
    told = documents[ANNOUNCED]
    for side, count in told["people"].items():
        if count is not None and 0 < count < FEWEST:
            yield _wrong(f"{ANNOUNCED}/people/{side}")
    for name in ("weights", "scores"):
        if (told[name] is not None) != head.sides_shown:
            yield _wrong(f"{ANNOUNCED}/{name}")
    parties = SIDES if told["weights"] is None else of_parties(told["weights"])
    if head.sides_shown and any(told["people"].get(party) is None for party in parties):
        yield _wrong(f"{ANNOUNCED}/people")
    if head.level is Level.AGGREGATES:
        if (documents[BALLOTS]["points"] is not None) != head.sides_shown:
            yield _wrong(f"{BALLOTS}/points")
        elif documents[BALLOTS]["points"] != told["weights"]:
            yield wrong(Step.SUPPRESSION, "other_points", f"{BALLOTS}/points")


def _rows(ballots: Mapping[str, Any]) -> Iterator[Check]:
    for side, rows in of_parties(ballots["rows"]).items():
        place = f"{BALLOTS}/rows/{side}"
        if 0 < len(rows) < FEWEST_ROWS:
            yield _wrong(place)
        points = np.array([points_of(row) for row in rows] or [[100]])
        if rows and list(np.lexsort(points.T[::-1])) != list(range(len(rows))):
            yield wrong(Step.SUPPRESSION, "order", place)
        is_odd = (points % STEP).any(axis=1) | (points.max(axis=1) != HIGHEST)
        if is_odd.any():
            yield wrong(Step.SUPPRESSION, "steps", f"{place}/{int(is_odd.argmax())}", step=STEP)


def _outcome(head: Head, outcome: Any) -> Iterator[Check]:
    if not isinstance(outcome, dict):
        yield wrong(Step.SUPPRESSION, "unexpected", OUTCOME)
        return
    if head.level is Level.AGGREGATES:
        allowed = OF_SIDES if head.sides_shown else WITHOUT_ANSWERS
        for key in sorted(outcome.keys() - set(allowed)):
            yield wrong(Step.SUPPRESSION, "level", f"{OUTCOME}/{key}")
    groups = outcome.get("supporters", [])
    for number, group in enumerate(groups if isinstance(groups, list) else []):
        count = group.get("number") if isinstance(group, dict) else None
        if isinstance(count, int) and 0 < count < FEWEST:
            yield _wrong(f"{OUTCOME}/supporters/{number}")


def _inside(files: Mapping[str, bytes]) -> Iterator[Check]:
    """Find what never goes out: other answers, nonces, files with answers."""
    for name in (PERSONAL, OPENED):
        if name in files:
            yield wrong(Step.SUPPRESSION, "level", name)
    own = {name.removeprefix(FILES): b"" for name in files if name.startswith(FILES)}
    for name in sorted(own.keys() - public_files(own).keys()):
        yield wrong(Step.SUPPRESSION, "level", f"{FILES}{name}")


def _wrong(place: str) -> Check:
    return wrong(Step.SUPPRESSION, "too_few", place, fewest=FEWEST)
