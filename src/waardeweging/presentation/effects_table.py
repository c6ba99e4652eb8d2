"""The table of effects: what each option does, as dots and as numbers with their grounds."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.names import mark, option_names, unique_names
from waardeweging.presentation.numbers import quantity, unit_text
from waardeweging.presentation.sentences import word
from waardeweging.problem.alternatives import Cell, DecisionProblem

MOST_DOTS = 5


@dataclass(frozen=True, slots=True)
class EffectCell:
    """What one option does on one criterion, written for display.

    Parameters
    ----------
    alternative, criterion : str
        Ids.
    value : float
        Value score. [0–1]
    dots, dots_text : str
        Such as ``●●●○○``, and the same for who cannot see dots.
    performance, short, band : str
        The likely number with its unit, the same without, and low to high; the band is
        empty when low equals high.
    grounds, grounds_mark : str
        In words, and as the short mark that stands in a table, such as ``[E]``.
    """

    alternative: str
    criterion: str
    value: float
    dots: str
    dots_text: str
    performance: str
    short: str
    band: str
    grounds: str
    grounds_mark: str

    @property
    def in_table(self) -> str:
        """Dots, number and mark, for a table that names the unit in a column of its own."""
        return f"{self.dots} {self.short} {self.grounds_mark}"


def dots(value: float) -> str:
    """Write a value score as five dots, filled for how good it is."""
    filled = _filled(value)
    return "●" * filled + "○" * (MOST_DOTS - filled)


def effect_cells(outcome: Outcome, language: Language) -> tuple[tuple[EffectCell, ...], ...]:
    """Give every cell: one row per criterion of the framework, one column per option.

    Criteria of the other perspective are among them, though they are not weighed.
    """
    return cells_of(outcome.scenario.problem, language)


def cells_of(problem: DecisionProblem, language: Language) -> tuple[tuple[EffectCell, ...], ...]:
    """Give every cell of a problem that nobody has weighed yet, in the same order."""
    return tuple(
        tuple(
            _cell(row[column], float(value), language)
            for row, value in zip(problem.cells, criterion.function(performances), strict=True)
        )
        for column, (criterion, performances) in enumerate(
            zip(problem.framework.criteria, problem.mid.T, strict=True)
        )
    )


def effects_table(outcome: Outcome, language: Language, *, places: bool = False) -> pd.DataFrame:
    """Give the table of effects, display-ready.

    Parameters
    ----------
    outcome : Outcome
    language : str
    places : bool
        Whether the names of the options tell their place and ties as well. Before people
        have weighed they should not; what is excluded is always said.

    Returns
    -------
    pandas.DataFrame
        One row per criterion; its name and unit, then one column per option.
    """
    criteria, cells = outcome.scenario.problem.framework.criteria, effect_cells(outcome, language)
    return pd.DataFrame(
        {
            text("table.criterion", language): _criterion_heads(outcome, language),
            text("table.unit", language): [unit_text(one.unit, language) for one in criteria],
            **{
                name: [line[row].in_table for line in cells]
                for row, name in enumerate(_option_heads(outcome, language, places=places))
            },
        }
    )


def _option_heads(outcome: Outcome, language: Language, *, places: bool) -> list[str]:
    allowed = outcome.result.eligible
    return [
        f"{name} ({mark(outcome, row, language)})" if places or not allowed[row] else name
        for row, name in enumerate(option_names(outcome, language))
    ]


def _criterion_heads(outcome: Outcome, language: Language) -> list[str]:
    names = unique_names(outcome.scenario.problem.framework.criteria, language)
    left_out = text("table.not_weighed", language)
    return [
        name if column in outcome.columns else f"{name} ({left_out})"
        for column, name in enumerate(names)
    ]


def _cell(cell: Cell, value: float, language: Language) -> EffectCell:
    short, low, high = (
        quantity(x, cell.unit, language, grounds=cell.grounds, with_unit=False)
        for x in (cell.mid, cell.low, cell.high)
    )
    return EffectCell(
        cell.alternative,
        cell.criterion,
        value,
        dots(value),
        text("table.dots", language, count=_filled(value)),
        quantity(cell.mid, cell.unit, language, grounds=cell.grounds),
        short,
        "" if cell.low == cell.high else text("number.range", language, low=low, high=high),
        word(cell.grounds, language),
        word(f"{cell.grounds}_mark", language),
    )


def _filled(value: float) -> int:
    return int(value * MOST_DOTS + 0.5)
