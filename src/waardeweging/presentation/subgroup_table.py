"""What groups of residents would choose alone, as a table."""

from __future__ import annotations

import pandas as pd

from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.subgroups import NOT_SAID, subgroups
from waardeweging.elicitation.population import REST
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.names import option_names
from waardeweging.presentation.numbers import number
from waardeweging.presentation.sentences import word


def subgroup_table(outcome: Outcome, language: Language) -> pd.DataFrame:
    """Give per group of residents who wins by their weights; empty without large groups."""
    heads = [
        text(f"subgroups.{head}", language) for head in ("attribute", "group", "people", "winner")
    ]
    names = option_names(outcome, language)
    rows = [
        [
            one.attribute,
            _group(one.category, language),
            number(one.people, language),
            names[one.winner],
        ]
        for one in subgroups(outcome)
    ]
    return pd.DataFrame(rows, columns=heads)


def _group(category: str, language: Language) -> str:
    if category == REST:
        return word("rest_of_categories", language)
    return text("subgroups.not_said", language) if category == NOT_SAID else category
