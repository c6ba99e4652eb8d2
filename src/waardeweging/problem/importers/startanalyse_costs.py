"""What the Startanalyse says: costs of each variant in each neighbourhood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

VARIANTS_2020: Mapping[str, str] = {
    "s1a": "B, air heat pump",
    "s1b": "B, ground heat pump",
    "s2a": "B, residual heat",
    "s2b": "B, geothermal inside its contour",
    "s2c": "B, geothermal anywhere",
    "s2d": "D, residual heat",
    "s2e": "D, geothermal inside its contour",
    "s2f": "D, geothermal anywhere",
    "s3a": "B, low temperature 30/30",
    "s3b": "B, low temperature 30/70",
    "s3c": "B, neighbourhood heat and cold storage",
    "s3d": "B, heat and cold storage",
    "s3e": "B, heat from surface water",
    "s3f": "D, low temperature 30/70",
    "s3g": "D, neighbourhood heat and cold storage",
    "s3h": "D, heat from surface water",
    "s4a": "B, green gas with hybrid heat pump",
    "s4b": "B, green gas with boiler",
    "s4c": "D, green gas with hybrid heat pump",
    "s4d": "D, green gas with boiler",
}
PUBLISHED_2020 = ("s1a", "s2c", "s2f", "s4b", "s4d")
"""Variants whose H18 in the shipped national table is the published field; the others are H16
divided by the dwelling equivalents that published H16 and H18 imply."""
COST_ITEMS = tuple(f"K{number:02d}" for number in range(1, 17) if number != 10)


class VariantKey(NamedTuple):
    """Which variant of which edition; the same code is another technique elsewhere."""

    edition: int
    code: str


@dataclass(frozen=True, slots=True)
class VariantCosts:
    """Additional national costs of one variant in one neighbourhood.

    Parameters
    ----------
    per_weq : float
        H18, against the gas reference of 2030. [€/weq/yr]
    total : float, optional
        H16. [€/yr]
    per_tonne : float, optional
        H17. [€/tonne CO₂]
    items : mapping of str to float
        K01–K09 and K11–K16, empty in the file that holds only totals. [€/yr]
    co2 : float, optional
        H15 of the variant itself, in the edition that has it. [tonne/yr]
    """

    per_weq: float
    total: float | None = None
    per_tonne: float | None = None
    items: Mapping[str, float] = field(default_factory=dict)
    co2: float | None = None


@dataclass(frozen=True, slots=True)
class NeighbourhoodCosts:
    """What the Startanalyse says about one neighbourhood.

    Parameters
    ----------
    code : str
        CBS code, ``BU`` and eight digits.
    name, municipality_code, municipality : str
    weq : float
        Dwelling equivalents.
    variants : mapping of VariantKey to VariantCosts
    dwellings, non_residential : float, optional
    reference_co2 : float, optional
        H15 of the reference in 2030. [tonne/yr]
    reference_cost : float, optional
        K17 of the reference in 2030. [€/yr]
    winner : str, optional
        Variant code V01 as published; may be one that is not in the file.
    """

    code: str
    name: str
    municipality_code: str
    municipality: str
    weq: float
    variants: Mapping[VariantKey, VariantCosts]
    dwellings: float | None = None
    non_residential: float | None = None
    reference_co2: float | None = None
    reference_cost: float | None = None
    winner: str | None = None


class IdentityGaps(NamedTuple):
    """How far the published totals lie from what their parts add up to.

    Parameters
    ----------
    total : float
        H16 against the cost items less the cost of the reference. [€/yr]
    per_tonne : float
        H17 against H16 by the emissions of the reference. [€/tonne CO₂]
    per_weq : float
        H18 against H16 by the dwelling equivalents. [€/weq/yr]
    """

    total: float
    per_tonne: float
    per_weq: float


def identity_gaps(
    costs: VariantCosts, weq: float, reference_cost: float, reference_co2: float
) -> IdentityGaps:
    """Check the published totals of one variant against their parts.

    Parameters
    ----------
    costs : VariantCosts
        With totals and cost items.
    weq : float
    reference_cost : float
        K17 of the reference in 2030. [€/yr]
    reference_co2 : float
        H15 of the reference in 2030, more than 0. [tonne/yr]

    Raises
    ------
    ValueError
        If the totals or items are not there.
    """
    if costs.total is None or costs.per_tonne is None or not costs.items:
        raise ValueError("this variant has no totals and cost items")
    return IdentityGaps(
        costs.total - (sum(costs.items.values()) - reference_cost),
        costs.per_tonne - costs.total / reference_co2,
        costs.per_weq - costs.total / weq,
    )
