"""Page "Initiatieven": which plans first, when not all of them can be done."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from waardeweging.analysis.selecting import Chosen, Selection
from waardeweging.app.desk import selection_of, shelf
from waardeweging.app.parts import (
    plain,
    show_answer,
    show_faults,
    show_list,
    show_picture,
    show_sentences,
)
from waardeweging.app.session import say
from waardeweging.app.tables import show_table
from waardeweging.app.view import View
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.figures.selection import chosen_often
from waardeweging.presentation.numbers import points, quantity
from waardeweging.presentation.selection_words import rejection_sentences, selection_sentences
from waardeweging.problem.errors import InputError
from waardeweging.selection.reading import RULES


def page(view: View) -> None:
    """Show the best package, why other plans were not chosen, and how firm that is."""
    st.title(say("page.selection.title"))
    folders = {name: folder for name, folder in shelf().items() if (folder / RULES).is_file()}
    if not folders:
        show_sentences([say("page.selection.none")])
        return
    own = view.session.scenario in folders
    folder = folders[view.session.scenario] if own else next(iter(folders.values()))
    try:
        selection = _calculated(folder)
    except (InputError, ExceptionGroup) as error:
        show_faults(error, view.language, below_title=True)
        return
    st.subheader(plain(selection.scenario.title[view.language]))
    _show(selection, view.language)


def _calculated(folder: Path) -> Selection:
    with st.spinner(say("page.selection.wait")):
        return selection_of(folder)


def _show(selection: Selection, language: Language) -> None:
    answer, *others = selection_sentences(selection, language)
    show_answer([answer])
    scenario = selection.scenario
    notes = [note for note in (scenario.note, scenario.ballots_note) if note]
    st.caption(plain(" ".join(note[language] for note in notes)))
    show_sentences(others)
    if selection.chosen is None:
        return
    _why_not(selection.chosen, selection, language)
    _resources(selection.chosen, selection, language)
    _spread(selection.chosen, selection, language)


def _why_not(chosen: Chosen, selection: Selection, language: Language) -> None:
    if chosen.rejections:
        st.header(say("page.selection.why_title"))
        reasons = (rejection_sentences(one, selection, language) for one in chosen.rejections)
        show_list([" ".join(said) for said in reasons])


def _resources(chosen: Chosen, selection: Selection, language: Language) -> None:
    initiatives = selection.initiatives
    used = initiatives.use[chosen.best.chosen].sum(axis=0)
    st.header(say("selection.table.used"))
    rows = (
        (
            one.label[language],
            quantity(one.limit, one.unit, language),
            quantity(float(used[place]), one.unit, language),
            points(float(chosen.prices[place]) * one.limit, language, 1),
        )
        for place, one in enumerate(initiatives.resources)
    )
    columns = [say(f"selection.table.{name}") for name in ("resource", "limit", "use", "price")]
    show_table(say("selection.table.used"), columns, rows, numbers=True)


def _spread(chosen: Chosen, selection: Selection, language: Language) -> None:
    st.header(say("page.selection.spread_title"))
    said = ("spread_lead", "spread_note")
    show_sentences([say(f"page.selection.{key}", draws=chosen.share.draws) for key in said])
    picture = chosen_often(selection, language)
    if picture is not None:
        show_picture(picture, key="selection")
