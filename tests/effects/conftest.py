from pathlib import Path

import pytest

from waardeweging.effects.neighbourhood import Fact, NeighbourhoodFacts
from waardeweging.effects.parameters import Parameters, read_parameters
from waardeweging.effects.techniques import Techniques, read_techniques
from waardeweging.problem.alternatives import Alternative
from waardeweging.problem.errors import Faults
from waardeweging.problem.labels import Label
from waardeweging.problem.toml_files import read_toml

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
HEAT = SCENARIOS / "heat"


@pytest.fixture(scope="session")
def techniques() -> Techniques:
    faults = Faults()
    table = read_techniques(HEAT / "techniques.csv", faults)
    faults.raise_all("techniques")
    return table


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    faults = Faults()
    section = read_toml(HEAT / "parameters.toml")["parameters"]
    found = read_parameters(section, "parameters.toml", faults)
    faults.raise_all("parameters")
    return found


@pytest.fixture(scope="session")
def facts() -> NeighbourhoodFacts:
    return NeighbourhoodFacts(
        dwellings=Fact(value=1656.0, unit="dwellings", source="pbl"),
        owner_share=Fact(value=0.75, unit="share", source="case"),
    )


@pytest.fixture(scope="session")
def option():
    def make(technique: str, organisation: str = "O6", insulation: str = "") -> Alternative:
        label = Label(nl=technique, en=technique)
        return Alternative(
            id=technique,
            label=label,
            technique=technique,
            organisation=organisation,
            insulation=insulation,
        )

    return make
