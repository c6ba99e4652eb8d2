"""A project in one file, to keep it or to move it: its chain, and every version of its files.

What a workshop of the project knows stays behind: answers belong to their own store. The
same project gives the same bytes. Nothing is written before all of it was checked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, Field

from waardeweging.dossier.bundle.container import (
    LARGEST,
    MOST_FILES,
    pack,
    read_bytes,
    unpack,
)
from waardeweging.dossier.bundle.documents import read_json
from waardeweging.dossier.bundle.events import Digest, Events, events_document
from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.labels import Described
from waardeweging.process.canonical import canonical
from waardeweging.process.chain import GENESIS, Recorded, broken
from waardeweging.process.moments import read_moment
from waardeweging.process.project import replaying as _  # noqa: F401
from waardeweging.process.project.state import Project
from waardeweging.process.streams import replay
from waardeweging.store import Store

MANIFEST = "manifest.json"
CHAIN = "chain.json"
FILES = "files/"
_BEYOND_FILES = 2
M = TypeVar("M", bound=BaseModel)


class Manifest(Described):
    """What the archive is.

    Parameters
    ----------
    format : str
    project, title : str
    records : int
    head : str
        Hash of the last record, in hex.
    files : tuple of str
        SHA-256 of every file, sorted.
    """

    format: Literal["waardeweging-project-archive/1"]
    project: str
    title: str
    records: Annotated[int, Field(ge=1)]
    head: Digest
    files: tuple[Digest, ...]


@dataclass(frozen=True, slots=True)
class ProjectArchive:
    """A project outside a store.

    Parameters
    ----------
    records : tuple of Recorded
        Its chain.
    files : mapping of str to bytes
        By SHA-256, those of every version.
    """

    records: tuple[Recorded, ...]
    files: Mapping[str, bytes] = field(repr=False)

    @property
    def state(self) -> Project:
        """The project as it stands at the end of its chain."""
        return replay(Project, self.records)


def export_project(store: Store, project: str) -> bytes:
    """Write a project as one file.

    Raises
    ------
    InputError
        If there is no such project, or it does not fit into one file.
    """
    state = store.project(project)
    versions = [store.project_files(project, kept.kept.version) for kept in state.files]
    contents = [content for version in versions for content in version.values()]
    files = {hashlib.sha256(content).hexdigest(): content for content in contents}
    return pack_project(ProjectArchive(store.records(project), files))


def read_archive(path: Path, head: str | None = None) -> ProjectArchive:
    """Read a project from a file, and check all of it.

    Parameters
    ----------
    path : Path
        Also a folder in which somebody unpacked it.
    head : str, optional
        Last hash as it was published; another one is refused.

    Raises
    ------
    InputError
        If anything does not fit.
    """
    archive = unpack_project(read_bytes(path), path.name)
    if head is not None and archive.records[-1].hash.hex() != head.strip().lower():
        raise _wrong(
            "archive.head", "Ask for the file again; this is another one.", path.name, "head"
        )
    return archive


def import_project(store: Store, archive: ProjectArchive) -> Project:
    """Put a project that was exported elsewhere into a store, as it was.

    Raises
    ------
    InputError
        If the project is here already; nothing is written then.
    """
    return store.import_chain(archive.records, archive.files)


def pack_project(archive: ProjectArchive) -> bytes:
    """Write a project as the bytes of a zip; the same project gives the same bytes."""
    state, last = archive.state, archive.records[-1]
    manifest = Manifest(
        format="waardeweging-project-archive/1",
        project=state.id,
        title=state.title,
        records=last.number,
        head=last.hash.hex(),
        files=tuple(sorted(archive.files)),
    )
    parts = {
        MANIFEST: canonical(manifest.model_dump(mode="json")),
        CHAIN: canonical(events_document(archive.records)),
        **{f"{FILES}{digest}": content for digest, content in archive.files.items()},
    }
    if len(parts) > MOST_FILES or sum(map(len, parts.values())) > LARGEST - 2**20:
        raise _wrong("archive.size", "Use a backup of the database instead.", state.title, None)
    return pack(parts)


def unpack_project(whole: bytes, file: str) -> ProjectArchive:
    """Read a project from the bytes of a zip, and check all of it.

    Raises
    ------
    InputError
        If it is no archive of a project, or anything in it was changed.
    """
    parts = unpack(whole, file)
    manifest = _read(Manifest, parts, MANIFEST, file)
    records = _records(_read(Events, parts, CHAIN, file))
    files = {name.removeprefix(FILES): one for name, one in parts.items() if name.startswith(FILES)}
    if not _is_whole(records):
        raise _changed(file, CHAIN)
    archive = ProjectArchive(records, files)
    _check_manifest(manifest, archive, file)
    _check_files(archive, parts, file)
    return archive


def _records(events: Events) -> tuple[Recorded, ...]:
    """Give the chain; each record names the hash of the one before."""
    before = [GENESIS, *(bytes.fromhex(one.hash) for one in events.records)]
    return tuple(
        Recorded(
            events.stream,
            one.number,
            one.at,
            one.by,
            one.kind,
            one.body,
            previous,
            bytes.fromhex(one.hash),
        )
        for one, previous in zip(events.records, before, strict=False)
    )


def _is_whole(records: tuple[Recorded, ...]) -> bool:
    """Say whether a chain fits, and tells of moments that are moments."""
    try:
        for record in records:
            read_moment(record.at)
        return bool(records) and broken(records) is None
    # A number that no chain can hold has no canonical form, and so no hash.
    except ValueError:
        return False


def _read(form: type[M], parts: Mapping[str, bytes], name: str, file: str) -> M:
    if name not in parts:
        raise _wrong("archive.other", "Choose a file that 'project export' wrote.", file, name)
    try:
        return form.model_validate(read_json(parts[name], name))
    except ValueError:
        raise _changed(file, name) from None


def _check_manifest(manifest: Manifest, archive: ProjectArchive, file: str) -> None:
    """Replay the chain; what an unknown version wrote is refused here, before any writing."""
    try:
        state = archive.state
    except (ValueError, KeyError):
        raise _wrong(
            "archive.newer", "Use the version of the program that wrote it.", file, CHAIN
        ) from None
    told = (manifest.project, manifest.title, manifest.records, manifest.head)
    if told != (state.id, state.title, state.number, state.head):
        raise _changed(file, MANIFEST)
    if list(manifest.files) != sorted(archive.files):
        raise _changed(file, MANIFEST)


def _check_files(archive: ProjectArchive, parts: Mapping[str, bytes], file: str) -> None:
    """Compare every file with its digest, and the whole with what the chain tells of."""
    told = {digest for kept in archive.state.files for digest in kept.kept.files.values()}
    if len(parts) != len(archive.files) + _BEYOND_FILES or told != set(archive.files):
        raise _changed(file, FILES)
    for digest, content in archive.files.items():
        if hashlib.sha256(content).hexdigest() != digest:
            raise _changed(file, digest)


def _changed(file: str, name: str) -> InputError:
    return _wrong(
        "archive.changed", "This part was damaged or changed; ask for the file again.", file, name
    )


def _wrong(code: str, remedy: str, file: str, name: str | None) -> InputError:
    return InputError(code, where=Place(file, None, name), remedy=remedy)
