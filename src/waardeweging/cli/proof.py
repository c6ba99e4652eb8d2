"""The dossier, and whether it is right."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from waardeweging.cli.parts import (
    Lang,
    Language,
    faults_shown,
    read_file,
)
from waardeweging.cli.root import main


class Export(StrEnum):
    """How much of the answers leaves: per side, rounded rows, or everything."""

    sides = "L0"
    rows = "L1"
    everything = "L2"


@main.command()
def dossier(
    folder: Annotated[
        str,
        typer.Argument(
            help="A scenario folder, a project (id, title), or a workshop (id, title, room code).",
            metavar="FOLDER|WORKSHOP|PROJECT",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder to write the dossier into.")],
    formats: Annotated[
        str, typer.Option("--format", help="One or more of html,pdf,docx,json, with commas.")
    ] = "html,pdf,docx,json",
    theme: Annotated[
        Path | None, typer.Option(help="Name, logo and colours of a municipality.")
    ] = None,
    level: Annotated[
        Export | None,
        typer.Option(help="Answers in the bundle; else the most that may be public."),
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="Where the workshop is, as for 'app'.", show_default=False)
    ] = None,
    lang: Lang = Language.nl,
) -> None:
    """Write the dossier for residents, college and council, with its bundle."""
    from waardeweging.dossier.bundle import Level
    from waardeweging.dossier.document.theme import Theme, read_theme
    from waardeweging.dossier.document.write import FORMATS, write_files
    from waardeweging.presentation.catalog import text

    wanted = [one.strip() for one in formats.split(",")]
    if unknown := [one for one in wanted if one not in FORMATS]:
        raise typer.BadParameter(
            f"'{unknown[0]}' is not one of: {', '.join(FORMATS)}", param_hint="--format"
        )
    chosen = None if level is None else Level(level.value)
    with faults_shown(lang):
        look = Theme() if theme is None else read_theme(theme)
        files = _dossier_files(folder, database, wanted, lang, look, chosen)
        written = write_files(files, out)
    listed = ", ".join(path.name for path in written)
    print(text("dossier.cli_made", lang.value, place=str(out), files=listed))


def _dossier_files(
    named: str, database: str | None, wanted: list[str], lang: Language, look: Any, level: Any
) -> dict[str, bytes]:
    """Read a folder when there is one of this name, else look for a project or a workshop."""
    from waardeweging.dossier.making import whole_dossier
    from waardeweging.dossier.source import source_of_folder

    # What looks like a path is one, so that a slip of the pen is told as such.
    if Path(named).exists() or any(sign in named for sign in "/\\."):
        return whole_dossier(source_of_folder(Path(named)), wanted, lang.value, look, level)

    # Imported here: a folder needs no database.
    from waardeweging.dossier.project.making import find_project, project_files
    from waardeweging.dossier.workshop import find_workshop, source_of_workshop, unknown_workshop
    from waardeweging.store import is_there, open_store

    if not is_there(database):
        raise unknown_workshop(named)
    with open_store(database) as opened:
        project = find_project(opened, named)
        if project is not None:
            return project_files(opened, project.id, wanted, lang.value, look)
        found = find_workshop(opened, named)
        source = source_of_workshop(opened, found.id, lang.value, level)
    return whole_dossier(source, wanted, lang.value, look, level)


@main.command()
def verify(
    bundle: Annotated[
        Path, typer.Argument(help="A bundle, also unpacked.", show_default=False, exists=True)
    ],
    head: Annotated[
        str | None, typer.Option(help="Head of the log, or fingerprint, as published.")
    ] = None,
    receipt: Annotated[str | None, typer.Option(help="Code that you got after answering.")] = None,
    key: Annotated[Path | None, typer.Option(help="Public key, in minisign's form.")] = None,
    signature: Annotated[
        Path | None, typer.Option(help="Detached signature; else BUNDLE.minisig.")
    ] = None,
    lang: Lang = Language.nl,
) -> None:
    """Recalculate a bundle, and say what was checked and what could not be."""
    from waardeweging.dossier.verify import Anchors, verify_bundle
    from waardeweging.dossier.verify.text import report_lines

    beside = bundle.with_name(f"{bundle.name}.minisig")
    sign = signature or (beside if beside.is_file() else None)
    anchors = Anchors(head, receipt, read_file(sign, "--signature"), read_file(key, "--key"))
    report = verify_bundle(bundle, anchors)
    print("\n".join(report_lines(report, bundle.name, lang.value)))
    raise typer.Exit(0 if report.is_right else 1)
