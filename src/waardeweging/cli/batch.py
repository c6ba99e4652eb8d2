"""Weigh every neighbourhood in one run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from waardeweging.cli.parts import (
    WHOSE,
    Lang,
    Language,
    Perspective,
    faults_shown,
    progress,
)
from waardeweging.cli.root import main


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
    with faults_shown(lang), progress() as report:
        job = make_job(
            inputs,
            framework,
            settings=settings or bundled_scenarios() / "nederland" / "batch.toml",
            scenario=scenario,
            facts=facts or (),
            perspective=None if perspective is None else WHOSE[perspective],
            seed=seed,
            draws=draws,
            variants=variant,
        )
        done = run_batch(
            job, out, workers=workers, scheduler=scheduler, resume=resume, report=report
        )
    print(text("cli.batch", lang.value, count=done.neighbourhoods, rows=done.rows, place=str(out)))
