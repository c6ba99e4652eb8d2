"""All forms of the dossier of a project."""

from __future__ import annotations

from collections.abc import Sequence

from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.document.write import document_files
from waardeweging.dossier.project.bundle import project_bundle
from waardeweging.dossier.project.contents import project_document
from waardeweging.dossier.project.facts import project_facts
from waardeweging.dossier.project.source import ProjectSource, source_of_project
from waardeweging.presentation.catalog import Language
from waardeweging.process.moments import today
from waardeweging.process.project.state import Project
from waardeweging.store import Store

BUNDLE = "bundle.zip"
_IN_BUNDLE = ("dossier.html", "dossier.json")


def find_project(store: Store, named: str) -> Project | None:
    """Find a project by its id, or by a title that nothing else has."""
    named = named.strip()
    every = store.projects()
    found = [one for one in every if one.id == named]
    title = named.casefold()
    taken = [one for one in store.workshops() if title in (one.id, one.title.casefold())]
    if not found and not taken:
        found = [one for one in every if one.title.casefold() == title]
    return found[0] if len(found) == 1 else None


def project_files(
    store: Store, project: str, formats: Sequence[str], language: Language, theme: Theme
) -> dict[str, bytes]:
    """Make the files of the dossier of a project in a store, as it stands today."""
    source = source_of_project(store, project)
    return project_dossier(source, formats, language, theme, today())


def project_dossier(
    source: ProjectSource, formats: Sequence[str], language: Language, theme: Theme, today: str
) -> dict[str, bytes]:
    """Make the files of the dossier of a project.

    Parameters
    ----------
    source : ProjectSource
    formats : sequence of str
        Of `waardeweging.dossier.document.write.FORMATS`.
    language : str
    theme : Theme
    today : str
        See `project_facts`.

    Returns
    -------
    dict of str to bytes
        Content by name of file; the same for the same project on the same day.
    """
    facts = project_facts(source, language, today)
    document = project_document(facts, language)
    made = document_files(document, facts, formats, theme)
    # The page is checked against the facts, so it goes along with them only.
    report = {name: made[name] for name in _IN_BUNDLE if name in made}
    made[BUNDLE] = project_bundle(source, facts, report if "json" in formats else {})
    return made
