"""The worked case by which the method is documented: three options, four criteria, six people."""

from types import SimpleNamespace

import numpy as np
import pytest


@pytest.fixture(scope="session")
def golden():
    """Warmtebedrijf, warmteschap and warmtepomp on kosten, zeggenschap, leefbaarheid and CO₂."""
    residents = np.array([(20, 40, 30, 10), (30, 30, 30, 10), (25, 45, 20, 10), (60, 10, 20, 10)])
    municipality = np.array([(50, 10, 20, 20), (40, 10, 20, 30)])
    people = np.vstack([residents, municipality]) / 100
    mass = np.array([1 / 8] * 4 + [1 / 4] * 2)
    return SimpleNamespace(
        values=np.array(
            [(0.80, 0.20, 0.50, 0.60), (0.55, 0.90, 0.60, 0.55), (0.30, 0.70, 0.40, 0.90)]
        ),
        people=people,
        sides=np.array([0, 0, 0, 0, 1, 1]),
        mass=mass,
        side_weights=np.array([people[:4].mean(axis=0), people[4:].mean(axis=0)]),
        joint=np.array([0.39375, 0.20625, 0.225, 0.175]),
        all=np.ones(3, dtype=bool),
    )
