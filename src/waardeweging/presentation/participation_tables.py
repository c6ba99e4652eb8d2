"""Tables of grades, movement between rounds, weighting to the neighbourhood, and extra rules."""

from __future__ import annotations

import pandas as pd

from waardeweging.analysis.outcome import Outcome
from waardeweging.elicitation.ballots import SIDES
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.names import mark, option_names, shown_order
from waardeweging.presentation.numbers import number, percent, points
from waardeweging.presentation.sentences import word


def grades_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give the grade of every option per side, beside its place in the model."""
    given, names = outcome.graded, option_names(outcome, language)
    heads = [
        text("table.option", language),
        *(
            text(f"table_of_people.{head}", language)
            for head in ("model_place", "grade_residents", "grade_municipality")
        ),
    ]
    if given is None:
        return pd.DataFrame(columns=heads)
    rows = [
        [
            names[option],
            mark(outcome, option, language),
            *(
                _grade(side[option], language)
                for side in (given.majority_residents, given.majority_municipality)
            ),
        ]
        for option in shown_order(outcome)
    ]
    return pd.DataFrame(rows, columns=heads)


def movement_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give how far the people of each side moved in the last step."""
    heads = [
        text(f"table_of_people.{head}", language)
        for head in ("side", "people", "moved", "still", "crossed")
    ]
    steps = outcome.rounds.steps if outcome.rounds is not None else ()
    rows = []
    for side, found in zip(
        SIDES, (steps[-1].residents, steps[-1].municipality) if steps else (), strict=False
    ):
        shown = found.mean_points is not None and found.still_share is not None
        rows.append(
            [
                word(side, language),
                number(found.people, language),
                points(found.mean_points or 0.0, language, 1) if shown else "–",
                percent(found.still_share or 0.0, language) if shown else "–",
                number(found.crossed or 0, language) if shown else "–",
            ]
        )
    return pd.DataFrame(rows, columns=heads)


def raked_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give the joint scores with and without weighting residents to the neighbourhood."""
    heads = [
        text("table.option", language),
        text("table_of_people.without_raking", language),
        text("table_of_people.with_raking", language),
    ]
    found = outcome.representation
    if found is None or found.reweighted is None:
        return pd.DataFrame(columns=heads)
    names = option_names(outcome, language)
    rows = [
        [
            names[option],
            number(100 * outcome.result.joint[option], language, 1),
            number(100 * found.reweighted.scores[option], language, 1),
        ]
        for option in outcome.result.ranking
    ]
    return pd.DataFrame(rows, columns=heads)


def beside_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give what every rule beside the panel says: its winner and its number per option."""
    names, beside = option_names(outcome, language), outcome.beside
    heads = [text("table.rule", language), text("table.winner", language), *names]
    if beside is None:
        return pd.DataFrame(columns=heads)
    eligible = outcome.result.eligible.tolist()
    numbers: dict[str, list[float | None]] = {}
    if beside.bargain is not None:
        numbers["nash"] = beside.bargain.product.tolist()
    for norm in beside.norms:
        losses = iter(norm.losses.tolist())
        numbers[f"norm_{norm.power:g}"] = [next(losses) if is_in else None for is_in in eligible]
    numbers["phantoms"] = beside.phantoms.scores.tolist()
    rows = [
        [
            text(f"rule.{rule}", language),
            names[winner],
            *(
                "–" if x is None or not is_in else number(x, language, 3)
                for x, is_in in zip(numbers[rule], eligible, strict=True)
            ),
        ]
        for rule, winner in beside.winners.items()
    ]
    return pd.DataFrame(rows, columns=heads)


def _grade(grade: int | None, language: Language) -> str:
    return "–" if grade is None else f"{word(f'grade_{grade}', language)} ({grade})"
