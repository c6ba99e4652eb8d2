"""Beginning a project from the facilitator's page, with the links that are shown once."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from waardeweging.app.hall.desk import Desk
from waardeweging.app.hall.door import staff_link
from waardeweging.app.hall.scene import base_url
from waardeweging.app.parts import plain
from waardeweging.app.projects.begin import LINK_DAYS, ROLES, Begun, begin
from waardeweging.app.projects.desk import Form, form
from waardeweging.app.projects.templates import templates
from waardeweging.presentation.catalog import LANGUAGES, Language, text
from waardeweging.presentation.sentences import fault_text
from waardeweging.problem.errors import InputError, Place, faults_in
from waardeweging.process.project.template import Template, read_template

_MADE = "project-begun"
_EMPTY = ""
# The label of the field on screen, by its name in a fault.
_FIELDS = {"title": "name", "neighbourhood": "neighbourhood"}


def show(desk: Desk) -> None:
    """Ask for a new project, and show the links of one that was just begun."""
    language = desk.scene.language
    _show_links(language)
    with st.expander(_say("title", language), key="new-project"):
        st.markdown(plain(_say("lead", language)))
        with form("project") as one:
            given = _ask(one, language)
            sent = st.form_submit_button(_say("make", language))
        if sent:
            _begin(desk, one, *given)


def _ask(one: Form, language: Language) -> tuple[str, str, str, Language, bool]:
    """Ask what the command asks: name, neighbourhood, template, language, exploration."""
    name = st.text_input(_say("name", language), key=one.key("name"), max_chars=200)
    code = st.text_input(_say("neighbourhood", language), key=one.key("code"), max_chars=20)
    st.caption(plain(_say("neighbourhood_note", language)))
    library = _library()
    template = st.selectbox(
        _say("template", language),
        [_EMPTY, *library],
        format_func=lambda name: _described(library, name, language),
        key=one.key("template"),
    )
    st.caption(plain(_say("template_note", language)))
    its_language = st.segmented_control(
        text("hall.facilitator.new_language", language),
        LANGUAGES,
        default=language,
        format_func=lambda one: text("language.name", one),
        required=True,
        key=one.key("language"),
    )
    exploration = st.checkbox(
        text("hall.facilitator.new_exploration", language), key=one.key("exploration")
    )
    return name, code, template, its_language, exploration


def _begin(
    desk: Desk, one: Form, name: str, code: str, template: str, its: Language, exploration: bool
) -> None:
    try:
        begun = begin(
            desk.scene.store,
            name,
            language=its,
            neighbourhood=code,
            exploration=exploration,
            template=_library().get(template),
            by=desk.seat.role,
        )
    except (InputError, ExceptionGroup) as error:
        for fault in faults_in(error):
            st.error(plain(fault_text(_on_screen(fault, desk.scene.language), desk.scene.language)))
        return
    # A second press of the same button finds an empty form, and begins nothing.
    one.emptied()
    st.session_state[_MADE] = begun
    st.rerun()


def _on_screen(fault: InputError, language: Language) -> InputError:
    """Name the field as the form does."""
    label = _FIELDS.get(fault.where.field or "")
    if label is None:
        return fault
    where = Place(_say(label, language))
    return InputError(
        fault.code, where=where, found=fault.found, remedy=fault.remedy, **fault.details
    )


def _show_links(language: Language) -> None:
    begun: Begun | None = st.session_state.get(_MADE)
    if begun is None:
        return
    with st.container(border=True, key="project-links"):
        st.markdown(f"**{plain(_say('begun', language, title=begun.state.title))}**")
        st.markdown(plain(_say("keep", language, days=LINK_DAYS)))
        for role in ROLES:
            st.markdown(f"**{plain(_say(role, language))}**")
            st.code(staff_link(base_url(), getattr(begun, role)), language=None, wrap_lines=True)
        st.button(_say("forget", language), key="project-links-forget", on_click=_forget)


def _forget() -> None:
    st.session_state.pop(_MADE, None)


@st.cache_resource(show_spinner=False)
def _library() -> Mapping[str, Template]:
    return {name: read_template(path) for name, path in templates().items()}


def _described(library: Mapping[str, Template], name: str, language: Language) -> str:
    if name == _EMPTY:
        return _say("template_none", language)
    found = library[name]
    about = f": {found.about[language]}" if found.about else ""
    return f"{found.title[language]}{about}"


def _say(key: str, language: Language, **values: object) -> str:
    return text(f"project_begin.{key}", language, **values)
