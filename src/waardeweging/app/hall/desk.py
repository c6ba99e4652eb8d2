"""What every part of the facilitator's page needs: the scene, the role, and how to decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from waardeweging.app.hall.scene import Scene, forget_states
from waardeweging.app.parts import plain
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.sentences import fault_text
from waardeweging.problem.errors import InputError
from waardeweging.process.workshop import Decided, Workshop
from waardeweging.store import StaffSeat

T = TypeVar("T")
_NOTICE = "desk-notice"


@dataclass(frozen=True, slots=True)
class Desk:
    """The facilitator's view of one workshop.

    Parameters
    ----------
    scene : Scene
    seat : StaffSeat
    """

    scene: Scene
    seat: StaffSeat

    @property
    def state(self) -> Workshop:
        """The workshop as it stands."""
        return self.scene.state

    def say(self, key: str, **values: object) -> str:
        """Give a sentence of this page."""
        return self.scene.say(f"facilitator.{key}", **values)

    def decide(self, decision: Callable[[Workshop], Decided]) -> bool:
        """Decide something; say what is wrong when it cannot be. True when it happened."""
        store, workshop = self.scene.store, self.state.id
        done = self.attempt(lambda: store.change(workshop, self.seat.role, decision))
        return done is not None

    def attempt(self, work: Callable[[], T]) -> T | None:
        """Do something with the store; None after telling why it did not work."""
        try:
            done = work()
        except InputError as error:
            st.session_state[_NOTICE] = ("error", fault_text(error, self.scene.language))
            return None
        # Screens of this process see it at their next glance.
        forget_states()
        return done

    def tell(self, key: str, **values: object) -> None:
        """Say on the next drawing that something worked."""
        st.session_state[_NOTICE] = ("success", self.say(key, **values))

    def ask_side(self, key: str) -> str:
        """Ask for which side."""
        return str(
            st.segmented_control(
                self.say("side"),
                SIDES,
                default=SIDES[0],
                format_func=self.scene.side,
                required=True,
                key=key,
            )
        )


def show_notice() -> None:
    """Show what the last press of a button did, once."""
    found = st.session_state.pop(_NOTICE, None)
    if found is not None:
        kind, said = found
        (st.error if kind == "error" else st.success)(plain(said))
