"""Agreements, the planning, and decisions: who does what, when, and why it was decided so."""

from __future__ import annotations

import re
from collections.abc import Iterator

import streamlit as st

from waardeweging.app.parts import plain
from waardeweging.app.projects import decisions, planning
from waardeweging.app.projects.desk import ProjectDesk, form, new_id
from waardeweging.app.projects.parts import ask_day, day, head, show_gone, show_lead
from waardeweging.app.tables import show_table
from waardeweging.presentation.project_news import shortened
from waardeweging.process.deciding import Decided
from waardeweging.process.events import Agreed
from waardeweging.process.project import agreements
from waardeweging.process.project import events as e
from waardeweging.process.project.state import Agreement, Project
from waardeweging.store import Store

_NEW = ""
_SIGNS = {"open": "○", "busy": "◐", "done": "✓", "dropped": "✗"}
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_LEAST_PLACE = "9999"


def show(desk: ProjectDesk) -> None:
    """Show what was agreed, what is late first, then the planning and the decisions."""
    head(desk, "agreements_title")
    late = agreements.overdue(desk.state, desk.today)
    open_now = [one for one in _all(desk) if one.written.status in ("open", "busy")]
    show_lead(
        desk.say("agreements_lead", count=len(desk.state.agreements), open=len(open_now)),
        desk.say("agreements_late", count=len(late)) if late else "",
    )
    _table(desk)
    if desk.writes:
        _write(desk)
        _take_over(desk)
    planning.show(desk)
    decisions.show(desk)


def _all(desk: ProjectDesk) -> list[Agreement]:
    return list(desk.state.agreements.values())


def _table(desk: ProjectDesk) -> None:
    if not desk.state.agreements:
        show_gone(desk, "agreements_none")
        return

    def order(one: Agreement) -> tuple[bool, bool, str]:
        done = one.written.status in ("done", "dropped")
        return not one.is_overdue(desk.today), done, one.written.due or _LEAST_PLACE

    columns = [
        desk.say(name)
        for name in ("agreed_what", "agreed_who", "agreed_due", "agreed_state", "agreed_more")
    ]
    rows = [_row(desk, one) for one in sorted(_all(desk), key=order)]
    show_table(desk.say("agreements_title"), columns, rows)


def _row(desk: ProjectDesk, one: Agreement) -> tuple[str, ...]:
    said = one.written
    state = f"{_SIGNS[said.status]} {desk.name('progress', said.status)}"
    if one.is_overdue(desk.today):
        state = f"! {desk.say('agreed_late')} · {state}"
    more = [desk.name("horizon", said.horizon), said.evidence, said.contact]
    return (
        said.what,
        said.who,
        day(said.due, desk),
        state,
        " · ".join(part for part in more if part),
    )


def _write(desk: ProjectDesk) -> None:
    known = desk.state.agreements
    with st.expander(desk.say("agreed_write"), key="agreed-box"):
        chosen = st.selectbox(
            desk.say("agreed_which"),
            [_NEW, *known],
            format_func=lambda name: (
                shortened(known[name].written.what, 70) if name else desk.say("agreed_new")
            ),
            key="agreed-which",
        )
        old = known[chosen].written if chosen else None
        st.markdown(plain(desk.say("no_names")))
        _ask(desk, old)


def _ask(desk: ProjectDesk, old: e.AgreementWritten | None) -> None:
    with form(f"agreed-{old.id if old else 'new'}") as one:
        what = st.text_area(desk.say("agreed_what"), old.what if old else "", key=one.key("what"))
        who = st.text_input(desk.say("agreed_who"), old.who if old else "", 200, one.key("who"))
        due = ask_day(desk, one.key("due"), "agreed_due", old.due if old else None)
        horizon = st.segmented_control(
            desk.say("goal_horizon"),
            e.HORIZONS,
            default=old.horizon if old else "short",
            format_func=lambda name: desk.name("horizon", name),
            required=True,
            key=one.key("horizon"),
        )
        status = st.segmented_control(
            desk.say("agreed_state"),
            e.PROGRESS,
            default=old.status if old else "open",
            format_func=lambda name: f"{_SIGNS[name]} {desk.name('progress', name)}",
            required=True,
            key=one.key("status"),
        )
        evidence = st.text_input(
            desk.say("agreed_evidence"), old.evidence if old else "", 1000, one.key("evidence")
        )
        contact = st.text_input(
            desk.say("agreed_contact"), old.contact if old else "", 200, one.key("contact")
        )
        sent = st.form_submit_button(desk.say("keep"), type="primary")
    if sent and desk.write(
        agreements.write, e.AgreementWritten, id=old.id if old else new_id(), what=what.strip(),
        who=who.strip(), due=due, horizon=horizon, status=status, evidence=evidence.strip(),
        contact=contact.strip(),
    ):  # fmt: skip
        one.kept(desk, "kept")


def _take_over(desk: ProjectDesk) -> None:
    """Offer the agreements of workshops that are not in the register yet."""
    found = list(waiting(desk.store, desk.state))
    if not found:
        return
    with st.expander(desk.say("agreed_waiting", count=len(found)), key="agreed-waiting"):
        for name, label, one in found:
            with st.container(border=True, key=f"agreed-{name}"):
                st.markdown(f"{plain(one.what)}  \n**{plain(one.who)}** {plain(one.when)}")
                st.caption(plain(label))
                st.button(
                    desk.say("agreed_take"),
                    key=f"take-{name}",
                    on_click=desk.press_decide,
                    args=(lambda state, name=name, one=one: take(state, name, one), "kept"),
                )


def waiting(store: Store, state: Project) -> Iterator[tuple[str, str, Agreed]]:
    """Give the agreements made in workshops here, with the name that they get in the project."""
    here = {one.id: one for one in store.workshops()}
    for name, session in state.sessions.items():
        for one in here[name].agreements.values() if name in here else ():
            taken = f"{name}-{one.id}"[:64]
            if taken not in state.agreements and one.status != "dropped":
                yield taken, session.added.label, one


def take(state: Project, name: str, one: Agreed) -> Decided:
    """Take an agreement over; a day in words that is no date stands behind what was agreed."""
    due = one.when if _ISO.fullmatch(one.when) else None
    what = one.what if due or not one.when else f"{one.what} ({one.when})"
    evidence = "✓" if one.status == "done" else ""
    return agreements.write(
        state,
        e.AgreementWritten(
            id=name, what=what, who=one.who, due=due, status=one.status, evidence=evidence
        ),
    )
