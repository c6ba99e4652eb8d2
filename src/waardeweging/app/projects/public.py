"""The page of a project that everybody may read, on its own address and without script.

Its chapters are those of the dossier, so that page and dossier can never differ. A
project that is not public answers like one that does not exist.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from jinja2 import FileSystemLoader
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from waardeweging.app.hall_store import hall_store
from waardeweging.app.projects.folding import folded
from waardeweging.dossier.document.blocks import Document, Paragraph, Part
from waardeweging.dossier.document.html import pages, shown
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.document.writer import Writer
from waardeweging.dossier.project.contents import PAGE, project_document
from waardeweging.dossier.project.facts import project_facts
from waardeweging.dossier.project.making import BUNDLE, project_dossier
from waardeweging.dossier.project.source import source_of_project
from waardeweging.presentation.catalog import LANGUAGES, Language, text
from waardeweging.presentation.numbers import number
from waardeweging.problem.errors import InputError
from waardeweging.process.moments import today
from waardeweging.process.project.state import Project
from waardeweging.store import Store

PATH = "/p"
# Nothing but our own style: no script, no picture from elsewhere, no frame around it.
POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_KEPT, _BUNDLES = 32, 4
_IN_BUNDLE = ("html", "json")
_PAGES = pages(FileSystemLoader(Path(__file__).parent / "templates"))

Find = Callable[[], Store]
Endpoint = Callable[[Request], Awaitable[Response]]


def public_routes(store: Find = hall_store) -> list[BaseRoute]:
    """Give the route of the public pages.

    Parameters
    ----------
    store : callable, optional
        Gives the store of this process.
    """

    @lru_cache(maxsize=_KEPT)
    def facts(project: str, head: str, language: Language, today: str) -> dict[str, Any]:
        return project_facts(source_of_project(store(), project), language, today)

    @lru_cache(maxsize=_KEPT)
    def page(project: str, head: str, language: Language, today: str, since: str | None) -> str:
        found = facts(project, head, language, today)
        document = project_document(found | {"since": since}, language, PAGE)
        return _laid_out(document, since, project, found["project"]["began"])

    @lru_cache(maxsize=_BUNDLES)
    def bundle(project: str, head: str, language: Language, today: str) -> bytes:
        source = source_of_project(store(), project)
        return project_dossier(source, _IN_BUNDLE, language, Theme(), today)[BUNDLE]

    def page_of(state: Project, language: Language, request: Request) -> Response:
        since = _day(request.query_params.get("since", ""))
        return _answer(page(state.id, state.head, language, today(), since), 200)

    def bundle_of(state: Project, language: Language, request: Request) -> Response:
        with one_at_a_time:
            made = bundle(state.id, state.head, language, today())
        return Response(made, media_type="application/zip", headers={"cache-control": "no-cache"})

    def door(answer: Callable[[Project, Language, Request], Response]) -> Endpoint:
        def found(request: Request) -> Response:
            state = _public(store(), request.path_params["project"])
            language = _language(request, state)
            if state is None:
                return _answer(_laid_out(_nothing_here(language)), 404)
            return answer(state, language, request)

        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(found, request)

        return endpoint

    one_at_a_time = Lock()
    return [
        Route(f"{PATH}/{{project}}/{BUNDLE}", door(bundle_of)),
        Route(f"{PATH}/{{project:path}}", door(page_of)),
    ]


def _public(store: Store, project: str) -> Project | None:
    """Give a project that everybody may read; None when it is not, or not there."""
    try:
        state = store.project(project)
    except InputError:
        return None
    return state if state.public else None


def _language(request: Request, state: Project | None) -> Language:
    asked = (request.query_params.get("lang", ""), state.language if state else "")
    return next((one for one in asked if one in LANGUAGES), LANGUAGES[0])


def _day(given: str) -> str | None:
    """Read a day of the address; what is none counts as not given."""
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        return None


def _nothing_here(language: Language) -> Document:
    writer = Writer({}, language)
    title = writer.say("project.page.not_found_title")
    part = Part("summary", title, (Paragraph(writer.say("project.page.not_found"), "lead"),))
    name = writer.bare(text("app.name", language))
    return Document(language, title, name, writer.bare("404"), "", (part,))


def _laid_out(
    document: Document, since: str | None = None, project: str = "", began: str | None = None
) -> str:
    """Lay out a page; `began` is the day from which all news is."""
    return _PAGES.get_template("public.html.jinja").render(
        shown(document, Theme()) | {"cards": True},
        languages=[
            (one, text("phone.own_name", one), _address(one, since))
            for one in LANGUAGES
            if one != document.language
        ],
        since=since or "",
        folded=folded,
        lines=partial(_counted, "lines", document.language),
        more=partial(_counted, "more", document.language),
        bundle=f"{PATH}/{project}/{BUNDLE}?{urlencode({'lang': document.language})}",
        everything=f"{_address(document.language, began)}#news",
    )


def _counted(key: str, language: Language, count: int) -> str:
    form = f"{key}_one" if count == 1 else key
    return text(f"dossier.project.page.{form}", language, count=number(count, language))


def _answer(page: str, status: int) -> Response:
    headers = {"content-security-policy": POLICY, "cache-control": "no-cache"}
    return HTMLResponse(page, status_code=status, headers=headers)


def _address(language: Language, since: str | None) -> str:
    given = {"lang": language} | ({"since": since} if since else {})
    return f"?{urlencode(given)}"
