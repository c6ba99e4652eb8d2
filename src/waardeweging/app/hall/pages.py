"""The pages of the staff: they have an address, and stand in no menu."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

import streamlit as st

from waardeweging.app.hall import beamer, facilitator
from waardeweging.app.projects import page as project
from waardeweging.app.session import Session, say
from waardeweging.presentation.catalog import LANGUAGES

_PAGES = {"facilitator": facilitator, "beamer": beamer, "project": project}


def is_asked() -> bool:
    """Say whether the visitor is on a page of the staff."""
    return urlsplit(st.context.url or "").path.strip("/").rpartition("/")[2] in _PAGES


def show_hall(session: Session) -> None:
    """Show the page of the staff that the visitor is on."""
    if st.query_params.get("lang") in LANGUAGES:
        session.language = st.query_params["lang"]
    # The first page of a list has no address of its own; nobody comes there from here.
    pages = [st.Page(_nowhere, title=say("app.name"), url_path="nowhere", default=True)]
    pages += [
        st.Page(partial(module.page, session), title=say(f"hall.{name}.title"), url_path=name)
        for name, module in _PAGES.items()
    ]
    st.navigation(pages, position="hidden").run()


def _nowhere() -> None:
    st.switch_page("beamer")
