"""Before the evening: another workshop, a project, links, cards, rules and the fingerprint."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.desk import shelf
from waardeweging.app.hall import cards
from waardeweging.app.hall.begin import LINK_DAYS, link_end
from waardeweging.app.hall.desk import Desk
from waardeweging.app.hall.door import staff_link
from waardeweging.app.hall.folders import gather, sent_files
from waardeweging.app.hall.parts import show_code
from waardeweging.app.hall.rehearsal import invite
from waardeweging.app.hall.scene import base_url
from waardeweging.app.parts import plain
from waardeweging.app.projects import starting
from waardeweging.presentation.catalog import LANGUAGES, text
from waardeweging.presentation.sentences import fault_lines
from waardeweging.problem.errors import InputError
from waardeweging.process import workshop as process
from waardeweging.process.events import Role, Rules
from waardeweging.process.workshop import Workshop
from waardeweging.store import StaffSeat, Store

_CHOSEN = "desk-workshop"
_LINKS = "desk-links"
SETUP = "setup"
_ROLES: tuple[Role, ...] = ("reader", "facilitator", "helper")
_INVENTED = 6


def chosen_workshop(store: Store, seat: StaffSeat) -> str:
    """Give the workshop that this window looks at: that of the link, or one begun here."""
    begun: str = st.session_state.get(_CHOSEN, "")
    return begun or seat.workshop


def show(desk: Desk) -> None:
    """Show what to set up, in the order in which it is needed."""
    cards.show_made(desk, SETUP)
    _fingerprint(desk)
    cards.show(desk, SETUP)
    _links(desk)
    _rules(desk)
    if desk.state.exploration:
        _rehearse(desk)
    _another(desk)
    starting.show(desk)


def _fingerprint(desk: Desk) -> None:
    st.subheader(desk.say("freeze_title"), anchor=False)
    if desk.state.fingerprint is not None:
        show_code(desk.scene.say("beamer.fingerprint"), desk.state.fingerprint[:16])
        st.caption(desk.say("frozen_note"))
        return
    st.markdown(plain(desk.say("freeze_lead")))
    st.button(desk.say("freeze"), key="freeze", on_click=_freeze, args=(desk,))


def _freeze(desk: Desk) -> None:
    desk.decide(process.freeze)


def _links(desk: Desk) -> None:
    st.subheader(desk.say("links_title"), anchor=False)
    st.markdown(plain(desk.say("links_lead", days=LINK_DAYS)))
    with st.container(horizontal=True, key="links"):
        for role in _ROLES:
            st.button(
                desk.say(f"link_{role}"), key=f"link-{role}", on_click=_make_link, args=(desk, role)
            )
    for role, secret in st.session_state.get(_LINKS, {}).items():
        st.markdown(f"**{plain(desk.say(f'link_{role}_made'))}**")
        st.code(staff_link(base_url(), secret), language=None, wrap_lines=True)


def _make_link(desk: Desk, role: Role) -> None:
    secret = desk.attempt(
        lambda: desk.scene.store.staff_link(desk.state.id, role, link_end(), by=desk.seat.role)
    )
    if secret is not None:
        st.session_state[_LINKS] = {**st.session_state.get(_LINKS, {}), role: secret}


def _rules(desk: Desk) -> None:
    st.subheader(desk.say("rules_title"), anchor=False)
    rules = desk.state.rules
    if desk.state.is_frozen:
        st.caption(desk.say("rules_frozen"))
        return
    with st.form("rules", border=False):
        share = st.slider(desk.say("rules_share"), 0, 100, round(100 * rules.share), 5, key="share")
        written = st.text_area(
            desk.say("rules_texts"), "\n".join(rules.texts), key="rules-texts", max_chars=4000
        )
        sent = st.form_submit_button(desk.say("rules_save"))
    if sent:
        texts = tuple(line.strip() for line in written.splitlines() if line.strip())
        given = Rules(share=share / 100, fewest=rules.fewest, texts=texts)
        if desk.decide(lambda state: process.set_rules(state, given)):
            desk.tell("rules_saved")
        st.rerun()


def _rehearse(desk: Desk) -> None:
    """Offer invented participants, so that one person can practise a whole evening."""
    st.subheader(desk.say("rehearse_title"), anchor=False)
    st.markdown(plain(desk.say("rehearse_lead", count=_INVENTED)))
    st.button(desk.say("rehearse", count=_INVENTED), key="rehearse", on_click=_invite, args=(desk,))


def _invite(desk: Desk) -> None:
    if desk.attempt(lambda: invite(desk.scene.store, desk.state.id, _INVENTED)) is not None:
        desk.tell("rehearsed")


def _another(desk: Desk) -> None:
    """Begin another workshop, from the shelf or from the files of a folder."""
    with st.expander(desk.say("new_title"), key="new"):
        folders = shelf()
        upload = desk.say("new_upload")
        with st.form("new-workshop", border=False):
            title = st.text_input(desk.say("new_name"), key="new-name", max_chars=200)
            chosen = st.selectbox(desk.say("new_from"), [*folders, upload], key="new-from")
            given = st.file_uploader(
                desk.say("new_files"),
                type=["csv", "xlsx", "toml"],
                accept_multiple_files=True,
                key="new-files",
            )
            language = st.segmented_control(
                desk.say("new_language"),
                LANGUAGES,
                default=desk.scene.language,
                format_func=lambda one: text("language.name", one),
                required=True,
                key="new-language",
            )
            exploration = st.checkbox(desk.say("new_exploration"), key="new-exploration")
            sent = st.form_submit_button(desk.say("new_make"))
        if not sent:
            return
        try:
            files = (
                sent_files((one.name, one.getvalue()) for one in given or ())
                if chosen == upload
                else gather(folders[chosen])
            )
            made = desk.scene.store.create(
                title, files, language=language, exploration=exploration, by=desk.seat.role
            )
        except (InputError, ExceptionGroup) as error:
            for line in fault_lines(error, desk.scene.language):
                st.error(plain(line))
            return
        _take(made)
        st.rerun()


def _take(made: Workshop) -> None:
    st.session_state[_CHOSEN] = made.id
    st.session_state.pop(_LINKS, None)
    cards.forget()
