"""A choice among initiatives as JSON."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from waardeweging import __version__
from waardeweging.analysis.selecting import Selection
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.selection_words import (
    rejection_sentences,
    rule_words,
    selection_sentences,
)
from waardeweging.problem.arrays import FloatArray
from waardeweging.selection.choosing import Package
from waardeweging.selection.initiatives import Bound
from waardeweging.selection.reasons import Rejection


def dump_selection(selection: Selection, language: Language) -> str:
    """Write a choice as JSON text; sentences are in `language`."""
    return json.dumps(
        selection_json(selection, language), ensure_ascii=False, allow_nan=False, indent=2
    )


def selection_json(selection: Selection, language: Language) -> dict[str, Any]:
    """Give a choice as dictionaries, lists, texts and plain numbers."""
    scenario, initiatives = selection.scenario, selection.initiatives
    columns = scenario.problem.framework.weighed(scenario.perspective)
    return {
        "scenario": scenario.id,
        "title": scenario.title[language],
        "initiatives": list(initiatives.ids),
        "labels": {one.id: one.label[language] for one in scenario.problem.alternatives},
        "criteria": [scenario.problem.framework.criteria[column].id for column in columns],
        "weights": selection.weights.tolist(),
        "values": selection.values.tolist(),
        "resources": {
            one.id: {"limit": one.limit, "unit": one.unit} for one in initiatives.resources
        },
        "excluded": [initiatives.ids[one.alternative] for one in selection.exclusions],
        **_chosen(selection, language),
        "clash": [_rule(one, selection, language) for one in selection.clash],
        "findings": [{"text": said} for said in selection_sentences(selection, language)],
        "provenance": {
            "version": __version__,
            "seed": int(scenario.seed),
            "draws": 0 if selection.chosen is None else selection.chosen.share.draws,
            "input_sha256": selection.input_sha256,
        },
    }


def _chosen(selection: Selection, language: Language) -> dict[str, Any]:
    chosen = selection.chosen
    if chosen is None:
        return {"chosen": None, "total": None, "margin": None, "tied": False}
    return {
        **_package(chosen.best, selection),
        "margin": chosen.margin,
        "tied": chosen.is_tied,
        "second": None if chosen.second is None else _package(chosen.second, selection),
        "residents": _package(chosen.residents, selection),
        "municipality": _package(chosen.municipality, selection),
        "rejected": [_rejected(one, selection, language) for one in chosen.rejections],
        "prices": _per_resource(chosen.prices, selection),
        "chosen_share": chosen.share.share.tolist(),
        "chosen_share_error": chosen.share.error.tolist(),
    }


def _package(package: Package, selection: Selection) -> dict[str, Any]:
    used = selection.initiatives.use[package.chosen].sum(axis=0)
    return {
        "chosen": [selection.initiatives.ids[place] for place in np.flatnonzero(package.chosen)],
        "total": float(package.total),
        "used": _per_resource(used, selection),
    }


def _rejected(one: Rejection, selection: Selection, language: Language) -> dict[str, Any]:
    ids = selection.initiatives.ids
    return {
        "initiative": ids[one.initiative],
        "why": one.why,
        "loss": float(one.loss) if one.why == "exchange" else None,
        "leave": [ids[place] for place in one.leave],
        "enter": [ids[place] for place in one.enter],
        "short": _per_resource(one.short, selection),
        "price": float(one.price),
        "clash": [_rule(rule, selection, language) for rule in one.clash],
        "text": " ".join(rejection_sentences(one, selection, language)),
    }


def _rule(rule: Bound, selection: Selection, language: Language) -> dict[str, Any]:
    return {
        "kind": rule.kind,
        "names": list(rule.names),
        "text": rule_words(rule, selection, language),
    }


def _per_resource(amounts: FloatArray, selection: Selection) -> dict[str, float]:
    names = [resource.id for resource in selection.initiatives.resources]
    return {name: float(amount) + 0.0 for name, amount in zip(names, amounts, strict=True)}
