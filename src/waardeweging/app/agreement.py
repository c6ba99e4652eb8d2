"""Sections about people that several pages show: grades, rounds, who took part, extra rules."""

from __future__ import annotations

import streamlit as st

from waardeweging.analysis.subgroups import LEAST
from waardeweging.app.parts import show_picture, show_sentences, show_too_few
from waardeweging.app.session import say
from waardeweging.app.tables import show_frame
from waardeweging.app.view import View
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.presentation.numbers import number
from waardeweging.presentation.participation_tables import (
    beside_table,
    grades_table,
    movement_table,
    raked_table,
)
from waardeweging.presentation.pictures import composition_bars, rounds_weights
from waardeweging.presentation.subgroup_table import subgroup_table

FAIR = ("fair", "not_fair", "not_acceptable", "not_yet_fair")


def show_grades(view: View) -> None:
    """Show what people think of the options themselves, beside the model."""
    given = view.outcome.graded
    if given is None:
        return
    st.header(say("page.agreement.grades_title"))
    show_sentences(view.sentences("grades", *FAIR))
    residents, municipality = (number(count, view.language) for count in given.people)
    people = say("page.agreement.grades_people", residents=residents, municipality=municipality)
    show_sentences([say("page.agreement.grades_lead"), people])
    show_frame(say("page.agreement.grades_title"), view.made(grades_table))


def show_rounds(view: View) -> None:
    """Show what changed between rounds; nothing after one round."""
    if view.outcome.rounds is None:
        return
    st.header(say("page.agreement.rounds_title"))
    show_sentences(view.sentences("rounds_hidden", "rounds_winner", "rounds_moved"))
    show_sentences(view.sentences("rounds_spread", "rounds_stop"))
    picture = view.made(rounds_weights)
    if picture is None:
        return
    show_sentences([say("page.agreement.rounds_lead")])
    show_picture(picture, key="rounds")
    if view.outcome.rounds.steps:
        st.subheader(say("page.agreement.rounds_moves"))
        show_frame(say("page.agreement.rounds_moves"), view.made(movement_table))


def show_who(view: View) -> None:
    """Show who took part beside who lives here, and what making up for it would change."""
    found = view.outcome.representation
    if found is not None:
        st.header(say("page.agreement.who_title"))
        people = number(found.people, view.language)
        show_sentences([say("page.agreement.who_lead", people=people, least=FEWEST)])
        picture = view.made(composition_bars)
        if picture is None:
            show_sentences(view.sentences("composition_hidden"))
        else:
            show_picture(picture, key="composition")
        show_sentences(view.sentences("raked_same", "raked_differs", "not_raked"))
    if found is not None and found.reweighted is not None:
        st.subheader(say("page.agreement.raked_title"))
        effect = number(found.raking.design_effect, view.language, 2)
        show_sentences([say("page.agreement.raked_lead", effect=effect)])
        show_frame(say("page.agreement.raked_title"), view.made(raked_table))
    groups = view.made(subgroup_table)
    if not groups.empty:
        st.subheader(say("subgroups.title"))
        show_sentences([say("subgroups.lead", least=LEAST)])
        show_frame(say("subgroups.title"), groups)
    show_sentences(view.sentences("institutions", "institution_not_needed"))
    show_sentences(view.sentences("delegates", "departments"))


def show_beside(view: View) -> None:
    """Show the rules beside the method panel, for analysts."""
    st.header(say("page.agreement.beside_title"))
    show_sentences(view.sentences("beside_agrees", "beside_differs", "no_bargain"))
    fallback = view.scenario.fallback
    labels = {one.id: one.label[view.language] for one in view.outcome.alternatives}
    bargaining = (
        say("page.agreement.no_fallback")
        if fallback is None
        else say("page.agreement.bargain_lead", option=labels[fallback])
    )
    show_sentences([say("page.agreement.beside_lead"), bargaining])
    if view.may_show_sides:
        show_frame(say("page.agreement.beside_title"), view.made(beside_table))
    else:
        show_too_few()
