"""The facts of a project: plain data from which its dossier and its page are made.

What would tell about fewer people than was agreed is left out here, before any text is
written. Everything follows from the chain, the names of what is weighed, and the day.
"""

from __future__ import annotations

from typing import Any

from waardeweging.dossier.project.cooperation import cooperation
from waardeweging.dossier.project.meetings import harvested, people, sessions
from waardeweging.dossier.project.news import public_news
from waardeweging.dossier.project.registers import agreements, decisions, inputs, moments
from waardeweging.dossier.project.source import ProjectSource
from waardeweging.dossier.project.standing import standing
from waardeweging.elicitation.privacy import FEWEST
from waardeweging.presentation.catalog import Language
from waardeweging.process.moments import day_of
from waardeweging.process.project import events as e
from waardeweging.process.project import kaders
from waardeweging.process.project.rules import rules_of_evening
from waardeweging.process.project.state import Goal, Project, Rule, Version, Votes

FORMAT = "waardeweging-project/1"


def project_facts(source: ProjectSource, language: Language, today: str) -> dict[str, Any]:
    """Gather everything that a project may tell.

    Parameters
    ----------
    source : ProjectSource
    language : str
        Of the sentences around what people wrote.
    today : str
        Day for which is told what is late and what is still to come.

    Returns
    -------
    dict
        Plain data, ready for JSON.
    """
    state = source.state
    fewest, names = fewest_of(state), source.names(language)
    found: dict[str, Any] = {
        "format": FORMAT,
        "language": language,
        "date": today,
        "project": {
            "id": state.id,
            "title": state.title,
            "language": state.language,
            "neighbourhood": state.neighbourhood,
            "began": day_of(state.began_at),
            "exploration": state.exploration,
            "public": state.public,
        },
        "fewest": fewest,
        "names": names,
        "promise": _promise(state),
        "kaders": _kaders(state, fewest),
        "rules": [_rule(rule, state, fewest) for rule in state.rules.values()],
        "goals": [_goal(name, goal) for name, goal in state.goals.items()],
        "files": [
            {
                "version": one.kept.version,
                "on": day_of(one.at),
                "reason": one.kept.reason,
                "files": dict(sorted(one.kept.files.items())),
            }
            for one in state.files
        ],
        "inputs": inputs(state, today),
        "people": people(state),
        "sessions": sessions(state, fewest, names),
        "decisions": decisions(state),
        "decided": {
            "taken": len(state.decisions),
            "departing": sum(one.departs for one in state.decisions.values()),
        },
        "agreements": agreements(state, today),
        "moments": moments(state, today),
        "cooperation": cooperation(source, today),
        "lessons": [one.text for one in state.lessons.values()],
        "harvest": [harvested(state, one, fewest) for one in state.harvest.values()],
        "since": None,
        "news": public_news(source, language, fewest),
        "log": {"records": state.number, "head": state.head, "last": day_of(state.at)},
    }
    return found | {"standing": standing(state, found)}


def fewest_of(state: Project) -> int:
    """Give of how many people something may be told, as the members agreed."""
    return max(FEWEST, rules_of_evening(state).fewest)


def told_votes(votes: Votes, fewest: int) -> dict[str, Any]:
    """Give a vote: whether each side agreed, with counts unless a few people voted."""
    sides = [
        {"side": side, "agree": votes.agree[side], "of": votes.of[side]}
        for side in sorted(votes.of, key=lambda side: (side != "residents", side))
    ]
    is_small = any(count < fewest for count in votes.of.values())
    return {"carried": votes.is_carried, "sides": [] if is_small else sides, "small": is_small}


def _promise(state: Project) -> dict[str, Any] | None:
    """Give the promise that holds here, on the ladder of participation."""
    found = [line for line in kaders.in_force(state) if line.topic == "promise"]
    if not found:
        return None
    line = found[-1]
    return {"rung": line.value, "text": line.text, "owner": line.owner}


def _kaders(state: Project, fewest: int) -> dict[str, Any]:
    frozen = state.versions[-1] if state.is_frozen else None
    return {
        "version": state.version,
        "fingerprint": state.fingerprint,
        "frozen_on": day_of(frozen.at) if frozen else None,
        "reason": state.reason,
        "sheets": [_sheet(state, sheet, fewest) for sheet in e.KADERS],
        "overrides": [_override(state, line) for line in kaders.overrides(state)],
        "versions": [_version(one) for one in state.versions],
    }


def _sheet(state: Project, sheet: e.Kaders, fewest: int) -> dict[str, Any]:
    departed = {line.overrides for line in kaders.overrides(state)}
    _, votes = state.sheet_votes.get(sheet, ("", Votes()))
    agreed = kaders.is_agreed(state, sheet)
    return {
        "sheet": sheet,
        "missing": list(kaders.missing(state, sheet)),
        "agreed": agreed,
        # A vote on another text says nothing about this one.
        "votes": told_votes(votes, fewest) if agreed else None,
        "lines": [
            line.model_dump(mode="json") | {"departed": line.id in departed}
            for line in state.kaders.values()
            if line.sheet == sheet
        ],
    }


def _override(state: Project, line: e.KaderWritten) -> dict[str, Any]:
    above = state.kaders.get(line.overrides or "")
    return {
        "topic": line.topic,
        "level": line.level,
        "text": line.text,
        "reason": line.reason,
        "from_level": above.level if above else "",
        "from_text": above.text if above else "",
    }


def _version(one: Version) -> dict[str, Any]:
    return {
        "number": one.number,
        "fingerprint": one.fingerprint,
        "on": day_of(one.at),
        "reason": one.reason,
        "lines": len(one.kaders),
        "rules": len(one.rules),
    }


def _rule(rule: Rule, state: Project, fewest: int) -> dict[str, Any]:
    holds = {one.id for one in state.adopted}
    return rule.suggested.model_dump(mode="json") | {
        "adopted_on": day_of(rule.adopted_at) if rule.adopted_at else None,
        "holds": rule.suggested.id in holds,
        "votes": told_votes(rule.votes, fewest) if rule.votes.of else None,
    }


def _goal(name: str, goal: Goal) -> dict[str, Any]:
    return {
        "id": name,
        "horizon": goal.now.horizon,
        "text": goal.now.text,
        "version": len(goal.versions),
        "dropped": goal.dropped,
        "versions": [one.model_dump(mode="json", exclude={"id"}) for one in goal.versions],
    }
