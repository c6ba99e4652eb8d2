"""Weigh heat options for a neighbourhood on several values, as equals.

The public names, for notebooks and scripts::

    import waardeweging as ww

    scenario = ww.read_scenario(ww.bundled_scenarios() / "berkum")
    outcome = ww.analyse(scenario)

Everything else may move between versions.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from waardeweging.analysis.analyse import analyse as analyse
    from waardeweging.analysis.library import bundled_scenarios as bundled_scenarios
    from waardeweging.analysis.outcome import Outcome as Outcome
    from waardeweging.analysis.scenario import Scenario as Scenario
    from waardeweging.analysis.scenario import read_scenario as read_scenario
    from waardeweging.presentation.outcome_json import outcome_json as outcome_json
    from waardeweging.presentation.sentences import outcome_sentences as outcome_sentences
    from waardeweging.problem.errors import InputError as InputError

__version__ = "0.1.0"

_PLACES = {
    "InputError": "waardeweging.problem.errors",
    "Outcome": "waardeweging.analysis.outcome",
    "Scenario": "waardeweging.analysis.scenario",
    "analyse": "waardeweging.analysis.analyse",
    "bundled_scenarios": "waardeweging.analysis.library",
    "outcome_json": "waardeweging.presentation.outcome_json",
    "outcome_sentences": "waardeweging.presentation.sentences",
    "read_scenario": "waardeweging.analysis.scenario",
}

__all__ = [
    "InputError",
    "Outcome",
    "Scenario",
    "__version__",
    "analyse",
    "bundled_scenarios",
    "outcome_json",
    "outcome_sentences",
    "read_scenario",
]


def __getattr__(name: str) -> Any:
    # Loaded when first used, so that a command that only tells its version stays quick.
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module 'waardeweging' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
