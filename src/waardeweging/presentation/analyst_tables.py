"""Tables for who wants to check or research: rules, methods, numbers, and all weights."""

from __future__ import annotations

import numpy as np
import pandas as pd

from waardeweging.analysis.outcome import Outcome
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.names import option_names, unique_names
from waardeweging.presentation.numbers import number, points, quantity, share_with_margin
from waardeweging.presentation.sentences import word

_MOST_ROWS = 12


def rules_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give what every rule for joining voices says: its winner and its number per option."""
    names = option_names(outcome, language)
    rows = [
        [
            _rule(rule, found.reason, language),
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
                _gain(found.of_cells[row, column], found.of_cells_error[row, column], language),
            ]
        )
    heads = ("option", "criterion", "now", "range", "changes_at", "new_winner", "gain")
    return pd.DataFrame(rows, columns=[text(f"table.{head}", language) for head in heads])


def criteria_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give what knowing all performances on a criterion is worth, the dearest first."""
    gains, errors = outcome.research.of_criteria, outcome.research.of_criteria_error
    names = unique_names(outcome.criteria, language)
    rows = [
        [names[column], _gain(gains[column], errors[column], language)]
        for column in np.argsort(-gains, kind="stable")
    ]
    heads = [text("table.criterion", language), text("table.gain", language)]
    return pd.DataFrame(rows, columns=heads)


def _gain(gain: float, error: float, language: Language) -> str:
    """Write a sampled gain in points, with twice its standard error."""
    if gain == 0:
        return points(0.0, language, 2)
    margin = number(max(200 * float(error), 0.01), language, 2)
    return text(
        "table.with_error",
        language,
        share=points(100 * float(gain), language, 2),
        error=margin,
    )


def all_weights_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give how often each option wins under all weights there are, with its sampling error."""
    sampled = {"all_weights": outcome.free.everywhere, "in_order": outcome.free.in_order}
    known = {name: found for name, found in sampled.items() if found is not None}
    rows = [
        [
            name,
            *(
                share_with_margin(
                    float(found.winner_share[row]), float(found.winner_margin[row]), language, 1
                )
                for found in known.values()
            ),
        ]
        for row, name in enumerate(option_names(outcome, language))
        if outcome.result.eligible[row]
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
        "p_value": text(
            "table.with_error",
            language,
            share=number(found.p_value, language, 3),
            error=number(2 * np.sqrt(found.p_value * (1 - found.p_value) / 1000), language, 3),
        ),
        "kendall_w": concordance,
    }
    rows = [[text(f"measure.{name}", language), shown] for name, shown in measures.items()]
    return pd.DataFrame(
        rows, columns=[text("table.measure", language), text("table.figure", language)]
    )


def consistency_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give how well comparisons agree with each other, one row per method.

    Returns
    -------
    pandas.DataFrame
        Figures about fewer than five people are left out.
    """
    rows = []
    for one in outcome.consistency:
        people, ratios = len(one.judgements), one.ratios
        shown = ["–", "–", "–"]
        if people >= FEWEST:
            shown[0] = number(one.consistent, language)
        if people >= FEWEST and ratios:
            shown[1:] = [number(x, language, 2) for x in (float(np.median(ratios)), ratios[-1])]
        rows.append([word(one.method, language), number(people, language), *shown])
    heads = ("method", "compared", "without_remark", "middle_ratio", "largest_ratio")
    return pd.DataFrame(rows, columns=[text(f"table.{head}", language) for head in heads])


def _rule(rule: str, reason: str | None, language: Language) -> str:
    """Name a rule, and say why when it could not be applied."""
    name = text(f"rule.{rule}", language)
    return name if reason is None else f"{name}: {text(f'rule_reason.{reason}', language)}"
