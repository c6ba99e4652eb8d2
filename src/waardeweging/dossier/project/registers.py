"""The registers of a project as facts: what came in, decisions, agreements and the planning."""

from __future__ import annotations

from statistics import median
from typing import Any

from waardeweging.elicitation.ballots import MUNICIPALITY, RESIDENTS
from waardeweging.process.moments import day_of
from waardeweging.process.project import agreements as register
from waardeweging.process.project.inputs import is_late, response_days
from waardeweging.process.project.state import Agreement, Input, Project

ANSWERED = ("adopted", "partly", "declined")
_SIDE_WORDS = {
    RESIDENTS: ("bewoner", "resident"),
    MUNICIPALITY: ("gemeente", "municipal", "college", "council", "wethouder", "alderm"),
}


def inputs(state: Project, today: str) -> dict[str, Any]:
    """Give what people brought in, with its answer, and how many days answers took."""
    rows = [_input(n, one, today) for n, one in enumerate(state.inputs.values(), 1)]
    took = [row["days"] for row in rows if row["days"] is not None]
    answered = [row for row in rows if row["status"] in ANSWERED]
    due = sorted(row["due"] for row in rows if row["due"] and row["status"] not in ANSWERED)
    return {
        "rows": rows,
        "given": len(rows),
        "answered": len(answered),
        "open": len(rows) - len(answered),
        "late": sum(row["late"] for row in rows),
        "replies": {name: sum(row["status"] == name for row in rows) for name in ANSWERED},
        "median_days": round(median(took), 1) if took else None,
        "next_due": due[0] if due else None,
    }


def _input(number: int, one: Input, today: str) -> dict[str, Any]:
    days = response_days(one)
    kept = one.given.model_dump(mode="json", exclude={"id", "owner", "due"})
    return kept | {
        "number": number,
        "on": day_of(one.at),
        "owner": one.owner,
        "due": one.due,
        "status": one.status,
        "because": one.answered.because if one.answered else "",
        "answered_on": day_of(one.answered_at) if one.answered_at else None,
        "days": None if days is None else round(days, 1),
        "late": is_late(one, today),
    }


def decisions(state: Project) -> list[dict[str, Any]]:
    """Give what was decided, the first one first."""
    found = sorted(state.decisions.values(), key=lambda one: (one.day, one.id))
    return [one.model_dump(mode="json") for one in found]


def agreements(state: Project, today: str) -> dict[str, Any]:
    """Give what was agreed, and how it stands."""
    rows = [_agreement(state, one, today) for one in state.agreements.values()]
    rows.sort(key=lambda row: (row["due"] or "9", row["id"]))
    return {
        "rows": rows,
        "made": len(rows),
        "open": sum(row["status"] in ("open", "busy") for row in rows),
        "done": sum(row["status"] == "done" for row in rows),
        "overdue": len(register.overdue(state, today)),
    }


def _agreement(state: Project, one: Agreement, today: str) -> dict[str, Any]:
    return one.written.model_dump(mode="json") | {
        "made_on": day_of(one.made_at),
        "changed_on": day_of(one.changed_at),
        "overdue": one.is_overdue(today),
        "side": side_of(state, one.written.who),
    }


def side_of(state: Project, who: str) -> str:
    """Say on which side whoever promised something stands; empty when that is not known."""
    plain = who.casefold().strip()
    for actor in state.actors.values():
        if actor.label.casefold().strip() == plain:
            return actor.side
    known = [side for side, words in _SIDE_WORDS.items() if any(word in plain for word in words)]
    return known[0] if len(known) == 1 else ""


def moments(state: Project, today: str) -> dict[str, Any]:
    """Give the planning, the first moment first, and which one comes next."""
    found = sorted(state.moments.values(), key=lambda one: (one.day, one.id))
    ahead = register.ahead(state, today)
    rows = [
        one.model_dump(mode="json") | {"passed": not one.done and one.day < today} for one in found
    ]
    names = [one.id for one in found]
    deciding = [one for one in ahead if one.decides]
    return {
        "rows": rows,
        "ahead": len(ahead),
        "next": names.index(ahead[0].id) if ahead else None,
        "next_decision": names.index(deciding[0].id) if deciding else None,
    }
