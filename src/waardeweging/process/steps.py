"""The screens of an evening, in the order of its time table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from waardeweging.problem.criteria import Framework


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the evening.

    Parameters
    ----------
    name : str
    pages : tuple of str
        What the beamer shows, one after the other.
    sheet : str
        What phones are asked meanwhile; empty for nothing.
    needs : str
        The sheet that must be closed before its result is shown; empty for none.
    minutes : int
        That the sheet is open, unless the facilitator says otherwise.
    results : tuple of str
        Pages that tell what people answered; the beamer covers them until they are shown.
    """

    name: str
    pages: tuple[str, ...]
    sheet: str = ""
    needs: str = ""
    minutes: int = 0
    results: tuple[str, ...] = ()


FACTS = "facts"

STEPS = (
    Step("arrival", ("join",)),
    Step("rules", ("promise", "equal", "vote"), "rules", "rules", 3),
    Step("options", ("list", FACTS, "questions")),
    Step("practice", ("count",), "practice", "", 6),
    Step("round-1", ("count",), "round-1", "", 11),
    Step(
        "values",
        ("values", "criteria", "disputed"),
        "",
        "round-1",
        results=("values", "criteria", "disputed"),
    ),
    Step("tables", ("question",), needs="round-1", minutes=20, results=("question",)),
    Step("round-2", ("count",), "round-2", "", 7),
    Step("movement", ("moved",), needs="round-2", results=("moved",)),
    Step(
        "outcome",
        ("joint", "sides", "strip", "flip", "panel"),
        needs="round-1",
        results=("joint", "sides", "strip", "flip", "panel"),
    ),
    Step("grades", ("count", "grades"), "grades", "grades", 4, ("grades",)),
    Step("accept", ("count", "accept"), "accept", "accept", 3, ("accept",)),
    Step("agreements", ("agreements",)),
    Step("cooperation", ("count", "answers"), "cooperation", "cooperation", 4, ("answers",)),
    Step("closing", ("head",)),
)
NAMES = tuple(step.name for step in STEPS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the evening is.

    Parameters
    ----------
    step : int
        Position in `STEPS`.
    page : str
        One of the pages of that step.
    pages : tuple of str
    """

    step: int
    page: str
    pages: tuple[str, ...]

    @property
    def part(self) -> Step:
        """The step itself."""
        return STEPS[self.step]

    @property
    def number(self) -> int:
        """Position of the page in its step."""
        return self.pages.index(self.page)

    @property
    def tells_answers(self) -> bool:
        """Whether the page tells what people answered."""
        return self.page in self.part.results


def pages_of(step: Step, framework: Framework) -> tuple[str, ...]:
    """Give the pages of a step; the facts have one per value."""
    return tuple(name for page in step.pages for name in _split(page, framework))


def _split(page: str, framework: Framework) -> Sequence[str]:
    if page != FACTS:
        return (page,)
    counted = {criterion.value for criterion in framework.criteria}
    return [f"{FACTS}:{value.id}" for value in framework.values if value.id in counted]


def place_of(step: int, page: str, framework: Framework) -> Place:
    """Find a page; a step or page that does not exist gives the first."""
    step = step if step < len(STEPS) else 0
    pages = pages_of(STEPS[step], framework)
    return Place(step, page if page in pages else pages[0], pages)


def after(place: Place, framework: Framework) -> Place | None:
    """Give the next page; None at the end of the evening."""
    if place.number + 1 < len(place.pages):
        return Place(place.step, place.pages[place.number + 1], place.pages)
    following = place.step + 1
    return place_of(following, "", framework) if following < len(STEPS) else None


def before(place: Place, framework: Framework) -> Place | None:
    """Give the page before; None at the start."""
    if place.number > 0:
        return Place(place.step, place.pages[place.number - 1], place.pages)
    if place.step == 0:
        return None
    pages = pages_of(STEPS[place.step - 1], framework)
    return Place(place.step - 1, pages[-1], pages)
