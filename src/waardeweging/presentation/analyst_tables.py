"""Tables for who wants to check or research: rules, methods, numbers, and all weights."""

from __future__ import annotations

import numpy as np
import pandas as pd

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.names import option_names, unique_names
from waardeweging.presentation.numbers import number, percent, points, quantity

_MOST_ROWS = 12


def rules_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give what every rule for joining voices says: its winner and its number per option."""
    names = option_names(outcome, language)
    rows = [
        [
            text(f"rule.{rule}", language),
            names[found.winner],
            *("–" if x is None else number(x, language, 3) for x in found.detail),
        ]
        for rule, found in outcome.agreement.panel.rules.items()
    ]
    heads = [text("table.rule", language), text("table.winner", language), *names]
    return pd.DataFrame(rows, columns=heads)


def methods_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give what other methods make of the same numbers, and why one disagrees."""
    names = option_names(outcome, language)
    rows = [
        [
            check.method,
            "–" if check.winner is None else names[check.winner],
            "–" if check.rank_correlation is None else number(check.rank_correlation, language, 2),
            "" if check.reason is None else text(f"method_reason.{check.reason}", language),
        ]
        for check in outcome.crosscheck
    ]
    heads = ("method", "winner", "rank_correlation", "remark")
    return pd.DataFrame(rows, columns=[text(f"table.{head}", language) for head in heads])


def research_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give the numbers that are most worth researching, the dearest first.

    Returns
    -------
    pandas.DataFrame
        Only cells whose band holds a number at which the winner changes.
    """
    found = outcome.research
    names, criteria = option_names(outcome, language), unique_names(outcome.criteria, language)
    gains = np.where(found.in_band, found.of_cells, -1.0)
    order = np.argsort(-gains, axis=None, kind="stable")[:_MOST_ROWS]
    rows = []
    for place in order[gains.flat[order] >= 0]:
        row, column = divmod(int(place), gains.shape[1])
        cell = outcome.scenario.problem.cells[row][outcome.columns[column]]
        low, high = (
            quantity(x, cell.unit, language, with_unit=False) for x in (cell.low, cell.high)
        )
        mid, flip = (
            quantity(x, cell.unit, language) for x in (cell.mid, found.performances[row, column])
        )
        rows.append(
            [
                names[row],
                criteria[column],
                mid,
                text("table.band", language, low=low, high=high),
                flip,
                names[int(found.flips.next_winner[row])],
                points(100 * float(found.of_cells[row, column]), language, 2),
            ]
        )
    heads = ("option", "criterion", "now", "range", "changes_at", "new_winner", "gain")
    return pd.DataFrame(rows, columns=[text(f"table.{head}", language) for head in heads])


def criteria_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give what knowing all performances on a criterion is worth, the dearest first."""
    gains = outcome.research.of_criteria
    names = unique_names(outcome.criteria, language)
    rows = [
        [names[column], points(100 * float(gains[column]), language, 2)]
        for column in np.argsort(-gains, kind="stable")
    ]
    heads = [text("table.criterion", language), text("table.gain", language)]
    return pd.DataFrame(rows, columns=heads)


def all_weights_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give how often each option wins under all weights there are, with its sampling error."""
    sampled = {"all_weights": outcome.free.everywhere, "in_order": outcome.free.in_order}
    known = {name: found for name, found in sampled.items() if found is not None}
    rows = [
        [
            name,
            *(
                text(
                    "table.with_error",
                    language,
                    share=percent(found.winner_share[row], language, 1),
                    error=number(200 * float(found.winner_error[row]), language, 1),
                )
                for found in known.values()
            ),
        ]
        for row, name in enumerate(option_names(outcome, language))
    ]
    heads = [text("table.option", language), *(text(f"table.{name}", language) for name in known)]
    return pd.DataFrame(rows, columns=heads)


def agreement_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give the measures of agreement between people and between sides."""
    found = outcome.agreement
    concordance = "–" if found.concordance is None else number(found.concordance, language, 3)
    measures = {
        "points_to_move": points(found.points_to_move, language, 1),
        "mean_pairwise": points(found.mean_pairwise_points, language, 1),
        "eta_squared": number(found.spread.eta_squared, language, 3),
        "p_value": number(found.p_value, language, 3),
        "kendall_w": concordance,
    }
    rows = [[text(f"measure.{name}", language), shown] for name, shown in measures.items()]
    return pd.DataFrame(
        rows, columns=[text("table.measure", language), text("table.figure", language)]
    )
