"""Handing in: once per form, with a receipt that every device of a card shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from starlette.responses import Response

from waardeweging.app.phone.live import WEIGHINGS
from waardeweging.app.phone.paint import page, watching
from waardeweging.app.phone.visits import Problem, Visit, takes_answers

_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


def spend(visit: Visit, what: Literal["submissions", "drafts", "remarks"]) -> None:
    """Count something that somebody sends, and refuse when it is too often."""
    limiter = getattr(visit.hall.limits, what)
    wait = limiter.wait(visit.me.credential)
    if wait > 0:
        raise Problem("tries", retry_after=int(wait) + 1)
    limiter.count(visit.me.credential)


def hand_in(visit: Visit, sheet: str, answer: Mapping[str, Any], key: str) -> Response:
    """Submit an answer under the key of its form, and go to the receipt."""
    if _KEY.fullmatch(key) is None:
        raise Problem("form")
    spend(visit, "submissions")
    visit.hall.store.submit(visit.me, sheet, answer, key)
    return visit.go(f"{sheet}/done")


def done(visit: Visit) -> Response:
    """Thank somebody, and show the receipt."""
    name = visit.request.path_params["sheet"]
    sheet = visit.sheet(name)
    own = visit.hall.store.own(visit.me, name)
    if own is None:
        return visit.go("now")
    return page(
        visit,
        "done",
        sentence=visit.say(f"done.{_thanks(name, own)}"),
        receipt=visit.hall.store.receipt(visit.me, name),
        may_change=takes_answers(sheet),
        change=f"{name}/{'values' if name in WEIGHINGS else ''}".rstrip("/"),
        watch=watching(visit, "now", waiting=True),
    )


def _thanks(sheet: str, own: Mapping[str, Any]) -> str:
    if sheet == "rules":
        return "agreed" if own["agree"] else "disagreed"
    if sheet == "practice":
        return "practised"
    return "weighed" if sheet in WEIGHINGS else "answered"
