"""The part of an outcome's plain data about people: grades, rounds, composition, mandates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.representation import Attribute
from waardeweging.analysis.rounds import SideMovement
from waardeweging.elicitation.ballots import DELEGATE, KINDS, SIDES
from waardeweging.elicitation.grades import WORDS
from waardeweging.elicitation.population import REST
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.problem.arrays import FloatArray


def participation_json(outcome: Outcome) -> dict[str, Any]:
    """Give what people gave beside their weights as dictionaries, lists and plain numbers.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    dict
        ``grades``, ``rounds``, ``representativeness``, ``analyst_rules`` and
        ``participation``; None where there is nothing of the kind.
    """
    return {
        "grades": _grades(outcome),
        "rounds": _rounds(outcome),
        "representativeness": _representativeness(outcome),
        "analyst_rules": _analyst_rules(outcome),
        "participation": _participation(outcome),
    }


def _grades(outcome: Outcome) -> dict[str, Any] | None:
    given = outcome.graded
    if given is None:
        return None
    return {
        "scale": [words[0] for words in WORDS],
        "people": dict(zip(SIDES, given.people, strict=True)),
        "majority": {
            "residents": list(given.majority_residents),
            "municipality": list(given.majority_municipality),
        },
        "lowest": list(given.lowest),
    }


def _rounds(outcome: Outcome) -> dict[str, Any] | None:
    found, rule = outcome.rounds, outcome.scenario.stop_rule
    if found is None:
        return None
    return {
        "may_show": found.may_show,
        "after": [
            {
                "round": one.number,
                "weights": {
                    "residents": _plain(one.residents),
                    "municipality": _plain(one.municipality),
                    "joint": _plain(one.joint),
                },
                "scores": _plain(one.scores),
                "winner": _id(outcome, one.winner),
                "points_to_move": one.points_to_move,
            }
            for one in found.results
            if found.may_show
        ],
        "steps": [
            {
                "from": step.before,
                "to": step.after,
                "residents": _movement(step.residents),
                "municipality": _movement(step.municipality),
                "still_share": step.still_share,
                "contraction": step.contraction,
                "stops": step.stops,
            }
            for step in found.steps
        ],
        "stop_rule": {
            "still_points": rule.still_points,
            "still_share": rule.still_share,
            "last_round": rule.last_round,
        },
    }


def _movement(found: SideMovement) -> dict[str, Any]:
    return {
        "people": found.people,
        "mean_points": found.mean_points,
        "still_share": found.still_share,
        "crossed": found.crossed,
    }


def _representativeness(outcome: Outcome) -> dict[str, Any] | None:
    found = outcome.representation
    if found is None:
        return None
    raked, raking = found.reweighted, found.raking
    return {
        "people": found.people,
        "attributes": [_attribute(one) for one in found.attributes],
        "refused": list(raking.reasons),
        "design_effect": None if raked is None else raking.design_effect,
        "trimmed": None if raked is None else raking.trimmed,
        "gap": None if raked is None else raking.gap,
        "unraked": {
            "residents": _plain(outcome.weighing.residents),
            "joint": _plain(outcome.weighing.joint),
            "scores": _plain(outcome.result.joint),
            "winner": _id(outcome, outcome.result.winner),
        },
        "raked": None
        if raked is None
        else {
            "residents": _plain(raked.residents),
            "joint": _plain(raked.joint),
            "scores": _plain(raked.scores),
            "winner": _id(outcome, raked.winner),
        },
    }


def _attribute(one: Attribute) -> dict[str, Any]:
    shown, weighted = one.took_part, one.weighted
    if shown is None:
        return {"attribute": one.name, "match": None, "unknown": None, "categories": []}
    after = [None] * len(shown.categories) if weighted is None else _plain(weighted.shares)
    return {
        "attribute": one.name,
        "match": shown.match,
        "unknown": shown.unknown if shown.unknown >= FEWEST or not shown.unknown else None,
        "categories": [
            {
                "category": None if category == REST else category,
                "took_part": float(share),
                "population": float(target),
                "weighted": reached,
            }
            for category, share, target, reached in zip(
                shown.categories, shown.shares, shown.targets, after, strict=True
            )
        ],
    }


def _analyst_rules(outcome: Outcome) -> dict[str, Any] | None:
    beside = outcome.beside
    if beside is None:
        return None
    bargain = beside.bargain
    return {
        "nash": None
        if bargain is None
        else {
            "fallback": outcome.scenario.fallback,
            "winner": _id(outcome, bargain.winner),
            "agreed": bargain.agreed,
            "gains": {
                side: _plain(row)
                for side, row in zip(outcome.weighing.parties, bargain.gains, strict=True)
            },
            "product": _plain(bargain.product),
        },
        "p_norm": [
            {
                "power": None if np.isinf(norm.power) else norm.power,
                "winner": _id(outcome, norm.winner),
                "losses": _spread(norm.losses, outcome),
            }
            for norm in beside.norms
        ],
        "phantom_median": {
            "winner": _id(outcome, beside.phantoms.winner),
            "weights": _plain(beside.phantoms.weights),
            "scores": _plain(beside.phantoms.scores),
        },
        "agrees": set(beside.winners.values()) == {outcome.result.winner},
    }


def _participation(outcome: Outcome) -> dict[str, Any]:
    weighing = outcome.weighing
    sides = dict.fromkeys((*SIDES, *weighing.sides))
    counts = {
        side: {kind: int((weighing.on_side(side) & weighing.of_kind(kind)).sum()) for kind in KINDS}
        for side in sides
    }
    mandates = [
        mandate
        for kind, mandate in zip(weighing.kinds, weighing.mandates, strict=True)
        if kind == DELEGATE
    ]
    return {"sides": counts, "mandates": mandates, "by_department": weighing.by_department}


def _spread(of_eligible: FloatArray, outcome: Outcome) -> list[float | None]:
    """Give numbers of eligible options a place among all options."""
    numbers = iter(_plain(of_eligible))
    return [next(numbers) if is_in else None for is_in in outcome.result.eligible]


def _plain(values: FloatArray) -> Sequence[Any]:
    # Adding nought makes −0 an ordinary 0.
    return list((values + 0.0).tolist())


def _id(outcome: Outcome, position: int) -> str:
    return outcome.alternatives[position].id
