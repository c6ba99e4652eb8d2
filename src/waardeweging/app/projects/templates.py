"""The library of templates, with which a project can begin."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from waardeweging.analysis.library import bundled_scenarios
from waardeweging.problem.errors import InputError, Place
from waardeweging.process.project.template import Template, read_template


def templates() -> Mapping[str, Path]:
    """Give the templates that come with the program, by name."""
    found = sorted((bundled_scenarios() / "templates").glob("*.toml"))
    return {path.stem: path for path in found}


def find_template(named: str) -> Template:
    """Read a template of the program by its name, or one from a file.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If there is none, or with every fault of it.
    """
    path = Path(named)
    if path.is_file():
        return read_template(path)
    known = templates()
    if named not in known:
        raise InputError(
            "template.unknown",
            where=Place("template"),
            found=named,
            remedy="Choose one of {known}, or give a file.",
            known=", ".join(known),
        )
    return read_template(known[named])
