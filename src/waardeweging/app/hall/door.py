"""The staff's way in: a secret is traded for a cookie, and never stands in an address.

A staff link is ``/staff#SECRET``: what follows the # stays in the browser. A small
script puts it into the form on that page, and takes it out of the address bar.
Without scripts one pastes it.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from waardeweging.app.hall_store import hall_store
from waardeweging.app.phone.visits import STAFF_COOKIE
from waardeweging.presentation.catalog import LANGUAGES, Language, text
from waardeweging.problem.errors import InputError
from waardeweging.store import StaffSeat, Store

PATH = "/staff"
# Which page a role opens, and the cookie that keeps its secret: the desk and the beamer may
# be two windows of one browser. A helper goes to the page for paper forms.
PAGES = {
    "facilitator": "facilitator",
    "administrator": "facilitator",
    "analyst": "beamer",
    "reader": "beamer",
}
# Every role of a project opens this one page; what it may do there follows from the role.
PROJECT = "project"
COOKIES = {"facilitator": "ww-desk", "beamer": "ww-beamer", PROJECT: "ww-project"}
SECONDS = 16 * 60 * 60
_LONGEST = 2_000
_HERE = Path(__file__).parent


def staff_routes() -> list[BaseRoute]:
    """Give the routes of the staff's way in."""
    return [
        Route(PATH, _form, methods=["GET"]),
        Route(PATH, _enter, methods=["POST"]),
        Route(f"{PATH}.js", _script),
        Route(f"{PATH}.css", _style),
    ]


def staff_link(base: str, secret: str) -> str:
    """Write the link for a member of the staff."""
    return f"{base.rstrip('/')}{PATH}#{secret}"


def page_of(store: Store, seat: StaffSeat) -> str | None:
    """Say which page a seat opens; None for a helper, who goes to the paper forms."""
    try:
        store.project(seat.workshop)
    except InputError:
        return PAGES.get(seat.role)
    return PROJECT


async def _script(_request: Request) -> Response:
    return FileResponse(_HERE / "staff.js", media_type="text/javascript")


async def _style(_request: Request) -> Response:
    return FileResponse(_HERE / "staff.css", media_type="text/css")


async def _form(request: Request) -> Response:
    return _page(_language(request), "")


async def _enter(request: Request) -> Response:
    """Trade a secret for a cookie and go to the page of its role."""
    language = _language(request)
    if not _from_here(request):
        return _page(language, "hall.staff.elsewhere", status=403)
    body = await _body(request)
    if body is None:
        return _page(language, "hall.staff.unknown", status=413)
    given = parse_qs(body.decode("ascii", "replace")).get("secret", [""])[0].strip()
    seat = await run_in_threadpool(hall_store().staff, given) if given else None
    if seat is None:
        return _page(language, "hall.staff.unknown", status=403)
    query = "" if language == LANGUAGES[0] else f"?lang={language}"
    page = await run_in_threadpool(page_of, hall_store(), seat)
    if page is not None:
        name, path, target = COOKIES[page], "/", f"/{page}{query}"
    else:
        state = await run_in_threadpool(hall_store().workshop, seat.workshop)
        name, path = STAFF_COOKIE, f"/w/{state.room_code}"
        target = f"{path}/paper{query}"
    answer = RedirectResponse(target, status_code=303)
    answer.set_cookie(
        name,
        given,
        max_age=SECONDS,
        path=path,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    answer.headers["cache-control"] = "no-store"
    return answer


async def _body(request: Request) -> bytes | None:
    """Read a form as it comes in; None as soon as it is longer than any secret."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            return None
    return bytes(body)


def _from_here(request: Request) -> bool:
    """Say whether a form comes from our own page.

    Pages ask for no referrer, and then a browser hides the origin as ``null``.
    """
    origin = request.headers.get("origin", "")
    fetched = request.headers.get("sec-fetch-site", "")
    return fetched == "same-origin" or urlsplit(origin).netloc == request.headers.get("host", "")


def _language(request: Request) -> Language:
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _page(language: Language, fault: str, *, status: int = 200) -> Response:
    said = {
        name: escape(text(f"hall.staff.{name}", language))
        for name in ("title", "lead", "label", "enter")
    }
    wrong = f'<p class="fault" role="alert">{escape(text(fault, language))}</p>' if fault else ""
    body = f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{said["title"]}</title>
<link rel="stylesheet" href="{PATH}.css">
<script src="{PATH}.js" defer></script>
</head>
<body>
<main>
<h1>{said["title"]}</h1>
<p>{said["lead"]}</p>
{wrong}
<form method="post" action="{PATH}?lang={language}">
<label for="secret">{said["label"]}</label>
<input id="secret" name="secret" type="password" autocomplete="off" required>
<button type="submit">{said["enter"]}</button>
</form>
</main>
</body>
</html>
"""
    return HTMLResponse(body, status_code=status, headers={"cache-control": "no-store"})
