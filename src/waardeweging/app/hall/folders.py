"""A scenario folder as the files of a workshop, and back.

Answers that stand in the folder stay behind: an evening starts with none.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.analysis.scenario import FILE
from waardeweging.analysis.scenario_in_files import named_outside, scenario_in, write_files
from waardeweging.problem.errors import Faults, InputError, Place, shown
from waardeweging.problem.inheritance import framework_files
from waardeweging.problem.toml_files import read_toml

# What people answered earlier, in a file of its own.
_ANSWERS = (
    *("ballots", "grades", "attributes", "best_worst", "pairwise", "orders"),
    *("consultation", "flags"),
)
_TABLES = (".csv", ".xlsx")
_KINDS = (".toml", *_TABLES)
_NAME = re.compile(r"[^./\\][^/\\]*")
_LONGEST_NAME = 120
_FRAMEWORKS = "frameworks"


def gather(folder: Path) -> dict[str, bytes]:
    """Read the files of a scenario folder, its framework included, without the answers.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    dict of str to bytes
        By name; a framework from outside the folder stands under ``frameworks/``.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If the folder is no scenario that can be read.
    """
    inside = {path.name: path for path in sorted(folder.iterdir()) if path.suffix in _KINDS}
    found = {name: path.read_bytes() for name, path in inside.items()}
    return complete(found, folder)


def sent_files(given: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Give files that a browser sent, complete.

    Parameters
    ----------
    given : iterable of (str, bytes)
        Name and content of each.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If a name cannot be kept, a table came twice, or the files are no scenario.
    """
    faults, found, told = Faults(), dict[str, bytes](), dict[str, str]()
    for name, content in given:
        path = PurePosixPath(name.casefold())
        table = path.stem if path.suffix in _TABLES else path.name
        if not _is_name(name):
            faults.add(
                InputError(
                    "hall.file_name",
                    where=Place(shown(name)),
                    remedy="Give this file a short name, with letters and digits.",
                )
            )
        elif table in told:
            faults.add(
                InputError(
                    "hall.twice",
                    where=Place(name),
                    remedy="{other} came along too; send only the one that counts.",
                    other=told[table],
                )
            )
        told.setdefault(table, name)
        found[name] = content
    faults.raise_all(FILE)
    return complete(found)


def _is_name(name: str) -> bool:
    """Say whether a folder can hold a file of this name, and a reader can see which one it is."""
    is_plain = name.isprintable() and _NAME.fullmatch(name) is not None
    return is_plain and len(name.encode()) <= _LONGEST_NAME


def complete(given: Mapping[str, bytes], folder: Path | None = None) -> dict[str, bytes]:
    """Leave out the answers, and add the framework that the scenario names.

    Parameters
    ----------
    given : mapping of str to bytes
        Files by name.
    folder : Path, optional
        Where the framework is looked for; without it, among those of the program.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If these files are no scenario that can be read.
    """
    kept = {
        name: content for name, content in given.items() if PurePosixPath(name).stem not in _ANSWERS
    }
    if FILE not in kept:
        raise InputError(
            "hall.no_scenario",
            where=Place(FILE),
            remedy="Give all files of a scenario folder; {file} is one of them.",
            file=FILE,
        )
    with tempfile.TemporaryDirectory() as place:
        write_files(Path(place), {FILE: kept[FILE]})
        settings = read_toml(Path(place) / FILE)
    _check_names(settings)
    kept |= _framework(settings, kept, folder or bundled_scenarios() / _FRAMEWORKS)
    scenario_in(kept)
    return kept


def _check_names(settings: Mapping[str, Any]) -> None:
    """Refuse names that lead out of the folder."""
    outside = named_outside(settings)
    if outside is not None:
        field, named = outside
        raise InputError(
            "hall.outside",
            where=Place(FILE, None, field),
            found=named,
            remedy="Put this file in the folder itself and write its name only.",
        )


def _framework(
    settings: Mapping[str, Any], files: Mapping[str, bytes], folder: Path
) -> dict[str, bytes]:
    """Read the framework from outside these files, with the files that it takes over."""
    named = str(settings.get("framework", "framework.toml"))
    found = {}
    if named not in files:
        for path in framework_files(folder / named):
            if path.is_file():
                found[f"{_FRAMEWORKS}/{path.name}"] = path.read_bytes()
    return found
