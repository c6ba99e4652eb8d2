"""What participants gave beside their ballots, and who they are next to who lives here.

Every file of these may be absent: a scenario without grades or attributes is complete.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from waardeweging.elicitation.ballots import Ballot
from waardeweging.elicitation.grades import GradeSheet, read_grades
from waardeweging.elicitation.population import (
    PopulationMargin,
    read_attributes,
    read_population,
)
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.reading import find_table

NAMES = ("grades", "population", "attributes")
_OF_GROUPS = ("attribute.unknown_category", "table.unknown_column")


@dataclass(frozen=True, slots=True)
class Participation:
    """Grades, attributes and the population, as given.

    Parameters
    ----------
    grades : tuple of GradeSheet
    population : tuple of PopulationMargin
    attributes : mapping of str to mapping of str to str
        Category by participant and attribute.
    """

    grades: tuple[GradeSheet, ...] = ()
    population: tuple[PopulationMargin, ...] = ()
    attributes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_participation(
    folder: Path,
    alternatives: Sequence[str],
    sources: Sequence[str],
    ballots: Sequence[Ballot],
    faults: Faults,
) -> tuple[Participation, list[Path]]:
    """Read the files that are there.

    Parameters
    ----------
    folder : Path
    alternatives, sources : sequence of str
        Ids; empty when they could not be read.
    ballots : sequence of Ballot
    faults : Faults
        Remembers every fault of every file.

    Returns
    -------
    Participation
    list of Path
        Of the files that were read.
    """
    paths = {name: find_table(folder, name) for name in NAMES}
    there = {name: path for name, path in paths.items() if path.exists()}
    sides = {ballot.participant: ballot.side for ballot in ballots}
    grades: tuple[GradeSheet, ...] = ()
    if "grades" in there:
        grades = read_grades(there["grades"], alternatives, sides, faults)
    population: tuple[PopulationMargin, ...] = ()
    has_all_groups = True
    if "population" in there:
        before = len(faults)
        population = read_population(there["population"], sources, faults)
        has_all_groups = len(faults) == before
    attributes: dict[str, dict[str, str]] = {}
    if "attributes" in there:
        if "population" not in there:
            faults.add(
                InputError(
                    "attribute.no_population",
                    where=Place(there["attributes"].name),
                    remedy="Add a file 'population' with the same attributes, or remove this one.",
                )
            )
        found = Faults()
        attributes = read_attributes(there["attributes"], population, sides, found)
        # What fits no group may fit one that could not be read.
        faults.add(*(one for one in found if has_all_groups or one.code not in _OF_GROUPS))
    return Participation(grades, population, attributes), list(there.values())
