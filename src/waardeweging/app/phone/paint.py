"""Templates to pages: always escaped, in the language of the visit, with strict headers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from waardeweging.app.phone.visits import PART, STATUS, Problem, Visit, seen
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import has, languages_with, text
from waardeweging.problem.labels import Label

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_LABEL_LANGUAGES = frozenset(Label.model_fields)
_WATCH_WAITING, _WATCH_FORM = 4000, 10_000

_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def asset(name: str) -> str:
    """Give the address of a file that never changes under that address."""
    return f"/w/static/{digest(name)}/{name}"


@cache
def digest(name: str) -> str:
    """Give a short hash of a file."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def page(visit: Visit, template: str, status: int = 200, **shown: Any) -> Response:
    """Give a page.

    Parameters
    ----------
    visit : Visit
    template : str
        Name without its ending.
    status : int
    **shown
        What the template shows, beside what every page shows.
    """
    context = {**_always(visit), **shown}
    html = _TEMPLATES.get_template(f"{template}.html.jinja").render(context)
    return HTMLResponse(html, status_code=status)


def problem_page(visit: Visit, problem: Problem) -> Response:
    """Say kindly what cannot be done, and where to go on."""
    trouble, room = problem.trouble, visit.room
    known = visit.workshop is not None
    home = f"/w/{room}" if known else "/w"
    shown = {
        "heading": visit.say(f"problem.{trouble}_title"),
        "sentences": [visit.say(f"problem.{trouble}")],
        "onward": f"/w/{room}/now" if known and visit.seat else home,
        "onward_text": visit.say("problem.again" if known else "problem.home"),
        "languages": (),
    }
    response = page(visit, "problem", STATUS[trouble], **shown)
    if problem.retry_after is not None:
        response.headers["retry-after"] = str(problem.retry_after)
    return response


def guarded(response: Response) -> Response:
    """Put the headers on an answer that is for one person only."""
    response.headers.setdefault("cache-control", "no-store")
    response.headers["content-security-policy"] = POLICY
    return response


def side_name(visit: Visit, side: str) -> str:
    """Name a side; that of a third party is its own name."""
    return visit.say(f"side.{side}") if side in SIDES else side


def watching(visit: Visit, then: str, *, waiting: bool) -> Mapping[str, Any]:
    """Let a page with script look whether something happened in the hall."""
    return {
        "address": f"/w/{visit.room}/status",
        "seen": seen(visit.here),
        "every": _WATCH_WAITING if waiting else _WATCH_FORM,
        "then": f"/w/{visit.room}/{then}",
    }


def _always(visit: Visit) -> dict[str, Any]:
    language, seat, workshop = visit.language, visit.seat, visit.workshop
    return {
        "language": language,
        "t": visit.say,
        "asset": asset,
        "named": lambda label: _named(label, language),
        "languages": [
            (one, text(f"{PART}.own_name", one))
            for one in languages_with(PART)
            if has(f"{PART}.own_name", one)
        ],
        "here": visit.request.url.path,
        "room": visit.room,
        "workshop": workshop,
        "trial": bool(workshop and workshop.exploration),
        "seated": seat is not None,
        "side": side_name(visit, seat.side) if seat else "",
        "side_kind": seat.side if seat and seat.side in SIDES else "other",
        "department": seat.department if seat else "",
        "notice": "",
        "watch": None,
        "closes": None,
    }


def _named(label: Label, language: str) -> str:
    """Show a text of the scenario; one in another language than the page says which."""
    if language in _LABEL_LANGUAGES:
        return escape(label[language])
    return Markup('<span lang="nl">{}</span>').format(label[language])
