"""One question for points: a field to type in, and buttons for less and more."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.own_weights import TOTAL, OwnWeights
from waardeweging.app.parts import plain
from waardeweging.app.session import current_session, say
from waardeweging.presentation.numbers import number, points
from waardeweging.presentation.sentences import fault_text
from waardeweging.problem.errors import InputError, Place
from waardeweging.problem.labels import Label
from waardeweging.problem.numbers import parse_number


def ask_points(
    name: str, label: Label, answers: dict[str, float], own: OwnWeights, *, step: int
) -> None:
    """Ask for 0 to 100 points; keep the answer, or say what is wrong with it.

    Parameters
    ----------
    name : str
        Of the value or criterion.
    label : Label
    answers : dict of str to float
        Where the answer is kept.
    own : OwnWeights
    step : int
        Points that a button takes or gives.
    """
    language = current_session().language
    key, shown = f"points-{name}", label[language]
    asked = say("page.weights.points_for", name=shown)

    def typed() -> None:
        own.faults.pop(name, None)
        text = st.session_state[key]
        if not text.strip():
            answers.pop(name, None)
            return
        try:
            answers[name] = read_points(text, asked)
        except InputError as error:
            answers.pop(name, None)
            own.faults[name] = error

    def stepped(points: int) -> None:
        own.faults.pop(name, None)
        answers[name] = min(TOTAL, max(0.0, answers.get(name, 0.0) + points))
        st.session_state[key] = number(answers[name], language, 1)

    given = number(answers[name], language, 1) if name in answers else ""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            asked,
            value=given,
            key=key,
            on_change=typed,
            autocomplete="off",
            placeholder=say("page.weights.range"),
            label_visibility="collapsed",
            width=110,
        )
        for way in (-step, step):
            kind = "less" if way < 0 else "more"
            st.button(
                say(f"page.weights.{kind}", step=step),
                key=f"{kind}-{name}",
                on_click=stepped,
                args=(way,),
            )
    if name in own.faults:
        st.error(plain(fault_text(own.faults[name], language)))


def read_points(text: str, asked: str) -> float:
    """Read points in Dutch or English notation.

    Raises
    ------
    InputError
        If it is not a number from 0 to 100.
    """
    place = Place(asked)
    given = parse_number(text, place)
    if given < 0:
        raise InputError(
            "number.too_low", where=place, found=text, remedy="Write at least {least}.", least=0
        )
    if given > TOTAL:
        raise InputError(
            "number.too_high", where=place, found=text, remedy="Write at most {most}.", most=100
        )
    return given


def show_points_left(own: OwnWeights) -> None:
    """Say how many of the 100 points are left, in words and as a bar."""
    language, left = current_session().language, own.points_left()
    if left > 0:
        said = say("page.weights.left", points=points(left, language, 1))
    elif left < 0:
        said = say("page.weights.over", points=points(-left, language, 1))
    else:
        said = say("page.weights.done")
    st.progress(min(1.0, own.points_given() / TOTAL), text=said)
