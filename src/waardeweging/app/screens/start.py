"""Page "Start": choose what to look at, and read who made it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from waardeweging.analysis.scenario import Scenario
from waardeweging.app.desk import choice_of, scenario_of, shelf
from waardeweging.app.facts import count_ballots, share_of_grounds
from waardeweging.app.parts import plain, show_ballots_note, show_faults, show_list, show_sentences
from waardeweging.app.session import Session, say
from waardeweging.presentation.numbers import number, percent
from waardeweging.presentation.sentences import word
from waardeweging.problem.criteria import PERSPECTIVES
from waardeweging.problem.errors import InputError


def page(session: Session) -> None:
    """Ask which scenario, and tell what it is and what it cannot say."""
    st.title(say("page.start.title"))
    show_sentences([say("page.start.lead")])
    _choose(session)
    try:
        scenario = scenario_of(choice_of(shelf()[session.scenario]))
    except (InputError, ExceptionGroup) as error:
        show_faults(error, session.language, below_title=True)
        return
    _tell(scenario, session)
    _perspective(scenario, session)
    _options(scenario, session)
    _who(scenario, session)
    _limits()


def _choose(session: Session) -> None:
    def chosen() -> None:
        session.choose_scenario(st.session_state["scenario"])
        st.query_params.pop("scenario", None)
        st.query_params.pop("perspective", None)

    titles = {name: _title(name, folder, session) for name, folder in shelf().items()}
    st.selectbox(
        say("page.start.choose"),
        list(titles),
        index=list(titles).index(session.scenario),
        format_func=titles.__getitem__,
        key="scenario",
        on_change=chosen,
    )


def _title(name: str, folder: Path, session: Session) -> str:
    try:
        return scenario_of(choice_of(folder)).title[session.language]
    except (InputError, ExceptionGroup):
        return say("page.start.faulty", name=name)


def _tell(scenario: Scenario, session: Session) -> None:
    if scenario.note is not None:
        show_sentences([scenario.note[session.language]])
    show_ballots_note(scenario, session.language)
    st.header(say("page.start.what_title"))
    show_list(say(f"page.start.what_{part}") for part in ("effects", "weights", "outcome"))


def _perspective(scenario: Scenario, session: Session) -> None:
    if not scenario.problem.framework.has_perspectives:
        return

    def switched() -> None:
        session.perspective = st.session_state["perspective"]
        st.query_params.pop("perspective", None)

    names = {name: say(f"page.start.perspective_{name}") for name in PERSPECTIVES}
    st.radio(
        say("page.start.perspective"),
        PERSPECTIVES,
        index=PERSPECTIVES.index(session.perspective or scenario.perspective),
        format_func=names.__getitem__,
        key="perspective",
        on_change=switched,
    )
    st.caption(say("page.start.perspective_why"))


def _options(scenario: Scenario, session: Session) -> None:
    options = scenario.problem.alternatives
    st.header(say("page.start.options_title", count=len(options)))
    lines = (
        f"- **{plain(option.label[session.language])}** "
        f"{plain(option.description[session.language])}"
        for option in options
    )
    st.markdown("\n".join(lines))


def _who(scenario: Scenario, session: Session) -> None:
    language = session.language
    ballots = count_ballots(scenario)
    expert = share_of_grounds(scenario)["expert"]
    st.header(say("page.start.who_title"))
    sources = len(scenario.problem.sources)
    key = "who_figures_one" if sources == 1 else "who_figures"
    show_sentences([say(f"page.start.{key}", count=sources)])
    if expert:
        mark = word("expert_mark", language)
        show_sentences([say("page.start.who_expert", share=percent(expert, language), mark=mark)])
    show_sentences(
        [
            say(
                "page.start.who_ballots",
                residents=number(ballots["residents"], language),
                municipality=number(ballots["municipality"], language),
            )
        ]
    )


def _limits() -> None:
    st.header(say("page.start.for_title"))
    show_list(say(f"page.start.for_{who}") for who in ("residents", "officials", "others"))
    st.header(say("page.start.limits_title"))
    show_list(say(f"page.start.limits_{limit}") for limit in ("decide", "fair", "home", "future"))
