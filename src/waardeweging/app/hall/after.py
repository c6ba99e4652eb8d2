"""After the evening: the closing code, a backup, the log, and cutting cards and answers apart."""

from __future__ import annotations

from datetime import UTC, datetime

import platformdirs
import streamlit as st

from waardeweging.app.hall.desk import Desk
from waardeweging.app.hall.parts import show_code
from waardeweging.app.parts import plain
from waardeweging.app.tables import show_table
from waardeweging.process.chain import Recorded

# What happened to people one by one stays out of this log.
_QUIET = ("submitted", "seated", "erased")
_MOST_LINES = 200


def show(desk: Desk) -> None:
    """Show what is left to do."""
    st.subheader(desk.say("after_title"), anchor=False)
    show_code(desk.scene.say("beamer.closing_head"), desk.state.head)
    st.caption(desk.say("head_note"))
    _backup(desk)
    _unlink(desk)
    _log(desk)


def _backup(desk: Desk) -> None:
    st.subheader(desk.say("backup_title"), anchor=False)
    st.markdown(plain(desk.say("backup_lead")))
    st.button(desk.say("backup"), key="backup", on_click=_copy, args=(desk,))


def _copy(desk: Desk) -> None:
    """Write a copy beside the data; it holds answers, so nobody can download it here."""
    folder = platformdirs.user_data_path("waardeweging") / "backups"
    path = folder / f"waardeweging-{datetime.now(UTC):%Y%m%d-%H%M%S}.db"
    folder.mkdir(parents=True, exist_ok=True)
    if desk.attempt(lambda: desk.scene.store.backup(path)) is not None:
        desk.tell("backed_up", file=str(path))


def _unlink(desk: Desk) -> None:
    st.subheader(desk.say("unlink_title"), anchor=False)
    if desk.state.unlinked:
        st.success(desk.say("unlinked"))
        return
    st.markdown(plain(desk.say("unlink_lead")))
    sure = st.checkbox(desk.say("unlink_sure"), key="unlink-sure")
    st.button(desk.say("unlink"), key="unlink", disabled=not sure, on_click=_cut, args=(desk,))


def _cut(desk: Desk) -> None:
    store, workshop = desk.scene.store, desk.state.id
    if desk.attempt(lambda: store.unlink(workshop, by=desk.seat.role)) is not None:
        desk.tell("unlinked")


def _log(desk: Desk) -> None:
    with st.expander(desk.say("log_title"), key="log"):
        found = [one for one in desk.scene.store.records(desk.state.id) if one.kind not in _QUIET]
        rows = [_line(desk, one) for one in reversed(found[-_MOST_LINES:])]
        columns = [desk.say(f"log_{name}") for name in ("at", "by", "what", "sheet", "reason")]
        show_table(desk.say("log_title"), columns, rows)


def _line(desk: Desk, one: Recorded) -> tuple[str, ...]:
    name = str(one.body.get("sheet", ""))
    return (
        one.at[:19].replace("T", " "),
        one.by,
        desk.scene.say(f"event.{one.kind}"),
        desk.scene.say(f"step.{name}") if name else "",
        str(one.body.get("reason", "")),
    )
