"""Look at a scenario: open the app, check, analyse, select."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated, Any

import typer

from waardeweging.cli.parts import (
    Folder,
    Lang,
    Language,
    Perspective,
    faults_shown,
    put_json,
    show,
)
from waardeweging.cli.root import main


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
    """Name every fault in a scenario folder: file, row, field, what was found, remedy.

    What is allowed and hardly what anybody means follows after the answer.
    """
    from waardeweging.analysis.analyse import analyse as run
    from waardeweging.analysis.consulting import asked_of
    from waardeweging.analysis.notices import notices_of
    from waardeweging.analysis.scenario import read_scenario
    from waardeweging.elicitation.consultation import NAME
    from waardeweging.elicitation.consultation_file import read_consultation
    from waardeweging.presentation.catalog import text
    from waardeweging.presentation.sentences import fault_text
    from waardeweging.problem.reading import find_table

    with faults_shown(lang):
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
    notices = notices_of(scenario)
    if notices:
        print(text("cli.notices", lang.value))
    for one in notices:
        print(f"- {fault_text(one, lang.value)}")


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

    with faults_shown(lang):
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
        show(outcome_text(outcome, lang.value))
    else:
        put_json(json, dump(outcome, lang.value))


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

    with faults_shown(lang), _solver_aside():
        selection = run(folder)
    if json is None:
        show(selection_text(selection, lang.value))
    else:
        put_json(json, dump_selection(selection, lang.value))
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
