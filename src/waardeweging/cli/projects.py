"""Run the project around workshops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from waardeweging.cli.parts import (
    Address,
    DatabaseOption,
    Lang,
    Language,
    faults_shown,
    progress,
    write_file,
)
from waardeweging.cli.root import main
from waardeweging.problem.errors import InputError, Place

projects = typer.Typer(
    help="Run the project around workshops.", no_args_is_help=True, rich_markup_mode=None
)
main.add_typer(projects, name="project")


@projects.command("create")
def project_create(
    title: Annotated[str, typer.Argument(help="Title of the project.", show_default=False)],
    neighbourhood: Annotated[
        str, typer.Option(help="CBS code of the neighbourhood.", show_default=False)
    ] = "",
    exploration: Annotated[
        bool, typer.Option("--exploration", help="To practise or explore; marked everywhere.")
    ] = False,
    template: Annotated[
        str | None,
        typer.Option(help="What to begin with: see 'templates', or a file.", show_default=False),
    ] = None,
    address: Address = "http://localhost:8501",
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Begin a project and print the links of who runs it and of both sides; stop the app first."""
    from waardeweging.app.hall.door import staff_link
    from waardeweging.app.projects.begin import LINK_DAYS, ROLES, begin
    from waardeweging.app.projects.templates import find_template
    from waardeweging.presentation.catalog import text
    from waardeweging.store import store_for_new

    with faults_shown(lang):
        chosen = None if template is None else find_template(template)
        with store_for_new(database) as opened:
            begun = begin(
                opened,
                title,
                language=lang.value,
                neighbourhood=neighbourhood,
                exploration=exploration,
                template=chosen,
            )
    print(text("project_cli.begun", lang.value, title=begun.state.title))
    for role in ROLES:
        link = staff_link(address, getattr(begun, role))
        print(text(f"project_cli.{role}", lang.value, link=link))
    print(text("project_cli.keep", lang.value, days=LINK_DAYS))


@projects.command("play")
def project_play(
    folder: Annotated[Path, typer.Argument(help="A folder with project.toml.", show_default=False)],
    address: Address = "http://localhost:8501",
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Play a project that was written down, workshops and all; stop the app first."""
    from waardeweging.app.hall.door import staff_link
    from waardeweging.app.projects.begin import ROLES
    from waardeweging.app.projects.playing import play_into
    from waardeweging.app.projects.public import PATH
    from waardeweging.presentation.catalog import text
    from waardeweging.store import store_for_new

    with faults_shown(lang), store_for_new(database) as opened, progress() as report:
        played = play_into(opened, folder, report)
    state = played.state
    counts = {"records": state.number, "sessions": len(state.sessions)}
    print(text("project_moving.played", lang.value, title=state.title, **counts))
    print(text("project_moving.id", lang.value, project=state.id))
    link = f"{address.rstrip('/')}{PATH}/{state.id}"
    print(text("project_moving.public", lang.value, link=link))
    for role in ROLES:
        if role in played.links:
            link = staff_link(address, played.links[role])
            print(text(f"project_cli.{role}", lang.value, link=link))


@projects.command("export")
def project_export(
    project: Annotated[str, typer.Argument(help="Id or title.", show_default=False)],
    out: Annotated[Path, typer.Option(help="Zip file to write.")],
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Write a project as one file: its log and every version of its files."""
    from waardeweging.dossier.project_archive import export_project
    from waardeweging.presentation.catalog import text

    with faults_shown(lang), _one_project(project, database) as (opened, state):
        whole = export_project(opened, state.id)
    write_file(out, whole, "--out")
    print(text("project_moving.exported", lang.value, place=str(out), head=state.head))


@projects.command("import")
def project_import(
    file: Annotated[Path, typer.Argument(help="What export wrote.", show_default=False)],
    head: Annotated[
        str | None, typer.Option(help="Last hash as published.", show_default=False)
    ] = None,
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Put an exported project into the database, after everything in it was checked."""
    from waardeweging.dossier.project_archive import import_project, read_archive
    from waardeweging.presentation.catalog import text
    from waardeweging.store import store_for_new

    with faults_shown(lang):
        archive = read_archive(file, head)
        with store_for_new(database) as opened:
            state = import_project(opened, archive)
    counts = {"records": state.number, "project": state.id}
    print(text("project_moving.imported", lang.value, title=state.title, **counts))


@projects.command("templates")
def project_templates(lang: Lang = Language.nl) -> None:
    """List what a project can begin with."""
    from waardeweging.app.projects.templates import find_template, templates

    for name in templates():
        found = find_template(name)
        said = found.about or found.title
        print(f"{name}: {said[lang.value]}")


@projects.command("template")
def project_template(
    project: Annotated[str, typer.Argument(help="Id or title.", show_default=False)],
    out: Annotated[Path, typer.Option(help="TOML file to write.")],
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Strip a project to a template: no contacts, votes, inputs, agreements or dates."""
    from waardeweging.presentation.catalog import text
    from waardeweging.process.project.template import template_of, written

    with faults_shown(lang), _one_project(project, database) as (_, state):
        stripped = written(template_of(state))
    write_file(out, stripped, "--out")
    print(text("project_moving.template", lang.value, place=str(out)))


@contextmanager
def _one_project(named: str, database: str | None) -> Iterator[tuple[Any, Any]]:
    """Open the store with the project of this name, or refuse."""
    from waardeweging.dossier.project.making import find_project
    from waardeweging.store import is_there, open_store

    unknown = InputError(
        "project.no_such",
        where=Place("project"),
        found=named,
        remedy="Give the id of a project, or its title when no other has it.",
    )
    if not is_there(database):
        raise unknown
    with open_store(database) as opened:
        found = find_project(opened, named)
        if found is None:
            raise unknown
        yield opened, found
