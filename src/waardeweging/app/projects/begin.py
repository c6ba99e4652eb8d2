"""Begin a project, with the first links for who runs it and for both sides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from waardeweging.presentation.catalog import Language
from waardeweging.process.events import Role
from waardeweging.process.moments import moment
from waardeweging.process.project.state import Project
from waardeweging.store import Store

LINK_DAYS = 365
"""How long a link of a project works: a process takes longer than an evening."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A new project.

    Parameters
    ----------
    state : Project
    administrator, residents, municipality : str
        Secrets of the links, shown once.
    """

    state: Project
    administrator: str = field(repr=False)
    residents: str = field(repr=False)
    municipality: str = field(repr=False)


def begin(
    store: Store, title: str, *, language: Language, neighbourhood: str, exploration: bool
) -> Begun:
    """Begin a project with nothing in it yet.

    Parameters
    ----------
    store : Store
    title : str
    language : str
    neighbourhood : str
        CBS code; may be empty.
    exploration : bool
        VERKENNING: nothing has to be agreed first, and every page says so.

    Raises
    ------
    InputError
        Without a title; nothing is begun then.
    """
    state = store.begin_project(
        title, language=language, neighbourhood=neighbourhood, exploration=exploration
    )
    administrator, residents, municipality = (
        project_link(store, state.id, role)
        for role in ("administrator", "residents", "municipality")
    )
    return Begun(store.project(state.id), administrator, residents, municipality)


def project_link(store: Store, project: str, role: Role) -> str:
    """Make a secret link of a project."""
    return store.staff_link(project, role, moment(datetime.now(UTC) + timedelta(days=LINK_DAYS)))
