"""All files of a dossier at once: every one is made before any is written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from waardeweging.dossier.document.blocks import Document
from waardeweging.dossier.document.contents import contents_of
from waardeweging.dossier.document.facts import facts_of
from waardeweging.dossier.document.html import html_of
from waardeweging.dossier.document.json_file import json_of
from waardeweging.dossier.document.pdf import pdf_of
from waardeweging.dossier.document.theme import Theme
from waardeweging.dossier.source import DossierSource
from waardeweging.presentation.catalog import Language
from waardeweging.problem.errors import InputError, Place

FORMATS = ("html", "pdf", "docx", "json")


def dossier_files(
    source: DossierSource,
    formats: Sequence[str],
    language: Language,
    theme: Theme,
    exact: bool = False,
) -> dict[str, bytes]:
    """Make the files of a dossier.

    Parameters
    ----------
    source : DossierSource
    formats : sequence of str
        Of `FORMATS`; ``docx`` gives the proposal to the council as well.
    language : str
    theme : Theme
    exact : bool
        See `facts_of`.

    Returns
    -------
    dict of str to bytes
        Content by name of file; the same for the same input.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If too few people weighed, or the theme's template does not do.
    """
    facts = facts_of(source, language, exact)
    document = contents_of(facts, language)
    made = document_files(document, facts, formats, theme)
    if "docx" in formats:
        from waardeweging.dossier.document.proposal import proposal_of

        made["collegevoorstel.docx"] = proposal_of(document, facts, theme)
    return made


def document_files(
    document: Document, facts: dict[str, Any], formats: Sequence[str], theme: Theme
) -> dict[str, bytes]:
    """Write a document in every form that is asked for, by name of file.

    Parameters
    ----------
    document : Document
    facts : dict
        What it rests on; they are the form ``json``.
    formats : sequence of str
        Of `FORMATS`.
    theme : Theme
    """
    made: dict[str, bytes] = {}
    if "html" in formats:
        made["dossier.html"] = html_of(document, theme).encode("utf-8")
    if "pdf" in formats:
        made["dossier.pdf"] = pdf_of(document, theme)
    if "docx" in formats:
        # Word's library takes time to load.
        from waardeweging.dossier.document.word import word_of

        made["dossier.docx"] = word_of(document, theme)
    if "json" in formats:
        made["dossier.json"] = json_of(document, facts).encode("utf-8")
    return made


def write_files(
    files: Mapping[str, bytes], out: Path, also: Callable[[Path], object] | None = None
) -> tuple[Path, ...]:
    """Write files into a folder, all or none; other files there stay as they are.

    Parameters
    ----------
    files : mapping of str to bytes
    out : Path
        A folder; made when it is not there.
    also : callable, optional
        Given the folder in the making, to write more files into.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".dossier-") as name:
            unfinished = Path(name) / "made"
            unfinished.mkdir()
            for file, content in files.items():
                (unfinished / file).write_bytes(content)
            if also is not None:
                also(unfinished)
            return _moved(unfinished, out)
    except OSError as error:
        raise InputError(
            "dossier.unwritable",
            where=Place(str(out)),
            found=error.strerror,
            remedy="Choose a folder that you may write to, with enough room.",
        ) from None


def _moved(unfinished: Path, out: Path) -> tuple[Path, ...]:
    """Put finished files in their place: the whole folder, or one by one when it is there."""
    names = sorted(path.name for path in unfinished.iterdir())
    if not out.exists():
        shutil.move(unfinished, out)
    else:
        for name in names:
            (unfinished / name).replace(out / name)
    return tuple(out / name for name in names)
