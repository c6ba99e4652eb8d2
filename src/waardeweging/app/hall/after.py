"""After the evening: the closing code, a backup, cutting cards and answers apart, the dossier."""

from __future__ import annotations

from datetime import UTC, datetime

import platformdirs
import streamlit as st

from waardeweging.app.hall.desk import Desk
from waardeweging.app.hall.parts import show_code
from waardeweging.app.parts import plain
from waardeweging.app.tables import show_table
from waardeweging.presentation.catalog import text
from waardeweging.process.chain import Recorded
from waardeweging.process.moments import HERE, read_moment

# What happened to people one by one stays out of this log.
_QUIET = ("submitted", "seated", "erased")
_MOST_LINES = 200
_MADE = "dossier-made"


def show(desk: Desk) -> None:
    """Show what is left to do."""
    st.subheader(desk.say("after_title"), anchor=False)
    show_code(desk.scene.say("beamer.closing_head"), desk.state.head)
    st.caption(desk.say("head_note"))
    _backup(desk)
    _unlink(desk)
    _dossier(desk)
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


def _dossier(desk: Desk) -> None:
    """Make the public dossier of this evening on demand; it may take some seconds."""
    language = desk.scene.language
    st.subheader(text("dossier.download.title", language), anchor=False)
    if not desk.state.unlinked:
        st.caption(text("dossier.download.wait", language))
        return
    st.markdown(plain(text("dossier.download.lead", language)))
    if st.button(text("dossier.download.make", language), key="dossier"):
        _make(desk)
    made = st.session_state.get(_MADE)
    if made is not None and made[0] == desk.state.id:
        st.download_button(
            text("dossier.download.take", language),
            data=made[1],
            file_name="dossier.zip",
            mime="application/zip",
            key="dossier-take",
            on_click="ignore",
        )


def _make(desk: Desk) -> None:
    language = desk.scene.language
    with st.spinner(text("dossier.download.busy", language)):
        made = desk.attempt(lambda: _made(desk))
    st.session_state[_MADE] = None if made is None else (desk.state.id, made)
    if made is None:
        # What is wrong stands at the top of the page.
        st.rerun()


def _made(desk: Desk) -> bytes:
    # PDF and Word take time to load, and most visitors never ask for them.
    from waardeweging.dossier.bundle.container import pack
    from waardeweging.dossier.document.theme import Theme
    from waardeweging.dossier.document.write import FORMATS
    from waardeweging.dossier.making import whole_dossier
    from waardeweging.dossier.workshop import source_of_workshop

    language = desk.scene.language
    source = source_of_workshop(desk.scene.store, desk.state.id, language)
    return pack(whole_dossier(source, FORMATS, language, Theme()))


def _log(desk: Desk) -> None:
    with st.expander(desk.say("log_title"), key="log"):
        found = [one for one in desk.scene.store.records(desk.state.id) if one.kind not in _QUIET]
        rows = [_line(desk, one) for one in reversed(found[-_MOST_LINES:])]
        columns = [desk.say(f"log_{name}") for name in ("at", "by", "what", "sheet", "reason")]
        show_table(desk.say("log_title"), columns, rows)


def _line(desk: Desk, one: Recorded) -> tuple[str, ...]:
    name = str(one.body.get("sheet", ""))
    return (
        f"{read_moment(one.at).astimezone(HERE):%Y-%m-%d %H:%M:%S}",
        one.by,
        desk.scene.say(f"event.{one.kind}"),
        desk.scene.say(f"step.{name}") if name else "",
        str(one.body.get("reason", "")),
    )
