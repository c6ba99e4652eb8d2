"""What happens now: the sheet that is open, or a page that waits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from babel.dates import format_datetime
from starlette.responses import JSONResponse, Response

from waardeweging.app.phone.paint import page, watching
from waardeweging.app.phone.visits import Problem, Visit, seen, takes_answers
from waardeweging.presentation.catalog import text
from waardeweging.process.moments import HERE, now, read_moment, seconds_between
from waardeweging.process.workshop import Sheet

WEIGHINGS = ("practice", "round-1", "round-2")
# From here on the day is said too, and people answer at home. [s]
_SOON = 12 * 3600


def status(visit: Visit) -> Response:
    """Say shortly whether anything changed; the same for everybody in the room."""
    workshop = visit.hall.glance(visit.room)
    if workshop is None:
        raise Problem("not_found")
    return JSONResponse({"seen": seen(workshop)})


def now_page(visit: Visit) -> Response:
    """Go to the first open sheet without an answer, or wait together."""
    workshop, me = visit.here, visit.me
    waiting = asked_now(visit)
    if waiting:
        return visit.go(waiting)
    opened = [name for name, sheet in workshop.sheets.items() if sheet.times_opened]
    handed_in = [name for name in opened if visit.hall.store.own(me, name) is not None]
    heading, sentences = _said(visit)
    at_home = _at_home(visit)
    return page(
        visit,
        "now",
        closes=None if at_home is None else closing(visit, at_home),
        change="" if at_home is None else f"{at_home.name}/done",
        heading=heading,
        sentences=sentences,
        welcome=not any(sheet.times_opened for sheet in workshop.sheets.values()),
        table=workshop.tables.get(me.credential),
        beside=not workshop.screen.emergency and visit.hall.has_told(workshop),
        handed_in=[visit.say(f"sheet.{name}") for name in handed_in],
        watch=watching(visit, "now", waiting=True),
    )


def asked_now(visit: Visit) -> str:
    """Name the first open sheet without an answer; empty for none."""
    if visit.here.screen.emergency:
        return ""
    for sheet in visit.here.active_sheets:
        if takes_answers(sheet) and visit.hall.store.own(visit.me, sheet.name) is None:
            return sheet.name
    return ""


def closing(visit: Visit, sheet: Sheet) -> Mapping[str, Any] | None:
    """Say until when a sheet is open, with the day when that is not soon; None without a clock."""
    if sheet.closes_at is None:
        return None
    locale = text("number.locale", visit.language)
    left = max(0, math.floor(seconds_between(now(), sheet.closes_at)))
    form = "HH:mm" if left <= _SOON else "d MMMM HH:mm"
    at = format_datetime(read_moment(sheet.closes_at), form, tzinfo=HERE, locale=locale)
    return {"time": at, "left": left}


def open_sheet(visit: Visit, name: str) -> Sheet:
    """Give a sheet that takes answers now.

    Raises
    ------
    Problem
        If it is paused or does not take answers.
    """
    sheet = visit.sheet(name)
    if sheet.status == "paused":
        raise Problem("paused")
    if not takes_answers(sheet):
        raise Problem("closed")
    return sheet


def _at_home(visit: Visit) -> Sheet | None:
    """Give the sheet that stays open for days; who answers it sits at no big screen."""
    if visit.here.screen.emergency:
        return None
    for sheet in visit.here.active_sheets:
        ends = sheet.closes_at
        if takes_answers(sheet) and ends and seconds_between(now(), ends) > _SOON:
            return sheet
    return None


def _said(visit: Visit) -> tuple[str, list[str]]:
    """Choose what a waiting page says."""
    workshop = visit.here
    key = "between"
    if workshop.screen.emergency:
        key = "emergency"
    elif workshop.unlinked:
        key = "over"
    elif any(sheet.status == "paused" for sheet in workshop.active_sheets):
        key = "paused"
    elif not any(sheet.times_opened for sheet in workshop.sheets.values()):
        key = "welcome"
    elif not workshop.active_sheets:
        key = "closed"
    elif _at_home(visit) is not None:
        key = "home"
    if key != "closed":
        return visit.say(f"now.{key}_title"), [visit.say(f"now.{key}")]
    last = [sheet for sheet in workshop.sheets.values() if sheet.status == "closed"][-1]
    name = visit.say(f"sheet.{last.name}")
    return visit.say("now.closed_title", sheet=name), [visit.say("now.closed")]
