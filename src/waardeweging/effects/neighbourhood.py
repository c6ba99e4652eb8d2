"""Facts of one neighbourhood, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from waardeweging.effects.quantities import PROPERTIES, parameter_quantity
from waardeweging.problem.alternatives import Grounds
from waardeweging.problem.criteria import Number, Text
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.labels import Described
from waardeweging.problem.toml_files import parse

_LABELS = "abcdefg"
_SHARES = (
    "owner_share",
    *(f"label_{label}" for label in _LABELS),
    "space_saving_d",
    "space_saving_b",
)
_UNITS = {
    "dwellings": "dwellings",
    "gas_use": "m³/dwelling/yr",
    "free_grid_capacity": "kW",
}


class Fact(Described):
    """One number about a neighbourhood.

    Parameters
    ----------
    value : float
        The likely one; 0 or more.
    unit : str
    source : str
        Id of a source.
    note : str
    low, high : float, optional
        Its band; none when the number is sure.
    grounds : str
        ``measured``, or how else it came about.
    """

    value: Annotated[Number, Field(ge=0)]
    unit: Text
    source: Text
    note: Text = ""
    low: Annotated[Number, Field(ge=0)] | None = None
    high: Annotated[Number, Field(ge=0)] | None = None
    grounds: Grounds = "measured"

    @property
    def band(self) -> tuple[float, float, float]:
        """Low, mid and high."""
        low = self.value if self.low is None else self.low
        return low, self.value, self.value if self.high is None else self.high


class NeighbourhoodFacts(Described):
    """What the formulas know about a neighbourhood; None is unknown, never zero.

    Amounts of the Startanalyse are euro of 2018 without VAT, a mean over all dwelling
    equivalents; formulas bring them to today.

    Parameters
    ----------
    dwellings : Fact
        [dwellings]
    non_residential : Fact, optional
        Buildings that are no dwelling. [buildings]
    weq : Fact, optional
        Dwelling equivalents, as in the Startanalyse. [weq]
    owner_share : Fact, optional
        Part of the dwellings lived in by their owner. [0–1]
    label_a … label_g : Fact, optional
        Part of the dwellings with this energy label, registered or provisional. [0–1]
    gas_use : Fact, optional
        Mean gas use. [m³/dwelling/yr]
    free_grid_capacity : Fact, optional
        Room on the electricity grid on top of today's peak. [kW]
    heat_now, hot_water : Fact, optional
        Useful heat of the mean dwelling today, and the part that is hot water. [GJ/dwelling/yr]
    space_saving_d, space_saving_b : Fact, optional
        Part of the space heat that insulation to this label saves, a mean over all dwellings,
        also those that have it. [0–1]
    insulation_d, insulation_b : Fact, optional
        Yearly cost of that insulation. [€ 2018/weq/yr]
    network_capital_t1 … network_running_t4 : Fact, optional
        Yearly cost of a network of this technique, of pipes and source, and of running it.
        [€ 2018/weq/yr]
    """

    dwellings: Fact
    non_residential: Fact | None = None
    weq: Fact | None = None
    owner_share: Fact | None = None
    label_a: Fact | None = None
    label_b: Fact | None = None
    label_c: Fact | None = None
    label_d: Fact | None = None
    label_e: Fact | None = None
    label_f: Fact | None = None
    label_g: Fact | None = None
    gas_use: Fact | None = None
    free_grid_capacity: Fact | None = None
    heat_now: Fact | None = None
    hot_water: Fact | None = None
    space_saving_d: Fact | None = None
    space_saving_b: Fact | None = None
    insulation_d: Fact | None = None
    insulation_b: Fact | None = None
    network_capital_t1: Fact | None = None
    network_running_t1: Fact | None = None
    network_capital_t2: Fact | None = None
    network_running_t2: Fact | None = None
    network_capital_t3: Fact | None = None
    network_running_t3: Fact | None = None
    network_capital_t4: Fact | None = None
    network_running_t4: Fact | None = None

    def get(self, name: str) -> Fact | None:
        """Give a fact by name; None when it is unknown."""
        fact = getattr(self, name, None)
        return fact if isinstance(fact, Fact) else None

    def share_below(self, label: str) -> Fact | None:
        """Give the part of the dwellings with a worse label than this one [0–1].

        Parts of a hundred that do not add up are brought to one; None when a
        label is unknown.
        """
        known = [self.get(f"label_{one}") for one in _LABELS]
        facts = [fact for fact in known if fact is not None]
        total = sum(fact.value for fact in facts)
        if len(facts) < len(_LABELS) or total == 0 or label.lower() not in _LABELS:
            return None
        worse = sum(fact.value for fact in facts[_LABELS.index(label.lower()) + 1 :])
        return Fact(value=worse / total, unit="share", source=facts[0].source)


def read_facts(section: object, file: str, faults: Faults) -> NeighbourhoodFacts | None:
    """Read the section ``[facts]`` of a scenario; None after a fault.

    Parameters
    ----------
    section : object
        As TOML gives it: a mapping from name to value, unit, source and note.
    file : str
        Named in every fault.
    faults : Faults
        Gathers what is wrong.
    """
    before = len(faults)
    given: dict[str, Any] = dict(section) if isinstance(section, Mapping) else {}
    facts = parse(NeighbourhoodFacts, given, Place(file, "facts"), faults)
    if facts is None:
        return None
    for name in NeighbourhoodFacts.model_fields:
        fact = facts.get(name)
        if fact is not None:
            _check(name, fact, file, faults)
    return facts if len(faults) == before else None


def fact_unit(name: str) -> str:
    """Give the unit in which a fact stands; empty where any will do."""
    if name in _SHARES:
        return "share"
    quantity = parameter_quantity(name) or PROPERTIES.get(name.rpartition("_")[0])
    return quantity.unit if quantity else _UNITS.get(name, "")


def _check(name: str, fact: Fact, file: str, faults: Faults) -> None:
    """Refuse another unit, a share above 1 and a band that is out of order."""
    low, mid, high = fact.band
    if name in _SHARES and high > 1:
        faults.add(
            InputError(
                "fact.share",
                where=Place(file, f"facts {name}", "value"),
                found=high if mid <= 1 else mid,
                remedy="Write a share between 0 and 1, for example 0.75 for 75 percent.",
            )
        )
    if not low <= mid <= high:
        faults.add(
            InputError(
                "parameter.order",
                where=Place(file, f"facts {name}"),
                found=f"{low:g} / {mid:g} / {high:g}",
                remedy="Write low, mid and high in rising order; they are numbers, "
                "not bad to good.",
            )
        )
    wanted = fact_unit(name)
    if wanted and fact.unit != wanted:
        faults.add(
            InputError(
                "parameter.unit",
                where=Place(file, f"facts {name}", "unit"),
                found=fact.unit,
                remedy="This number is in '{unit}'; convert it to that unit.",
                unit=wanted,
            )
        )
