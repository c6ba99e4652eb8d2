"""An evening of a scripted project, held in a store from cards to the last close."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from waardeweging.app.hall.rehearsal import BY
from waardeweging.app.projects.participants import SHEETS, Participant
from waardeweging.process import workshop as process
from waardeweging.process.answers import Given
from waardeweging.process.moments import now
from waardeweging.process.project.rules import rules_of_evening
from waardeweging.process.project.state import Project
from waardeweging.process.steps import STEPS
from waardeweging.process.workshop import Decided, Workshop
from waardeweging.store import Seat, Store

_FACILITATOR = "facilitator"
_PHONES = 16
One = TypeVar("One")
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Evening:
    """An evening in a store.

    Parameters
    ----------
    store : Store
    id : str
        Of the workshop.
    """

    store: Store
    id: str

    @classmethod
    def begun(
        cls, store: Store, files: Mapping[str, bytes], title: str, state: Project, at: str
    ) -> Evening:
        """Begin an evening about a scenario, under the rules that the project adopted."""
        made = store.create(
            title,
            files,
            language=state.language,
            exploration=state.exploration,
            rules=rules_of_evening(state),
            at=at,
        )
        return cls(store, made.id)

    def held(self, people: Sequence[Participant]) -> Mapping[str, Sequence[Given]]:
        """Let everybody come in and answer; give the answers once cards are cut loose."""
        self._decide(process.freeze)
        seats = self._seats(people)
        for sheet in SHEETS:
            who = [one for one in people if sheet in one.answers]
            if who:
                self._fill_in(sheet, [(seats[one.name], one) for one in who])
        self._show()
        self.store.unlink(self.id)
        closed = self.store.workshop(self.id).sheets
        return {
            sheet: self.store.answers(self.id, sheet) if closed[sheet].status == "closed" else ()
            for sheet in SHEETS
        }

    def _fill_in(self, sheet: str, who: Sequence[tuple[Seat, Participant]]) -> None:
        self._decide(lambda state: process.open_sheet(state, sheet, None, now()))
        self._together(
            lambda one: self.store.submit(
                one[0], sheet, one[1].answers[sheet], secrets.token_hex(8), by=BY
            ),
            who,
        )
        self._decide(lambda state: process.close(state, sheet))

    def _show(self) -> None:
        """Show the hall what every closed sheet came to; what nobody saw may not be told."""
        sheets = self.store.workshop(self.id).sheets
        for number, step in enumerate(STEPS):
            if step.needs and sheets[step.needs].status == "closed":
                for page in step.results:
                    self._decide(partial(process.show, step=number, page=page))

    def _seats(self, people: Sequence[Participant]) -> dict[str, Seat]:
        """Hand out cards per side and department, and let everybody come in."""
        groups: dict[tuple[str, str], list[str]] = {}
        for one in people:
            groups.setdefault((one.side, one.department), []).append(one.name)
        seats: dict[str, Seat] = {}
        for (side, department), names in groups.items():
            cards = self.store.issue(self.id, side, department, len(names), by=BY)
            came = self._together(lambda card: self.store.enter(self.id, card.code).seat, cards)
            seats |= dict(zip(names, came, strict=True))
        return seats

    def _together(self, do: Callable[[One], Done], every: Sequence[One]) -> list[Done]:
        """Let people act at once, as phones do: the store writes them down together."""
        with ThreadPoolExecutor(_PHONES) as pool:
            return list(pool.map(do, every))

    def _decide(self, decide: Callable[[Workshop], Decided]) -> None:
        self.store.change(self.id, _FACILITATOR, decide)
