"""Page "Bewoners en gemeente": both sides beside each other, in the same way."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.agreement import show_rounds, show_who
from waardeweging.app.comparing import show_triangle
from waardeweging.app.facts import count_ballots
from waardeweging.app.parts import show_ballots_note, show_picture, show_sentences, show_too_few
from waardeweging.app.session import say
from waardeweging.app.tables import show_table
from waardeweging.app.view import View
from waardeweging.presentation.numbers import joined, number, percent, signed
from waardeweging.presentation.pictures import dispute, weights_per_side
from waardeweging.presentation.sentences import word


def page(view: View) -> None:
    """Show where the sides differ, and which difference matters."""
    st.title(say("page.sides.title"))
    show_ballots_note(view.scenario, view.language)
    show_sentences([_shares(view), _people(view), *view.sentences("headcount")])
    if not view.may_show_sides:
        show_too_few()
        show_who(view)
        return
    show_sentences(view.sentences("sides_same", "sides_differ"))
    st.header(say("page.sides.gaps_title"))
    show_picture(view.made(weights_per_side), key="weights-per-side")
    _matters(view)
    _classes(view)
    show_triangle(view)
    show_rounds(view)
    show_who(view)


def _shares(view: View) -> str:
    share, language, weighing = view.scenario.share, view.language, view.outcome.weighing
    if weighing.third_shares:
        each = [
            f"{word(name, language)} {percent(x, language)}" for name, x in weighing.shares.items()
        ]
        return say("page.sides.lead_shares", shares=joined(each, language))
    if share == 0.5:
        return say("page.sides.lead")
    return say(
        "page.sides.lead_share",
        residents=percent(share, language),
        municipality=percent(1 - share, language),
    )


def _people(view: View) -> str:
    counts = count_ballots(view.scenario)
    return say(
        "page.sides.people",
        **{side: number(count, view.language) for side, count in counts.items()},
    )


def _matters(view: View) -> None:
    picture = view.made(dispute)
    if picture is None:
        return
    st.header(say("page.sides.matters_title"))
    show_sentences([say("page.sides.matters_lead")])
    show_picture(picture, key="dispute")


def _classes(view: View) -> None:
    st.header(say("page.sides.classes_title"))
    language, outcome = view.language, view.outcome
    found, weighing = outcome.agreement.criteria, outcome.weighing
    rows = (
        (
            criterion.label[language],
            word(found.classes[column], language),
            number(100 * weighing.residents[column], language),
            number(100 * weighing.municipality[column], language),
            signed(found.differences[column], language),
        )
        for column, criterion in enumerate(outcome.criteria)
    )
    names = ("criterion", "class", "residents", "municipality", "gap")
    columns = [say(f"page.sides.{name}") for name in names]
    show_table(say("page.sides.classes_title"), columns, rows)
