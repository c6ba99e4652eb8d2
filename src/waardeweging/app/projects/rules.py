"""The rules of the members: anybody proposes, each side votes, and what both carry holds."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.parts import plain
from waardeweging.app.projects.desk import ProjectDesk, form, new_id
from waardeweging.app.projects.parts import (
    ask_side,
    ask_vote,
    head,
    show_gone,
    show_lead,
    votes_text,
)
from waardeweging.app.tables import show_table
from waardeweging.presentation.numbers import percent, quantity
from waardeweging.presentation.project_news import shortened, topic_text
from waardeweging.problem.errors import Place
from waardeweging.problem.numbers import parse_number
from waardeweging.process.project import events as e
from waardeweging.process.project import rules
from waardeweging.process.project.state import Rule


def show(desk: ProjectDesk) -> None:
    """Show what holds and what was proposed, and ask for proposals and votes."""
    head(desk, "rules_title")
    state = desk.state
    show_lead(desk.say("rules_lead", count=len(state.adopted), of=len(state.rules)))
    holding = {one.id for one in state.adopted}
    if state.rules:
        columns = [desk.say(name) for name in ("rule_text", "rule_subject", "rule_by", "votes")]
        rows = [_row(desk, one, name in holding) for name, one in state.rules.items()]
        show_table(desk.say("rules_title"), columns, rows)
    else:
        show_gone(desk, "rules_none")
    address = "?show=rules" + (f"&lang={desk.language}" if desk.language != "nl" else "")
    st.markdown(f"[{plain(desk.say('rules_screen'))}]({address})")
    if state.is_frozen:
        st.caption(plain(desk.say("rules_fixed")))
    elif desk.writes:
        _suggest(desk)
        _vote(desk)


def _row(desk: ProjectDesk, one: Rule, holds: bool) -> tuple[str, ...]:
    stands = "holds" if holds else "replaced" if one.adopted_at else "open"
    sign = {"holds": "✓", "replaced": "–", "open": "○"}[stands]
    rule = one.suggested
    subject = topic_text(rule.subject, desk.language)
    return (
        f"{sign} {rule.text}",
        f"{subject}: {_value(desk, rule)}" if rule.value else subject,
        desk.side(rule.side),
        f"{desk.say(f'rule_{stands}')} {votes_text(desk, one.votes)}",
    )


def _value(desk: ProjectDesk, rule: e.RuleSuggested) -> str:
    """Write the value of a rule with its unit; in other rules it is free text."""
    if rule.subject not in ("share", "fewest"):
        return rule.value
    found = parse_number(rule.value, Place("workshop", None, "value"))
    if rule.subject == "share":
        return percent(found, desk.language, 1)
    return quantity(found, "people", desk.language)


def _suggest(desk: ProjectDesk) -> None:
    with st.expander(desk.say("rule_suggest"), key="rule-box"), form("rule") as one:
        st.markdown(plain(desk.say("rule_suggest_lead")))
        side = ask_side(desk, one.key("side"))
        subject = st.selectbox(
            desk.say("rule_subject"),
            e.SUBJECTS,
            format_func=lambda name: topic_text(name, desk.language),
            key=one.key("subject"),
        )
        value = st.text_input(desk.say("rule_value"), max_chars=20, key=one.key("value"))
        text = st.text_area(desk.say("rule_text"), key=one.key("text"), max_chars=2000)
        sent = st.form_submit_button(desk.say("rule_suggest"), type="primary")
    if sent and desk.decide(
        lambda state: rules.suggest(state, new_id(), side, subject, value, text)
    ):
        one.kept(desk, "kept")


def _vote(desk: ProjectDesk) -> None:
    if not desk.state.rules:
        return
    with st.expander(desk.say("vote_rule"), key="vote-rule-box"):
        st.markdown(plain(desk.say("vote_lead")))
        choices = {
            name: shortened(one.suggested.text, 80) for name, one in desk.state.rules.items()
        }
        ask_vote(desk, "vote-rule", choices, rules.vote)
