"""What a batch says in words and tables, the plain answer first."""

from __future__ import annotations

import pandas as pd

from waardeweging.analysis.batch.results import BatchTable
from waardeweging.analysis.batch.selection import Counts, by_area
from waardeweging.presentation.catalog import Language, has, text
from waardeweging.presentation.numbers import joined, number, percent, points, share_with_margin
from waardeweging.presentation.sentences import word

_FEW = 3


def weights_name(weights: str, language: Language) -> str:
    """Name a weight set, as the subject of a sentence."""
    key = f"batch.weights.{weights}"
    return text(key, language) if has(key, language) else weights


def variant_name(table: BatchTable, variant: str, language: Language) -> str:
    """Name a variant; the scenario as it stands has a name of its own."""
    if variant == "base":
        return word("no_variant", language)
    return table.label("variants", variant, language)


def option_name(table: BatchTable, option: object, language: Language) -> str:
    """Name an option; a dash where there is none."""
    return table.label("options", option, language) if isinstance(option, str) else "–"


def answer(rows: pd.DataFrame, counts: Counts, weights: str, language: Language) -> list[str]:
    """Say where this weighing changes the choice, compared with costs alone.

    Parameters
    ----------
    rows : pandas.DataFrame
        Of one variant and one weight set.
    counts : Counts
        Of these rows.
    weights : str
    language : str
    """
    who = weights_name(weights, language)
    who = who[0].upper() + who[1:]
    known = counts.total - counts.unknown
    if not known:
        return [text("batch.answer.unknown", language)]
    form = "none" if not counts.changed else "all" if counts.changed == known else "some"
    said = [
        text(
            f"batch.answer.{form}",
            language,
            who=who,
            count=number(counts.changed, language),
            total=number(known, language),
            share=percent(counts.changed / known, language),
        )
    ]
    return said + ([_where(rows, counts, known, language)] if form == "some" else [])


def remarks(counts: Counts, language: Language) -> list[str]:
    """Say how firm the choices are, and of how many neighbourhoods nothing is known."""
    said = []
    if counts.tied:
        share = percent(counts.tied / counts.total, language)
        said.append(
            text("batch.tied", language, count=_counted(counts.tied, language), share=share)
        )
    if counts.half is not None:
        said.append(text("batch.half", language, points=points(counts.half, language, 1)))
    if counts.unknown:
        said.append(text("batch.not_known", language, count=_counted(counts.unknown, language)))
    return said


def places_table(rows: pd.DataFrame, table: BatchTable, language: Language) -> pd.DataFrame:
    """Give a row per neighbourhood, written for display."""
    return pd.DataFrame(
        {
            text("batch.column.neighbourhood", language): rows["name"].astype(str),
            text("batch.column.municipality", language): rows["municipality"].astype(str),
            text("batch.column.winner", language): _named(rows["winner"], table, language),
            text("batch.column.costs", language): _named(rows["cost_only_winner"], table, language),
            text("batch.column.changed", language): _yes_no(
                rows["weighing_changes_choice"], language
            ),
            text("batch.column.tie", language): _yes_no(rows["tie"], language),
            text("batch.column.points", language): [
                "–" if pd.isna(x) else number(x, language, 1) for x in rows["points_to_flip"]
            ],
            text("batch.column.share", language): [
                "–" if pd.isna(share) else share_with_margin(share, 2 * error, language)
                for share, error in zip(
                    rows["winner_share"], rows["winner_share_error"], strict=True
                )
            ],
        }
    )


def comparison_answer(both: pd.DataFrame, language: Language) -> str:
    """Say in how many neighbourhoods two runs choose otherwise."""
    differing, total = int(both["differs"].sum()), len(both)
    if not total:
        return text("batch.compare.nothing", language)
    if not differing:
        return text("batch.compare.same", language, total=number(total, language))
    return text(
        "batch.compare.differs",
        language,
        count=number(differing, language),
        total=number(total, language),
        share=percent(differing / total, language),
    )


def comparison_table(
    both: pd.DataFrame, first: BatchTable, second: BatchTable, language: Language
) -> pd.DataFrame:
    """Count from which option to which other one the choice moves."""
    moved = both[both["differs"]]
    pairs = list(
        zip(
            _named(moved["first"], first, language),
            _named(moved["second"], second, language),
            strict=True,
        )
    )
    counts = pd.Series(pairs, dtype=object).value_counts()
    return pd.DataFrame(
        {
            text("batch.compare.first", language): [one for one, _ in counts.index],
            text("batch.compare.second", language): [other for _, other in counts.index],
            text("batch.column.number", language): [number(x, language) for x in counts],
        }
    )


def _where(rows: pd.DataFrame, counts: Counts, known: int, language: Language) -> str:
    """Name the municipalities of the smaller part: where it changes, or where it does not."""
    mostly = counts.changed > known / 2
    part = rows[rows["weighing_changes_choice"].eq(not mostly)]
    areas = by_area(part, "municipality_code").sort_values(
        ["total", "name"], ascending=[False, True]
    )
    names = [
        text("batch.answer.area", language, name=name, count=number(count, language))
        for name, count in zip(areas["name"][:_FEW], areas["total"][:_FEW], strict=True)
    ]
    key = "batch.answer.exceptions" if mostly else "batch.answer.where"
    if len(areas) > _FEW:
        key += "_mostly"
    return text(key, language, areas=joined(names, language), count=_counted(len(part), language))


def _counted(count: int, language: Language) -> str:
    key = "batch.one" if count == 1 else "batch.more"
    return text(key, language, count=number(count, language))


def _named(ids: pd.Series, table: BatchTable, language: Language) -> list[str]:
    return [option_name(table, one, language) for one in ids]


def _yes_no(marks: pd.Series, language: Language) -> list[str]:
    return ["–" if pd.isna(one) else word("yes" if one else "no", language) for one in marks]
