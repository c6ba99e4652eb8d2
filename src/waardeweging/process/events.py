"""What can happen in a workshop: one exact form per kind of event.

An event holds no answer and no name. `EVENTS` finds the form of a kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

SHEETS = ("rules", "practice", "round-1", "round-2", "grades", "accept", "cooperation")
"""What people fill in, in the order of an evening."""

SheetName = Annotated[str, Field(pattern=f"^({'|'.join(SHEETS)})$")]
Role = Literal[
    "facilitator", "administrator", "analyst", "reader", "helper", "residents", "municipality"
]
ROLES: tuple[Role, ...] = get_args(Role)
"""The last two write for their side in a project."""

Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=5000)]
Count = Annotated[int, Field(ge=0)]
Moment = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
PerSide = dict[Short, Count]


class Event(BaseModel):
    """Form of the body of one kind of event: frozen, exact, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
    kind: ClassVar[str]


class Rules(BaseModel):
    """The rules of a workshop, which both sides vote on.

    Parameters
    ----------
    share : float
        Share λ of the residents in the joint weights. [0–1]
    fewest : int
        Figures about fewer people than this are never shown. [5 or more]
    texts : tuple of str
        What else was agreed, in words.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    share: Annotated[float, Field(ge=0, le=1)] = 0.5
    fewest: Annotated[int, Field(ge=5, le=100)] = 5
    texts: tuple[Long, ...] = ()


class Created(Event):
    """A workshop began."""

    kind = "created"
    title: Short
    language: Short
    exploration: bool
    room_code: Short
    files: dict[Short, Digest]
    rules: Rules


class RulesSet(Event):
    """The rules were written, before freezing."""

    kind = "rules_set"
    rules: Rules


class Frozen(Event):
    """Files and rules got a fingerprint; from here on they stay as they are."""

    kind = "frozen"
    fingerprint: Digest
    version: Count


class Revised(Event):
    """Other files took the place of the frozen ones, as a new version, for a reason."""

    kind = "revised"
    files: dict[Short, Digest]
    reason: Long
    version: Count


class Issued(Event):
    """Cards with a personal code were made.

    The log may be published, so a department, which may be of a few people, stands on
    the cards only. Earlier releases wrote it here.
    """

    kind = "issued"
    side: Short
    department: Short = ""
    count: Count


class Paired(Event):
    """Of the cards that were just made, so many of each side were made as buddies."""

    kind = "paired"
    count: Count


class Seated(Event):
    """A card was used for the first time."""

    kind = "seated"
    side: Short


class StaffLinked(Event):
    """A secret link for a role was made."""

    kind = "staff_linked"
    role: Role
    expires: Moment


class StaffWithdrawn(Event):
    """All secret links of a role ended."""

    kind = "staff_withdrawn"
    role: Role


class Opened(Event):
    """A sheet takes answers."""

    kind = "opened"
    sheet: SheetName
    closes_at: Moment | None = None


class Paused(Event):
    """A sheet takes no answers for a while; its clock stands still."""

    kind = "paused"
    sheet: SheetName


class Resumed(Event):
    """A paused sheet takes answers again."""

    kind = "resumed"
    sheet: SheetName
    closes_at: Moment | None = None


class Extended(Event):
    """A sheet got more time."""

    kind = "extended"
    sheet: SheetName
    closes_at: Moment


class Closed(Event):
    """A sheet takes no more answers; `counted` per side is what counts."""

    kind = "closed"
    sheet: SheetName
    counted: PerSide


class Reopened(Event):
    """A closed sheet takes answers again, for a reason."""

    kind = "reopened"
    sheet: SheetName
    reason: Long
    closes_at: Moment | None = None


class Submitted(Event):
    """Somebody answered: the leaf of the answer, and the record that it replaces."""

    kind = "submitted"
    sheet: SheetName
    leaf: Digest
    side: Short
    replaces: Count | None = None


class Erased(Event):
    """Somebody deleted an answer; the leaf stays and says nothing any more."""

    kind = "erased"
    sheet: SheetName
    number: Count
    side: Short
    counted: bool


class SideCorrected(Event):
    """A card stood on the wrong side; `sheets` are those where its answer moves along."""

    kind = "side_corrected"
    was: Short
    now: Short
    seated: bool
    sheets: list[SheetName]


class Revoked(Event):
    """A card ended; its answers on `sheets` do not count any more."""

    kind = "revoked"
    side: Short
    seated: bool
    sheets: list[SheetName]


class Shown(Event):
    """The big screen went to a page."""

    kind = "shown"
    step: Count
    page: Short


class Hidden(Event):
    """The big screen was hidden, or shown again."""

    kind = "hidden"
    hidden: bool


class Emergency(Event):
    """The emergency screen went on or off."""

    kind = "emergency"
    on: bool


class Note(Event):
    """Somebody of the staff wrote something down for the log."""

    kind = "note"
    text: Long


class KadersSet(Event):
    """The workshop belongs to a project; `fingerprint` is that of its kaders, once agreed."""

    kind = "kaders_set"
    project: Short
    version: Count
    fingerprint: Digest | None


class TablesMade(Event):
    """People were divided over tables: table number per card."""

    kind = "tables_made"
    tables: dict[Short, Count]


class Agreed(Event):
    """An agreement: what, who, when, and how it stands. The same id again is an update."""

    kind = "agreed"
    id: Short
    what: Long
    who: Short
    when: Short
    status: Literal["open", "done", "dropped"]


class RuleProposed(Event):
    """A side proposed a rule."""

    kind = "rule_proposed"
    id: Short
    side: Short
    text: Long


class RuleAdopted(Event):
    """A proposed rule got a majority of each side."""

    kind = "rule_adopted"
    id: Short
    agree: PerSide
    of: PerSide


class RulesAdopted(Event):
    """The rules sheet got a majority of each side."""

    kind = "rules_adopted"
    agree: PerSide
    of: PerSide


class Unlinked(Event):
    """Cards and answers were cut apart; nobody can tell any more which belong together."""

    kind = "unlinked"


class Purged(Event):
    """Answers, cards, questions and links of the workshop were deleted."""

    kind = "purged"


EVENTS: Mapping[str, type[Event]] = {form.kind: form for form in Event.__subclasses__()}
"""Form of the body of what happens in a workshop, by kind."""


def read_event(
    kind: str, body: Mapping[str, Any], forms: Mapping[str, type[Event]] = EVENTS
) -> Event:
    """Read the body of a record as an event.

    Raises
    ------
    ValueError
        If the kind is unknown or the body has another form.
    """
    form = forms.get(kind)
    if form is None:
        raise ValueError(f"unknown kind of event: {kind!r}")
    return form.model_validate(body)
