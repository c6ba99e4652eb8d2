"""Which chapters a project has: all of them for its dossier, the first ones for its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from waardeweging.dossier.document.blocks import Document, Part, Words
from waardeweging.dossier.project.parts.agreed import goals, kaders, rules
from waardeweging.dossier.project.parts.closing import history, limits, log, news
from waardeweging.dossier.project.parts.cooperation import cooperation, cooperation_now
from waardeweging.dossier.project.parts.meetings import lessons, people, sessions
from waardeweging.dossier.project.parts.registers import agreements, decisions, inputs
from waardeweging.dossier.project.parts.standing import standing, summary
from waardeweging.dossier.project.writer import ProjectWriter
from waardeweging.presentation.catalog import Language

Chapter = Callable[[ProjectWriter], Part]

DOSSIER: tuple[Chapter, ...] = (
    summary,
    standing,
    kaders,
    rules,
    goals,
    inputs,
    people,
    sessions,
    decisions,
    agreements,
    cooperation,
    lessons,
    limits,
    log,
    history,
)
PAGE: tuple[Chapter, ...] = (
    summary,
    standing,
    news,
    inputs,
    agreements,
    decisions,
    goals,
    kaders,
    rules,
    people,
    sessions,
    cooperation_now,
    lessons,
    limits,
    log,
)
"""What somebody who looks in wants to know first."""


def project_document(
    facts: dict[str, Any], language: Language, chapters: Sequence[Chapter] = DOSSIER
) -> Document:
    """Write a project.

    Parameters
    ----------
    facts : dict
        As `project_facts` gives them, in the same language.
    language : str
    chapters : sequence of callable
        `DOSSIER` or `PAGE`.
    """
    writer = ProjectWriter(facts, language)
    exploration = writer.fact("project", "exploration")
    return Document(
        language,
        writer.quoted("project", "title"),
        writer.here("subtitle", "/date", day=writer.when("date")),
        _status(writer),
        writer.say("watermark").text if exploration else "",
        tuple(chapter(writer) for chapter in chapters),
    )


def _status(writer: ProjectWriter) -> Words:
    if writer.fact("project", "exploration"):
        return writer.say("status.exploration")
    return writer.here("status" if writer.fact("project", "public") else "status_inside")
