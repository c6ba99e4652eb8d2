"""The way in: the number of the room, and the personal code of a card."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from waardeweging.app.phone.paint import page
from waardeweging.app.phone.visits import SEAT_COOKIE, Problem, Visit
from waardeweging.problem.errors import InputError
from waardeweging.process.credentials import clean_code, clean_room_code
from waardeweging.store import StoreError

_NO_ROOM = "no room"


def room_form(visit: Visit) -> Response:
    """Ask for the number of the room."""
    return page(visit, "room", typed="", fault="", here="/w")


def room_given(visit: Visit) -> Response:
    """Go to the room, if there is one."""
    typed = visit.form.get("room", "")[:20]
    patience(visit, _NO_ROOM)
    try:
        room = clean_room_code(typed)
    except InputError:
        return _no_room(visit, typed, "room.form")
    if visit.hall.store.by_room_code(room) is None:
        wrong(visit, _NO_ROOM)
        return _no_room(visit, typed, "room.unknown")
    return RedirectResponse(f"/w/{room}", status_code=303)


def code_form(visit: Visit) -> Response:
    """Ask for the personal code; who sits already goes on."""
    if visit.seat is not None:
        return visit.go("now")
    left = visit.request.cookies.get(SEAT_COOKIE) is not None
    notice = visit.say("problem.other_device") if left else ""
    return page(visit, "enter", fault="", notice=notice)


def code_given(visit: Visit) -> Response:
    """Take a seat with a personal code; the side comes with the card."""
    workshop = visit.here
    patience(visit, visit.room)
    try:
        code = clean_code(visit.form.get("code", ""))
        entry = visit.hall.store.enter(workshop.id, code, visit.language)
    except StoreError:
        raise
    except InputError as error:
        if error.code != "workshop.code_form":
            wrong(visit, visit.room)
        key = "form" if error.code == "workshop.code_form" else "unknown"
        shown = {"fault": visit.say(f"enter.{key}"), "here": f"/w/{visit.room}"}
        return page(visit, "enter", 422, **shown)
    return visit.keep(visit.go("now"), SEAT_COOKIE, entry.token)


def patience(visit: Visit, room: str) -> None:
    """Refuse who guessed wrong too often in the last minute."""
    address, browser = _client(visit)
    limits = visit.hall.limits
    waits = limits.tries.wait(room, address, browser), limits.together.wait(room, address)
    if max(waits) > 0:
        raise Problem("tries", retry_after=int(max(waits)) + 1)


def wrong(visit: Visit, room: str) -> None:
    """Count a wrong guess."""
    address, browser = _client(visit)
    visit.hall.limits.tries.count(room, address, browser)
    visit.hall.limits.together.count(room, address)


def _client(visit: Visit) -> tuple[str, str]:
    client = visit.request.client
    return client.host if client else "", visit.request.headers.get("user-agent", "")[:300]


def _no_room(visit: Visit, typed: str, key: str) -> Response:
    return page(visit, "room", 422, typed=typed, fault=visit.say(key), here="/w")
