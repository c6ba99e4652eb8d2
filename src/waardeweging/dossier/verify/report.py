"""What a verification found, step by step; the sentences stand in the catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from waardeweging.problem.errors import InputError, faults_in, shown

_HASH = re.compile(r"[0-9a-f]{64}")


class Step(StrEnum):
    """The steps, in their order."""

    GUARD = "guard"
    MANIFEST = "manifest"
    FORM = "form"
    SCHEMA = "schema"
    SUPPRESSION = "suppression"
    CHAIN = "chain"
    ANCHORS = "anchors"
    RECALCULATION = "recalculation"
    REPORT = "report"


class State(StrEnum):
    """How a check ended."""

    OK = "ok"
    WRONG = "wrong"
    OPEN = "open"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked, or that could not be.

    Parameters
    ----------
    step : Step
    state : State
        ``ok``, ``wrong``, ``open`` (could not be checked) or ``note``.
    key : str
        Of its sentence, below ``verify.say``; empty for a fault, which has its own.
    place : str
        Where in the bundle: file, then the path inside it.
    values : mapping of str to str
        What the sentence names.
    fault : InputError or None
    """

    step: Step
    state: State
    key: str
    place: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    fault: InputError | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a verification found.

    Parameters
    ----------
    checks : tuple of Check
        In the order of the steps.
    fingerprint : str
        SHA-256 of the manifest: one number for the whole bundle. Empty without a manifest.
    level, version : str
        As the bundle says; empty when it could not be read.
    """

    checks: tuple[Check, ...]
    fingerprint: str = ""
    level: str = ""
    version: str = ""

    @property
    def is_right(self) -> bool:
        """Whether nothing wrong was found."""
        return not any(check.state is State.WRONG for check in self.checks)

    def of(self, state: State) -> tuple[Check, ...]:
        """Give the checks that ended in one way."""
        return tuple(check for check in self.checks if check.state is state)


def ok(step: Step, key: str, /, **values: object) -> Check:
    """Say that something is right."""
    return Check(step, State.OK, key, values=_shown(values))


def wrong(step: Step, key: str, place: str, /, **values: object) -> Check:
    """Say that something is wrong, and where."""
    return Check(step, State.WRONG, key, place, _shown({"place": place, **values}))


def open_promise(step: Step, key: str, /, **values: object) -> Check:
    """Name a promise that could not be checked."""
    return Check(step, State.OPEN, key, values=_shown(values))


def note(step: Step, key: str, /, **values: object) -> Check:
    """Tell something that is neither right nor wrong."""
    return Check(step, State.NOTE, key, values=_shown(values))


def faulty(step: Step, error: BaseException) -> Iterator[Check]:
    """Give a check for every fault in an error."""
    for fault in faults_in(error):
        yield Check(step, State.WRONG, "", str(fault.where), fault=fault)


def _shown(values: Mapping[str, object]) -> dict[str, str]:
    return {name: _said(value) for name, value in values.items()}


def _said(value: object) -> str:
    """Shorten what a bundle quotes; a hash is whole or nothing."""
    text = str(value)
    return text if _HASH.fullmatch(text) else shown(text)
