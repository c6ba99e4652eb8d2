"""The energy balance behind a scenario, and the case of any neighbourhood."""

from __future__ import annotations

import json as json_lib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from waardeweging.cli.parts import (
    Lang,
    Language,
    Overwrite,
    faults_shown,
    made,
    put_json,
    show,
)
from waardeweging.cli.root import main

if TYPE_CHECKING:
    from rich.table import Table

    from waardeweging.effects.agreement import Agreement
    from waardeweging.effects.balance import Balance


@main.command()
def energy(
    folder: Annotated[
        Path | None, typer.Argument(help="A scenario folder.", show_default=False)
    ] = None,
    space: Annotated[
        float | None,
        typer.Option(min=0, help="Space heat of one dwelling [GJ/yr].", show_default=False),
    ] = None,
    water: Annotated[
        float | None,
        typer.Option(min=0, help="Its hot water [GJ/yr].", show_default=False),
    ] = None,
    level: Annotated[
        str, typer.Option(help="Its insulation: today, D or B.", show_default=True)
    ] = "today",
    json: Annotated[
        str | None,
        typer.Option("--json", help="Write JSON; '-' is the screen.", metavar="FILE"),
    ] = None,
    lang: Lang = Language.nl,
) -> None:
    """Say what every option takes in for heat: gas, electricity, network heat and peak.

    With --space and --water: the same for every technique of the heat tables, for one dwelling.
    """
    from waardeweging.effects.balance import LEVELS

    if (folder is None) == (space is None or water is None):
        raise typer.BadParameter("give a scenario folder, or --space and --water")
    if level not in LEVELS:
        raise typer.BadParameter(f"choose one of: {', '.join(LEVELS)}", param_hint="--level")
    with faults_shown(lang):
        found, kind = (
            (_of_folder(folder), "alternative")
            if folder is not None
            else (_of_dwelling(space or 0.0, water or 0.0, level), "technique")
        )
    if json is None:
        show(_table(found, lang))
        return
    rows = [{kind: one.id, **{k: v for k, v in asdict(one).items() if k != "id"}} for one in found]
    put_json(json, json_lib.dumps(rows, ensure_ascii=False, indent=1))


@main.command()
def agreement(
    folder: Annotated[
        Path | None, typer.Argument(help="A scenario folder.", show_default=False)
    ] = None,
    json: Annotated[
        str | None,
        typer.Option("--json", help="Write JSON; '-' is the screen.", metavar="FILE"),
    ] = None,
    lang: Lang = Language.nl,
) -> None:
    """Put our figures beside published ones: energy, peak, and with a folder its costs."""
    from waardeweging.analysis.agreement import agreement_of
    from waardeweging.analysis.scenario import read_scenario

    with faults_shown(lang):
        found = agreement_of(None if folder is None else read_scenario(folder))
    if json is not None:
        rows = [{**asdict(one), "share": one.share} for one in found]
        put_json(json, json_lib.dumps(rows, ensure_ascii=False, indent=1))
        return
    show(_agreement_table(found, lang))


@main.command()
def case(
    place: Annotated[
        str, typer.Argument(help="Name or CBS code of a neighbourhood.", show_default=False)
    ],
    out: Annotated[Path, typer.Option(help="Folder to write.")],
    overwrite: Overwrite = False,
    lang: Lang = Language.nl,
) -> None:
    """Make the scenario of any neighbourhood of the national file that comes with the program."""
    from waardeweging.analysis.cases import write_case

    with faults_shown(lang):
        write_case(place, out, replace=overwrite)
    made(out, lang)


def _of_folder(folder: Path) -> Sequence[Balance]:
    from waardeweging.analysis.scenario import read_scenario
    from waardeweging.effects.balance import option_balances
    from waardeweging.problem.errors import InputError, Place

    scenario = read_scenario(folder)
    if scenario.effects is None:
        raise InputError(
            "effects.none",
            where=Place("scenario.toml", None, "effects"),
            remedy="This scenario calculates nothing; add a section [effects].",
        )
    effects = scenario.effects
    return option_balances(
        effects.techniques, effects.parameters, effects.facts, scenario.problem.alternatives
    )


def _of_dwelling(space: float, water: float, level: str) -> Sequence[Balance]:
    from waardeweging.analysis.library import bundled_scenarios
    from waardeweging.effects.balance import technique_balances
    from waardeweging.effects.techniques import read_techniques
    from waardeweging.problem.errors import Faults

    faults = Faults()
    techniques = read_techniques(bundled_scenarios() / "heat" / "techniques.csv", faults)
    faults.raise_all("techniques.csv")
    return technique_balances(techniques, space, water, level)


def _table(found: Sequence[Balance], lang: Language) -> Table:
    from rich.table import Table

    from waardeweging.presentation.catalog import text
    from waardeweging.presentation.numbers import number

    table = Table(box=None)
    for column in (
        "option",
        "insulation",
        "space",
        "water",
        "gas",
        "electricity",
        "network",
        "peak",
    ):
        table.add_column(
            text(f"energy.{column}", lang.value),
            justify="right" if column not in ("option", "insulation") else "left",
        )
    for one in found:
        table.add_row(
            one.id,
            one.insulation,
            *(number(x, lang.value, 1) for x in (one.space_gj, one.water_gj)),
            *(number(x, lang.value, 0) for x in (one.gas_m3, one.electricity_kwh)),
            number(one.network_gj, lang.value, 1),
            number(one.peak_kw, lang.value, 2),
        )
    return table


def _agreement_table(found: Sequence[Agreement], lang: Language) -> Table:
    from rich.table import Table

    from waardeweging.presentation.catalog import text
    from waardeweging.presentation.numbers import number, percent

    table = Table(box=None)
    for column in ("subject", "quantity", "ours", "published", "difference", "source"):
        is_text = column in ("subject", "quantity", "source")
        table.add_column(
            text(f"energy.{column}", lang.value), justify="left" if is_text else "right"
        )
    for one in found:
        places = 2 if one.quantity == "peak" else 0
        table.add_row(
            one.subject[lang.value],
            f"{text(f'energy.of_{one.quantity}', lang.value)} ({one.unit})",
            number(one.ours, lang.value, places),
            number(one.published, lang.value, places),
            "" if one.share is None else percent(one.share, lang.value),
            one.source,
        )
    return table
