"""What happened in a project, as everybody may read it: no secret links, no small votes."""

from __future__ import annotations

from typing import Any

from waardeweging.dossier.project.source import ProjectSource
from waardeweging.presentation.catalog import Language
from waardeweging.presentation.project_news import STAFF_KINDS, news
from waardeweging.process.chain import Recorded
from waardeweging.process.moments import day_of

# Notes are for the staff, and a pair describes two people.
_INSIDE = (*STAFF_KINDS, "note", "buddies_paired")
_VOTES = ("sheet_voted", "rule_voted")


def public_news(source: ProjectSource, language: Language, fewest: int) -> list[dict[str, Any]]:
    """Give what happened, the newest first, with its day and the number of its record."""
    told = zip(reversed(source.records), news(source.records, language), strict=True)
    return [
        {"number": record.number, "day": day_of(one.at), "text": one.text}
        for record, one in told
        if _is_public(record, fewest)
    ]


def _is_public(record: Recorded, fewest: int) -> bool:
    is_small = record.kind in _VOTES and record.body["of"] < fewest
    return record.kind not in _INSIDE and not is_small
