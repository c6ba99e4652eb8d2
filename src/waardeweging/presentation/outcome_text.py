"""An outcome on a terminal: plain sentence first, table second, reasons third."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.figures.names import is_scored, mark, shown_order
from waardeweging.presentation.numbers import joined, number, percent
from waardeweging.presentation.sentences import outcome_sentences, word


def outcome_text(outcome: Outcome, language: Language) -> RenderableType:
    """Lay an outcome out for a terminal.

    Parameters
    ----------
    outcome : Outcome
    language : str

    Returns
    -------
    rich renderable
    """
    scenario = outcome.scenario
    said = [Text(f"• {sentence}") for _, sentence in outcome_sentences(outcome, language)]
    notes = [
        Text(note[language], style="dim") for note in (scenario.note, scenario.ballots_note) if note
    ]
    return Group(
        Text(_title(outcome, language), style="bold"),
        *notes,
        Text(),
        said[0],
        Text(),
        _ranking(outcome, language),
        Text(),
        *(Padding(sentence, 0) for sentence in said[1:]),
    )


def _title(outcome: Outcome, language: Language) -> str:
    scenario = outcome.scenario
    parts = [scenario.title[language]]
    parts += [one.label[language] for one in scenario.variants if one.id == scenario.variant]
    if scenario.problem.framework.has_perspectives:
        parts.append(text(f"word.{scenario.perspective}", language))
    parts.append(_shares(outcome, language))
    return " · ".join(parts)


def _shares(outcome: Outcome, language: Language) -> str:
    """Say what the residents count for, or every party when a third one has a share."""
    weighing = outcome.weighing
    if not weighing.third_shares:
        return text("cli.share", language, share=percent(weighing.share, language))
    each = [f"{word(name, language)} {percent(x, language)}" for name, x in weighing.shares.items()]
    return text("cli.shares", language, shares=joined(each, language))


def _ranking(outcome: Outcome, language: Language) -> Table:
    result = outcome.result
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(text("cli.place", language), justify="right")
    table.add_column(text("cli.option", language))
    for column in ("joint", "residents", "municipality"):
        table.add_column(text(f"word.{column}", language), justify="right")
    table.add_column("")
    for place, row in enumerate(shown_order(outcome), 1):
        scores = (result.joint[row], result.residents[row], result.municipality[row])
        scored = is_scored(outcome, row)
        table.add_row(
            str(place) if result.eligible[row] else "–",
            outcome.alternatives[row].label[language],
            *(number(100 * score, language) if scored else "–" for score in scores),
            _remark(outcome, row, language),
        )
    return table


def _remark(outcome: Outcome, row: int, language: Language) -> str:
    if not outcome.result.eligible[row]:
        return mark(outcome, row, language)
    tied = outcome.result.ties
    if tied and row in (outcome.result.winner, *tied):
        return text("word.tie", language)
    return ""
