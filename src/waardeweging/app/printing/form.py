"""The ballot on paper, for who would rather not use a phone."""

from __future__ import annotations

from typing import Any

from waardeweging.analysis.scenario import Scenario
from waardeweging.app.printing.typesetting import pdf
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.numbers import quantity
from waardeweging.problem.criteria import Criterion
from waardeweging.problem.labels import Label

GRADES = (4, 3, 2, 1, 0)
_SENTENCES = (
    "title",
    "intro",
    "code",
    "part_values",
    "part_values_hint",
    "part_inside_hint",
    "points",
    "from",
    "to",
    "total",
    "one",
    "part_grades",
    "part_grades_hint",
    "part_accept",
    "yes",
    "no",
    "reason",
    "receipt",
)


def paper_form_pdf(scenario: Scenario, *, title: str, language: Language) -> bytes:
    """Print the ballot: points, then grades and acceptance, with room for a reason.

    Parameters
    ----------
    scenario : Scenario
        What is weighed, in the order of its framework.
    title : str
        Of the workshop.
    language : str

    Returns
    -------
    bytes
        A tagged PDF.
    """
    framework = scenario.problem.framework
    criteria = [framework.criteria[column] for column in framework.weighed(scenario.perspective)]
    values = [
        {
            "name": value.label[language],
            "heading": text("phone.print.form_part_inside", language, name=value.label[language]),
            "description": value.description[language] if value.description else "",
            "steps": [_step(one, language) for one in criteria if one.value == value.id],
        }
        for value in framework.values
    ]
    data: dict[str, Any] = {
        "language": language,
        "workshop": title,
        "say": {name: text(f"phone.print.form_{name}", language) for name in _SENTENCES},
        "grades": [text(f"phone.grades.grade-{grade}", language) for grade in GRADES],
        "values": [value for value in values if value["steps"]],
        "options": [option.label[language] for option in scenario.problem.alternatives],
    }
    return pdf("form", data)


def _step(criterion: Criterion, language: Language) -> dict[str, str]:
    return {
        "name": criterion.label[language],
        "worst": _end(criterion, criterion.worst_label, criterion.worst, language),
        "best": _end(criterion, criterion.best_label, criterion.best, language),
    }


def _end(criterion: Criterion, label: Label | None, x: float, language: Language) -> str:
    return label[language] if label is not None else quantity(x, criterion.unit, language)
