"""What changed since: one sentence for everything that was decided, the newest first."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.projects.desk import ProjectDesk
from waardeweging.app.projects.parts import head, show_lead
from waardeweging.app.tables import show_table
from waardeweging.presentation.dates import day_text
from waardeweging.presentation.project_news import STAFF_KINDS, News, news

_MOST = 60


def show(desk: ProjectDesk) -> None:
    """Show what happened, with the latest at the top."""
    found = [
        one
        for one in desk.made("news", lambda: _all(desk))
        if desk.runs or one.kind not in STAFF_KINDS
    ]
    head(desk, "news_title")
    show_lead(desk.say("news_lead", count=len(found), day=day_text(found[0].at, desk.language)))
    _table(desk, found[:_MOST])
    if len(found) > _MOST:
        with st.expander(desk.say("news_older", count=len(found) - _MOST), key="news-older"):
            _table(desk, found[_MOST:])


def _all(desk: ProjectDesk) -> tuple[News, ...]:
    return news(desk.store.records(desk.state.id), desk.language)


def _table(desk: ProjectDesk, found: list[News]) -> None:
    rows = [(day_text(one.at, desk.language), one.text) for one in found]
    show_table(desk.say("news_title"), [desk.say("day"), desk.say("news_what")], rows)
