"""The calculated part of a scenario: which cells come from formulas, and with which numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from waardeweging.effects.binding import calculable, check_inputs
from waardeweging.effects.calculation import Calculation, calculate, sample
from waardeweging.effects.neighbourhood import NeighbourhoodFacts, read_facts
from waardeweging.effects.parameters import Parameters, override, read_parameters
from waardeweging.effects.plausibility import check_plausible
from waardeweging.effects.techniques import Techniques, read_techniques
from waardeweging.problem.alternatives import Alternative, Cell, Source
from waardeweging.problem.arrays import FloatArray
from waardeweging.problem.criteria import Framework, Text
from waardeweging.problem.errors import Faults, Place
from waardeweging.problem.labels import Described
from waardeweging.problem.reading import check_band, check_unit
from waardeweging.problem.toml_files import parse

# Where a calculated cell refers to; the numbers inside it have sources of their own.
CALCULATION = Source(
    id="calculation",
    title="Berekening in dit scenario, uit de getoonde getallen",
    publisher="waardeweging",
)


class EffectsSection(Described):
    """The section ``[effects]`` of a scenario.

    Parameters
    ----------
    criteria : tuple of str
        Criteria that are calculated where the table of performances has no row.
    techniques : str
        Table with the properties of techniques, relative to the folder.
    """

    criteria: tuple[Text, ...]
    techniques: Text = "techniques.csv"


@dataclass(frozen=True, slots=True)
class EffectsModel:
    """Everything that the formulas need.

    Parameters
    ----------
    techniques : Techniques
    parameters : Parameters
    facts : NeighbourhoodFacts
    criteria : tuple of str
    file : str
        Table of techniques, relative to the folder.
    """

    techniques: Techniques
    parameters: Parameters
    facts: NeighbourhoodFacts
    criteria: tuple[str, ...]
    file: str

    def calculations(self, options: Sequence[Alternative]) -> dict[tuple[str, str], Calculation]:
        """Calculate every cell that has a formula, by (alternative, criterion)."""
        return calculate(self.techniques, self.parameters, self.facts, options, self.criteria)

    def draws(
        self, options: Sequence[Alternative], rng: np.random.Generator, draws: int
    ) -> dict[tuple[str, str], FloatArray]:
        """Draw every cell that has a formula; a price is the same for all options."""
        return sample(
            self.techniques,
            self.parameters,
            self.facts,
            options,
            self.criteria,
            rng=rng,
            draws=draws,
        )

    def varied(self, section: Mapping[str, Any], variant: str, faults: Faults) -> EffectsModel:
        """Give the model with the parameters of a variant."""
        changed = override(self.parameters, section, "scenario.toml", variant, faults)
        return replace(self, parameters=changed)


def read_effects(
    folder: Path,
    given: Mapping[str, Any],
    options: Sequence[Alternative],
    sources: Sequence[Source],
    faults: Faults,
) -> EffectsModel | None:
    """Read the calculated part of a scenario; None when it has none, or after a fault.

    Parameters
    ----------
    folder : Path
    given : mapping
        The sections ``effects``, ``parameters`` and ``facts`` of the scenario file.
    options : sequence of Alternative
    sources : sequence of Source
    faults : Faults
    """
    file = "scenario.toml"
    before = len(faults)
    section = parse(EffectsSection, given["effects"], Place(file, "effects"), faults)
    parameters = read_parameters(given["parameters"], file, faults)
    facts = read_facts(given["facts"], file, faults)
    if section is None:
        return None
    path = folder / section.techniques
    techniques = read_techniques(path, faults)
    if facts is None or len(faults) > before:
        return None
    check_inputs(
        techniques,
        parameters,
        facts,
        options,
        section.criteria,
        sources={source.id for source in sources},
        files=(file, path.name),
        faults=faults,
    )
    check_plausible(techniques, parameters, facts, options, (file, path.name), faults)
    if len(faults) > before:
        return None
    return EffectsModel(techniques, parameters, facts, section.criteria, section.techniques)


def calculable_cells(
    section: Mapping[str, Any], options: Sequence[Alternative]
) -> set[tuple[str, str]]:
    """List the cells that formulas would fill, also while their inputs have faults."""
    criteria = section.get("criteria", [])
    names = [name for name in criteria if isinstance(name, str)] if criteria else []
    return {(option.id, name) for option in options for name in names if calculable(option, name)}


def calculated_cells(
    calculations: Mapping[tuple[str, str], Calculation],
    framework: Framework,
    where: Place,
    faults: Faults,
) -> dict[tuple[str, str], Cell]:
    """Turn calculations into cells, within the ranges that people weighed.

    Parameters
    ----------
    calculations : mapping from (alternative, criterion) to Calculation
    framework : Framework
    where : Place
        The scenario or the variant.
    faults : Faults
    """
    known = {criterion.id: criterion for criterion in framework.criteria}
    cells = {}
    for (option, name), result in calculations.items():
        if name not in known:
            continue
        place = Place(where.file, where.row, f"{option} × {name}")
        check_unit(known[name], result.unit, place, faults)
        band = {"low": result.low, "mid": result.mid, "high": result.high}
        check_band(known[name], band, place, faults)
        cells[option, name] = Cell(
            alternative=option,
            criterion=name,
            unit=result.unit,
            grounds="calculated",
            source=CALCULATION.id,
            low=result.low,
            mid=result.mid,
            high=result.high,
        )
    return cells
