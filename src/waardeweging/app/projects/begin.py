"""Begin a project, with the first links for who runs it and for both sides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from waardeweging.presentation.catalog import Language
from waardeweging.process.events import Role
from waardeweging.process.moments import moment, now
from waardeweging.process.project.state import Project
from waardeweging.process.project.template import Template, begin_with
from waardeweging.store import Store

LINK_DAYS = 365
"""How long a link of a project works: a process takes longer than an evening."""
ROLES: Final[tuple[Role, ...]] = ("administrator", "residents", "municipality")
"""Who gets a link at once."""
_DAY_SIGNS = len("2026-01-12")


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
    store: Store,
    title: str,
    *,
    language: Language,
    neighbourhood: str,
    exploration: bool,
    template: Template | None = None,
    by: str = "administrator",
) -> Begun:
    """Begin a project, empty or with a template of which everything stays a proposal.

    Parameters
    ----------
    store : Store
    title : str
    language : str
    neighbourhood : str
        CBS code; may be empty.
    exploration : bool
        VERKENNING: nothing has to be agreed first, and every page says so.
    template : Template, optional
        What to begin with.
    by : str
        Role of who begins it.

    Raises
    ------
    InputError
        Without a title, with a code that CBS does not write, or with a template that does
        not fit; nothing is begun then, and no link made.
    """
    at = now()
    first = () if template is None else begin_with(template, at[:_DAY_SIGNS])
    state, links = store.begin_project_with(
        title,
        [(one.by, one.decide) for one in first],
        ROLES,
        link_end(),
        language=language,
        neighbourhood=neighbourhood,
        exploration=exploration,
        by=by,
        at=at,
    )
    return Begun(state, *(links[role] for role in ROLES))


def project_link(store: Store, project: str, role: Role) -> str:
    """Make a secret link of a project."""
    return store.staff_link(project, role, link_end())


def link_end() -> str:
    """Give the moment until which a link that is made now works."""
    return moment(datetime.now(UTC) + timedelta(days=LINK_DAYS))
