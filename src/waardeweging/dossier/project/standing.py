"""Where each role stands, as facts: what it was promised, and what others expect of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waardeweging.dossier.project.registers import ANSWERED, side_of
from waardeweging.elicitation.ballots import SIDES
from waardeweging.process.project.state import Project

ROLES = (*SIDES, "third")
_OPEN = ("open", "busy")


def standing(state: Project, given: Mapping[str, Any]) -> dict[str, Any]:
    """Sort what is open by the role that waits for it and the role that does it.

    Parameters
    ----------
    state : Project
    given : mapping
        Inputs and agreements, as facts.
    """
    inputs = [one for one in given["inputs"]["rows"] if one["status"] not in ANSWERED]
    agreements = list(enumerate(given["agreements"]["rows"]))
    return {
        role: {
            "waits": _together([one for one in inputs if _role(one["side"]) == role]),
            "answers": _together(
                [one for one in inputs if _role(side_of(state, one["owner"])) == role]
            ),
            # A promise of somebody whose side is not known was made to everyone.
            "promised": [
                n
                for n, one in agreements
                if one["status"] in _OPEN and not (one["side"] and _role(one["side"]) == role)
            ],
            "duties": [
                n
                for n, one in agreements
                if one["status"] in _OPEN and one["side"] and _role(one["side"]) == role
            ],
        }
        for role in ROLES
    }


def _role(side: str) -> str:
    if not side:
        return ""
    return side if side in SIDES else "third"


def _together(rows: list[dict[str, Any]]) -> dict[str, Any]:
    days = sorted(one["due"] for one in rows if one["due"])
    return {
        "count": len(rows),
        "next_due": days[0] if days else None,
        "owners": list(dict.fromkeys(one["owner"] for one in rows if one["owner"])),
    }
