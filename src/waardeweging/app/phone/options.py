"""The options and what each does, in words, as dots and as numbers with their grounds."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from waardeweging.analysis.scenario import Scenario
from waardeweging.app.phone.paint import page
from waardeweging.app.phone.visits import Problem, Visit
from waardeweging.presentation.effects_table import dots
from waardeweging.presentation.numbers import quantity
from waardeweging.problem.criteria import Criterion, Value
from waardeweging.process.credentials import new_token


@dataclass(frozen=True, slots=True)
class Fact:
    """What an option does on one criterion, written for display."""

    criterion: Criterion
    dots: str
    filled: int
    performance: str
    band: str
    grounds: str


@dataclass(frozen=True, slots=True)
class Block:
    """What an option does on the criteria of one value."""

    value: Value
    facts: tuple[Fact, ...]


def options(visit: Visit) -> Response:
    """List the options."""
    return page(visit, "options", options=visit.scenario.problem.alternatives)


def option(visit: Visit) -> Response:
    """Tell one option whole."""
    alternatives = visit.scenario.problem.alternatives
    asked = visit.request.path_params["option"]
    place = next((i for i, one in enumerate(alternatives) if one.id == asked), None)
    if place is None:
        raise Problem("not_found")
    return page(
        visit,
        "option",
        option=alternatives[place],
        blocks=_blocks(visit, visit.scenario, place),
        before=alternatives[place - 1] if place > 0 else None,
        after=alternatives[place + 1] if place + 1 < len(alternatives) else None,
        may_ask=not visit.here.unlinked,
        key=new_token(),
    )


def _blocks(visit: Visit, scenario: Scenario, option: int) -> tuple[Block, ...]:
    framework = scenario.problem.framework
    facts = [
        _fact(visit, scenario, option, column) for column in framework.weighed(scenario.perspective)
    ]
    blocks = (
        Block(value, tuple(fact for fact in facts if fact.criterion.value == value.id))
        for value in framework.values
    )
    return tuple(block for block in blocks if block.facts)


def _fact(visit: Visit, scenario: Scenario, option: int, column: int) -> Fact:
    criterion = scenario.problem.framework.criteria[column]
    cell = scenario.problem.cells[option][column]
    shown = dots(float(criterion.function(scenario.problem.mid[option, column])))
    mid, low, high = (
        quantity(x, cell.unit, visit.language, grounds=cell.grounds, with_unit=with_unit)
        for x, with_unit in ((cell.mid, True), (cell.low, False), (cell.high, False))
    )
    return Fact(
        criterion,
        shown,
        shown.count("●"),
        mid,
        "" if cell.low == cell.high else f"{low} – {high}",
        visit.say(f"grounds.{cell.grounds}"),
    )
