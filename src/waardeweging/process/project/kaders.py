"""The four sheets: what is fixed and open, by whom, and whether that was agreed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from waardeweging.elicitation.ballots import SIDES
from waardeweging.process.canonical import canonical
from waardeweging.process.deciding import Decided, one, reason_of, refusal
from waardeweging.process.project import events as e
from waardeweging.process.project.state import Project

TOPICS: Mapping[e.Kaders, tuple[str, ...]] = {
    "content": ("options", "criteria", "requirements"),
    "process": ("rounds", "moments", "share", "fewest", "anonymity", "stop"),
    "actors": ("roles", "contacts", "promise"),
    "support": ("budget", "hours", "facilitator"),
}
"""What a sheet must at least say something about."""


def write(state: Project, line: e.KaderWritten) -> Decided:
    """Write a line of a sheet, or another text for it.

    A line of a higher level that is fixed and not negotiable stays as it is. A line that
    departs from one gives a reason.
    """
    _may_change(state)
    if not line.text.strip() or not line.topic.strip():
        raise refusal("project.no_text", "Write what it is about, and what is agreed.", line.id)
    earlier = state.kaders.get(line.id)
    if earlier is not None and _stands_above(earlier, line):
        _must_be_open(earlier)
        raise refusal(
            "project.other_level", "Write a line of your own that departs from it.", line.id
        )
    if line.overrides is not None:
        _check_departure(state, line)
    if line.topic == "promise" and line.value not in e.RUNGS:
        raise refusal(
            "project.rung",
            "Choose a rung of the ladder: {known}.",
            "value",
            known=", ".join(e.RUNGS),
        )
    return one(e.KaderWritten, **line.model_dump())


def drop(state: Project, line: str, reason: str) -> Decided:
    """Take a line away, for a reason; not one that a higher level fixed."""
    _may_change(state)
    _must_be_open(_line(state, line))
    return one(e.KaderDropped, id=line, reason=reason_of(reason))


def vote(state: Project, sheet: e.Kaders, side: str, agree: int, of: int) -> Decided:
    """Write down how a side voted on a sheet as it now stands."""
    _may_change(state)
    check_vote(side, agree, of)
    if lacks := missing(state, sheet):
        raise refusal("project.sheet_gaps", "Fill in first: {gaps}.", sheet, gaps=", ".join(lacks))
    sign = sheet_fingerprint(state, sheet)
    return one(e.SheetVoted, sheet=sheet, side=side, agree=agree, of=of, fingerprint=sign)


def freeze(state: Project) -> Decided:
    """Give the four sheets their fingerprint; each must be filled in and agreed."""
    _may_change(state)
    for sheet in e.KADERS:
        if lacks := missing(state, sheet):
            raise refusal(
                "project.sheet_gaps", "Fill in first: {gaps}.", sheet, gaps=", ".join(lacks)
            )
        if not is_agreed(state, sheet):
            raise refusal("project.sheet_open", "Let each side vote on this sheet first.", sheet)
    return one(e.KadersFrozen, fingerprint=fingerprint(state), version=state.version)


def revise(state: Project, reason: str) -> Decided:
    """Let the sheets change again, as a new version; the old one stays readable."""
    if not state.is_frozen:
        raise refusal("project.not_frozen", "The sheets are open already.", "kaders")
    return one(e.KadersRevised, version=state.version + 1, reason=reason_of(reason))


def write_goal(
    state: Project, goal: str, text: str, horizon: e.Horizon, reason: str = ""
) -> Decided:
    """Write a goal; another text for it takes a reason."""
    if not text.strip():
        raise refusal("project.no_text", "Write what it is about, and what is agreed.", goal)
    if goal in state.goals:
        reason = reason_of(reason)
    return one(e.GoalWritten, id=goal, text=text.strip(), horizon=horizon, reason=reason)


def drop_goal(state: Project, goal: str, reason: str) -> Decided:
    """Let a goal go, for a reason."""
    if goal not in state.goals:
        raise refusal("project.unknown", "Choose one that is there.", goal)
    return one(e.GoalDropped, id=goal, reason=reason_of(reason))


def keep_files(state: Project, files: Mapping[str, str], reason: str = "") -> Decided:
    """Keep framework, options and performances as they now are; a later version gives a reason."""
    if not files:
        raise refusal("workshop.no_files", "Choose a folder with a scenario.", "files")
    reason = reason_of(reason) if state.files else reason
    return one(e.FilesKept, files=dict(files), version=len(state.files) + 1, reason=reason)


def missing(state: Project, sheet: e.Kaders) -> tuple[str, ...]:
    """Give the topics that a sheet says nothing about yet.

    A rule that was adopted speaks for its topic, and so do people who were written down.
    """
    said = {line.topic for line in state.kaders.values() if line.sheet == sheet}
    said |= {rule.subject for rule in state.adopted}
    said |= {"contacts"} if state.talks else set()
    said |= {"roles"} if state.actors else set()
    said |= {"facilitator"} if state.facilitators else set()
    said |= {"moments"} if state.moments else set()
    return tuple(topic for topic in TOPICS[sheet] if topic not in said)


def is_agreed(state: Project, sheet: e.Kaders) -> bool:
    """Say whether a majority of each side agreed with a sheet as it now stands."""
    sign, votes = state.sheet_votes.get(sheet, ("", None))
    return votes is not None and votes.is_carried and sign == sheet_fingerprint(state, sheet)


def overrides(state: Project) -> tuple[e.KaderWritten, ...]:
    """Give the lines that depart from a line of a higher level."""
    return tuple(line for line in state.kaders.values() if line.overrides is not None)


def in_force(state: Project) -> tuple[e.KaderWritten, ...]:
    """Give the lines that hold here: without those from which a lower level departs."""
    replaced = {line.overrides for line in overrides(state)}
    return tuple(line for name, line in state.kaders.items() if name not in replaced)


def sheet_fingerprint(state: Project, sheet: e.Kaders) -> str:
    """Give the fingerprint of one sheet, with the rules on the sheet about the process."""
    lines = {
        name: line.model_dump(mode="json")
        for name, line in state.kaders.items()
        if line.sheet == sheet
    }
    rules = [one.model_dump(mode="json") for one in state.adopted] if sheet == "process" else []
    return hashlib.sha256(canonical({"lines": lines, "rules": rules})).hexdigest()


def fingerprint(state: Project) -> str:
    """Give the fingerprint of the four sheets together."""
    signs = {sheet: sheet_fingerprint(state, sheet) for sheet in e.KADERS}
    return hashlib.sha256(canonical(signs)).hexdigest()


def check_vote(side: str, agree: int, of: int) -> None:
    """Refuse a count that cannot be, or a side that has no vote."""
    if side not in SIDES:
        raise refusal("project.side", "Choose residents or municipality.", "side")
    if not 0 <= agree <= of or of == 0:
        raise refusal("project.vote", "Give how many agree, of how many who voted.", "agree")


def _may_change(state: Project) -> None:
    if state.is_frozen:
        raise refusal("project.frozen", "Make a new version first, with a reason.", "kaders")


def _line(state: Project, name: str) -> e.KaderWritten:
    found = state.kaders.get(name)
    if found is None:
        raise refusal("project.unknown", "Choose one that is there.", name)
    return found


def _stands_above(earlier: e.KaderWritten, line: e.KaderWritten) -> bool:
    return e.LEVELS.index(earlier.level) < e.LEVELS.index(line.level)


def _check_departure(state: Project, line: e.KaderWritten) -> None:
    above = _line(state, str(line.overrides))
    if not _stands_above(above, line) or above.sheet != line.sheet:
        raise refusal(
            "project.not_above",
            "Depart only from a line of a higher level, on this sheet.",
            line.id,
        )
    _must_be_open(above)
    reason_of(line.reason)


def _must_be_open(line: e.KaderWritten) -> None:
    if line.fixed and not line.negotiable:
        raise refusal(
            "project.fixed",
            "'{line}' is fixed by {owner}; ask them to change it.",
            line.id,
            line=line.topic,
            owner=line.owner or line.level,
        )
