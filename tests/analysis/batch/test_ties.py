"""Published costs that are too close to call, over the whole country."""

import numpy as np
import pytest
from tests.analysis.batch.conftest import NATION

from waardeweging.analysis.batch.ties import cost_ties
from waardeweging.problem.importers.startanalyse import (
    NeighbourhoodCosts,
    VariantCosts,
    VariantKey,
    read_startanalyse,
)


def place(**costs):
    variants = {VariantKey(2020, code): VariantCosts(cost) for code, cost in costs.items()}
    return NeighbourhoodCosts("BU00000001", "x", "GM0001", "y", 1.0, variants)


@pytest.mark.slow
def test_shares_of_ties_over_all_neighbourhoods():
    # Startanalyse 2020: 69 % between variants, 1.7 % between strategies, 11.6 % individual
    # against network when a geothermal source is not simply assumed.
    ties = cost_ties(tuple(read_startanalyse(NATION, 2020).values()))

    assert len(ties.variants) == 12_251
    found = [ties.variants.mean(), ties.strategies.mean(), ties.network.mean()]
    assert np.round(100 * np.array(found), 1).tolist() == [68.9, 1.7, 11.6]


def test_ties_of_one_neighbourhood():
    berkum = place(
        s1a=1307, s1b=1492, s2b=2434, s2c=1948, s2d=1725, s2e=2052, s2f=1565,
        s4a=1088, s4b=1080, s4c=729, s4d=761,
    )  # fmt: skip

    ties = cost_ties([berkum])

    assert (ties.variants[0], ties.strategies[0], ties.network[0]) == (True, False, False)


def test_a_tenth_still_ties_and_a_geothermal_source_anywhere_does_not_count():
    assert cost_ties([place(s1a=1000, s2d=1100)]).network[0]
    assert not cost_ties([place(s1a=1000, s2d=1101)]).network[0]
    assert not cost_ties([place(s1a=1000, s2d=1300, s2f=1000)]).network[0]


def test_one_variant_ties_with_nothing():
    ties = cost_ties([place(s1a=1000), place()])

    assert not ties.variants.any()
    assert not ties.strategies.any()
    assert not ties.network.any()
