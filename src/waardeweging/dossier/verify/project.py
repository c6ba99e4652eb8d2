"""Verifies the bundle of a project: its log, its files, and the facts that follow from them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from waardeweging import __version__
from waardeweging.dossier.bundle.contents import EVENTS, FILES, HEAD, REPORT
from waardeweging.dossier.bundle.documents import write_json
from waardeweging.dossier.bundle.events import Events, public_files
from waardeweging.dossier.bundle.inputs import checked
from waardeweging.dossier.document.html import html_of
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.project.bundle import (
    ALWAYS,
    FACTS,
    FORMAT,
    SOMETIMES,
    ProjectHead,
    tells_on_few,
)
from waardeweging.dossier.project.contents import project_document
from waardeweging.dossier.project.facts import fewest_of, project_facts
from waardeweging.dossier.project.source import ProjectSource
from waardeweging.dossier.verify.anchors import Anchors, check_anchors, fingerprint_of
from waardeweging.dossier.verify.chain import check_links, recorded
from waardeweging.dossier.verify.comparing import Difference, differences
from waardeweging.dossier.verify.files import check_forms, check_manifest
from waardeweging.dossier.verify.report import (
    Check,
    Report,
    Step,
    faulty,
    note,
    ok,
    open_promise,
    wrong,
)
from waardeweging.dossier.verify.report_numbers import texts_of
from waardeweging.problem.errors import InputError
from waardeweging.process.chain import Recorded
from waardeweging.process.events import read_event
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders
from waardeweging.process.project.state import Project
from waardeweging.process.streams import apply

_MOST_NAMED = 8
_ORDER = list(Step)
# A project has no receipts, and its head stands on its page.
_OF_WORKSHOPS = ("no_receipt", "no_chain_head")


def is_project(files: Mapping[str, bytes]) -> bool:
    """Say whether these are the files of a project's bundle."""
    try:
        found = json.loads(files.get(HEAD, b""))
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("format") == FORMAT


def verify_project(files: Mapping[str, bytes], whole: bytes, anchors: Anchors) -> Report:
    """Verify the bundle of a project.

    Parameters
    ----------
    files : mapping of str to bytes
    whole : bytes
        The zip.
    anchors : Anchors
    """
    fingerprint = fingerprint_of(files)
    documents, forms = check_forms(files, ALWAYS, SOMETIMES)
    checks = [ok(Step.GUARD, "guard", count=len(files)), *check_manifest(files), *forms]
    events: Events | None = None
    try:
        head = checked(lambda: ProjectHead.model_validate(documents.get(HEAD)), HEAD)
        if EVENTS in documents:
            events = checked(lambda: Events.model_validate(documents[EVENTS]), EVENTS)
        checks += _contents(head, documents, files, events)
    except InputError as error:
        checks += faulty(Step.SCHEMA, error)
    except Exception as error:
        # What was made to break the checking is a finding, never a crash.
        checks.append(wrong(Step.RECALCULATION, "broken", FACTS, found=error))
    anchored = check_anchors(anchors, whole, fingerprint, events)
    checks += [one for one in anchored if one.key not in _OF_WORKSHOPS]
    checks.sort(key=lambda check: _ORDER.index(check.step))
    return Report(tuple(checks), fingerprint)


def _contents(
    head: ProjectHead,
    documents: Mapping[str, Any],
    files: Mapping[str, bytes],
    events: Events | None,
) -> Iterator[Check]:
    yield note(Step.SCHEMA, "project", date=head.date, version=head.version)
    if head.version != __version__:
        place = f"{HEAD}/version"
        yield wrong(Step.SCHEMA, "version", place, found=head.version, expected=__version__)
    yield from _reports(documents, files)
    if events is None:
        yield open_promise(Step.CHAIN, "project_no_log")
        return
    records = tuple(recorded(events.stream, one) for one in events.records)
    found = [*check_links(events), *_followed(records)]
    yield from found or [ok(Step.CHAIN, "chain", count=len(records))]
    if found:
        return
    versions, checks = _versions(records, files)
    yield from checks
    source = ProjectSource(records, versions)
    yield from _small(source)
    yield from _facts(source, head, documents)


def _followed(records: tuple[Recorded, ...]) -> Iterator[Check]:
    """Follow the log event by event, and check what was frozen against what stood there."""
    state = Project(id=records[0].stream if records else "")
    for record in records:
        place = f"{EVENTS}/{record.number}"
        try:
            event = read_event(record.kind, record.body, Project.FORMS)
            refusal = _refusal(state, record, event)
            if refusal:
                yield wrong(Step.CHAIN, refusal, place)
                return
            state = apply(state, record)
        except (ValueError, KeyError, TypeError) as error:
            yield wrong(Step.CHAIN, "event", place, found=error)
            return
    if not records:
        yield wrong(Step.CHAIN, "event", EVENTS, found=0)


def _refusal(state: Project, record: Recorded, event: Any) -> str:
    """Name what this event may not do in this state; empty when it may."""
    if record.at < state.at:
        return "earlier"
    if isinstance(event, e.KadersFrozen):
        if event.fingerprint != kaders.fingerprint(state):
            return "other_fingerprint"
        if not all(kaders.is_agreed(state, sheet) for sheet in e.KADERS):
            return "project_not_agreed"
    return ""


def _versions(
    records: tuple[Recorded, ...], files: Mapping[str, bytes]
) -> tuple[tuple[dict[str, bytes], ...], list[Check]]:
    """Sort the files by version, and compare them with what the log says of them."""
    kept = [one.body["files"] for one in records if one.kind == "files_kept"]
    versions: list[dict[str, bytes]] = []
    checks: list[Check] = []
    for number, said in enumerate(kept, 1):
        front = f"{FILES}{number}/"
        own = {name.removeprefix(front): x for name, x in files.items() if name.startswith(front)}
        checks += [
            wrong(Step.CHAIN, "file", f"{front}{name}")
            for name, given in own.items()
            if said.get(name) != hashlib.sha256(given).hexdigest()
        ]
        inside = public_files(dict.fromkeys(said, b"")).keys() - own.keys()
        checks += [wrong(Step.CHAIN, "missing", f"{front}{name}") for name in sorted(inside)]
        versions.append(own)
    known = sum(map(len, versions))
    listed = [name for name in files if name.startswith(FILES)]
    if len(listed) > known:
        checks.append(wrong(Step.CHAIN, "unexpected", listed[-1]))
    if known and not checks:
        checks.append(ok(Step.CHAIN, "files", count=known))
    return tuple(versions), checks


def _small(source: ProjectSource) -> Iterator[Check]:
    fewest = fewest_of(source.state)
    if tells_on_few(source.records, fewest):
        yield wrong(Step.SUPPRESSION, "too_few", EVENTS, fewest=fewest)
    else:
        yield ok(Step.SUPPRESSION, "suppression", fewest=fewest)


def _facts(
    source: ProjectSource, head: ProjectHead, documents: Mapping[str, Any]
) -> Iterator[Check]:
    """Write the facts again from log and files, and name every one that differs."""
    expected = json.loads(write_json(project_facts(source, head.language, head.date)))
    found = list(differences(documents[FACTS], expected, 0.0))
    for one in found[:_MOST_NAMED]:
        place = f"{FACTS}{one.place}"
        yield wrong(
            Step.RECALCULATION, "project_differs", place, found=one.found, expected=one.expected
        )
    if not found:
        yield ok(Step.RECALCULATION, "project_facts")


def _reports(documents: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Check]:
    """Compare every report in the bundle with the facts."""
    facts = documents[FACTS]
    for name in sorted(name for name in files if name.startswith(REPORT)):
        if name.endswith(".json"):
            wrongs = _other_facts(files[name], facts)
        elif name.endswith(".html"):
            wrongs = _other_texts(files[name], facts)
        else:
            yield open_promise(Step.REPORT, "report_rest", place=name)
            continue
        for one in wrongs[:_MOST_NAMED]:
            place = f"{name}{one.place}"
            yield wrong(
                Step.REPORT, "project_differs", place, found=one.found, expected=one.expected
            )
        if not wrongs:
            yield ok(Step.REPORT, "project_report", place=name)


def _other_facts(written: bytes, facts: Any) -> list[Difference]:
    told = json.loads(written)
    told.pop("document", None)
    return list(differences(told, facts, 0.0))


def _other_texts(written: bytes, facts: Any) -> list[Difference]:
    """Write the page again, and give every text in it that differs."""
    again = html_of(project_document(facts, facts["language"]), Theme())
    found = texts_of(written.decode("utf-8", "replace"))
    pairs = zip_longest(found, texts_of(again), fillvalue=("", ""))
    return [
        Difference(f"#{other[0] or one[0]}", one[1], other[1])
        for one, other in pairs
        if one != other
    ]
