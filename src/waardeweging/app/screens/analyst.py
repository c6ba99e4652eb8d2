"""Page "Voor rekenaars": other rules, other methods, and the numbers worth researching."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.agreement import FAIR, show_beside
from waardeweging.app.comparing import show_consistency
from waardeweging.app.parts import show_sentences, show_too_few
from waardeweging.app.session import say
from waardeweging.app.tables import show_frame
from waardeweging.app.view import View
from waardeweging.presentation.analyst_tables import (
    agreement_table,
    all_weights_table,
    criteria_table,
    methods_table,
    research_table,
    rules_table,
)


def page(view: View) -> None:
    """Show what lies behind the outcome, for who wants to check it."""
    st.title(say("page.analyst.title"))
    show_sentences([say("page.analyst.lead")])
    _research(view)
    _rules(view)
    show_beside(view)
    _methods(view)
    _all_weights(view)
    _agreement(view)
    show_consistency(view)


def _research(view: View) -> None:
    st.header(say("page.analyst.research_title"))
    show_sentences([say("page.analyst.research_lead")])
    frame = view.made(research_table)
    if frame.empty:
        show_sentences(view.sentences("research_none"))
        return
    show_frame(say("page.analyst.research_title"), frame)
    with st.expander(say("page.analyst.criteria_title"), key="criteria-gain"):
        show_frame(say("page.analyst.criteria_title"), view.made(criteria_table))


def _rules(view: View) -> None:
    st.header(say("page.analyst.rules_title"))
    show_sentences(view.sentences("panel_agrees", "panel_differs", *FAIR))
    if view.may_show_sides:
        show_frame(say("page.analyst.rules_title"), view.made(rules_table))
    else:
        show_too_few()


def _methods(view: View) -> None:
    st.header(say("page.analyst.methods_title"))
    show_sentences([say("page.analyst.methods_lead")])
    show_frame(say("page.analyst.methods_title"), view.made(methods_table))


def _all_weights(view: View) -> None:
    st.header(say("page.analyst.weights_title"))
    show_sentences(view.sentences("free", "recoding_safe", "recoding_matters"))
    show_sentences([say("page.analyst.error", draws=view.outcome.free.everywhere.draws)])
    show_frame(say("page.analyst.weights_title"), view.made(all_weights_table))


def _agreement(view: View) -> None:
    st.header(say("page.analyst.agreement_title"))
    if not view.may_show_sides:
        show_too_few()
        return
    show_sentences(view.sentences("groups", "no_groups", "decisive_side"))
    show_frame(say("page.analyst.agreement_title"), view.made(agreement_table))
