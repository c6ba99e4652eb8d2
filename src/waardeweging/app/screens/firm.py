"""Page "Hoe stevig": what would have to change for another winner."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.desk import kept_of_all
from waardeweging.app.parts import (
    plain,
    show_answer,
    show_ballots_note,
    show_list,
    show_picture,
    show_sentences,
    show_too_few,
)
from waardeweging.app.session import say
from waardeweging.app.tables import show_table
from waardeweging.app.view import View
from waardeweging.presentation.numbers import share_with_margin
from waardeweging.presentation.pictures import acceptability, tornado, variants
from waardeweging.presentation.sentences import fault_lines, word
from waardeweging.problem.errors import InputError


def page(view: View) -> None:
    """Show how firm the outcome is: against weights, people, figures and events."""
    st.title(say("page.firm.title"))
    show_answer(view.sentences("flip", "flip_none", "flip_level"))
    show_ballots_note(view.scenario, view.language)
    st.header(say("page.firm.tornado_title"))
    show_picture(view.made(tornado), key="tornado")
    st.header(say("page.firm.places_title"))
    if view.may_show_sides:
        show_picture(view.made(acceptability), key="places")
    else:
        show_too_few()
    _varied(view)
    _variants(view)


def _varied(view: View) -> None:
    st.header(say("page.firm.people_title"))
    show_sentences([say("page.firm.people_lead"), *view.sentences("firm_weights", "firm_bands")])
    language, firm = view.language, view.outcome.firm
    winner = view.outcome.result.winner
    tried = (
        ("by_weights", firm.by_weights, firm.people),
        ("with_bands", firm.with_bands, firm.people_and_bands),
    )
    rows = (
        (
            say(f"page.firm.{name}"),
            word(verdict, language),
            share_with_margin(
                float(sampled.winner_share[winner]), float(sampled.winner_margin[winner]), language
            ),
        )
        for name, verdict, sampled in tried
    )
    columns = [say(f"page.firm.{column}") for column in ("measure", "class", "wins")]
    show_table(say("page.firm.people_title"), columns, rows)


def _variants(view: View) -> None:
    st.header(say("page.firm.variants_title"))
    offered = view.scenario.variants
    if not offered:
        show_sentences([say("page.firm.variants_none")])
        return
    show_sentences([say("page.firm.variants_lead")])
    with st.spinner(say("app.computing")):
        compared = [view]
        for variant in offered:
            try:
                compared.append(view.with_variant(variant.id))
            except (InputError, ExceptionGroup) as error:
                st.warning(plain(variant.label[view.language]))
                show_list(fault_lines(error, view.language))
        choices = [one.choice for one in compared]
        picture = kept_of_all(variants, choices, view.language)
    show_picture(picture, key="variants")
