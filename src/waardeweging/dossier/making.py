"""A whole dossier: every form of it, with the bundle from which it can be recalculated."""

from __future__ import annotations

from collections.abc import Sequence

from waardeweging.dossier.bundle import Level, build_bundle
from waardeweging.dossier.bundle.levels import check_level, public_level
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.document.write import dossier_files
from waardeweging.dossier.source import DossierSource
from waardeweging.presentation.catalog import Language

BUNDLE = "bundle.zip"
_IN_BUNDLE = ("dossier.html", "dossier.json")


def whole_dossier(
    source: DossierSource,
    formats: Sequence[str],
    language: Language,
    theme: Theme,
    level: Level | None = None,
) -> dict[str, bytes]:
    """Make the files of a dossier and their bundle.

    Parameters
    ----------
    source : DossierSource
    formats : sequence of str
        Of `waardeweging.dossier.document.write.FORMATS`.
    language : str
    theme : Theme
    level : Level, optional
        How much of the answers leaves; the most that may be public when omitted.

    Returns
    -------
    dict of str to bytes
        Content by name of file; the same for the same input.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If too few people weighed, the answers may not leave at this level, or the theme's
        template does not do.
    """
    weighing = source.outcome.weighing
    level = public_level(weighing) if level is None else level
    check_level(weighing, level)
    files = dossier_files(source, formats, language, theme, exact=level is Level.FULL)
    # The page is checked against the facts, so it goes along with them only.
    report = {name: files[name] for name in _IN_BUNDLE if name in files}
    bundle = build_bundle(
        source.scenario,
        source.outcome,
        level=level,
        language="nl" if language == "nl" else "en",
        date=source.record.date,
        records=source.records,
        opened=source.opened,
        files=source.files,
        report=report if "dossier.json" in files else None,
        exploration=source.record.exploration,
    )
    return files | {BUNDLE: bundle}
