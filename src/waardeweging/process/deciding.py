"""What every decision needs: events as they are recorded, and a refusal with what to do instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from waardeweging.elicitation.ballots import SIDES
from waardeweging.problem.errors import InputError, Place
from waardeweging.process.events import Event


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that was decided and is yet to be recorded.

    Parameters
    ----------
    kind : str
    body : mapping
        The fields of that kind, as JSON.
    """

    kind: str
    body: Mapping[str, Any]


Decided = tuple[Happened, ...]


def happened(event: Event) -> Happened:
    """Write an event as what is recorded."""
    return Happened(event.kind, event.model_dump(mode="json"))


def one(form: type[Event], **fields: Any) -> Decided:
    """Decide one event; a field of another form is refused."""
    try:
        return (happened(form(**fields)),)
    except ValidationError as error:
        field = ".".join(str(step) for step in error.errors()[0]["loc"])
        raise refusal("workshop.form", "Write less, or something else.", field) from None


def refusal(code: str, remedy: str, field: str, **details: object) -> InputError:
    """Say why something cannot be decided, and what to do instead."""
    return InputError(code, where=Place("workshop", None, field), remedy=remedy, **details)


def reason_of(text: str) -> str:
    """Give a reason without space around it; refuse when there is none."""
    if not text.strip():
        raise refusal("workshop.no_reason", "Write the reason; everybody can read it.", "reason")
    return text.strip()


def is_majority(agree: int, of: int) -> bool:
    """Say whether more than half of those who voted agree; nobody is no majority."""
    return 2 * agree > of


def majorities(agree: Mapping[str, int], of: Mapping[str, int]) -> None:
    """Refuse unless each side has a majority."""
    for side in SIDES:
        if not is_majority(agree.get(side, 0), of.get(side, 0)):
            raise refusal(
                "workshop.no_majority",
                "Side '{side}' gave no majority; talk on and vote again.",
                "rules",
                side=side,
            )
