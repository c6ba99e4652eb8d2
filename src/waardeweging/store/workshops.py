"""Workshops: creating one, its records and files, and everything that is decided about it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from sqlalchemy import delete, insert, select, update

from waardeweging.process import workshop as process
from waardeweging.process.chain import GENESIS, Recorded
from waardeweging.process.credentials import clean_room_code, new_room_code, new_token
from waardeweging.process.events import Purged, Role, StaffLinked, StaffWithdrawn
from waardeweging.process.moments import later, now
from waardeweging.process.state import Workshop
from waardeweging.process.streams import Stream
from waardeweging.store.core import Core, decide_in
from waardeweging.store.errors import refusal
from waardeweging.store.schema import BLOB, PERSONAL, STAFF, WORKSHOP
from waardeweging.store.streams import read_records
from waardeweging.store.types import StaffSeat
from waardeweging.store.writer import Batch

Decide = Callable[[Workshop], process.Decided]

_DAY = 24 * 60 * 60
_MOST_FILES = 200
_MOST_BYTES = 20 * 1024 * 1024


class Workshops(Core):
    """The part of the store that keeps workshops."""

    def workshops(self) -> tuple[Workshop, ...]:
        """Give every workshop, the newest first."""
        mine = select(WORKSHOP.c.id).where(WORKSHOP.c.kind == "workshop")
        ids = self._read(lambda connection: list(connection.scalars(mine)))
        found = (self._state(workshop) for workshop in ids)
        return tuple(sorted(found, key=lambda state: state.created_at, reverse=True))

    def workshop(self, workshop: str) -> Workshop:
        """Give a workshop as it stands now.

        Raises
        ------
        InputError
            If there is none with this id.
        """
        return self._state(workshop)

    def records(self, workshop: str, after: int = 0) -> tuple[Recorded, ...]:
        """Give the chain of a workshop or a project, or what came after a number."""
        self._latest(workshop, Stream)
        return self._read(lambda connection: tuple(read_records(connection, workshop, after)))

    def create(
        self,
        title: str,
        files: Mapping[str, bytes],
        *,
        language: str = "nl",
        exploration: bool = False,
        rules: process.Rules | None = None,
        by: str = "administrator",
        at: str | None = None,
    ) -> Workshop:
        """Begin a workshop about a scenario folder.

        Parameters
        ----------
        title : str
        files : mapping of str to bytes
            Everything that is needed to read the scenario, by path inside the folder.
        language : str
        exploration : bool
            VERKENNING: needs no frozen rules, and is marked everywhere.
        rules : Rules, optional
        by : str
            Role.
        at : str, optional
            When; now when left out.
        """
        digests = digests_of(files)
        workshop = secrets.token_hex(8)

        def job(batch: Batch) -> Workshop:
            code = _free_room_code(batch)
            begin_chain(batch, workshop, "workshop", code)
            keep_files(batch, files)
            (event,) = process.create(
                title,
                digests,
                language=language,
                exploration=exploration,
                room_code=code,
                rules=rules,
            )
            return batch.record(Workshop(id=workshop), by, event, at)[0]

        return self._write(job)

    def change(self, workshop: str, by: str, decide: Decide, *, key: str | None = None) -> Workshop:
        """Decide something about a workshop.

        Parameters
        ----------
        workshop : str
        by : str
            Role.
        decide : callable
            Gives the events for the state as it then is, or raises.
        key : str, optional
            The same key a second time changes nothing.

        Returns
        -------
        Workshop
            As it stands afterwards.
        """
        return self._write(lambda batch: decide_in(batch, batch.state(workshop), by, decide, key))

    def revise(self, workshop: str, by: str, files: Mapping[str, bytes], reason: str) -> Workshop:
        """Put other files in place as a new version, which is then to be frozen again."""
        digests = digests_of(files)

        def job(batch: Batch) -> Workshop:
            keep_files(batch, files)
            (event,) = process.revise(batch.state(workshop), digests, reason)
            return batch.record(batch.state(workshop), by, event)[0]

        return self._write(job)

    def files(self, workshop: str) -> Mapping[str, bytes]:
        """Give the files of the scenario, by path."""
        return self._contents(self._state(workshop).files)

    def _contents(self, wanted: Mapping[str, str]) -> Mapping[str, bytes]:
        query = select(BLOB).where(BLOB.c.sha256.in_(set(wanted.values())))
        found = self._read(
            lambda connection: {row.sha256: bytes(row.content) for row in connection.execute(query)}
        )
        return {path: found[digest] for path, digest in wanted.items()}

    def staff_link(
        self,
        workshop: str,
        role: Role,
        expires: str,
        by: str = "administrator",
        at: str | None = None,
    ) -> str:
        """Make a secret link for a role.

        Parameters
        ----------
        workshop : str
            Or a project.
        role : str
        expires : str
            Moment after which it opens nothing.
        by : str
            Role.
        at : str, optional
            When; now when left out.

        Returns
        -------
        str
            The secret, shown here once.
        """
        return self._write(lambda batch: self._link(batch, workshop, role, expires, by, at))

    def _link(
        self, batch: Batch, stream: str, role: Role, expires: str, by: str, at: str | None
    ) -> str:
        secret = new_token()
        row = {"workshop": stream, "role": role, "expires": expires}
        state = batch.latest(stream, Stream)
        batch.record(state, by, process.happened(StaffLinked(role=role, expires=expires)), at)
        hashed = self._hashed("staff", secret)
        batch.connection.execute(insert(STAFF), {**row, "secret_hash": hashed})
        return secret

    def withdraw_staff(
        self, workshop: str, role: Role, by: str = "administrator", at: str | None = None
    ) -> None:
        """End every secret link of a role."""

        def job(batch: Batch) -> None:
            state = batch.latest(workshop, Stream)
            batch.record(state, by, process.happened(StaffWithdrawn(role=role)), at)
            mine = (STAFF.c.workshop == workshop, STAFF.c.role == role)
            batch.connection.execute(delete(STAFF).where(*mine))

        self._write(job)

    def staff(self, secret: str) -> StaffSeat | None:
        """Say which role a secret link opens; None when it opens nothing, or no more."""
        query = select(STAFF).where(STAFF.c.secret_hash == self._hashed("staff", secret))
        row = self._read(lambda connection: connection.execute(query).one_or_none())
        return None if row is None or row.expires <= now() else StaffSeat(row.workshop, row.role)

    def by_room_code(self, text: str) -> str | None:
        """Find the workshop of a room code as somebody typed it.

        Raises
        ------
        InputError
            If it is not six digits.
        """
        query = select(WORKSHOP.c.id).where(WORKSHOP.c.room_code == clean_room_code(text))
        return self._read(lambda connection: connection.scalar(query))

    def purge(self, before: str, by: str = "administrator") -> tuple[str, ...]:
        """Delete everything about people from workshops where nothing happened since a moment.

        The chains stay, and still verify.

        Parameters
        ----------
        before : str
            A moment.
        by : str
            Role.

        Returns
        -------
        tuple of str
            Ids of the workshops that were purged.
        """
        return self._purge_all(lambda one: one.at < before, by)

    def expire(self, days: int, by: str = "server", at: str | None = None) -> tuple[str, ...]:
        """Delete everything about people from workshops whose last round is so long ago.

        A part that is open keeps a workshop; one without a round is kept from what last
        happened in it.

        Parameters
        ----------
        days : int
            After the close of the last round. [d]
        by : str
            Role.
        at : str, optional
            This moment.
        """
        before = later(at or now(), -_DAY * days)
        return self._purge_all(lambda one: one.last_round_at < before and not one.active_sheets, by)

    def _purge_all(self, is_due: Callable[[Workshop], bool], by: str) -> tuple[str, ...]:
        found = [one.id for one in self.workshops() if is_due(one) and not one.purged]
        for workshop in found:
            self._purge(workshop, by)
        if found:
            self._database.scrub()
        return tuple(found)

    def _purge(self, workshop: str, by: str) -> None:
        def job(batch: Batch) -> None:
            if batch.state(workshop).purged:
                # Another server was here first.
                return
            for table in PERSONAL:
                batch.connection.execute(delete(table).where(table.c.workshop == workshop))
            free = update(WORKSHOP).where(WORKSHOP.c.id == workshop).values(room_code=None)
            batch.connection.execute(free)
            batch.record(batch.state(workshop), by, process.happened(Purged()))

        self._write(job)


def begin_chain(batch: Batch, stream: str, kind: str, room_code: str | None) -> None:
    """Make the place of a chain that has no records yet."""
    row = {"id": stream, "kind": kind, "room_code": room_code, "number": 0, "head": GENESIS}
    batch.connection.execute(insert(WORKSHOP), row)


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Give the SHA-256 of every file, by path; refuse too many, too much, or another place."""
    if len(files) > _MOST_FILES or sum(map(len, files.values())) > _MOST_BYTES:
        raise refusal("workshop.files_size", "files")
    for path in files:
        _check_path(path)
    return {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}


def _check_path(path: str) -> None:
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or "\\" in path or str(parts) != path:
        raise refusal("workshop.file_path", "files")


def keep_files(batch: Batch, files: Mapping[str, bytes]) -> None:
    """Keep the content of files that are not there yet."""
    for content in files.values():
        digest = hashlib.sha256(content).hexdigest()
        is_there = select(BLOB.c.sha256).where(BLOB.c.sha256 == digest)
        if batch.connection.scalar(is_there) is None:
            batch.connection.execute(insert(BLOB), {"sha256": digest, "content": content})


def _free_room_code(batch: Batch) -> str:
    while True:
        code = new_room_code()
        taken = select(WORKSHOP.c.id).where(WORKSHOP.c.room_code == code)
        if batch.connection.scalar(taken) is None:
            return code
