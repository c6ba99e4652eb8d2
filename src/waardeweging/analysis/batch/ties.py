"""How often published costs are too close to call: variants, strategies, individual or network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from waardeweging.problem.arrays import ArrayRecord, BoolArray
from waardeweging.problem.importers.startanalyse import NeighbourhoodCosts

# Geothermal "anywhere" assumes a source under every neighbourhood.
_ANYWHERE = frozenset({"s2c", "s2f"})
_STRATEGIES = ("s1", "s2", "s4")


@dataclass(frozen=True, eq=False)
class CostTies(ArrayRecord):
    """Whether the two cheapest differ by at most a tenth of the cheapest.

    Parameters
    ----------
    variants : array of bool, shape (n_neighbourhoods,)
        The two cheapest of all published variants.
    strategies : array of bool, shape (n_neighbourhoods,)
        The two cheapest of individual (S1), network (S2) and green gas (S4), each at its
        cheapest variant.
    network : array of bool, shape (n_neighbourhoods,)
        Individual against network, without a geothermal source that is assumed anywhere.
    """

    variants: BoolArray
    strategies: BoolArray
    network: BoolArray


def cost_ties(places: Sequence[NeighbourhoodCosts], margin: float = 0.1) -> CostTies:
    """Compare the published national costs of every neighbourhood.

    Parameters
    ----------
    places : sequence of NeighbourhoodCosts
    margin : float
        Largest difference that ties, as a share of the lowest cost. [0–1]
    """
    found = np.array([_ties(_costs(one), margin) for one in places], dtype=np.bool_).reshape(-1, 3)
    return CostTies(found[:, 0], found[:, 1], found[:, 2])


def _costs(one: NeighbourhoodCosts) -> dict[str, float]:
    return {key.code: costs.per_weq for key, costs in one.variants.items()}


def _ties(costs: dict[str, float], margin: float) -> tuple[bool, bool, bool]:
    near = {code: cost for code, cost in costs.items() if code not in _ANYWHERE}
    return (
        _tied(costs.values(), margin),
        _tied(_cheapest(costs, _STRATEGIES), margin),
        _tied(_cheapest(near, _STRATEGIES[:2]), margin),
    )


def _cheapest(costs: dict[str, float], strategies: Sequence[str]) -> list[float]:
    of_each = [[cost for code, cost in costs.items() if code[:2] == one] for one in strategies]
    return [min(own) for own in of_each if own]


def _tied(costs: Iterable[float], margin: float) -> bool:
    first, *rest = sorted(costs) or [np.inf]
    return bool(rest) and rest[0] - first <= margin * abs(first)
