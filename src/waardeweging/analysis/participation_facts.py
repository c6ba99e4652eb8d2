"""Findings about who took part: on whose behalf, how they grade, move and represent others."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.representation import (
    Representation,
    least_alike,
    match,
    widest_category,
)
from waardeweging.analysis.rounds import Rounds
from waardeweging.elicitation.ballots import DELEGATE, INSTITUTION, MUNICIPALITY, PERSON, SIDES
from waardeweging.elicitation.population import REST
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.elicitation.weighing import Weighing
from waardeweging.explanation.findings import Finding, Names

# Spread within the sides that changed less than this part stayed the same in words.
_SAME_SPREAD = 0.05


def participation_findings(outcome: Outcome, names: Names) -> tuple[Finding, ...]:
    """Say what participants gave beside their weights, as far as they gave any.

    Parameters
    ----------
    outcome : Outcome
        Complete but for its findings.
    names : Names
    """
    found = [*_grades(outcome, names), *_beside(outcome, names)]
    if outcome.rounds is not None:
        found += _rounds(outcome, outcome.rounds, names)
    if outcome.representation is not None:
        found += _representation(outcome, outcome.representation, names)
    return (*found, *_mandates(outcome.weighing))


def _grades(outcome: Outcome, names: Names) -> Iterable[Finding]:
    given, winner = outcome.graded, outcome.result.winner
    if given is None:
        return
    of_sides = zip(SIDES, (given.majority_residents, given.majority_municipality), strict=True)
    words = {
        side: "grade_none" if grades[winner] is None else f"grade_{grades[winner]}"
        for side, grades in of_sides
    }
    yield Finding("grades", (names.alternatives[winner],), words=words)


def _beside(outcome: Outcome, names: Names) -> Iterable[Finding]:
    beside, winner = outcome.beside, outcome.result.winner
    if beside is None or outcome.result.runner_up is None:
        return
    others = {
        rule: names.alternatives[choice]
        for rule, choice in beside.winners.items()
        if choice != winner
    }
    if others:
        yield Finding(
            "beside_differs",
            (names.alternatives[winner], *dict.fromkeys(others.values())),
            words=others,
            numbers={"rules": len(beside.winners), "others": len(others)},
        )
    else:
        yield Finding("beside_agrees", (names.alternatives[winner],))
    if beside.bargain is not None and not beside.bargain.agreed:
        yield Finding("no_bargain", (names.alternatives[beside.bargain.winner],))


def _rounds(outcome: Outcome, rounds: Rounds, names: Names) -> Iterable[Finding]:
    if not rounds.may_show or len(rounds.results) < 2:
        yield Finding("rounds_hidden", numbers={"least": FEWEST})
        return
    first, last = rounds.results[0], rounds.results[-1]
    pair = (names.alternatives[last.winner], names.alternatives[first.winner])
    same = "same" if last.winner == first.winner else "other"
    yield Finding("rounds_winner", pair, words={"same": same}, numbers={"round": first.number})
    yield Finding(
        "rounds_gap",
        numbers={
            "round": last.number,
            "points_before": first.points_to_move,
            "points_after": last.points_to_move,
        },
    )
    if not rounds.steps:
        return
    step = rounds.steps[-1]
    if step.residents.mean_points is not None and step.municipality.mean_points is not None:
        yield Finding(
            "rounds_moved",
            numbers={
                "residents_points": step.residents.mean_points,
                "municipality_points": step.municipality.mean_points,
            },
        )
    if step.contraction is not None:
        change = step.contraction - 1
        how = "same" if abs(change) < _SAME_SPREAD else "closer" if change < 0 else "wider"
        yield Finding("rounds_spread", words={"how": how}, numbers={"factor": step.contraction})
    if step.still_share is not None:
        yield Finding(
            "rounds_stop",
            words={"stop": "stop" if step.stops else "go_on"},
            numbers={
                "still_share": step.still_share,
                "points": outcome.scenario.stop_rule.still_points,
            },
        )


def _representation(outcome: Outcome, found: Representation, names: Names) -> Iterable[Finding]:
    least = least_alike(found)
    if least is None or least.took_part is None:
        yield Finding("composition_hidden", numbers={"least": FEWEST})
    else:
        missed = least.took_part.categories[widest_category(least.took_part)]
        kind = "composition" if missed != REST else "composition_rest"
        yield Finding(
            kind,
            words={"attribute": least.name, "category": missed},
            numbers={"match": float(match(least) or 0.0)},
        )
    if found.reweighted is None:
        reasons = {reason: reason for reason in found.raking.reasons}
        yield Finding("not_raked", words=reasons)
        return
    winner = outcome.result.winner
    kind = "raked_same" if found.reweighted.winner == winner else "raked_differs"
    pair = (names.alternatives[winner], names.alternatives[found.reweighted.winner])
    effective = found.people / found.raking.design_effect
    yield Finding(kind, pair, numbers={"people": found.people, "effective": effective})


def _mandates(weighing: Weighing) -> Iterable[Finding]:
    institutions = weighing.of_kind(INSTITUTION)
    if institutions.any():
        named = [weighing.participants[place] for place in np.flatnonzero(institutions)]
        yield Finding(
            "institutions", words={"names": ", ".join(named)}, numbers={"count": len(named)}
        )
    for side in SIDES:
        mine = weighing.on_side(side)
        persons = int((mine & weighing.of_kind(PERSON)).sum())
        if (mine & institutions).any() and persons >= FEWEST:
            yield Finding("institution_not_needed", words={"side": side})
    delegates = weighing.of_kind(DELEGATE)
    if delegates.any():
        mandates = [weighing.mandates[place] for place in np.flatnonzero(delegates)]
        yield Finding(
            "delegates",
            words={"mandates": "; ".join(dict.fromkeys(mandates))},
            numbers={"count": len(mandates)},
        )
    departments = {
        name
        for name, is_there in zip(weighing.departments, weighing.on_side(MUNICIPALITY), strict=True)
        if is_there and name
    }
    if len(departments) > 1:
        how = "apart" if weighing.by_department else "pooled"
        yield Finding("departments", words={"how": how}, numbers={"departments": len(departments)})
