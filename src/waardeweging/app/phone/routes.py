"""Every door of the phone pages, in one table, and the guard that stands before each."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from waardeweging.app.phone import (
    beside,
    choices,
    entry,
    hand_in,
    live,
    mine,
    options,
    paper,
    receipts,
    sheets,
    weigh_pages,
)
from waardeweging.app.phone.hall import Hall
from waardeweging.app.phone.paint import STATIC, digest, guarded, problem_page
from waardeweging.app.phone.visits import (
    LANGUAGE_COOKIE,
    PART,
    SEAT_COOKIE,
    STAFF_COOKIE,
    Problem,
    Trouble,
    Visit,
)
from waardeweging.presentation.catalog import languages_with
from waardeweging.problem.errors import InputError
from waardeweging.store import Conflict, StoreBusy, StoreReadOnly

MOST_BYTES = 64 * 1024
THREADS = 100
_MOST_FIELDS = 500
_FOREVER = "public, max-age=31536000, immutable"
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_TROUBLE: Mapping[str, Trouble] = {
    "workshop.room_form": "not_found",
    "workshop.sheet_closed": "closed",
    "workshop.sheet_waiting": "closed",
    "workshop.sheet_paused": "paused",
    "workshop.card_ended": "seat",
    "workshop.over": "seat",
}
_log = logging.getLogger(__name__)

Who = Literal["anyone", "seated", "helper"]


@dataclass(frozen=True, slots=True)
class Door:
    """A page or a form of the phone.

    Parameters
    ----------
    path : str
    method : str
    who : str
        ``anyone``, ``seated`` (who came in with a card) or ``helper`` (who holds a staff link).
    answer : callable
    """

    path: str
    method: Literal["GET", "POST"]
    who: Who
    answer: Callable[[Visit], Response]


DOORS: tuple[Door, ...] = (
    Door("/w", "GET", "anyone", entry.room_form),
    Door("/w", "POST", "anyone", entry.room_given),
    Door("/w/{room}", "GET", "anyone", entry.code_form),
    Door("/w/{room}/enter", "POST", "anyone", entry.code_given),
    Door("/w/{room}/status", "GET", "anyone", live.status),
    Door("/w/{room}/now", "GET", "seated", live.now_page),
    Door("/w/{room}/beside", "GET", "seated", beside.beside),
    Door("/w/{room}/options", "GET", "seated", options.options),
    Door("/w/{room}/options/{option}", "GET", "seated", options.option),
    Door("/w/{room}/ask", "POST", "seated", mine.asked_something),
    Door("/w/{room}/mine", "GET", "seated", mine.mine),
    Door("/w/{room}/erase", "POST", "seated", mine.erased),
    Door("/w/{room}/leave", "POST", "seated", mine.left),
    Door("/w/{room}/paper", "GET", "anyone", paper.front),
    Door("/w/{room}/paper/open", "POST", "anyone", paper.opened),
    Door("/w/{room}/paper/close", "POST", "anyone", paper.closed),
    Door("/w/{room}/paper/{sheet}", "GET", "helper", paper.form),
    Door("/w/{room}/paper/{sheet}", "POST", "helper", paper.entered),
    Door("/w/{room}/rules", "GET", "seated", choices.rules_form),
    Door("/w/{room}/rules", "POST", "seated", choices.rules_voted),
    Door("/w/{room}/{sheet}", "GET", "seated", sheets.form),
    Door("/w/{room}/{sheet}", "POST", "seated", choices.chosen),
    Door("/w/{room}/{sheet}/done", "GET", "seated", receipts.done),
    Door("/w/{room}/{sheet}/draft", "POST", "seated", sheets.draft_given),
    Door("/w/{room}/{sheet}/values", "GET", "seated", weigh_pages.points_form),
    Door("/w/{room}/{sheet}/values", "POST", "seated", weigh_pages.points_given),
    Door("/w/{room}/{sheet}/inside/{value}", "GET", "seated", weigh_pages.points_form),
    Door("/w/{room}/{sheet}/inside/{value}", "POST", "seated", weigh_pages.points_given),
    Door("/w/{room}/{sheet}/mirror", "GET", "seated", hand_in.mirror),
    Door("/w/{room}/{sheet}/hand-in", "GET", "seated", hand_in.hand_in_form),
    Door("/w/{room}/{sheet}/hand-in", "POST", "seated", hand_in.handed_in),
)


def _nowhere(_visit: Visit) -> Response:
    raise Problem("not_found")


# Without it an address that is mistyped would open the pages for a large screen.
_NOWHERE = Door("/w/{rest:path}", "GET", "anyone", _nowhere)


def phone_routes(hall: Hall | None = None) -> list[BaseRoute]:
    """Give the routes of the phone pages.

    Parameters
    ----------
    hall : Hall, optional
        With another store or clock than those of this process.
    """
    shared = hall or Hall()
    # Of their own, so that phones that wait for the disk never hold up a large screen.
    threads = CapacityLimiter(THREADS)
    return [
        Route("/w/static/{digest}/{name}", _static),
        *(
            Route(door.path, _endpoint(door, shared, threads), methods=[door.method])
            for door in DOORS
        ),
        Route("/w/{rest:path}", _endpoint(_NOWHERE, shared, threads)),
    ]


def _endpoint(door: Door, hall: Hall, threads: CapacityLimiter) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        visit = Visit(hall, request)
        try:
            form = await _form(request) if door.method == "POST" else {}
        except Problem as problem:
            return guarded(problem_page(visit, problem))
        if door.answer is live.status and hall.knows(visit.room):
            return _answered(door, hall, request, form)
        # The store blocks until an answer is on disk; pages wait in threads, not in the loop.
        return await to_thread.run_sync(_answered, door, hall, request, form, limiter=threads)

    return endpoint


def _answered(door: Door, hall: Hall, request: Request, form: Mapping[str, str]) -> Response:
    """Find out who asks, let the page answer, and say kindly what goes wrong."""
    visit = Visit(hall, request, form)
    try:
        visit = _met(door, visit)
        asked = request.query_params.get("lang")
        if door.method == "GET" and asked in languages_with(PART):
            return guarded(_speak(visit, asked))
        return guarded(_as_asked(request, door.answer(visit)))
    except Problem as problem:
        if problem.trouble == "seat" and door.method == "GET":
            return guarded(visit.go("paper" if door.who == "helper" else ""))
        return guarded(problem_page(visit, problem))
    except (InputError, ExceptionGroup) as error:
        return guarded(problem_page(visit, _trouble(error)))
    except Exception:
        # The log says what broke and where, never who asked or what was sent.
        _log.exception("a phone page failed: %s %s", door.method, door.path)
        return guarded(problem_page(Visit(hall, request), Problem("failed")))


def _met(door: Door, visit: Visit) -> Visit:
    """Look up the room, and who this device belongs to; refuse who may not be here."""
    if "{room}" not in door.path or door.answer is live.status:
        return visit
    hall, cookies = visit.hall, visit.request.cookies
    try:
        workshop = hall.workshop(visit.room)
    except InputError as error:
        if isinstance(error, StoreBusy):
            raise
        raise Problem("not_found") from None
    if workshop is None:
        raise Problem("not_found")
    seat = hall.store.seat(cookies.get(SEAT_COOKIE, ""))
    staff = hall.store.staff(cookies[STAFF_COOKIE]) if STAFF_COOKIE in cookies else None
    visit = Visit(
        hall,
        visit.request,
        visit.form,
        workshop,
        seat if seat and seat.workshop == workshop.id else None,
        staff if staff and staff.workshop == workshop.id else None,
    )
    if door.who == "seated":
        visit.me  # noqa: B018
    if door.who == "helper":
        paper.check_helper(visit)
    return visit


def _speak(visit: Visit, language: str) -> Response:
    """Remember the language that was chosen, on the device."""
    response = RedirectResponse(visit.request.url.path, status_code=303)
    response.set_cookie(
        LANGUAGE_COOKIE,
        language,
        path="/w",
        httponly=True,
        samesite="lax",
        secure=visit.request.url.scheme == "https",
    )
    return response


def _as_asked(request: Request, response: Response) -> Response:
    """Tell a script where to go in words it can read; it cannot follow a redirect itself."""
    is_script = request.headers.get("accept") == "application/json"
    if not (is_script and isinstance(response, RedirectResponse)):
        return response
    said = JSONResponse({"to": response.headers["location"]})
    for name, value in response.raw_headers:
        if name == b"set-cookie":
            said.raw_headers.append((name, value))
    return said


def _trouble(error: Exception) -> Problem:
    """Choose the page for a refusal of the store or the process."""
    if isinstance(error, StoreBusy):
        return Problem("busy", retry_after=error.retry_after)
    if isinstance(error, StoreReadOnly):
        return Problem("busy", retry_after=60)
    if isinstance(error, Conflict):
        return Problem("conflict")
    return Problem(_TROUBLE.get(getattr(error, "code", ""), "form"))


async def _form(request: Request) -> dict[str, str]:
    """Read a form of our own pages: same origin, plain fields, not too large.

    Raises
    ------
    Problem
        If it comes from elsewhere, is too large, or cannot be read.
    """
    _check_origin(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Problem("form")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Problem("large")
    try:
        fields = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            max_num_fields=_MOST_FIELDS,
            errors="strict",
        )
    except ValueError:
        raise Problem("form") from None
    return dict(fields)


def _check_origin(request: Request) -> None:
    """Refuse a form that another website sent: a browser always says where it comes from."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        if fetched != "same-origin":
            raise Problem("origin")
        return
    # Older browsers say it in the origin only.
    origin = request.headers.get("origin", "")
    if not origin or urlsplit(origin).netloc != request.headers.get("host"):
        raise Problem("origin")


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    path = STATIC / name
    known = {one.name for one in STATIC.iterdir()}
    if name not in known or request.path_params["digest"] != digest(name):
        raise HTTPException(404)
    kind = _KINDS[path.suffix]
    return FileResponse(path, media_type=kind, headers={"cache-control": _FOREVER})
