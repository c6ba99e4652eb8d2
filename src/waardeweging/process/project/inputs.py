"""What people bring in: each gets an owner, a day and an answer with a reason."""

from __future__ import annotations

import math

from waardeweging.process.deciding import Decided, one, reason_of, refusal
from waardeweging.process.moments import seconds_between
from waardeweging.process.project import events as e
from waardeweging.process.project.state import Input, Project

_DAY = 86_400.0


def give(state: Project, given: e.InputGiven) -> Decided:
    """Register what somebody brought in; a claim about a performance names its cell."""
    if given.id in state.inputs:
        raise refusal("project.taken", "Give it another name.", given.id)
    if not given.text.strip():
        raise refusal("project.no_text", "Write what it is about, and what is agreed.", given.id)
    if given.about == "performance" and not (given.alternative and given.criterion):
        raise refusal("project.claim", "Name the option and the criterion.", given.id)
    if given.value is not None and not math.isfinite(given.value):
        raise refusal("project.not_finite", "Give an ordinary number.", "value")
    return one(e.InputGiven, **given.model_dump())


def assign(state: Project, name: str, owner: str, due: str) -> Decided:
    """Say who answers, and before which day."""
    _open(state, name)
    if not owner.strip():
        raise refusal("project.no_owner", "Say which role or organisation answers.", "owner")
    return one(e.InputAssigned, id=name, owner=owner.strip(), due=due)


def answer(state: Project, name: str, reply: e.Reply, because: str) -> Decided:
    """Answer: adopted, partly or declined, each with the reason; a later answer replaces it."""
    if name not in state.inputs:
        raise refusal("project.unknown", "Choose one that is there.", name)
    return one(e.InputAnswered, id=name, reply=reply, because=reason_of(because))


def response_days(given: Input) -> float | None:
    """Give how long the answer took; None before that.

    Returns
    -------
    float or None
        [d]
    """
    if given.answered_at is None:
        return None
    return seconds_between(given.at, given.answered_at) / _DAY


def is_late(given: Input, today: str) -> bool:
    """Say whether the day of the answer went by without one."""
    return given.answered is None and given.due is not None and given.due < today


def claims(state: Project) -> tuple[Input, ...]:
    """Give what people say a performance really is, unless that was declined.

    A claim that is not settled makes the range wider, so that it travels along to the
    outcome; averaging it away would hide the dispute.
    """
    return tuple(
        one
        for one in state.inputs.values()
        if one.given.about == "performance"
        and one.given.value is not None
        and one.status != "declined"
    )


def _open(state: Project, name: str) -> Input:
    found = state.inputs.get(name)
    if found is None:
        raise refusal("project.unknown", "Choose one that is there.", name)
    if found.answered is not None:
        raise refusal("project.answered", "It has an answer already; answer again instead.", name)
    return found
