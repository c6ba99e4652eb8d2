"""What a page gets to show: one visitor's choice and its outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.scenario import Scenario
from waardeweging.app.desk import Choice, choice_of, kept, outcome_of, shelf
from waardeweging.app.session import Session
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.sentences import outcome_sentences

T = TypeVar("T")

# Fewer people on a side, and a mean says what one of them thinks.
LEAST_PEOPLE = 5


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

    def sentences(self, *kinds: str) -> tuple[str, ...]:
        """Give the sentences of these kinds of findings, in the order of the kinds."""
        said = self.made(outcome_sentences)
        return tuple(text for kind in kinds for finding, text in said if finding.kind == kind)

    @property
    def may_show_sides(self) -> bool:
        """Whether both sides have enough people to show what they think."""
        sides = self.outcome.weighing.sides
        return min(sides.count(side) for side in SIDES) >= LEAST_PEOPLE


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
