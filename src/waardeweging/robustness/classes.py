"""One word for how firm an outcome is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Points and shares that should lie on a threshold may miss it by rounding.
_ROUNDING = 1e-9


class Firmness(StrEnum):
    """How firm; the values are the words that the outcome file promises its readers."""

    FIRM = "stevig"
    FAIR = "redelijk"
    SHAKY = "wankel"


@dataclass(frozen=True, slots=True)
class FirmnessThresholds:
    """Where one class ends and the next begins.

    Parameters
    ----------
    firm_points, fair_points : float
        Least points to flip for firm and for fair. [points of 100]
    firm_share, fair_share : float
        Least share of bootstrap draws with the same winner for firm and for fair. [0–1]
    """

    firm_points: float = 10.0
    fair_points: float = 5.0
    firm_share: float = 0.90
    fair_share: float = 0.75

    def __post_init__(self) -> None:
        if not 0 <= self.fair_points <= self.firm_points <= 100:
            raise ValueError("points must satisfy 0 <= fair <= firm <= 100")
        if not 0 <= self.fair_share <= self.firm_share <= 1:
            raise ValueError("shares must satisfy 0 <= fair <= firm <= 1")


def firmness(
    points: float | None, winner_share: float, thresholds: FirmnessThresholds | None = None
) -> Firmness:
    """Class an outcome by its points to flip and its bootstrap share; the weaker one decides.

    Parameters
    ----------
    points : float or None
        Points to flip; None when no weights can change the winner. [points of 100]
    winner_share : float
        Share of bootstrap draws with this winner. [0–1]
    thresholds : FirmnessThresholds, optional

    Returns
    -------
    Firmness
    """
    limits = thresholds or FirmnessThresholds()
    distance = 100.0 if points is None else points
    if distance >= limits.firm_points - _ROUNDING and winner_share >= limits.firm_share - _ROUNDING:
        return Firmness.FIRM
    if distance < limits.fair_points - _ROUNDING or winner_share < limits.fair_share - _ROUNDING:
        return Firmness.SHAKY
    return Firmness.FAIR
