"""Findings: what can be said of an outcome, as facts.

A finding names options, criteria and numbers by id. The sentence for it stands
in the catalog of each language, so that no fact is said differently on screen,
on the command line and in a dossier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from waardeweging.problem.arrays import BoolArray, FloatArray

# Correlation over the options above which two criteria may count one thing twice.
DOUBLE_COUNTING = 0.9
_MOST_REASONS = 3
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact about an outcome.

    Parameters
    ----------
    kind : str
        Key of its sentence.
    alternatives, criteria : tuple of str
        Ids, in the order in which the sentence uses them.
    words : dict of str to str
        Other ids, such as a side or a class.
    numbers : dict of str to float
        Plain numbers; the name tells the unit: ``points`` (of 100), ``share`` (0–1), …
    """

    kind: str
    alternatives: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """Ids of the options and of the weighed criteria, in the order of the arrays."""

    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]


def winner_findings(
    names: Names, scores: FloatArray, ranking: Sequence[int], ties: Sequence[int]
) -> tuple[Finding, ...]:
    """Say which option scores highest, by how much, and with which it is tied.

    Parameters
    ----------
    names : Names
    scores : array, shape (n_alternatives,)
        Joint scores. [0–1]
    ranking : sequence of int
        Eligible options, best first.
    ties : sequence of int
        Options within the tie margin of the best.
    """
    winner = ranking[0]
    best = names.alternatives[winner]
    if len(ranking) == 1:
        return (Finding("only_option", (best,), numbers={"score": float(scores[winner])}),)
    second = ranking[1]
    margin = float(scores[winner] - scores[second])
    first = Finding(
        "winner",
        (best, names.alternatives[second]),
        numbers={"score": float(scores[winner]), "margin": margin},
    )
    if not ties:
        return (first,)
    tied = tuple(names.alternatives[index] for index in ranking if index in (winner, *ties))
    return (first, Finding("tie", tied, numbers={"count": len(tied)}))


def reference_finding(names: Names, scores: FloatArray, winner: int, reference: int) -> Finding:
    """Say how the best option stands against the measure, which is never a choice itself."""
    gap = float(scores[winner] - scores[reference])
    than = "level" if abs(gap) <= _ROUNDING else "more" if gap > 0 else "less"
    pair = (names.alternatives[winner], names.alternatives[reference])
    return Finding("reference", pair, words={"than": than}, numbers={"gap": abs(gap)})


def reason_findings(
    names: Names,
    contributions: FloatArray,
    winner: int,
    rival: int,
    kinds: tuple[str, str] = ("gains", "losses"),
) -> tuple[Finding, ...]:
    """Say on which criteria the winner gains on a rival, and on which it loses.

    Parameters
    ----------
    names : Names
    contributions : array, shape (n_alternatives, n_criteria)
        Weight × value. The differences of a pair sum to the difference in score.
    winner, rival : int
    kinds : (str, str)
        Kinds of the two findings.
    """
    gaps = contributions[winner] - contributions[rival]
    pair = (names.alternatives[winner], names.alternatives[rival])
    order = np.argsort(-np.abs(gaps), kind="stable")
    found = []
    for kind, sign in zip(kinds, (1, -1), strict=True):
        chosen = [index for index in order if sign * gaps[index] > 0][:_MOST_REASONS]
        if chosen:
            found.append(
                Finding(
                    kind,
                    pair,
                    tuple(names.criteria[index] for index in chosen),
                    numbers={"gap": float(gaps[gaps * sign > 0].sum())},
                )
            )
    return tuple(found)


def side_findings(
    names: Names, residents: FloatArray, municipality: FloatArray, eligible: BoolArray
) -> tuple[Finding, ...]:
    """Say whether both sides put the same option first."""
    firsts = tuple(
        names.alternatives[int(np.where(eligible, scores, -1.0).argmax())]
        for scores in (residents, municipality)
    )
    if firsts[0] == firsts[1]:
        return (Finding("sides_same", firsts[:1]),)
    return (Finding("sides_differ", firsts),)


def cost_findings(names: Names, winner: int, cheapest: int, basis: str) -> tuple[Finding, ...]:
    """Say whether costs alone would have chosen another option.

    Parameters
    ----------
    basis : str
        ``national`` (societal cost) or ``weighed`` (all criteria of the cost value).
    """
    kind = "cost_same" if winner == cheapest else "cost_differs"
    pair = (names.alternatives[winner], names.alternatives[cheapest])
    return (Finding(f"{kind}_{basis}", pair),)


def dispute_findings(
    names: Names,
    gaps: FloatArray,
    effects: FloatArray,
    winner: int,
    rival: int,
) -> tuple[Finding, ...]:
    """Say on which criterion the sides differ most, and which difference matters most.

    Parameters
    ----------
    gaps : array, shape (n_criteria,)
        Mean weight of the residents minus that of the municipality.
    effects : array, shape (n_criteria,)
        What each difference adds to the gap between winner and rival.
    """
    if not np.abs(gaps).max() > 0:
        return (Finding("no_dispute"),)
    widest = int(np.abs(gaps).argmax())
    decisive = int(np.abs(effects).argmax())
    pair = (names.alternatives[winner], names.alternatives[rival])
    return (
        Finding(
            "widest_gap",
            criteria=(names.criteria[widest],),
            words={"side": "residents" if gaps[widest] > 0 else "municipality"},
            numbers={"points": 100 * abs(float(gaps[widest]))},
        ),
        Finding(
            "decisive_gap",
            pair,
            (names.criteria[decisive],),
            numbers={"gap": abs(float(effects[decisive]))},
        ),
    )


def table_findings(names: Names, values: FloatArray, weights: FloatArray) -> tuple[Finding, ...]:
    """Warn of criteria that count one thing twice, or that do not tell options apart.

    Parameters
    ----------
    values : array, shape (n_alternatives, n_criteria)
        Value scores of the eligible options. [0–1]
    weights : array, shape (n_criteria,)
        Joint weights; a criterion without weight is left out.
    """
    spread = np.ptp(values, axis=0)
    flat = tuple(names.criteria[j] for j in np.flatnonzero((spread == 0) & (weights > 0)))
    found = [Finding("all_equal", criteria=flat, numbers={"count": len(flat)})] if flat else []
    varied = [j for j in np.flatnonzero(weights > 0) if spread[j] > 0]
    # Two or three options lie on a line too easily to say anything.
    if len(values) >= 4 and len(varied) >= 2:
        correlation = np.asarray(np.corrcoef(values[:, varied].T))
        for row, column in np.argwhere(np.triu(correlation, 1) > DOUBLE_COUNTING):
            found.append(
                Finding(
                    "double_counting",
                    criteria=(names.criteria[varied[row]], names.criteria[varied[column]]),
                    numbers={"correlation": float(correlation[row, column])},
                )
            )
    return tuple(found)
