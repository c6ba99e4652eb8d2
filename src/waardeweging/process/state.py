"""The state of a workshop: what follows from its chain, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from waardeweging.process.events import (
    EVENTS,
    SHEETS,
    Agreed,
    Event,
    KadersSet,
    RuleProposed,
    Rules,
)
from waardeweging.process.streams import Stream

Status = Literal["waiting", "open", "paused", "closed"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Something that people fill in, and whether it takes answers now.

    Parameters
    ----------
    name : str
        One of `SHEETS`.
    status : str
        ``waiting`` (never opened), ``open``, ``paused`` or ``closed``.
    closes_at : str or None
        When the clock runs out; None without a clock and while paused.
    seconds_left : float or None
        What the clock showed when it was paused. [s]
    times_opened : int
    head_at_close : str or None
        Hash of the record that closed it last, in hex.
    submitted : mapping of str to int
        Answers that count now, per side.
    closed_at : str
        When it was last closed; empty when it never was.
    """

    name: str
    status: Status = "waiting"
    closes_at: str | None = None
    seconds_left: float | None = None
    times_opened: int = 0
    head_at_close: str | None = None
    submitted: Mapping[str, int] = field(default_factory=dict)
    closed_at: str = ""

    @property
    def was_closed(self) -> bool:
        """Whether a result may have been shown already."""
        return self.head_at_close is not None


@dataclass(frozen=True, slots=True)
class Screen:
    """What the big screen shows.

    Parameters
    ----------
    step : int
        Place in the evening.
    page : str
    hidden : bool
        Whether the page is covered.
    emergency : bool
        Whether the emergency screen stands over everything.
    since : str
        When it came to this step; empty before anything was shown.
    """

    step: int = 0
    page: str = ""
    hidden: bool = False
    emergency: bool = False
    since: str = ""


@dataclass(frozen=True, slots=True)
class Workshop(Stream):
    """A workshop as it stands after `number` records.

    Parameters
    ----------
    title, language : str
    created_at : str
        When it began.
    exploration : bool
        Marked VERKENNING: needs no frozen rules, and every page and export says so.
    room_code : str
        Six digits on the screen in the hall.
    files : mapping of str to str
        SHA-256 of every file of the scenario, by path.
    files_sha256 : str
        Of all of them together.
    rules : Rules
    rules_adopted : bool
        Whether a majority of each side agreed with the rules.
    version : int
        1, and one more after every revision.
    fingerprint : str or None
        Of files and rules; None as long as they may change.
    issued, seated : mapping of str to int
        Valid cards per side, and those that were used.
    pairs : int
        Buddy pairs that were made: one card of each side.
    sheets : mapping of str to Sheet
    screen : Screen
    tables : mapping of str to int
        Table number per card.
    agreements : mapping of str to Agreed
    proposals : mapping of str to RuleProposed
    adopted : frozenset of str
        Ids of the proposals that both sides adopted.
    kaders : KadersSet or None
        The project that it belongs to, with the fingerprint of its kaders.
    unlinked, purged : bool
    """

    FORMS: ClassVar[Mapping[str, type[Event]]] = EVENTS

    title: str = ""
    language: str = "nl"
    created_at: str = ""
    exploration: bool = False
    room_code: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    files_sha256: str = ""
    rules: Rules = field(default_factory=Rules)
    rules_adopted: bool = False
    version: int = 1
    fingerprint: str | None = None
    issued: Mapping[str, int] = field(default_factory=dict)
    seated: Mapping[str, int] = field(default_factory=dict)
    pairs: int = 0
    sheets: Mapping[str, Sheet] = field(
        default_factory=lambda: {name: Sheet(name) for name in SHEETS}
    )
    screen: Screen = field(default_factory=Screen)
    tables: Mapping[str, int] = field(default_factory=dict)
    agreements: Mapping[str, Agreed] = field(default_factory=dict)
    proposals: Mapping[str, RuleProposed] = field(default_factory=dict)
    adopted: frozenset[str] = frozenset()
    kaders: KadersSet | None = None
    unlinked: bool = False
    purged: bool = False

    @property
    def is_frozen(self) -> bool:
        """Whether files and rules have a fingerprint."""
        return self.fingerprint is not None

    @property
    def last_round_at(self) -> str:
        """When a round was last closed; before any was, when something last happened."""
        closed = [s.closed_at for name, s in self.sheets.items() if name.startswith("round-")]
        return max(closed) or self.at

    @property
    def active_sheets(self) -> tuple[Sheet, ...]:
        """The sheets that are open or paused."""
        return tuple(s for s in self.sheets.values() if s.status in ("open", "paused"))
