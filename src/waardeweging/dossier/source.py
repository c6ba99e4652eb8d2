"""From what a dossier is made: a weighed scenario, its variants, and what was recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from waardeweging.analysis.analyse import analyse, score
from waardeweging.analysis.outcome import Outcome, Result
from waardeweging.analysis.scenario import Scenario, read_scenario
from waardeweging.dossier.record import Record, read_record


@dataclass(frozen=True, slots=True)
class ScoredVariant:
    """A variant of the scenario with its scores; a dossier tells nothing else of variants."""

    scenario: Scenario
    result: Result


@dataclass(frozen=True, slots=True)
class DossierSource:
    """Everything that a dossier tells.

    Parameters
    ----------
    scenario : Scenario
    outcome : Outcome
        Of that scenario, without a variant.
    variants : tuple of ScoredVariant
        In the order of the scenario.
    record : Record
        What only a workshop or a project knows.
    folder : str
        How the reader finds the scenario, for the command that recalculates it.
    """

    scenario: Scenario
    outcome: Outcome
    variants: tuple[ScoredVariant, ...] = ()
    record: Record = field(default_factory=Record)
    folder: str = ""


def source_of(scenario: Scenario, record: Record | None = None, folder: str = "") -> DossierSource:
    """Weigh a scenario and its variants.

    Raises
    ------
    InputError
        If the scenario cannot be weighed.
    """
    varied = (scenario.with_variant(variant.id) for variant in scenario.variants)
    return DossierSource(
        scenario,
        analyse(scenario),
        tuple(ScoredVariant(one, score(one)) for one in varied),
        Record() if record is None else record,
        folder,
    )


def source_of_folder(folder: Path) -> DossierSource:
    """Read a scenario folder and weigh it.

    Raises
    ------
    ExceptionGroup of InputError
        With every fault of every file.
    """
    return source_of(read_scenario(folder), read_record(folder), folder.resolve().name)
