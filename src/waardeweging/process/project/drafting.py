"""A project in memory: decisions become records of a chain, as a store would keep them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from waardeweging.problem.errors import InputError, Place
from waardeweging.process.chain import Recorded, link
from waardeweging.process.deciding import Decided
from waardeweging.process.project import replaying as _  # noqa: F401
from waardeweging.process.project.state import Project
from waardeweging.process.streams import apply

Decide = Callable[[Project], Decided]


@dataclass(slots=True)
class Draft:
    """A project with its records.

    Parameters
    ----------
    state : Project
    records : list of Recorded
    """

    state: Project
    records: list[Recorded] = field(default_factory=list)

    def keep(self, by: str, at: str, decided: Decided) -> None:
        """Put what was decided at the end of the chain."""
        for event in decided:
            number, previous = self.state.number + 1, bytes.fromhex(self.state.head)
            stream, body = self.state.id, event.body
            sign = link(previous, stream, number, at, by, event.kind, body)
            record = Recorded(stream, number, at, by, event.kind, body, previous, sign)
            self.state = apply(self.state, record)
            self.records.append(record)


def placed(place: Place, decide: Decide) -> Decide:
    """Let a refusal name the place in the file that asked for it."""

    def decided(state: Project) -> Decided:
        try:
            return decide(state)
        except InputError as error:
            raise moved(error, replace(place, field=error.where.field)) from None

    return decided


def moved(error: InputError, where: Place) -> InputError:
    """Give the same fault at another place."""
    remedy = error.remedy.replace("{", "{{").replace("}", "}}")
    return InputError(error.code, where=where, remedy=remedy, found=error.found, **error.details)
