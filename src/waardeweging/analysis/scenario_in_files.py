"""A scenario from files in memory, such as those of a workshop, before anybody answered."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from waardeweging.analysis.scenario import FILE, Scenario, read_scenario
from waardeweging.elicitation.ballots import SIDES
from waardeweging.problem.errors import Faults
from waardeweging.problem.reading import find_table, read_framework
from waardeweging.problem.toml_files import read_toml

_BALLOTS = "ballots"
_NAME = re.compile(r"(?:\.\./frameworks/)?[A-Za-z0-9][\w.-]*", re.ASCII)


def scenario_in(files: Mapping[str, bytes]) -> Scenario:
    """Read the scenario of a workshop; nobody has answered yet.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault of every file.
    """
    kept = {name: one for name, one in files.items() if PurePosixPath(name).stem != _BALLOTS}
    return replace(scenario_of_files(kept), ballots=(), ballots_note=None)


def scenario_of_files(files: Mapping[str, bytes]) -> Scenario:
    """Read a scenario as its files are; without ballots two that only stand in are there.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault of every file.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "scenario"
        write_files(folder, files)
        # A framework that is named as ``../frameworks/x.toml`` is found there as well.
        write_files(Path(place), {name: one for name, one in files.items() if "/" in name})
        _write_stand_in(folder)
        return read_scenario(folder)


def named_outside(settings: Mapping[str, Any]) -> tuple[str, object] | None:
    """Find a key of ``scenario.toml`` whose file lies outside the folder, with what it names.

    These files may come from anybody.
    """
    effects = settings.get("effects", {})
    techniques = effects.get("techniques", "") if isinstance(effects, dict) else ""
    for field, named in (("framework", settings.get("framework", "")), ("techniques", techniques)):
        if named and not (isinstance(named, str) and _NAME.fullmatch(named)):
            return field, named
    return None


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, by path inside it."""
    for name, content in files.items():
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise ValueError(f"a file outside the folder: {name!r}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _write_stand_in(folder: Path) -> None:
    """Write one ballot per side where there are none: a folder cannot be read without."""
    target = find_table(folder, _BALLOTS)
    if target.exists():
        return
    named = read_toml(folder / FILE).get("framework", "framework.toml")
    framework = read_framework(folder / str(named), Faults())
    criteria = [criterion.id for criterion in framework.criteria] if framework else []
    rows = [["participant", "side", "method", *criteria]]
    rows += [[side, side, "points", *("1" for _ in criteria)] for side in SIDES]
    target.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
