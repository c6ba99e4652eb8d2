"""Writes a bundle: documents, then what describes them, then the manifest of all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.scenario import Scenario
from waardeweging.dossier.bundle.announced import announced
from waardeweging.dossier.bundle.container import pack
from waardeweging.dossier.bundle.contents import (
    ABOUT,
    ANNOUNCED,
    BALLOTS,
    CORE,
    DRAWS,
    EVENTS,
    FILES,
    HEAD,
    MANIFEST,
    OPENED,
    OUTCOME,
    PERSONAL,
    README,
    REPORT,
    REQUIREMENTS,
    SOFTWARE,
    Head,
)
from waardeweging.dossier.bundle.crate import CRATE, crate
from waardeweging.dossier.bundle.documents import read_json, write_json
from waardeweging.dossier.bundle.draws import draws_fingerprints
from waardeweging.dossier.bundle.events import (
    Opened,
    events_document,
    opened_document,
    public_files,
)
from waardeweging.dossier.bundle.inputs import input_documents, personal_documents
from waardeweging.dossier.bundle.levels import (
    Level,
    check_level,
    may_show_sides,
    public_level,
    rounded_rows,
    side_points,
)
from waardeweging.dossier.bundle.recalculate import (
    kept,
    read_held,
    recalculate,
    written_ballot,
)
from waardeweging.dossier.bundle.software import bill_of_materials, requirements
from waardeweging.presentation.catalog import text
from waardeweging.process.chain import Recorded


def write_bundle(
    scenario: Scenario,
    outcome: Outcome,
    target: Path,
    *,
    level: Level | None = None,
    language: Literal["nl", "en"] = "nl",
    date: str | None = None,
    records: Sequence[Recorded] = (),
    opened: Sequence[Opened] = (),
    files: Mapping[str, bytes] | None = None,
    report: Mapping[str, bytes] | None = None,
    exploration: bool = False,
) -> Path:
    """Write the bundle of an outcome, whole or not at all.

    Parameters
    ----------
    scenario : Scenario
    outcome : Outcome
        Of that scenario.
    target : Path
        The zip to write.
    level : Level, optional
        How much of the answers it holds; the most that may be published when omitted.
    language : str
        Of the sentences in the outcome.
    date : str, optional
        Of publication; none is made up.
    records : sequence of Recorded
        The chain of the workshop in which people answered.
    opened : sequence of Opened, optional
        The answers that count with their nonces; they go along with everything only.
    files : mapping of str to bytes, optional
        The frozen files of that workshop, by path.
    report : mapping of str to bytes, optional
        The dossier in other forms, by file name.
    exploration : bool
        Whether this was a try-out; the bundle then says so where a reader begins.

    Returns
    -------
    Path
        `target`.

    Raises
    ------
    InputError
        If the answers may not leave at this level.
    OSError
        If it cannot be written.
    """
    whole = build_bundle(
        scenario,
        outcome,
        level=level,
        language=language,
        date=date,
        records=records,
        opened=opened,
        files=files,
        report=report,
        exploration=exploration,
    )
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(0o644)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def build_bundle(
    scenario: Scenario,
    outcome: Outcome,
    *,
    level: Level | None = None,
    language: Literal["nl", "en"] = "nl",
    date: str | None = None,
    records: Sequence[Recorded] = (),
    opened: Sequence[Opened] = (),
    files: Mapping[str, bytes] | None = None,
    report: Mapping[str, bytes] | None = None,
    exploration: bool = False,
) -> bytes:
    """Give the bytes of a bundle; see `write_bundle`. The same input gives the same bytes."""
    weighing = outcome.weighing
    level = public_level(weighing) if level is None else level
    check_level(weighing, level)
    head = Head(level=level, sides_shown=may_show_sides(weighing), language=language)
    held = {name: write_json(value) for name, value in _held(scenario, outcome, level).items()}
    if level is Level.FULL:
        found = kept(outcome, level, head.sides_shown, language)
    else:
        documents = {name: read_json(written, name) for name, written in held.items()}
        found = recalculate(read_held(documents, level), level, head.sides_shown, language)
    made = held | {
        HEAD: write_json(head.model_dump(mode="json")),
        ANNOUNCED: write_json(announced(outcome)),
        OUTCOME: write_json(found.document),
        CORE: write_json(found.core),
        DRAWS: write_json(draws_fingerprints(scenario.seed)),
        README: _readme(head, exploration),
        REQUIREMENTS: requirements(),
        SOFTWARE: write_json(bill_of_materials()),
    }
    if records:
        made[EVENTS] = write_json(events_document(records))
    if opened and level is Level.FULL:
        made[OPENED] = write_json(opened_document(opened))
    shown = files if level is Level.FULL else public_files(files or {})
    made |= {f"{FILES}{name}": given for name, given in (shown or {}).items()}
    made |= {f"{REPORT}{name}": given for name, given in (report or {}).items()}
    title = scenario.title[language]
    if exploration:
        title = f"{text('dossier.watermark', language)}: {title}"
    made[CRATE] = write_json(crate(made, ABOUT, title, date))
    return pack(made | {MANIFEST: manifest(made)})


def _readme(head: Head, exploration: bool) -> bytes:
    said = [text("verify.readme", head.language, version=head.version)]
    if exploration:
        marks = ("dossier.watermark", "dossier.status.exploration")
        said.insert(0, ". ".join(text(mark, head.language) for mark in marks))
    return ("\n\n".join(said) + "\n").encode()


def manifest(files: Mapping[str, bytes]) -> bytes:
    """List the SHA-256 of files as ``sha256sum -c`` reads it."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()


def _held(scenario: Scenario, outcome: Outcome, level: Level) -> dict[str, Any]:
    """Give inputs and answers as far as the level allows."""
    documents = input_documents(scenario)
    if level is Level.FULL:
        ballots = [written_ballot(ballot) for ballot in scenario.ballots]
        return documents | {
            BALLOTS: {"ballots": ballots},
            PERSONAL: personal_documents(scenario),
        }
    if level is Level.ROWS:
        return documents | {BALLOTS: rounded_rows(outcome.weighing)}
    return documents | {BALLOTS: {"points": side_points(outcome.weighing)}}
