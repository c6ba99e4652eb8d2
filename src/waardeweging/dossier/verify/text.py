"""A verification in sentences: the verdict first, then what is wrong, right and not checkable."""

from __future__ import annotations

from collections.abc import Iterator

from waardeweging.dossier.verify.report import Check, Report, State
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.sentences import fault_text

ORDER = (State.WRONG, State.NOTE, State.OK, State.OPEN)
"""What a reader wants to know first."""


def check_text(check: Check, language: Language) -> str:
    """Say one check."""
    if check.fault is not None:
        return fault_text(check.fault, language)
    return text(f"verify.say.{check.key}", language, **check.values)


def verdict(report: Report, language: Language) -> str:
    """Say in one sentence whether the bundle is right."""
    wrong = len(report.of(State.WRONG))
    return text("verify.wrong" if wrong else "verify.right", language, count=wrong)


def about(report: Report, language: Language) -> tuple[str, ...]:
    """Say what the bundle is, as far as it could be read."""
    said = []
    if report.level:
        what = text(f"verify.{report.level.lower()}", language)
        said.append(text("verify.level", language, level=report.level, what=what))
        said.append(text("verify.made_by", language, version=report.version))
    if report.fingerprint:
        said.append(text("verify.fingerprint", language, fingerprint=report.fingerprint))
    return tuple(said)


def report_lines(report: Report, name: str, language: Language) -> Iterator[str]:
    """Lay a verification out as lines for a terminal.

    Parameters
    ----------
    report : Report
    name : str
        Of the file.
    language : str
    """
    yield text("verify.title", language, name=name)
    yield from about(report, language)
    yield ""
    yield verdict(report, language)
    for state in ORDER:
        found = report.of(state)
        if not found:
            continue
        yield ""
        yield f"{text(f'verify.state_{state.value}', language)}:"
        for check in found:
            step = text(f"verify.step.{check.step.value}", language)
            yield f"  {step}: {check_text(check, language)}"
