"""Projects: creating one, what is decided about it, its files, and its workshops."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select

from waardeweging.process import workshop as process
from waardeweging.process.chain import Recorded, broken
from waardeweging.process.deciding import Decided, Happened
from waardeweging.process.events import Role
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders, sessions
from waardeweging.process.project.state import Project
from waardeweging.store.core import decide_in
from waardeweging.store.errors import StoreError
from waardeweging.store.schema import WORKSHOP
from waardeweging.store.workshops import Workshops, begin_chain, digests_of, keep_files
from waardeweging.store.writer import Batch

DecideProject = Callable[[Project], Decided]


class Projects(Workshops):
    """The part of the store that keeps projects."""

    def projects(self) -> tuple[Project, ...]:
        """Give every project, the newest first."""
        mine = select(WORKSHOP.c.id).where(WORKSHOP.c.kind == "project")
        ids = self._read(lambda connection: list(connection.scalars(mine)))
        found = (self.project(project) for project in ids)
        return tuple(sorted(found, key=lambda state: state.began_at, reverse=True))

    def project(self, project: str) -> Project:
        """Give a project as it stands now.

        Raises
        ------
        InputError
            If there is none with this id.
        """
        return self._latest(project, Project)

    def begin_project(
        self,
        title: str,
        *,
        language: str = "nl",
        neighbourhood: str = "",
        exploration: bool = False,
        by: str = "administrator",
        at: str | None = None,
    ) -> Project:
        """Begin a project, with nothing in it.

        Parameters
        ----------
        title, language : str
        neighbourhood : str
            CBS code.
        exploration : bool
            VERKENNING: rounds need no agreed kaders, and everything is marked.
        by : str
            Role.
        at : str, optional
            When; now when left out.
        """
        return self.begin_project_with(
            title,
            language=language,
            neighbourhood=neighbourhood,
            exploration=exploration,
            by=by,
            at=at,
        )[0]

    def begin_project_with(
        self,
        title: str,
        first: Sequence[tuple[str, DecideProject]] = (),
        roles: Sequence[Role] = (),
        expires: str = "",
        *,
        language: str = "nl",
        neighbourhood: str = "",
        exploration: bool = False,
        by: str = "administrator",
        at: str | None = None,
    ) -> tuple[Project, Mapping[Role, str]]:
        """Begin a project with what it decides first and its links: all of it, or nothing.

        Parameters
        ----------
        title : str
        first : sequence of (str, callable)
            What is decided at once, each with the role that it comes from.
        roles : sequence of str
            Roles that get a link.
        expires : str
            Moment after which the links open nothing.
        language, neighbourhood, exploration, by, at
            As in `begin_project`.

        Returns
        -------
        tuple of Project and mapping of str to str
            The secrets of the links by role, shown here once.
        """
        project = secrets.token_hex(8)
        (event,) = sessions.begin(
            title, language=language, neighbourhood=neighbourhood, exploration=exploration
        )

        def job(batch: Batch) -> tuple[Project, Mapping[Role, str]]:
            begin_chain(batch, project, "project", None)
            state = batch.record(Project(id=project), by, event, at)[0]
            for role, decide in first:
                state = decide_in(batch, state, role, decide, at=at)
            links = {role: self._link(batch, project, role, expires, by, at) for role in roles}
            return batch.latest(project, Project), links

        return self._write(job)

    def change_project(
        self,
        project: str,
        by: str,
        decide: DecideProject,
        *,
        key: str | None = None,
        at: str | None = None,
    ) -> Project:
        """Decide something about a project; its workshops hear when the kaders change.

        Parameters
        ----------
        project : str
        by : str
            Role.
        decide : callable
            Gives the events for the state as it then is, or raises.
        key : str, optional
            The same key a second time changes nothing.
        at : str, optional
            When; now when left out.
        """

        def job(batch: Batch) -> Project:
            before = batch.latest(project, Project)
            state = decide_in(batch, before, by, decide, key, at)
            if state.fingerprint != before.fingerprint:
                for session in state.sessions:
                    _tell(batch, session, state, by, at)
            return state

        return self._write(job)

    def keep_project_files(
        self,
        project: str,
        files: Mapping[str, bytes],
        reason: str = "",
        by: str = "administrator",
        at: str | None = None,
    ) -> Project:
        """Keep framework, options and performances of a project, as a new version."""
        digests = digests_of(files)

        def job(batch: Batch) -> Project:
            keep_files(batch, files)
            state = batch.latest(project, Project)
            (event,) = kaders.keep_files(state, digests, reason)
            return batch.record(state, by, event, at)[0]

        return self._write(job)

    def project_files(self, project: str, version: int | None = None) -> Mapping[str, bytes]:
        """Give the files of a project as they now are, or of a version; empty without any."""
        kept = self.project(project).files
        if not kept:
            return {}
        return self._contents(kept[-1 if version is None else version - 1].kept.files)

    def add_workshop(
        self,
        project: str,
        workshop: str,
        label: str,
        day: str,
        gathering: e.Gathering = "workshop",
        by: str = "administrator",
        at: str | None = None,
    ) -> Project:
        """Let a workshop belong to a project; from then on it waits for agreed kaders."""

        def job(batch: Batch) -> Project:
            state = batch.latest(project, Project)
            evening = batch.state(workshop)
            (event,) = sessions.add(state, workshop, gathering, label, day)
            state, _ = batch.record(state, by, event, at)
            _set_kaders(batch, evening, state, by, at)
            return state

        return self._write(job)

    def import_chain(
        self, records: Sequence[Recorded], files: Mapping[str, bytes] | None = None
    ) -> Project:
        """Put the chain of a project that was exported elsewhere here, as it was.

        Raises
        ------
        StoreError
            If the chain is broken, or the project is here already.
        """
        wrong = broken(records)
        if wrong is not None or not records:
            raise StoreError("store.broken", number=wrong or 1)
        project = records[0].stream
        digests_of(files or {})

        def job(batch: Batch) -> Project:
            is_here = select(WORKSHOP.c.id).where(WORKSHOP.c.id == project)
            if batch.connection.scalar(is_here) is not None:
                raise StoreError("store.project_here")
            begin_chain(batch, project, "project", None)
            keep_files(batch, files or {})
            state = Project(id=project)
            for record in records:
                happened = Happened(record.kind, record.body)
                state, _ = batch.record(state, record.by, happened, record.at)
            return state

        return self._write(job)


def _tell(batch: Batch, session: str, state: Project, by: str, at: str | None) -> None:
    """Tell a workshop about the kaders, unless it is over or was held elsewhere."""
    is_here = select(WORKSHOP.c.id).where(WORKSHOP.c.id == session)
    if batch.connection.scalar(is_here) is not None:
        evening = batch.state(session)
        if not evening.unlinked:
            _set_kaders(batch, evening, state, by, at)


def _set_kaders(
    batch: Batch, evening: process.Workshop, state: Project, by: str, at: str | None
) -> None:
    (event,) = process.set_kaders(evening, state.id, state.version, state.fingerprint)
    batch.record(evening, by, event, at)
