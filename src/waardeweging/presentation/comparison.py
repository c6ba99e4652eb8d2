"""What is gained and lost by one option instead of another, and for whom: tables that add up."""

from __future__ import annotations

import pandas as pd

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.effects_table import dots
from waardeweging.presentation.figures.names import option_names, unique_names
from waardeweging.presentation.numbers import number, quantity, signed
from waardeweging.presentation.sentences import word

_DIGITS = 1


def comparison(outcome: Outcome, option: int, rival: int, language: Language) -> pd.DataFrame:
    """Give the trade-off of one option against another, in units and in points.

    Parameters
    ----------
    outcome : Outcome
    option, rival : int
        Positions of the options.
    language : str

    Returns
    -------
    pandas.DataFrame
        One row per criterion that differs in points, the largest gain first; then one
        row per value and one for everything. Unrounded, the rows of criteria add up to
        the rows of values, and these to the whole.
    """
    gaps = 100 * (outcome.result.contributions[option] - outcome.result.contributions[rival])
    names = option_names(outcome, language)
    columns = [
        text("table.criterion", language),
        names[option],
        names[rival],
        text("table.points_won", language),
    ]
    order = sorted(range(len(gaps)), key=lambda place: -gaps[place])
    rows = [
        _criterion_row(outcome, option, rival, place, float(gaps[place]), language)
        for place in order
        if round(abs(gaps[place]), _DIGITS) > 0
    ]
    return pd.DataFrame([*rows, *_sums(outcome, option, rival, language)], columns=columns)


def value_for_whom(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give which option creates value for which party.

    Returns
    -------
    pandas.DataFrame
        One row per party, one column per option: dots and points of 100 on the criteria
        that concern that party, with the joint weights.
    """
    found = outcome.for_whom
    shares = [
        text("table.of_weight", language, share=number(100 * float(weight), language))
        for weight in found.weight
    ]
    rows = [
        [
            f"{word(party, language)} ({share})",
            *(f"{dots(float(score))} {number(100 * score, language)}" for score in scores),
        ]
        for party, share, scores in zip(found.parties, shares, found.scores, strict=True)
    ]
    heads = [text("table.party", language), *option_names(outcome, language)]
    return pd.DataFrame(rows, columns=heads)


def _criterion_row(
    outcome: Outcome, option: int, rival: int, place: int, gap: float, language: Language
) -> list[str]:
    column = outcome.columns[place]
    cells = outcome.scenario.problem.cells
    return [
        unique_names(outcome.criteria, language)[place],
        *(
            quantity(cell.mid, cell.unit, language, grounds=cell.grounds)
            for cell in (cells[option][column], cells[rival][column])
        ),
        signed(gap, language, _DIGITS),
    ]


def _sums(outcome: Outcome, option: int, rival: int, language: Language) -> list[list[str]]:
    """Give a row per value and one for the whole, with the points of both options."""
    contributions = 100 * outcome.result.contributions
    values = outcome.scenario.problem.framework.values
    parts = [
        (value.label[language], [criterion.value == value.id for criterion in outcome.criteria])
        for value in values
    ]
    whole = (text("table.total", language), [True] * len(outcome.criteria))
    shown = [*parts, whole] if len(parts) > 1 else [whole]
    rows = []
    for name, own in shown:
        mine, other = (float(contributions[row, own].sum()) for row in (option, rival))
        rows.append(
            [
                f"= {name}",
                text("table.in_points", language, points=number(mine, language, _DIGITS)),
                text("table.in_points", language, points=number(other, language, _DIGITS)),
                signed(mine - other, language, _DIGITS),
            ]
        )
    return rows
