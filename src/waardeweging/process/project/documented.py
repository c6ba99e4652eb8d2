"""Which performances were there with source and range, in time before a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from waardeweging.problem.alternatives import Cell as Performance
from waardeweging.problem.alternatives import DecisionProblem
from waardeweging.process.moments import day_of
from waardeweging.process.project.indicator_rows import Cell
from waardeweging.process.project.state import Files, Project

IN_TIME_DAYS = 5
"""How long before a session everybody can read the performances. [d]"""

_WITHOUT_RANGE = ("measured", "definition")


@dataclass(frozen=True, slots=True)
class Documented:
    """The performances of one version of the files.

    Parameters
    ----------
    cells : frozenset
        Those with source and range, comparable between versions.
    of : int
        How many performances there are.
    """

    cells: frozenset[Performance]
    of: int


def documented(problem: DecisionProblem) -> Documented:
    """Find the performances with a source and a range.

    What was measured, or is so by definition, needs no range.
    """
    known = {source.id for source in problem.sources}
    cells = [cell for row in problem.cells for cell in row]
    return Documented(
        frozenset(cell for cell in cells if cell.source in known and _has_range(cell)), len(cells)
    )


def in_time_share(state: Project, session: str, facts: Mapping[int, Documented]) -> Cell:
    """Give which part of a session's performances could be read in time, with source and range.

    Parameters
    ----------
    state : Project
    session : str
    facts : mapping of int to Documented
        By version of the files.

    Returns
    -------
    Cell
        A performance that changed later than five days before the session does not count.
        [0–1]
    """
    day = date.fromisoformat(state.sessions[session].added.day)
    used = _version(state, day)
    if used is None:
        return Cell(missing="no_cases")
    if used.kept.version not in facts:
        return Cell()
    early = _version(state, day - timedelta(days=IN_TIME_DAYS))
    found = facts[used.kept.version]
    before = facts.get(early.kept.version) if early else None
    same = found.cells & before.cells if before else frozenset()
    return Cell.known(len(same) / found.of, found.of)


def _version(state: Project, day: date) -> Files | None:
    kept = [one for one in state.files if day_of(one.at) <= day.isoformat()]
    return kept[-1] if kept else None


def _has_range(cell: Performance) -> bool:
    return cell.low < cell.high or cell.grounds in _WITHOUT_RANGE
