"""What comes out of an evening, made once per publication and kept for every screen.

A result is made only after its sheet closed and the hall looks at it; what it was then
it stays, also when somebody deletes an answer later (see `publication`).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import streamlit as st

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.answered import GRADES, answered, with_grades
from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.scenario import Scenario
from waardeweging.analysis.scenario_in_files import scenario_in
from waardeweging.deliberation.agreement import points_to_move
from waardeweging.deliberation.majority import majority_grades
from waardeweging.elicitation.ballots import SIDES
from waardeweging.elicitation.weighing import weigh
from waardeweging.presentation.catalog import Language
from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.errors import InputError
from waardeweging.process.answers import Given
from waardeweging.process.publication import ROUNDS, Told, is_crowd, told
from waardeweging.process.tallies import acceptance, by_side, cooperation
from waardeweging.process.workshop import SHEETS, Workshop
from waardeweging.store import Store

T = TypeVar("T")

_MOST_KEPT = 512
_KEPT: OrderedDict[Hashable, object] = OrderedDict()
_LOCK = threading.RLock()


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why there is nothing to show.

    Parameters
    ----------
    reason : str
        ``not_closed``, ``few_people``, ``few_side``, ``few_changed`` or ``no_side``.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """How weights moved from round 1 to round 2.

    Parameters
    ----------
    own : mapping of str to float
        Per side, the mean distance that a person moved. [points of 100]
    gap : (float, float)
        Between the means of the sides, in each round. [points of 100]
    """

    own: Mapping[str, float]
    gap: tuple[float, float]


def scenario_of(store: Store, state: Workshop) -> Scenario:
    """Give the scenario that a workshop is about, with its share and without ballots."""
    scenario = _scenario(state.files_sha256, store, state.id)
    return scenario.with_share(state.rules.share)


@st.cache_resource(show_spinner=False, max_entries=32)
def _scenario(files_sha256: str, _store: Store, _workshop: str) -> Scenario:
    return scenario_in(_store.files(_workshop))


def told_of(store: Store, state: Workshop) -> Mapping[str, Told]:
    """Say what the hall has seen of every sheet."""
    key = ("told", state.id, state.number)
    return kept(key, lambda: _told(store, state))


def _told(store: Store, state: Workshop) -> Mapping[str, Told]:
    records = store.records(state.id)
    return {sheet: told(records, sheet, state.rules.fewest) for sheet in SHEETS}


def outcome_of(store: Store, state: Workshop) -> Outcome | Withheld:
    """Give the outcome that the hall may see now, with its grades once the hall saw those."""
    found, grades = _outcome_of_rounds(store, state), told_of(store, state)[GRADES]
    if isinstance(found, Withheld) or grades.at is None or not grades.closed:
        return found
    # An outcome that was told may get its grades, also when it cannot be made anew any more.
    key = ("graded", state.id, id(found), grades.at)
    kept = _published(key, grades.is_current, lambda: (found, _graded(store, state, found)))
    judged = kept if isinstance(kept, Withheld) else kept[1]
    return found if isinstance(judged, Withheld) else judged


def _outcome_of_rounds(store: Store, state: Workshop) -> Outcome | Withheld:
    """Give the outcome that the hall may see now: of round 1, or of both rounds."""
    seen = told_of(store, state)
    first, second = (seen[sheet] for sheet in ROUNDS)
    if first.at is None or not first.closed:
        return Withheld("not_closed")
    key = ("outcome", state.id, first.at, second.at)
    fresh = first.is_current and (second.at is None or (second.is_current and second.closed))
    sheets = ROUNDS if second.at is not None else ROUNDS[:1]
    return _published(key, fresh, lambda: _analysed(store, state, sheets))


def moved_of(store: Store, state: Workshop) -> Moved | Withheld:
    """Say how people moved between the rounds."""
    seen = told_of(store, state)
    first, second = (seen[sheet] for sheet in ROUNDS)
    if not (first.closed and second.closed):
        return Withheld("not_closed")
    if first.at is None or second.at is None:
        return Withheld("second_round")
    key = ("moved", state.id, first.at, second.at)
    fresh = first.is_current and second.is_current
    return _published(key, fresh, lambda: _moved(store, state))


def grades_of(store: Store, state: Workshop) -> Mapping[str, tuple[int | None, ...]] | Withheld:
    """Give the majority grade of every option per side."""
    return _of_sheet(store, state, "grades", _grades)


def acceptance_of(
    store: Store, state: Workshop
) -> Mapping[str, tuple[float | None, ...]] | Withheld:
    """Give the share per side that can live with each option, in steps of 5 percent."""
    return _of_sheet(store, state, "accept", _acceptance)


def cooperation_of(
    store: Store, state: Workshop
) -> Mapping[str, tuple[float | None, ...]] | Withheld:
    """Give the mean answer per side to each question, in steps of a half."""
    return _of_sheet(store, state, "cooperation", _cooperation)


def made(make: Callable[[Outcome, Language], T], outcome: Outcome, language: Language) -> T:
    """Give what a presentation function makes of an outcome; made once for everyone."""
    name = f"{make.__module__}.{make.__qualname__}"
    return kept(("made", name, id(outcome), language), lambda: (outcome, make(outcome, language)))[
        1
    ]


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """Give what was made under this key before, or make it; the oldest give way."""
    with _LOCK:
        if key not in _KEPT:
            _KEPT[key] = make()
            while len(_KEPT) > _MOST_KEPT:
                _KEPT.popitem(last=False)
        _KEPT.move_to_end(key)
        found: T = _KEPT[key]  # type: ignore[assignment]
        return found


def forget() -> None:
    """Forget every result; each can be made again while nothing changed."""
    with _LOCK:
        _KEPT.clear()


def _published(key: Hashable, fresh: bool, make: Callable[[], T | Withheld]) -> T | Withheld:
    """Give a result as it was published; make it only while nothing changed since."""
    with _LOCK:
        if key not in _KEPT and not fresh:
            return Withheld("few_changed")
        return kept(key, make)


def _of_sheet(
    store: Store,
    state: Workshop,
    sheet: str,
    make: Callable[[Mapping[str, list[Given]], Scenario], T],
) -> T | Withheld:
    seen = told_of(store, state)[sheet]
    if seen.at is None or not seen.closed:
        return Withheld("not_closed")

    def fresh() -> T | Withheld:
        given = by_side(store.answers(state.id, sheet))
        if any(len(given[side]) < state.rules.fewest for side in SIDES):
            return Withheld("few_side")
        return make(given, scenario_of(store, state))

    return _published((sheet, state.id, seen.at), seen.is_current, fresh)


def _answers(
    store: Store, state: Workshop, sheets: Iterable[str]
) -> Mapping[str, tuple[Given, ...]]:
    return {sheet: store.answers(state.id, sheet) for sheet in sheets}


def _analysed(store: Store, state: Workshop, sheets: Iterable[str]) -> Outcome | Withheld:
    weighed = answered(scenario_of(store, state), _answers(store, state, sheets))
    people = {one.participant for one in weighed.ballots if not one.abstains}
    if len(people) < state.rules.fewest:
        return Withheld("few_people")
    try:
        return analyse(weighed)
    except InputError:
        return Withheld("no_side")


def _graded(store: Store, state: Workshop, weighed: Outcome) -> Outcome | Withheld:
    """Weigh what was told of the rounds again, now that the hall saw the grades as well."""
    if not is_crowd(state.sheets[GRADES].submitted, state.rules.fewest):
        return Withheld("few_side")
    given = store.answers(state.id, GRADES)
    return analyse(with_grades(weighed.scenario, given)) if given else weighed


def _moved(store: Store, state: Workshop) -> Moved | Withheld:
    scenario = scenario_of(store, state)
    columns = scenario.problem.framework.weighed(scenario.perspective)
    weights: list[dict[str, FloatArray]] = []
    sides: dict[str, str] = {}
    for sheet in ROUNDS:
        ballots = answered(scenario, _answers(store, state, [sheet])).ballots
        weighing = weigh(ballots, columns, scenario.share)
        weights.append(dict(zip(weighing.participants, weighing.weights, strict=True)))
        sides |= dict(zip(weighing.participants, weighing.sides, strict=True))
    both = [name for name in weights[0] if name in weights[1]]
    people = {side: [name for name in both if sides[name] == side] for side in SIDES}
    if any(len(one) < state.rules.fewest for one in people.values()):
        return Withheld("few_side")
    before, after = (
        {side: np.array([given[name] for name in people[side]]) for side in SIDES}
        for given in weights
    )
    own = {side: float(points_to_move(before[side], after[side]).mean()) for side in SIDES}
    gaps = [
        float(points_to_move(*(given[side].mean(axis=0) for side in SIDES)))
        for given in (before, after)
    ]
    return Moved(own, (gaps[0], gaps[1]))


def _grades(
    given: Mapping[str, list[Given]], scenario: Scenario
) -> Mapping[str, tuple[int | None, ...]]:
    options = [one.id for one in scenario.problem.alternatives]
    return {
        side: majority_grades(
            np.array(
                [[_or(one.payload["grades"].get(o), -1) for o in options] for one in given[side]]
            )
        )
        for side in SIDES
    }


def _acceptance(
    given: Mapping[str, list[Given]], scenario: Scenario
) -> Mapping[str, tuple[float | None, ...]]:
    options = [one.id for one in scenario.problem.alternatives]
    return {side: acceptance(given[side], options) for side in SIDES}


def _cooperation(
    given: Mapping[str, list[Given]], scenario: Scenario
) -> Mapping[str, tuple[float | None, ...]]:
    return {side: cooperation(given[side]) for side in SIDES}


def _or(x: int | None, other: int) -> int:
    return other if x is None else int(x)
