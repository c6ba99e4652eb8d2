"""Whether these are the files that the manifest lists, in the form that a bundle has."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from waardeweging.dossier.bundle.contents import (
    ALWAYS,
    FILES,
    MANIFEST,
    REPORT,
    SOMETIMES,
)
from waardeweging.dossier.bundle.crate import CRATE
from waardeweging.dossier.bundle.documents import read_json
from waardeweging.dossier.bundle.write import manifest
from waardeweging.dossier.verify.report import Check, Step, faulty, ok, wrong
from waardeweging.problem.errors import Faults

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def check_manifest(files: Mapping[str, bytes]) -> Iterator[Check]:
    """Compare every file with its hash in the manifest."""
    step, before = Step.MANIFEST, {name: file for name, file in files.items() if name != MANIFEST}
    written = files.get(MANIFEST)
    if written is None:
        yield wrong(step, "missing", MANIFEST)
        return
    if written == manifest(before):
        yield ok(step, "manifest", count=len(before))
        return
    listed, faults = _listed(written)
    yield from faults
    for name in sorted(before.keys() | listed.keys()):
        if name not in listed:
            yield wrong(step, "unlisted", name)
        elif name not in before:
            yield wrong(step, "missing", name)
        elif hashlib.sha256(before[name]).hexdigest() != listed[name]:
            yield wrong(step, "changed", name)


def check_forms(
    files: Mapping[str, bytes],
    always: Sequence[str] = ALWAYS,
    sometimes: Sequence[str] = SOMETIMES,
) -> tuple[dict[str, Any], list[Check]]:
    """Read every JSON document of the bundle, and refuse what does not belong in it."""
    checks = [
        wrong(Step.SCHEMA, "unexpected", name)
        for name in files
        if name not in (*always, *sometimes, MANIFEST) and not name.startswith((REPORT, FILES))
    ]
    checks += [wrong(Step.SCHEMA, "missing", name) for name in always if name not in files]
    documents: dict[str, Any] = {}
    for name in (*always, *sometimes):
        if name in files and name.endswith(".json"):
            faults = Faults()
            with faults.collecting():
                documents[name] = read_json(files[name], name)
            for fault in faults:
                checks += faulty(Step.FORM, fault)
    checks += _crate(documents, files)
    if not any(check.step is Step.FORM for check in checks):
        checks.append(ok(Step.FORM, "form", count=len(documents)))
    return documents, checks


def _crate(documents: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Check]:
    """Compare the files that the description names, and their sizes, with those in the bundle."""
    try:
        graph = documents[CRATE]["@graph"]
        named = {one["@id"]: one.get("contentSize") for one in graph if one["@type"] == "File"}
    except (KeyError, TypeError, AttributeError):
        named = {}
    described = files.keys() - {CRATE, MANIFEST}
    if named != {name: str(len(files[name])) for name in described} and CRATE in files:
        yield wrong(Step.SCHEMA, "crate", CRATE)


def _listed(written: bytes) -> tuple[dict[str, str], list[Check]]:
    listed: dict[str, str] = {}
    faults = []
    for number, line in enumerate(written.decode("utf-8", "replace").splitlines(), 1):
        found = _LINE.fullmatch(line)
        if found is None or found[2] in listed:
            faults.append(wrong(Step.MANIFEST, "manifest_line", f"{MANIFEST}:{number}"))
        else:
            listed[found[2]] = found[1]
    if not faults and written != _sorted(listed):
        faults.append(wrong(Step.MANIFEST, "manifest_line", MANIFEST))
    return listed, faults


def _sorted(listed: Mapping[str, str]) -> bytes:
    return "".join(f"{listed[name]}  {name}\n" for name in sorted(listed)).encode()
