"""What pages show of a third party, and of answers that compare criteria two by two."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.parts import show_picture, show_sentences
from waardeweging.app.session import say
from waardeweging.app.tables import show_frame
from waardeweging.app.view import View
from waardeweging.elicitation.pairwise import HIGHEST_CONSISTENCY_RATIO
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.presentation.analyst_tables import consistency_table
from waardeweging.presentation.numbers import number, share_with_margin
from waardeweging.presentation.pictures import triangle
from waardeweging.presentation.sentences import as_name


def show_triangle(view: View) -> None:
    """Show who wins if a third party had a share; nothing without one."""
    picture = view.made(triangle)
    if picture is None:
        return
    st.header(say("page.sides.triangle_title"))
    agreed = bool(view.outcome.weighing.third_shares)
    show_sentences([say("page.sides.triangle_agreed" if agreed else "page.sides.triangle_lead")])
    show_picture(picture, key="triangle")


def show_consistency(view: View) -> None:
    """Show how well comparisons agree with each other; nothing when nobody compared."""
    outcome, language = view.outcome, view.language
    if not outcome.consistency:
        return
    st.header(say("page.analyst.consistency_title"))
    limit = number(HIGHEST_CONSISTENCY_RATIO, language, 2)
    show_sentences([say("page.analyst.consistency_lead", limit=limit), *_room(view)])
    show_frame(say("page.analyst.consistency_title"), view.made(consistency_table))
    if any(len(one.judgements) < FEWEST for one in outcome.consistency):
        show_sentences([say("page.analyst.consistency_few", least=FEWEST)])


def _room(view: View) -> tuple[str, ...]:
    room, winner = view.outcome.room, view.outcome.result.winner
    if room is None:
        return ()
    share = share_with_margin(
        float(room.winner_share[winner]), float(room.winner_margin[winner]), view.language
    )
    name = view.outcome.alternatives[winner].label[view.language]
    return (say("page.analyst.room_lead", option=as_name(name, view.language), share=share),)
