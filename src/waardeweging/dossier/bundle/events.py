"""The chain of a workshop as a document, and the files that were frozen in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import Field

from waardeweging.problem.labels import Described
from waardeweging.process.chain import Recorded

# Other files of a scenario may hold answers of people.
_PUBLIC = (
    "scenario",
    "framework",
    "alternatives",
    "performances",
    "sources",
    "techniques",
    "population",
)

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Event(Described):
    """A record of the chain."""

    number: Annotated[int, Field(ge=1)]
    at: str
    by: str
    kind: str
    body: dict[str, Any]
    hash: Digest


class OpenedAnswer(Described):
    """An answer that counts, with the nonce that opens its leaf in the chain."""

    number: Annotated[int, Field(ge=1)]
    nonce: Annotated[str, Field(pattern=r"^([0-9a-f]{2}){16,64}$")]
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """What opens a leaf of the chain; for the controller alone.

    Parameters
    ----------
    number : int
        Of the record that holds the leaf.
    payload : mapping
        The answer as given.
    nonce : bytes
    """

    number: int
    payload: Mapping[str, Any]
    nonce: bytes = field(repr=False)


class Events(Described):
    """The chain of one workshop."""

    stream: str
    records: tuple[Event, ...]


def events_document(records: Sequence[Recorded]) -> dict[str, Any]:
    """Give a chain as a document, whole: a link that cannot be checked proves nothing before it."""
    return {
        "stream": records[0].stream,
        "records": [
            {
                "number": one.number,
                "at": one.at,
                "by": one.by,
                "kind": one.kind,
                "body": dict(one.body),
                "hash": one.hash.hex(),
            }
            for one in records
        ],
    }


def opened_document(opened: Sequence[Opened]) -> list[dict[str, Any]]:
    """Give answers with their nonces as a document."""
    return [
        {"number": one.number, "nonce": one.nonce.hex(), "payload": dict(one.payload)}
        for one in sorted(opened, key=lambda one: one.number)
    ]


def public_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out the files of a scenario that may hold answers of people."""
    return {name: given for name, given in files.items() if _is_public(name)}


def _is_public(name: str) -> bool:
    path = PurePosixPath(name)
    is_framework = path.suffix == ".toml" and path.parent.name == "frameworks"
    return path.stem in _PUBLIC or is_framework
