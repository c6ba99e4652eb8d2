"""Verifies a bundle, step by step, and never stops at the first thing that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from waardeweging.analysis.scenario import Scenario
from waardeweging.dossier.bundle.container import read_bytes, unpack
from waardeweging.dossier.bundle.contents import (
    ANNOUNCED,
    BALLOTS,
    EVENTS,
    FILES,
    FORMAT_VERSION,
    HEAD,
    OUTCOME,
    REPORT,
    REQUIREMENTS,
    Head,
)
from waardeweging.dossier.bundle.events import Events
from waardeweging.dossier.bundle.inputs import checked
from waardeweging.dossier.bundle.recalculate import Recalculated, read_held
from waardeweging.dossier.verify.anchors import Anchors, check_anchors, fingerprint_of
from waardeweging.dossier.verify.chain import check_workshop, replayed
from waardeweging.dossier.verify.files import check_forms, check_manifest
from waardeweging.dossier.verify.forms import check_suppression, forms_of
from waardeweging.dossier.verify.frozen import check_frozen
from waardeweging.dossier.verify.leaves import check_leaves
from waardeweging.dossier.verify.project import is_project, verify_project
from waardeweging.dossier.verify.recalculation import check_recalculation, check_version
from waardeweging.dossier.verify.report import Check, Report, Step, faulty, ok, wrong
from waardeweging.dossier.verify.report_numbers import check_reports
from waardeweging.problem.errors import Faults, InputError

_ORDER = list(Step)


def verify_bundle(source: Path | bytes, anchors: Anchors | None = None) -> Report:
    """Verify a bundle.

    Parameters
    ----------
    source : Path or bytes
        The zip, or the folder that somebody unpacked it in.
    anchors : Anchors, optional
        What the reader has from elsewhere: a head, a receipt, a signature.

    Returns
    -------
    Report
        What was checked, what is wrong and where, and what could not be checked. A file
        that is no bundle gives a report too.
    """
    try:
        whole = read_bytes(source) if isinstance(source, Path) else source
        files = unpack(whole, source.name if isinstance(source, Path) else "bundle.zip")
    except InputError as error:
        return Report(tuple(faulty(Step.GUARD, error)))
    if is_project(files):
        return verify_project(files, whole, anchors or Anchors())
    fingerprint = fingerprint_of(files)
    checks = [ok(Step.GUARD, "guard", count=len(files)), *check_manifest(files)]
    documents, forms = check_forms(files)
    head, shapes = _head(documents)
    checks += [*forms, *shapes]
    level = version = ""
    if head is not None:
        level, version = head.level.value, head.version
        checks += _contents(head, documents, files)
        checks += _log(documents, files, anchors or Anchors(), whole)
    checks.sort(key=lambda check: _ORDER.index(check.step))
    return Report(tuple(checks), fingerprint, level, version)


def _contents(
    head: Head, documents: Mapping[str, Any], files: Mapping[str, bytes]
) -> Iterable[Check]:
    """Check forms and small groups, and recalculate as far as the forms allow."""
    listed = files.get(REQUIREMENTS, b"")
    yield from _guarded(Step.SCHEMA, HEAD, lambda: check_version(head, documents, listed))
    scenario, misfits = _scenario(head, documents)
    yield from misfits
    if scenario is None:
        return
    yield ok(Step.SCHEMA, "schema")
    yield from _guarded(
        Step.SUPPRESSION, OUTCOME, lambda: check_suppression(head, documents, files)
    )
    again: list[Recalculated] = []

    def recalculated() -> Iterable[Check]:
        found, checks = check_recalculation(head, documents, scenario)
        again.append(found)
        return checks

    yield from _guarded(Step.RECALCULATION, "inputs", recalculated)
    if again:
        yield from _guarded(
            Step.REPORT, REPORT, lambda: check_reports(head, files, documents, again[0])
        )


def _log(
    documents: Mapping[str, Any], files: Mapping[str, bytes], anchors: Anchors, whole: bytes
) -> Iterable[Check]:
    """Check the log, what rests on it, and what the reader has from elsewhere."""
    events: Events | None = None
    if EVENTS in documents:
        try:
            events = checked(lambda: Events.model_validate(documents[EVENTS]), EVENTS)
        except InputError as error:
            yield from faulty(Step.SCHEMA, error)
    if events is not None:
        log = replayed(events)
        yield from log.checks
        state, known = log.state, events
        if state is not None:
            yield from _guarded(Step.CHAIN, EVENTS, lambda: check_workshop(state, documents, files))
            yield from _guarded(Step.CHAIN, BALLOTS, lambda: check_leaves(known, documents))
    yield from _guarded(Step.CHAIN, FILES, lambda: check_frozen(documents, files))
    fingerprint = fingerprint_of(files)
    yield from _guarded(
        Step.ANCHORS, EVENTS, lambda: check_anchors(anchors, whole, fingerprint, events)
    )


def _guarded(step: Step, place: str, check: Callable[[], Iterable[Check]]) -> list[Check]:
    """Check something; what was made to break the checking is a finding, never a crash."""
    try:
        return list(check())
    except Exception as error:
        return list(faulty(step, error)) or [wrong(step, "broken", place, found=error)]


def _head(documents: Mapping[str, Any]) -> tuple[Head | None, list[Check]]:
    if HEAD not in documents:
        return None, []
    given = documents[HEAD]
    version = given.get("format_version") if isinstance(given, dict) else None
    if version != FORMAT_VERSION:
        place = f"{HEAD}/format_version"
        return None, [wrong(Step.SCHEMA, "format", place, found=version, expected=FORMAT_VERSION)]
    try:
        return checked(lambda: Head.model_validate(given), HEAD), []
    except InputError as error:
        return None, list(faulty(Step.SCHEMA, error))


def _scenario(head: Head, documents: Mapping[str, Any]) -> tuple[Scenario | None, list[Check]]:
    """Make the scenario, or name every document that is missing or has another form."""
    forms, faults = forms_of(head.level), Faults()
    missing = [
        wrong(Step.SCHEMA, "missing", name)
        for name in (ANNOUNCED, BALLOTS)
        if name not in documents
    ]
    for name in forms.keys() & documents.keys():
        with faults.collecting():
            checked(partial(forms[name].validate_python, documents[name]), name)
    scenario = None
    if not missing and not faults:
        with faults.collecting():
            scenario = read_held(documents, head.level)
    return scenario, missing + [check for fault in faults for check in faulty(Step.SCHEMA, fault)]
