"""Framework, options and performances of a project: which version, and another one in its place."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from waardeweging.app.desk import shelf
from waardeweging.app.hall.folders import gather, sent_files
from waardeweging.app.parts import plain
from waardeweging.app.projects.desk import ProjectDesk, form
from waardeweging.app.projects.parts import day, head, show_gone
from waardeweging.app.tables import show_table


def show(desk: ProjectDesk) -> None:
    """Show the versions of the files, and let the one who runs the project put others in place."""
    head(desk, "files_title")
    if not desk.state.files:
        show_gone(desk, "files_none")
    else:
        _versions(desk)
    if desk.runs:
        with st.expander(desk.say("files_put"), key="files-box"):
            _put(desk)


def _versions(desk: ProjectDesk) -> None:
    if desk.scenario is not None:
        problem = desk.scenario.problem
        counts = {
            "options": len(problem.alternatives),
            "criteria": len(problem.framework.criteria),
        }
        st.markdown(plain(desk.say("files_hold", **counts)))
    rows = [
        (str(one.kept.version), day(one.at, desk), one.kept.reason or "–")
        for one in reversed(desk.state.files)
    ]
    columns = [desk.say(name) for name in ("files_version", "day", "reason")]
    show_table(desk.say("files_title"), columns, rows)


def _put(desk: ProjectDesk) -> None:
    folders, upload = shelf(), desk.say("files_upload")
    with form("files") as one:
        chosen = st.selectbox(desk.say("files_from"), [*folders, upload], key=one.key("from"))
        given = st.file_uploader(
            desk.say("files_given"),
            type=["csv", "xlsx", "toml"],
            accept_multiple_files=True,
            key=one.key("files"),
        )
        reason = st.text_input(desk.say("files_reason"), max_chars=1000, key=one.key("reason"))
        sent = st.form_submit_button(desk.say("files_put"), type="primary")
    if not sent:
        return

    def put() -> None:
        found: Mapping[str, bytes] = (
            sent_files((file.name, file.getvalue()) for file in given or ())
            if chosen == upload
            else gather(folders[str(chosen)])
        )
        desk.store.keep_project_files(desk.state.id, found, reason, by=desk.seat.role)

    desk.press(put, "kept")
    st.rerun()
