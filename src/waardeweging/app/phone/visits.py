"""One request of one phone: which room, who sits there, in which language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from waardeweging.analysis.scenario import Scenario
from waardeweging.app.phone.hall import Hall
from waardeweging.presentation.catalog import Language, languages_with, text
from waardeweging.process.moments import later, now
from waardeweging.process.steps import STEPS
from waardeweging.process.workshop import GRACE, Sheet, Workshop
from waardeweging.store import Seat, StaffSeat

SEAT_COOKIE, STAFF_COOKIE, LANGUAGE_COOKIE = "ww-seat", "ww-helper", "ww-language"
PART = "phone"

Trouble = Literal[
    "not_found",
    "seat",
    "forbidden",
    "origin",
    "form",
    "conflict",
    "closed",
    "paused",
    "large",
    "tries",
    "busy",
    "failed",
]
STATUS: Mapping[Trouble, int] = {
    "not_found": 404,
    "seat": 401,
    "forbidden": 403,
    "origin": 403,
    "form": 400,
    "conflict": 409,
    "closed": 409,
    "paused": 409,
    "large": 413,
    "tries": 429,
    "busy": 503,
    "failed": 500,
}


class Problem(Exception):
    """What somebody asked cannot be done; a page says so kindly.

    Parameters
    ----------
    trouble : str
        One of `STATUS`.
    retry_after : int, optional
        When to try again. [s]
    """

    def __init__(self, trouble: Trouble, retry_after: int | None = None) -> None:
        self.trouble, self.retry_after = trouble, retry_after
        super().__init__(trouble)


@dataclass(frozen=True)
class Visit:
    """What a page knows of the request that asks for it.

    Parameters
    ----------
    hall : Hall
    request : Request
    form : mapping of str to str
        What was filled in; empty for a page that is only looked at.
    workshop : Workshop or None
    seat : Seat or None
        Comes from the card by way of the device's cookie, never from the form.
    staff : StaffSeat or None
    """

    hall: Hall
    request: Request
    form: Mapping[str, str] = field(default_factory=dict)
    workshop: Workshop | None = None
    seat: Seat | None = None
    staff: StaffSeat | None = None

    @property
    def room(self) -> str:
        """The six digits in the address."""
        return str(self.request.path_params.get("room", ""))

    @property
    def here(self) -> Workshop:
        """The workshop of this room."""
        if self.workshop is None:
            raise Problem("not_found")
        return self.workshop

    @property
    def me(self) -> Seat:
        """The seat of who asks."""
        if self.seat is None:
            raise Problem("seat")
        return self.seat

    @cached_property
    def scenario(self) -> Scenario:
        """What is decided here."""
        return self.hall.scenario(self.here)

    @cached_property
    def language(self) -> Language:
        """The language that was asked for, chosen before, or spoken by the browser."""
        known = languages_with(PART)
        asked = [
            self.request.query_params.get("lang", ""),
            self.request.cookies.get(LANGUAGE_COOKIE, ""),
            self.seat.language if self.seat else "",
            *_spoken(self.request.headers.get("accept-language", "")),
            self.workshop.language if self.workshop else "",
        ]
        return next((language for language in asked if language in known), known[0])

    def say(self, key: str, **values: object) -> str:
        """Give a sentence of the phone's part of the catalog."""
        return text(f"{PART}.{key}", self.language, **values)

    def sheet(self, name: str) -> Sheet:
        """Give a sheet; another name is a page that is not there."""
        found = self.here.sheets.get(name)
        if found is None:
            raise Problem("not_found")
        return found

    def go(self, path: str) -> Response:
        """Send the browser on to a page of this room."""
        return RedirectResponse(f"/w/{self.room}/{path}".rstrip("/"), status_code=303)

    def keep(self, response: Response, name: str, value: str) -> Response:
        """Put a cookie on the device that no script can read and that stays in this room."""
        response.set_cookie(
            name,
            value,
            path=f"/w/{self.room}",
            httponly=True,
            samesite="lax",
            secure=self.request.url.scheme == "https",
        )
        return response

    def drop(self, response: Response, name: str) -> Response:
        """Take a cookie of this room off the device."""
        response.delete_cookie(name, path=f"/w/{self.room}", httponly=True, samesite="lax")
        return response


def takes_answers(sheet: Sheet) -> bool:
    """Say whether a sheet takes answers now: open, and its clock not run out for long."""
    if sheet.status != "open":
        return False
    return sheet.closes_at is None or now() <= later(sheet.closes_at, GRACE)


def seen(workshop: Workshop) -> str:
    """Give a short mark that changes when something happens that a phone shows."""
    sheets = [
        (sheet.name, sheet.status, sheet.closes_at, sheet.times_opened, takes_answers(sheet))
        for sheet in workshop.sheets.values()
    ]
    tables = sorted(workshop.tables.items())
    state = [
        *(sheets, tables, workshop.screen.emergency, workshop.unlinked, workshop.version),
        _result_on_screen(workshop),
    ]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()[:12]


def _result_on_screen(workshop: Workshop) -> str:
    """Name the step whose result stands on the big screen; who fills in is left in peace."""
    screen = workshop.screen
    if screen.hidden or workshop.active_sheets or screen.step >= len(STEPS):
        return ""
    step = STEPS[screen.step]
    return step.name if screen.page in step.results else ""


def _spoken(header: str) -> list[str]:
    """List the languages of a browser, best first; ``nl-NL`` counts as ``nl``."""
    weighed = []
    for place, part in enumerate(header[:200].split(",")):
        name, _, quality = part.strip().partition(";q=")
        weighed.append((-_quality(quality), place, name.split("-")[0].lower()))
    return [name for _, _, name in sorted(weighed)]


def _quality(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
