"""Thin commands: read, hand over, show. Nothing is computed here.

Exit status: 0 success, 1 the input has faults (nothing is written), 2 wrong use.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console, RenderableType

from waardeweging import __version__
from waardeweging.problem.errors import InputError, Place, faults_in

main = typer.Typer(
    name="waardeweging",
    help="Weigh heat options for a neighbourhood, residents and municipality as equals.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
imports = typer.Typer(help="Read data from others.", no_args_is_help=True, rich_markup_mode=None)
main.add_typer(imports, name="import")
store = typer.Typer(
    help="Look after the database of workshops.", no_args_is_help=True, rich_markup_mode=None
)
main.add_typer(store, name="store")
workshops = typer.Typer(help="Begin live workshops.", no_args_is_help=True, rich_markup_mode=None)
main.add_typer(workshops, name="workshop")
projects = typer.Typer(
    help="Run the project around workshops.", no_args_is_help=True, rich_markup_mode=None
)
main.add_typer(projects, name="project")


class Language(StrEnum):
    """Language of what is shown."""

    nl = "nl"
    en = "en"


class Perspective(StrEnum):
    """Whose costs count."""

    resident = "resident"
    national = "national"


class Export(StrEnum):
    """How much of the answers leaves: per side, rounded rows, or everything."""

    sides = "L0"
    rows = "L1"
    everything = "L2"


_WHOSE: dict[Perspective, Literal["national", "resident"]] = {
    Perspective.national: "national",
    Perspective.resident: "resident",
}

Folder = Annotated[Path, typer.Argument(help="A scenario folder.", show_default=False)]
Lang = Annotated[Language, typer.Option("--lang", help="Language of what is shown.")]


def _version(wanted: bool) -> None:
    if wanted:
        print(f"waardeweging {__version__}")
        raise typer.Exit


@main.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Weigh heat options for a neighbourhood, residents and municipality as equals."""


@main.command()
def app(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to serve on.")] = 8501,
    host: Annotated[str, typer.Option(help="Address to serve on.")] = "127.0.0.1",
    database: Annotated[
        str | None, typer.Option(help="Database that keeps answers, as a URL.", show_default=False)
    ] = None,
) -> None:
    """Open the app in a browser."""
    from waardeweging.app.launch import serve

    print(f"http://{'localhost' if host == '127.0.0.1' else host}:{port}", flush=True)
    serve(host, port, database)


@main.command()
def check(folder: Folder, lang: Lang = Language.nl) -> None:
    """Name every fault in a scenario folder: file, row, field, what was found, remedy."""
    from waardeweging.analysis.analyse import analyse as run
    from waardeweging.analysis.consulting import asked_of
    from waardeweging.analysis.scenario import read_scenario
    from waardeweging.elicitation.consultation import NAME
    from waardeweging.elicitation.consultation_file import read_consultation
    from waardeweging.presentation.catalog import text
    from waardeweging.problem.reading import find_table

    with _faults_shown(lang):
        scenario = read_scenario(folder)
        for variant in (None, *(one.id for one in scenario.variants)):
            run(scenario.with_variant(variant).with_draws(100))
        own = find_table(folder, NAME)
        if own.is_file():
            read_consultation(own, asked_of(scenario))
    problem = scenario.problem
    print(
        text(
            "cli.no_faults",
            lang.value,
            options=len(problem.alternatives),
            criteria=len(problem.framework.criteria),
            ballots=len(scenario.ballots),
            variants=len(scenario.variants),
        )
    )


@main.command()
def analyse(
    folder: Folder,
    variant: Annotated[
        str | None, typer.Option(help="A variant of the scenario.", show_default=False)
    ] = None,
    json: Annotated[
        str | None,
        typer.Option(
            "--json", help="Write the outcome as JSON; '-' is the screen.", metavar="FILE"
        ),
    ] = None,
    share: Annotated[
        float | None,
        typer.Option("--lambda", min=0, max=1, help="Share of the residents.", show_default=False),
    ] = None,
    perspective: Annotated[
        Perspective | None, typer.Option(help="Whose costs count.", show_default=False)
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Of what is drawn.")] = None,
    draws: Annotated[int | None, typer.Option(min=1, max=1_000_000, help="How many draws.")] = None,
    lang: Lang = Language.nl,
) -> None:
    """Weigh the options of a scenario and say who wins, why, and how firm that is."""
    from waardeweging.analysis.analyse import analyse as run
    from waardeweging.analysis.scenario import read_scenario
    from waardeweging.presentation.outcome_json import dump
    from waardeweging.presentation.outcome_text import outcome_text

    with _faults_shown(lang):
        scenario = read_scenario(folder)
        known = [one.id for one in scenario.variants]
        if variant is not None and variant not in known:
            raise typer.BadParameter(f"choose one of: {', '.join(known)}", param_hint="--variant")
        given: dict[str, Any] = {
            "share": share,
            "perspective": perspective and perspective.value,
            "seed": seed,
            "draws": draws,
        }
        chosen = {name: value for name, value in given.items() if value is not None}
        outcome = run(replace(scenario.with_variant(variant), **chosen))
    if json is None:
        _show(outcome_text(outcome, lang.value))
    else:
        _put_json(json, dump(outcome, lang.value))


@main.command()
def select(
    folder: Folder,
    json: Annotated[
        str | None,
        typer.Option("--json", help="Write the choice as JSON; '-' is the screen.", metavar="FILE"),
    ] = None,
    lang: Lang = Language.nl,
) -> None:
    """Choose among initiatives under capacity, and say why each other one was not chosen."""
    from waardeweging.analysis.selecting import select as run
    from waardeweging.presentation.selection_json import dump_selection
    from waardeweging.presentation.selection_text import selection_text

    with _faults_shown(lang), _solver_aside():
        selection = run(folder)
    if json is None:
        _show(selection_text(selection, lang.value))
    else:
        _put_json(json, dump_selection(selection, lang.value))
    if selection.chosen is None:
        raise typer.Exit(1)


@contextmanager
def _solver_aside() -> Iterator[None]:
    """Send what the solver's own code prints to standard error: JSON must stand alone."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)


@main.command()
def batch(
    inputs: Annotated[list[Path], typer.Argument(help="Startanalyse.", show_default=False)],
    out: Annotated[Path, typer.Option(help="A .parquet file, or a folder of them.")],
    framework: Annotated[
        Path | None, typer.Option(help="Framework; else that of the settings.")
    ] = None,
    settings: Annotated[
        Path | None, typer.Option(help="Settings; else those that come with the program.")
    ] = None,
    scenario: Annotated[Path | None, typer.Option(help="Folder whose ballots weigh.")] = None,
    facts: Annotated[
        list[Path] | None, typer.Option(help="Facts of neighbourhoods, such as CBS figures.")
    ] = None,
    variant: Annotated[list[str] | None, typer.Option(help="Only these variants.")] = None,
    perspective: Annotated[Perspective | None, typer.Option(help="Whose costs count.")] = None,
    draws: Annotated[int | None, typer.Option(help="How many draws.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Of what is drawn.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Threads on this machine.")] = None,
    scheduler: Annotated[str | None, typer.Option(help="Address of a Dask scheduler.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on after a stop.")] = False,
    lang: Lang = Language.nl,
) -> None:
    """Weigh every neighbourhood of a file and write the outcomes as Parquet."""
    from waardeweging.analysis.batch import make_job, run_batch
    from waardeweging.analysis.library import bundled_scenarios
    from waardeweging.presentation.catalog import text

    if workers is not None and scheduler is not None:
        raise typer.BadParameter("choose one of the two", param_hint="--workers, --scheduler")
    with _faults_shown(lang), _progress() as report:
        job = make_job(
            inputs,
            framework,
            settings=settings or bundled_scenarios() / "nederland" / "batch.toml",
            scenario=scenario,
            facts=facts or (),
            perspective=None if perspective is None else _WHOSE[perspective],
            seed=seed,
            draws=draws,
            variants=variant,
        )
        done = run_batch(
            job, out, workers=workers, scheduler=scheduler, resume=resume, report=report
        )
    print(text("cli.batch", lang.value, count=done.neighbourhoods, rows=done.rows, place=str(out)))


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
    with _faults_shown(lang):
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
    from waardeweging.dossier.project.making import find_project, project_files
    from waardeweging.dossier.source import source_of_folder
    from waardeweging.dossier.workshop import find_workshop, source_of_workshop, unknown_workshop
    from waardeweging.store import is_there, open_store

    # What looks like a path is one, so that a slip of the pen is told as such.
    if Path(named).exists() or any(sign in named for sign in "/\\."):
        return whole_dossier(source_of_folder(Path(named)), wanted, lang.value, look, level)
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
    anchors = Anchors(head, receipt, _read(sign, "--signature"), _read(key, "--key"))
    report = verify_bundle(bundle, anchors)
    print("\n".join(report_lines(report, bundle.name, lang.value)))
    raise typer.Exit(0 if report.is_right else 1)


Out = Annotated[Path, typer.Option(help="Folder or CSV file to write.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what is there.")]


@imports.command("startanalyse")
def import_startanalyse(
    files: Annotated[list[Path], typer.Argument(help="Files of PBL.", show_default=False)],
    edition: Annotated[int, typer.Option(help="Year of the edition: 2019, 2020 or 2025.")],
    out: Out,
    neighbourhood: Annotated[
        str | None,
        typer.Option(help="CBS code: make a scenario folder for it.", show_default=False),
    ] = None,
    overwrite: Overwrite = False,
    lang: Lang = Language.nl,
) -> None:
    """Read the Startanalyse of PBL: as a table, or as a scenario for one neighbourhood."""
    from waardeweging.problem.importers.startanalyse_import import import_startanalyse as read

    with _faults_shown(lang):
        if neighbourhood is None:
            _may_write(out, overwrite)
            done = read(files, edition, out)
            _imported(done.rows, done.files, lang)
        else:
            _make_scenario(files, edition, neighbourhood, out, overwrite)
            _made(out, lang)


@imports.command("cbs")
def import_cbs(
    file: Annotated[Path, typer.Argument(help="CSV or JSON of CBS.", show_default=False)],
    out: Out,
    year: Annotated[int | None, typer.Option(help="Year of the figures, 2020 to 2025.")] = None,
    overwrite: Overwrite = False,
    lang: Lang = Language.nl,
) -> None:
    """Read CBS key figures of neighbourhoods as a table."""
    from waardeweging.problem.importers.cbs import import_cbs as read

    with _faults_shown(lang):
        _may_write(out, overwrite)
        done = read(file, out, year)
        _imported(done.rows, done.files, lang)


@imports.command("etm")
def import_etm(
    file: Annotated[Path, typer.Argument(help="CSV of queries.", show_default=False)],
    out: Out,
    overwrite: Overwrite = False,
    lang: Lang = Language.nl,
) -> None:
    """Read outputs of the Energietransitiemodel as a table."""
    from waardeweging.problem.importers.etm import import_etm as read

    with _faults_shown(lang):
        _may_write(out, overwrite)
        done = read(file, out)
        _imported(done.rows, done.files, lang)


Address = Annotated[str, typer.Option(help="Where the app is served, for the links.")]


@imports.command("consultation")
def import_consultation(
    file: Annotated[Path, typer.Argument(help="CSV or xlsx.", show_default=False)],
    scenario: Annotated[Path, typer.Option(help="Scenario folder that it is about.")],
    out: Annotated[Path, typer.Option(help="Folder to write.")],
    codes: Annotated[
        Path | None, typer.Option(help="Codes that were given out.", show_default=False)
    ] = None,
    overwrite: Overwrite = False,
    lang: Lang = Language.nl,
) -> None:
    """Read the answers of a whole neighbourhood, as a scenario folder of its own."""
    from waardeweging.analysis.consultation_folder import import_consultation as read
    from waardeweging.presentation.consultation_words import import_sentences

    with _faults_shown(lang):
        given, raised = read(file, scenario, out, codes=codes, replace=overwrite)
    for said in import_sentences(given, raised, lang.value):
        print(said)
    _made(out, lang)


DatabaseOption = Annotated[
    str | None, typer.Option("--database", help="As for 'app'.", show_default=False)
]


@workshops.command("create")
def workshop_create(
    folder: Folder,
    title: Annotated[
        str | None, typer.Option(help="Title; else that of the scenario.", show_default=False)
    ] = None,
    exploration: Annotated[
        bool, typer.Option("--exploration", help="To practise or explore; marked everywhere.")
    ] = False,
    address: Annotated[
        str, typer.Option(help="Where the app is served, for the links.")
    ] = "http://localhost:8501",
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Begin a workshop and print the links of facilitator and screen; stop the app first."""
    from waardeweging.app.hall.begin import LINK_DAYS, begin
    from waardeweging.app.hall.door import staff_link
    from waardeweging.presentation.catalog import text
    from waardeweging.store import open_store

    with _faults_shown(lang), open_store(database) as opened:
        begun = begin(opened, folder, title, language=lang.value, exploration=exploration)
    room = begun.state.room_code
    print(text("hall.cli.begun", lang.value, title=begun.state.title, room=room))
    for name, secret in (("facilitator", begun.facilitator), ("screen", begun.screen)):
        print(text(f"hall.cli.{name}", lang.value, link=staff_link(address, secret)))
    print(text("hall.cli.keep", lang.value, days=LINK_DAYS))


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
    from waardeweging.app.projects.begin import LINK_DAYS, begin
    from waardeweging.app.projects.templates import begin_from, find_template
    from waardeweging.presentation.catalog import text
    from waardeweging.store import open_store

    with _faults_shown(lang):
        chosen = None if template is None else find_template(template)
        with open_store(database) as opened:
            begun = begin(
                opened,
                title,
                language=lang.value,
                neighbourhood=neighbourhood,
                exploration=exploration,
            )
            if chosen is not None:
                begin_from(opened, begun.state.id, chosen)
    print(text("project_cli.begun", lang.value, title=begun.state.title))
    for role in ("administrator", "residents", "municipality"):
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
    from waardeweging.app.projects.playing import play_into
    from waardeweging.app.projects.public import PATH
    from waardeweging.presentation.catalog import text
    from waardeweging.store import open_store

    with _faults_shown(lang), open_store(database) as opened, _progress() as report:
        played = play_into(opened, folder, report)
    state = played.state
    counts = {"records": state.number, "sessions": len(state.sessions)}
    print(text("project_moving.played", lang.value, title=state.title, **counts))
    print(text("project_moving.id", lang.value, project=state.id))
    link = f"{address.rstrip('/')}{PATH}/{state.id}"
    print(text("project_moving.public", lang.value, link=link))
    for role in ("administrator", "residents", "municipality"):
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

    with _faults_shown(lang), _one_project(project, database) as (opened, state):
        whole = export_project(opened, state.id)
    _write(out, whole, "--out")
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
    from waardeweging.store import open_store

    with _faults_shown(lang):
        archive = read_archive(file, head)
        with open_store(database) as opened:
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

    with _faults_shown(lang), _one_project(project, database) as (_, state):
        stripped = written(template_of(state))
    _write(out, stripped, "--out")
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


@store.command("backup")
def store_backup(
    file: Annotated[Path, typer.Argument(help="File to write.", show_default=False)],
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Write a backup to a new file and check it; the app may go on meanwhile."""
    from waardeweging.presentation.catalog import text
    from waardeweging.store import backup

    with _faults_shown(lang):
        done = backup(file, database)
    found = {"records": done.records, "answers": done.answers}
    print(text("cli.store.backed_up", lang.value, place=str(file), **found))


@store.command("restore")
def store_restore(
    file: Annotated[Path, typer.Argument(help="A backup.", show_default=False)],
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Put a backup into an empty database, of the same kind or the other."""
    from waardeweging.presentation.catalog import text
    from waardeweging.store import restore

    with _faults_shown(lang):
        done = restore(file, database)
    print(text("cli.store.restored", lang.value, records=done.records, answers=done.answers))


@store.command("verify")
def store_verify(
    head: Annotated[
        list[str] | None, typer.Option(help="A hash that was published.", show_default=False)
    ] = None,
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Check every chain and every answer; the app may go on meanwhile."""
    from waardeweging.presentation.catalog import text
    from waardeweging.store import verify

    with _faults_shown(lang):
        found = verify(database, head or ())
        if found.faults:
            raise ExceptionGroup("faults in the database", list(found.faults))
    counts = {"workshops": found.workshops, "records": found.records, "answers": found.answers}
    print(text("cli.store.fits", lang.value, **counts))


@store.command("purge")
def store_purge(
    before: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%d"], help="Day; what was used since then stays."),
    ],
    database: DatabaseOption = None,
    lang: Lang = Language.nl,
) -> None:
    """Delete answers and cards of workshops where nothing happened since a day."""
    from waardeweging.presentation.catalog import text
    from waardeweging.process.moments import moment
    from waardeweging.store import open_store

    with _faults_shown(lang), open_store(database) as kept:
        done = kept.purge(moment(before.astimezone()))
    print(text("cli.store.purged", lang.value, count=len(done)))


def _make_scenario(files: list[Path], edition: int, code: str, out: Path, overwrite: bool) -> None:
    from waardeweging.analysis.library import bundled_scenarios
    from waardeweging.effects.compose import make_scenario
    from waardeweging.effects.scenario_files import write_folder
    from waardeweging.problem.importers.startanalyse import neighbourhood
    from waardeweging.problem.importers.startanalyse_import import read_costs

    found = read_costs(files, edition, only=[code])
    root = bundled_scenarios()
    framework = root / "frameworks" / "warmte.toml"
    # Beside the bundled framework a folder refers to it; elsewhere it takes it along.
    is_beside = out.resolve().parent == root.resolve()
    reference = f"../frameworks/{framework.name}" if is_beside else "framework.toml"
    costs = neighbourhood(found, code, files[0].name)
    made = make_scenario(costs, edition, root / "heat", framework, reference=reference)
    if not is_beside:
        made["framework.toml"] = framework.read_text(encoding="utf-8")
    write_folder(made, out, replace=overwrite)


def _may_write(out: Path, overwrite: bool) -> None:
    if out.is_file() and not overwrite:
        raise InputError(
            "file.exists",
            where=Place(str(out)),
            remedy="This is there already; give another name, or add --overwrite.",
        )


def _made(folder: Path, lang: Language) -> None:
    from waardeweging.presentation.catalog import text

    print(text("cli.made", lang.value, place=str(folder)))


def _imported(rows: int, files: Sequence[Path], lang: Language) -> None:
    from waardeweging.presentation.catalog import text

    places = ", ".join(str(file) for file in files)
    print(text("cli.imported", lang.value, count=rows, place=places))


@contextmanager
def _progress() -> Iterator[Callable[[Any], None]]:
    """Show progress: a bar on a terminal, a plain line now and then elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda told: print(f"{told.done}/{told.total}", file=sys.stderr, flush=True)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)
        yield lambda told: bar.update(task, completed=told.done, total=told.total)


@contextmanager
def _faults_shown(lang: Language) -> Iterator[None]:
    """Show every fault in the user's language and end with status 1."""
    from waardeweging.presentation.sentences import fault_count, fault_lines

    try:
        yield
    except (ExceptionGroup, ValueError) as error:
        if not faults_in(error):
            raise
        for line in fault_lines(error, lang.value):
            print(line, file=sys.stderr)
        print(fault_count(error, lang.value), file=sys.stderr)
        raise typer.Exit(1) from None


def _read(path: Path | None, option: str) -> bytes | None:
    try:
        return None if path is None else path.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}", param_hint=option) from None


def _show(said: RenderableType) -> None:
    """Print for a reader; a page that is piped keeps its width."""
    Console(width=None if sys.stdout.isatty() else 100).print(said)


def _put_json(where: str, text: str) -> None:
    """Print JSON alone when `where` is ``-``, else write it to that file."""
    if where == "-":
        print(text)
    else:
        _write(Path(where), text + "\n", "--json")


def _write(path: Path, content: str | bytes, option: str) -> None:
    """Write a file whole or not at all."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_bytes(content.encode() if isinstance(content, str) else content)
        unfinished.replace(path)
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}", param_hint=option) from None
    finally:
        unfinished.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
