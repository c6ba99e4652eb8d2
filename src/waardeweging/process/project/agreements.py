"""Agreements, the planning, and decisions with their reasons."""

from __future__ import annotations

from waardeweging.process.deciding import Decided, one, reason_of, refusal
from waardeweging.process.project import events as e
from waardeweging.process.project.state import Agreement, Project


def write(state: Project, agreement: e.AgreementWritten) -> Decided:
    """Write an agreement, or how an earlier one stands; what is done shows its evidence."""
    if not agreement.what.strip() or not agreement.who.strip():
        raise refusal("workshop.agreement_gap", "Say what, and who does it.", agreement.id)
    if agreement.status == "done" and not agreement.evidence.strip():
        raise refusal("project.evidence", "Say how everybody can see that it is done.", "evidence")
    if agreement.status == "dropped":
        reason_of(agreement.evidence)
    return one(e.AgreementWritten, **agreement.model_dump())


def write_moment(state: Project, moment: e.MomentWritten) -> Decided:
    """Write a moment of the planning; another day for it takes a reason."""
    if not moment.what.strip():
        raise refusal("project.no_text", "Write what it is about, and what is agreed.", moment.id)
    earlier = state.moments.get(moment.id)
    if earlier is not None and earlier.day != moment.day:
        reason_of(moment.reason)
    return one(e.MomentWritten, **moment.model_dump())


def decide(state: Project, decision: e.DecisionTaken) -> Decided:
    """Write a decision down; one that departs from the advice says from which."""
    reason_of(decision.reason)
    if not decision.what.strip() or not decision.owner.strip():
        raise refusal("workshop.agreement_gap", "Say what, and who does it.", decision.id)
    if decision.departs and not decision.advice.strip():
        raise refusal("project.advice", "Say which advice it departs from.", "advice")
    if decision.id in state.decisions:
        raise refusal("project.taken", "Give it another name.", decision.id)
    return one(e.DecisionTaken, **decision.model_dump())


def overdue(state: Project, today: str) -> tuple[Agreement, ...]:
    """Give the agreements whose day went by, the oldest first."""
    late = [one for one in state.agreements.values() if one.is_overdue(today)]
    return tuple(sorted(late, key=lambda one: one.written.due or ""))


def ahead(state: Project, today: str) -> tuple[e.MomentWritten, ...]:
    """Give the moments that are still to come, the first one first."""
    coming = [one for one in state.moments.values() if not one.done and one.day >= today]
    return tuple(sorted(coming, key=lambda one: (one.day, one.id)))
