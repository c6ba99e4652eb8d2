"""Which chapters a dossier has, in which order: from facts to the whole document."""

from __future__ import annotations

from typing import Any

from waardeweging.dossier.document.blocks import Document
from waardeweging.dossier.document.parts.choice import for_whom, trade_offs
from waardeweging.dossier.document.parts.follow_up import (
    agreements,
    cooperation,
    deviation,
    inputs,
    minorities,
)
from waardeweging.dossier.document.parts.frame import criteria, effects, options, room
from waardeweging.dossier.document.parts.limits import (
    accessibility,
    agreement,
    algorithm,
    data,
    data_protection,
    limits,
    reproduce,
    sources,
)
from waardeweging.dossier.document.parts.outcome import firmness, outcome
from waardeweging.dossier.document.parts.people import people, process, weights
from waardeweging.dossier.document.parts.summary import decision, summary
from waardeweging.dossier.document.writer import Writer
from waardeweging.presentation.catalog import Language

CHAPTERS = (
    summary,
    decision,
    room,
    options,
    criteria,
    effects,
    people,
    process,
    weights,
    outcome,
    firmness,
    trade_offs,
    for_whom,
    minorities,
    inputs,
    deviation,
    agreements,
    cooperation,
    limits,
    data,
    agreement,
    sources,
    reproduce,
    data_protection,
    accessibility,
    algorithm,
)


def contents_of(facts: dict[str, Any], language: Language) -> Document:
    """Write the whole dossier.

    Parameters
    ----------
    facts : dict
        As `facts_of` gives them, in the same language.
    language : str
    """
    writer = Writer(facts, language)
    is_exploration = writer.fact("record", "exploration")
    date = writer.fact("record", "date")
    return Document(
        language,
        writer.quoted("inputs", "title"),
        writer.quoted("record", "date") if date else writer.say("subtitle"),
        writer.say("status.exploration" if is_exploration else "status.advice"),
        writer.say("watermark").text if is_exploration else "",
        tuple(chapter(writer) for chapter in CHAPTERS),
    )
