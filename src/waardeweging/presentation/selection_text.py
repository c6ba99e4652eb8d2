"""A choice among initiatives on a terminal: sentences, table, reasons."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from waardeweging.analysis.selecting import Chosen, Selection
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.numbers import number, percent
from waardeweging.presentation.selection_words import rejection_sentences, selection_sentences


def selection_text(selection: Selection, language: Language) -> RenderableType:
    """Lay a choice out for a terminal."""
    scenario, chosen = selection.scenario, selection.chosen
    notes = [one[language] for one in (scenario.note, scenario.ballots_note) if one]
    first, *others = selection_sentences(selection, language)
    parts: list[RenderableType] = [
        Text(scenario.title[language], style="bold"),
        *(Text(note, style="dim") for note in notes),
        Text(),
        Text(f"• {first}"),
    ]
    if chosen is not None:
        parts += [Text(), _table(chosen, selection, language), Text()]
    parts += [Text(f"• {sentence}") for sentence in others]
    if chosen is not None:
        parts += _reasons(chosen, selection, language)
    return Group(*parts)


def table_rows(chosen: Chosen, selection: Selection, language: Language) -> list[tuple[str, ...]]:
    """Give a row per initiative, what adds most first: name, chosen, points, how often."""
    yes, no = (text(f"selection.table.{word}", language) for word in ("yes", "no"))
    return [
        (
            selection.scenario.problem.alternatives[place].label[language],
            yes if chosen.best.chosen[place] else no,
            number(100 * selection.values[place], language, 1),
            often(chosen, place, language),
        )
        for place in in_order(chosen, selection)
    ]


def in_order(chosen: Chosen, selection: Selection) -> list[int]:
    """Order initiatives: the chosen ones first, and what adds most first."""
    places = range(len(selection.values))
    return sorted(places, key=lambda one: (not chosen.best.chosen[one], -selection.values[one]))


def often(chosen: Chosen, place: int, language: Language) -> str:
    """Say how often an initiative is chosen, with the error of that share."""
    share, error = chosen.share.share[place], chosen.share.error[place]
    said = percent(float(share), language)
    return said if not error else f"{said} ± {number(100 * float(error), language)}"


def _table(chosen: Chosen, selection: Selection, language: Language) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("name", "chosen"):
        table.add_column(text(f"selection.table.{column}", language))
    for column in ("value", "share"):
        table.add_column(text(f"selection.table.{column}", language), justify="right")
    for row in table_rows(chosen, selection, language):
        table.add_row(*row)
    return table


def _reasons(chosen: Chosen, selection: Selection, language: Language) -> list[Text]:
    return [
        Text(f"– {' '.join(rejection_sentences(one, selection, language))}")
        for one in chosen.rejections
    ]
