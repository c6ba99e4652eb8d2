"""What no table may say: heat out of nothing, devices that do not exist, prices in other units.

Faults are impossible; a figure that is only unlikely is told by `check` and on the pages
(`analysis.notices`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from waardeweging.effects.legacy import LEAST_BOILER, LEAST_PUMP, MOST_BOILER, MOST_PUMP
from waardeweging.effects.neighbourhood import NeighbourhoodFacts
from waardeweging.effects.parameters import Parameter, Parameters
from waardeweging.effects.quantities import PROPERTIES
from waardeweging.effects.techniques import Techniques
from waardeweging.problem.alternatives import Alternative
from waardeweging.problem.errors import Faults, InputError, Place

# Space heat and hot water of the mean dwelling, as parts of its heat (Vesta: 26.4 and 7.8 GJ).
_SPACE, _WATER = 0.77, 0.23
_LEVELS = ("today", "d", "b")
# Between these a price or an emission is in its own unit; beyond, it is most likely in another.
_LIKELY: Mapping[str, tuple[float, float]] = {
    "gas_price": (0.3, 6.0),
    "electricity_price": (0.05, 1.5),
    "heat_price": (8.0, 150.0),
    "emission_gas": (1.5, 2.5),
    "emission_electricity_now": (0.0, 1.2),
    "emission_electricity_2030": (0.0, 1.2),
    "emission_electricity_2050": (0.0, 1.2),
    "hot_water": (0.0, 20.0),
    "heat_now": (5.0, 200.0),
}
_LEAST_HEAT_EMISSION, _MOST_HEAT_EMISSION = 0.05, 150.0


def check_plausible(
    techniques: Techniques,
    parameters: Parameters,
    facts: NeighbourhoodFacts,
    options: Sequence[Alternative],
    files: tuple[str, str],
    faults: Faults,
) -> None:
    """Refuse what breaks the energy balance or stands in another unit.

    Parameters
    ----------
    techniques : Techniques
    parameters : Parameters
    facts : NeighbourhoodFacts
    options : sequence of Alternative
    files : tuple of str
        Names of the scenario file and of the table of techniques.
    faults : Faults
    """
    scenario, table = files
    for technique in dict.fromkeys(one.technique for one in options):
        _check_technique(technique, techniques.get(technique, {}), table, faults)
    for name, (least, most) in _LIKELY.items():
        one = parameters.get(name)
        if one is not None and not least <= one.mid <= most:
            faults.add(_unlikely(Place(scenario, f"parameters {name}", "mid"), one, least, most))
    _check_levels(parameters, facts, scenario, faults)


def _check_technique(
    technique: str, own: Mapping[str, Parameter], table: str, faults: Faults
) -> None:
    def mid(name: str) -> float:
        found = own.get(name)
        return found.mid if found is not None else PROPERTIES[name].default or 0.0

    pump, water, network = mid("pump_share"), mid("pump_share_water"), mid("network_heat")
    boiler = mid("gas_connection")
    if (pump < 1 or water < 1) and not boiler and not network:
        faults.add(
            InputError(
                "technique.no_source",
                where=_at(table, technique, "pump_share"),
                found=f"{min(pump, water):.2f}",
                remedy="The pump makes this part of the heat and nothing makes the rest. Write a "
                "share of 1, gas_connection = 1 or network_heat = 1.",
            )
        )
    if boiler and not network and pump < 1:
        together = 1 / (_SPACE / mid("efficiency_space") + _WATER / mid("efficiency_water"))
        if not LEAST_BOILER <= together <= MOST_BOILER:
            faults.add(
                InputError(
                    "technique.efficiency",
                    where=_at(table, technique, "efficiency_space"),
                    found=f"{together:.2f}",
                    remedy="A boiler gives 0.75 to 1.10 GJ per GJ of gas on the lower heating "
                    "value, space and water together.",
                )
            )
    if pump > 0:
        _check_pump(technique, own, water, table, faults)
    for name in ("emission_heat_now", "emission_heat_2030", "emission_heat_2050"):
        found = mid(name)
        if network and (abs(found) > _MOST_HEAT_EMISSION or 0 < found < _LEAST_HEAT_EMISSION):
            faults.add(
                InputError(
                    "technique.emission",
                    where=_at(table, technique, name),
                    found=f"{found:g}",
                    remedy="A network emits 0 to 150 kg of CO₂ per GJ. Is this number in tonnes, "
                    "or per MWh?",
                )
            )


def _check_pump(
    technique: str, own: Mapping[str, Parameter], water: float, table: str, faults: Faults
) -> None:
    found = {level: own.get(f"spf_space_{level}") for level in _LEVELS}
    for level, space in found.items():
        if space is None:
            continue
        hot = own["spf_water"].mid if water > 0 and "spf_water" in own else space.mid
        together = 1 / (_SPACE / space.mid + _WATER / hot)
        if not LEAST_PUMP <= together <= MOST_PUMP:
            faults.add(
                InputError(
                    "technique.performance",
                    where=_at(table, technique, f"spf_space_{level}"),
                    found=f"{together:.2f}",
                    remedy="A heat pump gives 2 to 6 times what it takes over a year, space and "
                    "water together.",
                )
            )
    rising = [one.mid for one in found.values() if one is not None]
    if rising != sorted(rising):
        faults.add(
            InputError(
                "technique.levels",
                where=_at(table, technique, "spf_space_b"),
                found=f"{rising[-1]:.2f}",
                remedy="A heat pump does better in a better insulated home: today ≤ label D ≤ "
                "label B.",
            )
        )


def _at(table: str, technique: str, name: str) -> Place:
    return Place(table, None, f"{technique} × {name}")


def _check_levels(
    parameters: Parameters, facts: NeighbourhoodFacts, file: str, faults: Faults
) -> None:
    """Refuse a label B that saves less, or costs less, than label D."""
    for kind in ("space_saving", "insulation"):
        at_d, at_b = (
            fact.value if (fact := facts.get(f"{kind}_{level}")) else given.mid if given else None
            for level, given in ((one, parameters.get(f"{kind}_{one}")) for one in "db")
        )
        if at_d is not None and at_b is not None and at_d > at_b:
            faults.add(
                InputError(
                    "insulation.levels",
                    where=Place(file, f"{kind}_b", "mid"),
                    found=f"{at_b:g} < {at_d:g}",
                    remedy="Insulation to label B holds that to label D: it saves and costs at "
                    "least as much.",
                )
            )


def _unlikely(place: Place, one: Parameter, least: float, most: float) -> InputError:
    return InputError(
        "parameter.unlikely",
        where=place,
        found=f"{one.mid:g}",
        remedy="This lies between {least} and {most} {unit}. Is it in another unit?",
        least=f"{least:g}",
        most=f"{most:g}",
        unit=one.unit,
    )
