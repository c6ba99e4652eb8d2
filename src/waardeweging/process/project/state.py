"""The state of a project: what follows from its chain, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from waardeweging.elicitation.ballots import SIDES
from waardeweging.process.deciding import is_majority
from waardeweging.process.events import Event
from waardeweging.process.project import events as e
from waardeweging.process.streams import Stream


@dataclass(frozen=True, slots=True)
class Votes:
    """The last vote of each side.

    Parameters
    ----------
    agree, of : mapping of str to int
        Per side, who agreed, of how many who voted.
    """

    agree: Mapping[str, int] = field(default_factory=dict)
    of: Mapping[str, int] = field(default_factory=dict)

    def with_side(self, side: str, agree: int, of: int) -> Votes:
        """Give the votes with another one of a side."""
        return Votes({**self.agree, side: agree}, {**self.of, side: of})

    @property
    def is_carried(self) -> bool:
        """Whether each side has a majority; one side alone carries nothing."""
        return all(is_majority(self.agree.get(side, 0), self.of.get(side, 0)) for side in SIDES)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was proposed.

    Parameters
    ----------
    suggested : RuleSuggested
    votes : Votes
    adopted_at : str or None
        When each side had a majority; None as long as one has not.
    """

    suggested: e.RuleSuggested
    votes: Votes = field(default_factory=Votes)
    adopted_at: str | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """What somebody brought in, and what became of it.

    Parameters
    ----------
    given : InputGiven
    at : str
        When it came in.
    owner : str
        Who answers; empty when nobody does yet.
    due : str or None
        Before which day.
    answered : InputAnswered or None
    answered_at : str or None
    """

    given: e.InputGiven
    at: str
    owner: str = ""
    due: str | None = None
    answered: e.InputAnswered | None = None
    answered_at: str | None = None

    @property
    def status(self) -> str:
        """``adopted``, ``partly``, ``declined``; before that ``assigned`` or ``waiting``."""
        if self.answered is not None:
            return self.answered.reply
        return "assigned" if self.owner else "waiting"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as it now stands.

    Parameters
    ----------
    written : AgreementWritten
    made_at, changed_at : str
    """

    written: e.AgreementWritten
    made_at: str
    changed_at: str

    def is_overdue(self, today: str) -> bool:
        """Say whether its day went by while it is not done."""
        due = self.written.due
        return self.written.status in ("open", "busy") and due is not None and due < today


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with its earlier texts, the first one first.

    Parameters
    ----------
    versions : tuple of GoalWritten
    dropped : str
        Why it went; empty as long as it stands.
    """

    versions: tuple[e.GoalWritten, ...]
    dropped: str = ""

    @property
    def now(self) -> e.GoalWritten:
        """The text as it now stands."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class Version:
    """The sheets and rules as they were frozen once.

    Parameters
    ----------
    number : int
    fingerprint : str
    at : str
    kaders : tuple of KaderWritten
    rules : tuple of RuleSuggested
        Those that were adopted.
    reason : str
        Why this version came after the one before.
    """

    number: int
    fingerprint: str
    at: str
    kaders: tuple[e.KaderWritten, ...]
    rules: tuple[e.RuleSuggested, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """A version of framework, options and performances.

    Parameters
    ----------
    kept : FilesKept
    at : str
    """

    kept: e.FilesKept
    at: str


@dataclass(frozen=True, slots=True)
class Session:
    """A workshop or a consultation of the project.

    Parameters
    ----------
    added : SessionAdded
    weighed : SessionWeighed or None
        Its result, once there is one.
    """

    added: e.SessionAdded
    weighed: e.SessionWeighed | None = None


@dataclass(frozen=True, slots=True)
class Project(Stream):
    """A project as it stands after `number` records.

    Parameters
    ----------
    title, language : str
    neighbourhood : str
        CBS code; empty when there is none.
    began_at : str
    exploration : bool
        Marked VERKENNING: rounds need no agreed kaders, and every page and export says so.
    public : bool
        Whether everybody may read its page.
    kaders : mapping of str to KaderWritten
    sheet_votes : mapping of str to (str, Votes)
        Per sheet the fingerprint that was voted on, with the votes.
    version : int
        Of the kaders: 1, and one more after every revision.
    reason : str
        Of the last revision.
    fingerprint : str or None
        Of the kaders; None as long as they may change.
    versions : tuple of Version
        What was frozen, the first one first; these never change.
    goals : mapping of str to Goal
    files : tuple of Files
        Every version, the first one first.
    rules : mapping of str to Rule
    inputs : mapping of str to Input
    actors : mapping of str to ActorWritten
    talks : mapping of str to TalkWritten
    invitations : mapping of str to Invited
    facilitators : tuple of FacilitatorChosen
        The present one last.
    buddies : mapping of str to BuddiesPaired
    agreements : mapping of str to Agreement
    moments : mapping of str to MomentWritten
    decisions : mapping of str to DecisionTaken
    sessions : mapping of str to Session
        In the order in which they were added.
    measurements : mapping of str to CooperationMeasured
    observations : mapping of (str, str, str) to IndicatorObserved
        By indicator, moment and side.
    lessons : mapping of str to LessonWritten
    harvest : mapping of str to Harvested
    """

    FORMS: ClassVar[Mapping[str, type[Event]]] = e.EVENTS

    title: str = ""
    language: str = "nl"
    neighbourhood: str = ""
    began_at: str = ""
    exploration: bool = False
    public: bool = False
    kaders: Mapping[str, e.KaderWritten] = field(default_factory=dict)
    sheet_votes: Mapping[str, tuple[str, Votes]] = field(default_factory=dict)
    version: int = 1
    reason: str = ""
    fingerprint: str | None = None
    versions: tuple[Version, ...] = ()
    goals: Mapping[str, Goal] = field(default_factory=dict)
    files: tuple[Files, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    inputs: Mapping[str, Input] = field(default_factory=dict)
    actors: Mapping[str, e.ActorWritten] = field(default_factory=dict)
    talks: Mapping[str, e.TalkWritten] = field(default_factory=dict)
    invitations: Mapping[str, e.Invited] = field(default_factory=dict)
    facilitators: tuple[e.FacilitatorChosen, ...] = ()
    buddies: Mapping[str, e.BuddiesPaired] = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    moments: Mapping[str, e.MomentWritten] = field(default_factory=dict)
    decisions: Mapping[str, e.DecisionTaken] = field(default_factory=dict)
    sessions: Mapping[str, Session] = field(default_factory=dict)
    measurements: Mapping[str, e.CooperationMeasured] = field(default_factory=dict)
    observations: Mapping[tuple[str, str, str], e.IndicatorObserved] = field(default_factory=dict)
    lessons: Mapping[str, e.LessonWritten] = field(default_factory=dict)
    harvest: Mapping[str, e.Harvested] = field(default_factory=dict)

    @property
    def is_frozen(self) -> bool:
        """Whether the kaders have a fingerprint."""
        return self.fingerprint is not None

    @property
    def facilitator(self) -> e.FacilitatorChosen | None:
        """Who leads the talks now; None when nobody was chosen."""
        return self.facilitators[-1] if self.facilitators else None

    @property
    def adopted(self) -> tuple[e.RuleSuggested, ...]:
        """The rules that hold: per subject the last one that was adopted, and every other one."""
        carried = [rule for rule in self.rules.values() if rule.adopted_at is not None]
        carried.sort(key=lambda rule: rule.adopted_at or "")
        last = {_holds_as(rule): rule.suggested for rule in carried}
        return tuple(last.values())


def _holds_as(rule: Rule) -> str:
    one = rule.suggested
    return one.id if one.subject == "other" else f"subject {one.subject}"
