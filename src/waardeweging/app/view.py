"""What a page gets to show: one visitor's choice and its outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.scenario import Scenario
from waardeweging.app.desk import Choice, choice_of, kept, outcome_of, shelf
from waardeweging.app.session import Session
from waardeweging.explanation.findings import Finding
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.sentences import finding_text, labels_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class View:
    """One outcome, as one visitor wants to see it.

    Parameters
    ----------
    session : Session
    choice : Choice
    outcome : Outcome
    """

    session: Session
    choice: Choice
    outcome: Outcome

    @property
    def language(self) -> Language:
        """The visitor's language."""
        return self.session.language

    @property
    def scenario(self) -> Scenario:
        """The scenario as analysed."""
        return self.outcome.scenario

    def made(self, make: Callable[[Outcome, Language], T]) -> T:
        """Give what a presentation function makes of this outcome; made once for everyone."""
        return kept(make, self.choice, self.language)

    def findings(self, *kinds: str) -> tuple[Finding, ...]:
        """Give the findings of these kinds, in the order of the kinds."""
        found = self.outcome.findings
        return tuple(finding for kind in kinds for finding in found if finding.kind == kind)

    def sentence(self, finding: Finding) -> str:
        """Say a finding in the visitor's language."""
        return finding_text(finding, labels_of(self.outcome, self.language), self.language)


def view_of(session: Session, variant: str | None = None) -> View:
    """Give the outcome that a visitor chose.

    Parameters
    ----------
    session : Session
    variant : str, optional
        Another variant than the visitor's.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If the scenario cannot be read or weighed.
    """
    folder = shelf()[session.scenario]
    choice = choice_of(folder, session.perspective, variant or session.variant)
    return View(session, choice, outcome_of(choice))
