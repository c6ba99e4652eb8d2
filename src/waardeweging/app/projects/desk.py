"""What every part of a project's page needs: the state, whose link this is, and how to decide."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import streamlit as st
from pydantic import ValidationError

from waardeweging.analysis.scenario import Scenario
from waardeweging.app.hall.results import kept
from waardeweging.app.parts import plain
from waardeweging.app.projects.refusals import refusal_text, too_long
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import Language, has, text
from waardeweging.presentation.sentences import word
from waardeweging.problem.errors import InputError
from waardeweging.process.deciding import Decided
from waardeweging.process.events import Event
from waardeweging.process.project.state import Project
from waardeweging.store import StaffSeat, Store

E = TypeVar("E", bound=Event)
T = TypeVar("T")
_NOTICE = "project-notice"
RUNNER = "administrator"
"""The role that may write anything, and enter a show of hands of both sides."""


@dataclass(frozen=True, slots=True)
class ProjectDesk:
    """One project, as somebody with a secret link looks at it.

    Parameters
    ----------
    store : Store
    state : Project
    seat : StaffSeat
    language : str
    scenario : Scenario or None
        What the newest files of the project hold; None without files.
    today : str
        ISO 8601.
    """

    store: Store
    state: Project
    seat: StaffSeat
    language: Language
    scenario: Scenario | None
    today: str

    @property
    def runs(self) -> bool:
        """Whether this link may write anything."""
        return self.seat.role == RUNNER

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides for which this link may write and vote."""
        return SIDES if self.runs else tuple(side for side in SIDES if side == self.seat.role)

    @property
    def writes(self) -> bool:
        """Whether this link may write at all."""
        return bool(self.sides)

    def say(self, key: str, **values: object) -> str:
        """Give a sentence of this page."""
        return text(f"project_desk.{key}", self.language, **values)

    def name(self, kind: str, one: str) -> str:
        """Name a sheet, topic, status …; what has no word is shown itself."""
        key = f"project.{kind}.{one}"
        return text(key, self.language) if has(key, self.language) else one

    def made(self, what: str, make: Callable[[], T]) -> T:
        """Give what was made before of the project as it stands today, or make it."""
        key = (what, self.state.id, self.state.number, self.today, self.language)
        return kept(key, make)

    def side(self, name: str) -> str:
        """Name a side; a third party is called as it was written down."""
        return word(name, self.language)

    def decide(self, decision: Callable[[Project], Decided]) -> bool:
        """Decide something; say at once what is wrong when it cannot be. True when it happened."""
        fault = self._fault(lambda: self._change(decision))
        if fault:
            st.error(plain(fault))
        return not fault

    def write(self, decision: Callable[[Project, E], Decided], form: type[E], **given: Any) -> bool:
        """Decide what was filled in as an event of this form."""
        try:
            event = form(**given)
        except ValidationError:
            st.error(plain(too_long(self.language)))
            return False
        return self.decide(lambda state: decision(state, event))

    def press(self, work: Callable[[], object], told: str = "", **values: object) -> None:
        """Do something when a button was pressed; what came of it is told on the next drawing."""
        fault = self._fault(work)
        if fault:
            st.session_state[_NOTICE] = ("error", fault)
        elif told:
            self.tell(told, **values)

    def press_decide(
        self, decision: Callable[[Project], Decided], told: str = "", **values: object
    ) -> None:
        """Decide something when a button was pressed."""
        self.press(lambda: self._change(decision), told, **values)

    def tell(self, key: str, **values: object) -> None:
        """Say on the next drawing that something worked."""
        st.session_state[_NOTICE] = ("success", self.say(key, **values))

    def _change(self, decision: Callable[[Project], Decided]) -> Project:
        return self.store.change_project(self.state.id, self.seat.role, decision)

    def _fault(self, work: Callable[[], object]) -> str:
        try:
            work()
        except (InputError, ExceptionGroup) as error:
            return refusal_text(error, self.language)
        return ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form whose texts stay until they were kept.

    Parameters
    ----------
    name : str
    number : int
        Of the times that it was kept; another number makes empty fields.
    """

    name: str
    number: int

    def key(self, field: str) -> str:
        """Give the key of a field."""
        return f"{self.name}-{field}-{self.number}"

    def kept(self, desk: ProjectDesk, told: str, **values: object) -> None:
        """Empty the form, say that it was kept, and draw the page anew."""
        self.emptied()
        desk.tell(told, **values)
        st.rerun()

    def emptied(self) -> None:
        """Let the next drawing begin with empty fields."""
        st.session_state[_counter(self.name)] = self.number + 1


@contextmanager
def form(name: str) -> Iterator[Form]:
    """Draw a form; what is typed in it stays when it is refused."""
    number = st.session_state.get(_counter(name), 0)
    with st.form(f"{name}-{number}", border=False):
        yield Form(name, number)


def _counter(name: str) -> str:
    return f"kept-{name}"


def new_id() -> str:
    """Draw a name for something new."""
    return secrets.token_hex(4)


def show_notice() -> None:
    """Show what the last press of a button did, once."""
    found = st.session_state.pop(_NOTICE, None)
    if found is not None:
        kind, said = found
        (st.error if kind == "error" else st.success)(plain(said))
        # The box stands at the top; who pressed far below sees this.
        st.toast(plain(said))
