"""What every option, or every technique, takes in for the heat of one dwelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from waardeweging.effects.binding import TODAY, Input, bind
from waardeweging.effects.criterion_formulas import FORMULAS
from waardeweging.effects.energy import Use, energy_use, space_heat
from waardeweging.effects.local_facts import demand_source
from waardeweging.effects.neighbourhood import NeighbourhoodFacts
from waardeweging.effects.parameters import Parameter, Parameters
from waardeweging.effects.quantities import PROPERTIES
from waardeweging.effects.techniques import Techniques
from waardeweging.problem.alternatives import Alternative

LEVELS = (TODAY, "D", "B")
_PARTS = (
    "pump_share",
    "pump_share_water",
    "spf_water",
    "efficiency_space",
    "efficiency_water",
    "network_heat",
    "source_network",
    "auxiliary",
)


@dataclass(frozen=True, slots=True)
class Balance:
    """The likely energy balance of one option in one dwelling, a year.

    Parameters
    ----------
    id : str
        Of the option, or of the technique.
    insulation : str
        ``today``, ``D`` or ``B``.
    space_gj, water_gj : float
        Useful heat. [GJ]
    gas_m3, electricity_kwh, network_gj, ambient_gj : float
    peak_kw : float
        With the appliances of a dwelling.
    demand_source : str
        ``gas_use``, ``reference_emission``, ``given`` or ``national_mean``.
    """

    id: str
    insulation: str
    space_gj: float
    water_gj: float
    gas_m3: float
    electricity_kwh: float
    network_gj: float
    ambient_gj: float
    peak_kw: float
    demand_source: str


def option_balances(
    techniques: Techniques,
    parameters: Parameters,
    facts: NeighbourhoodFacts,
    options: Sequence[Alternative],
) -> tuple[Balance, ...]:
    """Give the energy balance of every option, with its inputs at their likely values.

    Options at the same insulation level have the same demand.
    """
    given = facts.get("heat_now")
    source = demand_source(None if given is None else given.model_dump())
    return tuple(
        _of_option(
            option, bind(FORMULAS["L1"], option, techniques, parameters, facts), techniques, source
        )
        for option in options
    )


def technique_balances(
    techniques: Techniques, space: float, water: float, level: str
) -> tuple[Balance, ...]:
    """Give the energy balance of every technique for one demand.

    Parameters
    ----------
    techniques : Techniques
    space, water : float
        Useful heat at this level. [GJ/yr]
    level : str
        One of `LEVELS`; decides how well a heat pump does.
    """
    return tuple(
        _balance(
            technique,
            level,
            space,
            water,
            energy_use(
                space, water, spf_space=_mid(own, f"spf_space_{level.lower()}"), **_parts(own)
            ),
            own,
            "given",
        )
        for technique, own in techniques.items()
    )


def _of_option(
    option: Alternative, inputs: Sequence[Input], techniques: Techniques, source: str
) -> Balance:
    x = {one.name: one.mid for one in inputs}
    own = techniques[option.technique]
    level = option.insulation or TODAY
    space = float(space_heat(x["heat_now"], x["hot_water"], x.get("space_saving", 0.0)))
    use = energy_use(
        space, x["hot_water"], spf_space=_mid(own, f"spf_space_{level.lower()}"), **_parts(own)
    )
    return _balance(option.id, level, space, x["hot_water"], use, own, source)


def _balance(
    name: str,
    level: str,
    space: float,
    water: float,
    use: Use,
    own: Mapping[str, Parameter],
    source: str,
) -> Balance:
    gas, electricity, network, ambient = (float(one) for one in use)
    return Balance(
        id=name,
        insulation=level,
        space_gj=space,
        water_gj=water,
        gas_m3=gas,
        electricity_kwh=electricity,
        network_gj=network,
        ambient_gj=ambient,
        peak_kw=_mid(own, "peak"),
        demand_source=source,
    )


def _parts(own: Mapping[str, Parameter]) -> dict[str, float]:
    return {name: _mid(own, name) for name in _PARTS}


def _mid(own: Mapping[str, Parameter], name: str) -> float:
    found = own.get(name)
    return found.mid if found is not None else PROPERTIES[name].default or 0.0
