"""Makes a scenario folder for one neighbourhood from the Startanalyse and the heat tables.

Only costs of the neighbourhood's own, published variants are used, and what follows from
them: an option whose variant is not in the Startanalyse here is left out and named in the
README. The same input gives the same bytes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waardeweging.effects.criterion_formulas import CALCULATED, INDIVIDUAL
from waardeweging.effects.heat_tables import (
    SOURCE,
    TITLES,
    HeatTables,
    read_heat_tables,
    variants_of,
)
from waardeweging.effects.local_facts import local_facts
from waardeweging.effects.national_cost import NationalCost, national_cost
from waardeweging.effects.scenario_files import csv_text, toml_text
from waardeweging.problem.criteria import Framework
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.importers.startanalyse import NeighbourhoodCosts
from waardeweging.problem.reading import read_framework
from waardeweging.problem.tables import Row, read_bytes, read_table
from waardeweging.problem.toml_files import read_toml

_SOURCE = "pbl-startanalyse-{edition}"
_ALTERNATIVES = (
    "alternative",
    "label",
    "technique",
    "organisation",
    "insulation",
    "description",
    "label_en",
    "description_en",
    "reference",
)
_CELLS = (
    "alternative",
    "criterion",
    "low",
    "mid",
    "high",
    "unit",
    "grounds",
    "source",
    "note",
    "fact",
)
_LOCAL = "local"
_NOBODY = {
    "nl": "Nog niemand heeft gewogen. Elke waarde telt hier even zwaar, tot mensen hun gewichten "
    "geven.",
    "en": "Nobody has weighed yet. Every value counts the same here, until people give their "
    "weights.",
}


@dataclass(frozen=True, slots=True)
class _Local:
    """What a folder ``local/<code>`` adds: facts, notes, sources, ballots and grades."""

    settings: Mapping[str, Any]
    sources: tuple[Row, ...]
    ballots: str | None
    grades: str | None


def make_scenario(
    costs: NeighbourhoodCosts,
    edition: int,
    heat: Path,
    framework: Path,
    *,
    reference: str,
    every_option: bool = False,
) -> dict[str, str]:
    """Compose the files of a scenario for one neighbourhood.

    Parameters
    ----------
    costs : NeighbourhoodCosts
        Of the file with dwellings and published winner.
    edition : int
        Of the Startanalyse.
    heat : Path
        Folder with the heat tables.
    framework : Path
        Framework whose criteria the options must have.
    reference : str
        How the scenario file refers to that framework, e.g. ``../frameworks/warmte.toml``.
    every_option : bool
        Take options of the tables that are not here too, with national costs of 0.

    Returns
    -------
    dict of str
        Text by file name; `write_folder` writes them.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If tables or framework have faults, or no option is left.
    """
    if costs.dwellings is None:
        raise InputError(
            "startanalyse.no_dwellings",
            where=Place("Startanalyse", None, "I09_aantalwoningen"),
            found=costs.code,
            remedy="Give the file with one row per neighbourhood too; it holds the dwellings.",
        )
    tables = read_heat_tables(heat)
    tree = _framework(framework)
    local = _local(heat / _LOCAL / costs.code)
    known = local.settings.get("facts", {})
    derived = local_facts(costs, edition, {name: one["value"] for name, one in known.items()})
    facts = {**_facts(costs, edition), **derived, **known}
    national = {
        row["option"]: _here(row, costs, edition, facts, local, every_option)
        for row in tables.options
    }
    present = [row for row in tables.options if national[row["option"]] is not None]
    if all(row["reference"] for row in present):
        raise InputError(
            "startanalyse.no_options",
            where=Place("options.csv"),
            found=costs.code,
            remedy="None of these options has a cost in this neighbourhood; add one that has.",
        )
    cells = [
        cell
        for row in present
        for cell in _cells(row, national[row["option"]], edition, tables, tree)
    ]
    used = _used_sources(cells, tables, facts)
    sources = [row for row in (*tables.sources, *local.sources) if row["source"] in used]
    published = _published_option(costs, edition, present, national)
    given = {"ballots.csv": local.ballots, "grades.csv": local.grades}
    return {
        "README.md": _readme(costs, edition, tables.options, present, local),
        "alternatives.csv": csv_text(_ALTERNATIVES, map(_alternative, present)),
        "performances.csv": csv_text(_CELLS, cells),
        "scenario.toml": _settings(costs, edition, reference, facts, tables, local, published),
        "sources.csv": _sources(sources),
        "techniques.csv": tables.techniques,
        **{name: one for name, one in given.items() if one is not None},
    }


def costs_table(found: Mapping[str, NeighbourhoodCosts]) -> str:
    """Give the costs of all neighbourhoods as one CSV table, a row per variant."""
    columns = (
        "edition",
        "neighbourhood",
        "name",
        "municipality",
        "weq",
        "published_winner",
        "variant",
        "cost_per_weq",
    )
    rows = (
        (
            key.edition,
            one.code,
            one.name,
            one.municipality,
            _short(one.weq),
            one.winner or "",
            key.code,
            _short(costs.per_weq),
        )
        for one in found.values()
        for key, costs in one.variants.items()
    )
    return csv_text(columns, rows)


def _short(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def _here(
    row: Row,
    costs: NeighbourhoodCosts,
    edition: int,
    facts: Mapping[str, Mapping[str, object]],
    local: _Local,
    every_option: bool,
) -> NationalCost | None:
    """Give the national cost of an option here; None where it is not an option."""
    wanted = local.settings.get("options", ())
    if wanted and row["option"] not in wanted and not row["reference"]:
        return None
    found = national_cost(row, costs, edition, facts, wanted)
    if found is None and every_option:
        return NationalCost("", 0.0, 0.0, 0.0, "calculated", "")
    return found


def _published_option(
    costs: NeighbourhoodCosts,
    edition: int,
    present: Sequence[Row],
    national: Mapping[str, NationalCost | None],
) -> tuple[str, ...]:
    """Give the options that are the winner that PBL published; their own variants only."""
    return tuple(
        row["option"]
        for row in present
        if costs.winner and costs.winner in variants_of(row, edition)
    )


def _alternative(row: Row) -> list[str]:
    return [row["option" if name == "alternative" else name] for name in _ALTERNATIVES]


def _cells(
    row: Row, national: NationalCost | None, edition: int, tables: HeatTables, tree: Framework
) -> list[list[object]]:
    """Give the rows of ``performances`` of one option, in the order of the framework."""
    technique, organisation = row["technique"], row["organisation"]
    own = {
        name: (f"{technique}:{name}", cell)
        for name, cell in tables.technique_cells[technique].items()
    }
    own |= {
        name: (f"{organisation}:{name}", cell)
        for name, cell in tables.organisation_cells[organisation].items()
    }
    found: list[list[object]] = []
    for criterion in tree.criteria:
        name = criterion.id
        if name == "K1":
            found.append(_national_cell(row["option"], national, edition, criterion.unit))
        elif name in own:
            fact, cell = own[name]
            found.append([row["option"], name, *_band(cell), fact])
        elif name not in CALCULATED or (name == "D1" and organisation not in INDIVIDUAL):
            raise _missing(row, name)
    return found


def _band(cell: Row) -> list[str]:
    return [cell[name] for name in ("low", "mid", "high", "unit", "grounds", "source", "note")]


def _national_cell(
    option: str, national: NationalCost | None, edition: int, unit: str
) -> list[object]:
    if national is None:
        raise RuntimeError("only options that are here have cells")
    source = _SOURCE.format(edition=edition)
    fact = f"K1:{national.code or 'reference'}"
    band = [_short(end) for end in (national.low, national.mid, national.high)]
    return [option, "K1", *band, unit, national.grounds, source, national.note, fact]


def _facts(costs: NeighbourhoodCosts, edition: int) -> dict[str, Mapping[str, object]]:
    given = {
        "dwellings": (costs.dwellings, "dwellings"),
        "non_residential": (costs.non_residential, "buildings"),
        "weq": (costs.weq, "weq"),
    }
    return {
        name: {"value": value, "unit": unit, "source": _SOURCE.format(edition=edition)}
        for name, (value, unit) in given.items()
        if value is not None
    }


def _settings(
    costs: NeighbourhoodCosts,
    edition: int,
    reference: str,
    facts: Mapping[str, Mapping[str, object]],
    tables: HeatTables,
    local: _Local,
    published: Sequence[str],
) -> str:
    title = f"{costs.name} ({costs.municipality}): van aardgas af"
    title_en = f"{costs.name} ({costs.municipality}): beyond natural gas"
    head: dict[str, object] = {
        "id": local.settings.get("id", costs.code.lower()),
        "neighbourhood": costs.code,
        "framework": reference,
        "perspective": "resident",
        "lambda": 0.5,
        "seed": 2020,
        "draws": 2000,
        "tie_margin": 0.1,
        "title": {"nl": title, "en": title_en},
    }
    for name in ("note", "ballots_note"):
        if name in local.settings:
            head[name] = local.settings[name]
    if local.ballots is None:
        head["neutral_weights"] = True
        head["ballots_note"] = _NOBODY
    if costs.winner:
        head["published"] = {
            "variant": costs.winner,
            "options": list(published),
            "source": _SOURCE.format(edition=edition),
        }
    head["effects"] = {"criteria": list(CALCULATED), "techniques": "techniques.csv"}
    return f"{toml_text(head)}\n{toml_text({'facts': facts})}\n{tables.parameters}"


def _used_sources(
    cells: Sequence[Sequence[object]], tables: HeatTables, facts: Mapping[str, Mapping[str, object]]
) -> set[object]:
    at = _CELLS.index("source")
    given = tomllib.loads(tables.parameters)
    varied = (variant.get("parameters", {}) for variant in given.get("variants", ()))
    parameters = [*given["parameters"].values(), *(one for own in varied for one in own.values())]
    properties = (line.split(";") for line in tables.techniques.splitlines())
    column = tables.techniques.split("\n", 1)[0].split(";").index("source")
    return {
        *(cell[at] for cell in cells),
        *(fact["source"] for fact in facts.values()),
        "pbl-report-2020",
        *(one.get("source") for one in parameters),
        *(line[column] for line in properties if len(line) > column),
    }


def _framework(path: Path) -> Framework:
    faults = Faults()
    tree = read_framework(path, faults)
    faults.raise_all(path.name)
    if tree is None:
        raise RuntimeError("a framework without faults was not read")
    return tree


def _local(folder: Path) -> _Local:
    if not folder.is_dir():
        return _Local({}, (), None, None)
    settings, ballots = folder / "local.toml", folder / "ballots.csv"
    grades = folder / "grades.csv"
    sources = folder / "sources.csv"
    return _Local(
        read_toml(settings) if settings.exists() else {},
        read_table(sources, required=SOURCE, optional=TITLES).rows if sources.exists() else (),
        read_bytes(ballots).decode("utf-8") if ballots.exists() else None,
        read_bytes(grades).decode("utf-8") if grades.exists() else None,
    )


def _sources(rows: Sequence[Row]) -> str:
    columns = (*SOURCE, *TITLES)
    return csv_text(columns, ([row[name] for name in columns] for row in rows))


def _readme(
    costs: NeighbourhoodCosts,
    edition: int,
    options: Sequence[Row],
    present: Sequence[Row],
    local: _Local,
) -> str:
    absent = [row for row in options if row not in present]
    lines = [
        f"# {costs.name} ({costs.municipality}), {costs.code}",
        "",
        f"Made by `waardeweging import startanalyse … --edition {edition} "
        f"--neighbourhood {costs.code}` from the Startanalyse and the tables in",
        "`scenarios/heat/`. Change those and make it again, or copy this folder before editing.",
        "",
        f"National costs: PBL ({edition}), Startanalyse aardgasvrije buurten; the middle of every "
        "band is the published figure.",
    ]
    if costs.winner:
        lines.append(f"Published winner of that analysis: `{costs.winner}`, kept as published.")
    if absent:
        lines += ["", "Left out, because the Startanalyse has no cost for it here:", ""]
        lines += [
            f"- {row['label_en']} (variant `{'`, `'.join(variants_of(row, edition))}`)"
            for row in absent
        ]
    note = local.settings.get("ballots_note", {}).get("en")
    if note:
        lines += ["", "## Ballots", "", note]
    elif local.ballots is None:
        lines += [
            "",
            "Nobody has weighed yet: every value counts the same until there is a `ballots.csv`.",
        ]
    return "\n".join(lines) + "\n"


def _missing(row: Row, criterion: str) -> InputError:
    return InputError(
        "performance.missing",
        where=Place(row.file, row.number, f"{row['option']} × {criterion}"),
        remedy="Add a row for option {alternative} and criterion {criterion}.",
        alternative=row["option"],
        criterion=criterion,
    )
