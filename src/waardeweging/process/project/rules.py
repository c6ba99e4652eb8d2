"""The rules of the members: anybody proposes, and each side has to agree."""

from __future__ import annotations

from waardeweging.elicitation.privacy import FEWEST
from waardeweging.problem.errors import Place
from waardeweging.problem.numbers import parse_number
from waardeweging.process.deciding import Decided, one, refusal
from waardeweging.process.events import Rules
from waardeweging.process.project import events as e
from waardeweging.process.project.kaders import check_vote
from waardeweging.process.project.state import Project


def suggest(
    state: Project, rule: str, side: str, subject: e.Subject, value: str, text: str
) -> Decided:
    """Propose a rule in the name of a side; a share or a threshold stands in `value`."""
    _may_change(state)
    if rule in state.rules:
        raise refusal("project.taken", "Give it another name.", rule)
    if not text.strip():
        raise refusal("project.no_text", "Write what it is about, and what is agreed.", rule)
    if subject == "share":
        _number(value, 0.0, 1.0)
    if subject == "fewest":
        _number(value, float(FEWEST), 100.0)
    return one(
        e.RuleSuggested,
        id=rule,
        side=side,
        subject=subject,
        value=value.strip(),
        text=text.strip(),
    )


def vote(state: Project, rule: str, side: str, agree: int, of: int) -> Decided:
    """Write down how a side voted; the rule holds once each side has a majority."""
    _may_change(state)
    if rule not in state.rules:
        raise refusal("project.unknown", "Choose one that is there.", rule)
    check_vote(side, agree, of)
    return one(e.RuleVoted, id=rule, side=side, agree=agree, of=of)


def rules_of_evening(state: Project) -> Rules:
    """Give the rules that were adopted, as a workshop takes them over."""
    found = Rules()
    texts = []
    for rule in state.adopted:
        if rule.subject == "share":
            found = found.model_copy(update={"share": _number(rule.value, 0.0, 1.0)})
        elif rule.subject == "fewest":
            fewest = round(_number(rule.value, float(FEWEST), 100.0))
            found = found.model_copy(update={"fewest": fewest})
        texts.append(rule.text)
    return found.model_copy(update={"texts": tuple(texts)})


def _may_change(state: Project) -> None:
    if state.is_frozen:
        raise refusal("project.frozen", "Make a new version first, with a reason.", "kaders")


def _number(text: str, low: float, high: float) -> float:
    found = parse_number(text, Place("workshop", None, "value"))
    if not low <= found <= high:
        raise refusal(
            "project.number",
            "Give a number from {low} to {high}.",
            "value",
            low=f"{low:g}",
            high=f"{high:g}",
        )
    return found
