"""What several pages show in the same way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import streamlit as st

from waardeweging.analysis.scenario import Scenario
from waardeweging.app.session import Session, current_session, say
from waardeweging.app.tables import show_frame
from waardeweging.presentation.catalog import LANGUAGES, Language, text
from waardeweging.presentation.outcome_json import FEWEST
from waardeweging.presentation.pictures import PLOTLY_CONFIG, Picture
from waardeweging.presentation.sentences import fault_count, fault_lines

# How much larger letters and figures are on a beamer.
_LARGE = 1.5

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$:])")
# An address becomes a link after the marks were read, unless something unseen breaks it up.
_ADDRESS = re.compile(r"(?i)(?<=https:)(?=//)|(?<=http:)(?=//)|(?<=www)(?=\.)|(?=@)")
_UNSEEN = "\u2060"


def plain(said: str) -> str:
    """Escape a text for Markdown, so that a name can never become a link or a picture."""
    return _MARKS.sub(r"\\\1", _ADDRESS.sub(_UNSEEN, said))


def show_sentences(sentences: Iterable[str]) -> None:
    """Show plain sentences, each on its own line."""
    for sentence in sentences:
        st.markdown(plain(sentence))


def show_answer(sentences: Iterable[str]) -> None:
    """Show the answer that the page is about, in large letters."""
    with st.container(key="answer"):
        show_sentences(sentences)


def show_list(items: Iterable[str]) -> None:
    """Show plain sentences as a list."""
    st.markdown("\n".join(f"- {plain(item)}" for item in items))


def ask_language(session: Session, switch: Callable[[], None]) -> None:
    """Ask for the language; `switch` takes over what was chosen."""
    names = {language: text("language.name", language) for language in LANGUAGES}
    st.segmented_control(
        say("app.language"),
        LANGUAGES,
        default=session.language,
        format_func=names.__getitem__,
        required=True,
        key="language",
        label_visibility="collapsed",
        on_change=switch,
    )


def show_picture(picture: Picture, key: str, *, said: bool = False) -> None:
    """Show a picture: its sentence, the figure, and the same figures as a table.

    Parameters
    ----------
    picture : Picture
    key : str
    said : bool
        Whether its sentence stands on the page already.
    """
    if not said:
        show_sentences([picture.sentence])
    if current_session().large:
        picture = picture.enlarged(_LARGE)
    st.plotly_chart(picture.figure, theme=None, key=key, config=PLOTLY_CONFIG, alt=picture.alt)
    with st.expander(say("app.table"), key=f"{key}-table"):
        show_frame(picture.question, picture.table)


def show_faults(error: BaseException, language: Language, *, below_title: bool = False) -> None:
    """Show every fault of a scenario, with where it stands and the remedy."""
    (st.header if below_title else st.title)(say("app.faults_title"))
    st.error(say("app.faults_lead", count=fault_count(error, language)))
    show_list(fault_lines(error, language))


def show_fault_lines(error: BaseException, language: Language) -> None:
    """Show every fault of a file that a visitor chose, where it was chosen."""
    st.error("\n".join(f"- {plain(line)}" for line in fault_lines(error, language)))


def show_ballots_note(scenario: Scenario, language: Language) -> None:
    """Say whose ballots these are, or that they are invented."""
    if scenario.ballots_note is not None:
        said = plain(scenario.ballots_note[language])
        st.warning(f"**{say('app.please_note')}:** {said}")


def show_too_few() -> None:
    """Say that a side is too small to show."""
    st.info(say("app.too_few", least=FEWEST))
