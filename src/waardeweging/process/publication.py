"""When a result may be shown, so that no difference between two of them tells of one person.

Two exact figures about almost the same people give away whoever is in one of them
only. So a result that was shown stays as it was, until on each side nobody or at
least five people answered anew. What counts as shown is read from the chain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from waardeweging.process.chain import Recorded
from waardeweging.process.steps import NAMES, STEPS

# Both rounds weigh the same thing: their figures stand beside each other.
ROUNDS = ("round-1", "round-2")


@dataclass(frozen=True, slots=True)
class Told:
    """What the hall has seen of a sheet.

    Parameters
    ----------
    at : int or None
        Number of the record since which the present result is shown; None when nothing was.
    changed : mapping of str to int
        People per side whose answer came, went or moved since then.
    closed : bool
        Whether the sheet is closed now.
    counted : mapping of str to int
        Answers per side when it was last closed.
    """

    at: int | None
    changed: Mapping[str, int]
    closed: bool
    counted: Mapping[str, int]

    @property
    def is_current(self) -> bool:
        """Whether what was shown is still what people answered."""
        return self.at is not None and not any(self.changed.values())


def told(records: Iterable[Recorded], sheet: str, fewest: int) -> Told:
    """Follow the chain and say what the hall has seen of a sheet.

    Parameters
    ----------
    records : iterable of Recorded
        The whole chain, in order.
    sheet : str
    fewest : int
        No difference about fewer people than this is told.
    """
    follower = _Follower(sheet, fewest)
    for one in records:
        follower.follow(one)
    return Told(
        follower.at, _sizes(follower.changed) if follower.at else {}, follower.closed,
        follower.counted,
    )  # fmt: skip


def has_seen(records: Iterable[Recorded], step: str, since: int = 0) -> bool:
    """Say whether the hall has seen a result of a step.

    Parameters
    ----------
    records : iterable of Recorded
        The whole chain, in order.
    step : str
        That shows what a round came to.
    since : int
        Number of the first record from which looking counts.
    """
    wanted, here = NAMES.index(step), 0
    follower = _Follower(STEPS[wanted].needs, 0)
    for one in records:
        here = one.body["step"] if one.kind == "shown" else here
        follower.follow(one)
        if here == wanted and follower.is_telling and one.number >= since:
            return True
    return False


def is_crowd(counts: Mapping[str, int], fewest: int) -> bool:
    """Say whether every side has nobody, or enough people to hide in."""
    return all(count == 0 or count >= fewest for count in counts.values())


@dataclass
class _Follower:
    sheet: str
    fewest: int
    at: int | None = None
    closed: bool = False
    counted: Mapping[str, int] = field(default_factory=dict)
    changed: dict[str, set[int]] = field(default_factory=dict)
    _tells: bool = False
    _hidden: bool = False
    _emergency: bool = False
    _first: dict[int, int] = field(default_factory=dict)

    def follow(self, one: Recorded) -> None:
        body = one.body
        match one.kind:
            case "shown":
                self._tells = _tells(body["step"], body["page"], self.sheet)
            case "hidden":
                self._hidden = body["hidden"]
            case "emergency":
                self._emergency = body["on"]
            case "opened" | "reopened" | "closed" if body["sheet"] == self.sheet:
                self.closed = one.kind == "closed"
                self.counted = body.get("counted", self.counted)
        for side, person in self._touched(one):
            self.changed.setdefault(side, set()).add(person)
        if self._may_tell():
            self.at = one.number
            self.changed.clear()

    @property
    def is_telling(self) -> bool:
        """Whether the sheet is closed and the screen tells of it."""
        return self.closed and self._tells and not self._hidden and not self._emergency

    def _may_tell(self) -> bool:
        if not self.is_telling:
            return False
        # The first figures of round 2 stand beside those of round 1, of the same people.
        if self.at is None:
            return self.sheet != ROUNDS[1] or is_crowd(self.counted, self.fewest)
        changed = _sizes(self.changed)
        return any(changed.values()) and is_crowd(changed, self.fewest)

    def _touched(self, one: Recorded) -> tuple[tuple[str, int], ...]:
        """Give the sides whose figures an event changes, with a number for the person."""
        body = one.body
        if one.kind == "submitted" and body["sheet"] == self.sheet:
            earlier = body["replaces"]
            person = one.number if earlier is None else self._first.get(earlier, earlier)
            self._first[one.number] = person
            return ((body["side"], person),)
        if one.kind == "erased" and body["sheet"] == self.sheet and body["counted"]:
            return ((body["side"], self._first.get(body["number"], body["number"])),)
        if one.kind == "revoked" and self.sheet in body["sheets"]:
            return ((body["side"], one.number),)
        if one.kind == "side_corrected" and self.sheet in body["sheets"]:
            return ((body["was"], one.number), (body["now"], one.number))
        return ()


def _sizes(people: Mapping[str, set[int]]) -> dict[str, int]:
    return {side: len(one) for side, one in people.items() if one}


def _tells(step: int, page: str, sheet: str) -> bool:
    """Say whether a page tells what people answered on a sheet; both rounds go together."""
    if step >= len(STEPS) or page not in STEPS[step].results:
        return False
    needs = STEPS[step].needs
    return sheet == needs or (sheet in ROUNDS and needs in ROUNDS)
