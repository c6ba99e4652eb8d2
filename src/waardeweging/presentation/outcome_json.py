"""An outcome as plain data for other programs: the keys that the reference promises.

Lists over criteria and options keep the order of `criteria` and `alternatives`.
Numbers are unrounded and the same outcome gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from waardeweging import __version__
from waardeweging.analysis.outcome import Outcome
from waardeweging.deliberation.groups import NoGroups
from waardeweging.elicitation.ballots import SIDES
from waardeweging.elicitation.privacy import FEWEST as FEWEST
from waardeweging.explanation.findings import Finding
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.comparing_json import comparing_json
from waardeweging.presentation.participation_json import participation_json
from waardeweging.presentation.sentences import criteria_of, finding_text, labels_of
from waardeweging.robustness.acceptability import SampledAcceptability
from waardeweging.robustness.smooth_spread import NoSmoothFit
from waardeweging.robustness.stability import Bound
from waardeweging.scoring.additive import additive_scores
from waardeweging.scoring.requirements import Exclusion

# Words that files promise to their readers, whatever the language on screen.
DISPUTE_CLASSES = {
    "agree": "eens",
    "sides_differ": "kanten verschillen",
    "split_within": "verdeeld binnen een kant",
    "both": "beide",
}


def dump(outcome: Outcome, language: Language) -> str:
    """Write an outcome as JSON text; sentences are in `language`."""
    return json.dumps(
        outcome_json(outcome, language), ensure_ascii=False, allow_nan=False, indent=2
    )


def outcome_json(outcome: Outcome, language: Language) -> dict[str, Any]:
    """Give an outcome as dictionaries, lists, texts and plain numbers.

    Parameters
    ----------
    outcome : Outcome
    language : str
        Of the sentences and labels; ids and classes do not depend on it.
    """
    return (
        _what(outcome, language)
        | _how_good(outcome, language)
        | {"third_parties": _third_parties(outcome)}
        | _how_equal(outcome)
        | _how_firm(outcome)
        | _how_agreed(outcome)
        | _what_is_behind(outcome)
        | participation_json(outcome)
        | comparing_json(outcome)
        | {
            "findings": [_finding(one, outcome, language) for one in outcome.findings],
            "crosscheck": _crosscheck(outcome),
            "provenance": _provenance(outcome),
        }
    )


def _what(outcome: Outcome, language: Language) -> dict[str, Any]:
    scenario = outcome.scenario
    return {
        "scenario": scenario.id,
        "title": scenario.title[language],
        "variant": scenario.variant,
        "perspective": scenario.perspective,
        "lambda": float(scenario.share),
        "shares": outcome.weighing.shares,
        "tie_margin": float(scenario.tie_margin),
        "alternatives": _ids(outcome, range(len(outcome.alternatives))),
        "reference": None if outcome.reference is None else _id(outcome, outcome.reference),
        "criteria": [criterion.id for criterion in outcome.criteria],
        "labels": {
            "alternatives": {one.id: one.label[language] for one in outcome.alternatives},
            "criteria": {one.id: one.label[language] for one in outcome.criteria},
        },
        "overrides": [one.model_dump() for one in scenario.problem.framework.overrides],
    }


def _how_good(outcome: Outcome, language: Language) -> dict[str, Any]:
    result, weighing = outcome.result, outcome.weighing
    return {
        "value_scores": _plain(result.values),
        "weights": {
            "residents": _plain(weighing.residents),
            "municipality": _plain(weighing.municipality),
            "joint": _plain(weighing.joint),
        },
        "contributions": _plain(result.contributions),
        "scores": {
            "residents": _plain(result.residents),
            "municipality": _plain(result.municipality),
            "joint": _plain(result.joint),
        },
        "excluded": [_excluded(one, "excluded", outcome, language) for one in result.exclusions],
        "at_risk": [_excluded(one, "at_risk", outcome, language) for one in result.at_risk],
        "ranking": _ids(outcome, result.ranking),
        "winner": _id(outcome, result.winner),
        "ties": _ids(outcome, result.ties),
        "dominated": [_ids(outcome, pair) for pair in result.dominated],
        "cost_only": None
        if outcome.cost_only is None
        else {
            "basis": outcome.cost_only.basis,
            "ranking": _ids(outcome, outcome.cost_only.ranking),
        },
    }


def _third_parties(outcome: Outcome) -> dict[str, Any]:
    """Give what stands elsewhere of both sides, for every third party with a share."""
    weighing, influence = outcome.weighing, outcome.agreement.influence
    scores = additive_scores(outcome.result.values, weighing.party_weights)
    return {
        name: {
            "weights": _plain(weighing.party_weights[place]),
            "scores": _plain(scores[place]),
            "influence": None if influence is None else float(influence.groups[place]),
        }
        for place, name in enumerate(weighing.parties)
        if name not in SIDES
    }


def _how_equal(outcome: Outcome) -> dict[str, Any]:
    strip, panel = outcome.agreement.strip, outcome.agreement.panel
    return {
        "equality_strip": {
            "winner_at_0": _id(outcome, strip.winner_at_0),
            "winner_at_1": _id(outcome, strip.winner_at_1),
            "changes": [
                {
                    "lambda": float(change.at),
                    "from": _id(outcome, change.previous),
                    "to": _id(outcome, change.next),
                }
                for change in strip.changes
            ],
            "headcount_lambda": float(strip.headcount_share),
        },
        "panel": {
            rule: {
                "winner": _id(outcome, one.winner),
                "detail": _plain(one.detail),
                "tied": _ids(outcome, one.tied),
                "reason": one.reason,
            }
            for rule, one in panel.rules.items()
        },
        "panel_agrees": bool(panel.agrees),
    }


def _how_firm(outcome: Outcome) -> dict[str, Any]:
    firm = outcome.firm
    return {
        "points_to_flip": _flip(outcome),
        "stability": [
            {
                "criterion": criterion.id,
                "low": _weight(interval.low),
                "high": _weight(interval.high),
                "low_rival": _rival(outcome, interval.low),
                "high_rival": _rival(outcome, interval.high),
            }
            for criterion, interval in zip(outcome.criteria, firm.stability, strict=True)
        ],
        "acceptability": _plain(firm.acceptability),
        "acceptability_error": _plain(firm.acceptability_error),
        "bootstrap_winner_share": _plain(firm.people.winner_share),
        "bootstrap_winner_share_error": _plain(firm.people.winner_error),
        "uncertain_winner_share": _plain(firm.people_and_bands.winner_share),
        "uncertain_winner_share_error": _plain(firm.people_and_bands.winner_error),
        "place_shares": {
            "people": _sampled(firm.people),
            "people_and_bands": _sampled(firm.people_and_bands),
        },
        "robustness": firm.by_weights.value,
        "robustness_with_bands": firm.with_bands.value,
    }


def _how_agreed(outcome: Outcome) -> dict[str, Any]:
    agreement, weighing = outcome.agreement, outcome.weighing
    dispute, influence = agreement.dispute, agreement.influence
    effects = [None] * len(outcome.criteria) if dispute is None else _plain(dispute.effects)
    return {
        "dispute": {
            "points_to_move": float(agreement.points_to_move),
            "mean_pairwise_points": float(agreement.mean_pairwise_points),
            "eta_squared": float(agreement.spread.eta_squared),
            "kendall_w": agreement.concordance,
            "criteria": [
                {
                    "criterion": criterion.id,
                    "residents": float(weighing.residents[j]),
                    "municipality": float(weighing.municipality[j]),
                    "class": DISPUTE_CLASSES[agreement.criteria.classes[j].value],
                    "effect": effects[j],
                }
                for j, criterion in enumerate(outcome.criteria)
            ],
        },
        "influence": None
        if influence is None
        else {
            "equal_weights_margin": float(influence.equal_weights_margin),
            "residents": float(influence.groups[0]),
            "municipality": float(influence.groups[1]),
            "total": float(influence.total),
        },
    }


def _what_is_behind(outcome: Outcome) -> dict[str, Any]:
    """Give what analysts ask: numbers worth researching, all weights, supporters, for whom."""
    research, supporters, agreement = outcome.research, outcome.supporters, outcome.agreement
    found = agreement.groups
    return {
        "research": {
            "flip_value_scores": _masked(research.flips.needed, research.flips.reachable),
            "flip_performances": _masked(research.performances, research.is_possible),
            "in_band": research.in_band.tolist(),
            "gain_of_criteria": _plain(research.of_criteria),
            "gain_of_cells": _plain(research.of_cells),
            "gain_of_everything": float(research.of_everything),
            "gain_of_criteria_error": _plain(research.of_criteria_error),
            "gain_of_cells_error": _plain(research.of_cells_error),
            "gain_of_everything_error": float(research.of_everything_error),
        },
        "all_weights": _sampled(outcome.free.everywhere),
        "weights_in_order": None
        if outcome.free.in_order is None
        else _sampled(outcome.free.in_order),
        "all_weights_exact": None if outcome.free.exact is None else _plain(outcome.free.exact),
        "recoding": None
        if outcome.recoded is None
        else {
            "overtaken_by": _ids(outcome, outcome.recoded.verdict.overtaken_by),
            **_sampled(outcome.recoded.sampled),
        },
        "smooth_acceptability": outcome.smooth.value
        if isinstance(outcome.smooth, NoSmoothFit)
        else _plain(outcome.smooth.acceptability),
        "smooth_acceptability_error": None
        if isinstance(outcome.smooth, NoSmoothFit)
        else _plain(outcome.smooth.errors),
        "supporters": [
            {
                "alternative": option.id,
                "number": int(number) if number >= FEWEST or number == 0 else None,
                "central_weights": _plain(weights) if number >= FEWEST else None,
                "confidence": float(confidence) if number >= FEWEST else None,
                "confidence_error": float(error) if number >= FEWEST else None,
            }
            for option, number, weights, confidence, error in zip(
                outcome.alternatives,
                supporters.number,
                supporters.central.weights,
                supporters.confidence,
                supporters.confidence_error,
                strict=True,
            )
        ],
        "for_whom": {
            party: {"weight": float(weight), "scores": _plain(scores)}
            for party, weight, scores in zip(
                outcome.for_whom.parties,
                outcome.for_whom.weight,
                outcome.for_whom.scores,
                strict=True,
            )
        },
        "value_for_whom": {
            "parties": list(outcome.for_whom.parties),
            "contributions": _plain(outcome.for_whom.contributions),
            "rest": _plain(outcome.for_whom.rest),
        },
        "equality": {
            "one_person_can_flip": agreement.one_person,
            "residents_decisive": agreement.decisive[0],
            "municipality_decisive": agreement.decisive[1],
            "robustly_fair": agreement.fairness.holds,
            "obstacles": [obstacle.value for obstacle in agreement.fairness.obstacles],
            "side_p_value": float(agreement.p_value),
            "groups": found.value
            if isinstance(found, NoGroups)
            else np.bincount(found.labels).tolist(),
        },
    }


def _masked(values: np.ndarray[Any, Any], known: np.ndarray[Any, Any]) -> list[list[float | None]]:
    return [
        [float(x) if is_known else None for x, is_known in zip(row, row_known, strict=True)]
        for row, row_known in zip(values, known, strict=True)
    ]


def _flip(outcome: Outcome) -> dict[str, Any] | None:
    flip = outcome.firm.flip
    if flip is None:
        return None
    ids = [criterion.id for criterion in outcome.criteria]
    return {
        "points": float(flip.points),
        "rival": _id(outcome, flip.rival),
        "from": None if flip.giver is None else ids[flip.giver],
        "to": None if flip.receiver is None else ids[flip.receiver],
        "moves": [{"from": ids[j], "points": float(moved)} for j, moved in flip.moves],
        "weights": _plain(flip.weights),
    }


def _crosscheck(outcome: Outcome) -> list[dict[str, Any]]:
    return [
        {
            "method": check.method,
            "winner": None if check.winner is None else _id(outcome, check.winner),
            "rank_correlation": check.rank_correlation,
            "reason": check.reason,
        }
        for check in outcome.crosscheck
    ]


def _excluded(one: Exclusion, kind: str, outcome: Outcome, language: Language) -> dict[str, Any]:
    requirement, option = one.requirement, _id(outcome, one.alternative)
    fact = Finding(
        kind,
        (option,),
        (requirement.criterion,),
        {"sense": requirement.sense},
        {"performance": one.performance, "limit": requirement.limit},
    )
    return {
        "alternative": option,
        "requirement": requirement.id or requirement.criterion,
        "reason": finding_text(fact, labels_of(outcome), language, criteria_of(outcome)),
        "criterion": requirement.criterion,
        "performance": float(one.performance),
        "limit": float(requirement.limit),
        "sense": requirement.sense,
    }


def _finding(one: Finding, outcome: Outcome, language: Language) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "alternatives": list(one.alternatives),
        "criteria": list(one.criteria),
        "words": dict(one.words),
        "numbers": {name: float(x) for name, x in one.numbers.items()},
        "text": finding_text(one, labels_of(outcome), language, criteria_of(outcome)),
    }


def _provenance(outcome: Outcome) -> dict[str, Any]:
    scenario = outcome.scenario
    return {
        "version": __version__,
        "seed": int(scenario.seed),
        "draws": int(scenario.draws),
        "input_sha256": scenario.input_sha256,
    }


def _id(outcome: Outcome, position: int) -> str:
    return outcome.alternatives[position].id


def _ids(outcome: Outcome, positions: Sequence[int]) -> list[str]:
    return [_id(outcome, position) for position in positions]


def _weight(bound: Bound | None) -> float | None:
    return None if bound is None else float(bound.weight)


def _rival(outcome: Outcome, bound: Bound | None) -> str | None:
    return None if bound is None else _id(outcome, bound.rival)


def _sampled(sampled: SampledAcceptability) -> dict[str, Any]:
    return {
        "shares": _plain(sampled.shares),
        "errors": _plain(sampled.errors),
        "draws": int(sampled.draws),
    }


def _plain(values: object) -> Any:
    """Give nested lists of plain floats; None stays, and −0 becomes 0."""
    if isinstance(values, np.ndarray):
        return _plain(values.tolist())
    if isinstance(values, list | tuple):
        return [_plain(one) for one in values]
    return None if values is None else float(cast(float, values)) + 0.0
