"""A chain of records: each holds the hash of the one before, so nothing changes unseen.

Whoever keeps the last hash, the head, can tell whether anything before it was altered,
left out or put in. What people answered is not in the chain; its leaf is, and a leaf
says nothing without the nonce.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from waardeweging.process.canonical import canonical

GENESIS = bytes(32)
"""What stands before the first record."""

_RECORD_TAG = b"waardeweging/record/1\n"
_LEAF_TAG = b"waardeweging/leaf/1\n"
# Base 32 without 0, 1, I and O: sixteen signs hold eighty bits and can be read aloud.
_RECEIPT_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_RECEIPT = str.maketrans(_BASE32, _RECEIPT_SIGNS)
_RECEIPT_BYTES = 10


@dataclass(frozen=True, slots=True)
class Recorded:
    """Something that happened, in its place in the chain.

    Parameters
    ----------
    stream : str
        The workshop.
    number : int
        1, 2, 3 … without a gap.
    at : str
        When, as ISO 8601 in UTC with milliseconds.
    by : str
        In which role; never a name.
    kind : str
        One of `waardeweging.process.events.EVENTS`.
    body : mapping
        The fields of that kind, as JSON.
    previous, hash : bytes, length 32
        Hash of the record before, and of this one.
    """

    stream: str
    number: int
    at: str
    by: str
    kind: str
    body: Mapping[str, Any]
    previous: bytes
    hash: bytes


def link(
    previous: bytes,
    stream: str,
    number: int,
    at: str,
    by: str,
    kind: str,
    body: Mapping[str, Any],
) -> bytes:
    """Give the hash of a record: SHA-256 over a tag, the hash before, and all its fields.

    Returns
    -------
    bytes, length 32
    """
    written = canonical([stream, number, at, by, kind, body])
    return hashlib.sha256(_RECORD_TAG + previous + written).digest()


def leaf(payload: object, nonce: bytes) -> bytes:
    """Give the hash that stands in the chain for an answer.

    Parameters
    ----------
    payload : object
        The answer, as JSON.
    nonce : bytes, length 16 or more
        Random; without it nobody can try out answers against the leaf.

    Returns
    -------
    bytes, length 32
    """
    written = canonical({"nonce": nonce.hex(), "payload": payload})
    return hashlib.sha256(_LEAF_TAG + written).digest()


def receipt(leaf: bytes) -> str:
    """Write the first eighty bits of a leaf as four groups that can be read aloud."""
    signs = base64.b32encode(leaf[:_RECEIPT_BYTES]).decode().translate(_TO_RECEIPT)
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))


def broken(records: Iterable[Recorded], previous: bytes = GENESIS, after: int = 0) -> int | None:
    """Find the first record that does not fit the chain.

    Parameters
    ----------
    records : iterable of Recorded
        In the order of their numbers.
    previous : bytes, optional
        Hash of the record before the first one given.
    after : int, optional
        Number of that record.

    Returns
    -------
    int or None
        The number that was expected at that place; None when everything fits.
    """
    stream: str | None = None
    for number, record in enumerate(records, after + 1):
        stream = record.stream if stream is None else stream
        if (record.number, record.stream) != (number, stream) or not _fits(record, previous):
            return number
        previous = record.hash
    return None


def _fits(record: Recorded, previous: bytes) -> bool:
    return record.previous == previous and record.hash == link(
        previous, record.stream, record.number, record.at, record.by, record.kind, record.body
    )
