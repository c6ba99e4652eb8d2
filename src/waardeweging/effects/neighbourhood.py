"""Facts of one neighbourhood, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from waardeweging.problem.criteria import Number, Text
from waardeweging.problem.errors import Faults, InputError, Place
from waardeweging.problem.labels import Described
from waardeweging.problem.toml_files import parse

_LABELS = "abcdefg"
_SHARES = ("owner_share", *(f"label_{label}" for label in _LABELS))


class Fact(Described):
    """One number about a neighbourhood.

    Parameters
    ----------
    value : float
        0 or more.
    unit : str
    source : str
        Id of a source.
    note : str
    """

    value: Annotated[Number, Field(ge=0)]
    unit: Text
    source: Text
    note: Text = ""


class NeighbourhoodFacts(Described):
    """What the formulas know about a neighbourhood; None is unknown, never zero.

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
    for name in _SHARES:
        fact = facts.get(name)
        if fact is not None and fact.value > 1:
            faults.add(
                InputError(
                    "fact.share",
                    where=Place(file, f"facts {name}", "value"),
                    found=fact.value,
                    remedy="Write a share between 0 and 1, for example 0.75 for 75 percent.",
                )
            )
    return facts if len(faults) == before else None
