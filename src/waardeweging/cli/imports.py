"""Read data from others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from waardeweging.cli.parts import (
    Lang,
    Language,
    Overwrite,
    faults_shown,
    made,
    may_write,
)
from waardeweging.cli.root import main

imports = typer.Typer(help="Read data from others.", no_args_is_help=True, rich_markup_mode=None)
main.add_typer(imports, name="import")

Out = Annotated[Path, typer.Option(help="Folder or CSV file to write.")]


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

    with faults_shown(lang):
        if neighbourhood is None:
            may_write(out, overwrite)
            done = read(files, edition, out)
            _imported(done.rows, done.files, lang)
        else:
            _make_scenario(files, edition, neighbourhood, out, overwrite)
            made(out, lang)


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

    with faults_shown(lang):
        may_write(out, overwrite)
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

    with faults_shown(lang):
        may_write(out, overwrite)
        done = read(file, out)
        _imported(done.rows, done.files, lang)


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

    with faults_shown(lang):
        given, raised = read(file, scenario, out, codes=codes, replace=overwrite)
    for said in import_sentences(given, raised, lang.value):
        print(said)
    made(out, lang)


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


def _imported(rows: int, files: Sequence[Path], lang: Language) -> None:
    from waardeweging.presentation.catalog import text

    places = ", ".join(str(file) for file in files)
    print(text("cli.imported", lang.value, count=rows, place=places))
