"""The findings of an outcome, most important first."""

from __future__ import annotations

import numpy as np

from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.participation_facts import participation_findings
from waardeweging.deliberation.fairness import Obstacle
from waardeweging.deliberation.groups import OpinionGroups
from waardeweging.explanation.findings import (
    Finding,
    Names,
    cost_findings,
    dispute_findings,
    reason_findings,
    reference_finding,
    side_findings,
    table_findings,
    winner_findings,
)
from waardeweging.robustness.acceptability import SampledAcceptability
from waardeweging.scoring.requirements import Exclusion

_MOST_NUMBERS = 3


def outcome_findings(outcome: Outcome) -> tuple[Finding, ...]:
    """Say what can be said of an outcome.

    Parameters
    ----------
    outcome : Outcome
        Complete but for its findings.
    """
    names = Names(
        tuple(alternative.id for alternative in outcome.alternatives),
        tuple(criterion.id for criterion in outcome.criteria),
    )
    return (
        *_who_wins(outcome, names),
        *_how_firm(outcome, names),
        *_what_is_worth_knowing(outcome, names),
        *_who_differs(outcome, names),
        *participation_findings(outcome, names),
        *_what_to_know(outcome, names),
        Finding("advice"),
    )


def _who_wins(outcome: Outcome, names: Names) -> tuple[Finding, ...]:
    result = outcome.result
    found = [*winner_findings(names, result.joint, result.ranking, result.ties)]
    if outcome.reference is not None:
        found.append(reference_finding(names, result.joint, result.winner, outcome.reference))
    if result.runner_up is not None:
        found += reason_findings(names, result.contributions, result.winner, result.runner_up)
    found += side_findings(names, result.residents, result.municipality, result.eligible)
    if outcome.cost_only is not None:
        cheapest = outcome.cost_only.ranking[0]
        found += cost_findings(names, result.winner, cheapest, outcome.cost_only.basis)
        if cheapest not in (result.winner, result.runner_up):
            kinds = ("gains_over_cheapest", "losses_to_cheapest")
            found += reason_findings(names, result.contributions, result.winner, cheapest, kinds)
    found += (_limit_finding("excluded", item, names) for item in result.exclusions)
    return tuple(found)


def _limit_finding(kind: str, item: Exclusion, names: Names) -> Finding:
    return Finding(
        kind,
        (names.alternatives[item.alternative],),
        (item.requirement.criterion,),
        words={"sense": item.requirement.sense},
        numbers={"performance": item.performance, "limit": item.requirement.limit},
    )


def _how_firm(outcome: Outcome, names: Names) -> tuple[Finding, ...]:
    result, firm = outcome.result, outcome.firm
    winner = names.alternatives[result.winner]
    if result.runner_up is None:
        return ()
    if firm.flip is None:
        flip = Finding("flip_none", (winner,))
    elif firm.flip.giver is None or firm.flip.receiver is None:
        flip = Finding("flip_level", (winner, names.alternatives[firm.flip.rival]))
    else:
        flip = Finding(
            "flip",
            (winner, names.alternatives[firm.flip.rival]),
            (names.criteria[firm.flip.giver], names.criteria[firm.flip.receiver]),
            numbers={"points": firm.flip.points, "givers": len(firm.flip.moves)},
        )
    return (
        flip,
        Finding(
            "firm_weights",
            (winner,),
            words={"class": firm.by_weights.value},
            numbers=_sampled("share", firm.people, result.winner),
        ),
        Finding(
            "firm_bands",
            (winner,),
            words={"class": firm.with_bands.value},
            numbers=_sampled("share", firm.people_and_bands, result.winner),
        ),
    )


def _sampled(name: str, found: SampledAcceptability, option: int) -> dict[str, float]:
    """Give the share of draws that an option wins, with how far chance may have moved it."""
    return {
        name: float(found.winner_share[option]),
        f"{name}_margin": float(found.winner_margin[option]),
    }


def _what_is_worth_knowing(outcome: Outcome, names: Names) -> tuple[Finding, ...]:
    """Name the few numbers whose band could change the winner, the dearest first."""
    found = outcome.research
    if outcome.result.runner_up is None:
        return ()
    worth = np.where(found.in_band, found.of_cells, -1.0)
    order = np.argsort(-worth, axis=None, kind="stable")[:_MOST_NUMBERS]
    chosen = [divmod(int(place), worth.shape[1]) for place in order if worth.flat[place] > 0]
    if not chosen:
        return (Finding("research_none", (names.alternatives[outcome.result.winner],)),)
    return tuple(
        Finding(
            "research",
            (names.alternatives[row], names.alternatives[int(found.flips.next_winner[row])]),
            (names.criteria[column],),
            numbers={
                "performance": float(found.performances[row, column]),
                "gap": float(found.of_cells[row, column]),
            },
        )
        for row, column in chosen
    )


def _who_differs(outcome: Outcome, names: Names) -> tuple[Finding, ...]:
    result, agreement, weighing = outcome.result, outcome.agreement, outcome.weighing
    found: list[Finding] = []
    if result.runner_up is not None and agreement.dispute is not None:
        found += dispute_findings(
            names,
            weighing.residents - weighing.municipality,
            agreement.dispute.effects,
            result.winner,
            result.runner_up,
        )
    residents = int(weighing.on_side("residents").sum())
    municipality = int(weighing.on_side("municipality").sum())
    if 0 < weighing.share < 1:
        numbers = {
            "residents": residents,
            "officials": municipality,
            "ratio": round(residents * (1 - weighing.share) / (municipality * weighing.share), 9),
        }
        found.append(Finding("headcount", numbers=numbers))
    for change in agreement.strip.changes:
        found.append(
            Finding(
                "strip_change",
                (names.alternatives[change.previous], names.alternatives[change.next]),
                words={"of": "third"} if weighing.third_shares else {},
                numbers={"share": change.at},
            )
        )
    found.append(_panel_finding(outcome, names))
    found.append(_fairness_finding(outcome, names))
    for side, is_decisive in zip(("residents", "municipality"), agreement.decisive, strict=True):
        if is_decisive:
            found.append(Finding("decisive_side", words={"side": side}))
    found.append(Finding("one_person", words={"answer": "yes" if agreement.one_person else "no"}))
    if isinstance(agreement.groups, OpinionGroups):
        number = int(agreement.groups.labels.max()) + 1
        found.append(Finding("groups", numbers={"groups": number}))
    else:
        found.append(Finding("no_groups", words={"reason": agreement.groups.value}))
    return tuple(found)


def _fairness_finding(outcome: Outcome, names: Names) -> Finding:
    """Say whether the outcome may be called robustly fair, or what stands in the way."""
    fairness = outcome.agreement.fairness
    winner = (names.alternatives[outcome.result.winner],)
    if fairness.holds:
        return Finding("fair", winner)
    obstacles = [obstacle.value for obstacle in fairness.obstacles]
    alone = {Obstacle.NO_GRADES: "not_yet_fair", Obstacle.UNACCEPTABLE: "not_acceptable"}
    kind = alone[fairness.obstacles[-1]] if fairness.obstacles[0] in alone else "not_fair"
    return Finding(kind, winner, words={obstacle: obstacle for obstacle in obstacles})


def _panel_finding(outcome: Outcome, names: Names) -> Finding:
    panel, winner = outcome.agreement.panel, outcome.result.winner
    if panel.agrees:
        return Finding("panel_agrees", (names.alternatives[winner],))
    others = {
        rule: names.alternatives[result.winner]
        for rule, result in panel.rules.items()
        if result.winner != winner
    }
    return Finding(
        "panel_differs",
        (names.alternatives[winner], *dict.fromkeys(others.values())),
        words=others,
        numbers={"rules": len(panel.rules), "others": len(others)},
    )


def _what_to_know(outcome: Outcome, names: Names) -> tuple[Finding, ...]:
    result, weighing = outcome.result, outcome.weighing
    found = [*table_findings(names, result.values[result.eligible], weighing.joint)]
    found += (
        Finding("dominated", (names.alternatives[better], names.alternatives[worse]))
        for better, worse in result.dominated
    )
    found += (_limit_finding("at_risk", item, names) for item in result.at_risk)
    flagged = sum(bool(flags) for flags in weighing.flags)
    if flagged:
        found.append(
            Finding("flagged", numbers={"count": flagged, "people": len(weighing.participants)})
        )
    if weighing.abstained:
        found.append(Finding("abstained", numbers={"count": len(weighing.abstained)}))
    found += (
        Finding("third_share", words={"party": name}, numbers={"share": share})
        for name, share in weighing.third_shares
    )
    third = sorted(set(weighing.sides) - set(weighing.parties))
    if third:
        found.append(Finding("third_parties", words={"sides": ", ".join(third)}))
    everywhere = outcome.free.everywhere.winner_share
    if result.runner_up is not None:
        often = int(everywhere.argmax())
        found.append(
            Finding(
                "free",
                (names.alternatives[result.winner], names.alternatives[often]),
                words={"same": "same" if often == result.winner else "other"},
                numbers=_sampled("winner_share", outcome.free.everywhere, result.winner)
                | _sampled("often_share", outcome.free.everywhere, often),
            )
        )
    if outcome.recoded is not None and result.runner_up is not None:
        overtaken = outcome.recoded.verdict.overtaken_by
        kind = "recoding_matters" if overtaken else "recoding_safe"
        share = _sampled("winner_share", outcome.recoded.sampled, result.winner)
        winner = (names.alternatives[result.winner],)
        found.append(Finding(kind, winner, numbers=share))
    found.append(Finding("expert_share", numbers={"share": _expert_share(outcome)}))
    return tuple(found)


def _expert_share(outcome: Outcome) -> float:
    """Weigh how much of the joint scores rests on expert judgement, over the options."""
    cells = outcome.scenario.problem.cells
    expert = sum(
        outcome.weighing.joint[place] * (row[column].grounds == "expert")
        for row in cells
        for place, column in enumerate(outcome.columns)
    )
    return float(expert) / len(cells)
