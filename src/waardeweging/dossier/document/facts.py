"""The facts of a dossier: plain data from which every sentence, table and picture is made.

This is the machine-readable dossier too. What would tell about fewer than five
people is left out here, before any text is written.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from waardeweging.analysis.agreement import agreement_of
from waardeweging.analysis.outcome import Outcome
from waardeweging.dossier.document.coarse import coarse
from waardeweging.dossier.document.trade_off import trade_off
from waardeweging.dossier.source import DossierSource, ScoredVariant
from waardeweging.elicitation.ballots import PERSON, SIDES, Ballot, latest
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.outcome_json import outcome_json
from waardeweging.problem.alternatives import GROUNDS, Cell
from waardeweging.problem.errors import InputError, Place
from waardeweging.robustness.classes import FirmnessThresholds

# What a dossier takes from an outcome, whatever the size of a side …
_ALWAYS = (
    "scenario",
    "title",
    "variant",
    "perspective",
    "lambda",
    "shares",
    "tie_margin",
    "alternatives",
    "reference",
    "criteria",
    "labels",
    "value_scores",
    "weights",
    "contributions",
    "scores",
    "excluded",
    "at_risk",
    "ranking",
    "winner",
    "ties",
    "dominated",
    "cost_only",
    "panel",
    "panel_agrees",
    "points_to_flip",
    "stability",
    "robustness",
    "robustness_with_bands",
    "research",
    "all_weights",
    "weights_in_order",
    "all_weights_exact",
    "recoding",
    "for_whom",
    "value_for_whom",
    "findings",
    "crosscheck",
    "provenance",
)
# … and only when both sides are large enough: with one of them the other follows from the
# joint figures. What stands in neither list could tell on a few, and stays out.
_OF_SIDES = (
    "equality_strip",
    "bootstrap_winner_share",
    "bootstrap_winner_share_error",
    "uncertain_winner_share",
    "uncertain_winner_share_error",
    "place_shares",
    "dispute",
    "influence",
    "equality",
    "grades",
    "rounds",
    "representativeness",
)
# What can be said from the joint weights alone.
_JOINT_FINDINGS = (
    "winner",
    "only_option",
    "tie",
    "reference",
    "gains",
    "losses",
    "gains_over_cheapest",
    "losses_to_cheapest",
    "cost_same_national",
    "cost_differs_national",
    "cost_same_weighed",
    "cost_differs_weighed",
    "excluded",
    "at_risk",
    "flip",
    "flip_none",
    "flip_level",
    "research",
    "research_none",
    "all_equal",
    "double_counting",
    "dominated",
    "free",
    "recoding_safe",
    "recoding_matters",
    "expert_share",
    "advice",
)


def facts_of(source: DossierSource, language: Language, exact: bool = False) -> dict[str, Any]:
    """Gather everything that a dossier may tell.

    Parameters
    ----------
    source : DossierSource
    language : str
        Of labels and of the sentences of findings.
    exact : bool
        Whether figures keep every digit: only beside a bundle that holds every answer.

    Returns
    -------
    dict
        Plain data, ready for JSON.

    Raises
    ------
    InputError
        If fewer than five people weighed in all: even joint figures would tell on them.
    """
    people = _people(source.scenario.ballots) | {"with_share": source.outcome.weighing.parties}
    if people["all"] is None:
        raise InputError(
            "dossier.too_few_people",
            where=Place("ballots", None, "participant"),
            remedy="A dossier needs {fewest} people, or ballots of institutions.",
            fewest=FEWEST,
        )
    facts = {
        "format": "waardeweging-dossier/1",
        "language": language,
        "folder": source.folder,
        "workshop": source.workshop,
        "outcome": safe_outcome(outcome_json(source.outcome, language), shows_sides(people)),
        "people": people,
        "inputs": _inputs(source, language),
        "variants": [_variant(one, language) for one in source.variants],
        "firmness": asdict(FirmnessThresholds()),
        "trade_offs": _trade_offs(source.outcome),
        "places": list(range(1, len(source.outcome.result.ranking) + 1)),
        "record": _record(source),
    }
    return facts if exact else coarse(facts)


def shows_sides(people: dict[str, Any]) -> bool:
    """Say whether figures per side may be shown; all or none, for the joint one shows too."""
    return all(people["sides"][side]["may_show"] for side in people.get("with_share", SIDES))


def safe_outcome(outcome: dict[str, Any], with_sides: bool) -> dict[str, Any]:
    """Leave out of an outcome what would tell about fewer than five people.

    Parameters
    ----------
    outcome : dict
        As `outcome_json` gives it.
    with_sides : bool
        Whether both sides are large enough, or institutions that answer in public.
    """
    safe = {name: outcome.get(name) for name in _ALWAYS}
    if with_sides:
        return safe | {
            **{name: outcome.get(name) for name in _OF_SIDES},
            "rounds": _safe_rounds(outcome.get("rounds")),
            "grades": _safe_grades(outcome.get("grades")),
        }
    hidden: dict[str, Any] = dict.fromkeys(_OF_SIDES)
    for name in ("weights", "scores"):
        hidden[name] = {**outcome[name], **dict.fromkeys(SIDES)}
    hidden["panel"] = {rule: {**found, "detail": None} for rule, found in outcome["panel"].items()}
    # A finding that is left out keeps its place, so that pointers lead to the same one.
    kept = [one if one["kind"] in _JOINT_FINDINGS else None for one in outcome["findings"]]
    return safe | hidden | {"findings": kept}


def _safe_rounds(rounds: dict[str, Any] | None) -> dict[str, Any] | None:
    """Tell movement between rounds only where enough people of a side took part in both."""
    if rounds is None or not rounds["may_show"]:
        return None
    steps = [
        {
            "from": step["from"],
            "to": step["to"],
            **{
                side: {name: step[side][name] for name in ("people", "mean_points")}
                for side in SIDES
            },
        }
        for step in rounds["steps"]
        if all(step[side]["people"] >= FEWEST for side in SIDES)
    ]
    return {"after": rounds["after"], "steps": steps}


def _safe_grades(grades: dict[str, Any] | None) -> dict[str, Any] | None:
    """Tell grades only when enough people of both sides gave them."""
    if grades is None or any(count < FEWEST for count in grades["people"].values()):
        return None
    return grades


def _people(ballots: tuple[Ballot, ...]) -> dict[str, Any]:
    """Count who weighed; a number below five is not given, and whoever abstained is in none."""
    last = [one for one in latest(ballots) if not one.abstains]
    persons = Counter(one.side for one in last if one.kind == PERSON)
    others = Counter(one.side for one in last if one.kind != PERSON)
    third = sorted({one.side for one in last} - set(SIDES))
    total = sum(persons.values())
    institutions = [one.participant for one in last if one.kind == "institution"]
    has_enough = total >= FEWEST or (total == 0 and bool(institutions))
    return {
        "fewest": FEWEST,
        "all": total if has_enough else None,
        "sides": {side: _side(persons[side], others[side]) for side in (*SIDES, *third)},
        "third_parties": third,
        "institutions": institutions,
        "delegates": [
            {"side": one.side, "mandate": one.mandate} for one in last if one.kind == "delegate"
        ],
        "rounds": max(one.round for one in ballots),
    }


def _side(persons: int, others: int) -> dict[str, Any]:
    may_show = persons >= FEWEST or (persons == 0 and others > 0)
    return {"people": persons if may_show else None, "named": others, "may_show": may_show}


def _inputs(source: DossierSource, language: Language) -> dict[str, Any]:
    scenario, problem = source.scenario, source.scenario.problem
    weighed = {problem.framework.criteria[column].id for column in source.outcome.columns}
    grounds = Counter[str](cell.grounds for row in problem.cells for cell in row)
    return {
        "title": scenario.title[language],
        "note": scenario.note[language] if scenario.note else "",
        "ballots_note": scenario.ballots_note[language] if scenario.ballots_note else "",
        "neighbourhood": scenario.neighbourhood,
        "framework": problem.framework.title[language] if problem.framework.title else "",
        "options": [
            {
                "id": one.id,
                "label": one.label[language],
                "description": one.description[language],
            }
            for one in problem.alternatives
        ],
        "values": [
            {
                "id": one.id,
                "label": one.label[language],
                "description": one.description[language] if one.description else "",
            }
            for one in problem.framework.values
        ],
        "criteria": [
            {
                "id": one.id,
                "label": one.label[language],
                "value": one.value,
                "unit": one.unit,
                "worst": one.worst,
                "best": one.best,
                "is_weighed": one.id in weighed,
                "concerns": list(one.concerns),
                "description": one.description[language] if one.description else "",
                "worst_label": one.worst_label[language] if one.worst_label else "",
                "best_label": one.best_label[language] if one.best_label else "",
            }
            for one in problem.framework.criteria
        ],
        "requirements": [
            {
                "criterion": one.criterion,
                "limit": one.limit,
                "sense": one.sense,
                "source": one.source,
                "negotiable": one.negotiable,
                "label": one.label[language] if one.label else "",
            }
            for one in problem.framework.requirements
        ],
        "performances": [[_cell(cell) for cell in row] for row in problem.cells],
        "grounds": {name: grounds[name] for name in GROUNDS},
        "cells": sum(grounds.values()),
        "sources": [one.model_dump(mode="json") for one in problem.sources],
        "agreement": [
            {
                "subject": one.subject[language],
                "quantity": one.quantity,
                "ours": one.ours,
                "published": one.published,
                "share": one.share,
                "unit": one.unit,
                "source": one.source,
                "note": one.note[language],
            }
            for one in agreement_of(scenario)
        ],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "low": cell.low,
        "mid": cell.mid,
        "high": cell.high,
        "unit": cell.unit,
        "grounds": cell.grounds,
        "source": cell.source,
        "note": cell.note,
    }


def _variant(variant: ScoredVariant, language: Language) -> dict[str, Any]:
    scenario, result = variant.scenario, variant.result
    label = next(one.label for one in scenario.variants if one.id == scenario.variant)
    options, second = scenario.problem.alternatives, result.runner_up
    lead = None if second is None else float(result.joint[result.winner] - result.joint[second])
    return {
        "id": scenario.variant,
        "label": label[language],
        "winner": options[result.winner].id,
        "score": float(result.joint[result.winner]),
        "second": None if second is None else options[second].id,
        "margin": lead,
        "is_tied": bool(result.ties),
    }


def _trade_offs(outcome: Outcome) -> list[dict[str, Any]]:
    """Set the winner against the second and against the cheapest, each once."""
    result, cheapest = outcome.result, outcome.cost_only
    rivals: dict[int, str] = {}
    if result.runner_up is not None:
        rivals[result.runner_up] = "runner_up"
    if cheapest is not None and cheapest.ranking[0] != result.winner:
        rivals.setdefault(cheapest.ranking[0], "cheapest")
    return [trade_off(outcome, result.winner, rival, name) for rival, name in rivals.items()]


def _record(source: DossierSource) -> dict[str, Any]:
    """Give what was recorded; figures about fewer than five people without their number."""
    given: dict[str, Any] = source.record.model_dump(mode="json")
    for row in given["indicators"]:
        if row["people"] < FEWEST:
            row |= {"people": None, "value": None}
    given["acceptance"] = [row for row in given["acceptance"] if row["people"] >= FEWEST]
    votes = given["rules"]["votes"]
    if any(0 < row["of"] < FEWEST for row in votes):
        given["rules"]["votes"] = []
    return given
