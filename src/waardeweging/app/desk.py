"""Scenarios on the shelf and their outcomes, kept between reruns and visitors.

Everything kept is immutable and shared: a rerun costs a look-up. A changed file
changes the stamp, and is read again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from waardeweging.analysis.analyse import analyse
from waardeweging.analysis.library import bundled_scenarios, scenario_folders
from waardeweging.analysis.outcome import Outcome
from waardeweging.analysis.scenario import Scenario, read_scenario
from waardeweging.analysis.selecting import Selection, select
from waardeweging.presentation.catalog import Language
from waardeweging.problem.criteria import Perspective

# More folders with scenarios, beside those that come with the program.
SCENARIOS = "WAARDEWEGING_SCENARIOS"
FIRST = "berkum"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which outcome somebody looks at.

    Parameters
    ----------
    folder : str
    stamp : str
        Of the names, sizes and times of the files in that folder.
    perspective : str or None
        None follows the scenario.
    variant : str or None
        None is the scenario as it stands.
    share : float or None
        Share of the residents; None follows the scenario.
    """

    folder: str
    stamp: str
    perspective: Perspective | None = None
    variant: str | None = None
    share: float | None = None


def shelf() -> dict[str, Path]:
    """List the scenario folders by name, the one to begin with first."""
    named = [Path(root) for root in os.environ.get(SCENARIOS, "").split(os.pathsep) if root]
    found: dict[str, Path] = {}
    for root in (*named, bundled_scenarios()):
        for folder in scenario_folders(root):
            found.setdefault(folder.name, folder)
    return {name: found[name] for name in sorted(found, key=lambda name: (name != FIRST, name))}


def choice_of(folder: Path, perspective: Perspective | None = None) -> Choice:
    """Give the choice of a scenario folder as its files are now."""
    return Choice(str(folder), _stamp(folder), perspective)


def scenario_of(choice: Choice) -> Scenario:
    """Read the chosen scenario, with its variant, perspective and share.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault of every file.
    """
    return _applied(*astuple(choice))


def outcome_of(choice: Choice) -> Outcome:
    """Give the outcome of the chosen scenario.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If it cannot be read or weighed.
    """
    return _analysed(*astuple(choice))


def selection_of(folder: Path) -> Selection:
    """Give the choice among the initiatives of a scenario folder.

    Raises
    ------
    InputError or ExceptionGroup of InputError
        If it cannot be read or weighed.
    """
    chosen: Selection = _selected(str(folder), _stamp(folder))
    return chosen


def kept(make: Callable[[Outcome, Language], T], choice: Choice, language: Language) -> T:
    """Give what a function makes of the outcome, such as a picture; it is made once."""
    name = f"{make.__module__}.{make.__qualname__}"
    made: T = _made(name, make, choice, language, *astuple(choice))
    return made


def kept_of_all(
    make: Callable[[Sequence[Outcome], Language], T], choices: Sequence[Choice], language: Language
) -> T:
    """Give what a function makes of several outcomes together; it is made once."""
    name = f"{make.__module__}.{make.__qualname__}"
    made: T = _made_of_all(name, make, choices, language, repr(choices))
    return made


def _stamp(folder: Path) -> str:
    files = [*folder.iterdir(), *(folder.parent / "frameworks").glob("*.toml")]
    stats = [(path.name, path.stat()) for path in sorted(files)]
    seen = repr([(name, stat.st_mtime_ns, stat.st_size) for name, stat in stats])
    return hashlib.sha256(seen.encode()).hexdigest()


# Plain arguments make the key of a cache; a name that begins with _ stays out of it.


@st.cache_resource(show_spinner=False, max_entries=32)
def _read(folder: str, stamp: str) -> Scenario:
    return read_scenario(Path(folder))


@st.cache_resource(show_spinner=False, max_entries=128)
def _applied(
    folder: str,
    stamp: str,
    perspective: Perspective | None,
    variant: str | None,
    share: float | None,
) -> Scenario:
    scenario = _read(folder, stamp).with_variant(variant)
    scenario = scenario if perspective is None else scenario.with_perspective(perspective)
    return scenario if share is None else scenario.with_share(share)


@st.cache_resource(show_spinner=False, max_entries=128)
def _analysed(*choice: Any) -> Outcome:
    return analyse(_applied(*choice))


@st.cache_resource(show_spinner=False, max_entries=32)
def _selected(folder: str, stamp: str) -> Selection:
    return select(Path(folder))


@st.cache_resource(show_spinner=False, max_entries=1024)
def _made(
    name: str,
    _make: Callable[[Outcome, Language], Any],
    _choice: Choice,
    language: Language,
    *choice: Any,
) -> Any:
    return _make(outcome_of(_choice), language)


@st.cache_resource(show_spinner=False, max_entries=128)
def _made_of_all(
    name: str,
    _make: Callable[[Sequence[Outcome], Language], Any],
    _choices: Sequence[Choice],
    language: Language,
    choices: str,
) -> Any:
    return _make([outcome_of(choice) for choice in _choices], language)
