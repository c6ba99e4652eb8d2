"""A sheet by its name: a weighing has several pages, the others have one."""

from __future__ import annotations

from starlette.responses import Response

from waardeweging.app.phone import choices, weigh_pages
from waardeweging.app.phone.live import WEIGHINGS
from waardeweging.app.phone.visits import Visit


def form(visit: Visit) -> Response:
    """Show a sheet, from where somebody left it."""
    return weigh_pages.start(visit) if _weighs(visit) else choices.choices_form(visit)


def draft_given(visit: Visit) -> Response:
    """Keep what somebody is filling in."""
    return weigh_pages.draft_given(visit) if _weighs(visit) else choices.draft_given(visit)


def _weighs(visit: Visit) -> bool:
    return visit.request.path_params["sheet"] in WEIGHINGS
