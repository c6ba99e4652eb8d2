"""Recalculates a bundle and compares: the core digit for digit, the rest within a hair."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from typing import Any

import numpy as np

from waardeweging import __version__
from waardeweging.analysis.scenario import Scenario
from waardeweging.dossier.bundle.contents import (
    BALLOTS,
    CORE,
    DRAWS,
    HEAD,
    OUTCOME,
    REQUIREMENTS,
    SOFTWARE,
    Head,
)
from waardeweging.dossier.bundle.documents import write_json
from waardeweging.dossier.bundle.draws import draws_fingerprints
from waardeweging.dossier.bundle.inputs import EFFECTS, PERFORMANCES, RULES_FILE
from waardeweging.dossier.bundle.levels import Level
from waardeweging.dossier.bundle.recalculate import Recalculated, recalculate
from waardeweging.dossier.bundle.software import PROGRAM, installed
from waardeweging.dossier.verify.announced import check_announced
from waardeweging.dossier.verify.comparing import TOLERANCE, Difference, differences
from waardeweging.dossier.verify.report import Check, Step, note, ok, open_promise, wrong

_MOST_NAMED = 8
_NEAR = 1e-9
_OF_CELLS = ("value_scores", "at_low", "at_high")
_OF_ANSWERS = ("weights", "scores", "margin", "acceptability")


def check_version(head: Head, documents: Mapping[str, Any], listed: bytes) -> Iterator[Check]:
    """Compare the version everywhere it stands with the program that verifies."""
    step = Step.SCHEMA
    if head.version != __version__:
        yield wrong(step, "version", f"{HEAD}/version", found=head.version, expected=__version__)
    outcome = documents.get(OUTCOME)
    provenance = outcome.get("provenance") if isinstance(outcome, dict) else None
    version = provenance.get("version") if isinstance(provenance, dict) else None
    if version != head.version:
        place = f"{OUTCOME}/provenance/version"
        yield wrong(step, "version", place, found=version, expected=head.version)
    packages = _packages(listed)
    if packages.get(PROGRAM) != head.version:
        found = packages.get(PROGRAM)
        yield wrong(step, "version", REQUIREMENTS, found=found, expected=head.version)
    if packages.get("numpy") != head.numpy:
        found = packages.get("numpy")
        yield wrong(step, "version", f"{HEAD}/numpy", found=head.numpy, expected=found)
    if _billed(documents.get(SOFTWARE)) != packages:
        yield wrong(step, "bill", SOFTWARE)
    others = sorted(name for name, one in packages.items() if installed().get(name) != one)
    if others and head.version == __version__:
        yield note(step, "software", names=", ".join(others[:_MOST_NAMED]), count=len(others))


def check_recalculation(
    head: Head, documents: Mapping[str, Any], scenario: Scenario
) -> tuple[Recalculated, list[Check]]:
    """Recalculate what the bundle holds and name every difference.

    Parameters
    ----------
    head : Head
    documents : mapping of str to JSON
    scenario : Scenario
        Of the answers that the bundle holds.
    """
    checks = [*_draws(scenario, documents[DRAWS]), *_calculated(scenario)]
    again = recalculate(scenario, head.level, head.sides_shown, head.language)
    core = json.loads(write_json(again.core))
    document = json.loads(write_json(again.document))
    checks += _compared(CORE, documents[CORE], core, 0.0, "core", again)
    checks += _compared(OUTCOME, documents[OUTCOME], document, TOLERANCE, "outcome", again)
    checks += _agree(core, document)
    checks += _near_ties(again)
    checks += check_announced(head, documents, again)
    checks += _promises(head)
    return again, checks


def _draws(scenario: Scenario, found: Any) -> Iterator[Check]:
    step, mine = Step.RECALCULATION, draws_fingerprints(scenario.seed)
    if found == mine:
        yield ok(step, "draws")
        return
    other = [name for name in mine if not isinstance(found, dict) or found.get(name) != mine[name]]
    yield wrong(step, "other_draws", f"{DRAWS}/{other[0] if other else ''}", count=len(other))


def _calculated(scenario: Scenario) -> Iterator[Check]:
    """Compare calculated performances with their formula and its stated numbers."""
    right = 0
    for row in scenario.problem.cells:
        for cell in row:
            key = (cell.alternative, cell.criterion)
            if key in scenario.typed:
                continue
            place = f"{PERFORMANCES}/{cell.alternative} × {cell.criterion}"
            result = scenario.calculations.get(key)
            if result is None:
                yield wrong(Step.RECALCULATION, "no_formula", place)
                continue
            for end in ("low", "mid", "high"):
                found, expected = getattr(cell, end), getattr(result, end)
                if any(differences(found, expected, TOLERANCE)):
                    yield _other(place, Difference(f"/{end}", repr(found), repr(expected)), EFFECTS)
                    break
            else:
                right += 1
    if right:
        yield ok(Step.RECALCULATION, "calculated", count=right)


def _compared(
    file: str, found: Any, expected: Any, tolerance: float, key: str, again: Recalculated
) -> Iterator[Check]:
    """Name what differs: where it stands, and the input from which it was recalculated."""
    every = list(differences(found, expected, tolerance))
    for one in islice(every, _MOST_NAMED):
        yield _other(file, one, _origin(one.place, again))
    if len(every) > _MOST_NAMED:
        yield note(Step.RECALCULATION, "more", file=file, count=len(every) - _MOST_NAMED)
    if not every:
        yield ok(Step.RECALCULATION, key, count=_numbers(expected))


def _agree(core: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[Check]:
    """Hold the plain additions of the core against the outcome: two ways to one number."""
    for key in ("value_scores", "weights", "scores"):
        if key in core and key in document:
            for one in differences(document[key], core[key], TOLERANCE, f"/{key}"):
                yield _other(OUTCOME, one)


def _near_ties(again: Recalculated) -> Iterator[Check]:
    """Name options so close that another processor might swap them."""
    scores = again.core.get("scores")
    if scores is None:
        return
    joint, outcome = scores["joint"], again.outcome
    for better, worse in pairwise(outcome.result.ranking):
        if abs(joint[better] - joint[worse]) < _NEAR:
            options = outcome.alternatives
            names = f"{options[better].id}, {options[worse].id}"
            yield note(Step.RECALCULATION, "near_tie", names=names)


def _promises(head: Head) -> Iterator[Check]:
    """Name what nobody can recalculate from this bundle."""
    if head.level is Level.AGGREGATES:
        key = "only_sides" if head.sides_shown else "no_weights"
        yield open_promise(Step.RECALCULATION, key)
    elif head.level is Level.ROWS:
        yield open_promise(Step.RECALCULATION, "only_rows")
    yield open_promise(Step.RECALCULATION, "inputs")


def _origin(place: str, again: Recalculated) -> str:
    """Name the input from which a number follows directly: a performance, answers or rules."""
    _, first, *steps = place.split("/")
    if first in _OF_CELLS and len(steps) == 2:
        option = again.outcome.alternatives[int(steps[0])].id
        return f"{PERFORMANCES}/{option} × {again.outcome.criteria[int(steps[1])].id}"
    if first == "provenance":
        return RULES_FILE
    return BALLOTS if first in _OF_ANSWERS else "inputs"


def _other(file: str, one: Difference, origin: str = "inputs") -> Check:
    return wrong(
        Step.RECALCULATION,
        "differs",
        f"{file}{one.place}",
        found=one.found,
        expected=one.expected,
        origin=origin,
    )


def _packages(listed: bytes) -> dict[str, str]:
    lines = listed.decode("utf-8", "replace").splitlines()
    return {name: version for name, _, version in (line.partition("==") for line in lines)}


def _billed(bill: Any) -> dict[str, str]:
    try:
        listed = [bill["metadata"]["component"], *bill["components"]]
        return {one["name"]: one["version"] for one in listed}
    except (KeyError, TypeError):
        return {}


def _numbers(document: Any) -> int:
    if isinstance(document, dict):
        return sum(_numbers(item) for item in document.values())
    if isinstance(document, list):
        return sum(_numbers(item) for item in document)
    return int(isinstance(document, int | float | np.floating) and not isinstance(document, bool))
