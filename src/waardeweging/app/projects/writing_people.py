"""Asking for actors, talks, invitations, who leads the talks, and buddies."""

from __future__ import annotations

import streamlit as st

from waardeweging.app.parts import plain
from waardeweging.app.projects.desk import Form, ProjectDesk, form, new_id
from waardeweging.app.projects.parts import ask_day
from waardeweging.elicitation.ballots import SIDES
from waardeweging.process.project import events as e
from waardeweging.process.project import people

_NEW = ""
_THIRD = "third"


def show(desk: ProjectDesk) -> None:
    """Ask for each in a box of its own."""
    with st.expander(desk.say("actor_write"), key="actor-box"):
        _actor(desk)
    if desk.state.actors:
        with st.expander(desk.say("actor_drop"), key="actor-drop-box"):
            _drop(desk)
        with st.expander(desk.say("talk_write"), key="talk-box"):
            _talk(desk)
    with st.expander(desk.say("invite"), key="invite-box"):
        _invite(desk)
    with st.expander(desk.say("facilitator_choose"), key="facilitator-box"):
        _facilitator(desk)
    with st.expander(desk.say("buddies_pair"), key="buddies-box"):
        _pair(desk)


def _mine(desk: ProjectDesk) -> dict[str, e.ActorWritten]:
    """Give the actors that this link may change: not those of the other side."""
    return {
        name: one
        for name, one in desk.state.actors.items()
        if one.side not in SIDES or one.side in desk.sides
    }


def _actor(desk: ProjectDesk) -> None:
    known = _mine(desk)
    chosen = st.selectbox(
        desk.say("actor_which"),
        [_NEW, *known],
        format_func=lambda name: known[name].label if name else desk.say("actor_new"),
        key="actor-which",
    )
    old = known.get(str(chosen))
    st.markdown(plain(desk.say("no_names")))
    with form(f"actor-{chosen or 'new'}") as one:
        label = st.text_input(desk.say("actor"), old.label if old else "", 200, one.key("label"))
        side, party = _ask_party(desk, old, one)
        delegate = st.checkbox(
            desk.say("actor_delegate"), old.delegate if old else False, one.key("delegate")
        )
        mandate = st.text_input(
            desk.say("actor_mandate_ask"), old.mandate if old else "", 1000, one.key("mandate")
        )
        contact = st.text_input(
            desk.say("actor_contact"), old.contact if old else "", 200, one.key("contact")
        )
        share = _ask_share(desk, old, one)
        sent = st.form_submit_button(desk.say("keep"), type="primary")
    if sent and side == _THIRD and not party.strip():
        st.error(plain(desk.say("actor_party_missing")))
    elif sent and desk.write(
        people.write_actor, e.ActorWritten, id=str(chosen) or new_id(), label=label.strip(),
        side=party.strip() if side == _THIRD else side, delegate=delegate,
        mandate=mandate.strip(), contact=contact.strip(),
        share=share,
    ):  # fmt: skip
        one.kept(desk, "kept")


def _ask_party(desk: ProjectDesk, old: e.ActorWritten | None, one: Form) -> tuple[str, str]:
    """Ask for the side, or what kind of third party it is."""
    choices = [*desk.sides, _THIRD]
    is_third = old is not None and old.side not in SIDES
    default = _THIRD if is_third else old.side if old else choices[0]
    side = st.segmented_control(
        desk.say("actor_side"),
        choices,
        default=default,
        format_func=lambda name: desk.say("actor_third") if name == _THIRD else desk.side(name),
        required=True,
        key=one.key("side"),
    )
    party = st.text_input(
        desk.say("actor_party"), old.side if old and is_third else "", 60, one.key("party")
    )
    if party.strip() in SIDES:
        party = ""
    return str(side), party


def _ask_share(desk: ProjectDesk, old: e.ActorWritten | None, one: Form) -> float:
    """Ask for the share of a third party; only who runs the project writes that down."""
    before = old.share if old else 0.0
    if not desk.runs:
        return before
    asked = st.number_input(
        desk.say("actor_share_ask"), 0, 100, round(100 * before), key=one.key("share")
    )
    return float(asked) / 100


def _drop(desk: ProjectDesk) -> None:
    known = _mine(desk)
    with form("actor-drop") as one:
        chosen = st.selectbox(
            desk.say("actor_which"),
            list(known),
            format_func=lambda name: known[name].label,
            key=one.key("actor"),
        )
        reason = st.text_input(desk.say("reason"), max_chars=1000, key=one.key("reason"))
        sent = st.form_submit_button(desk.say("actor_drop"))
    if sent and desk.decide(lambda state: people.drop_actor(state, str(chosen), reason)):
        one.kept(desk, "dropped")


def _ask_actors(desk: ProjectDesk, key: str, label: str) -> list[str]:
    known = desk.state.actors
    return st.multiselect(
        desk.say(label), list(known), format_func=lambda name: known[name].label, key=key,
        placeholder=desk.say("choose"),
    )  # fmt: skip


def _talk(desk: ProjectDesk) -> None:
    with form("talk") as one:
        actors = _ask_actors(desk, one.key("actors"), "talk_who")
        about = st.text_input(desk.say("talk_about"), max_chars=1000, key=one.key("about"))
        sent = st.form_submit_button(desk.say("keep"), type="primary")
    if sent and desk.decide(lambda state: people.write_talk(state, new_id(), actors, about)):
        one.kept(desk, "kept")


def _ask_sides(desk: ProjectDesk, key: str, label: str) -> list[str]:
    """Ask which sides did it; a side speaks for itself only."""
    if not desk.runs:
        return list(desk.sides)
    return st.pills(
        desk.say(label), SIDES, selection_mode="multi", default=SIDES, format_func=desk.side,
        key=key,
    )  # fmt: skip


def _invite(desk: ProjectDesk) -> None:
    with form("invite") as one:
        st.markdown(plain(desk.say("invite_lead")))
        what = st.text_input(desk.say("invited_what"), max_chars=200, key=one.key("what"))
        when = ask_day(desk, one.key("day"), "day")
        by = _ask_sides(desk, one.key("by"), "invited_by")
        actors = _ask_actors(desk, one.key("actors"), "invited_who")
        sent = st.form_submit_button(desk.say("keep"), type="primary")
    if sent and (when is None or not what.strip()):
        st.error(plain(desk.say("no_day")))
    elif sent and desk.decide(
        lambda state: people.invite(state, new_id(), what.strip(), str(when), by, actors)
    ):
        one.kept(desk, "kept")


def _facilitator(desk: ProjectDesk) -> None:
    now = desk.state.facilitator
    with form("facilitator") as one:
        st.markdown(plain(desk.say("facilitator_lead")))
        label = st.text_input(
            desk.say("facilitator_label"), now.label if now else "", 200, one.key("label")
        )
        by = _ask_sides(desk, one.key("by"), "facilitator_by")
        free = st.checkbox(
            desk.say("facilitator_is_free"), now.independent if now else True, one.key("free")
        )
        until = ask_day(desk, one.key("until"), "facilitator_until", now.until if now else None)
        sent = st.form_submit_button(desk.say("keep"), type="primary")
    # Who agrees with the choice of the other side joins it.
    same = now is not None and (now.label, now.until) == (label.strip(), until)
    sides = [*by, *(now.by if now is not None and same else ())]
    if sent and until is None:
        st.error(plain(desk.say("no_day")))
    elif sent and desk.decide(
        lambda state: people.choose_facilitator(state, label, sides, free, str(until))
    ):
        one.kept(desk, "kept")


def _pair(desk: ProjectDesk) -> None:
    with form("buddies") as one:
        st.markdown(plain(desk.say("no_names")))
        official = st.text_input(desk.say("buddy_official"), max_chars=200, key=one.key("official"))
        resident = st.text_input(desk.say("buddy_resident"), max_chars=200, key=one.key("resident"))
        sent = st.form_submit_button(desk.say("keep"), type="primary")
    if sent and desk.decide(lambda state: people.pair(state, new_id(), official, resident)):
        one.kept(desk, "kept")
