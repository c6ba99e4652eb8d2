"""What a page gets to show: one visitor's choice and its outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.scenario import Scenario
from waardeweging.app.desk import Choice, choice_of, kept, outcome_of, shelf
from waardeweging.app.session import Session
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.sentences import outcome_sentences

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

    def sentences(self, *kinds: str) -> tuple[str, ...]:
        """Give the sentences of these kinds of findings, most important first."""
        said = self.made(outcome_sentences)
        return tuple(text for finding, text in said if finding.kind in kinds)

    def with_variant(self, variant: str | None) -> View:
        """Give the same view of a variant.

        Raises
        ------
        InputError or ExceptionGroup of InputError
            If the variant cannot be weighed.
        """
        return self._of(replace(self.choice, variant=variant))

    def with_share(self, share: float) -> View:
        """Give the same view with another share of the residents."""
        return self._of(replace(self.choice, share=share))

    def _of(self, choice: Choice) -> View:
        return View(self.session, choice, outcome_of(choice))

    @property
    def may_show_sides(self) -> bool:
        """Whether all who have a share have enough people to show what they think."""
        weighing = self.outcome.weighing
        return all(map(weighing.may_show, weighing.parties))


def view_of(session: Session) -> View:
    """Give the outcome that a visitor chose.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If the scenario cannot be read or weighed.
    """
    choice = choice_of(shelf()[session.scenario], session.perspective)
    return View(session, choice, outcome_of(choice))
