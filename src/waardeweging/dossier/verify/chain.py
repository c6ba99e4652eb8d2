"""Whether the log of the workshop holds together, and the outcome rests on closed rounds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from waardeweging.dossier.bundle.contents import ANNOUNCED, EVENTS, FILES
from waardeweging.dossier.bundle.events import Event, Events
from waardeweging.dossier.bundle.inputs import RULES_FILE
from waardeweging.dossier.verify.report import Check, Step, note, ok, open_promise, wrong
from waardeweging.elicitation.ballots import SIDES
from waardeweging.process.chain import GENESIS, Recorded, link
from waardeweging.process.events import read_event
from waardeweging.process.fingerprint import fingerprint
from waardeweging.process.workshop import Workshop, apply

_ROUNDS = ("round-1", "round-2")


@dataclass(frozen=True, slots=True)
class Replayed:
    """What followed from the log.

    Parameters
    ----------
    state : Workshop or None
        None when the log could not be followed to its end.
    checks : tuple of Check
    """

    state: Workshop | None
    checks: tuple[Check, ...]


def replayed(events: Events) -> Replayed:
    """Follow the log link by link and event by event."""
    state, steps = _followed(events)
    checks = [*check_links(events), *steps]
    if not checks:
        checks.append(ok(Step.CHAIN, "chain", count=len(events.records)))
    return Replayed(state, tuple(checks))


def check_workshop(
    state: Workshop, documents: Mapping[str, Any], files: Mapping[str, bytes]
) -> Iterator[Check]:
    """Compare the end of the log with what the bundle holds.

    Parameters
    ----------
    state : Workshop
    documents : mapping of str to JSON
    files : mapping of str to bytes
    """
    yield from _frozen(state, documents)
    yield from _closed(state, documents)
    yield from _files(state, files)


def check_links(events: Events) -> Iterator[Check]:
    """Follow the hashes of a log, up to the first that does not fit."""
    previous = GENESIS
    for number, record in enumerate(events.records, 1):
        place = f"{EVENTS}/{record.number}"
        if record.number != number:
            yield wrong(Step.CHAIN, "number", place, expected=number)
            return
        sign = link(previous, events.stream, number, record.at, record.by, record.kind, record.body)
        if sign.hex() != record.hash:
            yield wrong(Step.CHAIN, "link", place)
            return
        previous = sign


def _followed(events: Events) -> tuple[Workshop | None, list[Check]]:
    state = Workshop(id=events.stream)
    current: dict[int, str] = {}
    for record in events.records:
        place = f"{EVENTS}/{record.number}"
        try:
            read_event(record.kind, record.body)
            refusal = _refusal(state, record) or _replacing(current, record)
            if refusal:
                return None, [wrong(Step.CHAIN, refusal, place)]
            state = apply(state, recorded(events.stream, record))
        except (ValueError, KeyError, TypeError) as error:
            return None, [wrong(Step.CHAIN, "event", place, found=error)]
    return state, []


def _refusal(state: Workshop, record: Event) -> str:
    """Name what this event may not do in this state; empty when it may."""
    body = record.body
    if record.at < state.at:
        return "earlier"
    if record.kind == "submitted" and state.sheets[body["sheet"]].status != "open":
        return "not_open"
    if record.kind == "closed":
        sheet = state.sheets[body["sheet"]]
        if _counts(body["counted"]) != _counts(sheet.submitted):
            return "counted"
        if sheet.status not in ("open", "paused"):
            return "not_open"
    if record.kind == "frozen" and body["fingerprint"] != _sign(state):
        return "other_fingerprint"
    return ""


def _replacing(current: dict[int, str], record: Event) -> str:
    """Follow which answers there are; one replaces or deletes only one of the same sheet."""
    body = record.body
    if record.kind == "submitted":
        is_known = body["replaces"] is None or current.pop(body["replaces"], "") == body["sheet"]
        current[record.number] = body["sheet"]
    else:
        is_known = not (record.kind == "erased" and body["counted"])
        is_known = is_known or current.pop(body["number"], "") == body["sheet"]
    return "" if is_known else "replaces"


def _counts(counts: Mapping[str, int]) -> dict[str, int]:
    return {side: count for side, count in counts.items() if count}


def _sign(state: Workshop) -> str:
    return fingerprint(state.files_sha256, state.rules)


def recorded(stream: str, record: Event) -> Recorded:
    """Give a record of a bundle as one of a store, without the hash before it."""
    return Recorded(
        stream,
        record.number,
        record.at,
        record.by,
        record.kind,
        record.body,
        b"",
        bytes.fromhex(record.hash),
    )


def _frozen(state: Workshop, documents: Mapping[str, Any]) -> Iterator[Check]:
    if state.fingerprint is not None:
        yield ok(Step.CHAIN, "frozen", fingerprint=state.fingerprint[:16])
    elif state.exploration:
        yield note(Step.CHAIN, "exploration")
    else:
        yield wrong(Step.CHAIN, "not_frozen", EVENTS)
    share = documents[RULES_FILE]["share"]
    if share != state.rules.share:
        yield wrong(
            Step.CHAIN, "share", f"{RULES_FILE}/share", found=share, expected=state.rules.share
        )
    # The rules that people vote on divide everything over two sides.
    third = documents[RULES_FILE]["third_shares"]
    if third:
        yield wrong(Step.CHAIN, "share", f"{RULES_FILE}/third_shares", found=len(third), expected=0)


def _closed(state: Workshop, documents: Mapping[str, Any]) -> Iterator[Check]:
    held = [state.sheets[name] for name in _ROUNDS if any(state.sheets[name].submitted.values())]
    if not held:
        yield wrong(Step.CHAIN, "no_round", EVENTS)
        return
    last = held[-1]
    if last.status != "closed":
        yield wrong(Step.CHAIN, "no_close", EVENTS, sheet=last.name)
        return
    yield ok(Step.CHAIN, "closed", sheet=last.name)
    people = documents[ANNOUNCED]["people"]
    for side in SIDES:
        # Whoever abstained handed in too; whoever skipped the last round keeps the first.
        most = sum(sheet.submitted.get(side, 0) for sheet in held)
        count = people.get(side)
        if count is not None and count > most:
            yield wrong(
                Step.CHAIN, "people", f"{ANNOUNCED}/people/{side}", found=count, expected=most
            )


def _files(state: Workshop, files: Mapping[str, bytes]) -> Iterator[Check]:
    own = {
        name.removeprefix(FILES): given for name, given in files.items() if name.startswith(FILES)
    }
    for name, given in own.items():
        if state.files.get(name) != hashlib.sha256(given).hexdigest():
            yield wrong(Step.CHAIN, "file", f"{FILES}{name}")
    same = sum(state.files.get(name) is not None for name in own)
    if same:
        yield ok(Step.CHAIN, "files", count=same)
    if missing := sorted(state.files.keys() - own.keys()):
        yield open_promise(Step.CHAIN, "files_inside", names=", ".join(missing))
