"""From what the document of a project is made: its chain, and its files in every version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.dossier.bundle.events import public_files
from waardeweging.presentation.catalog import Language
from waardeweging.problem.alternatives import DecisionProblem
from waardeweging.problem.errors import InputError
from waardeweging.process.canonical import canonical
from waardeweging.process.chain import Recorded
from waardeweging.process.project import replaying as _  # noqa: F401
from waardeweging.process.project.documented import Documented, documented
from waardeweging.process.project.state import Project
from waardeweging.process.streams import replay

if TYPE_CHECKING:
    # Verifying at home needs no database.
    from waardeweging.store import Store

_SCENARIO = "scenario.toml"


@dataclass(frozen=True)
class ProjectSource:
    """Everything that the document of a project rests on.

    Parameters
    ----------
    records : tuple of Recorded
        The whole chain, in order.
    files : tuple of mapping of str to bytes
        Framework, options and performances by path, without what may hold answers of
        people; a mapping per version.
    """

    records: tuple[Recorded, ...]
    files: tuple[Mapping[str, bytes], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        """Bring every body in one order, so that facts of a store and of a bundle are the same."""
        records = tuple(replace(one, body=json.loads(canonical(one.body))) for one in self.records)
        object.__setattr__(self, "records", records)

    @cached_property
    def state(self) -> Project:
        """The project as its chain tells."""
        return replay(Project, self.records)

    @cached_property
    def documented(self) -> Mapping[int, Documented]:
        """Performances with source and range, by version; without files that cannot be read."""
        problems = enumerate(self._problems, 1)
        return {number: documented(one) for number, one in problems if one is not None}

    def names(self, language: Language) -> dict[str, dict[str, str]]:
        """Give names of options and criteria, and units, by id, as the last version has them."""
        last = self._problems[-1] if self._problems else None
        if last is None:
            return {"options": {}, "criteria": {}, "units": {}}
        return {
            "options": {one.id: one.label[language] for one in last.alternatives},
            "criteria": {one.id: one.label[language] for one in last.framework.criteria},
            "units": {one.id: one.unit for one in last.framework.criteria},
        }

    @cached_property
    def _problems(self) -> tuple[DecisionProblem | None, ...]:
        return tuple(_problem(files) for files in self.files)


def source_of_project(store: Store, project: str) -> ProjectSource:
    """Read a project from a store.

    Raises
    ------
    InputError
        If there is none with this id.
    """
    versions = range(1, len(store.project(project).files) + 1)
    files = tuple(public_files(store.project_files(project, version)) for version in versions)
    return ProjectSource(tuple(store.records(project)), files)


def _problem(files: Mapping[str, bytes]) -> DecisionProblem | None:
    """Read what is weighed; None when the files are no whole scenario."""
    if _SCENARIO not in files:
        return None
    try:
        return scenario_in(files).problem
    except (InputError, ExceptionGroup):
        return None
