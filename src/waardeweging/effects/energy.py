"""The energy balance of one dwelling: what heat it needs, and what each technique takes in for it.

One dwelling has one demand: space heat at an insulation level, and hot water. Options at the
same level get the same demand, and what a technique takes in follows from its performance,
so that no table can make heat out of nothing. Every argument is a number or an array; all
broadcast against each other. Energy is useful heat in GJ a year unless a unit says otherwise;
gas counts on its lower heating value.

References
----------
PBL (2020), Startanalyse aardgasvrije buurten 2020, achtergrondrapport, tables 6, 7, 14 and 15.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from waardeweging.problem.arrays import FloatArray

GJ_PER_M3 = 0.03165
"""Lower heating value of Dutch natural gas: 31.65 MJ/m³ (PBL, Referentieverbruik II, 2025)."""
GJ_PER_KWH = 0.0036


class Use(NamedTuple):
    """What one dwelling takes in for its heat in a year.

    Parameters
    ----------
    gas : array
        [m³]
    electricity : array
        For heat, with pumps and fans. [kWh]
    network : array
        From a heat or source network. [GJ]
    ambient : array
        From air or ground by the dwelling's own heat pump. [GJ]
    """

    gas: FloatArray
    electricity: FloatArray
    network: FloatArray
    ambient: FloatArray


def space_heat(heat_now: ArrayLike, hot_water: ArrayLike, saving: ArrayLike) -> FloatArray:
    """Give the space heat that is left after insulation [GJ/yr].

    Parameters
    ----------
    heat_now, hot_water : array_like
        Heat demand of today in all, and the part of it that is hot water. [GJ/yr]
    saving : array_like
        Part of the space heat that the insulation saves, a mean over all dwellings. [0–1]
    """
    return np.multiply(np.subtract(heat_now, hot_water), np.subtract(1.0, saving))


def energy_use(
    space: ArrayLike,
    water: ArrayLike,
    *,
    pump_share: ArrayLike,
    pump_share_water: ArrayLike,
    spf_space: ArrayLike,
    spf_water: ArrayLike,
    efficiency_space: ArrayLike,
    efficiency_water: ArrayLike,
    network_heat: ArrayLike,
    source_network: ArrayLike,
    auxiliary: ArrayLike,
) -> Use:
    """Give what a technique takes in for a demand.

    A pump makes its shares of space heat and hot water; what is left comes from a network
    when the technique has one, and else from a boiler.

    Parameters
    ----------
    space, water : array_like
        Demand at the insulation level of the option. [GJ/yr]
    pump_share, pump_share_water : array_like
        Part that a heat pump makes, or an electric element. [0–1]
    spf_space, spf_water : array_like
        Heat per electricity over a year. [GJ/GJ, more than 0]
    efficiency_space, efficiency_water : array_like
        Of the boiler, on the lower heating value. [GJ/GJ, more than 0]
    network_heat : array_like
        1 when a network delivers what the pump does not make, else 0.
    source_network : array_like
        1 when the pump takes its source from a network, 0 when from air or ground.
    auxiliary : array_like
        Electricity of pumps and fans. [kWh/yr]

    Returns
    -------
    Use
    """
    by_pump = np.multiply(space, pump_share), np.multiply(water, pump_share_water)
    rest = np.subtract(space, by_pump[0]), np.subtract(water, by_pump[1])
    by_boiler = np.subtract(1.0, network_heat)
    gas = by_boiler * (np.divide(rest[0], efficiency_space) + np.divide(rest[1], efficiency_water))
    power = np.divide(by_pump[0], spf_space) + np.divide(by_pump[1], spf_water)
    source = by_pump[0] + by_pump[1] - power
    return Use(
        np.asarray(gas / GJ_PER_M3),
        np.add(power / GJ_PER_KWH, auxiliary),
        np.asarray(network_heat * (rest[0] + rest[1]) + source_network * source),
        np.asarray((1.0 - np.asarray(source_network)) * source),
    )


def implied_boiler(gas_per_gj: ArrayLike) -> FloatArray:
    """Give the efficiency behind a use of gas per useful heat [GJ/GJ].

    Parameters
    ----------
    gas_per_gj : array_like
        [m³/GJ, more than 0]
    """
    return np.asarray(1.0 / (np.asarray(gas_per_gj) * GJ_PER_M3))


def implied_pump(electricity_per_gj: ArrayLike, share: ArrayLike = 1.0) -> FloatArray:
    """Give the seasonal performance behind a use of electricity per useful heat [GJ/GJ].

    Parameters
    ----------
    electricity_per_gj : array_like
        [kWh/GJ, more than 0]
    share : array_like
        Part of the heat that the pump makes. [0–1]
    """
    return np.divide(share, np.multiply(electricity_per_gj, GJ_PER_KWH))
