"""Page "Uitkomst": who wins, how the scores add up, and why."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.agreement import show_grades
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
from waardeweging.app.tables import show_frame
from waardeweging.app.view import View
from waardeweging.presentation.comparison import comparison, value_for_whom
from waardeweging.presentation.pictures import (
    contributions,
    cost_only,
    equality_strip,
    for_whom,
    triangle,
)
from waardeweging.presentation.sentences import word

# Whose weights, with the share of the residents that stands for them.
_SHARES = {"joint": None, "residents": 1.0, "municipality": 0.0}


def page(view: View) -> None:
    """Show the outcome: the sentence first, then the pictures."""
    st.title(say("page.outcome.title"))
    show_answer(view.sentences("only_option", "winner", "tie", "reference"))
    st.info(view.sentences("advice")[0])
    show_ballots_note(view.scenario, view.language)
    _scores(view)
    _reasons(view)
    _costs(view)
    _for_whom(view)
    _equality(view)
    show_grades(view)
    _excluded(view)
    _notes(view)


def _scores(view: View) -> None:
    st.header(say("page.outcome.stack_title"))
    whose = "joint"
    if view.may_show_sides:
        names = {side: word(side, view.language) for side in _SHARES}
        whose = st.segmented_control(
            say("page.outcome.whose"),
            list(names),
            default="joint",
            format_func=names.__getitem__,
            required=True,
            key="whose",
        )
    share = _SHARES[whose]
    chosen = view if share is None else view.with_share(share)
    show_picture(chosen.made(contributions), key=f"stack-{whose}", said=share is None)


def _reasons(view: View) -> None:
    outcome, language = view.outcome, view.language
    rival = outcome.result.runner_up
    if rival is None:
        return
    winner, second = (
        outcome.alternatives[row].label[language] for row in (outcome.result.winner, rival)
    )
    st.header(plain(say("page.outcome.why_title", winner=winner, rival=second)))
    show_sentences(view.sentences("gains", "losses"))
    _traded(view, rival)


def _traded(view: View, rival: int) -> None:
    """Show what the winner gains and loses against another option, summing exactly."""
    winner = view.outcome.result.winner
    names = {row: view.outcome.alternatives[row].label[view.language] for row in (winner, rival)}
    against = say("page.outcome.trade_against", winner=names[winner], rival=names[rival])
    with st.expander(f"{say('page.outcome.trade_title')} {plain(against)}", key=f"trade-{rival}"):
        show_frame(against, comparison(view.outcome, winner, rival, view.language))


def _costs(view: View) -> None:
    picture, outcome = view.made(cost_only), view.outcome
    if picture is None or outcome.cost_only is None:
        return
    st.header(say("page.outcome.cost_title"))
    show_picture(picture, key="costs")
    show_sentences(view.sentences("gains_over_cheapest", "losses_to_cheapest"))
    cheapest = outcome.cost_only.ranking[0]
    if cheapest not in (outcome.result.winner, outcome.result.runner_up):
        _traded(view, cheapest)


def _for_whom(view: View) -> None:
    frame = view.made(value_for_whom)
    if not frame.empty:
        st.header(say("page.outcome.whom_title"))
        picture = view.made(for_whom)
        if picture is not None:
            show_picture(picture, key="for-whom")
        show_sentences([say("page.outcome.whom_lead")])
        show_frame(say("page.outcome.whom_title"), frame)


def _equality(view: View) -> None:
    st.header(say("page.outcome.equal_title"))
    show_sentences(view.sentences("headcount"))
    if not view.may_show_sides:
        show_too_few()
        return
    by_three = view.made(triangle) if view.outcome.weighing.third_shares else None
    show_picture(by_three or view.made(equality_strip), key="strip")
    show_sentences(view.sentences("panel_agrees", "panel_differs", "one_person"))


def _excluded(view: View) -> None:
    st.header(say("page.outcome.excluded_title"))
    excluded = view.sentences("excluded")
    show_list(excluded or (say("page.outcome.excluded_none"),))
    at_risk = view.sentences("at_risk")
    if at_risk:
        st.subheader(say("page.outcome.risk_title"))
        show_list(at_risk)


def _notes(view: View) -> None:
    notes = view.sentences(
        "dominated",
        "all_equal",
        "double_counting",
        "flagged",
        "abstained",
        "third_share",
        "third_parties",
        "expert_share",
    )
    st.header(say("page.outcome.notes_title"))
    show_list(notes)
