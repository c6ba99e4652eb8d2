"""What people wrote: read it, answer it, and let it through or not."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.hall.desk import Desk
from waardeweging.app.parts import plain
from waardeweging.store import Remark


def show(desk: Desk) -> None:
    """Show what waits for a moderator, and what everybody may read already."""
    st.subheader(desk.say("voices_title"), anchor=False)
    st.markdown(plain(desk.say("voices_lead")))
    st.button(desk.say("voices_again"), key="voices-again")
    found = desk.scene.store.remarks(desk.state.id, moderated_only=False)
    waiting = [one for one in found if one.status == "waiting"]
    if not waiting:
        st.caption(desk.say("voices_none"))
    for one in waiting:
        _judge(desk, one)
    through = [one for one in found if one.status == "shown"]
    if through:
        with st.expander(desk.say("voices_shown", count=len(through)), key="voices-shown"):
            for one in through:
                _tell(desk, one)
                st.button(
                    desk.say("voices_refuse"),
                    key=f"back-{one.id}",
                    on_click=_moderate,
                    args=(desk, one, "refused"),
                )


def _judge(desk: Desk, one: Remark) -> None:
    with st.container(border=True, key=f"remark-{one.id}"):
        _tell(desk, one)
        st.text_input(desk.say("voices_reply"), key=f"reply-{one.id}", max_chars=1000)
        with st.container(horizontal=True, key=f"judge-{one.id}"):
            st.button(
                desk.say("voices_show"),
                key=f"show-{one.id}",
                type="primary",
                on_click=_moderate,
                args=(desk, one, "shown"),
            )
            st.button(
                desk.say("voices_refuse"),
                key=f"refuse-{one.id}",
                on_click=_moderate,
                args=(desk, one, "refused"),
            )


def _tell(desk: Desk, one: Remark) -> None:
    kind = desk.say(f"voices_{one.kind}")
    about = _about(desk, one.about)
    st.markdown(f"**{plain(kind)}** {plain(f'({about})') if about else ''}")
    st.markdown(plain(one.text).replace("\n", "  \n"))
    if one.reply:
        st.caption(plain(desk.say("voices_replied", reply=one.reply)))


def _about(desk: Desk, name: str) -> str:
    """Name the criterion, value or option that a remark is about."""
    problem = desk.scene.scenario.problem
    labels = {one.id: one.label for one in problem.framework.criteria}
    labels |= {one.id: one.label for one in problem.framework.values}
    labels |= {one.id: one.label for one in problem.alternatives}
    return labels[name][desk.scene.language] if name in labels else name


def _moderate(desk: Desk, one: Remark, status: str) -> None:
    reply = st.session_state.get(f"reply-{one.id}", "")
    desk.attempt(
        lambda: desk.scene.store.moderate(
            desk.state.id, one.id, "shown" if status == "shown" else "refused", reply
        )
    )
