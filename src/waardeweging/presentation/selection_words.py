"""A choice among initiatives in sentences: the package first, then why, then how firm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from waardeweging.analysis.selecting import Chosen, Selection
from waardeweging.elicitation.ballots import MUNICIPALITY, RESIDENTS
from waardeweging.presentation.catalog import Language, text
from waardeweging.presentation.numbers import joined, points, quantity
from waardeweging.problem.arrays import BoolArray, FloatArray
from waardeweging.selection.initiatives import Bound
from waardeweging.selection.reasons import Rejection


def selection_sentences(selection: Selection, language: Language) -> tuple[str, ...]:
    """Say what is chosen and how firm that is, the answer first."""
    chosen = selection.chosen
    if chosen is None:
        rules = joined([rule_words(one, selection, language) for one in selection.clash], language)
        return (
            text("selection.impossible", language),
            text("selection.clash", language, rules=rules),
            text("selection.clash_remedy", language),
        )
    return (
        _lead(chosen, selection, language),
        text("selection.total", language, points=points(100 * chosen.best.total, language)),
        _margin(chosen, selection, language),
        *_left(chosen, selection, language),
        *_sides(chosen, selection, language),
        _firmness(chosen, selection, language),
    )


def rejection_sentences(
    one: Rejection, selection: Selection, language: Language
) -> tuple[str, ...]:
    """Say why an initiative was not chosen, and what it would take to add it."""
    reason = _reason(one, selection, language)
    if one.why in ("requirement", "impossible") or not one.short.any():
        return (reason,)
    amounts = _amounts(one.short, selection, language, only_some=True)
    return reason, text("selection.why.short", language, amounts=amounts)


def rule_words(rule: Bound, selection: Selection, language: Language) -> str:
    """Say a rule in a few words."""
    if rule.kind == "capacity":
        place = [resource.id for resource in selection.initiatives.resources].index(rule.names[0])
        resource = selection.initiatives.resources[place]
        limit = quantity(resource.limit, resource.unit, language)
        name = resource.label[language].lower()
        return text("selection.rule.capacity", language, limit=limit, name=name)
    if rule.kind in ("at_least", "at_most"):
        number = rule.low if rule.kind == "at_least" else rule.high
        column, category = rule.names
        values = {"number": f"{number:.0f}", "column": column, "category": category}
        return text(f"selection.rule.{rule.kind}", language, **values)
    names = [_name_of_id(name, selection, language) for name in rule.names]
    values = dict(zip(("first", "second"), names, strict=False))
    return text(f"selection.rule.{rule.kind}", language, **values)


def names_of(selection: Selection, places: Iterable[int], language: Language) -> str:
    """List initiatives by name."""
    named = [selection.scenario.problem.alternatives[place].label[language] for place in places]
    return joined(named, language) if named else text("selection.empty_list", language)


def _lead(chosen: Chosen, selection: Selection, language: Language) -> str:
    amounts = _amounts(selection.initiatives.capacity, selection, language)
    places = np.flatnonzero(chosen.best.chosen)
    key = "lead" if places.size else "nothing"
    names = names_of(selection, places, language)
    return text(f"selection.{key}", language, resources=amounts, names=names)


def _margin(chosen: Chosen, selection: Selection, language: Language) -> str:
    if chosen.second is None or chosen.margin is None:
        return text("selection.no_other", language)
    names = names_of(selection, np.flatnonzero(chosen.second.chosen), language)
    if chosen.is_tied:
        return text("selection.tied", language, names=names)
    return text(
        "selection.margin", language, names=names, points=points(100 * chosen.margin, language, 1)
    )


def _left(chosen: Chosen, selection: Selection, language: Language) -> Iterator[str]:
    initiatives = selection.initiatives
    left = initiatives.capacity - initiatives.use[chosen.best.chosen].sum(axis=0)
    amounts = _amounts(np.maximum(left, 0.0), selection, language)
    yield text("selection.left", language, amounts=amounts)


def _sides(chosen: Chosen, selection: Selection, language: Language) -> Iterator[str]:
    others = {RESIDENTS: chosen.residents.chosen, MUNICIPALITY: chosen.municipality.chosen}
    differing = {side: one for side, one in others.items() if (one != chosen.best.chosen).any()}
    if not differing:
        yield text("selection.sides_same", language)
    for side, one in differing.items():
        names = names_of(selection, np.flatnonzero(one), language)
        said = text(f"word.{side}", language)
        yield text("selection.side_other", language, side=said, names=names)


def _firmness(chosen: Chosen, selection: Selection, language: Language) -> str:
    moving = _moving(chosen.share.share)
    if not moving.any():
        return text("selection.firm", language)
    names = names_of(selection, np.flatnonzero(moving), language)
    return text("selection.shaky", language, names=names)


def _moving(share: FloatArray) -> BoolArray:
    return np.asarray((share > 0) & (share < 1))


def _reason(one: Rejection, selection: Selection, language: Language) -> str:
    name = names_of(selection, [one.initiative], language)
    if one.why == "requirement":
        broken = [x.requirement for x in selection.exclusions if x.alternative == one.initiative]
        criteria = {each.id: each for each in selection.scenario.problem.framework.criteria}
        said = joined([criteria[each.criterion].label[language] for each in broken], language)
        return text("selection.why.requirement", language, name=name, criterion=said)
    if one.why == "impossible":
        rules = joined([rule_words(rule, selection, language) for rule in one.clash], language)
        return text("selection.why.impossible", language, name=name, rules=rules)
    if one.why == "price":
        value = points(100 * selection.values[one.initiative], language, 1)
        price = points(100 * one.price, language, 1)
        return text("selection.why.price", language, name=name, value=value, points=price)
    return _exchange(name, one, selection, language)


def _exchange(name: str, one: Rejection, selection: Selection, language: Language) -> str:
    if not one.leave:
        return text("selection.why.no_room", language, name=name)
    return text(
        "selection.why.exchange_more" if one.enter else "selection.why.exchange",
        language,
        name=name,
        leave=names_of(selection, one.leave, language),
        enter=names_of(selection, one.enter, language),
        points=points(100 * one.loss, language, 1),
    )


def _amounts(
    amounts: FloatArray, selection: Selection, language: Language, *, only_some: bool = False
) -> str:
    said = [
        quantity(float(amount), resource.unit, language)
        for amount, resource in zip(amounts, selection.initiatives.resources, strict=True)
        if amount or not only_some
    ]
    return joined(said, language)


def _name_of_id(name: str, selection: Selection, language: Language) -> str:
    return names_of(selection, [selection.initiatives.ids.index(name)], language)
