"""Formulas of what an option costs, emits and asks, on plain arrays.

Every argument is a number or an array; all broadcast against each other, so
one call serves one dwelling, a thousand draws or a whole country. Nothing is
checked here: callers pass finite numbers with the signs of the docstrings.
Money is in euro of one price year including VAT; heat is useful heat.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.problem.arrays import FloatArray

NOW = 2026
_ANCHOR_YEARS = (NOW, 2030, 2050)


def capital_recovery_factor(rate: ArrayLike, life: ArrayLike) -> FloatArray:
    """Give the yearly payment per euro borrowed, at the payer's own rate.

    Parameters
    ----------
    rate : array_like
        Real interest rate of whoever pays. [per year, 0 or more]
    life : array_like
        Years over which is paid. [more than 0]

    Returns
    -------
    array
        ``rate / (1 − (1 + rate)^−life)``; 1/life when nothing is charged. [1/year]

    References
    ----------
    L. Blank and A. Tarquin, Engineering Economy, McGraw-Hill, ch. 2 (factor A/P).
    """
    rate, life = np.asarray(rate, np.float64), np.asarray(life, np.float64)
    free = rate == 0
    if not free.any():
        return np.asarray(rate / -np.expm1(-life * np.log1p(rate)))
    charged = np.where(free, 1.0, rate)
    return np.where(free, 1.0 / life, charged / -np.expm1(-life * np.log1p(charged)))


def blended_recovery_factor(
    rate: ArrayLike, life: ArrayLike, long_life: ArrayLike, long_share: ArrayLike
) -> FloatArray:
    """Give the recovery factor of an investment of which a part lasts longer.

    Parameters
    ----------
    rate : array_like
        [per year]
    life, long_life : array_like
        Life of the installation, and of a pipe or a ground source. [years]
    long_share : array_like
        Part of the investment that lasts `long_life`. [0–1]

    Returns
    -------
    array
        [1/year]
    """
    share = np.asarray(long_share, float)
    short = capital_recovery_factor(rate, life)
    return np.asarray((1 - share) * short + share * capital_recovery_factor(rate, long_life))


def granted_subsidy(
    investment: ArrayLike, subsidy: ArrayLike, subsidy_share: ArrayLike
) -> FloatArray:
    """Give what is really received: never more than was spent [€].

    Parameters
    ----------
    investment, subsidy : array_like
        [€]
    subsidy_share : array_like
        Part of the scheme that still exists; 0 without subsidies. [0–1]
    """
    return np.minimum(investment, np.multiply(subsidy, subsidy_share))


def own_contribution(
    investment: ArrayLike, subsidy: ArrayLike, subsidy_share: ArrayLike
) -> FloatArray:
    """Give what a resident pays at once, after subsidy; never negative [€]."""
    return np.subtract(investment, granted_subsidy(investment, subsidy, subsidy_share))


def at_year(year: ArrayLike, now: ArrayLike, in_2030: ArrayLike, in_2050: ArrayLike) -> FloatArray:
    """Follow a factor through the years, in straight lines between its anchors.

    Parameters
    ----------
    year : array_like
        Chosen year; before 2026 counts as 2026, after 2050 as 2050.
    now, in_2030, in_2050 : array_like
        The factor in 2026, 2030 and 2050.
    """
    first, middle, last = _ANCHOR_YEARS
    early = np.clip(np.subtract(year, first) / (middle - first), 0, 1)
    late = np.clip(np.subtract(year, middle) / (last - middle), 0, 1)
    rise = np.multiply(np.subtract(in_2030, now), early)
    return np.asarray(now + rise + np.multiply(np.subtract(in_2050, in_2030), late))


def energy_cost(heat: ArrayLike, use_per_gj: ArrayLike, price: ArrayLike) -> FloatArray:
    """Give what one energy carrier costs a year, without standing charges [€/year].

    Parameters
    ----------
    heat : array_like
        Heat demand of the dwelling. [GJ/year]
    use_per_gj : array_like
        What the technique takes in per GJ of heat. [m³, kWh or GJ]
    price : array_like
        [€ per m³, kWh or GJ]
    """
    return np.asarray(np.multiply(heat, use_per_gj) * price)


def green_gas_surcharge(premium: ArrayLike, share: ArrayLike, is_green: ArrayLike) -> FloatArray:
    """Give what a technique on green gas pays on top of the price of gas [€/m³].

    Parameters
    ----------
    premium : array_like
        Extra price of green gas. [€/m³]
    share : array_like
        Part of the gas that is green in the chosen year. [0–1]
    is_green : array_like
        1 for a technique that buys green gas, else 0.
    """
    return np.asarray(np.multiply(premium, share) * is_green)


def chain_emissions(heat: ArrayLike, use_per_gj: ArrayLike, factor: ArrayLike) -> FloatArray:
    """Give the yearly CO₂ of one energy carrier [kg/year].

    Parameters
    ----------
    heat : array_like
        Heat demand of the dwelling. [GJ/year]
    use_per_gj : array_like
        What the technique takes in per GJ of heat. [m³, kWh or GJ]
    factor : array_like
        [kg per m³, kWh or GJ]
    """
    return np.asarray(np.multiply(heat, use_per_gj) * factor)


def mean_say(owner_share: ArrayLike, say_owner: ArrayLike, say_tenant: ArrayLike) -> FloatArray:
    """Give the mean step on the ladder of say when everyone decides about their own home [0–5].

    Parameters
    ----------
    owner_share : array_like
        Part of the dwellings lived in by their owner. [0–1]
    say_owner, say_tenant : array_like
        Step of each. [0–5]
    """
    share = np.asarray(owner_share, float)
    return np.asarray(share * say_owner + (1 - share) * say_tenant)


def neighbourhood_peak(peak: ArrayLike, dwellings: ArrayLike) -> FloatArray:
    """Give the simultaneous electric peak of all dwellings together [kW]."""
    return np.asarray(np.multiply(peak, dwellings), dtype=np.float64)


def grid_shortfall(
    peak: ArrayLike, reference_peak: ArrayLike, dwellings: ArrayLike, free_capacity: ArrayLike
) -> FloatArray:
    """Give how much more peak there is than the grid still has room for; 0 when it fits [kW].

    Parameters
    ----------
    peak, reference_peak : array_like
        With this option and as it is today. [kW/dwelling]
    dwellings : array_like
    free_capacity : array_like
        Room on top of today's peak. [kW]
    """
    extra = neighbourhood_peak(np.subtract(peak, reference_peak), dwellings)
    return np.maximum(0.0, np.subtract(extra, free_capacity))
