"""Holds a bundle against what people kept outside it: a head, a receipt, a signature.

Whoever rebuilds a whole bundle can make everything in it agree. Only something that left
the building before can show that.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from waardeweging.dossier.bundle.contents import EVENTS, MANIFEST
from waardeweging.dossier.bundle.events import Event, Events
from waardeweging.dossier.verify.report import Check, Step, ok, open_promise, wrong
from waardeweging.process.chain import receipt

_SHORTEST_HEAD = 8


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a reader has from elsewhere.

    Parameters
    ----------
    head : str, optional
        Head of the log, or fingerprint of the bundle, as published; its first eight signs
        or more.
    receipt : str, optional
        Code that somebody got after answering.
    signature, key : bytes, optional
        Detached signature of the bundle and the public key, both in minisign's form.
    """

    head: str | None = None
    receipt: str | None = None
    signature: bytes | None = None
    key: bytes | None = None


def fingerprint_of(files: Mapping[str, bytes]) -> str:
    """Give one number for a whole bundle: the SHA-256 of its manifest; empty without one."""
    return hashlib.sha256(files[MANIFEST]).hexdigest() if MANIFEST in files else ""


def check_anchors(
    anchors: Anchors, whole: bytes, fingerprint: str, events: Events | None
) -> Iterator[Check]:
    """Hold the bundle against what the reader has.

    Parameters
    ----------
    anchors : Anchors
    whole : bytes
        The zip.
    fingerprint : str
    events : Events or None
    """
    records = events.records if events else ()
    yield from _head(anchors.head, fingerprint, records)
    if anchors.receipt is not None:
        yield _receipt(anchors.receipt, records, has_log=events is not None)
    elif events is not None:
        yield open_promise(Step.ANCHORS, "no_receipt")
    yield from _signature(anchors, whole)


def _head(given: str | None, fingerprint: str, records: tuple[Event, ...]) -> Iterator[Check]:
    last = records[-1].hash if records else ""
    if given is None:
        yield open_promise(Step.ANCHORS, "no_head", fingerprint=fingerprint)
        if last:
            yield open_promise(Step.ANCHORS, "no_chain_head", head=last)
        return
    wanted = re.sub(r"[\s-]", "", given).lower()
    if len(wanted) >= _SHORTEST_HEAD:
        if fingerprint.startswith(wanted):
            yield ok(Step.ANCHORS, "fingerprint", head=wanted[:16])
            return
        for record in records:
            if record.hash.startswith(wanted):
                after = len(records) - record.number
                yield ok(Step.ANCHORS, "head", number=record.number, after=after)
                return
    yield wrong(Step.ANCHORS, "other_head", EVENTS if records else MANIFEST, found=given)


def _receipt(given: str, records: tuple[Event, ...], *, has_log: bool) -> Check:
    if not has_log:
        return open_promise(Step.ANCHORS, "no_log")
    wanted = _code(given)
    for record in records:
        body = record.body
        if record.kind == "submitted" and _code(receipt(bytes.fromhex(body["leaf"]))) == wanted:
            return ok(Step.ANCHORS, _fate(record, records), number=record.number, at=record.at)
    return wrong(Step.ANCHORS, "unknown_receipt", EVENTS, found=given)


def _fate(mine: Event, records: tuple[Event, ...]) -> str:
    """Say whether an answer stands, was replaced by a later one, or was deleted by its owner."""
    for record in records:
        body = record.body
        if record.kind == "submitted" and body.get("replaces") == mine.number:
            return "receipt_replaced"
        if record.kind == "erased" and body.get("number") == mine.number:
            return "receipt_erased"
    return "receipt"


def _code(text: str) -> str:
    return re.sub(r"[\s-]", "", text).upper()


def _signature(anchors: Anchors, whole: bytes) -> Iterator[Check]:
    if anchors.signature is None:
        yield open_promise(Step.ANCHORS, "unsigned")
    elif anchors.key is None:
        yield open_promise(Step.ANCHORS, "no_key")
    else:
        yield _signed(anchors.signature, anchors.key, whole)


def _signed(signature: bytes, key: bytes, whole: bytes) -> Check:
    import minisign

    try:
        found = minisign.Signature.from_bytes(signature)
        minisign.PublicKey.from_bytes(key).verify(whole, found)
    except (minisign.Error, ValueError, TypeError, IndexError) as error:
        return wrong(Step.ANCHORS, "bad_signature", "bundle.zip.minisig", found=error)
    return ok(Step.ANCHORS, "signed", comment=found.trusted_comment)
