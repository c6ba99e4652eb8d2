"""From what a dossier is made: a weighed scenario, its variants, and what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from waardeweging.analysis.analyse import analyse, score
from waardeweging.analysis.outcome import Outcome, Result
from waardeweging.analysis.scenario import Scenario, read_scenario
from waardeweging.dossier.bundle.events import Opened
from waardeweging.dossier.record import Record, read_record
from waardeweging.process.chain import Recorded


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
    workshop : str
        Id of the workshop in which people answered; empty for a folder.
    records : tuple of Recorded
        The chain of that workshop.
    opened : tuple of Opened
        Its answers with their nonces; they leave with everything only.
    files : mapping of str to bytes
        Its frozen files, by path.
    """

    scenario: Scenario
    outcome: Outcome
    variants: tuple[ScoredVariant, ...] = ()
    record: Record = field(default_factory=Record)
    folder: str = ""
    workshop: str = ""
    records: tuple[Recorded, ...] = ()
    opened: tuple[Opened, ...] = field(default=(), repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)


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
