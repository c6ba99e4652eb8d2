"""Indicators that follow from the log of a project, as it stood on some day."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from waardeweging.elicitation.ballots import SIDES
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders
from waardeweging.process.project.indicator_rows import Cell
from waardeweging.process.project.inputs import response_days
from waardeweging.process.project.rules import rules_of_evening
from waardeweging.process.project.state import Input, Project

DISPUTED = 5
"""From how far apart the sides' weights are, a criterion is disputed. [points of 100]"""

_HALF = 0.5


def steps_of_weight(state: Project, *, weighed: bool) -> Cell:
    """Say how far equal weight got.

    Parameters
    ----------
    state : Project
    weighed : bool
        Whether the results of both sides of some session are known, so that a dossier can
        show who wins at every other share as well.

    Returns
    -------
    Cell
        0 no rule about the share; 1 proposed; 2 agreed by a majority of each side; 3 and it
        gives each side half; 4 and it was frozen and the results of both sides are there.
        [0–4]
    """
    adopted = [rule for rule in state.adopted if rule.subject == "share"]
    return _climbed(
        any(rule.suggested.subject == "share" for rule in state.rules.values()),
        bool(adopted),
        rules_of_evening(state).share == _HALF,
        state.is_frozen and weighed,
    )


def steps_of_say(state: Project, side: str) -> Cell:
    """Say how far a side has a say over the rules.

    Returns
    -------
    Cell
        0 nothing; 1 it proposed a rule or voted; 2 it did both; 3 and one of its rules was
        adopted; 4 and the rules were frozen, so that nobody can change them alone. [0–4]
    """
    votes = [rule.votes for rule in state.rules.values()]
    votes += [found for _, found in state.sheet_votes.values()]
    has_voted = any(side in found.of for found in votes)
    own = [rule for rule in state.rules.values() if rule.suggested.side == side]
    return _climbed(
        has_voted or bool(own),
        has_voted and bool(own),
        any(rule.adopted_at is not None for rule in own),
        state.is_frozen,
    )


def adopted_share(state: Project, side: str) -> Cell:
    """Give which part of the rules that a side proposed was adopted, 0 to 1."""
    own = [rule for rule in state.rules.values() if rule.suggested.side == side]
    return _share([rule.adopted_at is not None for rule in own])


def promised_rung(state: Project) -> Cell:
    """Give the rung of participation that the sheets promise; the lowest when there are more.

    Returns
    -------
    Cell
        1 inform, 2 consult, 3 advise, 4 make together, 5 decide together. [1–5]
    """
    said = [
        e.RUNGS.index(line.value) + 1
        for line in kaders.in_force(state)
        if line.topic == "promise" and line.value in e.RUNGS
    ]
    return Cell.known(min(said)) if said else Cell(missing="no_cases")


def reasoned_share(state: Project) -> Cell:
    """Give which part of the decisions has a reason, the argument that lost, owner and day."""
    taken = state.decisions.values()
    return _share([all((one.reason, one.losing.strip(), one.owner, one.day)) for one in taken])


def answered_share(state: Project, side: str) -> Cell:
    """Give which part of what a side brought in has an answer, 0 to 1."""
    return _share([one.answered is not None for one in _inputs(state, side)])


def answer_days(state: Project, side: str) -> Cell:
    """Give how many days the middle one of a side's answers took; what waits is not in it."""
    days = [found for one in _inputs(state, side) if (found := response_days(one)) is not None]
    return Cell.known(median(days), len(days)) if days else Cell(missing="no_cases")


def steps_of_facilitation(state: Project, day: str) -> Cell:
    """Say how independent the talks are led.

    Returns
    -------
    Cell
        0 nobody leads them now; 1 somebody does; 2 and both sides chose; 3 and that is
        somebody independent; 4 and until after the last moment of the planning. [0–4]
    """
    leads = state.facilitator
    if leads is None or leads.until < day:
        return Cell.known(0)
    planned = [one.day for one in state.moments.values()]
    return _climbed(
        True, set(SIDES) <= set(leads.by), leads.independent,
        bool(planned) and leads.until >= max(planned),
    )  # fmt: skip


def disputed(state: Project, session: str) -> frozenset[str]:
    """Give the criteria on which the sides' weights in a session lie apart."""
    held = state.sessions[session].weighed
    ours = [held.weights.get(side, {}) for side in SIDES] if held else [{}, {}]
    both = ours[0].keys() & ours[1].keys()
    return frozenset(one for one in both if abs(ours[0][one] - ours[1][one]) >= DISPUTED)


def recognised_share(state: Project, session: str) -> Cell:
    """Give which part of the disputed criteria of a session has a minority text, 0 to 1."""
    told = {
        one.criterion for one in state.harvest.values() if one.minority and one.session == session
    }
    return _share([criterion in told for criterion in disputed(state, session)])


def _inputs(state: Project, side: str) -> list[Input]:
    return [one for one in state.inputs.values() if one.given.side == side]


def _climbed(*steps: bool) -> Cell:
    """Count the steps until the first one that was not taken."""
    return Cell.known((*steps, False).index(False))


def _share(cases: Iterable[bool]) -> Cell:
    counted = list(cases)
    if not counted:
        return Cell(missing="no_cases")
    return Cell.known(sum(counted) / len(counted), len(counted))
