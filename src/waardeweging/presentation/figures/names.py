"""Names and marks of options and criteria, as tables and figures write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from waardeweging.analysis.outcome import Outcome
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.numbers import quantity
from waardeweging.presentation.sentences import finding_text, labels_of, word
from waardeweging.problem.criteria import Criterion, Value

TIED = "≈"


def option_names(outcome: Outcome, language: Language) -> list[str]:
    """Name every option; names that are not unique get their id."""
    return _unique([(one.id, one.label[language]) for one in outcome.alternatives])


def unique_names(items: Sequence[Criterion] | Sequence[Value], language: Language) -> list[str]:
    """Name criteria or values; names that are not unique get their id."""
    return _unique([(one.id, one.label[language]) for one in items])


def shown_order(outcome: Outcome) -> tuple[int, ...]:
    """Give the options best first, and after them the reference and the excluded ones."""
    ranking, reference = outcome.result.ranking, outcome.reference
    rest = [row for row in range(len(outcome.alternatives)) if row not in ranking]
    return (*ranking, *sorted(rest, key=lambda row: row != reference))


def is_scored(outcome: Outcome, option: int) -> bool:
    """Say whether an option has a score to show: all but the excluded ones."""
    return bool(outcome.result.eligible[option]) or option == outcome.reference


def mark(outcome: Outcome, option: int, language: Language) -> str:
    """Say the place of an option, whether it is tied, or why it has none."""
    result = outcome.result
    if option == outcome.reference:
        return word("measure", language)
    if not result.eligible[option]:
        return word("excluded", language)
    place = text("word.place", language, n=result.ranking.index(option) + 1)
    return f"{place}, {word('tie', language)}" if is_tied(outcome, option) else place


def numbered(outcome: Outcome, option: int, language: Language) -> str:
    """Name an option with its place in front: ``≈ 2.`` when tied; or say why it has none."""
    name, result = option_names(outcome, language)[option], outcome.result
    if option == outcome.reference:
        return f"{name} – {word('measure', language)}"
    if not result.eligible[option]:
        return f"{name} – {exclusion_text(outcome, option, language)}"
    place = f"{result.ranking.index(option) + 1}. {name}"
    return f"{TIED} {place}" if is_tied(outcome, option) else place


def is_tied(outcome: Outcome, option: int) -> bool:
    """Say whether an option shares first place within the tie margin."""
    ties = outcome.result.ties
    return option in ties or (option == outcome.result.winner and bool(ties))


def tie_note(outcome: Outcome, language: Language) -> str:
    """Explain the sign of a tie; empty when there is none."""
    return text("figure.tie_note", language, sign=TIED) if outcome.result.ties else ""


def exclusion_text(outcome: Outcome, option: int, language: Language) -> str:
    """Say in a few words why an option is excluded."""
    reasons = []
    for one in outcome.result.exclusions:
        if one.alternative == option:
            criterion = outcome.scenario.problem.framework.criterion(one.requirement.criterion)
            reasons.append(
                text(
                    "figure.excluded",
                    language,
                    criterion=criterion.label[language],
                    performance=quantity(one.performance, criterion.unit, language),
                    sense=word(one.requirement.sense, language),
                    limit=quantity(one.requirement.limit, criterion.unit, language),
                )
            )
    return "; ".join(reasons)


def said(outcome: Outcome, language: Language, *kinds: str) -> str:
    """Give the sentence of the first finding of these kinds; empty when there is none."""
    for finding in outcome.findings:
        if finding.kind in kinds:
            return finding_text(finding, labels_of(outcome), language)
    return ""


def _unique(named: Sequence[tuple[str, str]]) -> list[str]:
    counts = Counter(label for _, label in named)
    return [label if counts[label] == 1 else f"{label} ({name})" for name, label in named]
