"""A consultation as a scenario folder of its own, ready to analyse.

What is decided is copied from the scenario. Ballots, grades and attributes are those of the
consultation; sides that it did not ask keep theirs. Flags stand in a file beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from waardeweging.analysis.consulting import asked_of, not_asked
from waardeweging.analysis.scenario import FILE, Scenario, read_scenario
from waardeweging.analysis.scenario_in_files import named_outside
from waardeweging.effects.scenario_files import csv_text, write_folder
from waardeweging.elicitation.ballots import RESIDENTS, Ballot
from waardeweging.elicitation.consultation import NAME, Consultation, with_pseudonyms
from waardeweging.elicitation.consultation_file import read_codes, read_consultation
from waardeweging.elicitation.consultation_flags import Raised, raise_flags
from waardeweging.elicitation.grades import NO_ANSWER, GradeSheet
from waardeweging.problem.arrays import IntArray
from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.inheritance import framework_files
from waardeweging.problem.tables import number_text, read_bytes
from waardeweging.problem.toml_files import read_toml

FLAGS_FILE = "flags.csv"

ANSWERS = ("ballots", "grades", "attributes", "best_worst", "pairwise", "orders", NAME, "flags")
"""Files with answers of people; they stay behind."""

_KINDS = (".toml", ".csv", ".xlsx")
_OUTSIDE = re.compile(rb"""(["'])\.\./frameworks/""")


def import_consultation(
    file: Path, folder: Path, out: Path, *, codes: Path | None = None, replace: bool = False
) -> tuple[Consultation, Raised]:
    """Read a consultation about a scenario and write it as a folder; nothing after a fault.

    Parameters
    ----------
    file : Path
        Answers, as CSV or xlsx.
    folder : Path
        Of the scenario.
    out : Path
    codes : Path, optional
        Personal codes that were given out.
    replace : bool
        Put it in the place of a folder that has files.

    Returns
    -------
    Consultation
        Under pseudonyms when there were personal codes.
    Raised

    Raises
    ------
    InputError or ExceptionGroup of InputError
        With every fault.
    """
    scenario = read_scenario(folder)
    known = None if codes is None else read_codes(codes)
    given = with_pseudonyms(read_consultation(file, asked_of(scenario), known))
    raised = raise_flags(given)
    write_consultation(folder, scenario, given, raised, out, replace=replace)
    return given, raised


def write_consultation(
    folder: Path,
    scenario: Scenario,
    given: Consultation,
    raised: Raised,
    out: Path,
    *,
    replace: bool = False,
) -> None:
    """Write a consultation as a scenario folder, whole or not at all.

    Parameters
    ----------
    folder : Path
        Of the scenario.
    scenario : Scenario
        What was read from it.
    given : Consultation
    raised : Raised
        Flags of every row of it.
    out : Path
    replace : bool
        Put it in the place of a folder that has files.

    Raises
    ------
    InputError
        If `out` is the folder of the scenario, has files already, or cannot be written.
    """
    if out.resolve() == folder.resolve():
        raise InputError(
            "consultation.same_folder",
            where=Place(out.name),
            remedy="Choose another folder; the scenario itself stays as it is.",
        )
    files: dict[str, str | bytes] = {**_copied(folder)}
    files |= answer_files(scenario, given, raised)
    write_folder(files, out, replace=replace)


def answer_files(scenario: Scenario, given: Consultation, raised: Raised) -> dict[str, str]:
    """Give the files with answers, by name; those without rows are left out.

    Parameters
    ----------
    scenario : Scenario
        Its sides that were not asked keep their last ballots and grades.
    given : Consultation
    raised : Raised
    """
    rows = given.counted
    ballots, grades = not_asked(scenario, given, rows)
    files = {
        "ballots.csv": _ballots(given, rows, ballots),
        "grades.csv": _grades(given, rows, grades),
        "attributes.csv": _attributes(given, rows),
        FLAGS_FILE: _flags(given, raised, rows),
    }
    return {name: text for name, text in files.items() if text.count("\n") > 1}


def _copied(folder: Path) -> dict[str, bytes]:
    """Give the files that say what is decided; a framework from elsewhere comes along."""
    settings = read_toml(folder / FILE)
    outside = named_outside(settings)
    if outside is not None:
        field, named = outside
        raise InputError(
            "consultation.outside",
            where=Place(FILE, None, field),
            found=named,
            remedy="Put this file in the folder itself, or in ../frameworks.",
        )
    paths = {
        path.name: path
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix in _KINDS and path.stem not in ANSWERS
    }
    for path in framework_files(folder / str(settings.get("framework", "framework.toml"))):
        known = paths.setdefault(path.name, path)
        if known.resolve() != path.resolve():
            raise InputError(
                "consultation.framework",
                where=Place(FILE, None, "framework"),
                found=path.name,
                remedy="Give the file in the folder another name; the framework has this one.",
            )
    return {name: _beside(read_bytes(path), name) for name, path in paths.items()}


def _beside(content: bytes, name: str) -> bytes:
    """Let a file refer to the framework as it now stands beside it."""
    return _OUTSIDE.sub(rb"\1", content) if name.endswith(".toml") else content


def _ballots(given: Consultation, rows: IntArray, others: Sequence[Ballot]) -> str:
    criteria = given.asked.criteria
    columns = ("participant", "side", "department", "kind", "mandate", "method", *criteria)
    mine = (
        (given.participants[row], given.side_names[side], "", "", "", "points", *_numbers(points))
        for row, side, points in zip(
            rows.tolist(), given.sides[rows].tolist(), given.points[rows].tolist(), strict=True
        )
    )
    theirs = (
        (
            one.participant,
            one.side,
            one.department,
            one.kind,
            one.mandate,
            one.method,
            *_numbers(one.answers or (0.0,) * len(criteria)),
        )
        for one in others
    )
    return csv_text(columns, chain(mine, theirs))


def _numbers(points: Sequence[float]) -> Iterator[str]:
    """Write what somebody gave; nothing at all for who abstained."""
    if not any(points):
        return ("" for _ in points)
    return (number_text(x) for x in points)


def _grades(given: Consultation, rows: IntArray, others: Sequence[GradeSheet]) -> str:
    graded = rows[(given.grades[rows] != NO_ANSWER).any(axis=1)]
    mine = (
        (given.participants[row], given.side_names[side], *map(_cell, grades))
        for row, side, grades in zip(
            graded.tolist(),
            given.sides[graded].tolist(),
            given.grades[graded].tolist(),
            strict=True,
        )
    )
    theirs = ((one.participant, one.side, *map(_cell, one.grades)) for one in others)
    return csv_text(("participant", "side", *given.asked.alternatives), chain(mine, theirs))


def _cell(grade: int | None) -> int | str:
    return "" if grade is None or grade == NO_ANSWER else grade


def _attributes(given: Consultation, rows: IntArray) -> str:
    population = given.asked.population
    mine = rows[given.on_side(RESIDENTS)[rows] & (given.members[:, rows] >= 0).any(axis=0)]
    columns = [
        [one.categories[place] if place >= 0 else "" for place in members[mine].tolist()]
        for one, members in zip(population, given.members, strict=True)
    ]
    names = (given.participants[row] for row in mine.tolist())
    rest = zip(*columns, strict=True)
    lines = ((name, *said) for name, said in zip(names, rest, strict=True))
    return csv_text(("participant", *(one.attribute for one in population)), lines)


def _flags(given: Consultation, raised: Raised, rows: IntArray) -> str:
    flagged = rows[raised.any[rows]]
    lines = ((given.participants[row], " ".join(raised.codes(row))) for row in flagged.tolist())
    return csv_text(("participant", "flags"), lines)
