"""Disputed performances: what people claim beside what the files say, carried as a range."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from waardeweging.analysis.claims import holds_claims, widened
from waardeweging.app.parts import plain
from waardeweging.app.projects.desk import ProjectDesk
from waardeweging.app.projects.parts import head
from waardeweging.app.tables import show_table
from waardeweging.presentation.catalog import Language, has, text
from waardeweging.presentation.numbers import number, quantity
from waardeweging.presentation.sentences import fault_text
from waardeweging.problem.alternatives import Cell
from waardeweging.problem.errors import InputError
from waardeweging.process.project import inputs
from waardeweging.process.project.state import Input, Project
from waardeweging.store import Store

_DIGITS = 6


def show(desk: ProjectDesk) -> None:
    """Show every claim beside the range of its cell, and let the range be widened."""
    found = inputs.claims(desk.state)
    if not found:
        return
    head(desk, "claims_title")
    st.markdown(plain(desk.say("claims_lead")))
    columns = [desk.say(name) for name in ("claim_cell", "claim_said", "claim_range", "claim_in")]
    show_table(desk.say("claims_title"), columns, [_row(desk, one) for one in found])
    if all(_is_carried(desk, one) for one in found):
        return
    if desk.runs and desk.state.files:
        st.button(
            desk.say("claims_widen"),
            key="widen",
            on_click=desk.press,
            args=(lambda: widen(desk.store, desk.state, desk.say("claims_reason")), "claims_done"),
        )
    elif not desk.state.files:
        st.caption(plain(desk.say("claims_no_files")))


def widen(store: Store, state: Project, reason: str) -> None:
    """Keep files in which every disputed performance has a range wide enough for the claims."""
    store.keep_project_files(state.id, widened(_before_claims(store, state), inputs.claims(state)),
                             reason)  # fmt: skip


def _before_claims(store: Store, state: Project) -> Mapping[str, bytes]:
    """Give the newest files that no claim widened: one that was declined leaves no trace."""
    for version in range(len(state.files), 0, -1):
        found = store.project_files(state.id, version)
        if not holds_claims(found):
            return found
    return store.project_files(state.id, 1)


def _row(desk: ProjectDesk, one: Input) -> tuple[str, ...]:
    given = one.given
    cell, said = _cell(desk, one), claimed(desk, one)
    value = 0.0 if given.value is None else given.value
    if cell is None:
        range_said, inside = "–", desk.say("claim_unknown")
    else:
        ends = [quantity(x, cell.unit, desk.language) for x in (cell.low, cell.high)]
        range_said = desk.say("claim_ends", low=ends[0], high=ends[1])
        carried = cell.low <= value <= cell.high
        inside = f"{'✓' if carried else '!'} {desk.say('claim_yes' if carried else 'claim_no')}"
    place = f"{name_of(desk, given.alternative)} × {name_of(desk, given.criterion)}"
    return place, f"{said} ({desk.side(given.side)})", range_said, inside


def claimed(desk: ProjectDesk, one: Input) -> str:
    """Write what somebody says it is, in the unit of its cell where that is known."""
    value, cell = one.given.value or 0.0, _cell(desk, one)
    if cell is None:
        return number(value, desk.language, _DIGITS)
    return quantity(value, cell.unit, desk.language)


def _is_carried(desk: ProjectDesk, one: Input) -> bool:
    cell, value = _cell(desk, one), one.given.value
    return cell is not None and value is not None and cell.low <= value <= cell.high


def _cell(desk: ProjectDesk, one: Input) -> Cell | None:
    if desk.scenario is None:
        return None
    wanted = (one.given.alternative, one.given.criterion)
    cells = (cell for row in desk.scenario.problem.cells for cell in row)
    return next((cell for cell in cells if (cell.alternative, cell.criterion) == wanted), None)


def names(desk: ProjectDesk, kind: str) -> dict[str, str]:
    """Give the options or criteria of the project's files, by id."""
    if desk.scenario is None:
        return {}
    problem = desk.scenario.problem
    found = problem.alternatives if kind == "alternative" else problem.framework.criteria
    return {one.id: one.label[desk.language] for one in found}


def name_of(desk: ProjectDesk, one: str) -> str:
    """Name an option or a criterion; one that is not in the files is shown itself."""
    return (names(desk, "criterion") | names(desk, "alternative")).get(one, one)


def number_fault(error: InputError, language: Language) -> str:
    """Say why something is no number."""
    key = f"fault.remedy.{error.code}"
    return (
        text(key, language, **error.details) if has(key, language) else fault_text(error, language)
    )
