"""People and sessions of a project as facts; of a side that is too small nothing is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from waardeweging.elicitation.ballots import MUNICIPALITY, SIDES
from waardeweging.process.project import events as e
from waardeweging.process.project.people import is_joint, unconnected
from waardeweging.process.project.state import Project, Session

# Everybody and nobody stay untold: they would say what each single person answered.
_LEAST, _MOST, _STEPS = 0.05, 0.95, 20


def people(state: Project) -> dict[str, Any]:
    """Give who takes part, who speaks with whom, who invited, and who leads the talks."""
    alone = unconnected(state)
    return {
        "actors": [
            one.model_dump(mode="json") | {"unconnected": name in alone}
            for name, one in state.actors.items()
        ],
        "talks": [
            {"actors": [_label(state, name) for name in one.actors], "about": one.about}
            for one in state.talks.values()
        ],
        "invitations": [_invitation(state, one) for one in state.invitations.values()],
        "facilitators": [one.model_dump(mode="json") for one in state.facilitators],
        "buddies": len(state.buddies),
    }


def _invitation(state: Project, one: e.Invited) -> dict[str, Any]:
    return {
        "what": one.what,
        "day": one.day,
        "by": list(one.by),
        "joint": is_joint(one),
        "actors": [_label(state, name) for name in one.actors],
    }


def _label(state: Project, name: str) -> str:
    found = state.actors.get(name)
    return found.label if found else name


def harvested(state: Project, one: e.Harvested, fewest: int) -> dict[str, Any]:
    """Give what a table brought back; whose it is only where that says not who."""
    found = state.sessions.get(one.session)
    return {
        "session": found.added.label if found else "",
        "criterion": one.criterion,
        "text": one.text,
        "side": told_side(state, one, fewest),
        "minority": one.minority,
    }


def told_side(state: Project, one: e.Harvested, fewest: int) -> str:
    """Give the side of a text; empty where so few of it were there that it would say who."""
    found = state.sessions.get(one.session)
    held = found.weighed if found else None
    is_crowd = held is not None and held.counted.get(one.side, 0) >= fewest
    return one.side if one.side in SIDES and is_crowd else ""


def sessions(state: Project, fewest: int, names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Give the sessions, with the weights of sides that are large enough, and how they moved.

    Options and criteria stand in the order of the framework in `names`.
    """
    options, criteria = list(names["options"]), list(names["criteria"])
    rows = [_session(one, fewest, options) for one in state.sessions.values()]
    weighed = [n for n, row in enumerate(rows) if row["weights"]]
    return {
        "rows": rows,
        "held": len(rows),
        "weighed": weighed,
        "drift": _drift([rows[n] for n in weighed], criteria),
    }


def _session(one: Session, fewest: int, options: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = one.added.model_dump(mode="json")
    held = one.weighed
    if held is None:
        return row | {"counted": [], "weights": {}, "first": [], "acceptance": []}
    large = [side for side in _in_order(held.counted) if held.counted[side] >= fewest]
    return row | {
        "counted": [
            {"side": side, "people": held.counted[side] if side in large else None}
            for side in _in_order(held.counted)
        ],
        "weights": {side: dict(held.weights[side]) for side in large if side in held.weights},
        "first": list(held.first),
        "acceptance": _acceptance(
            held, [side for side in large if side in held.acceptance], options
        ),
    }


def _acceptance(
    held: e.SessionWeighed, sides: list[str], options: list[str]
) -> list[dict[str, Any]]:
    given = {name for side in sides for name in held.acceptance[side]}
    return [
        {
            "option": name,
            "shares": {side: _coarse(held.acceptance[side].get(name)) for side in sides},
        }
        for name in _as_listed(given, options)
    ]


def _coarse(share: float | None) -> float | None:
    return None if share is None else min(max(round(share * _STEPS) / _STEPS, _LEAST), _MOST)


def _in_order(sides: Iterable[str]) -> list[str]:
    """Put the two sides first, then others by name."""
    return sorted(sides, key=lambda side: (side not in SIDES, side == MUNICIPALITY, side))


def _drift(weighed: list[dict[str, Any]], criteria: list[str]) -> list[dict[str, Any]]:
    """Give the points of each side over the sessions, and what changed from first to last."""
    sides = _in_order({side for row in weighed for side in row["weights"]})
    return [{"side": side, "criteria": _moves(weighed, side, criteria)} for side in sides]


def _moves(weighed: list[dict[str, Any]], side: str, criteria: list[str]) -> list[dict[str, Any]]:
    own = [row["weights"].get(side, {}) for row in weighed]
    points = {name: [one.get(name) for one in own] for one in own for name in one}
    return [
        {"criterion": name, "points": given, "moved": _moved(given)}
        for name, given in ((name, points[name]) for name in _as_listed(points, criteria))
    ]


def _as_listed(names: Iterable[str], listed: list[str]) -> list[str]:
    """Put names in the order of a list, and those that it lacks behind them."""
    return sorted(
        names, key=lambda name: (listed.index(name) if name in listed else len(listed), name)
    )


def _moved(points: list[int | None]) -> int | None:
    known = [one for one in points if one is not None]
    return known[-1] - known[0] if len(known) > 1 else None
