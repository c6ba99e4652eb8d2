"""A calculated cell, unfolded: its formula in words, its parts and its inputs."""

from __future__ import annotations

from collections.abc import Iterator

from waardeweging.analysis.scenario import Scenario
from waardeweging.app.session import say
from waardeweging.effects.binding import Input
from waardeweging.effects.calculation import Calculation, Term
from waardeweging.presentation.catalog import Language, has
from waardeweging.presentation.numbers import percent, quantity
from waardeweging.presentation.sentences import word

# Units that people know as a percentage.
_SHARES = ("share", "1/yr")


def formula_text(calculation: Calculation, language: Language) -> str:
    """Say the formula in words; its name where there are none."""
    return _named("formula", calculation.formula, language)


def part_rows(calculation: Calculation, language: Language) -> Iterator[tuple[str, ...]]:
    """Give every part that is not nothing, and the whole: name, low, expected, high."""
    for term in calculation.terms:
        if term.counted and any((term.low, term.mid, term.high)):
            yield (_named("term", term.name, language), *_band(term, language))
    yield (say("page.effects.result"), *_band(calculation, language))
    for term in calculation.terms:
        if not term.counted:
            name = _named("term", term.name, language)
            yield (say("page.effects.beside", name=name), *_band(term, language))


def input_rows(
    calculation: Calculation, scenario: Scenario, language: Language
) -> Iterator[tuple[str, ...]]:
    """Give every input that is not nothing, with its band, grounds, source and note."""
    titles = {source.id: source.titled(language) for source in scenario.problem.sources}
    for given in calculation.inputs:
        if not any((given.low, given.mid, given.high)):
            continue
        low, mid, high = _band(given, language)
        yield (
            _named("input", given.name, language),
            mid,
            "" if low == high else say("page.sources.range_value", low=low, high=high),
            word(given.grounds, language),
            titles.get(given.source, given.source),
            given.note,
        )


def _band(item: Term | Input | Calculation, language: Language) -> tuple[str, str, str]:
    low, mid, high = (_amount(x, item.unit, language) for x in (item.low, item.mid, item.high))
    return low, mid, high


def _amount(x: float, unit: str, language: Language) -> str:
    if unit in _SHARES:
        return percent(x, language, 2 if unit == "1/yr" else 0)
    return f"{x:.0f}" if unit == "year" else quantity(x, unit, language, cents=True)


def _named(kind: str, name: str, language: Language) -> str:
    key = f"page.effects.{kind}.{name}"
    return say(key) if has(key, language) else name
